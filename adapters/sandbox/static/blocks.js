// Draws the blocks of a message. A block of a type that this page does not know is shown as its text, never dropped.

import { h, icon, link, toast } from "./dom.js";
import { mention, rich } from "./rich.js";

const label = (text) => (text ? h("strong", { class: "label" }, text) : null);
const VERDICT = /^(NO-GO UNTIL VERIFIED|STARTED WITHOUT GO|NO-GO|GO POSSIBLE|GO|HELD|HOLD|LIVE|ROLLED BACK|ROLLBACK|DONE|CANCELLED|OUTCOME UNKNOWN|START NOT REPORTED|CORRECTED|DRILL|TOUR)(?= · |: |$)/;

const DRAW = {
  heading: (b) => (b.level > 1 ? h("h3", { class: "section" }, b.text) : heading(b.text)),
  text: (b, at) => h("p", { class: `text ${caps(b.label) ? "caps" : ""}` }, label(b.label), b.label ? " " : null, h("span", {}, rich(b.text, at))),
  bullets: (b, at) => h("div", { class: "bullets" }, label(b.label), h(b.numbered ? "ol" : "ul", {}, b.items.map((i) => h("li", {}, rich(i, at))))),
  fields: (b, at) => (VERDICT.test(b.pairs[0]?.label ?? "") ? listed(b, at) : h("dl", { class: "fields" }, b.pairs.map((p) => h("div", {}, h("dt", {}, p.label), h("dd", {}, rich(p.value, at)))))),
  table: (b, at) => table(b, at),
  code: (b) => h("figure", { class: "code" }, h("figcaption", {}, b.label, copier(b.text)), h("pre", { tabindex: "0" }, h("code", {}, b.text))),
  link: (b) => h("p", { class: "link" }, link(b.label, b.url)),
  context: (b, at) => h("p", { class: "context" }, rich(b.text, at)),
  divider: () => h("hr"),
  mentions: (b) => h("p", { class: "mentions" }, "For ", b.people.flatMap((p, n) => [n ? " " : "", mention(p)])),
  attachment: (b) => h("details", { class: "attachment" }, h("summary", {}, b.name), h("pre", { tabindex: "0" }, b.text)),
};

// A command is printed to be run by a person, so it can be copied.
function copier(text) {
  const copy = () => navigator.clipboard.writeText(text).then(() => toast("Copied"), () => toast("The browser did not let this page copy."));
  return h("button", { type: "button", class: "icon copy", "aria-label": "Copy", title: "Copy", onclick: copy }, icon("copy"));
}

const caps = (words) => /^[A-Z ]+$/.test(words ?? "");

// The verdict word stands first, as a word; its colour only repeats it.
function heading(text) {
  const word = VERDICT.exec(text)?.[0];
  if (!word || word === text) return h("h2", { class: "heading" }, word ? pill(text) : text);
  const rest = text.slice(word.length).replace(/^( · |: )/, "");
  return h("h2", { class: "heading" }, pill(word), h("span", { class: "out" }, text.slice(word.length, text.length - rest.length)), h("span", {}, rest));
}

// A release in a list: its verdict and title stand out, its lines follow.
function listed(b, at) {
  const [first, ...rest] = b.pairs;
  const lines = rest.map((p) => h("p", { class: "text" }, label(p.label), " ", h("span", {}, rich(p.value, at))));
  return h("div", { class: "listed" }, heading(first.label), h("p", { class: "text" }, rich(first.value, at)), lines);
}

export const pill = (word) => h("span", { class: `pill ${toneOf(word)}` }, word);

function table(b, at) {
  const head = h("thead", {}, h("tr", {}, b.head.map((c) => h("th", { scope: "col" }, c))));
  const body = h("tbody", {}, b.rows.map((row) => h("tr", {}, row.map((c, n) => h("td", { "data-head": b.head[n] ?? "" }, rich(c, at))))));
  return h("div", { class: "table" }, label(b.label), h("table", {}, head, body));
}

function actions(b, press) {
  const buttons = b.buttons.map((button) =>
    h("button", { type: "button", class: button.style, "data-button": button.id, onclick: (e) => press(button, e.currentTarget) }, button.label),
  );
  return h("div", { class: "actions" }, buttons);
}

// `at`: when it was said, so that a bare hour finds its day.
export function drawBlocks(blocks, press, at = new Date()) {
  return blocks.map((b) => {
    if (b.type === "actions") return actions(b, press);
    return DRAW[b.type] ? DRAW[b.type](b, at) : h("p", { class: "text" }, String(b.text ?? b.type));
  });
}

export const tone = (message) => toneOf(message.blocks.find((b) => b.type === "heading")?.text ?? message.text);

export function toneOf(words) {
  const said = words.toUpperCase();
  if (/NO-GO UNTIL VERIFIED|\bHELD\b|\bHOLD\b|UNKNOWN|PLANNING/.test(said)) return "amber";
  if (/NO-GO|ROLLBACK|ROLLED BACK|ROLLING BACK|STARTED WITHOUT GO|CANCELLED/.test(said)) return "red";
  return /\bGO\b|COMPLETE|DONE|\bLIVE\b|CLEARED/.test(said) ? "green" : "plain";
}
