// How a release stands, in a word: the first word of its card, as the bot itself says it.

export const wordOf = (release) => release.word ?? release.verdict ?? (release.error ?? "planning").toUpperCase();

const BEFORE = new Set(["planning", "planned", "cleared"]);

export const standingOf = (release) => release.message ?? (BEFORE.has(release.phase) ? `${wordOf(release)} · ${release.phase}` : wordOf(release));

export const titleOf = (release) => `${release.id} ${release.service ?? ""} ${release.version ?? ""}`.trim();
