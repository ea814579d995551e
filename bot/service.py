"""The one door: load, decide, evolve, react, save. Every command of people, sources and alarms goes through `handle`.

Nothing here knows a platform or a database; nothing here decides. Events, state, effects and the stored answer commit in one
transaction (decisions 2, 8, 9).
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from bot.decide.decide import decide
from bot.decide.guards import reason_of
from bot.decide.laws import LAWS, Laws
from bot.decide.result import Decision, Refused
from bot.domain import commands as c
from bot.domain.builds import named_build
from bot.domain.errors import Conflict, Unwritable
from bot.domain.evolve import begun
from bot.domain.facts import Facts
from bot.domain.passing import Passing
from bot.domain.people import ActorKind, Place
from bot.domain.release import Judgement, Phase, Release
from bot.known import history, known
from bot.messages.effects import Effect
from bot.messages.heard import Answer, Quiet
from bot.messages.react import react
from bot.messages.routes import routes
from bot.messages.view import View
from bot.ports import Alarm, Catalog, CatalogReader, Clock, Delivery, Entry, Reads, Store, Subject, Unit
from bot.standing import Standings

log = logging.getLogger(__name__)

TRIES = 6
"""How often a decision is made again after a conflict; safe, because decide is pure."""

Answering = Callable[[Decision, View | None], Answer]
"""Makes the answer to the person who spoke, from the decision and the new state."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command. `replayed`: this delivery was handled before, and `answer` is the stored one."""

    decision: Decision | None
    release: Release | None
    answer: Answer
    replayed: bool = False


class ReleaseService:
    """Joins store, catalogue and clock around the pure core."""

    def __init__(self, store: Store, reads: Reads, catalog: CatalogReader, clock: Clock, laws: Laws = LAWS) -> None:
        self._store = store
        self._reads = reads
        self._catalog = catalog
        self._clock = clock
        self._laws = laws
        self._standings = Standings(reads, catalog, clock)
        self._judged: tuple[tuple[Release, Facts, datetime], Judgement] | None = None
        self.alarm: Alarm | None = None

    async def handle(
        self,
        release: str | None,
        command: c.Command,
        request: str,
        receipt: str | None = None,
        answer: Answering = lambda *_: Quiet(),
    ) -> Outcome:
        """Decide and commit. `receipt`: the platform's delivery (or the alarm's row); the same one again changes nothing.

        Raises Corrupt where the ledger and the state disagree, Unwritable where the ledger cannot be written (G17).
        """
        for attempt in range(TRIES):
            try:
                outcome = await self._once(release, command, request, receipt or request, answer, in_line=attempt > 0)
            except Conflict:
                log.info("conflict on %s, deciding again (%d)", release, attempt + 1)
                continue
            if self.alarm is not None:
                self.alarm.ring_now()
            return outcome
        msg = f"{release}: {TRIES} conflicts in a row"
        raise Unwritable(msg)

    async def delivery(self, receipt: str) -> Delivery:
        """What is known of that delivery: its stored answer where it was handled already (decision 9)."""
        return await self._reads.delivery(receipt)

    async def _once(
        self,
        release: str | None,
        command: c.Command,
        request: str,
        receipt: str,
        answer: Answering,
        *,
        in_line: bool,
    ) -> Outcome:
        async with self._store.unit() as unit:
            if in_line and release is not None:
                # Where many speak at once, one wins each time: who lost waits for its turn before it reads what there is.
                await unit.lock([f"release:{release}"])
            stored = await unit.answer_of(receipt)
            if stored is not None:
                return Outcome(None, None, stored, replayed=True)
            catalog = self._catalog()
            if isinstance(command, c.StartPlan):
                release, command = await self._open_plan(unit, command, catalog)
            elif isinstance(command, c.DeclareEmergency):
                release, command = await self._open_emergency(unit, command, catalog)
            loaded = await unit.load(release) if release else None
            before = loaded.release if loaded else None
            service_id = before.service if before else getattr(command, "service", "")
            await unit.lock(_affected(before, command, catalog))
            now = self._clock.now()
            facts = await known(unit, catalog, service_id, before, now, actor=command.actor)
            if reason_of(command) is not None:
                reasons = await unit.reasons(service_id, command.actor.person, release)
                facts = replace(facts, reasons=tuple(reasons))
            decision = decide(before, command, facts, now, self._laws)
            after = await self._commit(
                unit, before, loaded.version if loaded else 0, command, decision, facts, now, request
            )
            if after is None and isinstance(command, c.StartPlan | c.DeclareEmergency) and command.release:
                await unit.give_back_release_id(command.release)
            said = answer(decision, self._view(after, facts, now) if after else None)
            await unit.remember(receipt, said, now)
            return Outcome(decision, after, said)

    async def _commit(
        self,
        unit: Unit,
        before: Release | None,
        version: int,
        command: c.Command,
        decision: Decision,
        facts: Facts,
        now: datetime,
        request: str,
    ) -> Release | None:
        if isinstance(decision, Refused):
            if command.actor.kind is not ActorKind.SYSTEM:
                await unit.append(_stream(before), [_refusal(command, decision, now, request)])
            return before
        if not decision.events:
            return before
        after = begun(decision.events, before)
        entries = [
            Entry("event", type(event).__name__, command.actor, now, request, event=event) for event in decision.events
        ]
        await unit.append(f"release:{after.id}", entries)
        await unit.save(after, version)
        effects = react(before, decision.events, after, facts, routes(after, facts), now)
        await unit.enqueue(_unique(effects), now)
        return after

    async def _open_plan(self, unit: Unit, command: c.StartPlan, catalog: Catalog) -> tuple[str | None, c.StartPlan]:
        """Q1: planning the same service, version and environment again continues the open plan."""
        service = catalog.services.get(command.service)
        environment = command.environment or (service.environment if service else "")
        await unit.lock([f"plan:{command.service}:{environment}"])
        for open_plan in await unit.open_plans(command.service, environment):
            unnamed = open_plan.version is None and not open_plan.started
            asked_again = command.version is None and open_plan.phase is Phase.PLANNING
            if open_plan.version == named_build(command.version)[0] or unnamed or asked_again:
                return open_plan.id, replace(command, release=open_plan.id)
        if service is None:
            return None, command
        return None, replace(command, release=await unit.new_release_id())

    async def _open_emergency(
        self, unit: Unit, command: c.DeclareEmergency, catalog: Catalog
    ) -> tuple[str | None, c.DeclareEmergency]:
        """G16: the open release of that service, version and environment becomes the emergency; else a new one begins."""
        service = catalog.services.get(command.service)
        environment = command.environment or (service.environment if service else "")
        await unit.lock([f"plan:{command.service}:{environment}"])
        for found in await unit.open_plans(command.service, environment):
            if found.version == named_build(command.version)[0]:
                return found.id, replace(command, release=found.id)
        return None, command if service is None else replace(command, release=await unit.new_release_id())

    async def facts(self, release: Release) -> Facts:
        """The facts of a release, read now and outside a decision: for cards and pages."""
        async with self._reads.together():
            return await known(self._reads, self._catalog(), release.service, release, self._clock.now())

    async def view(
        self, release: str, place: Place | None = None, mark: str = "", now: datetime | None = None
    ) -> View | None:
        """Committed state, judged now, ready to be drawn (decision 7). None: there is no such release.

        `mark`: as in ports.Delivery, read for the one who asks: what was read since then is not read again. `now`: the present,
        where it was told already.
        """
        found = await self._standings.of(release, mark)
        if found is None:
            return None
        now = now or self._clock.now()
        if found.facts.accepted and isinstance(now, Passing):
            now.until.over()  # they were counted for the present alone (G21)
        view = self._view(found.release, found.facts, now)
        return replace(view, place=place or view.place, head=found.head)

    async def views(self, wanted: Sequence[str]) -> Mapping[str, View]:
        """The same for many releases in a few questions: what holds for all of them is read once. Unknown ones are left out."""
        catalog, facts = self._catalog(), dict[str, Facts]()
        async with self._reads.together():
            loaded = await self._reads.loaded(wanted)
            heads = await self._reads.heads([f"release:{name}" for name in loaded])
            everybody = tuple(await self._reads.neighbours(None))
            for release in (one.release for one in loaded.values()):
                if release.service not in facts:
                    now = self._clock.now()
                    facts[release.service] = await known(self._reads, catalog, release.service, release, now, everybody)
        now, views = self._clock.now(), dict[str, View]()
        for name, one in loaded.items():
            seen = replace(facts[one.release.service], neighbours=tuple(n for n in everybody if n.id != name))
            views[name] = replace(self._view(one.release, seen, now), head=heads.get(f"release:{name}", ""))
        return views

    async def subject(self, release: str) -> Subject | None:
        """What a source is asked about. Nothing is judged for it. None: there is no such release or service."""
        async with self._reads.together():
            loaded = await self._reads.release(release)
            entry = self._catalog().services.get(loaded.release.service) if loaded else None
            if loaded is None or entry is None:
                return None
            return Subject(loaded.release, entry, await history(self._reads, entry.id, entry))

    def _view(self, release: Release, facts: Facts, now: datetime) -> View:
        """Judged once for an instant: what is drawn of one release at one time is drawn from one judgement."""
        if isinstance(now, Passing):  # it notes what it is compared with, so nothing is taken from elsewhere
            judged = self._laws.judge(release, facts, now)
            return View(release=release, facts=facts, judgement=judged, now=now, place=release.home)
        case = (release, facts, now)
        if self._judged is None or self._judged[0] != case:
            self._judged = (case, self._laws.judge(release, facts, now))
        return View(release=release, facts=facts, judgement=self._judged[1], now=now, place=release.home)


def _stream(release: Release | None) -> str:
    return f"release:{release.id}" if release else "system"


def _refusal(command: c.Command, decision: Refused, now: datetime, request: str) -> Entry:
    """A refused attempt is on record (A1): what was tried, and why it was refused; nothing that was typed but the reason."""
    tried = {k: str(v) for k, v in asdict(command).items() if k in {"kind", "subject", "vote", "reason", "what"} and v}
    body = {"code": decision.code, "tried": tried}
    return Entry("refused", type(command).__name__, command.actor, now, request, body=body)


def _affected(release: Release | None, command: c.Command, catalog: Catalog) -> Sequence[str]:
    """What GO, approvals and new times touch beside the release: its service, its neighbours, its people (decision 5)."""
    spanning = (
        *(c.Vote, c.Approve, c.Move, c.Start, c.Resume, c.RecordObservations, c.StopWithoutGo),
        *(c.DeclareEmergency, c.RecordReview),
    )
    name = release.service if release else getattr(command, "service", "")
    if not name or not isinstance(command, spanning):
        return ()
    needs = catalog.services[name].depends_on if name in catalog.services else ()
    needed_by = tuple(s.id for s in catalog.services.values() if name in s.depends_on)
    names = {f"service:{s}" for s in (name, *needs, *needed_by)}
    names |= {f"person:{p}" for p in (release.owner, release.rollback_owner) if p} if release else set()
    return sorted(names)


def _unique(effects: Sequence[Effect]) -> Sequence[Effect]:
    """The same effect twice is one row anyway; saying it once keeps the transaction short."""
    return [effect for n, effect in enumerate(effects) if effect not in effects[:n]]
