// Elements are made here and nowhere else, and what people typed goes in as text: there is no innerHTML in this chat.

export const $ = (id) => document.getElementById(id);

export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== "" && child !== false));
  return element;
}

const PATHS = {
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6L6 18",
  reply: "M21 12a8 8 0 0 1-8 8H4l2.5-2.700A8 8 0 1 1 21 12z",
  looks: "M4 5h16v11H4zM9 20h6M12 16v4",
  eye: "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z",
  send: "M5 12h13M12 5.500L18.500 12 12 18.500",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400",
  moon: "M20 14.500A8.500 8.500 0 1 1 9.500 4a7 7 0 0 0 10.500 10.500z",
  screen: "M3.500 5h17v11h-17zM8.500 20h7",
  practice: "M12 3l9 4.500-9 4.500-9-4.500zM6.500 10v5c0 1.500 2.500 3 5.500 3s5.500-1.500 5.500-3v-5M21 7.500v6",
  check: "M5 12.500l4.500 4.500L19 7.500",
  open: "M14 5h5v5M19 5l-8 8M11 6H6a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-5",
  copy: "M9 9h10v11H9zM5 15V4h10",
  play: "M7 5l12 7-12 7z",
};

// A drawing of one line; it says nothing to a screen reader, so the control around it has a name.
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function avatar(id, name, size = "") {
  const hue = [...id].reduce((sum, c) => (sum * 31 + c.codePointAt(0)) % 997, 7) % 8;
  const bot = id === "t-minus";
  return h("span", { class: `avatar ${size} ${bot ? "bot" : `hue-${hue}`}`, "aria-hidden": "true" }, bot ? "T−" : name.slice(0, 1));
}

// A link that leaves the page; an address that is not http or https stays text.
export function link(label, url, ...more) {
  let good = false;
  try {
    good = ["http:", "https:"].includes(new URL(url, location.href).protocol);
  } catch {
    good = false;
  }
  return good ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label, ...more) : h("span", {}, `${label} (${url})`);
}

let timer = 0;

// A short notice at the bottom, read out by screen readers.
export function toast(text) {
  clearTimeout(timer);
  $("toast").textContent = text;
  $("toast").classList.add("shown");
  timer = setTimeout(() => $("toast").classList.remove("shown"), 6000);
}

// Said to screen readers alone.
export const heard = (text) => ($("heard").textContent = text);
