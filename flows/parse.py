"""Reads the words of `/release plan`: everything that they name, in any order, wrapped in any small talk."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.evidence import Evidence
from bot.domain.service import Service
from bot.ports import Catalog
from flows.clocks import loose_time
from flows.letters import plain_letters
from flows.ordinary import FILLER
from flows.parse_build import find_build, linked_build
from flows.parse_claims import Speaker, read_claims
from flows.parse_links import MARKED, Linked, kind_of, put_back, take_links
from flows.parse_service import compound_names, find_service, split_joined
from flows.parse_time import TimeFound, TimeTrouble, find_time
from flows.parse_words import (
    Read,
    find_environment,
    find_rollback_owner,
    find_strategy,
    without,
)
from flows.shares import find_percent, later_steps
from flows.vague import vague_phrase

_FEW_WORDS = 2
_OWNED_BY = re.compile(r"(?i)\bowner\s*(?:is|will\s+be|:|=)?\s*@([\w.-]{1,40})")


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What the words name; None: not named. `troubles` are (code, params): what cannot be used as it stands, worst first.

    `when`: the time, or why it cannot be used; `without_time`: all words but it, to be offered again with another
    one. `vague`: the phrase that is no evidence (Q7). `text`: what is left to say. `loose_time`: "EOD" and the like.
    `owner`: who is named as the owner, which a plan's first words do not decide.
    """

    service: str | None = None
    version: str | None = None
    environment: str | None = None
    when: TimeFound | TimeTrouble | None = None
    canary_percent: int | None = None
    later_steps: tuple[int, ...] = ()
    strategy: str | None = None
    rollback_owner: str | None = None
    links: tuple[str, ...] = ()
    claims: tuple[Evidence, ...] = ()
    data_change: str | None = None
    text: str = ""
    vague: str = ""
    troubles: tuple[tuple[str, Mapping[str, str]], ...] = field(default=())
    without_time: str = ""
    loose_time: str = ""
    owner: str = ""


def read_plan(text: str, catalog: Catalog, here: Service | None, who: Speaker) -> PlanWords:
    """Reads a text. `here`: the service of the channel, or None. Never raises, whatever was typed."""
    linked = take_links(plain_letters(text[:8000]))
    plain = split_joined(linked.text, catalog.services)
    names = compound_names(plain, catalog.services)
    claims = read_claims(without(plain, names), linked.links, who)
    rest = without(plain, claims.spans)
    named = find_service(_no_marks(rest), catalog.services, here)
    zone = _zone(named, catalog, here)
    when = find_time(without(rest, names), zone, who.now)
    rest = without(rest, when.spans if when else ())
    timeless = " ".join(put_back(without(plain, when.spans if when else ()), linked.links).split())
    owner = find_rollback_owner(without(rest, names), catalog.roster)
    rest = without(rest, owner.spans)
    percent = find_percent(without(rest, names))
    strategy = find_strategy(without(rest, names))
    rest = without(rest, (*percent.spans, *strategy.spans))
    env = find_environment(without(rest, names), {s.environment for s in catalog.services.values()})
    rest = without(rest, env.spans)
    version = find_build(_no_marks(without(rest, names)), ignore=catalog.services)
    rest = without(rest, (*version.spans, *named.spans))
    if not (version.value or version.trouble):
        said = catalog.services.get(named.value) if named.spans else None
        version = linked_build(linked.links, said, here, catalog.services, catalog.owners)
    return PlanWords(
        service=(version.params.get("service", "") or named.value) or None,
        version=version.value or None,
        environment=env.value or None,
        when=when,
        canary_percent=int(percent.value) if percent.value else None,
        later_steps=later_steps(percent),
        strategy="canary" if percent.value and not strategy.value else strategy.value or None,
        rollback_owner=owner.value or None,
        links=linked.links,
        claims=claims.evidence,
        data_change=claims.data_change,
        text=_left(rest, linked, tuple(c.url for c in claims.evidence if c.url)),
        vague=vague_phrase(_no_marks(rest)) or "",
        without_time=timeless,
        owner=m[1] if (m := _OWNED_BY.search(_no_marks(rest))) else "",
        loose_time=loose_time(_no_marks(rest)) if when is None else "",
        troubles=_troubles(linked, claims.future, (named, version, env, percent, owner)),
    )


def _zone(named: Read, catalog: Catalog, here: Service | None) -> str:
    service = catalog.services.get(named.value) or here
    return service.time_zone if service else "UTC"


def _no_marks(text: str) -> str:
    """Blanks in the places of links, so that spans still hold."""
    return MARKED.sub(lambda m: " " * len(m.group(0)), text)


def _troubles(linked: Linked, future: str, reads: tuple[Read, ...]) -> tuple[tuple[str, Mapping[str, str]], ...]:
    found = [(r.trouble, r.params) for r in reads if r.trouble]
    if future:
        found.append(("claim_future", {"day": future}))
    found += [("link_refused", {}) for _ in linked.refused[:1]]
    return tuple(found)


def _left(rest: str, linked: Linked, claimed: tuple[str, ...]) -> str:
    """What is left to say about the change: nothing, where only small talk is left.

    Links of no known kind stay with it, but for those that a claim took.
    """
    words = " ".join(_no_marks(rest).split())
    meaning = [w for w in re.findall(r"[^\W_][\w'-]*", words) if w.casefold() not in FILLER]
    loose = [u for u in linked.links if kind_of(u) is None and u not in claimed]
    said = words.strip(" ,;:.!-–—") if len(meaning) > _FEW_WORDS else ""
    return " ".join((said, *loose)).strip()[:2000] if said else ""
