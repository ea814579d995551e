// The text of a sentence: code between backticks, addresses as links, persons as mentions, times also in the reader's zone.

import { h, link } from "./dom.js";
import { nameOf, state } from "./state.js";
import { timesIn } from "./times.js";

const ADDRESS = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;
const CALL = /@([a-z][a-z0-9_-]*)\b/gi;

export function rich(text, base = new Date()) {
  return text.split(/`([^`\n]+)`/).flatMap((part, n) => (n % 2 ? h("code", {}, part) : addressed(part, base)));
}

// Cuts a text at its finds: what is between them goes on to `rest`.
function cut(text, finds, rest) {
  const parts = [];
  let from = 0;
  for (const [start, end, element] of finds) {
    parts.push(...rest(text.slice(from, start)), element);
    from = end;
  }
  return [...parts, ...rest(text.slice(from))];
}

function addressed(text, base) {
  const finds = [...text.matchAll(ADDRESS)].map((f) => [f.index, f.index + f[0].length, link(f[0], f[0])]);
  return cut(text, finds, (part) => timed(part, base));
}

function timed(text, base) {
  const finds = timesIn(text, base).map(([from, to, at, more]) => [
    from,
    to,
    h("time", { class: "utc", datetime: at.toISOString() }, text.slice(from, to), more ? h("span", { class: "here" }, ` · ${more}`) : null),
  ]);
  return cut(text, finds, called);
}

function called(text) {
  const finds = [...text.matchAll(CALL)]
    .filter((f) => state.people.has(f[1].toLowerCase()))
    .map((f) => [f.index, f.index + f[0].length, mention(f[1].toLowerCase())]);
  return cut(text, finds, (part) => [part]);
}

export const mention = (person) => h("span", { class: `mention ${person === state.me ? "me" : ""}` }, `@${nameOf(person)}`);
