"""The door of the calendar: load, decide, write, and have every open release judged again that the freeze is about (G11).

The same shape as bot.service, for the ledger stream `calendar` (decision 3). Services of the scope are locked in sorted order
before facts are read, as a GO locks them (decision 5): no GO is given between the words and the record of a freeze.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.decide.calendar import decide_calendar
from bot.decide.result import Decided, Decision, Refused
from bot.domain.command import Command
from bot.domain.commands import Judge
from bot.domain.commands.calendar import DeclareFreeze, EndFreeze
from bot.domain.errors import Conflict, Unwritable
from bot.domain.events.calendar import FreezeDeclared, FreezeEnded
from bot.domain.facts import Facts, Window
from bot.domain.people import SYSTEM
from bot.messages import keys
from bot.messages.effects import Later
from bot.messages.heard import Answer, Quiet
from bot.messages.view import View
from bot.policy.calendar import in_scope, judged_anew
from bot.ports import Alarm, Catalog, CatalogReader, Clock, Entry, Store, Unit
from bot.service import TRIES, Answering, Outcome

log = logging.getLogger(__name__)

STREAM = "calendar"


def _silent(decision: Decision, view: View | None) -> Answer:
    del decision, view
    return Quiet()


class FreezeService:
    """Joins store, catalogue and clock around decide_calendar."""

    def __init__(
        self, store: Store, catalog: CatalogReader, clock: Clock, write: Callable[[Sequence[Window], datetime], str]
    ) -> None:
        """`write`: freezes as a calendar file (bot.catalog.ics)."""
        self._store = store
        self._catalog = catalog
        self._clock = clock
        self._write = write
        self.alarm: Alarm | None = None

    def calendar_file(self, windows: Sequence[Window]) -> str:
        """Those freezes as a calendar file."""
        return self._write(windows, self._clock.now())

    async def handle(
        self, command: Command, request: str, receipt: str | None = None, answer: Answering = _silent
    ) -> Outcome:
        """Decide and commit. The same receipt again changes nothing. Raises Unwritable where it cannot be recorded (G17)."""
        for attempt in range(TRIES):
            try:
                outcome = await self._once(command, request, receipt or request, answer)
            except Conflict:
                log.info("conflict on the calendar, deciding again (%d)", attempt + 1)
                continue
            if self.alarm is not None:
                self.alarm.ring_now()
            return outcome
        msg = f"the calendar: {TRIES} conflicts in a row"
        raise Unwritable(msg)

    async def _once(self, command: Command, request: str, receipt: str, answer: Answering) -> Outcome:
        async with self._store.unit() as unit:
            stored = await unit.answer_of(receipt)
            if stored is not None:
                return Outcome(None, None, stored, replayed=True)
            catalog = self._catalog()
            await unit.lock(_locks(await _scope(unit, command), catalog))
            now = self._clock.now()
            facts = Facts(
                service=None,
                services=catalog.services,
                roster=catalog.roster,
                policy=catalog.policy,
                rubric=catalog.rubric,
                calendar=tuple(await unit.freezes()),
            )
            decision = decide_calendar(command, facts, now, "")
            new = sum(isinstance(e, FreezeDeclared) for e in decision.events) if isinstance(decision, Decided) else 0
            if new:
                numbers = [await unit.next_number("freeze") for _ in range(new)]
                decision = decide_calendar(command, facts, now, f"F-{numbers[0]}")
            if isinstance(decision, Refused):
                await unit.append(STREAM, [_refusal(command, decision, now, request)])
            else:
                await self._commit(unit, command, decision, facts, now, request)
            said = answer(decision, None)
            await unit.remember(receipt, said, now)
            return Outcome(decision, None, said)

    async def _commit(
        self, unit: Unit, command: Command, decision: Decided, facts: Facts, now: datetime, request: str
    ) -> None:
        held = {window.id: window for window in facts.calendar}
        entries = [Entry("event", type(e).__name__, command.actor, now, request, event=e) for e in decision.events]
        await unit.append(STREAM, entries)
        open_now = tuple(await unit.neighbours(None))
        for event in decision.events:
            if isinstance(event, FreezeDeclared):
                await unit.add_freeze(event.freeze)
                about, what = event.freeze, "declared"
            elif isinstance(event, FreezeEnded):
                await unit.remove_freeze(event.freeze)
                about, what = held[event.freeze], "ended"
            else:
                continue
            touched = judged_anew(about, open_now, facts.services)
            await unit.enqueue([_again(release, about, what, now) for release in touched], now)


def _again(release: str, window: Window, what: str, now: datetime) -> Later:
    """The release is judged again at once; where its GO is lost the team hears why."""
    key = keys.act(release, 0, "judge", f"{window.id}-{what}")
    return Later(key, release, Judge(SYSTEM, cause=f"freeze {window.id} {what}"), now)


async def _scope(unit: Unit, command: Command) -> str:
    if isinstance(command, DeclareFreeze):
        return command.scope
    wanted = command.freeze if isinstance(command, EndFreeze) else ""
    return next((w.scope for w in await unit.freezes() if w.id.casefold() == wanted.casefold()), "*")


def _locks(scope: str, catalog: Catalog) -> Sequence[str]:
    """The calendar, and the services that a GO beside this freeze would lock too."""
    about = in_scope(scope, catalog.services)
    beside = [o.id for s in about for o in catalog.services.values() if s.id in o.depends_on or o.id in s.depends_on]
    return sorted({STREAM, *(f"service:{s.id}" for s in about), *(f"service:{name}" for name in beside)})


def _refusal(command: Command, decision: Refused, now: datetime, request: str) -> Entry:
    """A refused attempt is on record, with what was tried (A1)."""
    names = ("scope", "freeze", "reason")
    tried = {name: str(getattr(command, name)) for name in names if getattr(command, name, "")}
    body = {"code": decision.code, "tried": tried}
    return Entry("refused", type(command).__name__, command.actor, now, request, body=body)
