// The panel of a release: its countdown, marks, risk, checklist, consents and ledger, as things happen.

import { get } from "./api.js";
import { pill } from "./blocks.js";
import { nowOf } from "./clock.js";
import { $, h, heard, icon, link } from "./dom.js";
import { marks } from "./marks.js";
import { checklist, consents, risk } from "./panel_parts.js";
import { ledger } from "./ledger.js";
import { standingOf, titleOf, wordOf } from "./standing.js";
import { nameOf, newestRelease, on, state } from "./state.js";
import { clockOf, countdown, here, shortDay } from "./times.js";

const OVER = new Set(["rolled_back", "closed", "cancelled"]);
const more = new Map();
let asking = 0;
let chosen = false;

// Which release is shown: the one that was chosen, else the newest that was planned or announced in this place, else the newest.
export function follow(place) {
  chosen = false;
  show(newestIn(place));
}

function newestIn(place) {
  const own = newestRelease((r) => `#${r.service}` === place) ?? newestRelease((r) => r.announcements?.some((a) => a.place === place));
  return (own ?? newestRelease())?.id ?? null;
}

// A person chose it: it stays until another place is opened.
export function choose(id) {
  chosen = true;
  show(id);
}

function show(id) {
  state.release = id;
  draw();
  read();
}

// Releases of private channels are shown to who is in them.
const as = () => `person=${encodeURIComponent(state.me)}`;

// What the public JSON of the release does not carry: the ledger's entries and the parts of its score.
async function read() {
  const id = state.release;
  const release = state.releases.get(id);
  if (!release || release.error) return;
  const head = `${release.ledger?.head}:${release.ledger?.events}`;
  if (more.get(id)?.head === head) return;
  const turn = (asking += 1);
  const path = `/api/releases/${encodeURIComponent(id)}`;
  const [entries, parts] = await Promise.all([get(`${path}/ledger?${as()}`), get(`${path}/risk?${as()}`)]).catch(() => [null, null]);
  if (!entries || turn !== asking) return;
  more.set(id, { head, entries, parts, known: more.get(id)?.entries.length ?? entries.length });
  if (state.release === id) draw();
}

function draw() {
  const panel = $("release");
  const release = state.releases.get(state.release);
  if (!release) {
    panel.replaceChildren(h("div", { class: "none" }, h("h2", {}, "No release yet"), h("p", {}, "Plan one, and its state, evidence, risk, timeline and ledger stand here, and change as things happen.")));
    return;
  }
  if (release.error) {
    panel.replaceChildren(h("div", { class: "none" }, h("h2", {}, release.id), h("p", {}, release.message)));
    return;
  }
  const open = new Set([...panel.querySelectorAll("details[open]")].map((d) => d.dataset.part));
  const top = panel.scrollTop;
  const focus = document.activeElement?.closest("#release [data-part]")?.dataset.part;
  const extra = more.get(release.id);
  panel.replaceChildren(...[head(release), marks(release, nowOf(), extra?.entries), risk(release, extra?.parts), checklist(release), consents(release), ledger(release, extra)].filter(Boolean));
  for (const details of panel.querySelectorAll("details")) details.open = open.has(details.dataset.part);
  panel.scrollTop = top;
  if (focus) panel.querySelector(`[data-part="${focus}"] :is(summary, a), [data-part="${focus}"]`)?.focus({ preventScroll: true });
}

function head(release) {
  const started = !["planning", "planned", "cleared"].includes(release.phase);
  const plan = link("Full plan", new URL(`/api/releases/${encodeURIComponent(release.id)}/plan?format=html&${as()}`, location.href).href, icon("open"));
  return h(
    "header",
    { class: "about" },
    h("div", { class: "line" }, pill(wordOf(release)), started ? null : h("span", { class: "phase" }, release.phase.replace("_", " ")), h("span", { class: "plan", "data-part": "plan" }, plan)),
    h("h2", {}, titleOf(release), h("small", {}, ` → ${release.environment ?? ""}`)),
    release.start_at && !OVER.has(release.phase) ? h("p", { class: "count-down", role: "timer", "aria-live": "off", id: "count-down" }, countdown(release.start_at, nowOf())) : null,
    release.start_at ? h("p", { class: "when" }, `Start ${shortDay(release.start_at)} ${clockOf(release.start_at)}`, here(release.start_at) ? ` · ${here(release.start_at)} here` : "") : null,
    h("p", { class: "when" }, owners(release)),
  );
}

function owners(release) {
  const said = [];
  if (release.owner) said.push(`Owner ${nameOf(release.owner)}`);
  if (release.rollback_owner) said.push(`rollback ${nameOf(release.rollback_owner)}`);
  if (release.strategy) said.push(`${release.strategy}${release.canary_percent ? ` ${release.canary_percent} %` : ""}`);
  return said.join(" · ");
}

let timer = 0;

export function startRelease() {
  on("releases", ({ release, before }) => {
    const [now, was] = [standingOf(release), before && standingOf(before)];
    if (was && was !== now) heard(`${titleOf(release)}: ${now}`);
    const newest = newestIn(state.place);
    if (!chosen && newest !== state.release) return show(newest);
    if (release.id !== state.release) return undefined;
    clearTimeout(timer);
    timer = setTimeout(() => (draw(), read()), 60);
    return undefined;
  });
  on("tick", (now) => {
    const release = state.releases.get(state.release);
    if (release?.start_at && $("count-down")) $("count-down").textContent = countdown(release.start_at, now);
    const due = $("release").querySelector(".marks");
    if (!release || !due || $("release").hidden) return;
    const fresh = marks(release, now, more.get(release.id)?.entries);
    if (fresh.textContent !== due.textContent) due.replaceWith(fresh);
  });
}
