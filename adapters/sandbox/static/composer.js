// The message box: Enter sends, Shift+Enter breaks the line, and after "/" the verbs are offered.

import { $, h, toast } from "./dom.js";
import { state } from "./state.js";

export class Composer {
  // `name` is the id of its <form>; `send` gets the text and may throw: what was typed then stays.
  constructor(name, send) {
    this.form = $(name);
    this.text = $(`${name}-text`);
    this.hints = $(`${name}-hints`);
    this.send = send;
    this.chosen = 0;
    this.form.addEventListener("submit", (e) => this.submit(e));
    this.text.addEventListener("input", () => this.typed());
    this.text.addEventListener("keydown", (e) => this.key(e));
    this.text.addEventListener("blur", () => this.offer([]));
  }

  placeholder(words) {
    this.text.placeholder = words;
  }

  async submit(event) {
    event.preventDefault();
    const text = this.text.value.trim();
    if (!text) return;
    this.text.value = "";
    this.typed();
    try {
      await this.send(text);
    } catch (error) {
      if (!this.text.value) this.text.value = text;
      toast(error.message);
    }
  }

  typed() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 180)}px`;
    const verb = /^\/(?:r|re|rel|rele|relea|releas|release)?$|^\/release\s+(\S*)$/i.exec(this.text.value);
    this.offer(verb ? state.verbs.filter((v) => v.verb.startsWith((verb[1] ?? "").toLowerCase())) : []);
  }

  offer(verbs) {
    this.offered = verbs;
    this.chosen = 0;
    this.hints.hidden = verbs.length === 0;
    this.text.setAttribute("aria-expanded", String(verbs.length > 0));
    this.hints.replaceChildren(...verbs.map((v, n) => this.hint(v, n)));
    this.point();
  }

  hint(verb, n) {
    const take = (e) => {
      e.preventDefault();
      this.take(n);
    };
    return h("li", { role: "option", id: `${this.hints.id}-${n}`, onmousedown: take }, h("code", {}, `/release ${verb.verb}`), h("span", {}, verb.help));
  }

  point() {
    [...this.hints.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === this.chosen)));
    const item = this.hints.children[this.chosen];
    if (item) this.text.setAttribute("aria-activedescendant", item.id);
    else this.text.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  }

  take(n) {
    this.text.value = `/release ${this.offered[n].verb} `;
    this.typed();
    this.text.focus();
  }

  key(event) {
    if (event.isComposing) return;
    const open = !this.hints.hidden;
    const complete = open && this.text.value.trim().toLowerCase() !== `/release ${this.offered[this.chosen]?.verb}`;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.chosen = (this.chosen + step + this.offered.length) % this.offered.length;
      this.point();
    } else if (open && (event.key === "Tab" || (event.key === "Enter" && complete)) && !event.shiftKey) {
      event.preventDefault();
      this.take(this.chosen);
    } else if (open && event.key === "Escape") {
      event.stopPropagation();
      this.offer([]);
    } else if (event.key === "Enter" && !event.shiftKey) {
      this.submit(event);
    }
  }
}
