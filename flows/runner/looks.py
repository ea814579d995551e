"""Answers to those who only look, kept while nothing has changed: the same question soon after is not worked out again.

An answer counts for the person, place and words it was given to, with the catalogue then in force, as long as nothing was
committed since (the same mark), and as long as time alone changes nothing in it (bot.domain.passing), but for less than ten
seconds. Where nothing is known of any later moment it counts for less than a second. Where a verb says the same of a release to
everybody, it counts for whoever asks, wherever. Whoever asked before another's answer was begun may have that answer too,
whatever was committed meanwhile: it is newer than the question. Whether the person may see the release is asked again each time,
since who is in a channel is no state of ours.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from bot.domain.passing import Passing
from bot.domain.people import Actor, ActorKind, Place
from bot.messages.heard import Answer, Asked, Heard
from bot.messages.view import View
from bot.ports import Catalog, CatalogReader, Clock
from bot.seeing import Seeing
from flows.index import NAMES
from flows.on_release import id_first, leading_id
from flows.verb_names import find_verb

FRESH = timedelta(seconds=1)
LONGEST = timedelta(seconds=10)
_MOST = 256

Question = tuple[Actor | None, Place | None, str, str]
"""Who asks, where, the verb and its words; None: whoever it is, and wherever."""


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """An answer, and the view that it shows. `again`: it may be given again, since it changed and revealed nothing.

    `kept`: with what was decided, or counted, in one transaction.
    """

    answer: Answer
    view: View | None = None
    again: bool = False
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """When an answer is worked out: `mark` is that of ports.Delivery, `now` the present, by which all of it is worked out."""

    mark: str
    now: datetime


@dataclass(frozen=True, slots=True)
class _Turn:
    """When something was asked, or an answer begun: `number` counts both, in their order; `mark` is that of ports.Delivery."""

    number: int
    mark: str
    catalog: Catalog
    at: datetime


@dataclass(frozen=True, slots=True)
class _Given:
    """An answer that was given, when it was begun, and the instant from which on time may have changed it."""

    found: WorkedOut
    begun: _Turn
    until: datetime


WorkOut = Callable[[Heard, datetime], Awaitable[WorkedOut]]
"""What is said to somebody in the present that is told."""


def known_to_us(actor: Actor) -> bool:
    """False for a stranger, who is told nothing of any release."""
    return bool(actor.person) and actor.kind is not ActorKind.GUEST


class Looks:
    """The newest answers, the least used of which is forgotten first."""

    def __init__(self, catalog: CatalogReader, clock: Clock, seeing: Seeing) -> None:
        """Nothing is kept yet."""
        self._catalog = catalog
        self._clock = clock
        self._seeing = seeing
        self._kept: OrderedDict[Question, _Given] = OrderedDict()
        self._turns = 0
        self._working_out: WeakValueDictionary[Question, asyncio.Lock] = WeakValueDictionary()

    async def answer(self, heard: Heard, mark: str, work_out: WorkOut) -> WorkedOut:
        """What is kept, else what `work_out` says of the present. `mark` was read for this very delivery."""
        question = _question(heard)
        if question is None:
            return await work_out(heard, self._clock.now())
        asked = self._turn(mark)
        kept = await self._given(question, asked, heard)
        if kept is not None:
            return kept
        async with self._working_out.setdefault(question, asyncio.Lock()):
            kept = await self._given(question, asked, heard)
            if kept is not None:
                return kept
            begun = self._turn(mark)
            now = Passing.present(begun.at)
            found = await work_out(heard, now)
            if found.again:
                self._keep(question, _Given(found, begun, max(begun.at + FRESH, min(now.until.at, begun.at + LONGEST))))
            return found

    async def at_hand(self, heard: Heard) -> tuple[Answer, str] | None:
        """What was given to that question, and the mark of the state for which it holds; None where it is too old by itself."""
        question = _question(heard)
        if question is None or question not in self._kept:
            return None
        mark = self._kept[question].begun.mark
        found = await self._given(question, self._turn(mark), heard)
        return None if found is None else (found.answer, mark)

    def _turn(self, mark: str) -> _Turn:
        self._turns += 1
        return _Turn(self._turns, mark, self._catalog(), self._clock.now())

    async def _given(self, question: Question, asked: _Turn, heard: Heard) -> WorkedOut | None:
        """The answer that was given, where it is still what would be said."""
        given = self._kept.get(question)
        if given is None or given.begun.catalog is not asked.catalog:
            return None
        found, begun = given.found, given.begun
        unchanged = begun.mark == asked.mark and begun.at <= asked.at < given.until
        if not unchanged and begun.number < asked.number:
            return None
        if found.view is not None:
            view = replace(found.view, now=asked.at)
            if not await self._seeing.sees(view, heard.actor.person, heard.place):
                return None
        self._kept.move_to_end(question)
        return found

    def _keep(self, question: Question, given: _Given) -> None:
        self._kept[question] = given
        self._kept.move_to_end(question)
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)


def _question(heard: Heard) -> Question | None:
    """None where the answer does not come from the committed state, the catalogue and the time alone.

    What is asked in a thread is counted while its release is being planned (Q8), so each such delivery is heard by itself.
    """
    if not isinstance(heard, Asked) or heard.thread is not None:
        return None
    first = id_first(heard)
    verb = find_verb(first.verb, NAMES)
    if verb is None or not verb.reads_only or verb.needs:
        return None
    release, rest = leading_id(first.words)
    if verb.alike and release and not rest and known_to_us(heard.actor):
        return None, None, verb.name, release
    return heard.actor, heard.place, heard.verb, heard.words
