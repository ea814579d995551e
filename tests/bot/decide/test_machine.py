"""No sequence of commands gets past the gates: a stateful model over the pure core, by Hypothesis.

The invariants look at the release itself, not at what the policy said of it.
"""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.consent import ConsentKind, ConsentState
from bot.domain.evidence import Kind, Standing
from bot.domain.evolve import fold
from bot.domain.finding import Verdict
from bot.domain.lifecycle import MOVES, ended
from bot.domain.people import SYSTEM
from bot.domain.release import CORE_BUDGET, QUESTION_BUDGET, Phase
from tests.driver import Driver
from tests.world import actor, drilled_rollback, facts, good_observations, observed

PEOPLE = st.sampled_from(
    ["ana", "ana-admin", "kai", "lena", "mia", "ben", "priya", "quinn", "sam", "release-bot", "visitor", "nobody"]
)
REASONS = st.sampled_from(["ok", "lgtm", "", "the drill of November was read", "support has confirmed its staffing"])
KINDS = st.sampled_from(list(Kind))
STANDINGS = st.sampled_from(list(Standing))
BARRED = {"ana", "ana-admin", "ben", "release-bot", "visitor", "nobody"}
APPROVALS = {ConsentKind.SIGN_OFF, ConsentKind.RISK, ConsentKind.EXCEPTION, ConsentKind.CONFIRM}


class Machine(RuleBasedStateMachine):
    """Anybody does anything, at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.d = Driver(facts=facts())
        self.phases: list[Phase] = []

    @initialize(who=st.sampled_from(["ana"]), version=st.sampled_from([None, "2.4.1"]), known=st.booleans())
    def begin(self, who: str, version: str | None, *, known: bool) -> None:
        """Planning starts."""
        self.d.plan(who, version) if known else self.d.plan(who, version, None)

    def do(self, command: c.Command) -> None:
        """Decide; every move must be one of the table."""
        before = self.d.phase()
        count = len(self.d.events)
        self.d.do(command)
        phase = before
        for event in self.d.events[count:]:
            phase = MOVES[phase].get(type(event), phase)
        assert phase is self.d.phase()
        if ended(before):
            assert self.d.phase() is before

    @rule(who=PEOPLE)
    def plan_again(self, who: str) -> None:
        """The open plan goes on."""
        self.do(c.StartPlan(actor(who), "R-1", "payments", self.d.state.home, version=self.d.state.version))

    @rule(who=PEOPLE, how=st.sampled_from(["given", "dont_know", "vague", "person"]), tested=st.booleans())
    def answer(self, who: str, how: str, *, tested: bool) -> None:
        """An answer of any kind."""
        question = self.d.state.open_question
        number = question.number if question else 1
        claims = (drilled_rollback(self.d.now),) if tested and how == "given" else ()
        command = c.AnswerQuestion(actor(who), number, how, "looks fine", claims=claims, person="kai")
        self.do(command)

    @rule(fail=st.booleans(), change=st.sampled_from(["none", "expand", "contract"]))
    def sources(self, change: str, *, fail: bool) -> None:
        """All sources answer, well or badly."""
        items = list(good_observations(self.d.now, change))
        if fail:
            items.append(observed(Kind.CI, self.d.now, Standing.FAILED, tests="failed"))
        self.do(c.RecordObservations(SYSTEM, "none", "demo", tuple(items), "recheck"))
        for gather in self.d.state.gathers:
            self.do(c.RecordObservations(SYSTEM, gather, "demo", (), "plan"))

    @rule(who=PEOPLE, kind=KINDS, standing=STANDINGS)
    def evidence(self, who: str, kind: Kind, standing: Standing) -> None:
        """Somebody adds something."""
        item = observed(kind, self.d.now, standing)
        self.do(c.AddEvidence(actor(who), item))

    @rule(who=PEOPLE)
    def rollback_evidence(self, who: str) -> None:
        """A drill is shown."""
        self.do(c.AddEvidence(actor(who), drilled_rollback(self.d.now, by=who)))

    @rule(who=PEOPLE, kind=KINDS, reason=REASONS)
    def not_applicable(self, who: str, kind: Kind, reason: str) -> None:
        """Something does not apply."""
        self.do(c.DeclareNotApplicable(actor(who), kind, reason))

    @rule(who=PEOPLE, vote=st.sampled_from(["go", "go", "no-go"]), reason=REASONS)
    def vote(self, who: str, vote: str, reason: str) -> None:
        """Roll call."""
        self.do(c.Vote(actor(who), vote, reason))

    @rule(who=PEOPLE, reason=REASONS)
    def approve(self, who: str, reason: str) -> None:
        """A consent."""
        self.do(c.Approve(actor(who), f"{reason} {who}" if reason else reason))

    @rule(who=PEOPLE, reason=REASONS)
    def undo(self, who: str, reason: str) -> None:
        """A consent is refused or taken back."""
        self.do(c.Decline(actor(who), reason))
        self.do(c.Withdraw(actor(who), reason))

    @rule(who=PEOPLE, steps=st.sampled_from(["5, 100", "10, 50, 100"]))
    def amend(self, who: str, steps: str) -> None:
        """The plan changes."""
        self.do(c.Amend(actor(who), "steps", steps))

    @rule(who=PEOPLE, hours=st.integers(1, 6), reason=REASONS)
    def move(self, who: str, hours: int, reason: str) -> None:
        """A new time."""
        at = self.d.now + timedelta(hours=hours)
        self.do(c.Move(actor(who), at, "later", "Europe/Berlin", reason))

    @rule(who=PEOPLE, what=st.sampled_from([c.Hold, c.Cancel, c.DeclareRollback]), reason=REASONS)
    def stop(self, who: str, what: type[c.Hold | c.Cancel | c.DeclareRollback], reason: str) -> None:
        """Hold, cancel, roll back."""
        self.do(what(actor(who), reason))

    @rule(who=PEOPLE, what=st.sampled_from([c.Resume, c.Start, c.Finish, c.FinishRollback]))
    def go_on(self, who: str, what: type[c.Resume | c.Start | c.Finish | c.FinishRollback]) -> None:
        """Resume, start, done, rolled back."""
        self.do(what(actor(who)))

    @rule(minutes=st.sampled_from([1, 30, 180, 60 * 30]))
    def time_goes_on(self, minutes: int) -> None:
        """Time passes, and the clock does its part."""
        self.d.now += timedelta(minutes=minutes)
        revision = self.d.state.schedule_revision
        start = self.d.state.start_at
        if start is not None and self.d.now >= start:
            self.do(c.StopWithoutGo(SYSTEM, revision))
        self.do(c.Judge(SYSTEM))

    @invariant()
    def questions_stay_within_their_budget(self) -> None:
        """Q1, Q2."""
        asked = [x for x in self.d.events if isinstance(x, e.QuestionAsked)]
        assert len(asked) <= QUESTION_BUDGET
        assert sum(x.question.core for x in asked) <= CORE_BUDGET

    @invariant()
    def nobody_who_is_barred_ever_gave_a_consent(self) -> None:
        """G7, G18, G27."""
        for event in self.d.events:
            if isinstance(event, e.ConsentGiven):
                k = event.consent
                if k.kind in APPROVALS or k.vote == "go":
                    assert k.by not in BARRED

    @invariant()
    def cleared_means_tested_rollback_passing_ci_and_a_valid_go(self) -> None:
        """G2, G3, G8, G26."""
        if self.d.release is None:
            return
        r = self.d.state
        judged = r.judgement
        if judged is not None and judged.verdict is Verdict.GO and r.phase in {Phase.PLANNED, Phase.CLEARED}:
            drills = [x for x in r.evidence if x.kind is Kind.ROLLBACK and x.dated and x.facts.get("tested") is True]
            assert drills
            assert not [x for x in r.evidence if x.kind is Kind.CI and x.standing is Standing.FAILED]
            signers = {
                k.by for k in r.consents if k.kind is ConsentKind.SIGN_OFF and k.state is ConsentState.VALID
            } - BARRED
            assert signers
        if r.phase is Phase.CLEARED:
            gos = [
                k for k in r.consents if k.vote == "go" and k.state is ConsentState.VALID and k.by in {"lena", "mia"}
            ]
            assert [k for k in gos if k.plan_hash == r.plan_hash]

    @invariant()
    def the_ledger_folds_to_the_state(self) -> None:
        """Decision 2."""
        assert fold(self.d.events) == self.d.release


TestMachine = Machine.TestCase
TestMachine.settings = settings(deadline=None, max_examples=60, stateful_step_count=30)
