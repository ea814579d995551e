// The left side: who I am, channels, direct messages with their unread marks, and the releases with their full plans.

import { get } from "./api.js";
import { tone } from "./blocks.js";
import { $, h } from "./dom.js";
import { markSeen, on, state, tell, unread } from "./state.js";

export const titleOf = (place) => (place.kind === "direct" ? "T-Minus" : place.id);

export function drawPlaces() {
  markSeen(state.place);
  for (const [id, kind] of [["channels", "channel"], ["direct", "direct"]]) {
    const mine = state.places.filter((p) => p.kind === kind && (kind === "channel" || p.person === state.me));
    $(id).replaceChildren(...mine.map(item));
  }
  const waiting = state.places.reduce((sum, p) => sum + (mineOrOpen(p) ? unread(p.id) : 0), 0);
  document.title = waiting ? `(${waiting}) T-Minus sandbox` : "T-Minus sandbox";
}

const mineOrOpen = (place) => place.kind === "channel" || place.person === state.me;

function item(place) {
  const count = unread(place.id);
  const here = place.id === state.place;
  const button = h(
    "button",
    { type: "button", class: count ? "waiting" : "", "aria-current": here ? "page" : null, "data-place": place.id, onclick: () => tell("go", place.id) },
    h("span", {}, titleOf(place)),
    count ? h("span", { class: "count" }, String(count), h("span", { class: "out" }, " unread")) : null,
  );
  return h("li", {}, button);
}

export function drawMe() {
  const people = [...state.people.values()];
  $("me").replaceChildren(
    ...people.map((p) => h("option", { value: p.id, selected: p.id === state.me }, p.title ? `${p.name}, ${p.title}` : p.name)),
  );
}

const SAID = { held: "HELD", live: "LIVE", rolling_back: "ROLLBACK", rolled_back: "ROLLED BACK", closed: "DONE", cancelled: "CANCELLED" };

// The verdict is about a start that is still to come; from then on the phase says it all.
function standingOf(release) {
  return SAID[release.phase] ?? `${release.verdict ?? ""} · ${release.phase}`.replace(/^ · /, "");
}

async function drawReleases() {
  const releases = await get("/api/releases").catch(() => []);
  const items = releases.map((r) => {
    const standing = r.error ? r.message : standingOf(r);
    const what = `${r.id} ${r.service ?? ""} ${r.version ?? ""}`;
    const plan = `/api/releases/${encodeURIComponent(r.id)}/plan?format=html`;
    return h(
      "li",
      {},
      h("a", { class: tone({ blocks: [], text: standing }), href: plan, target: "_blank", rel: "noopener" }, h("span", {}, what), h("small", {}, standing), h("small", { class: "go-plan" }, "Full plan ↗")),
    );
  });
  $("releases").replaceChildren(...(items.length ? items : [h("li", { class: "none" }, "None yet. Start with /release plan")]));
}

let timer = 0;

export function startPlaces() {
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(drawReleases, 250);
  };
  on("messages", () => {
    drawPlaces();
    later();
  });
  $("menu").addEventListener("click", () => toggleMenu());
  later();
}

export function toggleMenu(open = !document.body.classList.contains("menu-open")) {
  document.body.classList.toggle("menu-open", open);
  $("menu").setAttribute("aria-expanded", String(open));
}
