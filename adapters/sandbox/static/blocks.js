// Draws the blocks of a message. A block of a type that this page does not know is shown as its text, never dropped.

import { h, link, linked } from "./dom.js";
import { nameOf } from "./state.js";

const label = (text) => (text ? h("strong", { class: "label" }, text) : null);

const DRAW = {
  heading: (b) => h("h3", { class: "heading" }, b.text),
  text: (b) => h("p", { class: "text" }, label(b.label), b.label ? " " : null, linked(b.text)),
  bullets: (b) => h("div", { class: "bullets" }, label(b.label), h(b.numbered ? "ol" : "ul", {}, b.items.map((i) => h("li", {}, linked(i))))),
  fields: (b) => h("dl", { class: "fields" }, b.pairs.map((p) => h("div", {}, h("dt", {}, p.label), h("dd", {}, linked(p.value))))),
  table: (b) => table(b),
  code: (b) => h("figure", { class: "code" }, b.label ? h("figcaption", {}, b.label) : null, h("pre", { tabindex: "0" }, h("code", {}, b.text))),
  link: (b) => h("p", { class: "link" }, link(b.label, b.url)),
  context: (b) => h("p", { class: "context" }, linked(b.text)),
  divider: () => h("hr"),
  mentions: (b) => h("p", { class: "mentions" }, "For ", b.people.flatMap((p, n) => [n ? ", " : "", h("span", { class: "mention" }, `@${nameOf(p)}`)])),
  attachment: (b) => h("details", { class: "attachment" }, h("summary", {}, b.name), h("pre", { tabindex: "0" }, b.text)),
};

function table(b) {
  const head = h("thead", {}, h("tr", {}, b.head.map((c) => h("th", { scope: "col" }, c))));
  const body = h("tbody", {}, b.rows.map((row) => h("tr", {}, row.map((c, n) => h("td", { "data-head": b.head[n] ?? "" }, linked(c))))));
  return h("div", { class: "table" }, label(b.label), h("table", {}, head, body));
}

function actions(b, press) {
  const buttons = b.buttons.map((button) =>
    h("button", { type: "button", class: button.style, "data-button": button.id, onclick: (e) => press(button, e.currentTarget) }, button.label),
  );
  return h("div", { class: "actions" }, buttons);
}

export function drawBlocks(blocks, press) {
  return blocks.map((b) => {
    if (b.type === "actions") return actions(b, press);
    return DRAW[b.type] ? DRAW[b.type](b) : h("p", { class: "text" }, String(b.text ?? b.type));
  });
}

// The first word carries the verdict; the colour only repeats it.
export function tone(message) {
  const words = (message.blocks.find((b) => b.type === "heading")?.text ?? message.text).toUpperCase();
  if (/NO-GO UNTIL VERIFIED|\bHELD\b|\bHOLD\b|UNKNOWN/.test(words)) return "amber";
  if (/NO-GO|ROLLBACK|ROLLING BACK|STARTED WITHOUT GO|CANCELLED/.test(words)) return "red";
  return /\bGO\b|COMPLETE|DONE/.test(words) ? "green" : "plain";
}
