"""What follows from a decision: who turns out to be an author loses what was given, and a start is judged at its own moment."""

from dataclasses import replace
from datetime import timedelta

from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.consent import ConsentKind, ConsentState
from bot.domain.evidence import Kind
from bot.domain.facts import Window
from bot.domain.finding import Verdict
from bot.domain.people import SYSTEM
from bot.domain.release import Phase
from tests.driver import Driver
from tests.world import NOW, START, actor, facts, good_observations, observed


def _authors(d: Driver, names: str) -> None:
    found = observed(Kind.ARTIFACT, d.now, commit="91fe2c0", digest="sha256:aa", authors=names)
    d.do(c.RecordObservations(SYSTEM, "g", "demo-scm", (found,), "recheck"))


def test_the_go_of_an_author_is_void_and_another_decision_maker_clears() -> None:
    d = Driver().cleared()
    _authors(d, "ben, lena")
    assert d.phase() is Phase.PLANNED
    assert not [k for k in d.state.consents if k.by == "lena" and k.state is ConsentState.VALID]
    assert d.refused(c.Vote(actor("lena"), "go")) == "own_release"
    d.sign("kai")
    d.go("mia")
    assert d.phase() is Phase.CLEARED


def test_the_no_go_of_an_author_stands() -> None:
    d = Driver().signed()
    d.do(c.Vote(actor("lena"), "no-go", "the drill was in another region"))
    _authors(d, "lena")
    assert [k for k in d.state.consents if k.by == "lena" and k.vote == "no-go" and k.state is ConsentState.VALID]


def test_a_start_on_evidence_that_went_stale_is_a_start_without_go() -> None:
    late = Driver().cleared()
    late.now = NOW + timedelta(hours=25)
    late.do(c.Start(actor("ana")))
    assert late.state.started_without_go
    assert not Driver().live().state.started_without_go


def test_a_cancelled_release_does_not_start_by_what_the_rollout_tool_shows() -> None:
    seen = (observed(Kind.ROLLOUT, NOW, state="progressing", percent=10),)
    d = Driver().ready()
    d.do(c.Cancel(actor("ana"), "the change is not needed"))
    d.do(c.RecordObservations(SYSTEM, "g", "demo-rollout", seen, "watch"))
    assert not [x for x in d.events if isinstance(x, e.Started)]
    other = Driver().ready()
    other.do(c.RecordObservations(SYSTEM, "g", "demo-rollout", seen, "watch"))
    assert other.state.started_without_go


def test_boilerplate_overrules_no_vote_and_a_reason_does() -> None:
    d = Driver().signed()
    d.do(c.Vote(actor("priya"), "no-go", "support is not staffed tonight"))
    assert d.refused(c.Vote(actor("lena"), "go", "ok ok ok ok ok ok ok ok")) == "reason_boilerplate"
    d.go(reason="support confirmed two people on the phone")
    assert d.phase() is Phase.CLEARED


def test_the_second_account_of_who_asked_for_an_exception_does_not_sign_it() -> None:
    window = Window("F-1", "payments", NOW, START + timedelta(days=1), "year-end closing", "lena-admin")
    base = facts()
    people = {**base.roster.people}
    people["lena-admin"] = replace(people["lena"], id="lena-admin", name="Lena (admin)")
    d = Driver(facts=replace(base, calendar=(window,), roster=replace(base.roster, people=people))).ready()
    asked = c.RequestException(actor("lena"), "freeze", "the bank asked for this fix", "kai", START + timedelta(days=2))
    d.do(asked)
    second = replace(actor("lena"), person="lena-admin", account="lena-admin")
    signing = c.Approve(second, "the closing ends before this", ConsentKind.EXCEPTION)
    assert d.refused(signing) == "not_entitled"
    other = Driver(facts=d.facts).ready()
    other.do(replace(asked, actor=actor("kai")))
    assert other.refused(signing) == ""


def test_what_nobody_can_declare_away_is_refused_at_once() -> None:
    d = Driver().ready()
    reason = "there is nothing to look at here"
    assert d.refused(c.DeclareNotApplicable(actor("kai"), Kind.MONITORING, reason)) == "na_never"
    assert d.refused(c.DeclareNotApplicable(actor("kai"), Kind.FLAGS, reason)) == ""


def test_a_reminder_without_anybody_to_remind_leaves_stale_evidence_to_the_check_that_asks_its_sources() -> None:
    """Planned a day ahead, all is stale an hour before the start, and was asked again half an hour later."""
    d = Driver().cleared()
    d.now = NOW + timedelta(hours=25)
    before = len(d.events)
    d.do(c.Escalate(SYSTEM, "approver", d.state.schedule_revision))
    assert len(d.events) == before
    d.do(c.CheckDrift(SYSTEM, "T-30", d.state.schedule_revision))
    assert [x for x in d.events[before:] if isinstance(x, e.SourcesAsked)]


def test_a_check_of_old_evidence_flips_nothing_until_its_sources_answer_and_then_says_what_they_saw() -> None:
    for tests, verdicts in (("passed", []), ("failed", [Verdict.NO_GO])):
        d = Driver().cleared()
        d.now = NOW + timedelta(hours=25)
        before = len(d.events)
        d.do(c.CheckDrift(SYSTEM, "T-30", d.state.schedule_revision))
        d.sources(
            *(
                e_ if e_.kind is not Kind.CI else replace(e_, facts={**e_.facts, "tests": tests})
                for e_ in good_observations(d.now)
            ),
            purpose="recheck",
        )
        judged = [x.judgement.verdict for x in d.events[before:] if isinstance(x, e.Judged)]
        assert [v for v in judged if v is not Verdict.GO] == verdicts
