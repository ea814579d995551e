"""One seeded world: the whole bot over a real database file, in a nature that strikes. `run` lives it; checks.py judges it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.catalog.ics import write_ics
from bot.domain.command import Command
from bot.domain.errors import Unwritable
from bot.domain.people import Place
from bot.freezing import FreezeService
from bot.messages.answers import trouble
from bot.messages.cards.index import render
from bot.messages.effects import Effect
from bot.messages.heard import Answer, Asked, Say
from bot.ordering import OrderService
from bot.outbox import Outbox, Parts
from bot.ports import Catalog
from bot.service import ReleaseService
from bot.store import Database
from flows.runner import Runner
from tests.flows.talk import seeing
from tests.simulation import people
from tests.simulation.chances import Died
from tests.simulation.inbound import Delivery
from tests.simulation.mortal import MortalStore
from tests.simulation.nature import Nature
from tests.simulation.platform import Platform
from tests.simulation.sources import Source
from tests.simulation.words import asked
from tests.world import facts

LONGEST = timedelta(hours=7)
ACTS = 12
QUIET_STEP_S = 1.0
MOST_STEPS = 20_000


@dataclass
class World:
    """`processes` counts how often the bot was started. `spoken`: people type words, and flows understand them."""

    nature: Nature
    store: Database
    chat: Platform
    source: Source
    spoken: bool = False
    inbox: list[Delivery] = field(default_factory=list)
    handled: dict[str, int] = field(default_factory=dict)
    answered: dict[str, Answer] = field(default_factory=dict)
    processes: int = 0
    receipts: int = 0

    async def run(self) -> None:
        """From the first word of a person to the day's end, and until all is quiet."""
        nature, rng = self.nature, self.nature.rng
        self._plan_day()
        self._start()
        acts = sorted(nature.wall + timedelta(seconds=rng.uniform(5, 3 * 3600)) for _ in range(ACTS))
        end = nature.wall + LONGEST
        await self._live(acts, end)
        nature.clears_up()
        await self._live([], end + timedelta(hours=1))

    def _plan_day(self) -> None:
        for number, service in enumerate(
            self.nature.rng.sample(["payments", "ledger"], self.nature.rng.choice((1, 1, 1, 2)))
        ):
            wanted = people.plan(self.nature.rng, service, self.nature.wall)
            self._deliver(None, wanted, self.nature.wall + timedelta(seconds=40 * number))

    def _deliver(self, release: str | None, command: Command, at: datetime, home: Place | None = None) -> None:
        """Put it on its way: perhaps twice, perhaps late, so perhaps after what was said later."""
        self.receipts += 1
        copies = 2 if self.nature.strikes("twice") else 1
        for _ in range(copies):
            late = self.nature.rng.uniform(0, 60) if self.nature.strikes("delayed") else 0.0
            self.inbox.append(Delivery(at + timedelta(seconds=late), f"in-{self.receipts}", release, command, home))
        self.inbox.sort(key=lambda d: (d.at, d.receipt))

    # ---- the process ------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        """A new process over the same file. Nothing of an earlier one is left but its rows."""
        self.processes += 1
        self.clock = self.nature.clock()
        known = facts()
        catalog = Catalog(known.services, known.roster, known.policy, known.rubric)
        mortal = self._mortal()
        self.service = ReleaseService(mortal, self.store, lambda: catalog, self.clock)
        self.runner = Runner(
            self.service,
            FreezeService(mortal, lambda: catalog, self.clock, write_ics),
            self.store,
            lambda: catalog,
            self.clock,
            seeing(lambda: catalog),
            OrderService(mortal, lambda: catalog, self.clock, seeing(lambda: catalog)),
            mortal,
        )
        self.parts = self._parts(mortal)
        self.outbox = Outbox(self.parts, f"p{self.processes}")
        rival = Outbox(self.parts, f"p{self.processes}-rival")

        async def other_worker() -> None:
            await rival.drain()

        self.chat.rival = other_worker

    def _mortal(self) -> MortalStore:
        return MortalStore(self.store, self.nature)

    def _parts(self, mortal: MortalStore) -> Parts:
        async def enqueue(effects: Sequence[Effect]) -> None:
            async with mortal.unit() as unit:
                await unit.enqueue(effects, self.clock.now())

        service, source = self.service, self.source
        names = {name for s in facts().services.values() for name in s.sources.values()}
        return Parts(
            store=mortal,
            reads=self.store,
            memory=self.store,
            handle=service.handle,
            view=service.view,
            views=service.views,
            subject=service.subject,
            render=render,
            enqueue=enqueue,
            clock=self.clock,
            chats={self.chat.platform: self.chat},
            sources=dict.fromkeys(names, source),
        )

    # ---- the day ----------------------------------------------------------------------------------------------------

    async def _live(self, acts: list[datetime], end: datetime) -> None:
        nature, returning = self.nature, False
        for _ in range(MOST_STEPS):
            try:
                if returning:
                    await self.outbox.come_back()
                    returning = False
                await self._hear()
                await self.outbox.drain()
            except Died:
                self._start()
                returning = True
                continue
            except Unwritable:
                nature.passes(QUIET_STEP_S)
                continue
            if nature.wall >= end:
                return
            await self._sleep(acts, end)
            returning = self._goes_down()
        msg = "the world does not come to its end: rows make each other due"
        raise AssertionError(msg)

    async def _sleep(self, acts: list[datetime], end: datetime) -> None:
        """To the next thing that is due; people may act then. The heart beats until then, or the process is down."""
        nature = self.nature
        wake = await self.store.next_wake()
        due = [t for t in (wake.civil, wake.real, acts[0] if acts else None, end) if t]
        due += [d.at for d in self.inbox[:1]]
        nature.until(max(min(due), nature.wall + timedelta(seconds=QUIET_STEP_S)))
        await self.outbox.beat()
        if nature.strikes("jump"):
            nature.jumps(nature.rng.choice((-90, -5, 5, 300)))
        if acts and nature.wall >= acts[0]:
            acts.pop(0)
            await self._act()

    def _goes_down(self) -> bool:
        """The process is stopped for a while. True: it has just come back."""
        if not self.nature.strikes("away"):
            return False
        self.nature.passes(self.nature.rng.choice((20, 240, 700, 2400)))
        self._start()
        return True

    async def _act(self) -> None:
        """Somebody looks at a release and wants something."""
        releases = sorted(await self.store.releases(), key=lambda r: r.id)
        if not releases:
            return
        release = self.nature.rng.choice(releases)
        for command in people.wish(self.nature.rng, release, self.nature.wall):
            self._deliver(release.id, command, self.nature.wall, release.home)

    async def _hear(self) -> None:
        """Deliver what has arrived. What was not acknowledged stays, and is delivered again by the platform."""
        while self.inbox and self.inbox[0].at <= self.nature.wall:
            delivery = self.inbox[0]
            words = asked(delivery) if self.spoken else None
            if words is not None:
                await self._listen(words)
                self.inbox.pop(0)
                continue
            outcome = await self.service.handle(delivery.release, delivery.command, delivery.receipt, delivery.receipt)
            seen = self.handled.get(delivery.receipt)
            if seen is not None and not outcome.replayed:
                msg = f"{delivery.receipt} was handled twice"
                raise AssertionError(msg)
            self.handled[delivery.receipt] = self.processes
            self.nature.seen["replayed" if outcome.replayed else type(outcome.decision).__name__] += 1
            self.inbox.pop(0)

    async def _listen(self, words: Asked) -> None:
        """Through flows and all. Nothing that is typed is trouble; the same delivery again is answered as before."""
        receipt = words.receipt
        answer = await self.runner.hear(words)
        if answer == Say(trouble("talk.unwritable", {"request": receipt})):
            raise Unwritable(receipt)
        if answer in {Say(trouble(f"talk.{code}", {"request": receipt})) for code in ("trouble", "corrupt")}:
            msg = f"/release {words.verb} {words.words} was trouble"
            raise AssertionError(msg)
        again = self.answered.setdefault(receipt, answer) == answer
        self.nature.seen["spoken" if again else "spoken anew"] += 1
        self.handled[receipt] = self.processes
