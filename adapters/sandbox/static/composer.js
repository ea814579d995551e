// The message box: Enter sends, Shift+Enter breaks the line; what can be completed is offered above it.

import { offers } from "./completion.js";
import { $, h, heard, icon, toast } from "./dom.js";

export class Composer {
  // `name` is the id of its <form>; `send` gets the text and may throw: what was typed then stays.
  constructor(name, label, verb, send) {
    this.form = $(name);
    this.send = send;
    this.chosen = 0;
    this.offered = { from: 0, options: [], usage: null };
    this.build(name, label, verb);
    this.form.addEventListener("submit", (e) => this.submit(e));
    this.text.addEventListener("input", () => this.typed());
    this.text.addEventListener("click", () => this.typed());
    this.text.addEventListener("keydown", (e) => this.key(e));
    this.text.addEventListener("blur", () => this.offer({ from: 0, options: [], usage: null }));
  }

  build(name, label, verb) {
    this.list = h("ul", { role: "listbox", id: `${name}-hints`, tabindex: "0", "aria-label": "Suggestions" });
    this.usage = h("p", { class: "usage", hidden: true });
    this.hints = h("div", { class: "hints", hidden: true }, this.list, this.usage);
    this.text = h("textarea", { id: `${name}-text`, rows: "1", "aria-label": label, "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": `${name}-hints`, spellcheck: "true" });
    const slash = h("button", { type: "button", class: "slash", "aria-label": "Commands", title: "Commands (press / anywhere)", onclick: () => this.slash() }, "/");
    const keys = h("p", { "aria-hidden": "true", class: "keys" }, h("kbd", {}, "Enter"), " sends · ", h("kbd", {}, "Shift"), "+", h("kbd", {}, "Enter"), " new line · ", h("kbd", {}, "/"), " commands");
    this.work = h("p", { class: "at-work", role: "status" });
    const send = h("button", { type: "submit", class: "primary" }, verb, icon("send"));
    this.form.replaceChildren(this.hints, this.text, h("div", { class: "under" }, slash, this.work, keys, send));
  }

  placeholder(words) {
    this.text.placeholder = words;
  }

  slash() {
    this.text.focus();
    if (!this.text.value.startsWith("/")) this.text.value = `/${this.text.value ? `release ${this.text.value}` : ""}`;
    this.typed();
  }

  // Puts words in, to be read and sent by who typed nothing yet.
  put(words) {
    this.text.value = words;
    this.text.focus();
    this.text.setSelectionRange(words.length, words.length);
    this.typed();
  }

  async submit(event) {
    event.preventDefault();
    const text = this.text.value.trim();
    if (!text) return;
    this.text.value = "";
    this.typed();
    const slow = setTimeout(() => (this.work.textContent = "T-Minus is at work…"), 400);
    try {
      await this.send(text);
    } catch (error) {
      if (!this.text.value) this.text.value = text;
      toast(error.message);
    } finally {
      clearTimeout(slow);
      this.work.textContent = "";
    }
  }

  typed() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 180)}px`;
    this.offer(offers(this.text.value, this.text.selectionStart));
  }

  offer(offered) {
    const had = this.offered.options.length;
    this.offered = offered;
    this.chosen = 0;
    this.hints.hidden = !offered.options.length && !offered.usage;
    this.list.replaceChildren(...offered.options.map((o, n) => this.hint(o, n)));
    this.list.hidden = !offered.options.length;
    this.tell(offered.usage);
    this.point();
    if (offered.options.length && offered.options.length !== had) heard(`${offered.options.length} suggestions; arrow keys choose, Tab takes one`);
  }

  // What the verb takes, with the word that is being typed set off.
  tell(usage) {
    this.usage.hidden = !usage;
    if (!usage) return;
    const words = usage.takes.flatMap((t, n) => [" ", n === usage.at ? h("mark", {}, t.label) : t.label]);
    this.usage.replaceChildren(h("code", {}, `/release ${usage.verb}`, words), h("span", {}, h("kbd", {}, "Tab"), " takes · ", h("kbd", {}, "Esc"), " closes"));
  }

  hint(option, n) {
    const take = (e) => {
      e.preventDefault();
      this.take(n);
    };
    return h("li", { role: "option", id: `${this.list.id}-${n}`, onmousedown: take }, h("b", {}, option.value), h("span", {}, option.help));
  }

  point() {
    [...this.list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === this.chosen)));
    const item = this.list.children[this.chosen];
    if (item) this.text.setAttribute("aria-activedescendant", item.id);
    else this.text.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  }

  take(n) {
    const [before, after] = [this.text.value.slice(0, this.offered.from), this.text.value.slice(this.text.selectionStart)];
    const put = `${before}${this.offered.options[n].value} `;
    this.text.value = put + after.trimStart();
    this.text.setSelectionRange(put.length, put.length);
    this.text.focus();
    this.typed();
  }

  key(event) {
    if (event.isComposing) return;
    const options = this.offered.options;
    const typed = this.text.value.slice(this.offered.from, this.text.selectionStart).toLowerCase();
    // What is complete as it stands is sent by Enter; so is what was left open: Enter never puts in a word that nobody began.
    const begun = typed !== "" && typed !== options[this.chosen]?.value.toLowerCase();
    if (options.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.chosen = (this.chosen + step + options.length) % options.length;
      this.point();
    } else if (options.length && !event.shiftKey && (event.key === "Tab" || (event.key === "Enter" && begun))) {
      event.preventDefault();
      this.take(this.chosen);
    } else if (!this.hints.hidden && event.key === "Escape") {
      event.stopPropagation();
      this.offer({ from: 0, options: [], usage: null });
    } else if (event.key === "Enter" && !event.shiftKey) {
      this.submit(event);
    }
  }
}
