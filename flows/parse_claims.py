"""What a text claims with a link or a date: "rollback tested on 2026-11-03 https://…", "no migration", "no flags".

Each claim becomes an attested Evidence of the person who typed it (G24). Nothing is read into it: without a link or a date a
claim is left out, except where it is a plain fact about the change itself (no data change, no flags, not tested).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from datetime import time as daytime

from bot.domain.evidence import Evidence, Kind, Standing
from flows.claim_words import (
    BACKUP,
    CLAUSE,
    GOES_ON,
    NO_FLAGS,
    NOT_DONE,
    STAGING,
    TESTED,
    UNTESTED,
    WORDS,
    Facts,
    Span,
    facts_of,
    named_kind,
)
from flows.data_words import data_change_of
from flows.parse_dates import DayFound, days_done
from flows.parse_links import MARKED, kind_of
from flows.parse_words import without


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it, when (UTC), and how long an item of each kind stays fresh (G12)."""

    person: str
    now: datetime
    freshness: Mapping[Kind, timedelta]


@dataclass(frozen=True, slots=True)
class Claims:
    """What was claimed. `data_change`: its class, None where not said; `spans`: what was read; `future`: a day still to come."""

    evidence: tuple[Evidence, ...] = ()
    data_change: str | None = None
    spans: tuple[Span, ...] = ()
    future: str = ""


_NOON = daytime(12)
_DATED_KINDS = frozenset({Kind.ROLLBACK, Kind.MIGRATION, Kind.CAPACITY, Kind.GAME_DAY, Kind.SECURITY})


def read_claims(text: str, links: tuple[str, ...], who: Speaker) -> Claims:
    """All claims in a text in which parse_links.take_links left its marks. Never raises."""
    claims: dict[Kind, Evidence] = {}
    spans: list[Span] = []
    future = ""
    data_change, denied = data_change_of(text)
    spans += denied
    if any(NO_FLAGS.finditer(text)):
        spans += [m.span() for m in NO_FLAGS.finditer(text)]
        claims[Kind.FLAGS] = attested(Kind.FLAGS, who, text="no flags", facts={"flags_used": False})
    rest = without(text, spans)
    for start, end in _whole(rest, links, _clauses(rest)):
        # A question claims nothing: its mark stays with the clause that it ends.
        clause = rest[start:end] + ("?" if rest[end : end + 1] == "?" else "")
        days = days_done(clause, who.now.date())
        marks = [(m.span(), links[int(m.group(1))]) for m in MARKED.finditer(clause) if int(m.group(1)) < len(links)]
        named = named_kind(clause)
        read = _clause(named, clause, marks, days, who)
        future = future or (_future(days, who) if read and named in _DATED_KINDS else "")
        for item in read:
            claims[item.kind] = _joined(claims.get(item.kind), item)
        if read and (named is not None or marks):
            spans += _read_spans(named, clause, start, end, days, marks)
    migration = claims.get(Kind.MIGRATION)
    if migration is not None and BACKUP.search(text):
        claims[Kind.MIGRATION] = replace(migration, facts={**migration.facts, "backup": True})
    return Claims(tuple(claims.values()), data_change, tuple(spans), future)


def attested(
    kind: Kind,
    who: Speaker,
    *,
    url: str | None = None,
    day: DayFound | None = None,
    text: str = "",
    facts: Facts | None = None,
) -> Evidence:
    """One item that this person vouches for. A day that has not come is no date."""
    dated = datetime.combine(day.day, _NOON, tzinfo=UTC) if day is not None and day.day <= who.now.date() else None
    if dated is not None and dated > who.now:
        dated = who.now
    fresh = who.freshness.get(kind)
    return Evidence(
        kind=kind,
        standing=Standing.ATTESTED,
        source="person",
        by=who.person,
        observed_at=who.now,
        url=url,
        dated=dated,
        stale_after=(dated or who.now) + fresh if fresh else None,
        text=" ".join(text.split())[:500],
        facts=facts or {},
    )


def _clauses(text: str) -> list[Span]:
    out, start = [], 0
    for m in CLAUSE.finditer(text):
        out.append((start, m.start()))
        start = m.end()
    return [s for s in (*out, (start, len(text))) if text[s[0] : s[1]].strip()]


def _whole(text: str, links: tuple[str, ...], clauses: list[Span]) -> list[Span]:
    """The clauses, each with those behind it that go on about its item and name none: what is said of a drill stays with it."""
    out: list[Span] = []
    for start, end in clauses:
        clause = text[start:end]
        bad = NOT_DONE.search(clause) or UNTESTED.search(clause)
        alone = named_kind(clause) is None and (MARKED.search(clause) is None or bad is not None)
        if out and alone and GOES_ON.search(clause) and _is_dated(text[slice(*out[-1])], links):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _is_dated(clause: str, links: tuple[str, ...]) -> bool:
    """True where a clause is about an item that is tried out on a day, by its words or by its link."""
    shapes = {kind_of(links[int(m[1])]) for m in MARKED.finditer(clause) if int(m[1]) < len(links)}
    named = named_kind(clause)
    return named in _DATED_KINDS or (named in {None, Kind.RUNBOOK} and bool(shapes & {*_DATED_KINDS, Kind.RUNBOOK}))


def _clause(
    kind: Kind | None, clause: str, marks: list[tuple[Span, str]], days: list[DayFound], who: Speaker
) -> list[Evidence]:
    past = next((d for d in days if d.day <= who.now.date()), None)
    words = MARKED.sub(" ", clause)
    out: list[Evidence] = []
    used = False
    for _, url in marks:
        shape = kind_of(url)
        of = (
            kind
            if kind is not None and (shape is None or shape in {kind, Kind.RUNBOOK, Kind.ROLLBACK} or not used)
            else shape
        )
        if kind is not None and shape not in {None, kind} and _sure_other(kind, shape):
            of = shape
        if of is None:
            continue
        used = used or of is kind
        out.append(attested(of, who, url=url, day=past, text=words, facts=facts_of(of, words)))
    if kind in _DATED_KINDS and not used and not clause.endswith("?"):
        facts = facts_of(kind, words)
        told = facts.get("tested") is False or facts.get("dry_run") is False
        if told or (past is not None and (TESTED.search(words) or STAGING.search(words))):
            out.append(attested(kind, who, day=past, text=words, facts=facts))
    return out


def _sure_other(kind: Kind, shape: Kind | None) -> bool:
    """A run of CI stays one beside the word "migration"; a runbook beside the word "rollback" is the rollback's."""
    return shape in {Kind.CI, Kind.CHANGE, Kind.NOTES} and kind not in {
        Kind.QA,
        Kind.SECURITY,
        Kind.MIGRATION,
        Kind.CAPACITY,
    }


def _joined(old: Evidence | None, new: Evidence) -> Evidence:
    """Two clauses on the same item say one thing together."""
    if old is None:
        return new
    stale = new.stale_after if new.dated or old.dated is None else old.stale_after
    facts = {**old.facts, **new.facts}
    return replace(
        new,
        url=new.url or old.url,
        dated=new.dated or old.dated,
        stale_after=stale,
        facts=facts,
        text=f"{old.text}; {new.text}"[:500],
    )


def _future(days: list[DayFound], who: Speaker) -> str:
    late = [d for d in days if d.sure and d.day > who.now.date()]
    return late[0].day.isoformat() if late and not [d for d in days if d.day <= who.now.date()] else ""


def _read_spans(
    kind: Kind | None, clause: str, start: int, end: int, days: list[DayFound], marks: list[tuple[Span, str]]
) -> list[Span]:
    """What was read of a clause: its links, and for a claim in words the words, so that its date is no start time."""
    spans = [(start + a, start + b) for (a, b), _ in marks]
    if kind is None:
        return spans
    word = next(m for k, p in WORDS if k is kind and (m := p.search(clause)))
    ends = (
        [s[1] for s, _ in marks]
        + [d.span[1] for d in days if kind in _DATED_KINDS]
        + [m.end() for m in TESTED.finditer(clause)]
    )
    last = max([word.end(), *[e for e in ends if e > word.start()]])
    return [*spans, (start + word.start(), min(start + last, end))]
