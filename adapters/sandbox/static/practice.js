// Where practice begins: the tour and the drills, by the commands that anybody could type, and a strip with the one that is on.

import { get, post } from "./api.js";
import { $, h, heard, icon, toast } from "./dom.js";
import { headItem, openMenu, plainItem } from "./menus.js";
import { on, state, tell } from "./state.js";

const SEEN = "tour-dismissed";
const TOUR = "tour";
const NONE = { drills: [], on: null };
let practice = NONE;
let timer = 0;

export async function startPractice() {
  $("practice").append(icon("practice"));
  $("practice").addEventListener("click", () => openMenu($("practice"), "Tour and drills", items()));
  practice = await get("/api/drills").catch(() => NONE);
  draw();
  // A step of a drill always changes a message; how far it is, is read once after each burst of them.
  on("messages", () => {
    if (!practice.drills.length) return;
    clearTimeout(timer);
    timer = setTimeout(async () => told(await get("/api/drills").catch(() => practice)), 120);
  });
}

function items() {
  const tour = practice.drills.find((d) => d.name === TOUR);
  const drills = practice.drills.filter((d) => d !== tour);
  const first = tour ? [headItem("See it"), plainItem("The two-minute tour", sentence(tour.about), () => begin(tour.name))] : [];
  const rest = drills.length ? [headItem("Rehearse it"), ...drills.map((d) => plainItem(d.title, sentence(d.about), () => begin(d.name)))] : [];
  const help = [headItem("Look it up"), plainItem("What can be said", "Every verb, with an example: /release help", () => tell("say", "/release help"))];
  return [...first, ...rest, ...help];
}

const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1);

async function begin(name) {
  localStorage.setItem(SEEN, "yes");
  await act({ do: "begin", name });
  if (practice.on && practice.on.place !== state.place) tell("go", practice.on.place);
  if (practice.on) $("composer-text").focus();
}

async function act(body) {
  for (const button of $("invitation").querySelectorAll("button")) button.disabled = true;
  try {
    const answer = await post("/api/drills", body);
    told(answer);
    if (!answer.on && body.do !== "next") toast(answer.answer);
  } catch (error) {
    toast(error.message);
  } finally {
    for (const button of $("invitation").querySelectorAll("button")) button.disabled = false;
  }
}

function told(answer) {
  const [before, now] = [practice.on, answer.on];
  if (JSON.stringify(before) === JSON.stringify(now)) return;
  practice = { drills: answer.drills, on: now };
  if (before && !now) tell("drill-over");
  if (now) localStorage.setItem(SEEN, "yes");
  if (now && before?.step !== now.step) heard(`${titleOf(now)}, step ${now.step} of ${now.of}`);
  draw();
}

const titleOf = (running) => practice.drills.find((d) => d.name === running.name)?.title ?? running.name;

// The strip of what is on, else the invitation, until it is taken or sent away.
function draw() {
  const place = $("invitation");
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.do : "";
  const shown = practice.on ? strip(practice.on) : localStorage.getItem(SEEN) ? null : invitation();
  place.replaceChildren(...[shown].filter(Boolean));
  place.hidden = !shown;
  if (focused) (place.querySelector(`[data-do="${focused}"]`) ?? $("composer-text")).focus();
}

function strip(running) {
  const step = `step ${Math.min(running.step, running.of)} of ${running.of}`;
  const button = (label, what, kind = "") => h("button", { type: "button", class: kind, "data-do": what, onclick: () => act({ do: what }) }, label);
  const bar = h("progress", { max: running.of, value: Math.min(running.step, running.of), "aria-label": "Progress" });
  const away = running.place === state.place ? null : h("button", { type: "button", class: "quiet", onclick: () => tell("go", running.place) }, `In ${running.place}`);
  return h(
    "div",
    { class: "invitation on", role: "group", "aria-label": titleOf(running) },
    h("p", {}, h("b", {}, titleOf(running)), ` · ${step}`, bar),
    h("div", { class: "choose" }, away, running.playing ? button("Pause", "pause") : [button("Next step", "next", "primary"), button("Play at 60×", "play")], button("End", "end")),
  );
}

function invitation() {
  const tour = practice.drills.find((d) => d.name === TOUR);
  if (!tour) return null;
  const take = h("button", { type: "button", class: "primary", onclick: () => begin(TOUR) }, "Take the two-minute tour");
  const away = h("button", { type: "button", class: "icon", "aria-label": "Not now", onclick: dismiss }, icon("close"));
  return h("div", { class: "invitation" }, h("p", {}, h("b", {}, "New here? "), `${sentence(tour.about)}.`), h("div", { class: "choose" }, take, away));
}

function dismiss() {
  localStorage.setItem(SEEN, "yes");
  draw();
  $("composer-text").focus();
}

// Another place: the strip says where its drill is played.
on("went", () => practice.on && draw());
