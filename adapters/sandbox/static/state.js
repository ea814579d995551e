// What the chat knows: who I am, where I am, and the messages that I see. Views listen; the newest revision wins.

export const number = (id) => Number(id.slice(1));

export const state = {
  me: "",
  place: "",
  thread: null,
  people: new Map(),
  places: [],
  verbs: [],
  messages: new Map(),
};

const listeners = new Map();

export function on(event, listener) {
  listeners.set(event, [...(listeners.get(event) ?? []), listener]);
}

export function tell(event, detail) {
  for (const listener of listeners.get(event) ?? []) listener(detail);
}

// Keeps messages and tells which are new or changed; an older copy that arrives late changes nothing.
export function keep(messages) {
  const changed = messages.filter((message) => {
    const known = state.messages.get(message.id);
    return !known || message.revision > known.revision;
  });
  for (const message of changed) state.messages.set(message.id, message);
  if (changed.length) tell("messages", changed);
}

export function sorted() {
  return [...state.messages.values()].sort((a, b) => number(a.id) - number(b.id));
}

export const nameOf = (person) => (person === "t-minus" ? "T-Minus" : (state.people.get(person)?.name ?? person));

// How far I have read each place, by person; kept in this browser.
export function seen(place) {
  return Number(localStorage.getItem(`seen:${state.me}:${place}`) ?? "0");
}

export function markSeen(place) {
  const last = Math.max(0, ...sorted().filter((m) => m.place === place).map((m) => number(m.id)));
  if (last > seen(place)) localStorage.setItem(`seen:${state.me}:${place}`, String(last));
}

export function unread(place) {
  const from = seen(place);
  return sorted().filter((m) => m.place === place && m.author !== state.me && number(m.id) > from).length;
}
