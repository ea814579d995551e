// Draws Block Kit after Slack's own look: what the bot uses of it, and anything else as its text. Buttons are a picture here.

import { h, link } from "./dom.js";
import { nameOf } from "./state.js";
import { clockOf } from "./times.js";

export function drawSlack(payload, message) {
  return h(
    "div",
    { class: "slack" },
    h("span", { class: "slack-avatar", "aria-hidden": "true" }, "T−"),
    h(
      "div",
      {},
      h("p", { class: "slack-head" }, h("b", {}, nameOf(message.author)), h("span", { class: "slack-app" }, "APP"), h("span", { class: "slack-time" }, clockOf(message.posted_at))),
      (payload.blocks ?? []).length ? payload.blocks.map(block) : h("p", {}, payload.text),
    ),
  );
}

function block(b) {
  const draw = BLOCKS[b.type];
  return draw ? draw(b) : h("p", { class: "slack-odd" }, `${b.type}: ${b.text?.text ?? ""}`);
}

const BLOCKS = {
  header: (b) => h("p", { class: "slack-header" }, b.text.text),
  divider: () => h("hr"),
  section: (b) => h("div", { class: "slack-section" }, b.text ? h("p", {}, words(b.text)) : null, b.fields ? h("div", { class: "slack-fields" }, b.fields.map((f) => h("p", {}, words(f)))) : null, b.accessory ? element(b.accessory) : null),
  context: (b) => h("p", { class: "slack-context" }, b.elements.map((e) => words(e))),
  actions: (b) => h("div", { class: "slack-actions" }, b.elements.map(element)),
  rich_text: (b) => h("div", { class: "slack-rich" }, b.elements.map(rich)),
  table: (b) => table(b),
  markdown: (b) => h("p", {}, b.text),
};

function rich(e) {
  if (e.type === "rich_text_list") return h(e.style === "ordered" ? "ol" : "ul", {}, e.elements.map((i) => h("li", {}, i.elements.map(run))));
  if (e.type === "rich_text_preformatted") return h("pre", { tabindex: "0" }, e.elements.map(run));
  if (e.type === "rich_text_quote") return h("blockquote", {}, e.elements.map(run));
  return h("p", {}, e.elements.map(run));
}

function run(e) {
  if (e.type === "link") return link(e.text ?? e.url, e.url);
  if (e.type === "user") return h("span", { class: "slack-call" }, `@${e.user_id}`);
  if (e.type === "date") return h("span", {}, e.fallback);
  if (e.type === "emoji") return `:${e.name}:`;
  const style = e.style ?? {};
  const inner = style.code ? h("code", {}, e.text) : (e.text ?? "");
  if (style.bold) return h("b", {}, inner);
  return style.italic ? h("i", {}, inner) : style.strike ? h("s", {}, inner) : inner;
}

// The few marks of mrkdwn that the bot may send; what people typed never comes as mrkdwn.
function words(object) {
  const text = object.text ?? "";
  if (object.type !== "mrkdwn") return text;
  return text.split(/(\*[^*\n]+\*|`[^`\n]+`|<[^>\n]+>)/).map((part) => {
    if (/^\*.+\*$/.test(part)) return h("b", {}, plain(part.slice(1, -1)));
    if (/^`.+`$/.test(part)) return h("code", {}, plain(part.slice(1, -1)));
    const address = /^<(https?:[^|>]+)(?:\|([^>]+))?>$/.exec(part);
    return address ? link(plain(address[2] ?? address[1]), address[1]) : plain(part);
  });
}

const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

function element(e) {
  const label = e.text?.text ?? e.placeholder?.text ?? e.type;
  return h("span", { class: `slack-button ${e.style ?? ""}` }, label);
}

function table(b) {
  const cell = (c) => (c.type === "raw_text" ? c.text : (c.elements ?? []).flatMap((e) => e.elements ?? []).map(run));
  const [head, ...rows] = b.rows;
  return h("div", { class: "slack-table" }, h("table", {}, h("thead", {}, h("tr", {}, head.map((c) => h("th", { scope: "col" }, cell(c))))), h("tbody", {}, rows.map((r) => h("tr", {}, r.map((c) => h("td", {}, cell(c))))))));
}
