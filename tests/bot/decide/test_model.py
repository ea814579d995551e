"""Whatever anybody does, in any order: what must never happen does not. A stateful model over the pure core, by Hypothesis.

Each invariant is computed from events and evidence alone, by code of this file: it shares nothing with the policy it checks.
`T_MINUS_SOAK=<n>` lives n seeds instead of one: `make soak` 20 of them, which is more than 100,000 steps. A failing seed is the
test's parameter, and `T_MINUS_WORLD=<seed>` replays it alone.
"""

import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import Phase as Phases
from hypothesis import seed as seeded
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.consent import Consent, ConsentKind
from bot.domain.evidence import Kind, Standing
from bot.domain.evolve import evolve, fold
from bot.domain.finding import Verdict
from bot.domain.lifecycle import MOVES
from bot.domain.people import SYSTEM
from bot.domain.release import Phase, Release
from tests.bot.decide import moves
from tests.bot.decide.edited import Edited
from tests.bot.decide.holds import MAKERS, approvals, barred, go_holds
from tests.bot.decide.moves import (
    ATTESTED,
    PEOPLE,
    REASONS,
    TEAM,
    amendments,
    observations,
    questions_answered,
)
from tests.world import actor, drilled_rollback

MOVING = {event for row in MOVES.values() for event in row}
ENDS = {Phase.CLOSED, Phase.CANCELLED, Phase.ROLLED_BACK}

SOAK = int(os.environ.get("T_MINUS_SOAK", "1"))
ONE = os.environ.get("T_MINUS_WORLD")
STEPS = 30
LIVES, LEAST = (60, 1_700) if SOAK == 1 and not ONE else (190, 5_000)
"""Releases of a seed, each of 30 steps, and how many steps that is at least, a few lives being cut short."""


class Model(Edited):
    """Anybody does anything, at any time."""

    def do(self, command: c.Command) -> None:
        """Decides; every event of it has to be legal where it happens."""
        count = len(self.d.events)
        before = self.d.release
        self.d.do(command)
        seen: Release | None = before
        for event in self.d.events[count:]:
            phase = seen.phase if seen else None
            seen = evolve(seen, event)
            if phase is not None:
                self.legal(phase, event, seen)

    def legal(self, phase: Phase, event: e.Event, after: Release) -> None:
        """A move is one of the table; the end is the end; a clearance has its go."""
        row = MOVES[phase]
        assert type(event) not in MOVING or type(event) in row, (phase, event)
        assert after.phase is row.get(type(event), phase)
        assert phase not in ENDS or after.phase is phase
        self.starts_as_cleared(event)
        if isinstance(event, e.Cleared):
            go_holds(after, self.d.facts, self.d.now)

    @initialize(
        version=st.sampled_from([None, "2.4.1"]),
        known=st.booleans(),
        ready=st.sampled_from(["new", "new", "ready", "signed", "signed", "cleared", "live"]),
    )
    def begin(self, version: str | None, ready: str, *, known: bool) -> None:
        """A release of some age: only begun, or well on its way."""
        if ready == "new":
            self.d.plan(version=version, start_at=self.d.now + timedelta(hours=2) if known else None)
        else:
            getattr(self.d, ready)()

    @rule(who=PEOPLE, version=st.sampled_from([None, "2.4.1", "2.4.2"]), claim=st.booleans())
    def plan_again(self, who: str, version: str | None, *, claim: bool) -> None:
        """The open plan goes on."""
        claims = (drilled_rollback(self.d.now, by=who),) if claim else ()
        home = self.d.state.home
        self.do(c.StartPlan(actor(who), "R-1", "payments", home, version=version, claims=claims))

    @rule(who=PEOPLE, said=questions_answered())
    def answer(self, who: str, said: tuple[str, bool, str | None]) -> None:
        """An answer of any kind, also to a question that is over."""
        how, tested, change = said
        question = self.d.state.open_question
        number = question.number if question else 1
        claims = (drilled_rollback(self.d.now, by=who),) if tested and how == "given" else ()
        change = change if how == "given" else None
        self.do(
            c.AnswerQuestion(
                actor(who), number, how, "looks fine", claims=claims, data_change=change, person="kai",
                details={"version": "2.4.1"} if question and question.slot == "version" and how == "given" else {},
            )
        )  # fmt: skip

    @rule(found=observations(), ends=st.booleans())
    def sources(self, found: tuple[str, bool, str], *, ends: bool) -> None:
        """Sources answer, well or badly, about this build or another."""
        self.do(c.RecordObservations(SYSTEM, "none", "demo", moves.observed_by_all(self.d.now, *found), "recheck"))
        for gather in self.d.state.gathers if ends else ():
            self.do(c.RecordObservations(SYSTEM, gather, "demo", (), "plan"))

    @rule(state=st.sampled_from(["not_started", "not_started", "not_started", "progressing"]))
    def rollout_seen(self, state: str) -> None:
        """The rollout tool is seen at work."""
        self.do(c.RecordObservations(SYSTEM, "none", "demo-rollout", moves.rollout(self.d.now, state), "watch"))

    @rule(who=PEOPLE, given=ATTESTED, days=st.integers(-5, 120))
    def evidence(self, who: str, given: tuple[Kind, Standing, bool | None, bool], days: int) -> None:
        """Somebody adds something, good or bad, fresh or stale."""
        self.do(c.AddEvidence(actor(who), moves.attested(self.d.now, who, given, days)))

    @rule(who=PEOPLE, way=st.sampled_from(["redeploy", "restore"]))
    def drill(self, who: str, way: str) -> None:
        """A drill is shown."""
        self.do(c.AddEvidence(actor(who), drilled_rollback(self.d.now, by=who, way=way)))

    @rule(who=PEOPLE, kind=st.sampled_from(list(Kind)), reason=REASONS)
    def not_applicable(self, who: str, kind: Kind, reason: str) -> None:
        """Something does not apply, they say."""
        self.do(c.DeclareNotApplicable(actor(who), kind, reason))

    @rule(who=PEOPLE, vote=st.sampled_from(["go", "go", "no-go"]), reason=REASONS, old=st.booleans())
    def vote(self, who: str, vote: str, reason: str, *, old: bool) -> None:
        """Roll call."""
        self.do(c.Vote(actor(who), vote, reason, revision=self.d.state.plan_revision - 1 if old else None))

    @rule(who=PEOPLE, reason=REASONS, kind=st.sampled_from([None, *ConsentKind]))
    def approve(self, who: str, reason: str, kind: ConsentKind | None) -> None:
        """A consent."""
        self.do(c.Approve(actor(who), f"{reason} {who}" if reason else reason, kind))

    @rule(people=st.permutations(TEAM))
    def everybody_approves(self, people: list[str]) -> None:
        """All of the team approve, then vote."""
        for who in people:
            self.do(c.Approve(actor(who), f"the drill of November was read by {who}"))
        for who in people:
            self.do(c.Vote(actor(who), "go", "support has confirmed its staffing"))

    @rule(who=PEOPLE, reason=REASONS, back=st.booleans())
    def undo(self, who: str, reason: str, *, back: bool) -> None:
        """A consent is refused or taken back."""
        self.do(c.Withdraw(actor(who), reason) if back else c.Decline(actor(who), reason))

    @rule(who=PEOPLE, what=st.sampled_from(["freeze", "clash", "test"]), reason=REASONS, hours=st.integers(-1, 99))
    def exception(self, who: str, what: str, reason: str, hours: int) -> None:
        """Somebody wants an exception."""
        self.do(c.RequestException(actor(who), what, reason, "kai", self.d.now + timedelta(hours=hours)))

    @rule(who=PEOPLE, lacks=st.sampled_from(["", "", "", "details", "link", "mitigation"]), hours=st.integers(1, 99))
    def exception_of_a_failed_test(self, who: str, lacks: str, hours: int) -> None:
        """G5: the run fails in one check, and the exception of it is asked for and signed by whoever may."""
        self.d.sources(*moves.failing_check(self.d.now))
        self.do(moves.exception_of_a_check(actor(who), lacks, self.d.now + timedelta(hours=hours)))
        for signer in ("priya", "quinn", "mia"):
            self.do(c.Approve(actor(signer), f"the refund path is off, seen by {signer}", ConsentKind.EXCEPTION))

    @rule(who=PEOPLE, change=amendments())
    def amend(self, who: str, change: tuple[str, str]) -> None:
        """The plan changes."""
        self.do(c.Amend(actor(who), *change))

    @rule(who=PEOPLE, minutes=st.integers(-30, 300), reason=REASONS)
    def move(self, who: str, minutes: int, reason: str) -> None:
        """A new time."""
        at = (self.d.state.start_at or self.d.now) + timedelta(minutes=minutes)
        self.do(c.Move(actor(who), at, "later", "Europe/Berlin", reason))

    @rule(who=PEOPLE, what=st.sampled_from([c.Hold, c.Hold, c.Hold, c.Cancel, c.DeclareRollback]), reason=REASONS)
    def stop(self, who: str, what: type[c.Hold | c.Cancel | c.DeclareRollback], reason: str) -> None:
        """Hold, cancel, roll back."""
        self.do(what(actor(who), reason))

    @rule(who=PEOPLE, hours=st.sampled_from([None, -1, 3]))
    def resume(self, who: str, hours: int | None) -> None:
        """It goes on, at another time or the same."""
        at = self.d.now + timedelta(hours=hours) if hours else None
        self.do(c.Resume(actor(who), at, "later", "Europe/Berlin"))

    @rule(who=PEOPLE, report=st.sampled_from(["start", "step", "well", "badly", "done", "rolled back", "lesson"]))
    def report(self, who: str, report: str) -> None:
        """What people say while it rolls out."""
        self.do(moves.report(actor(who), report))

    @rule(who=PEOPLE, what=st.sampled_from(["declare", "confirm", "confirm", "review", "remind"]))
    def emergency(self, who: str, what: str) -> None:
        """Break-glass, by anybody."""
        self.do(moves.emergency(actor(who), what))

    @rule(scope=st.sampled_from([None, None, "payments", "production", "search", "*"]), hours=st.integers(-4, 2))
    def freeze(self, scope: str | None, hours: int) -> None:
        """A freeze is entered, or all are ended; the release is judged again, as a row would have it."""
        calendar = (moves.frozen(scope, self.d.state.start_at, hours),) if scope else ()
        self.d.facts = replace(self.d.facts, calendar=calendar)
        self.do(c.Judge(SYSTEM))

    @rule(who=PEOPLE, kind=st.sampled_from(list(Kind)), of=PEOPLE)
    def ask(self, who: str, kind: Kind, of: str) -> None:
        """Requests go out."""
        self.do(c.AskPerson(actor(who), kind, of))
        self.do(c.RequestSignOffs(actor(who)))

    @rule(minutes=st.sampled_from([1, 30, 125, 60 * 25, 60 * 24 * 40]))
    def time_goes_on(self, minutes: int) -> None:
        """Time passes, and the clock does its part."""
        self.d.now += timedelta(minutes=minutes)
        self.do(c.Judge(SYSTEM))

    @rule(alarm=st.sampled_from(["ask", "drift", "escalate", "stop", "outcome"]), old=st.booleans())
    def alarm(self, alarm: str, *, old: bool) -> None:
        """An alarm rings, also one of a schedule that is over; that of T=0 does not ring before."""
        start = self.d.state.start_at
        if alarm == "stop" and (start is None or self.d.now < start):
            return
        self.do(moves.alarm(alarm, self.d.state.schedule_revision - old))

    @invariant()
    def questions_stay_within_their_budget(self) -> None:
        """Q1, Q2: three in all, two of them core; one at a time (Q3)."""
        asked = [x.question for x in self.d.events if isinstance(x, e.QuestionAsked)]
        assert len(asked) <= 3
        assert sum(q.slot.removeprefix("who:") in moves.CORE for q in asked) <= 2
        assert sum(q.answer is None for q in self.d.state.questions if self.d.release) <= 1

    @invariant()
    def only_sources_verify(self) -> None:
        """G24: whatever a command says, what a person brings is that person's word, and of no later day than now."""
        for x in self.d.release.evidence if self.d.release else ():
            assert x.standing is not Standing.VERIFIED or x.by == "bot"
            assert x.source != "person" or (x.by in moves.WHO_IS and (x.dated is None or x.dated <= self.d.now))

    @invariant()
    def nobody_approves_their_own_release(self) -> None:
        """G7, G18, G27: neither requester, owner, author, bot, guest nor stranger holds anything that counts."""
        if self.d.release is None or self.d.state.phase in ENDS:
            return
        against = barred(self.d.state)
        assert not [k for k in approvals(self.d.state) if k.by in against]
        assert not [k for k in approvals(self.d.state) if k.kind is ConsentKind.VOTE and k.by not in MAKERS]

    @invariant()
    def go_is_never_without_its_evidence(self) -> None:
        """G2, G3, G26: at this very instant."""
        if self.d.release is None or self.d.state.phase in ENDS:
            return
        if self.d.laws.judge(self.d.state, self.d.facts, self.d.now).verdict is Verdict.GO and self.d.state.plan_hash:
            go_holds(self.d.state, self.d.facts, self.d.now)

    @invariant()
    def cleared_has_a_go_of_this_plan(self) -> None:
        """G8, G26: void on a change of the plan."""
        if self.d.release is None or self.d.state.phase is not Phase.CLEARED:
            return
        given: Iterable[Consent] = approvals(self.d.state)
        second = {k.by for k in given if k.kind is ConsentKind.BREAKGLASS}
        assert second if self.d.state.emergency else MAKERS & {k.by for k in given if k.kind is ConsentKind.VOTE}

    @invariant()
    def the_ledger_folds_to_the_state(self) -> None:
        """Decision 2."""
        assert fold(self.d.events) == self.d.release


@pytest.mark.parametrize("seed", [int(ONE)] if ONE else range(SOAK))
def test_no_sequence_of_acts_breaks_a_law(seed: int) -> None:
    """A seed begins its own lives."""
    taken = 0

    class Counted(Model):
        @invariant()
        def one_more_step(self) -> None:
            nonlocal taken
            taken += 1

    phases = [
        p for p in Phases if p is not Phases.explain
    ]  # to tell lines apart costs minutes, and a fault is named anyway
    every = settings(deadline=None, max_examples=LIVES, stateful_step_count=1 + STEPS, phases=phases)  # one begins it
    run_state_machine_as_test(seeded(seed)(Counted), settings=every)
    assert taken >= LEAST
