// One message, and a log of messages: new ones are added at their place, changed ones are drawn again where they stand.

import { drawBlocks, tone } from "./blocks.js";
import { avatar, h, icon } from "./dom.js";
import { rich } from "./rich.js";
import { mentions, nameOf, number, sorted, state } from "./state.js";
import { clockOf, dayOf, here } from "./times.js";

function head(message) {
  const edited = message.revision > 1 ? `edited ${clockOf(message.edited_at)} · rev ${message.revision}` : "";
  const bot = message.author === "t-minus" || state.people.get(message.author)?.kind === "bot";
  return h(
    "header",
    {},
    h("strong", { class: "author" }, nameOf(message.author)),
    bot ? h("span", { class: "tag app" }, "App") : null,
    h("time", { datetime: message.posted_at }, [clockOf(message.posted_at), here(message.posted_at)].filter(Boolean).join(" · ")),
    edited ? h("span", { class: "edited" }, edited) : null,
  );
}

const privately = (message) => (message.to ? h("p", { class: "private" }, icon("eye"), "Only visible to you") : null);

function replies(message, openThread) {
  const found = sorted().filter((m) => m.thread === message.id);
  if (!found.length) return null;
  const last = found.at(-1);
  const words = found.length === 1 ? "1 reply" : `${found.length} replies`;
  const faces = [...new Set(found.map((m) => m.author))].slice(0, 3).map((a) => avatar(a, nameOf(a), "small"));
  return h("button", { type: "button", class: "replies", onclick: () => openThread(message.id) }, faces, words, h("small", {}, `last ${clockOf(last.posted_at)}`));
}

function bar(message, doings, inThread) {
  const reply = inThread ? null : h("button", { type: "button", class: "answer", "aria-label": "Reply in thread", title: "Reply in thread", onclick: () => doings.openThread(message.id) }, icon("reply"));
  const bot = message.author === "t-minus" && state.words.platforms.length;
  const looks = bot ? h("button", { type: "button", class: "look", "aria-label": "Show as Slack and Teams", title: "Show as Slack and Teams", onclick: () => doings.openLooks(message) }, icon("looks")) : null;
  return reply || looks ? h("div", { class: "bar" }, reply, looks) : null;
}

function draw(message, doings, inThread) {
  const press = (button, element) => doings.press(message, button, element);
  const plain = message.blocks.every((b) => ["text", "context", "mentions"].includes(b.type));
  const body = message.blocks.length
    ? h("div", { class: `card ${plain ? "bare" : tone(message)}` }, drawBlocks(message.blocks, press, message.posted_at))
    : h("p", { class: "words" }, rich(message.text, message.posted_at));
  const classes = ["message", message.to ? "to-me" : "", mentions(message, state.me) ? "mentions-me" : ""].filter(Boolean).join(" ");
  return h(
    "article",
    { class: classes, "data-id": message.id, "data-revision": message.revision, tabindex: "-1", "aria-label": `${nameOf(message.author)}: ${message.text}` },
    avatar(message.author, nameOf(message.author)),
    h("div", { class: "body" }, head(message), privately(message), body, inThread ? null : replies(message, doings.openThread)),
    bar(message, doings, inThread),
  );
}

export class Log {
  // `shows` says which messages belong here; `doings` are press, openThread, openLooks; `empty` draws what stands in an empty log.
  constructor(element, shows, doings, { inThread = false, empty = null } = {}) {
    Object.assign(this, { element, shows, doings, inThread, empty });
    this.jump = h("button", { type: "button", class: "jump", hidden: true, onclick: () => this.end() }, "New messages");
    element.after(this.jump);
    element.addEventListener("scroll", () => this.low() && (this.jump.hidden = true), { passive: true });
    element.addEventListener("keydown", (e) => this.walk(e));
  }

  low() {
    return this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight < 80;
  }

  end() {
    this.element.scrollTop = this.element.scrollHeight;
    this.jump.hidden = true;
  }

  // Arrow keys go from message to message; Tab goes on to what can be pressed in one.
  walk(event) {
    const here = document.activeElement;
    if (!["ArrowUp", "ArrowDown"].includes(event.key) || (here !== this.element && !here.matches(".message"))) return;
    const all = [...this.element.querySelectorAll(".message")];
    const at = all.indexOf(here);
    const to = event.key === "ArrowUp" ? (at < 0 ? all.length : at) - 1 : at + 1;
    if (at < 0 && event.key === "ArrowDown") return;
    event.preventDefault();
    all[to]?.focus();
  }

  // Everything anew: another place, another thread, another person. `from`: the last message that was read before.
  redraw(from = 0) {
    this.element.replaceChildren();
    const shown = sorted().filter(this.shows);
    for (const message of shown) this.put(message);
    if (!shown.length && this.empty) this.element.append(this.empty());
    const first = from ? shown.find((m) => number(m.id) > from && m.author !== state.me) : null;
    const line = first && h("p", { class: "new" }, "New");
    if (line) this.element.insertBefore(line, this.find(first.id));
    this.end();
  }

  // What changed; a reply also changes the count under the first message of its thread.
  update(changed) {
    const low = this.low();
    const added = changed.some((m) => this.shows(m) && !this.find(m.id) && m.author !== state.me);
    const roots = changed.map((m) => state.messages.get(m.thread)).filter(Boolean);
    for (const message of new Set([...changed, ...roots])) if (this.shows(message)) this.put(message);
    if (low) this.end();
    else if (added) this.jump.hidden = false;
  }

  find(id) {
    return this.element.querySelector(`[data-id="${id}"]`);
  }

  put(message) {
    const fresh = draw(message, this.doings, this.inThread);
    const old = this.find(message.id);
    if (old) {
      const focused = old.contains(document.activeElement) ? document.activeElement.dataset.button : undefined;
      const inside = old.contains(document.activeElement);
      fresh.classList.toggle("changed", old.dataset.revision !== fresh.dataset.revision);
      old.replaceWith(fresh);
      // A button that was pressed and is still there keeps the focus; else the message itself has it.
      if (inside) (fresh.querySelector(`[data-button="${CSS.escape(focused ?? "")}"]`) ?? fresh).focus({ preventScroll: true });
      return;
    }
    this.element.querySelector(".empty")?.remove();
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
