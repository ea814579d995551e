// One message, and a log of messages: new ones are added at their place, changed ones are drawn again where they stand.

import { drawBlocks, tone } from "./blocks.js";
import { h, linked } from "./dom.js";
import { nameOf, number, sorted, state } from "./state.js";

const clockOf = (at) => `${at.slice(11, 16)} UTC`;
const dayOf = (at) =>
  new Date(at).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });

function avatar(author) {
  const hue = [...author].reduce((sum, c) => sum + c.codePointAt(0), 0) % 6;
  const bot = author === "t-minus";
  return h("span", { class: `avatar ${bot ? "bot" : `hue-${hue}`}`, "aria-hidden": "true" }, bot ? "T−" : nameOf(author).slice(0, 1));
}

function head(message) {
  const edited = message.revision > 1 ? `edited ${clockOf(message.edited_at)} · rev ${message.revision}` : "";
  return h(
    "header",
    {},
    h("strong", { class: "author" }, nameOf(message.author)),
    message.author === "t-minus" ? h("span", { class: "tag" }, "bot") : null,
    h("time", { datetime: message.posted_at }, clockOf(message.posted_at)),
    edited ? h("span", { class: "edited" }, edited) : null,
    message.to ? h("span", { class: "tag private" }, "Only you can see this") : null,
  );
}

function replies(message, openThread) {
  const found = sorted().filter((m) => m.thread === message.id);
  if (!found.length) return null;
  const last = found.at(-1);
  const words = found.length === 1 ? "1 reply" : `${found.length} replies`;
  return h("button", { type: "button", class: "replies", onclick: () => openThread(message.id) }, words, h("small", {}, `last ${clockOf(last.posted_at)}`));
}

function draw(message, doings, inThread) {
  const body = message.blocks.length
    ? h("div", { class: `card ${tone(message)}` }, drawBlocks(message.blocks, (button, element) => doings.press(message, button, element)))
    : h("p", { class: "words" }, linked(message.text));
  const classes = ["message", message.to ? "to-me" : "", mentionsMe(message) ? "mentions-me" : ""].filter(Boolean).join(" ");
  const answer = inThread ? null : h("button", { type: "button", class: "answer", onclick: () => doings.openThread(message.id) }, "Reply in thread");
  return h(
    "article",
    { class: classes, "data-id": message.id, "data-revision": message.revision, tabindex: "-1", "aria-label": `${nameOf(message.author)}: ${message.text}` },
    avatar(message.author),
    h("div", { class: "body" }, head(message), body, inThread ? null : replies(message, doings.openThread)),
    answer,
  );
}

const mentionsMe = (message) => message.blocks.some((b) => b.type === "mentions" && b.people.includes(state.me));

export class Log {
  // `shows` says which messages belong here; `doings` are press and openThread.
  constructor(element, shows, doings, inThread) {
    Object.assign(this, { element, shows, doings, inThread });
  }

  // Everything anew: another place, another thread, another person.
  redraw() {
    this.element.replaceChildren();
    for (const message of sorted().filter(this.shows)) this.put(message);
    this.element.scrollTop = this.element.scrollHeight;
  }

  // What changed; a reply also changes the count under the first message of its thread.
  update(changed) {
    const low = this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight < 80;
    const roots = changed.map((m) => state.messages.get(m.thread)).filter(Boolean);
    for (const message of new Set([...changed, ...roots])) if (this.shows(message)) this.put(message);
    if (low) this.element.scrollTop = this.element.scrollHeight;
  }

  put(message) {
    const fresh = draw(message, this.doings, this.inThread && message.thread !== null ? true : this.inThread);
    const old = this.element.querySelector(`[data-id="${message.id}"]`);
    if (old) {
      const focused = old.contains(document.activeElement);
      fresh.classList.toggle("changed", old.dataset.revision !== fresh.dataset.revision);
      old.replaceWith(fresh);
      if (focused) fresh.focus({ preventScroll: true });
      return;
    }
    const next = [...this.element.querySelectorAll("[data-id]")].find((e) => number(e.dataset.id) > number(message.id));
    this.element.insertBefore(fresh, next ?? null);
    this.day(fresh, message);
  }

  day(element, message) {
    const day = dayOf(message.posted_at);
    if (this.element.querySelector(`[data-day="${day}"]`)) return;
    this.element.insertBefore(h("p", { class: "day", "data-day": day }, h("span", {}, day)), element);
  }
}
