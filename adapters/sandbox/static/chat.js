// The browser chat of the sandbox: reads what a person sees, follows the stream of changes, and says, presses, fills.

import { get, messagesOf, post } from "./api.js";
import { showClock, startClock } from "./clock.js";
import { Composer } from "./composer.js";
import { $, h, icon, toast } from "./dom.js";
import { openForm, startForms } from "./form.js";
import { drawMe, peopleMenu, startMenus } from "./menus.js";
import { openLooks, startLooks } from "./looks.js";
import { Log } from "./message.js";
import { drawPlaces, drawReleases, startPlaces, titleOf, toggleMenu } from "./places.js";
import { startPractice } from "./practice.js";
import { choose, follow, startRelease } from "./release.js";
import { closeSide, openSide, shownTab, startSide } from "./side.js";
import { keep, keepRelease, on, seen, state, tell } from "./state.js";

const WIDE = matchMedia("(min-width: 72.01rem)");
const doings = { press, openThread, openLooks };
const room = new Log($("log"), (m) => m.place === state.place && m.thread === null, doings, { empty });
const thread = new Log($("thread-log"), (m) => state.thread !== null && (m.id === state.thread || m.thread === state.thread), doings, { inThread: true });
const composer = new Composer("composer", "Message", "Send", (text) => say(text, null));
const reply = new Composer("reply", "Reply", "Reply", (text) => say(text, state.thread));
let stream = null;

async function say(text, inThread) {
  (inThread ? thread : room).end();
  const tab = shownTab();
  answered(await post("/api/say", { person: state.me, place: state.place, text, thread: inThread }), tab);
}

async function press(message, button, element) {
  const tab = shownTab();
  element.setAttribute("aria-busy", "true");
  element.setAttribute("aria-disabled", "true");
  try {
    answered(await post("/api/press", { person: state.me, message: message.id, button: button.id, token: button.token }), tab);
  } catch (error) {
    toast(error.message);
  } finally {
    element.removeAttribute("aria-busy");
    element.removeAttribute("aria-disabled");
  }
}

// An answer that stands in a thread opens it, so a question is never overlooked; not over what was opened meanwhile.
function answered(answer, tab = shownTab()) {
  keep(answer.answers);
  const threaded = answer.answers.filter((m) => m.thread && m.place === state.place).at(-1);
  if (threaded && tab === shownTab() && (state.thread !== threaded.thread || shownTab() !== "thread")) openThread(threaded.thread, false);
  if (answer.form) openForm(answer.form);
}

function openThread(id, focus = true) {
  state.thread = id;
  thread.redraw();
  openSide("thread");
  if (focus) $("reply-text").focus();
  thread.end();
}

// Back to the release, or away with the details; the focus goes to the message whose thread it was.
function closeThread() {
  const root = state.thread;
  state.thread = null;
  if (WIDE.matches && localStorage.getItem("side") !== "closed") openSide("release");
  else closeSide();
  $("tab-thread").hidden = true;
  room.find(root)?.focus({ preventScroll: true });
}

function go(place) {
  state.thread = null;
  state.place = place;
  const fresh = seen(place);
  localStorage.setItem("place", place.startsWith("@") ? "@" : place);
  const found = state.places.find((p) => p.id === place);
  $("room-name").textContent = found ? titleOf(found) : place;
  $("room-note").textContent = found?.kind === "direct" ? "Between you and the bot: nobody else reads this" : "Everybody in this channel reads this";
  composer.placeholder(found?.kind === "direct" ? "Message T-Minus" : `Message ${place}, or / for commands`);
  reply.placeholder("Reply…");
  room.redraw(fresh);
  follow(place);
  drawPlaces();
  toggleMenu(false);
  tell("went", place);
  if (WIDE.matches && localStorage.getItem("side") !== "closed") openSide("release");
  else closeSide();
}

// An empty place says what can be done in it; the command goes into the box, so that it can be read before it is sent.
function empty() {
  const direct = state.place.startsWith("@");
  const service = state.words.services.find((s) => `#${s.value}` === state.place)?.value ?? "payments";
  const command = `/release plan ${service} 2.4.1 tomorrow 15:00 canary 10%`;
  return h(
    "div",
    { class: "empty" },
    h("h2", {}, direct ? "T-Minus and you" : `This is the start of ${state.place}`),
    h("p", {}, direct ? "What T-Minus asks of you alone, and reminds you of, comes here." : "Plan a release in words or in a form. T-Minus asks its sources first, and you at most three questions."),
    h(
      "div",
      { class: "try" },
      h("button", { type: "button", class: "command", onclick: () => composer.put(command) }, h("code", {}, command)),
      h("button", { type: "button", onclick: () => run("/release plan") }, "Plan with a form…"),
      h("button", { type: "button", onclick: () => run("/release help") }, "What can be said"),
    ),
  );
}

// The catalogue in force has other channels than before: a drill brings its own, and takes it away when it is ended.
async function placesAnew() {
  state.places = await get(`/api/places?person=${encodeURIComponent(state.me)}`).catch(() => state.places);
  if (state.places.length && !state.places.some((p) => p.id === state.place)) go(state.places[0].id);
  else drawPlaces();
}

const run = (text) => say(text, null).catch((error) => toast(error.message));

// Another person: other private answers, another direct conversation, another stream.
async function become(person) {
  stream?.close();
  state.me = person;
  localStorage.setItem("me", person);
  const { messages, seq } = await messagesOf(person);
  if (state.me !== person) return;
  state.messages = new Map(messages.map((m) => [m.id, m]));
  const seen = await get(`/api/panels?person=${encodeURIComponent(person)}`).catch(() => []);
  if (state.me !== person) return;
  const ids = new Set(seen.map((release) => release.id));
  for (const id of state.releases.keys()) if (!ids.has(id)) state.releases.delete(id);
  drawMe();
  await placesAnew();
  go(state.place.startsWith("@") ? `@${person}` : state.place);
  listen(person, seq);
}

function listen(person, seq) {
  stream = new EventSource(`/api/events?person=${encodeURIComponent(person)}&after=${seq}`);
  stream.addEventListener("message", (e) => person === state.me && keep([JSON.parse(e.data)]));
  stream.addEventListener("release", (e) => keepRelease(JSON.parse(e.data)));
  stream.addEventListener("clock", (e) => showClock(JSON.parse(e.data)));
  stream.addEventListener("error", () => document.body.classList.add("away"));
  stream.addEventListener("open", () => document.body.classList.remove("away"));
}

function keys(event) {
  const typing = event.target.closest("input, textarea, select, dialog, [popover]");
  if (event.key === "Escape" && document.body.classList.contains("menu-open")) toggleMenu(false);
  else if (event.key === "Escape" && state.thread && shownTab() === "thread" && !document.querySelector("dialog[open]")) closeThread();
  else if (event.key === "Escape" && shownTab() && !WIDE.matches && !document.querySelector("dialog[open]")) closeSide();
  else if (event.key === "/" && !typing) {
    event.preventDefault();
    composer.slash();
  }
}

function wire() {
  on("messages", (changed) => {
    room.update(changed);
    thread.update(changed);
    if (changed.some((m) => !state.places.some((p) => p.id === m.place))) placesAnew();
  });
  on("go", go);
  on("answered", answered);
  on("drill-over", placesAnew);
  on("say", run);
  on("side", drawReleases);
  on("show-release", (id) => {
    choose(id);
    openSide("release");
    toggleMenu(false);
    $("tab-release").focus();
  });
  $("menu").append(icon("menu"));
  $("veil").addEventListener("click", () => toggleMenu(false));
  $("me").addEventListener("click", () => peopleMenu((person) => become(person).catch((error) => toast(error.message))));
  document.addEventListener("keydown", keys);
}

async function start() {
  const [people, places, words, releases] = await Promise.all(["/api/people", "/api/places", "/api/words", "/api/panels"].map(get));
  state.people = new Map(people.map((p) => [p.id, p]));
  Object.assign(state, { places, words: { ...state.words, ...words } });
  for (const release of [...releases].reverse()) state.releases.set(release.id, release);
  const [me, place] = [localStorage.getItem("me"), localStorage.getItem("place")];
  state.place = place === "@" || places.some((p) => p.id === place) ? place : (places[0]?.id ?? "@");
  wire();
  startPlaces();
  startMenus();
  startForms();
  startLooks();
  startSide((id) => (id ? openThread(id) : closeThread()));
  startRelease();
  await startPractice();
  await startClock();
  await become(state.people.has(me) ? me : (people[0]?.id ?? ""));
}

start()
  .catch((error) => toast(error.message))
  .finally(() => document.body.classList.remove("starting"));
