// The timeline of a release: its marks, who hears them, and what became of each.

import { h } from "./dom.js";
import { clockOf, here, inWords, shortDay } from "./times.js";

const SENT = new Set(["sent", "late", "merged"]);
// Besides the marks: what is announced of its course. What is said while planning, and to persons, is no part of the timeline.
const TOLD = new Set(["HOLD", "RESUMED", "MOVED", "FLIP", "EMERGENCY", "ROLLBACK", "PROGRESS", "OUTCOME", "DONE", "CANCELLED"]);
const NAMES = { FLIP: "Verdict", HOLD: "Hold", RESUMED: "Resumed", MOVED: "New time", EMERGENCY: "Emergency", ROLLBACK: "ROLLBACK", PROGRESS: "Update", OUTCOME: "Outcome", DONE: "Done", CANCELLED: "Cancelled" };
const WORDS = { sending: "being sent", late: "sent late", merged: "merged into the next", superseded: "no longer holds", unknown: "not confirmed", failed: "could not be sent" };

export function marks(release, now, entries) {
  const rows = grouped(release.announcements ?? []);
  if (!rows.length) return h("section", { class: "marks" });
  const next = rows.find((r) => r.posts.some((p) => p.state === "pending"));
  return h(
    "section",
    { class: "marks", "aria-label": "Timeline" },
    h("h3", {}, "Timeline"),
    h("ol", {}, rows.map((row) => line(row, row === next, now, entries ?? []))),
  );
}

// One row for each mark of the schedule in force, and one for each other post that went out (a rollback, a hold, a new time).
function grouped(announcements) {
  const newest = Math.max(0, ...announcements.map((a) => a.schedule_revision ?? 0));
  const rows = new Map();
  for (const post of announcements) {
    const mark = /^T[-=+]/.test(post.mark) ? post.mark : "";
    const extra = TOLD.has(post.occasion) && SENT.has(post.state);
    if (mark ? post.schedule_revision !== newest : !extra) continue;
    const key = mark || `${post.occasion}:${post.due_at}`;
    const row = rows.get(key) ?? { name: mark || NAMES[post.occasion], due: post.due_at, posts: [] };
    row.posts.push(post);
    rows.set(key, row);
  }
  return [...rows.values()].sort((a, b) => new Date(a.due) - new Date(b.due));
}

// What a post about the verdict told: the verdict before that instant, and the one from then on.
function turned(due, entries) {
  const judged = entries.filter((e) => e.body?.judgement).map((e) => ({ at: new Date(e.at), verdict: e.body.judgement.verdict }));
  const [was, then] = [judged.findLast((j) => j.at < new Date(due)), judged.findLast((j) => j.at <= new Date(due))];
  return was && then && was !== then ? `${was.verdict} → ${then.verdict}` : "";
}

function line(row, next, now, entries) {
  const states = new Set(row.posts.map((p) => p.state));
  const all = (...names) => [...states].every((s) => names.includes(s));
  const kind = all("sent", "merged") ? "done" : states.has("pending") ? (next ? "next" : "ahead") : all("superseded", "skipped") ? "gone" : "odd";
  const turn = row.name === NAMES.FLIP ? turned(row.due, entries) : "";
  const audiences = [...new Set(row.posts.map((p) => p.audience))].join(", ");
  return h(
    "li",
    { class: kind },
    h("span", { class: "mark" }, row.name),
    h("span", { class: "due" }, clockOf(row.due), here(row.due) ? h("small", {}, ` · ${here(row.due)}`) : null),
    h("span", { class: "what" }, said(row, states, next, now)),
    turn ? h("span", { class: "turn" }, turn) : null,
    h("small", { class: "to" }, audiences),
  );
}

function said(row, states, next, now) {
  if (!states.has("pending")) return [...states].map((s) => WORDS[s] ?? s).join(", ");
  const other = row.due.slice(0, 10) === now.toISOString().slice(0, 10) ? "" : shortDay(row.due);
  return next ? inWords(row.due, now) : other;
}
