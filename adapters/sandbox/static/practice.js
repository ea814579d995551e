// Where practice begins: the tour and the drills, by the commands that anybody could type.

import { $, h, icon } from "./dom.js";
import { headItem, openMenu, plainItem } from "./menus.js";
import { state, tell } from "./state.js";

const SEEN = "tour-dismissed";

export function startPractice() {
  $("practice").append(icon("practice"));
  $("practice").addEventListener("click", () => openMenu($("practice"), "Tour and drills", items()));
  drawInvitation();
}

function items() {
  const { tour, drills = [] } = state.words;
  const first = tour ? [headItem("See it"), plainItem(tour.title, tour.about, () => run(tour))] : [];
  const rest = drills.length ? [headItem("Rehearse it"), ...drills.map((d) => plainItem(d.title, d.about, () => run(d)))] : [];
  const help = [headItem("Look it up"), plainItem("What can be said", "Every verb, with an example: /release help", () => run({ say: "/release help" }))];
  return [...first, ...rest, ...help];
}

function run(practice) {
  dismiss();
  if (practice.place) tell("go", practice.place);
  tell("say", practice.say);
}

// Shown until it is taken or sent away; never in the way of the composer.
function drawInvitation() {
  const tour = state.words.tour;
  if (!tour || localStorage.getItem(SEEN)) return;
  const take = h("button", { type: "button", class: "primary", onclick: () => run(tour) }, "Take the two-minute tour");
  const away = h("button", { type: "button", class: "icon", "aria-label": "Not now", onclick: dismiss }, icon("close"));
  $("invitation").replaceChildren(h("div", { class: "invitation" }, h("p", {}, h("b", {}, "New here? "), tour.about), h("div", { class: "choose" }, take, away)));
  $("invitation").hidden = false;
}

function dismiss() {
  localStorage.setItem(SEEN, "yes");
  if ($("invitation").contains(document.activeElement)) $("composer-text").focus();
  $("invitation").hidden = true;
}
