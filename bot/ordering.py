"""The door of the standing orders, in the shape of bot.service: load, decide, write to the stream `system`, and what follows."""

import logging
from collections.abc import Sequence
from datetime import datetime

from bot.decide.orders import decide_order
from bot.decide.result import Decided, Refused
from bot.domain.command import Command
from bot.domain.commands.orders import Delegate, Subscribe
from bot.domain.errors import Conflict, Unwritable
from bot.domain.event import Event
from bot.domain.events.orders import DelegationEnded, DelegationGiven, Subscribed, Unsubscribed
from bot.domain.facts import Facts
from bot.domain.orders import Orders
from bot.messages.effects import Effect
from bot.messages.orders import begun, digest_row, ended, told_delegate
from bot.policy.visible import Standpoint
from bot.ports import Alarm, Catalog, CatalogReader, Clock, Entry, Store, Unit
from bot.seeing import Seeing
from bot.service import TRIES, Answering, Outcome

log = logging.getLogger(__name__)

STREAM = "system"


class OrderService:
    """Joins store, catalogue, clock and sight around decide_order."""

    def __init__(self, store: Store, catalog: CatalogReader, clock: Clock, seeing: Seeing) -> None:
        self._store = store
        self._catalog = catalog
        self._clock = clock
        self._seeing = seeing
        self.alarm: Alarm | None = None

    async def handle(self, command: Command, request: str, receipt: str, answer: Answering) -> Outcome:
        """Decide and commit. The same receipt again changes nothing. Raises Unwritable where it cannot be recorded (G17)."""
        at = await self._standpoint(command)
        for attempt in range(TRIES):
            try:
                outcome = await self._once(command, request, receipt, answer, at)
            except Conflict:
                log.info("conflict on the standing orders, deciding again (%d)", attempt + 1)
                continue
            if self.alarm is not None:
                self.alarm.ring_now()
            return outcome
        msg = f"the standing orders: {TRIES} conflicts in a row"
        raise Unwritable(msg)

    async def _standpoint(self, command: Command) -> Standpoint:
        """What the platforms say is asked before the transaction begins: no network call is made inside one (decision 13)."""
        service = self._catalog().services.get(command.service) if isinstance(command, Subscribe) else None
        place = command.place if isinstance(command, Subscribe) else None
        return await self._seeing.of_service(service, command.actor.person, place)

    async def _once(self, command: Command, request: str, receipt: str, answer: Answering, at: Standpoint) -> Outcome:
        async with self._store.unit() as unit:
            stored = await unit.answer_of(receipt)
            if stored is not None:
                return Outcome(None, None, stored, replayed=True)
            catalog = self._catalog()
            await unit.lock([STREAM])
            now, orders = self._clock.now(), await unit.orders()
            facts = _facts(catalog, orders)
            decision = decide_order(command, facts, now, "", at)
            if isinstance(decision, Decided) and isinstance(command, Delegate | Subscribe):
                letter = "D" if isinstance(command, Delegate) else "S"
                fresh = f"{letter}-{await unit.next_number('order')}"
                decision = decide_order(command, facts, now, fresh, at)
            if isinstance(decision, Refused):
                body = {"code": decision.code}
                entry = Entry("refused", type(command).__name__, command.actor, now, request, body=body)
                await unit.append(STREAM, [entry])
            else:
                await self._commit(unit, command, decision, facts, orders, now, request)
            said = answer(decision, None)
            await unit.remember(receipt, said, now)
            return Outcome(decision, None, said)

    async def _commit(
        self, unit: Unit, command: Command, decision: Decided, facts: Facts, orders: Orders, now: datetime, request: str
    ) -> None:
        entries = [Entry("event", type(e).__name__, command.actor, now, request, event=e) for e in decision.events]
        await unit.append(STREAM, entries)
        for event in decision.events:
            if isinstance(event, DelegationGiven):
                await unit.add_order(event.delegation)
            elif isinstance(event, Subscribed):
                await unit.add_order(event.subscription)
            elif isinstance(event, DelegationEnded):
                await unit.remove_order(event.delegation)
            elif isinstance(event, Unsubscribed):
                await unit.remove_order(event.subscription)
            await unit.enqueue(await self._effects(unit, event, facts, orders, now), now)

    async def _effects(self, unit: Unit, event: Event, facts: Facts, orders: Orders, now: datetime) -> Sequence[Effect]:
        """A delegate is told; a subscription counts for what is open already, and its end too."""
        if isinstance(event, DelegationGiven):
            return told_delegate(event.delegation, facts.roster, now)
        if isinstance(event, Subscribed) and event.subscription.digest:
            return (digest_row(event.subscription, now),)
        gone = event.subscription if isinstance(event, Unsubscribed) else ""
        one = event.subscription if isinstance(event, Subscribed) else None
        one = one or next((s for s in orders.subscriptions if s.id == gone), None)
        if one is None or one.digest:
            return ()
        found: list[Effect] = []
        for neighbour in await unit.neighbours(None):
            loaded = await unit.load(neighbour.id) if neighbour.service == one.service else None
            if loaded is not None:
                found += ended(loaded.release, one) if gone else begun(loaded.release, one, facts, now)
        return found


def _facts(catalog: Catalog, orders: Orders) -> Facts:
    return Facts(
        service=None,
        services=catalog.services,
        roster=catalog.roster,
        policy=catalog.policy,
        rubric=catalog.rubric,
        delegations=orders.delegations,
        subscriptions=orders.subscriptions,
    )
