"""Drives the pure core as the service would: decide, fold, keep every event; no database, no clock but the one given."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.decide.decide import decide
from bot.decide.laws import LAWS, Laws
from bot.decide.result import Decided, Decision, Refused
from bot.domain import commands as c
from bot.domain.consent import ConsentKind
from bot.domain.events import Event
from bot.domain.evidence import Evidence
from bot.domain.evolve import fold
from bot.domain.facts import Facts
from bot.domain.people import SYSTEM, Actor
from bot.domain.release import Phase, Release
from tests.world import HOME, NOW, START, actor, drilled_rollback, facts, good_observations

REASON = "weighed against the drill of last month"


@dataclass
class Driver:
    """One release from its first word on."""

    facts: Facts = field(default_factory=facts)
    now: datetime = NOW
    laws: Laws = LAWS
    release: Release | None = None
    events: list[Event] = field(default_factory=list)
    last: Decision | None = None
    done: list[tuple[datetime, c.Command, Decision, Phase | None]] = field(default_factory=list)
    """When, what, what came of it, and the phase then."""

    @property
    def state(self) -> Release:
        """The release; it is there after plan()."""
        if self.release is None:
            msg = "nothing was planned"
            raise AssertionError(msg)
        return self.release

    def phase(self) -> Phase:
        """Where it is now."""
        return self.state.phase

    def do(self, command: c.Command) -> Decision:
        """Decide and take the events over."""
        self.last = decide(self.release, command, self.facts, self.now, self.laws)
        if isinstance(self.last, Decided) and self.last.events:
            self.release = fold(self.last.events, self.release)
            self.events += self.last.events
        self.done.append((self.now, command, self.last, self.release.phase if self.release else None))
        return self.last

    def refused(self, command: c.Command) -> str:
        """The code of the refusal; "" where it was not refused."""
        decision = self.do(command)
        return decision.code if isinstance(decision, Refused) else ""

    def plan(
        self, who: str = "ana", version: str | None = "2.4.1", start_at: datetime | None = START, **more: object
    ) -> "Driver":
        """Planning begins."""
        base = c.StartPlan(actor(who), "R-1", "payments", HOME, version=version, start_at=start_at, local_time="15:00")
        self.do(replace(base, **more))  # type: ignore[arg-type]  # the tests name fields of the command
        return self

    def sources(self, *observations: Evidence, purpose: str = "plan") -> "Driver":
        """All sources answer; without arguments as on a good day."""
        items = observations or good_observations(self.now)
        self.do(c.RecordObservations(SYSTEM, "none", "demo", items, purpose))
        for gather in self.state.gathers:
            self.do(c.RecordObservations(SYSTEM, gather, "demo", (), purpose))
        return self

    def answer(
        self, *claims: Evidence, who: str = "ana", how: str = "given", text: str = "", data_change: str | None = None
    ) -> Decision:
        """Answer the open question."""
        question = self.state.open_question
        number = question.number if question else 0
        return self.do(c.AnswerQuestion(actor(who), number, how, text, claims=claims, data_change=data_change))

    def answer_all(self) -> "Driver":
        """Answer whatever is asked: the rollback truthfully, anything else with "I don't know"."""
        for _ in range(5):
            question = self.state.open_question
            if question is None:
                break
            if question.slot == "rollback":
                self.answer(drilled_rollback(self.now))
            elif question.slot == "migration":
                self.answer(data_change="none")
            else:
                self.answer(how="dont_know")
        return self

    def sign(
        self, who: str, reason: str = REASON, kind: ConsentKind | None = None, subject: str | None = None
    ) -> Decision:
        """That person gives what is asked of them."""
        return self.do(c.Approve(actor(who), f"{reason}, says {who}", kind, subject))

    def go(self, who: str = "lena", reason: str = "") -> Decision:
        """Vote go."""
        return self.do(c.Vote(actor(who), "go", reason))

    def ready(self) -> "Driver":
        """A planned release with everything but consents."""
        return self.plan().sources().answer_all()

    def signed(self) -> "Driver":
        """The same with all sign-offs of its band."""
        self.ready()
        for who in ("kai", "mia", "lena", "quinn", "priya"):
            self.sign(who)
        return self

    def cleared(self) -> "Driver":
        """The same, cleared by the decision maker."""
        self.signed()
        self.go()
        return self

    def live(self) -> "Driver":
        """The same, started on time."""
        self.cleared()
        self.now = START
        self.do(c.Start(actor("ana")))
        return self

    def later(self, **delta: float) -> "Driver":
        """Time goes on."""
        self.now += timedelta(**delta)
        return self


def who_is(name: str) -> Actor:
    """That person as an actor."""
    return actor(name)
