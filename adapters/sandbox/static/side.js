// The details at the right: two tabs, the release and the thread.

import { $, icon } from "./dom.js";
import { state, tell } from "./state.js";

const TABS = ["release", "thread"];

export function openSide(tab) {
  $("side").hidden = false;
  document.body.classList.add("side-open");
  $("side-open").setAttribute("aria-expanded", "true");
  for (const name of TABS) {
    const here = name === tab;
    $(`tab-${name}`).setAttribute("aria-selected", String(here));
    $(`tab-${name}`).tabIndex = here ? 0 : -1;
    $(name).hidden = !here;
  }
  $("tab-thread").hidden = state.thread === null;
  tell("side", tab);
}

export const shownTab = () => ($("side").hidden ? "" : TABS.find((name) => !$(name).hidden));

export function closeSide() {
  $("side").hidden = true;
  document.body.classList.remove("side-open");
  $("side-open").setAttribute("aria-expanded", "false");
  tell("side", "");
}

export function startSide(onThread) {
  $("side-close").append(icon("close"));
  $("side-close").addEventListener("click", () => {
    const thread = shownTab() === "thread";
    closeSide();
    if (thread) onThread(null);
    else {
      localStorage.setItem("side", "closed");
      $("side-open").focus();
    }
  });
  $("side-open").addEventListener("click", () => {
    const shut = shownTab() !== "release";
    localStorage.setItem("side", shut ? "open" : "closed");
    if (shut) openSide("release");
    else closeSide();
  });
  for (const name of TABS) $(`tab-${name}`).addEventListener("click", () => openSide(name));
  $("side-tabs").addEventListener("keydown", (e) => {
    if (!["ArrowLeft", "ArrowRight"].includes(e.key) || $("tab-thread").hidden) return;
    const other = shownTab() === "thread" ? "release" : "thread";
    openSide(other);
    $(`tab-${other}`).focus();
  });
}
