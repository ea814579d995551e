"""What a text claims with a link or a date: "rollback tested on 2026-11-03 https://…", "no migration", "no flags".

Each claim becomes an attested Evidence of the person who typed it (G24). Nothing is read into it: without a link or a date a claim
is left out, except where it is a plain fact about the change itself (no data change, no flags, not tested).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from datetime import time as daytime

from bot.domain.evidence import Evidence, Kind, Standing
from flows.parse_dates import DayFound, days_in
from flows.parse_links import MARKED, kind_of
from flows.parse_words import without

Facts = dict[str, str | int | float | bool]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it, when (UTC), and how long an item of each kind stays fresh (G12)."""

    person: str
    now: datetime
    freshness: Mapping[Kind, timedelta]


@dataclass(frozen=True, slots=True)
class Claims:
    """What was claimed. `data_change`: its class, None where not said; `spans`: what was read; `future`: a day that has not come."""

    evidence: tuple[Evidence, ...] = ()
    data_change: str | None = None
    spans: tuple[Span, ...] = ()
    future: str = ""


_CLAUSE = re.compile(r"[;\n]+|,\s+|\.(?=\s|$)|\s+(?:and|but|plus|also)\s+|[!?]+")
_NO_DATA = re.compile(
    r"(?i)\b(?:no|without(?:\s+any)?|zero|not\s+any|there\s+(?:is|are)\s+no)\s+(?:data(?:base)?|db|schema|sql)?[\s-]*(?:data\s+)?(?:migrations?|(?:data|schema|db|database)\s+changes?|changes?\s+(?:to|in)\s+(?:the\s+)?(?:data(?:base)?|db|schema))\b"
    r"|\bno\s+(?:data|schema|db|database|sql)\s+(?:changes?|migrations?)\b|\b(?:does|do)(?:n'?t|\s+not)\s+(?:touch|change)\s+(?:the\s+)?(?:data(?:base)?|db|schema)\b"
)
_NO_FLAGS = re.compile(r"(?i)\b(?:no|without(?:\s+any)?|zero)\s+(?:new\s+)?(?:feature[\s-]?)?(?:flags?|toggles?)\b|\bflags?\s+(?:are\s+|is\s+)?not\s+used\b|\b(?:does|do)(?:n'?t|\s+not)\s+use\s+(?:any\s+)?(?:feature[\s-]?)?flags?\b")
_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.NOTES, re.compile(r"(?i)\brelease[\s-]notes?\b|\bchange\s?log\b|\bnotes\b")),
    (Kind.QA, re.compile(r"(?i)\bqa\b|\btest\s+report\b")),
    (Kind.MIGRATION, re.compile(r"(?i)\bmigrations?\b|\bdry[\s-]?run\b|\bschema\s+change\b|\bbackfill\b|\balembic\b|\bflyway\b|\bliquibase\b")),
    (Kind.ROLLBACK, re.compile(r"(?i)\broll(?:ing|ed)?[\s-]?back\b(?!\s+owner)|\bback-?out\b|\bway\s+back\b|\brevert\b|\brestore\s+(?:drill|test)\b")),
    (Kind.CAPACITY, re.compile(r"(?i)\bload[\s-]?tests?(?:ed)?\b|\bcapacity\b|\bstress[\s-]?tests?\b|\bheadroom\b")),
    (Kind.MONITORING, re.compile(r"(?i)\bdashboards?\b|\bmonitor(?:s|ing)?\b|\balerts?\b|\bgrafana\b|\bdatadog\b|\bslos?\b")),
    (Kind.SECURITY, re.compile(r"(?i)\bsecurity(?:\s+(?:review|impact|assessment))?\b|\bpen\s?test\b|\bthreat\s+model\b")),
    (Kind.FLAGS, re.compile(r"(?i)\b(?:feature[\s-]?)?(?:flags?|toggles?)\b|\bkill[\s-]?switch\b")),
    (Kind.ON_CALL, re.compile(r"(?i)\bon[\s-]?call\b|\bpagerduty\b")),
    (Kind.RUNBOOK, re.compile(r"(?i)\brun\s?books?\b|\bplay\s?books?\b")),
    (Kind.CHANGE, re.compile(r"(?i)\b(?:prs?|mrs?|(?:pull|merge)\s+requests?|change\s+request)\b")),
    (Kind.CI, re.compile(r"(?i)\bci\b|\bpipelines?\b|\bbuilds?\b|\bjenkins\b|\bactions\s+run\b|\bworkflow\s+run\b|\btests?\s+(?:run|results?)\b")),
    (Kind.ARTIFACT, re.compile(r"(?i)\bartifacts?\b|\bimage\b|\bdigest\b")),
    (Kind.GAME_DAY, re.compile(r"(?i)\bgame\s?day\b|\bfailover\s+(?:test|drill|rehearsal)\b|\bchaos\b")),
    (Kind.CUSTOMER_NOTICE, re.compile(r"(?i)\b(?:customer|status[\s-]?page|support)\s+(?:notice|note|told|informed|update|post)\b|\bstatus[\s-]?page\b")),
    (Kind.THIRD_PARTIES, re.compile(r"(?i)\bthird[\s-]part(?:y|ies)\b|\bpartners?\s+(?:told|informed)\b|\bvendors?\b")),
    (Kind.FAILURE_MODES, re.compile(r"(?i)\bfailure\s+modes?\b|\bfmea\b")),
)
_TESTED = re.compile(r"(?i)\b(?:tested|drilled|drill|rehears(?:ed|al)|exercised|verified|practi[cs]ed|tried|validated|dry[\s-]?run|test)\b")
_UNTESTED = re.compile(r"(?i)\buntested\b|\b(?:not|never|isn'?t|wasn'?t|hasn'?t\s+been|haven'?t|has\s+not\s+been|no)\s+(?:been\s+)?(?:yet\s+)?(?:\w+\s+)?(?:tested|drilled|rehearsed|tried|dry[\s-]?run|exercised|verified)\b|\bno\s+(?:rollback\s+)?(?:test|drill|dry[\s-]?run)\b|\btest(?:ed)?\s*[:=]\s*no\b")
_WAYS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("restore", re.compile(r"(?i)\brestor(?:e|ing)\b|\bfrom\s+(?:a\s+|the\s+)?backup\b|\bpoint[\s-]in[\s-]time\b|\bpitr\b")),
    ("flag", re.compile(r"(?i)\b(?:flags?|toggle|kill[\s-]?switch)\s*(?:off|flip)?\b|\bswitch(?:ing)?\s+(?:it|the\s+\w+)\s+off\b")),
    ("redeploy", re.compile(r"(?i)\bre-?deploy\w*\b|\bhelm\s+rollback\b|\brollout\s+undo\b|\bprevious\s+(?:version|release|image)\b|\bback\s+to\s+v?\d|\b(?:argo|kubectl)\b.*\b(?:undo|abort|rollback)\b|\brevert\b")),
)
_MINUTES = re.compile(r"(?i)\b(?:takes?|took|within|in|about|ca\.?|~|under|eta:?|time\s+to\s+restore:?)?\s*(?:about\s+|under\s+|~)?(\d{1,3})\s*(?:min(?:ute)?s?|m)\b(?!\s+ago)")
_CLASSES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("irreversible", re.compile(r"(?i)\birreversible\b|\bno\s+way\s+back\b|\bone[\s-]way\b")),
    ("contract", re.compile(r"(?i)\bdestructive\b|\bcontract(?:ing)?\s+(?:migration|step|phase)\b|\b(?:migration|schema)\s*(?::|is|=)?\s*contract\b|\bdrop(?:s|ped|ping)?\s+(?:the\s+|a\s+|an\s+|some\s+)?(?:old\s+|unused\s+)?(?:\w+\s+)?(?:columns?|tables?|index(?:es)?)\b|\brenam(?:e|es|ing)\s+(?:the\s+|a\s+)?(?:columns?|tables?)\b")),
    ("locking", re.compile(r"(?i)\block(?:s|ing)\b|\bback-?fill(?:s|ing)?\b")),
    ("expand", re.compile(r"(?i)\badditive\b|\bexpand(?:ing)?\b|\badds?\s+(?:a\s+|an\s+|one\s+|two\s+|some\s+)?(?:new\s+)?(?:nullable\s+)?(?:\w+\s+)?(?:columns?|tables?|index(?:es)?)\b|\bbackwards?[\s-]compatible\b")),
)
_BACKUP = re.compile(r"(?i)\bback-?up\s+(?:is\s+|was\s+|has\s+been\s+)?(?:taken|done|made|verified|there|exists)\b|\bwith\s+(?:a\s+)?(?:fresh\s+)?backup\b|\bback-?up\s*[:=]\s*yes\b")
_STAGING = re.compile(r"(?i)\b(?:dry[\s-]?r[ua]n|tested|ran|run|rehears\w+|applied|passed)\b")
_NOON = daytime(12)
_DATED_KINDS = frozenset({Kind.ROLLBACK, Kind.MIGRATION, Kind.CAPACITY, Kind.GAME_DAY, Kind.SECURITY})


def read_claims(text: str, links: tuple[str, ...], who: Speaker) -> Claims:
    """All claims in a text in which parse_links.take_links left its marks. Never raises."""
    claims: dict[Kind, Evidence] = {}
    spans: list[Span] = []
    future = ""
    data_change, denied = _data_change(text)
    spans += denied
    if any(_NO_FLAGS.finditer(text)):
        spans += [m.span() for m in _NO_FLAGS.finditer(text)]
        claims[Kind.FLAGS] = attested(Kind.FLAGS, who, text="no flags", facts={"flags_used": False})
    rest = without(text, spans)
    for start, end in _clauses(rest):
        clause = rest[start:end]
        days = [d for d in days_in(clause, who.now.date())]
        marks = [(m.span(), links[int(m.group(1))]) for m in MARKED.finditer(clause) if int(m.group(1)) < len(links)]
        named = _kind(clause)
        read = _clause(named, clause, marks, days, who)
        future = future or (_future(days, who) if read and named in _DATED_KINDS else "")
        for item in read:
            claims[item.kind] = _joined(claims.get(item.kind), item)
        if read and (named is not None or marks):
            spans += _read_spans(named, clause, start, end, days, marks)
    migration = claims.get(Kind.MIGRATION)
    if migration is not None and _BACKUP.search(text):
        claims[Kind.MIGRATION] = replace(migration, facts={**migration.facts, "backup": True})
    return Claims(tuple(claims.values()), data_change, tuple(spans), future)


def attested(
    kind: Kind, who: Speaker, *, url: str | None = None, day: DayFound | None = None, text: str = "", facts: Facts | None = None
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


def facts_of(kind: Kind, text: str) -> Facts:
    """The measurements that words give for an item of that kind."""
    facts: Facts = {}
    if kind is Kind.ROLLBACK:
        if _UNTESTED.search(text):
            facts["tested"] = False
        elif _TESTED.search(text):
            facts["tested"] = True
        way = next((way for way, pattern in _WAYS if pattern.search(text)), None)
        if way:
            facts["way"] = way
        minutes = _MINUTES.search(text)
        if minutes:
            facts["minutes"] = int(minutes[1])
    elif kind is Kind.MIGRATION:
        if _UNTESTED.search(text):
            facts["dry_run"] = False
        elif _STAGING.search(text) or _TESTED.search(text):
            facts["dry_run"] = True
        if _BACKUP.search(text):
            facts["backup"] = True
    return facts


def class_of(text: str) -> str | None:
    """The class of the data change that words name: none, expand, locking, contract, irreversible; None: not said."""
    return _data_change(text)[0]


def _data_change(text: str) -> tuple[str | None, list[Span]]:
    denied = [m.span() for m in _NO_DATA.finditer(text)]
    named = next((name for name, pattern in _CLASSES if pattern.search(text) and (name != "locking" or _about_data(text))), None)
    if named is not None:
        return named, []
    return ("none", denied) if denied else (None, [])


def _about_data(text: str) -> bool:
    return re.search(r"(?i)\b(?:migrations?|schema|table|columns?|data|db|backfill)\b", text) is not None


def _clauses(text: str) -> list[Span]:
    out, start = [], 0
    for m in _CLAUSE.finditer(text):
        out.append((start, m.start()))
        start = m.end()
    return [s for s in (*out, (start, len(text))) if text[s[0] : s[1]].strip()]


def _kind(clause: str) -> Kind | None:
    """The item that a clause speaks of: the first that it names."""
    hits = [(m.start(), i, kind) for i, (kind, pattern) in enumerate(_WORDS) if (m := pattern.search(clause))]
    return min(hits)[2] if hits else None


def _clause(
    kind: Kind | None, clause: str, marks: list[tuple[Span, str]], days: list[DayFound], who: Speaker
) -> list[Evidence]:
    past = next((d for d in days if d.day <= who.now.date()), None)
    words = MARKED.sub(" ", clause)
    out: list[Evidence] = []
    used = False
    for _, url in marks:
        shape = kind_of(url)
        of = kind if kind is not None and (shape is None or shape in {kind, Kind.RUNBOOK, Kind.ROLLBACK} or not used) else shape
        if kind is not None and shape not in {None, kind} and _sure_other(kind, shape):
            of = shape
        if of is None:
            continue
        used = used or of is kind
        out.append(attested(of, who, url=url, day=past, text=words, facts=facts_of(of, words)))
    if kind in {Kind.ROLLBACK, Kind.MIGRATION, Kind.CAPACITY, Kind.GAME_DAY, Kind.SECURITY} and not used:
        facts = facts_of(kind, words)
        told = facts.get("tested") is False or facts.get("dry_run") is False
        if told or (past is not None and (_TESTED.search(words) or _STAGING.search(words))):
            out.append(attested(kind, who, day=past, text=words, facts=facts))
    return out


def _sure_other(kind: Kind, shape: Kind | None) -> bool:
    """A run of CI stays one beside the word "migration"; a runbook beside the word "rollback" is the rollback's."""
    return shape in {Kind.CI, Kind.CHANGE, Kind.NOTES} and kind not in {Kind.QA, Kind.SECURITY, Kind.MIGRATION, Kind.CAPACITY}


def _joined(old: Evidence | None, new: Evidence) -> Evidence:
    """Two clauses on the same item say one thing together."""
    if old is None:
        return new
    stale = new.stale_after if new.dated or old.dated is None else old.stale_after
    facts = {**old.facts, **new.facts}
    return replace(new, url=new.url or old.url, dated=new.dated or old.dated, stale_after=stale, facts=facts, text=f"{old.text}; {new.text}"[:500])


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
    word = next(m for k, p in _WORDS if k is kind and (m := p.search(clause)))
    ends = [s[1] for s, _ in marks] + [d.span[1] for d in days if kind in _DATED_KINDS] + [m.end() for m in _TESTED.finditer(clause)]
    last = max([word.end(), *[e for e in ends if e > word.start()]])
    return [*spans, (start + word.start(), min(start + last, end))]
