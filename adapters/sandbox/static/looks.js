// A message as the other platforms get it: the JSON that would be sent, and how it is drawn there.

import { get } from "./api.js";
import { $, h, icon, toast } from "./dom.js";
import { state } from "./state.js";

const NAMES = { slack: "Slack", teams: "Microsoft Teams" };
const NOTES = {
  slack: "Block Kit, as chat.postMessage gets it. Drawn by this page after Slack's own look.",
  teams: "An Adaptive Card, as the Bot Framework gets it. Drawn by Microsoft's renderer.",
};
const DRAW = {
  slack: async (payload, message) => (await import("./slack_look.js")).drawSlack(payload, message),
  teams: async (payload, message) => (await import("./teams_look.js")).drawTeams(payload, message),
};
let origin = null;
let turn = 0;

export function openLooks(message) {
  const dialog = $("looks");
  const platforms = state.words.platforms;
  const panel = h("div", { class: "inside look", role: "tabpanel", id: "look-panel", tabindex: "0" });
  const tabs = platforms.map((p) => h("button", { type: "button", role: "tab", id: `look-${p}`, "aria-controls": "look-panel", onclick: () => show(p, message, tabs, panel) }, NAMES[p] ?? p));
  origin = document.activeElement;
  dialog.replaceChildren(
    h(
      "div",
      { class: "sheet" },
      h("div", { class: "head" }, h("h2", { id: "looks-title" }, "The same message elsewhere"), h("button", { type: "button", class: "icon", "aria-label": "Close", onclick: () => dialog.close() }, icon("close"))),
      h("div", { class: "tabs", role: "tablist", "aria-label": "Platform", onkeydown: (e) => arrows(e, tabs) }, tabs),
      panel,
    ),
  );
  dialog.showModal();
  const first = localStorage.getItem("look");
  (tabs[platforms.indexOf(first)] ?? tabs[0])?.click();
}

export function startLooks() {
  $("looks").addEventListener("close", () => origin?.isConnected && origin.focus({ preventScroll: true }));
}

function arrows(event, tabs) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const to = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
  to.click();
  to.focus();
}

async function show(platform, message, tabs, panel) {
  const mine = (turn += 1);
  localStorage.setItem("look", platform);
  for (const tab of tabs) {
    const here = tab.id === `look-${platform}`;
    tab.setAttribute("aria-selected", String(here));
    tab.tabIndex = here ? 0 : -1;
  }
  panel.setAttribute("aria-labelledby", `look-${platform}`);
  try {
    const path = `/api/messages/${message.id}/as/${platform}?person=${encodeURIComponent(state.me)}`;
    const { payload } = await get(path);
    const drawn = await DRAW[platform](payload, message);
    if (mine === turn) panel.replaceChildren(drawn, source(payload, platform));
  } catch (error) {
    if (mine === turn) panel.replaceChildren(h("p", { class: "error", role: "alert" }, error.message));
  }
}

function source(payload, platform) {
  const text = JSON.stringify(payload, null, 2);
  const said = h("span", {}, "Copy JSON");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = "Copied";
    } catch {
      toast("The browser did not let this page copy. Select the text and copy it by hand.");
    }
  };
  return h(
    "div",
    { class: "source" },
    h("div", { class: "bar-of" }, h("p", {}, NOTES[platform] ?? ""), h("button", { type: "button", onclick: copy, "aria-live": "polite" }, icon("copy"), said)),
    h("pre", { tabindex: "0", "aria-label": "JSON" }, text),
  );
}
