"""Reads an answer to the open question by its slot.

A value, a link with a date, "no data change", "I don't know", a person's name, or a vague claim.
"""

import re
from dataclasses import replace
from datetime import date

from bot.domain.evidence import Kind
from bot.plan.questions import DONT_KNOW, WHO, slot_of
from bot.ports import Catalog
from flows.answer_evidence import read_evidence
from flows.claim_words import NOT_DONE, facts_of, was_done
from flows.data_words import class_of
from flows.kinds import other_item
from flows.letters import plain_letters
from flows.parse_build import find_build
from flows.parse_claims import Speaker, attested, read_claims
from flows.parse_dates import days_done
from flows.parse_links import MARKED, take_links
from flows.parse_time import TimeFound, find_time
from flows.parse_words import find_strategy, people_in
from flows.readings import Beside, Given, Named, Reading, Unclear, Unknown, Vague
from flows.shares import find_percent
from flows.vague import vague_phrase

_DONT_KNOW = re.compile(
    r"(?i)^\W*(?:(?:sorry|hmm+|uhm?|well|honestly|actually|still|ok(?:ay)?),?\s+)*(?:i\s+(?:really\s+"
    r"|honestly\s+)?(?:do\s*n[o']?t|don\u2019t|do\s+not|dunno)\s*(?:know|remember|have\s+"
    r"(?:it|that|one|a\s+clue|any\s+idea))?"
    r"|don'?t\s+know|dont\s+know|dunno|no\s+(?:idea|clue)|not\s+sure|unknown|idk|no\s+one\s+knows"
    r"|nobody\s+knows|i'?m\s+not\s+sure|can'?t\s+(?:say|tell)|i\s+have\s+no\s+(?:idea"
    r"|clue)|ask\s+(?:someone|somebody)(?:\s+else)?|(?:still\s+)?no\s+clue|beats\s+me|search\s+me"
    r"|keine\s+ahnung|wei(?:\u00df|ss)\s+(?:ich\s+)?nicht|je\s+ne\s+sais\s+pas|aucune\s+id\u00e9e"
    r"|(?:let'?s\s+)?skip(?:\s+(?:it|that|this)(?:\s+(?:one|question))?|\s+the\s+question)?|pass(?:\s+on\s+(?:it|that|this))?|next(?:\s+(?:question|one))?|\?+)"
    r"(?:[\s,]+(?:yet|that|it|this|right\s+now|at\s+the\s+moment|sorry|tbh|please|pls|for\s+now|who|about\s+"
    r"(?:that|it)|where\s+it\s+is|when))*\W*$"
)
_ASK = re.compile(
    r"(?i)^\W*(?:(?:idk|dunno|no\s+(?:idea|clue)|(?:i\s+)?do(?:n'?t|\s+not)\s+know|not\s+sure)\b[\s,.;:\u2013\u2014-]*)?"
    r"(?:(?:please|pls|better|just|you\s+(?:could|should|can|may|have\s+to)|maybe|best)\s+)*(?:ask|check\s+with|talk\s+to|ping|speak\s+(?:to|with)"
    r"|(?:that'?s|it'?s|this\s+is)\s+(?:for|with)|(?:a\s+)?question\s+for)\s+(?:the\s+|our\s+|my\s+)?(@?[\w.-]+)"
)
_KNOWS = re.compile(
    r"(?i)\b(?:(?:would|might|will|should|may|can)\s+(?:know|tell|say|answer|have\s+(?:it|that))|knows?|has\s+(?:it|that|the\s+\w+)|did\s+(?:it|that|this)"
    r"|is\s+the\s+one|(?:wrote|owns|handles|does|runs)\s+(?:it|that|this|the\s+\w+))\b"
)
_FEW_WORDS, _ANY_DAY = 9, date(2024, 1, 1)
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
    text = plain_letters(text)
    if not text.strip():
        return Unclear("empty")
    if _DONT_KNOW.match(text):
        return Unknown()
    if slot.startswith(WHO) or slot == "rollback_owner":
        return _person(slot, text, catalog)
    if slot in {"version", "start_at", "strategy"}:
        detail = _version(text, catalog) if slot == "version" else _start(text, zone, who)
        return _else_kept(_strategy(text) if slot == "strategy" else detail, text, who)
    known = slot_of(slot)
    if known is None or known.kind is None:
        return Unclear("slot")
    other = other_item(known.kind, text)
    asked = _somebody(text, catalog)
    if asked is not None:
        return replace(asked, item=other) if isinstance(asked, Named) else asked
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
    today = who.now.date()
    days = days_done(date, today, asked=True) or days_done(MARKED.sub(" ", linked.text), today)
    day = next((d for d in days if d.day <= who.now.date()), None)
    if days and day is None:
        return Unclear("future", {"day": days[0].day.isoformat()})
    if not linked.links and day is None:
        phrase = vague_phrase(text)
        return Vague(phrase) if phrase else Unclear("proof")
    facts = facts_of(known.kind, MARKED.sub(" ", linked.text))
    if choice == "tested":
        facts.setdefault("dry_run", True)
    if known.kind is Kind.ROLLBACK and day is not None and was_done(text):
        facts.setdefault("tested", not NOT_DONE.search(text))
    said = attested(known.kind, who, url=linked.links[0] if linked.links else None, day=day, text=text, facts=facts)
    change = class_of(text) if known.kind is Kind.MIGRATION else None
    return Given(claims=(said,), data_change=change)


def _somebody(text: str, catalog: Catalog) -> Reading | None:
    """Who is sent for in "ask Ben" and "Ben would know": who can supply it (Q6); None where nobody is."""
    if len(text.split()) > _FEW_WORDS or days_done(text, _ANY_DAY) or take_links(text).links:
        return None
    sent, knows = _ASK.match(text), _KNOWS.search(text)
    if sent is None and knows is None:
        return None
    found = people_in(text, catalog.roster)
    if len(found) == 1:
        return Named(found[0].id)
    if found:
        return Unclear("two_people", {"one": found[0].name, "other": found[1].name})
    if sent is None:
        return None
    name = sent[1].lstrip("@")
    return Unclear("stranger", {"person": name}) if name[:1].isupper() else Unknown()


def _person(slot: str, text: str, catalog: Catalog) -> Reading:
    found = people_in(text, catalog.roster)
    if len(found) > 1:
        return Unclear("two_people", {"one": found[0].name, "other": found[1].name})
    if not found:
        return Unclear("person")
    return Named(found[0].id) if slot.startswith(WHO) else Given(details={"rollback_owner": found[0].id})


def _version(text: str, catalog: Catalog) -> Reading:
    plain = MARKED.sub(" ", take_links(text).text)
    found = find_build(plain, ignore=catalog.services)
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


def _else_kept(reading: Reading, text: str, who: Speaker) -> Reading:
    """Evidence that is given while a version or a time is asked for is kept; the question stays open."""
    if not isinstance(reading, Unclear) or reading.time is not None:
        return reading
    linked = take_links(text)
    claims = read_claims(linked.text, linked.links, who)
    kept = claims.evidence or claims.data_change is not None
    return Beside(claims.evidence, claims.data_change) if kept else reading


def _strategy(text: str) -> Reading:
    found = find_strategy(text)
    if found.value:
        return Given(details={"strategy": found.value})
    return Given(details={"strategy": "canary"}) if find_percent(text).value else Unclear("strategy")
