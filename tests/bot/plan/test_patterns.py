"""What keeps being open in the first verdicts of a service is told in its next plan (P7)."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import commands as c
from bot.domain.evidence import Kind
from bot.domain.facts import Facts
from bot.domain.plan import Plan
from bot.domain.release import Release
from bot.domain.service import Outcome
from bot.messages.cards.index import render
from bot.messages.telling import line_text
from bot.messages.view import View
from bot.plan.draft import draft
from bot.plan.patterns import LAST, PRESSING, RECURS, open_items, patterns
from bot.policy import judge
from tests.bot.policy.releases import ready, serviced, without
from tests.driver import Driver
from tests.golden.plain import visible
from tests.world import HOME, NOW, actor, facts

DAYS = (datetime(2026, 9, 2, tzinfo=UTC), datetime(2026, 9, 16, tzinfo=UTC), datetime(2026, 10, 7, tzinfo=UTC),
        datetime(2026, 10, 21, tzinfo=UTC), datetime(2026, 11, 4, tzinfo=UTC), datetime(2026, 11, 18, tzinfo=UTC))  # fmt: skip


def after(*gaps: tuple[str, ...], lessons: tuple[str, ...] = ()) -> Facts:
    """The facts after releases with those gaps, oldest first."""
    told = (*lessons, *("" for _ in gaps))
    outcomes = tuple(
        Outcome(f"R-{n}", f"2.{n}", DAYS[n], "success", lesson=told[n], gaps=found) for n, found in enumerate(gaps)
    )
    return replace(serviced(facts(), history=()), history=outcomes[::-1])


def plan_of(release: Release, around: Facts) -> Plan:
    return draft(release, around, judge(release, around, NOW), NOW)


def first_card(release: Release, around: Facts) -> str:
    return visible(render("living", View(release, around, judge(release, around, NOW), NOW, HOME)))


def test_a_gap_that_recurs_stands_with_counts_and_dates_in_lessons_and_self_check() -> None:
    around = after(("rollback",), (), ("rollback", "capacity"), (), ("rollback",), lessons=("Warm the cache.",))
    plan = plan_of(ready(), around)
    said = [line_text(line) for line in plan.lessons]
    assert said[0] == "R-0: Warm the cache."
    assert said[1:] == [
        "Recurring: tested rollback missing in 3 of the last 5 releases: 2026-11-04, 2026-10-07, 2026-09-02."
    ]
    checked = [line_text(line) for line in plan.self_check.assumptions if line.code == "assume.pattern"]
    assert len(checked) == 1
    assert "rollback is there this time, though it was missing in 3 of the last 5 releases (2026-11-04" in checked[0]


def test_from_three_on_the_first_card_says_it_and_below_it_does_not() -> None:
    thrice = after(("rollback",), ("rollback",), ("rollback",))
    assert "Pattern: tested rollback missing in 3 of the last 3 releases: 2026-10-07" in first_card(ready(), thrice)
    twice = after(("rollback",), ("rollback",), ())
    assert "Pattern" not in first_card(ready(), twice)
    assert any(line.code == "plan.pattern" for line in plan_of(ready(), twice).lessons)


def test_what_happened_once_or_before_the_last_five_is_no_pattern() -> None:
    assert patterns(after(("rollback",), ("capacity",))) == ()
    assert patterns(after(("rollback",), ("rollback",), (), (), (), ())) == ()
    assert not any(line.code == "plan.pattern" for line in plan_of(ready(), facts()).lessons)


@given(st.lists(st.sets(st.sampled_from(["ci", "rollback", "capacity"])).map(lambda s: tuple(sorted(s))), max_size=6))
def test_each_count_is_that_of_the_last_five(gaps: list[tuple[str, ...]]) -> None:
    last = gaps[::-1][:LAST]
    counts = {k: sum(k.value in one for one in last) for k in (Kind.CI, Kind.ROLLBACK, Kind.CAPACITY)}
    found = patterns(after(*gaps))
    assert {p.kind: p.count for p in found} == {k: n for k, n in counts.items() if n >= RECURS}
    assert all(p.of == len(last) and p.count == len(p.params["dates"].split(", ")) for p in found)
    assert [p.count for p in found] == sorted((p.count for p in found), reverse=True)
    assert PRESSING > RECURS


def test_the_first_verdict_keeps_what_was_open_in_it_and_later_evidence_does_not_change_that() -> None:
    driver = Driver().plan().sources()
    while driver.state.open_question is not None:
        driver.answer(how="dont_know")
    assert "rollback" in driver.state.first_gaps
    judged = driver.state.judgement
    assert judged is not None
    assert driver.state.first_gaps == open_items(judged)
    kept = driver.state.first_gaps
    driver.do(c.Amend(actor("ana"), "steps", "10,50,100"))
    driver.do(c.DeclareNotApplicable(actor("ana"), Kind.FLAGS, "No flag is part of this change."))
    assert driver.state.first_gaps == kept


def test_items_that_only_consents_close_are_no_gap() -> None:
    release = replace(without(ready(), Kind.CHANGE), consents=())
    assert [k for k in open_items(judge(release, facts(), NOW)) if k in {"change", "approvals"}] == ["change"]
