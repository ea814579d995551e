// The newest entries of the ledger, each with the hash that chains it to the one before.

import { nowOf } from "./clock.js";
import { h } from "./dom.js";
import { nameOf, state, tell } from "./state.js";
import { stampOf } from "./times.js";

const SHOWN = 12;
// Posts have their occasion as a name: a mark is said as it is, any other in words.
const said = (name) => (name === "FLIP" ? "verdict changed" : /^[A-Z][A-Z-]+$/.test(name) && !/^T-/.test(name) ? name.toLowerCase().replaceAll("-", " ") : name);

export function ledger(release, extra) {
  const entries = extra?.entries ?? [];
  const shown = [...entries].reverse();
  const row = (entry) => line(entry, entry.seq > (extra?.known ?? 0));
  const rest = shown.slice(SHOWN);
  return h(
    "section",
    { class: "ledger", "aria-label": "Ledger" },
    h("h3", {}, "Ledger", h("button", { type: "button", class: "quiet", "data-part": "audit", onclick: () => tell("say", `/release audit ${release.id}`) }, "Check the chain")),
    h("p", { class: "soft" }, `${release.ledger?.events ?? 0} entries · head `, h("code", {}, (release.ledger?.head ?? "").slice(0, 12))),
    h("ol", {}, shown.slice(0, SHOWN).map(row)),
    rest.length ? h("details", { "data-part": "ledger" }, h("summary", {}, `${rest.length} earlier entries`), h("ol", {}, rest.map(row))) : null,
  );
}

function line(entry, fresh) {
  return h(
    "li",
    { class: fresh ? "fresh" : "" },
    h("span", { class: "seq" }, entry.seq),
    h("span", { class: "name" }, words(entry.name), h("small", {}, detail(entry))),
    h("span", { class: "by" }, h("span", {}, state.people.has(entry.person) ? nameOf(entry.person) : "T-Minus"), h("time", { datetime: entry.at }, stampOf(entry.at, nowOf()))),
    h("code", { title: entry.hash }, entry.hash.slice(0, 6)),
  );
}

// EvidenceRecorded, post_sent -> Evidence recorded, Post sent
function words(name) {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replaceAll("_", " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function detail(entry) {
  const body = entry.body ?? {};
  if (body.evidence) return `${body.evidence.kind.replaceAll("_", " ")}: ${body.evidence.standing.replaceAll("_", " ")}`;
  const about = body.mark ?? body.occasion;
  if (typeof about === "string") return said(about);
  const short = body.judgement?.verdict ?? body.verdict ?? body.kind ?? body.code ?? body.reason ?? "";
  return typeof short === "string" ? short.slice(0, 60) : "";
}
