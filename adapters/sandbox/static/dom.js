// Elements are made here and nowhere else, and what people typed goes in as text: there is no innerHTML in this chat.

export const $ = (id) => document.getElementById(id);

export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const ADDRESS = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

// Text with what stands between backticks as code, and with its http and https addresses as links.
export function linked(text) {
  return text.split(/`([^`\n]+)`/).flatMap((part, n) => (n % 2 ? h("code", {}, part) : addressed(part)));
}

function addressed(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(ADDRESS)) {
    parts.push(text.slice(from, found.index), link(found[0], found[0]));
    from = found.index + found[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}

// A link that leaves the page; an address that is not http or https stays text.
export function link(label, url) {
  let good = false;
  try {
    good = ["http:", "https:"].includes(new URL(url, location.href).protocol);
  } catch {
    good = false;
  }
  return good ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label) : h("span", {}, `${label} (${url})`);
}

let timer = 0;

// A short notice at the bottom, read out by screen readers.
export function toast(text) {
  clearTimeout(timer);
  $("toast").textContent = text;
  $("toast").classList.add("shown");
  timer = setTimeout(() => $("toast").classList.remove("shown"), 6000);
}
