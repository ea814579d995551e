// The browser chat of the sandbox: reads what a person sees, follows the stream of changes, and says, presses, fills.

import { get, messagesOf, post } from "./api.js";
import { showClock, startClock } from "./clock.js";
import { Composer } from "./composer.js";
import { $, toast } from "./dom.js";
import { openForm } from "./form.js";
import { Log } from "./message.js";
import { drawMe, drawPlaces, startPlaces, titleOf, toggleMenu } from "./places.js";
import { keep, on, state } from "./state.js";

const doings = { press, openThread };
const room = new Log($("log"), (m) => m.place === state.place && m.thread === null, doings, false);
const thread = new Log($("thread-log"), (m) => state.thread !== null && (m.id === state.thread || m.thread === state.thread), doings, true);
const composer = new Composer("composer", (text) => say(text, null));
const reply = new Composer("reply", (text) => say(text, state.thread));
let stream = null;

async function say(text, inThread) {
  answered(await post("/api/say", { person: state.me, place: state.place, text, thread: inThread }));
}

async function press(message, button, element) {
  element.setAttribute("aria-busy", "true");
  element.disabled = true;
  try {
    answered(await post("/api/press", { person: state.me, message: message.id, button: button.id, token: button.token }));
  } catch (error) {
    toast(error.message);
  } finally {
    element.removeAttribute("aria-busy");
    element.disabled = false;
  }
}

// An answer that stands in a thread opens it, so a question is never overlooked.
function answered(answer) {
  keep(answer.answers);
  const threaded = answer.answers.filter((m) => m.thread && m.place === state.place).at(-1);
  if (threaded && state.thread !== threaded.thread) openThread(threaded.thread, false);
  if (answer.form) openForm(answer.form);
}

function openThread(id, focus = true) {
  state.thread = id;
  $("thread").hidden = false;
  document.body.classList.add("thread-open");
  thread.redraw();
  reply.placeholder("Reply…");
  if (focus) $("reply-text").focus();
}

function closeThread() {
  const root = state.thread;
  state.thread = null;
  $("thread").hidden = true;
  document.body.classList.remove("thread-open");
  $("log").querySelector(`[data-id="${root}"]`)?.focus({ preventScroll: true });
}

function go(place) {
  if (state.thread) closeThread();
  state.place = place;
  localStorage.setItem("place", place.startsWith("@") ? "@" : place);
  const found = state.places.find((p) => p.id === place);
  $("room-name").textContent = found ? titleOf(found) : place;
  $("room-note").textContent = found?.kind === "direct" ? "Direct conversation: only you and the bot" : "Everybody in this channel reads this";
  composer.placeholder("/release plan payments 2.4.1 at 15:00 …");
  room.redraw();
  drawPlaces();
  toggleMenu(false);
}

// Another person: other private answers, another direct conversation, another stream.
async function become(person) {
  stream?.close();
  state.me = person;
  localStorage.setItem("me", person);
  const { messages, seq } = await messagesOf(person);
  if (state.me !== person) return;
  state.messages = new Map(messages.map((m) => [m.id, m]));
  go(state.place.startsWith("@") ? `@${person}` : state.place);
  follow(person, seq);
}

function follow(person, seq) {
  stream = new EventSource(`/api/events?person=${encodeURIComponent(person)}&after=${seq}`);
  stream.addEventListener("message", (e) => person === state.me && keep([JSON.parse(e.data)]));
  stream.addEventListener("clock", (e) => showClock(JSON.parse(e.data)));
  stream.addEventListener("error", () => document.body.classList.add("away"));
  stream.addEventListener("open", () => document.body.classList.remove("away"));
}

function keys(event) {
  const typing = event.target.closest("input, textarea, select, dialog");
  if (event.key === "Escape" && document.body.classList.contains("menu-open")) toggleMenu(false);
  else if (event.key === "Escape" && state.thread && !$("form").open) closeThread();
  else if (event.key === "/" && !typing) {
    event.preventDefault();
    composer.text.focus();
    composer.text.value ||= "/";
    composer.typed();
  }
}

async function start() {
  const [people, places, verbs] = await Promise.all([get("/api/people"), get("/api/places"), get("/api/verbs")]);
  state.people = new Map(people.map((p) => [p.id, p]));
  Object.assign(state, { places, verbs });
  const me = localStorage.getItem("me");
  const place = localStorage.getItem("place");
  state.place = place === "@" || places.some((p) => p.id === place) ? place : (places[0]?.id ?? "@");
  on("messages", (changed) => {
    room.update(changed);
    thread.update(changed);
  });
  on("go", go);
  $("me").addEventListener("change", (e) => become(e.target.value).catch((error) => toast(error.message)));
  $("thread-close").addEventListener("click", closeThread);
  document.addEventListener("keydown", keys);
  document.addEventListener("click", (e) => e.target.closest("#places, #menu") || toggleMenu(false));
  startPlaces();
  await startClock();
  await become(state.people.has(me) ? me : (people[0]?.id ?? ""));
  drawMe();
}

start().catch((error) => toast(error.message));
