// Menus that open at a button: who I am, the colours, tour and drills. Arrow keys move, Escape goes back to the button.

import { $, avatar, h, icon } from "./dom.js";
import { state } from "./state.js";

// Opens a menu of `items` under `button`; each item has an element and what it does.
export function openMenu(button, label, items) {
  const sheet = $("menu-sheet");
  if (sheet.matches(":popover-open") && sheet.dataset.of === button.id) return sheet.hidePopover();
  sheet.dataset.of = button.id;
  sheet.setAttribute("role", "menu");
  sheet.setAttribute("aria-label", label);
  sheet.replaceChildren(...items.map((i) => i.element));
  for (const { element, act } of items) {
    if (act) element.addEventListener("click", () => (sheet.hidePopover(), act()));
  }
  sheet.showPopover();
  place(sheet, button);
  button.setAttribute("aria-expanded", "true");
  const controls = controlsOf(sheet);
  (controls.find((c) => c.getAttribute("aria-checked") === "true") ?? controls[0])?.focus();
  return undefined;
}

const controlsOf = (sheet) => [...sheet.querySelectorAll("[role^='menuitem']")];

function place(sheet, button) {
  const at = button.getBoundingClientRect();
  sheet.style.top = `${at.bottom + 6}px`;
  sheet.style.left = `${Math.max(8, Math.min(at.right - sheet.offsetWidth, innerWidth - sheet.offsetWidth - 8))}px`;
}

export function startMenus() {
  const sheet = $("menu-sheet");
  sheet.addEventListener("toggle", (e) => {
    if (e.newState === "open") return;
    const button = $(sheet.dataset.of);
    button.setAttribute("aria-expanded", "false");
    if (sheet.contains(document.activeElement) || document.activeElement === document.body) button.focus();
  });
  sheet.addEventListener("keydown", (e) => {
    const controls = controlsOf(sheet);
    const at = controls.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: controls.length - 1 }[e.key];
    if (to === undefined) return;
    e.preventDefault();
    controls.at(to % controls.length)?.focus();
  });
  $("theme").append(icon(ICONS[theme()]));
  $("theme").addEventListener("click", () => openMenu($("theme"), "Colours", themes()));
}

export const plainItem = (words, more, act) => ({ element: h("button", { type: "button", role: "menuitem", class: "plain" }, h("span", {}, h("b", {}, words), more ? h("small", {}, more) : null)), act });

export const headItem = (words) => ({ element: h("h2", { role: "presentation" }, words), act: null });

const ICONS = { "": "screen", light: "sun", dark: "moon" };
const NAMES = { "": "As the system has it", light: "Light", dark: "Dark" };
const theme = () => document.documentElement.dataset.theme ?? "";

function themes() {
  return Object.entries(NAMES).map(([value, name]) => ({
    element: h("button", { type: "button", role: "menuitemradio", "aria-checked": String(theme() === value) }, icon(ICONS[value]), h("span", {}, name), theme() === value ? icon("check") : h("span")),
    act: () => {
      document.documentElement.dataset.theme = value;
      localStorage.setItem("theme", value);
      $("theme").replaceChildren(icon(ICONS[value]));
    },
  }));
}

export function drawMe() {
  const me = state.people.get(state.me);
  if (!me) return;
  $("me").replaceChildren(avatar(me.id, me.name, "small"), h("span", { class: "name" }, h("b", {}, me.name), h("small", {}, me.title)), h("span", { class: "out" }, "Be somebody else"));
}

// Everybody who can be played, with title and roles.
export function peopleMenu(become) {
  const items = [...state.people.values()].map((p) => ({
    element: h(
      "button",
      { type: "button", role: "menuitemradio", "aria-checked": String(p.id === state.me), "data-person": p.id },
      avatar(p.id, p.name),
      h("span", {}, h("b", {}, p.name), h("small", {}, p.title), h("small", {}, rolesOf(p))),
      p.id === state.me ? icon("check") : h("span"),
    ),
    act: () => become(p.id),
  }));
  openMenu($("me"), "Who I am", [headItem("Play a release as"), ...items]);
}

function rolesOf(person) {
  const all = state.words.services.length;
  const more = (person.roles ?? []).filter((r) => !person.title.toLowerCase().includes(r.role.toLowerCase()) || r.services.length < all);
  return more.map((r) => (r.services.length === all ? r.role : `${r.role} of ${r.services.join(", ")}`)).join(" · ");
}
