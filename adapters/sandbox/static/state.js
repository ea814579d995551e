// What the chat knows: who I am, where I am, and the messages and releases that I see. Views listen; the newest revision wins.

export const number = (id) => Number(id.slice(1));

export const state = {
  me: "",
  place: "",
  thread: null,
  release: null,
  fresh: 0,
  people: new Map(),
  places: [],
  words: { verbs: [], services: [], items: [], platforms: [] },
  messages: new Map(),
  releases: new Map(),
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

export function keepRelease(release) {
  const before = state.releases.get(release.id);
  state.releases.set(release.id, release);
  tell("releases", { release, before });
}

export function sorted() {
  return [...state.messages.values()].sort((a, b) => number(a.id) - number(b.id));
}

const rank = (release) => Number(release.id.replace(/\D/g, ""));

export const newestRelease = (found = () => true) => [...state.releases.values()].filter(found).sort((a, b) => rank(b) - rank(a))[0];

export const nameOf = (person) => (person === "t-minus" ? "T-Minus" : (state.people.get(person)?.name ?? person));

export const mentions = (message, person) => message.blocks.some((b) => b.type === "mentions" && b.people.includes(person));

// How far I have read each place, by person; kept in this browser. A book that began anew has nothing read in it.
export function seen(place) {
  const read = Number(localStorage.getItem(`seen:${state.me}:${place}`) ?? "0");
  const last = Math.max(0, ...[...state.messages.keys()].map(number));
  return read > last ? 0 : read;
}

export function markSeen(place) {
  const last = Math.max(0, ...sorted().filter((m) => m.place === place).map((m) => number(m.id)));
  if (last !== seen(place)) localStorage.setItem(`seen:${state.me}:${place}`, String(last));
}

// What I have not read there, and whether any of it calls me.
export function unread(place) {
  const from = seen(place);
  const found = sorted().filter((m) => m.place === place && m.author !== state.me && number(m.id) > from);
  return { count: found.length, called: found.some((m) => mentions(m, state.me)) };
}
