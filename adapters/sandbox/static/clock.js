// The clock bar. Simulated time is always marked as such; between two tellings it is carried on at its rate.

import { get, post } from "./api.js";
import { $, toast } from "./dom.js";

let clock = { now: new Date().toISOString(), rate: 0, simulated: true, next_mark: null };
let told = performance.now();

export function showClock(next) {
  clock = next;
  told = performance.now();
  draw();
}

const nowOf = () => new Date(new Date(clock.now).getTime() + (performance.now() - told) * clock.rate);

function draw() {
  const now = nowOf();
  const day = now.toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  $("clock-kind").textContent = clock.simulated ? "Simulated clock" : "System clock";
  $("clock-now").textContent = `${day} ${now.toISOString().slice(11, clock.rate ? 19 : 16)} UTC`;
  $("clock-now").dateTime = now.toISOString();
  $("clock-next").textContent = clock.next_mark ? `next mark ${clock.next_mark.slice(11, 16)} UTC` : "no mark ahead";
  $("clock-turns").hidden = !clock.simulated;
  $("clock-mark").disabled = !clock.next_mark;
  $("clock-run").setAttribute("aria-pressed", String(clock.rate > 1));
  $("clock-run").textContent = clock.rate > 1 ? "Stop the clock" : "Run at 60×";
}

async function turn(body) {
  const buttons = [...$("clock-turns").querySelectorAll("button")];
  for (const button of buttons) button.disabled = true;
  try {
    showClock(await post("/api/clock", body));
  } catch (error) {
    toast(error.message);
  } finally {
    for (const button of buttons) button.disabled = false;
    draw();
  }
}

export async function startClock() {
  $("clock-mark").addEventListener("click", () => clock.next_mark && turn({ to: clock.next_mark }));
  $("clock-five").addEventListener("click", () => turn({ advance_s: 300 }));
  $("clock-run").addEventListener("click", () => turn({ rate: clock.rate > 1 ? 0 : 60 }));
  setInterval(() => clock.rate && draw(), 500);
  showClock(await get("/api/clock"));
}
