// Risk with its arithmetic, the readiness checklist, and who consented to what.

import { nowOf } from "./clock.js";
import { h, link } from "./dom.js";
import { rich } from "./rich.js";
import { nameOf } from "./state.js";
import { stampOf } from "./times.js";

const TONES = { LOW: "green", MEDIUM: "amber", HIGH: "red", CRITICAL: "red" };

export function risk(release, parts) {
  if (!release.risk) return null;
  const { score, band, parts: sums } = release.risk;
  const bar = h("div", { class: `meter ${TONES[band] ?? ""}`, "aria-hidden": "true" }, segment("inherent", sums.inherent), segment("gap", sums.evidence_gap));
  const rows = parts?.find((b) => b.type === "table")?.rows ?? [];
  const note = parts?.find((b) => b.type === "context")?.text;
  return h(
    "section",
    { class: "risk", "aria-label": "Risk" },
    h("h3", {}, "Risk", h("span", { class: `pill ${TONES[band] ?? ""}` }, `${score} ${band}`)),
    bar,
    h("p", { class: "sum" }, h("span", { class: "key inherent" }), `inherent ${sums.inherent}`, h("span", { class: "plus" }, "+"), h("span", { class: "key gap" }), `missing evidence ${sums.evidence_gap}`),
    rows.length ? h("details", { "data-part": "arithmetic" }, h("summary", {}, "Arithmetic"), arithmetic(rows), note ? h("p", { class: "soft" }, note) : null) : null,
  );
}

function segment(name, points) {
  const part = h("span", { class: name });
  part.style.width = `${Math.min(100, points)}%`;
  return part;
}

function arithmetic(rows) {
  const most = Math.max(1, ...rows.slice(0, -1).map((r) => Number(r[2])));
  const body = rows.map(([factor, answer, points], n) => {
    const bar = h("i", { "aria-hidden": "true" });
    bar.style.width = n === rows.length - 1 ? "0" : `${(Number(points) / most) * 100}%`;
    return h("tr", { class: n === rows.length - 1 ? "total" : "" }, h("th", { scope: "row" }, factor, h("small", {}, answer)), h("td", {}, points, bar));
  });
  return h("table", {}, h("thead", { class: "out" }, h("tr", {}, h("th", { scope: "col" }, "Factor"), h("th", { scope: "col" }, "Points"))), h("tbody", {}, body));
}

const OPEN = new Set(["blocked", "missing", "pending", "inconclusive", "unavailable"]);
const SIGNS = { clear: "✓", warn: "~", missing: "○", pending: "…", inconclusive: "?", unavailable: "?", blocked: "✕" };
const SAID = { clear: "clear", warn: "amber", missing: "missing", pending: "pending", inconclusive: "inconclusive", unavailable: "unavailable", blocked: "blocked" };

export function checklist(release) {
  const found = release.findings ?? [];
  if (!found.length) return null;
  const waits = found.filter((f) => f.consent);
  const must = found.filter((f) => f.level === "MUST"); // counted as on the card: a consent that is open is a MUST too
  const open = found.filter((f) => OPEN.has(f.result) && f.level !== "OPTIONAL" && !waits.includes(f));
  const rest = found.filter((f) => !open.includes(f) && !waits.includes(f));
  const met = must.filter((f) => !OPEN.has(f.result)).length;
  const amber = rest.filter((f) => f.result === "warn").length;
  return h(
    "section",
    { class: "checks", "aria-label": "Readiness" },
    h("h3", {}, "Readiness", h("span", { class: `pill ${met === must.length ? "green" : "amber"}` }, `${met} of ${must.length} MUST met`)),
    h("ul", {}, open.map((f) => check(f, release, true))),
    waits.length ? h("h4", {}, "Waiting for people") : null,
    waits.length ? h("ul", {}, waits.map((f) => check(f, release, true))) : null,
    h("details", { "data-part": "met" }, h("summary", {}, `${rest.length} more items${amber ? `, ${amber} of them amber` : ""}`), h("ul", {}, rest.map((f) => check(f, release, false)))),
  );
}

function check(finding, release, full) {
  const evidence = (release.evidence ?? []).findLast((e) => e.kind === finding.subject && e.url);
  return h(
    "li",
    { class: finding.result },
    h("span", { class: "sign", "aria-hidden": "true" }, SIGNS[finding.result] ?? "•"),
    h("div", {}, h("b", {}, finding.subject.replaceAll("_", " ")), h("small", {}, ` ${finding.level} · ${SAID[finding.result] ?? finding.result}`), h("p", {}, rich(finding.explanation)), full && finding.how ? h("p", { class: "how" }, rich(finding.how)) : null, evidence && !full ? h("p", {}, link(evidence.source, evidence.url)) : null),
  );
}

const GIVEN = { vote: "vote", sign_off: "sign-off", risk: "risk", exception: "exception", qa: "QA confirmation", confirm: "confirmation", breakglass: "break-glass" };

export function consents(release) {
  const found = release.consents ?? [];
  if (!found.length) return null;
  const rows = [...found].reverse().map((c) => {
    const what = c.vote ? `voted ${c.vote}` : `${GIVEN[c.kind] ?? c.kind}${c.role ? ` as ${c.role.replaceAll("_", " ")}` : ""}`;
    const at = c.at ? ` · ${stampOf(c.at, nowOf())}` : "";
    return h("li", { class: c.state }, h("b", {}, c.by ? nameOf(c.by) : "nobody yet"), h("span", {}, what), h("small", {}, `${c.state}${at}`), c.reason ? h("q", {}, c.reason) : null);
  });
  return h("section", { class: "consents", "aria-label": "Consents" }, h("h3", {}, "Consents"), h("ul", {}, rows));
}
