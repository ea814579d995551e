"""What doctor says of the sources: whether each answers, and, where it can be verified, that its credential only reads."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol, runtime_checkable

from adapters.http.answers import Unavailable
from bot.domain.service import Service
from bot.messages.words import say
from bot.ports import Check, EvidenceSource


@runtime_checkable
class Examined(Protocol):
    """A source that can be examined."""

    async def checks(self, services: Sequence[Service]) -> Sequence[Check]:
        """Its lines, for the services that name it. Never raises."""


async def checks_of(sources: Mapping[str, EvidenceSource], services: Iterable[Service]) -> tuple[Check, ...]:
    """The lines of every source that can be examined, all asked at once; what is wrong comes first."""
    every = tuple(services)
    asked = [
        one.checks([s for s in every if name in s.sources.values()])
        for name, one in sources.items()
        if isinstance(one, Examined)
    ]
    found = [line for lines in await asyncio.gather(*asked) for line in lines]
    return tuple(sorted(found, key=lambda line: line.ok))


def answers(source: str, seen: object) -> Check:
    """One line on whether a source answered; `seen` is whatever it gave, or Unavailable."""
    if isinstance(seen, Unavailable):
        return bad("source_answers", {"source": source, "why": seen.detail or seen.code})
    return Check("source_answers", ok=True, sentence=say("check.source_answers", {"source": source}))


def told(source: str, place: str, seen: object, scopes: Sequence[str] | None, harmless: Collection[str]) -> Check:
    """One line on what the host itself says that the credential may do; `scopes` None: it does not say.

    A scope is harmless by its own name, or where it begins with one that ends in `*`.
    """
    if isinstance(seen, Unavailable):
        return bad("source_answers", {"source": source, "why": seen.detail or seen.code})
    if scopes is None:
        return Check("source_reads", ok=True, sentence=say("check.source_untold", {"source": source, "place": place}))
    starts = tuple(one.removesuffix("*") for one in harmless if one.endswith("*"))
    more = [scope for scope in scopes if scope not in harmless and not scope.startswith(starts)]
    if more:
        return bad("source_reads", {"source": source, "place": place, "what": ", ".join(sorted(more))})
    return Check("source_reads", ok=True, sentence=say("check.source_reads", {"source": source, "place": place}))


def bad(code: str, values: Mapping[str, str]) -> Check:
    """A line on what is wrong, with what to do."""
    return Check(code, ok=False, sentence=say(f"check.{code}_bad", values), remedy=say(f"check.{code}_fix", values))
