// What the message box offers at the caret: verbs, and the words that a verb takes. Pure: words in, offers out.

import { state } from "./state.js";
import { wordOf } from "./standing.js";

const BEGUN = /^\/(?:r|re|rel|rele|relea|releas|release)?$/i;
const COMMAND = /^(\/release\s+)(\S*)(\s+[\s\S]*)?$/i;
const MENTION = /(^|\s)@([a-z0-9_-]*)$/i;

// -> { from, options: [{ value, help }], usage: { verb, takes, at } | null }; `from`: where the chosen value goes in.
export function offers(text, caret) {
  const before = text.slice(0, caret);
  if (BEGUN.test(before)) return { from: 0, options: verbs("").map((o) => ({ ...o, value: `/release ${o.value}` })), usage: null };
  const command = COMMAND.exec(before);
  if (!command) return person(before);
  const [, lead, verb, rest] = command;
  if (rest === undefined) return { from: lead.length, options: verbs(verb), usage: null };
  const known = state.words.verbs.find((v) => v.verb === verb.toLowerCase());
  return known ? argument(known, before, rest) : person(before);
}

function verbs(begun) {
  const word = begun.toLowerCase();
  const fits = state.words.verbs.filter((v) => v.verb.startsWith(word));
  const found = fits.length || word.length < 2 ? fits : state.words.verbs.filter((v) => v.verb.includes(word) || v.help.toLowerCase().includes(word));
  return found.map((v) => ({ value: v.verb, help: v.help }));
}

// Which of the verb's words is being typed; one that may be left out is passed over where it does not fit.
function argument(verb, before, rest) {
  const typed = rest.trimStart().split(/\s+/);
  const current = typed.pop() ?? "";
  let at = 0;
  for (const word of typed) {
    while (at < verb.takes.length - 1 && optional(verb.takes[at]) && !fits(verb.takes[at], word)) at += 1;
    at += 1;
  }
  const takes = verb.takes[at];
  const usage = { verb: verb.verb, takes: verb.takes, at: Math.min(at, verb.takes.length - 1) };
  const calls = MENTION.exec(before);
  const options = takes ? choices(takes, before).filter((o) => matches(o, current)) : [];
  if (!options.length && calls) return { ...person(before), usage };
  return { from: before.length - current.length, options, usage };
}

const optional = (takes) => takes.label.startsWith("[");

function fits(takes, word) {
  if (takes.kind === "release") return /^R-\d+$/i.test(word);
  return choices(takes).some((o) => o.value.toLowerCase() === word.toLowerCase());
}

function matches(option, begun) {
  const word = begun.toLowerCase().replace(/^@/, "");
  return option.value.toLowerCase().replace(/^@/, "").startsWith(word) || (word.length > 1 && option.help.toLowerCase().includes(word));
}

function choices(takes, before = "") {
  if (takes.kind === "release") {
    const releases = [...state.releases.values()].reverse();
    return releases.map((r) => ({ value: r.id, help: `${r.service} ${r.version ?? ""} · ${wordOf(r)}` }));
  }
  if (takes.kind === "service") return state.words.services.map((s) => ({ value: s.value, help: `service ${s.label}` }));
  if (takes.kind === "item") return items(before);
  if (takes.kind === "verb") return state.words.verbs.map((v) => ({ value: v.verb, help: v.help }));
  if (takes.kind === "person") return people();
  return takes.choices.map((c) => (typeof c === "string" ? { value: c, help: "" } : c));
}

// The items of the release that was named say how they stand, the open ones first.
function items(before) {
  const release = state.releases.get(/\bR-\d+\b/i.exec(before)?.[0].toUpperCase() ?? state.release);
  const found = new Map((release?.findings ?? []).map((f) => [f.subject, f]));
  const open = (i) => (["clear", "warn"].includes(found.get(i)?.result) || !found.has(i) ? 1 : 0);
  const sorted = [...state.words.items].sort((a, b) => open(a) - open(b));
  return sorted.map((i) => ({ value: i, help: found.has(i) ? `${found.get(i).level} · ${found.get(i).result === "warn" ? "amber" : found.get(i).result}` : "" }));
}

const people = () => [...state.people.values()].filter((p) => p.kind === "human").map((p) => ({ value: `@${p.id}`, help: `${p.name}, ${p.title}` }));

function person(before) {
  const calls = MENTION.exec(before);
  if (!calls) return { from: before.length, options: [], usage: null };
  return { from: before.length - calls[2].length - 1, options: people().filter((o) => matches(o, calls[2])), usage: null };
}
