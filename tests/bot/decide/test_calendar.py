"""Who may freeze what, and until when; every refusal goes on to a freeze (G11)."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.decide.calendar import decide_calendar
from bot.decide.result import Decided, Refused
from bot.domain.command import Command
from bot.domain.commands import Hold
from bot.domain.commands.calendar import DeclareFreeze, EndFreeze
from bot.domain.events.calendar import FreezeDeclared, FreezeEnded, fold_calendar
from bot.domain.facts import Facts, Neighbour, Window
from bot.domain.finding import Result, Verdict
from bot.domain.people import Role, Roster
from bot.domain.recurring import Recurring
from bot.policy import judge
from bot.policy.calendar import judged_anew, may_freeze
from tests.driver import Driver
from tests.world import NOW, START, actor, facts, service

WHY = "stock taking in every warehouse"
FREEZE = DeclareFreeze(actor("lena"), "payments", NOW + timedelta(hours=1), NOW + timedelta(hours=9), WHY)


def decided(command: Command, known: Facts | None = None, fresh: str = "F-1") -> Window | None:
    answer = decide_calendar(command, known or facts(), NOW, fresh)
    assert isinstance(answer, Decided), answer
    return fold_calendar(answer.events)[0] if isinstance(answer.events[0], FreezeDeclared) else None


def refused(command: Command, known: Facts | None = None) -> str:
    answer = decide_calendar(command, known or facts(), NOW, "F-1")
    assert isinstance(answer, Refused), answer
    return answer.code


def test_a_freeze_keeps_who_gave_it_whose_it_is_and_why() -> None:
    window = decided(replace(FREEZE, owner="mia"))
    assert window == Window("F-1", "payments", FREEZE.starts_at, FREEZE.ends_at, WHY, "mia", by="lena")
    own = decided(FREEZE)
    assert own is not None
    assert own.owner == "lena"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"actor": actor("kai")}, "not_freezer"),
        ({"actor": actor("sam")}, "not_freezer"),
        ({"actor": actor("release-bot")}, "not_freezer"),
        ({"actor": actor("visitor")}, "guest"),
        ({"actor": actor("nobody")}, "not_in_roster"),
        ({"scope": "paymnets"}, "scope_unknown"),
        ({"ends_at": FREEZE.starts_at}, "freeze_backwards"),
        ({"starts_at": NOW - timedelta(hours=2), "ends_at": NOW - timedelta(hours=1)}, "freeze_past"),
        ({"ends_at": NOW + timedelta(days=500)}, "freeze_long"),
        ({"owner": "nobody"}, "person_unknown"),
        ({"owner": "release-bot"}, "person_unknown"),
        ({"reason": "ok"}, "reason_short"),
        ({"reason": "ok ok ok ok ok ok ok"}, "reason_boilerplate"),
    ],
)
def test_what_is_not_right_is_refused_and_the_right_one_is_not(change: dict[str, object], code: str) -> None:
    assert refused(replace(FREEZE, **change)) == code  # type: ignore[arg-type]  # the cases name fields of the command
    assert decided(FREEZE)


@pytest.mark.parametrize("scope", ["payments", "production", "staging", "*"])
@pytest.mark.parametrize("who", ["lena", "mia", "ana"])
def test_service_owner_decision_maker_and_lead_may_freeze_also_wider_scopes(scope: str, who: str) -> None:
    assert decided(replace(FREEZE, scope=scope, actor=actor(who)))


def test_only_those_of_the_scope_may_freeze_it() -> None:
    other = replace(service("search"), roles={Role.SERVICE_OWNER: ("kai",)}, deputies={})
    known = facts(services={"payments": service(), "search": other})
    assert may_freeze("search", known) == ("kai",)
    assert refused(replace(FREEZE, scope="search"), known) == "not_freezer"
    assert decided(replace(FREEZE, scope="search", actor=actor("kai")), known)


def test_the_same_freeze_twice_is_one() -> None:
    window = decided(FREEZE)
    assert window is not None
    known = facts(calendar=(window,))
    assert refused(FREEZE, known) == "freeze_same"
    assert decided(replace(FREEZE, ends_at=FREEZE.ends_at + timedelta(hours=1)), known, "F-2")


def test_a_freeze_is_ended_by_its_owner_or_who_gave_it_and_by_nobody_else() -> None:
    window = decided(replace(FREEZE, owner="mia"))
    assert window is not None
    known = facts(calendar=(window,))
    assert refused(EndFreeze(actor("ana"), "F-1", "stock taking is over"), known) == "not_freeze_owner"
    assert refused(EndFreeze(actor("mia"), "F-1", "over"), known) == "reason_short"
    assert refused(EndFreeze(actor("mia"), "F-9", "stock taking is over"), known) == "freeze_unknown"
    for who in ("mia", "lena"):
        answer = decide_calendar(EndFreeze(actor(who), "f-1", "stock taking is over"), known, NOW, "")
        assert isinstance(answer, Decided)
        assert fold_calendar(answer.events, known.calendar) == ()


def test_where_the_owner_has_left_whoever_might_give_it_ends_it() -> None:
    window = decided(FREEZE)
    assert window is not None
    people = {k: v for k, v in facts().roster.people.items() if k != "lena"}
    known = facts(calendar=(window,), roster=Roster(people))
    assert refused(EndFreeze(actor("kai"), "F-1", "stock taking is over"), known) == "not_freeze_owner"
    answer = decide_calendar(EndFreeze(actor("mia"), "F-1", "stock taking is over"), known, NOW, "")
    assert isinstance(answer, Decided)
    assert isinstance(answer.events[0], FreezeEnded)


def test_what_stands_in_the_policy_or_is_over_is_not_ended_here() -> None:
    again = Recurring("weekend", "*", "Europe/Berlin", time(16), time(6), 3, "r", (4,))
    over = Window("F-3", "*", NOW - timedelta(hours=3), NOW - timedelta(hours=1), WHY, "lena", by="lena")
    known = facts(calendar=(over,), policy=replace(facts().policy, recurring=(again,)))
    for written in ("weekend", "weekend@2026-11-27"):
        assert refused(EndFreeze(actor("lena"), written, "stock taking is over"), known) == "freeze_of_policy"
    assert refused(EndFreeze(actor("lena"), "F-3", "stock taking is over"), known) == "freeze_over"
    with pytest.raises(TypeError):
        decide_calendar(Hold(actor("lena"), ""), known, NOW, "")


def test_go_is_lost_under_a_freeze_and_comes_back_when_it_ends() -> None:
    driver = Driver().cleared()
    window = Window("F-1", "production", START, START + timedelta(hours=1), WHY, "mia", by="mia")
    assert judge(driver.state, driver.facts, driver.now).verdict is Verdict.GO
    frozen = judge(driver.state, facts(calendar=(window,)), driver.now)
    assert frozen.verdict is Verdict.NO_GO
    assert [f.code for f in frozen.findings if f.result is Result.BLOCKED] == ["freeze"]
    assert judge(driver.state, facts(calendar=()), driver.now).verdict is Verdict.GO


def test_a_recurring_freeze_blocks_each_time_and_lets_the_day_before_through() -> None:
    driver = Driver().cleared()
    daily = Recurring("peak", "payments", "Europe/Berlin", time(14, 30), time(16), 0, "daily peak", owner="mia")
    known = facts(policy=replace(facts().policy, recurring=(daily,)))
    assert judge(driver.state, known, driver.now).verdict is Verdict.NO_GO
    other = replace(daily, weekdays=(4,))
    assert (
        judge(driver.state, facts(policy=replace(facts().policy, recurring=(other,))), driver.now).verdict is Verdict.GO
    )
    ledger = replace(daily, scope="ledger")
    beside = judge(driver.state, facts(policy=replace(facts().policy, recurring=(ledger,))), driver.now)
    assert [f.code for f in beside.findings if f.result is Result.BLOCKED] == ["dependency_freeze"]


def test_only_releases_that_it_is_about_are_judged_again() -> None:
    day = datetime(2026, 12, 1, 12, tzinfo=UTC)
    window = Window("F-1", "ledger", day, day + timedelta(hours=2), WHY)

    def near(**changes: object) -> tuple[str, ...]:
        base = Driver().ready().state
        one = Neighbour("R-1", "payments", "production", "1", base.phase, day, "ana", "kai")
        return judged_anew(replace(window, **changes), (one,), facts().services)  # type: ignore[arg-type]  # names fields

    assert near() == ("R-1",)
    assert near(scope="*") == near(scope="production") == near(scope="payments") == ("R-1",)
    assert near(scope="staging") == ()
    assert near(starts_at=day + timedelta(hours=1)) == ()


def test_another_account_that_may_be_the_same_person_has_no_right_of_theirs() -> None:
    known = facts()
    people = dict(known.roster.people)
    people["lena"] = replace(people["lena"], email="lena@acme.example")
    people["lena2"] = replace(people["lena"], id="lena2", name="Lena (old account)")
    known = replace(known, roster=Roster(people))
    assert refused(replace(FREEZE, actor=replace(actor("lena"), person="lena2")), known) == "not_freezer"
    assert decided(FREEZE, known) is not None
