"""What is no answer is refused and the question stays; what is one is taken, counted, and closes what it answers (Q1-Q7)."""

from dataclasses import replace
from datetime import timedelta

from bot.decide.result import Decided, Refused
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.people import SYSTEM
from bot.domain.release import CORE_BUDGET, Phase, Question
from tests.bot.decide.test_exception_of_a_test import ask
from tests.bot.policy.releases import serviced
from tests.driver import Driver
from tests.world import HOME, START, actor, drilled_rollback, facts, good_observations, observed

NOBODY_NAMED = serviced(facts(), suppliers={})


def open_question(d: Driver) -> Question:
    """The question that waits."""
    question = d.state.open_question
    assert question is not None
    return question


def asked(d: Driver, slot: str) -> Driver:
    """The same; that is what is asked."""
    assert open_question(d).slot == slot
    return d


def until(d: Driver, slot: str) -> Driver:
    """The same, answered so far that this is asked."""
    while open_question(d).slot != slot:
        d.answer(drilled_rollback(d.now), data_change="none")
    return d


def without(*kinds: Kind) -> Driver:
    """Planned and looked up; the sources said nothing of these items."""
    d = Driver().plan()
    return d.sources(*(x for x in good_observations(d.now) if x.kind not in kinds))


def reply(d: Driver, how: str, **more: object) -> c.AnswerQuestion:
    """An answer to the open question."""
    base = c.AnswerQuestion(actor("ana"), open_question(d).number, how, "as said")
    return replace(base, **more)  # type: ignore[arg-type]  # the tests name fields of the command


def test_a_service_that_is_unknown_is_named_in_the_refusal_and_a_known_one_is_planned() -> None:
    nowhere = Driver(facts=replace(facts(), service=None))
    nowhere.plan()
    emergency = c.DeclareEmergency(actor("ana"), "R-1", "paymnts", "2.4.1", HOME, "INC-204", "checkout is down for all")
    assert isinstance(nowhere.last, Refused)
    assert (nowhere.last.code, nowhere.last.params) == ("service_unknown", {"service": "payments"})
    refused = nowhere.do(emergency)
    assert isinstance(refused, Refused)
    assert (refused.code, refused.params) == ("service_unknown", {"service": "paymnts"})
    assert Driver().plan().phase() is Phase.PLANNING
    assert isinstance(Driver().do(replace(emergency, service="payments")), Decided)


def test_a_release_whose_service_left_the_catalogue_takes_no_commands_until_it_is_back() -> None:
    d = Driver().ready()
    known, d.facts = d.facts, replace(d.facts, service=None)
    refused = d.do(c.Hold(actor("kai"), ""))
    assert isinstance(refused, Refused)
    assert (refused.code, refused.params) == ("service_unknown", {"service": "payments"})
    d.facts = known
    assert d.refused(c.Hold(actor("kai"), "")) == ""


def test_a_start_that_is_past_is_no_plan_and_no_answer_and_one_to_come_is() -> None:
    d = Driver()
    past = c.StartPlan(actor("ana"), "R-1", "payments", HOME, version="2.4.1", start_at=d.now, local_time="13:00")
    assert d.refused(past) == "time_past"
    assert d.release is None
    until(d.plan(start_at=None).sources(), "start_at")
    assert d.refused(reply(d, "given", start_at=d.now, local_time="13:00")) == "time_past"
    assert d.refused(reply(d, "given", start_at=d.now + timedelta(minutes=1), local_time="13:01")) == ""
    assert d.state.start_at == d.now + timedelta(minutes=1)


def test_a_rollback_owner_is_somebody_of_the_roster() -> None:
    d = Driver(facts=serviced(facts(), rollback_owner=None)).plan().sources()
    until(d, "rollback_owner")
    assert d.refused(reply(d, "given", details={"rollback_owner": "nobody"})) == "person_unknown"
    assert d.refused(reply(d, "given", details={})) == "person_unknown"
    assert d.state.rollback_owner is None
    assert d.refused(reply(d, "given", details={"rollback_owner": "kai"})) == ""
    assert d.state.rollback_owner == "kai"


def test_who_does_is_answered_with_a_person_of_the_roster_who_is_then_asked() -> None:
    d = asked(Driver(facts=NOBODY_NAMED).plan().sources(), "rollback")
    d.answer(how="dont_know")
    asked(d, "who:rollback")
    assert d.refused(reply(d, "person", person="nobody")) == "person_unknown"
    assert d.refused(reply(d, "person")) == "person_unknown"
    assert d.refused(reply(d, "person", person="ben")) == ""
    assert d.state.asked_of == (("rollback", "ben"),)
    assert d.state.questions[-1].answer == "given"


def test_a_late_answer_is_told_who_answered_and_changes_nothing() -> None:
    d = asked(Driver().plan().sources(), "rollback")
    late = reply(d, "dont_know")
    d.answer(drilled_rollback(d.now), who="ben")
    before = d.state
    refused = d.do(late)
    assert isinstance(refused, Refused)
    assert (refused.code, refused.params["by"]) == ("question_closed", "Ben")
    assert d.state == before


def test_the_second_core_question_is_the_last_also_where_nobody_is_named_or_the_claim_is_vague() -> None:
    """Q2, Q7: *who does?* and the follow-up to a vague claim count as well; where the two are spent the gap is listed."""
    for how in ("dont_know", "vague"):
        d = Driver(facts=NOBODY_NAMED).plan()
        quiet = (x for x in good_observations(d.now) if x.kind is not Kind.MIGRATION)
        asked(d.sources(*quiet), "migration")
        d.answer(data_change="none")
        asked(d, "rollback")
        last = d.do(reply(d, how, text="should be ok"))
        assert isinstance(last, Decided)
        assert last.code == {"dont_know": "answer_unknown", "vague": "vague_listed"}[how]
        assert sum(q.core for q in d.state.questions) == CORE_BUDGET
        assert d.phase() is Phase.PLANNED
        assert d.state.judgement
        assert [f for f in d.state.judgement.findings if f.subject == "rollback" and f.open]


def test_a_vague_answer_is_asked_for_its_measure_and_the_measure_is_taken() -> None:
    d = asked(Driver().plan().sources(), "rollback")
    vague = d.do(reply(d, "vague", text="works on my machine"))
    assert isinstance(vague, Decided)
    assert (vague.code, open_question(d).code, open_question(d).params["phrase"]) == (
        "vague_asked",
        "measure",
        "works on my machine",
    )
    d.answer(drilled_rollback(d.now))
    assert (d.phase(), len(d.state.questions)) == (Phase.PLANNED, 2)


def test_the_sources_are_asked_as_soon_as_the_version_is_answered() -> None:
    d = until(Driver().plan(version=None).sources(), "version")
    before = len(d.events)
    d.do(reply(d, "given", details={"version": "2.4.1"}))
    keys = [key for x in d.events[before:] if isinstance(x, e.SourcesAsked) for key in x.gathers]
    assert {"R-1:gather:ci:plan:2", "R-1:gather:registry:plan:2"} <= set(keys)
    assert d.state.version == "2.4.1"


def test_what_is_asked_and_then_supplied_by_somebody_else_is_over_and_stays_counted() -> None:
    d = asked(Driver().plan().sources(), "rollback")
    d.do(c.AddEvidence(actor("kai"), drilled_rollback(d.now)))
    assert [(q.slot, q.answer, q.answered_by) for q in d.state.questions] == [("rollback", "moot", "t-minus")]
    assert d.phase() is Phase.PLANNED
    d = asked(without(Kind.MIGRATION), "migration")
    d.do(c.AddEvidence(actor("kai"), drilled_rollback(d.now)))
    asked(d, "migration")
    d.do(c.RecordObservations(SYSTEM, "g", "demo", good_observations(d.now)))
    assert d.state.questions[0].answer == "moot"
    assert d.state.data_change == "none"


def test_what_is_asked_and_then_declared_away_is_over_and_the_next_is_asked() -> None:
    d = asked(without(Kind.MIGRATION), "migration")
    d.do(c.DeclareNotApplicable(actor("ana"), Kind.MIGRATION, "no table is touched by this change"))
    assert d.state.questions[0].answer == "moot"
    asked(d, "rollback")
    d.answer(drilled_rollback(d.now))
    assert d.phase() is Phase.PLANNED


def test_a_vague_claim_and_what_nobody_can_vouch_for_are_no_evidence() -> None:
    d = Driver().ready()
    before = d.state
    claim = c.AddEvidence(actor("kai"), drilled_rollback(d.now), vague="should be ok")
    assert d.refused(claim) == "vague"
    window = Evidence(Kind.WINDOW, Standing.ATTESTED, "person", "kai", d.now, url="https://wiki.acme.example/free")
    assert d.refused(c.AddEvidence(actor("kai"), window)) == "not_attestable"
    assert d.state == before
    assert d.refused(replace(claim, vague="")) == ""


def test_evidence_of_a_migration_says_what_changes_in_the_data_too() -> None:
    d = Driver().ready()
    assert d.state.data_change == "none"
    tried = Evidence(Kind.MIGRATION, Standing.ATTESTED, "person", "ben", d.now, url="https://ci.acme.example/dry-run")
    d.do(c.AddEvidence(actor("ben"), tried, data_change="contract"))
    assert d.state.data_change == "contract"


def test_a_source_that_names_no_class_of_data_change_leaves_it_open() -> None:
    d = without(Kind.MIGRATION)
    d.do(c.RecordObservations(SYSTEM, "g", "demo", (observed(Kind.MIGRATION, d.now, dry_run=True),)))
    assert d.state.data_change is None
    d.do(c.RecordObservations(SYSTEM, "g", "demo", (observed(Kind.MIGRATION, d.now, data_change="expand"),)))
    assert d.state.data_change == "expand"


def test_who_is_asked_for_the_open_consents_is_named_and_where_none_is_open_it_says_so() -> None:
    d = Driver().ready()
    sent = d.do(c.RequestSignOffs(actor("ana")))
    assert isinstance(sent, Decided)
    assert (sent.code, sent.params["who"]) == ("sign_offs_requested", "Kai, Lena, Mia")
    (event,) = [x for x in sent.events if isinstance(x, e.ApprovalsRequested)]
    assert (event.wanted, event.of) == (("sign_off:peer",), ("kai", "lena", "mia"))
    cleared = Driver().cleared()
    assert cleared.refused(c.RequestSignOffs(actor("ana"))) == "nothing_to_approve"
    assert cleared.refused(c.Approve(actor("mia"), "there is a risk to be taken", subject="migration")) == (
        "nothing_to_approve"
    )


def test_a_failed_check_is_excepted_only_for_a_build_that_is_known() -> None:
    checks = {"tests": "passed", "coverage": "failed", "code_analysis": "passed", "security_scan": "passed"}
    seen = [x for x in good_observations(START) if x.kind not in {Kind.CI, Kind.ARTIFACT}]
    d = Driver().plan()
    d.sources(*seen, observed(Kind.CI, d.now, Standing.FAILED, **checks)).answer_all()
    assert d.refused(ask()) == "exception_no_build"
    d.do(c.RecordObservations(SYSTEM, "g", "demo", (observed(Kind.ARTIFACT, d.now, commit="91fe2c0"),)))
    assert d.refused(ask()) == ""


def test_planning_goes_on_while_the_service_is_out_of_the_catalogue() -> None:
    """A file with a mistake, a service that was renamed: *who does?* then has no names to offer, and planning no trouble."""
    d = Driver(facts=NOBODY_NAMED).plan()
    d.do(c.AskNext(SYSTEM))
    until(d, "rollback")
    d.answer(how="dont_know")
    assert d.state.open_question is None, "the sources are still to answer"
    d.facts = replace(d.facts, service=None)
    d.do(c.AskNext(SYSTEM))
    assert (open_question(d).slot, open_question(d).choices) == ("who:rollback", ("dont_know",))
    d.facts = NOBODY_NAMED
    assert d.refused(reply(d, "person", person="ben")) == ""
