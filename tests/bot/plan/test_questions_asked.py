"""Which question is asked, and that there is never one too many (Q1-Q6)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.evidence import Kind, Standing
from bot.domain.facts import Facts
from bot.domain.release import CORE_BUDGET, QUESTION_BUDGET, Question, Release
from bot.plan.gaps import next_question
from bot.plan.questions import DONT_KNOW, SLOTS, slot_of
from bot.policy import judge
from bot.policy.defaults import RUBRIC
from tests.bot.policy.releases import BLANK, having, nothing_known, ready, serviced, without
from tests.world import NOW, START, drilled_rollback, facts, good_observations, observed


def asked(release: Release, around: Facts | None = None) -> Question | None:
    base = around or facts()
    return next_question(release, base, judge(release, base, NOW), NOW)


def slot(release: Release, around: Facts | None = None) -> str | None:
    question = asked(release, around)
    return question.slot if question else None


def answered(release: Release, how: str = "given") -> Release:
    """The open question of the release ended that way."""
    last = replace(release.questions[-1], answer=how, answered_by="ana")
    return replace(release, questions=(*release.questions[:-1], last))


def conversation(release: Release, around: Facts, how: str = DONT_KNOW) -> Iterator[Question]:
    """All questions that are asked where each is answered like that."""
    while (question := asked(release, around)) is not None:
        yield question
        release = answered(replace(release, questions=(*release.questions, question)), how)


def test_a_release_to_which_nothing_is_missing_is_asked_nothing() -> None:
    assert asked(replace(ready(), consents=())) is None


def test_the_version_comes_first_since_the_sources_need_it() -> None:
    question = asked(replace(BLANK, strategy="canary", rollback_owner="kai"))
    assert question is not None
    assert (question.slot, question.because) == ("version", "version_unlocks")


def test_the_largest_swing_of_the_score_comes_first() -> None:
    release = replace(without(ready(), Kind.ROLLBACK), data_change=None)
    models = observed(Kind.MIGRATION, NOW, Standing.MISSING, models_changed=True)
    question = asked(having(release, models))
    assert question is not None
    assert (question.slot, question.because, question.core) == ("migration", "models_changed", True)
    assert question.choices == ("no_data_change", "tested", "not_tested", DONT_KNOW)
    assert slot(replace(having(release, models), data_change="none")) == "rollback"


def test_an_old_drill_is_asked_for_with_its_date() -> None:
    question = asked(having(ready(), replace(drilled_rollback(NOW), stale_after=NOW)))
    assert question is not None
    assert (question.because, question.params["date"]) == ("rollback_old", "2026-11-03")


def test_must_comes_before_should_and_a_low_release_is_asked_no_should() -> None:
    assert slot(without(ready(), Kind.ROLLBACK)) == "rollback"
    assert slot(ready()) is None
    risky = serviced(facts(), novelty="never", span="many")
    assert slot(ready(), risky) in {"security", "customer_notice"}


def test_what_a_source_will_answer_is_not_asked() -> None:
    release = replace(without(ready(), Kind.MIGRATION), data_change=None)
    assert slot(release) == "migration"
    assert slot(replace(release, gathers=("R-142:gather:scm:plan:1",))) is None


def test_what_only_a_source_can_tell_is_not_asked() -> None:
    assert slot(without(ready(), Kind.CI, Kind.ROLLBACK_TARGET)) is None
    alone = serviced(facts(), sources={})
    assert slot(without(ready(), Kind.CI), alone) == "ci"


def test_what_was_asked_before_or_of_somebody_else_is_not_asked_again() -> None:
    release = without(ready(), Kind.ROLLBACK)
    first = asked(release)
    assert first is not None
    assert asked(replace(release, questions=(first,))) is None
    assert asked(answered(replace(release, questions=(first,)))) is None
    assert asked(replace(release, asked_of=(("rollback", "kai"),))) is None


def test_who_does_is_asked_where_the_catalogue_names_nobody() -> None:
    release = replace(without(ready(), Kind.ROLLBACK))
    nobody = serviced(facts(), suppliers={})
    first = asked(release, nobody)
    assert first is not None
    after = answered(replace(release, questions=(first,)), DONT_KNOW)
    question = asked(after, nobody)
    assert question is not None
    assert (question.slot, question.code, question.core) == ("who:rollback", "who", True)
    assert question.choices[-1] == DONT_KNOW
    assert "ana" not in question.choices
    assert asked(replace(after, asked_of=(("rollback", "kai"),)), nobody) is None


def test_consents_are_never_asked_for() -> None:
    release = having(replace(ready(), consents=()), observed(Kind.CI, NOW, tests="passed"))
    assert all(q.slot != "qa" for q in conversation(release, facts()))


def test_the_rollback_owner_is_offered_by_name() -> None:
    question = asked(replace(ready(), rollback_owner=None), facts())
    assert question is not None
    assert question.slot == "rollback_owner"
    assert question.choices[0] == "kai"
    assert len(question.choices) <= 4


@given(
    st.sets(st.sampled_from([e.kind for e in good_observations(NOW)] + [Kind.ROLLBACK])),
    st.sampled_from([facts(), nothing_known(facts())]),
    st.sampled_from(["given", DONT_KNOW, "vague", "moot"]),
    st.sampled_from([None, "2.4.1"]),
    st.sampled_from([None, START]),
)
def test_no_conversation_has_a_fourth_question_or_a_third_about_core_artifacts(
    gone: set[Kind], known: Facts, how: str, version: str | None, start: datetime | None
) -> None:
    release = replace(without(ready(), *gone), version=version, start_at=start if version else None, data_change=None)
    questions = list(conversation(release, known, how))
    assert len(questions) <= QUESTION_BUDGET
    assert sum(q.core for q in questions) <= CORE_BUDGET
    assert len({q.slot for q in questions}) == len(questions)
    assert [q.number for q in questions] == list(range(1, len(questions) + 1))


def test_nothing_known_asks_three_questions_at_most_two_of_them_core() -> None:
    questions = list(conversation(BLANK, nothing_known(facts()), "given"))
    assert len(questions) == QUESTION_BUDGET
    assert sum(q.core for q in questions) == CORE_BUDGET


def test_each_slot_is_of_the_one_table() -> None:
    assert all(name == s.code for name, s in SLOTS.items())
    who = slot_of("who:ci")
    assert who is not None
    assert (who.kind, who.core) == (Kind.CI, True)
    assert slot_of("who:nothing") is None


def test_a_service_without_anybody_offers_nobody() -> None:
    bare = serviced(nothing_known(facts()), team=(), suppliers={})
    thresholds = serviced(
        bare, outage_visible=False, uses_flags=False, criticality="critical", novelty="never", span="one"
    )
    release = replace(ready(), rollback_owner=None, data_change="none")
    offered = [q for q in conversation(release, thresholds) if q.slot == "rollback_owner"]
    assert all(q.choices == (DONT_KNOW,) for q in offered)


def test_of_what_weighs_the_same_the_version_is_asked_first_since_it_unlocks_the_sources() -> None:
    weightless = facts(rubric=replace(RUBRIC, factors=(), must_missing=0, should_missing=0, stale_or_missing=0))
    blank = replace(ready(), version=None, start_at=None, window_start=None, evidence=())
    assert slot(blank, weightless) == "version"
    assert slot(replace(blank, version="2.4.1"), weightless) == "start_at"
