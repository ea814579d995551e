"""Reads an answer about a readiness item: a link, a date, a flat no, or a claim that is no evidence."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.evidence import Evidence, Kind
from flows.claim_words import MINUTES, NO_WAY_BACK, PLANNED, STAGING, TESTED, WAYS, facts_of, names_kind
from flows.data_words import UNSURE, class_of, unsure_of_data
from flows.flag_way import flags_alone, switches_off
from flows.kinds import other_item
from flows.parse_claims import Speaker, attested, read_claims
from flows.parse_dates import days_done, days_in, no_days_in
from flows.parse_links import MARKED, sure_kind_of, take_links
from flows.parse_words import without
from flows.readings import Beside, Given, Reading, Unclear, Vague
from flows.tested_what import tested_else
from flows.vague import vague_phrase

_NO = re.compile(
    r"(?i)^\W*(?:no|n|nope|nah|none|n/?a|not\s+any|nothing|there\s+(?:is|are)\s+none"
    r"|no,?\s+(?:there\s+)?(?:is|are)(?:n'?t|\s+not?)(?:\s+any|\s+one)?|no\s+there\s+is\s+not)\W*"
    r"(?:thanks?)?\W*$"
)
_YES = re.compile(r"(?i)^\W*(?:yes|y|yep|yeah|sure|of\s+course|ok(?:ay)?|done)\W*$")
_NOT_TESTED = re.compile(
    r"(?i)\b(?:not|never|n'?t)\s+(?:been\s+)?(?:yet\s+)?(?:tested|tried|drilled|dry[- ]?run"
    r"|rehearsed)\b|\buntested\b|\bno,?\s+(?:it\s+)?(?:was|is|has)(?:n'?t|\s+not)(?:\s+been)?"
    r"(?:\s+tested)?\b"
)
_NONE_THERE = re.compile(
    r"(?i)^\W*(?:sorry,?\s+|well,?\s+|honestly,?\s+)*(?:we|i|they)?\s*(?:(?:do|does)(?:n'?t|\s+not)\s+have\s+(?:any|one|it|that|this)|haven'?t(?:\s+got)?\s+(?:any|one)|have\s+none"
    r"|there\s+(?:is|are)(?:n'?t|\s+not)\s+(?:any|one)|none\s+exists?|(?:it\s+)?does(?:n'?t|\s+not)\s+exist|not\s+(?:written|there)(?:\s+yet)?)\b[^.;\n]{0,20}$"
)
_NO_WORDS = re.compile(
    r"(?i)\b(?:it|was|is|on|at|in|the|last|latest|our|and|procedure|runbook|roll-?back|date|day|see|here|there|of)\b|[\W_]+"
)
_PROCEDURES = frozenset({Kind.ROLLBACK, Kind.RUNBOOK, Kind.ROLLBACK_TARGET})
_PROVED_BY_A_RUN = frozenset({Kind.MIGRATION, Kind.CAPACITY, Kind.SECURITY, Kind.QA, Kind.ROLLBACK})

_FLAG_IS_A_WAY = (Kind.ROLLBACK, Kind.FLAGS)
"""Switching a flag off is a way back, so an answer about the way back may speak of it."""


def read_evidence(kind: Kind, text: str, who: Speaker) -> Reading:
    """An answer is about the item that was asked, also where it does not name it: a free link or date is that item's.

    What is said of the flags themselves is theirs, also where the way back was asked for (G3).
    """
    if kind is Kind.ROLLBACK and flags_alone(MARKED.sub(" ", take_links(text).text)):
        of_flags = _read(Kind.FLAGS, text, who)
        if isinstance(of_flags, Given):
            return Beside(of_flags.claims, of_flags.data_change)
    return _read(kind, text, who)


def _read(kind: Kind, text: str, who: Speaker) -> Reading:
    linked = take_links(text)
    claims = read_claims(linked.text, linked.links, who)
    plain = MARKED.sub(" ", linked.text)
    if kind is Kind.MIGRATION and not claims.evidence and unsure_of_data(plain):
        return Unclear("unsure")
    change = claims.data_change or (no_or_class(plain) if kind is Kind.MIGRATION else None)
    own = [c for c in claims.evidence if c.kind is kind]
    others = [c for c in claims.evidence if c.kind is not kind]
    if not own:
        meant = [c for c in others if _answers(kind, c) or _tested_by_flag(kind, c, plain)]
        own = [
            replace(c, kind=kind, facts=facts_of(kind, plain), stale_after=_stale(kind, c.dated, who))
            for c in meant[:1]
        ]
        others = [c for c in others if c not in meant[:1]]
    unread = plain if not others else MARKED.sub(" ", without(linked.text, claims.spans))
    free = tuple(u for u in linked.links if u not in {o.url for o in others})
    other = other_item(kind, plain) if not own and not free else None
    if other is not None and (kind, other) != _FLAG_IS_A_WAY:
        meant_else = read_evidence(other, text, who)
        if isinstance(meant_else, Given):
            return Beside(meant_else.claims, meant_else.data_change)
    elsewhere = bool(others) and not own and not free and not names_kind(unread, kind)
    item = None if elsewhere else _item(kind, own, free, plain, unread, who)
    if isinstance(item, Unclear):
        return item
    if item is not None or (change is not None and kind is Kind.MIGRATION):
        return Given(claims=(*((item,) if item else ()), *others), data_change=change)
    if others or change is not None:
        return Beside(claims=tuple(others), data_change=change)
    phrase = vague_phrase(plain)
    if phrase is not None:
        return Vague(phrase)
    if _YES.match(plain):
        return Unclear("yes")
    return Unclear("evidence" if names_kind(plain, kind) or TESTED.search(plain) else "unread")


def no_or_class(plain: str) -> str | None:
    """The class of a data change, where the words are about nothing else: a flat no is none."""
    return "none" if _NO.match(plain) else class_of(plain)


def _item(
    kind: Kind, own: Sequence[Evidence], links: tuple[str, ...], plain: str, unread: str, who: Speaker
) -> Evidence | Unclear | None:
    """The item itself, with the link and the day that nothing else claims; a flat no where that is an answer."""
    another = "" if own or names_kind(unread, kind) else tested_else(kind, unread)
    if another:
        return Unclear("another", {"subject": another})
    days = days_done(unread, who.now.date(), asked=_only_a_date(unread, who))
    day = next((d for d in days if d.day <= who.now.date()), None)
    if days and day is None and (not links or (days[0].sure and not PLANNED.search(plain))):
        return Unclear("future", {"day": days[0].day.isoformat()})
    odd = no_days_in(unread)
    if odd and not days:
        return Unclear("odd_day", {"day": unread[slice(*odd[0])].strip()})
    if kind is Kind.ROLLBACK and (links or day) and TESTED.search(unread) and UNSURE.search(unread):
        return Unclear("unsure")
    about = names_kind(unread, kind) or TESTED.search(unread) or STAGING.search(unread) or _only_a_date(unread, who)
    if not own and not links and unread.rstrip().endswith("?"):
        return None
    if not own and not links and (day is None or not about):
        return _denied(kind, plain, who)
    url = next(iter(links), None)
    item = own[0] if own else attested(kind, who, url=url, day=day, text=plain)
    if item.dated is None and day is not None:
        dated = attested(kind, who, day=day)
        item = replace(item, dated=dated.dated, stale_after=dated.stale_after)
    asked = {"tested": True} if kind is Kind.ROLLBACK and item.dated and _only_a_date(unread, who) else {}
    told = facts_of(kind, plain)
    bad = {name: told[name] for name in ("tested", "dry_run") if told.get(name) is False}
    return replace(item, url=item.url or url, facts={**asked, **told, **item.facts, **bad})


def _only_a_date(text: str, who: Speaker) -> bool:
    """True where nothing but the day is said: the question was when it was tested last, so the day is the day of the test."""
    plain = MARKED.sub(" ", text)
    rest = without(plain, [d.span for d in days_in(plain, who.now.date())])
    for said in (MINUTES, *(pattern for _, pattern in WAYS), _NO_WORDS):
        rest = said.sub(" ", rest)
    return not rest.strip()


def _denied(kind: Kind, plain: str, who: Speaker) -> Evidence | None:
    """No flags, no monitoring, not tested: plain facts, which need no link."""
    no = _NO.match(plain) is not None
    if kind is Kind.FLAGS and no:
        return attested(kind, who, text="no flags", facts={"flags_used": False})
    if kind is Kind.MONITORING and no:
        return attested(kind, who, text="none", facts={"has_data": False})
    if kind is Kind.ROLLBACK and (
        no or _NONE_THERE.search(plain) or NO_WAY_BACK.search(plain) or _NOT_TESTED.search(plain)
    ):
        return attested(kind, who, text=plain, facts={"tested": False})
    if kind is Kind.MIGRATION and _NOT_TESTED.search(plain):
        return attested(kind, who, text=plain, facts={"dry_run": False})
    return None


def _answers(kind: Kind, claim: Evidence) -> bool:
    """A link is the answer unless its shape is surely another thing's, or the words say that it is."""
    if claim.url is None:
        return False
    if names_kind(claim.text, kind) or {kind, claim.kind} <= _PROCEDURES:
        return sure_kind_of(claim.url) in {None, kind} or kind in _PROVED_BY_A_RUN
    if names_kind(claim.text, claim.kind):
        return False
    shape = sure_kind_of(claim.url)
    if shape is None:
        return claim.kind in {kind, Kind.RUNBOOK}
    return shape is kind or (shape is Kind.CI and kind in _PROVED_BY_A_RUN)


def _tested_by_flag(kind: Kind, claim: Evidence, plain: str) -> bool:
    """A link beside a flag that was switched off for a test is the way back that was asked for, not the list of flags."""
    about = kind is Kind.ROLLBACK and claim.kind is Kind.FLAGS and claim.url is not None
    return about and switches_off(plain) and "tested" in facts_of(kind, plain)


def _stale(kind: Kind, dated: datetime | None, who: Speaker) -> datetime | None:
    fresh = who.freshness.get(kind)
    return (dated or who.now) + fresh if fresh else None
