// The left side: channels and direct messages with their unread marks and mentions, and the releases.

import { $, h } from "./dom.js";
import { toneOf } from "./blocks.js";
import { titleOf as releaseTitle, wordOf } from "./standing.js";
import { markSeen, on, state, tell, unread } from "./state.js";

export const titleOf = (place) => (place.kind === "direct" ? "T-Minus" : place.id);

export function drawPlaces() {
  markSeen(state.place);
  for (const [id, kind] of [["channels", "channel"], ["direct", "direct"]]) {
    const mine = state.places.filter((p) => p.kind === kind && mineOrOpen(p));
    fill($(id), mine.map(item));
  }
  const waiting = state.places.reduce((sum, p) => sum + (mineOrOpen(p) ? unread(p.id).count : 0), 0);
  document.title = waiting ? `(${waiting}) T-Minus sandbox` : "T-Minus sandbox";
}

const mineOrOpen = (place) => place.kind === "channel" || place.person === state.me;

// Draws a list anew without losing the focus that stands in it.
function fill(list, items) {
  const at = [...list.children].findIndex((li) => li.contains(document.activeElement));
  list.replaceChildren(...items);
  if (at >= 0) items[at]?.querySelector("button")?.focus({ preventScroll: true });
}

function item(place) {
  const { count, called } = unread(place.id);
  const here = place.id === state.place;
  const mark = called ? h("span", { class: "count called" }, h("span", { "aria-hidden": "true" }, "@"), `${count}`, h("span", { class: "out" }, " unread, calls you")) : h("span", { class: "count" }, String(count), h("span", { class: "out" }, " unread"));
  const button = h(
    "button",
    { type: "button", class: count ? "waiting" : "", "aria-current": here ? "page" : null, "data-place": place.id, onclick: () => tell("go", place.id) },
    h("span", { class: "hash", "aria-hidden": "true" }, place.kind === "direct" ? "●" : "#"),
    h("span", { class: "label" }, titleOf(place).replace("#", "")),
    count ? mark : null,
  );
  return h("li", {}, button);
}

export function drawReleases() {
  const releases = [...state.releases.values()].reverse();
  const items = releases.map((r) => {
    const standing = r.message ?? wordOf(r);
    const here = r.id === state.release && document.body.classList.contains("side-open");
    const button = h(
      "button",
      { type: "button", class: toneOf(standing), "aria-current": here ? "true" : null, "data-release": r.id, onclick: () => tell("show-release", r.id) },
      h("span", { class: "dot", "aria-hidden": "true" }),
      h("span", { class: "label" }, h("b", {}, releaseTitle(r)), h("small", {}, standing)),
    );
    return h("li", {}, button);
  });
  fill($("releases"), items.length ? items : [h("li", { class: "none" }, "None yet. Start one with /release plan")]);
}

export function startPlaces() {
  on("messages", drawPlaces);
  on("releases", drawReleases);
  $("menu").addEventListener("click", () => toggleMenu());
  drawReleases();
}

export function toggleMenu(open = !document.body.classList.contains("menu-open")) {
  const was = document.body.classList.contains("menu-open");
  document.body.classList.toggle("menu-open", open);
  $("menu").setAttribute("aria-expanded", String(open));
  if (open) $("places").querySelector("[aria-current='page']")?.focus();
  else if (was) $("menu").focus();
}
