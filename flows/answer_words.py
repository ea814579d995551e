"""Reads an answer to the open question by its slot.

A value, a link with a date, "no data change", "I don't know", a person's name, or a vague claim.
"""

import re

from bot.domain.evidence import Kind
from bot.plan.questions import DONT_KNOW, WHO, slot_of
from bot.ports import Catalog
from flows.answer_evidence import read_evidence
from flows.claim_words import class_of, facts_of
from flows.parse_claims import Speaker, attested
from flows.parse_dates import days_in
from flows.parse_links import MARKED, take_links
from flows.parse_time import TimeFound, find_time
from flows.parse_words import find_percent, find_strategy, find_version, people_in
from flows.readings import Beside, Given, Named, Reading, Unclear, Unknown, Vague
from flows.vague import vague_phrase

_DONT_KNOW = re.compile(
    r"(?i)^\W*(?:(?:sorry|hmm+|uh|well|honestly|actually),?\s+)*(?:i\s+(?:really\s+"
    r"|honestly\s+)?(?:do\s*n[o']?t|don\u2019t|do\s+not|dunno)\s*(?:know|remember|have\s+"
    r"(?:it|that|one|a\s+clue|any\s+idea))?"
    r"|don'?t\s+know|dont\s+know|dunno|no\s+(?:idea|clue)|not\s+sure|unknown|idk|no\s+one\s+knows"
    r"|nobody\s+knows|i'?m\s+not\s+sure|can'?t\s+(?:say|tell)|i\s+have\s+no\s+(?:idea"
    r"|clue)|ask\s+(?:someone|somebody)(?:\s+else)?|\?+)"
    r"(?:[\s,]+(?:yet|that|it|this|right\s+now|at\s+the\s+moment|sorry|tbh|who|about\s+"
    r"(?:that|it)|where\s+it\s+is|when))*\W*$"
)
_FIGURE = re.compile(
    r"(?i)(?<![\w.])\d+(?:[.,]\d+)?\s*(?:%|percent|ms|s|sec(?:onds?)?|min(?:ute)?s?|h|hours?|rps|req/s|/s|x|gb|mb|errors?)\b|\d\s*%"
)
_LOOSE_VERSION = re.compile(
    r"(?i)^\W*(?:it'?s\s+|it\s+is\s+|version\s+|the\s+version\s+is\s+|that'?s\s+|v)?([0-9a-z][\w.+-]*\d[\w.+-]*"
    r"|\d[\w.+-]*)\W*$"
)


def read_answer(slot: str, text: str, catalog: Catalog, zone: str, who: Speaker, *, measure: bool = False) -> Reading:
    """What a text answers to the question of that slot. Never raises; not sure is Unclear.

    `measure`: a figure was asked for (Q7), so a figure with its unit is taken, although it proves nothing alone.
    """
    if not text.strip():
        return Unclear("empty")
    if _DONT_KNOW.match(text):
        return Unknown()
    if slot.startswith(WHO) or slot == "rollback_owner":
        return _person(slot, text, catalog)
    if slot == "version":
        return _version(text, catalog)
    if slot == "start_at":
        return _start(text, zone, who)
    if slot == "strategy":
        return _strategy(text)
    known = slot_of(slot)
    if known is None or known.kind is None:
        return Unclear("slot")
    reading = read_evidence(known.kind, text, who)
    if measure and isinstance(reading, Unclear | Vague | Beside) and _FIGURE.search(text):
        return Given(claims=(attested(known.kind, who, text=text, facts=facts_of(known.kind, text)),))
    return reading


def read_choice(slot: str, choice: str, who: Speaker) -> Reading | None:
    """What a pressed choice answers at once; None where it opens a form first."""
    if choice == DONT_KNOW:
        return Unknown()
    if choice in {"add_link", "tested", "type_it"}:
        return None
    if slot.startswith(WHO):
        return Named(choice)
    if slot == "rollback_owner":
        return Given(details={"rollback_owner": choice})
    if slot == "strategy":
        return Given(details={"strategy": choice.replace("_", " ")})
    said: dict[tuple[str, str], Reading] = {
        ("migration", "no_data_change"): Given(data_change="none"),
        ("migration", "not_tested"): Given(
            claims=(attested(Kind.MIGRATION, who, text="not tested", facts={"dry_run": False}),)
        ),
        ("rollback", "not_tested"): Given(
            claims=(attested(Kind.ROLLBACK, who, text="not tested", facts={"tested": False}),)
        ),
        ("monitoring", "none"): Given(claims=(attested(Kind.MONITORING, who, text="none", facts={"has_data": False}),)),
        ("flags", "no_flags"): Given(claims=(attested(Kind.FLAGS, who, text="no flags", facts={"flags_used": False}),)),
    }
    return said.get((slot, choice)) or Unclear("choice")


def read_proof(slot: str, choice: str, link: str, date: str, text: str, who: Speaker) -> Reading:
    """The form of add_link and tested: a link or a date is needed (G24)."""
    known = slot_of(slot)
    if known is None or known.kind is None:
        return Unclear("slot")
    linked = take_links(f"{link} {text}")
    days = days_in(date, who.now.date()) or days_in(MARKED.sub(" ", linked.text), who.now.date())
    day = next((d for d in days if d.day <= who.now.date()), None)
    if days and day is None:
        return Unclear("future", {"day": days[0].day.isoformat()})
    if not linked.links and day is None:
        phrase = vague_phrase(text)
        return Vague(phrase) if phrase else Unclear("proof")
    facts = facts_of(known.kind, MARKED.sub(" ", linked.text))
    if choice == "tested":
        facts.setdefault("dry_run", True)
    if known.kind is Kind.ROLLBACK and day is not None:
        facts.setdefault("tested", True)
    said = attested(known.kind, who, url=linked.links[0] if linked.links else None, day=day, text=text, facts=facts)
    change = class_of(text) if known.kind is Kind.MIGRATION else None
    return Given(claims=(said,), data_change=change)


def _person(slot: str, text: str, catalog: Catalog) -> Reading:
    found = people_in(text, catalog.roster)
    if len(found) > 1:
        return Unclear("two_people", {"one": found[0].name, "other": found[1].name})
    if not found:
        return Unclear("person")
    return Named(found[0].id) if slot.startswith(WHO) else Given(details={"rollback_owner": found[0].id})


def _version(text: str, catalog: Catalog) -> Reading:
    plain = MARKED.sub(" ", take_links(text).text)
    found = find_version(plain, ignore=catalog.services)
    if found.trouble:
        return Unclear(found.trouble, found.params)
    loose = _LOOSE_VERSION.match(plain)
    version = found.value or (loose.group(1) if loose else "")
    return Given(details={"version": version}) if version else Unclear("version")


def _start(text: str, zone: str, who: Speaker) -> Reading:
    when = find_time(text, zone, who.now)
    if isinstance(when, TimeFound):
        return Given(start_at=when.start_at, local_time=when.local_time)
    return Unclear("time", time=when) if when else Unclear("time_missing")


def _strategy(text: str) -> Reading:
    found = find_strategy(text)
    if found.value:
        return Given(details={"strategy": found.value})
    return Given(details={"strategy": "canary"}) if find_percent(text).value else Unclear("strategy")
