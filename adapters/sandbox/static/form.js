// A form of the bot in a dialog: errors stand at their field, what was typed stays, and the focus goes back where it came from.

import { post } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { $, h, icon } from "./dom.js";
import { keep, state, tell } from "./state.js";

let origin = null;
let message = "";

export function openForm(form) {
  const dialog = $("form");
  const inputs = new Map(form.fields.map((field) => [field.name, input(field)]));
  const failed = h("p", { class: "error", role: "alert", hidden: true });
  const send = h("button", { type: "submit", class: "primary" }, form.submit || "Send");
  const close = () => dialog.close();
  const body = h(
    "form",
    { novalidate: true, onsubmit: (e) => submit(e, form, inputs, failed, send) },
    h("div", { class: "head" }, h("h2", { id: "form-title" }, form.title), h("button", { type: "button", class: "icon", "aria-label": "Close the form", onclick: close }, icon("close"))),
    h("div", { class: "inside" }, drawBlocks(form.intro ?? [], () => {}), form.fields.map((field) => row(field, inputs.get(field.name)))),
    h("div", { class: "foot" }, failed, h("button", { type: "button", onclick: close }, "Cancel"), send),
  );
  if (!dialog.open) {
    origin = document.activeElement;
    message = origin.closest("[data-id]")?.dataset.id ?? "";
  }
  dialog.replaceChildren(body);
  if (!dialog.open) dialog.showModal();
  firstFor(inputs)?.focus();
}

// The first field that is still empty, so that a prefilled form asks for what it lacks.
const firstFor = (inputs) => [...inputs.values()].find((e) => e.required && !e.value) ?? inputs.values().next().value;

export function startForms() {
  $("form").addEventListener("close", () => {
    // The button may be gone with what it asked: then its message has the focus, else the message box.
    const back = origin?.isConnected ? origin : document.querySelector(`[data-id="${message}"]`);
    (back ?? $("composer-text")).focus({ preventScroll: true });
  });
}

function row(field, element) {
  return h(
    "div",
    { class: "field" },
    h("label", { for: element.id }, field.label, field.required ? null : h("small", {}, " optional")),
    field.hint ? h("p", { class: "hint", id: `${element.id}-hint` }, field.hint) : null,
    element,
    h("p", { class: "error", id: `${element.id}-error`, hidden: true }),
  );
}

function input(field) {
  const id = `field-${field.name}`;
  const described = [field.hint ? `${id}-hint` : "", `${id}-error`].filter(Boolean).join(" ");
  const common = { id, name: field.name, required: field.required, "aria-describedby": described };
  const choices = field.kind === "person" && !field.choices.length ? people() : field.choices;
  if (choices.length) {
    const options = [{ value: "", label: "Choose…" }, ...choices].map((c) => h("option", { value: c.value, selected: c.value === field.value }, c.label));
    return h("select", common, options);
  }
  if (field.kind === "textarea") return h("textarea", { ...common, rows: "4" }, field.value);
  const element = h("input", { ...common, type: field.kind === "date" ? "date" : "text" });
  if (field.kind === "datetime") element.placeholder = "15:00, tomorrow 3pm, 2026-11-24 15:00";
  element.value = field.value;
  return element;
}

const people = () => [...state.people.values()].filter((p) => p.kind === "human").map((p) => ({ value: p.id, label: p.name }));

function mark(inputs, errors) {
  for (const [name, element] of inputs) {
    const place = $(`${element.id}-error`);
    place.textContent = errors[name] ?? "";
    place.hidden = !errors[name];
    element.setAttribute("aria-invalid", String(Boolean(errors[name])));
  }
  [...inputs].find(([name]) => errors[name])?.[1].focus();
}

async function submit(event, form, inputs, failed, send) {
  event.preventDefault();
  const values = Object.fromEntries([...inputs].map(([name, element]) => [name, element.value]));
  const empty = form.fields.filter((f) => f.required && !values[f.name].trim());
  failed.hidden = true;
  if (empty.length) {
    mark(inputs, Object.fromEntries(empty.map((f) => [f.name, "This is needed."])));
    return;
  }
  send.disabled = true;
  try {
    const answer = await post("/api/fill", { person: state.me, form: form.id, values });
    const known = Object.fromEntries(Object.entries(answer.errors).filter(([name]) => inputs.has(name)));
    mark(inputs, known);
    const other = Object.entries(answer.errors).filter(([name]) => !inputs.has(name));
    failed.textContent = other.map(([, sentence]) => sentence).join(" ");
    failed.hidden = other.length === 0;
    if (Object.keys(answer.errors).length) {
      keep(answer.answers);
      return;
    }
    $("form").close();
    tell("answered", answer);
  } catch (error) {
    failed.textContent = error.message;
    failed.hidden = false;
  } finally {
    send.disabled = false;
  }
}
