// The clock bar. Simulated time is always marked as such; between two tellings it is carried on at its rate.

import { get, post } from "./api.js";
import { $, toast } from "./dom.js";
import { on, state, tell } from "./state.js";
import { here, inWords, shortDay } from "./times.js";

let clock = { now: new Date().toISOString(), rate: 0, simulated: true, next_mark: null };
let told = performance.now();

export function showClock(next) {
  clock = next;
  told = performance.now();
  draw();
}

export const nowOf = () => new Date(new Date(clock.now).getTime() + (performance.now() - told) * clock.rate);

function draw() {
  const now = nowOf();
  const words = `${shortDay(now)} ${now.toISOString().slice(11, clock.rate ? 19 : 16)} UTC`;
  put("clock-kind", clock.simulated ? "Simulated clock" : "System clock");
  put("clock-now", words);
  put("clock-here", here(now));
  $("clock-now").dateTime = now.toISOString();
  const next = clock.next_mark;
  put("clock-next", next ? `${nameOf(next)} ${inWords(next, now)}` : "No mark ahead");
  $("clock-turns").hidden = !clock.simulated;
  $("clock-mark").disabled = !next;
  $("clock-run").setAttribute("aria-pressed", String(clock.rate > 1));
  put("clock-run", clock.rate > 1 ? "Stop the clock" : "Run at 60×");
  tell("tick", now);
}

function put(id, words) {
  if ($(id).textContent !== words) $(id).textContent = words;
}

// "T-30 of R-1": which mark that is.
function nameOf(at) {
  const due = new Date(at).getTime();
  for (const release of state.releases.values()) {
    const found = release.announcements?.find((a) => a.mark && a.state === "pending" && new Date(a.due_at).getTime() === due);
    if (found) return `${found.mark} of ${release.id}`;
  }
  return "next mark";
}

async function turn(body) {
  const buttons = [...$("clock-turns").querySelectorAll("button")];
  const focused = document.activeElement;
  for (const button of buttons) button.disabled = true;
  try {
    showClock(await post("/api/clock", body));
  } catch (error) {
    toast(error.message);
  } finally {
    for (const button of buttons) button.disabled = false;
    draw();
    if (buttons.includes(focused)) focused.focus();
  }
}

export async function startClock() {
  $("clock-mark").addEventListener("click", () => clock.next_mark && turn({ to: clock.next_mark }));
  $("clock-five").addEventListener("click", () => turn({ advance_s: 300 }));
  $("clock-run").addEventListener("click", () => turn({ rate: clock.rate > 1 ? 0 : 60 }));
  on("releases", draw);
  setInterval(() => clock.rate && draw(), 250);
  showClock(await get("/api/clock"));
}
