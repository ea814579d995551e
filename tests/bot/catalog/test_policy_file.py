"""A team's policy may be stricter than the shipped one, never looser; its rubric keeps its sum."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.catalog.lines import parse, read
from bot.catalog.policy_file import policy_of
from bot.catalog.rubric_file import rubric_of
from bot.catalog.trouble import BadCatalogue
from bot.domain.evidence import Kind
from bot.domain.facts import Policy, Rubric, Window
from bot.domain.finding import Level
from bot.domain.recurring import EVERY_DAY, Recurring
from bot.policy.defaults import POLICY

HEAD = 'version: "2"\n'


def policy(text: str) -> Policy:
    return policy_of(parse(HEAD + text, "policy.yaml"))


def rubric(text: str) -> Rubric:
    return rubric_of(parse(text, "rubric.yaml"))


def test_what_a_policy_leaves_out_stays_as_shipped() -> None:
    said = policy("")
    assert said.version == "2"
    assert said.items == POLICY.items
    assert said.freshness == POLICY.freshness


def test_a_policy_may_be_stricter() -> None:
    said = policy(
        "items:\n  security: {level: MUST}\n  third_parties: {level: MUST}\n"
        "freshness: {ci: 90 min, security: 30 d}\n"
        "required_checks: [tests, coverage, code_analysis, security_scan, licences]\n"
        "grace: {T-30: 5 min}\nstart_window: 1 h\ncore_hours: [8, 16]\nholidays: [12-24, 2026-12-31]\nminimum_reason: 30\n"
    )
    levels = {item.kind: (item.level, item.when) for item in said.items}
    assert levels[Kind.SECURITY] == (Level.MUST, "always")
    assert levels[Kind.THIRD_PARTIES] == (Level.MUST, "always")
    assert [item.kind for item in said.items] == [item.kind for item in POLICY.items]
    assert said.freshness[Kind.CI] == timedelta(minutes=90)
    assert said.freshness[Kind.SECURITY] == timedelta(days=30)
    assert said.grace == {"T-30": timedelta(minutes=5)}
    assert (said.start_window, said.core_hours) == (timedelta(hours=1), (8, 16))
    assert said.holidays == ("12-24", "2026-12-31")
    assert said.minimum_reason == 30
    assert said.required_checks[-1] == "licences"


def test_a_tier_may_raise_a_level() -> None:
    said = policy("items: {game_day: {level: OPTIONAL, tiers: {1: MUST, 2: SHOULD}}}\n")
    game_day = next(item for item in said.items if item.kind is Kind.GAME_DAY)
    assert game_day.tiers == {1: Level.MUST, 2: Level.SHOULD}


def test_freezes_come_with_scope_span_and_owner() -> None:
    said = policy(
        "freezes:\n  - {id: year-end, scope: production, from: 2026-12-18T00:00:00Z, to: 2027-01-04T00:00:00+01:00,"
        " reason: year-end closing, owner: lena}\n"
    )
    assert said.freezes == (
        Window(
            "year-end",
            "production",
            datetime(2026, 12, 18, tzinfo=UTC),
            datetime(2027, 1, 3, 23, tzinfo=UTC),
            "year-end closing",
            "lena",
        ),
    )


def test_recurring_freezes_name_days_or_times_of_the_wall_clock() -> None:
    tail = "time_zone: Europe/Berlin, reason: r, owner: lena}\n"
    said = policy(
        f'recurring:\n  - {{id: weekend, scope: "*", from: Fri 16:00, to: Mon 06:00, {tail}'
        f'  - {{id: peak, scope: payments, days: [Mon, friday], from: "11:30", to: "13:30", {tail}'
        f'  - {{id: night, scope: payments, from: "22:00", to: "06:00", {tail}'
        f"  - {{id: week, scope: payments, from: Fri 16:00, to: Fri 06:00, {tail}"
    )
    weekend, peak, night, week = said.recurring
    assert weekend == Recurring("weekend", "*", "Europe/Berlin", time(16), time(6), 3, "r", (4,), "lena")
    assert (peak.weekdays, peak.days, peak.starts) == ((0, 4), 0, time(11, 30))
    assert (night.weekdays, night.days) == (EVERY_DAY, 1)
    assert week.days == 7


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *(
            (f"recurring: [{{id: a, scope: x, {times}, time_zone: Europe/Berlin, reason: r}}]\n", said)
            for times, said in (
                ('from: Fri 16:00, to: "06:00"', "a day in both"),
                ("from: Fri 16:00, to: Mon 06:00, days: [Mon]", "only where"),
                ("from: Foo 16:00, to: Mon 06:00", 'a day such as "Fri"'),
                ("from: Fri 25:00, to: Mon 06:00", 'a time such as "16:00"'),
            )
        ),
        (
            "recurring: [{id: a, scope: x, from: Fri 16:00, to: Mon 06:00, time_zone: Mars/Olympus, reason: r}]\n",
            "an IANA time zone",
        ),
        ("items: {ci: {level: SHOULD}}\n", "line 2, items.ci.level: expected MUST, as shipped"),
        ("items: {rollback: {level: MUST, when: medium}}\n", "items.rollback.level: expected MUST, as shipped"),
        ("items: {rollback: {level: MUST, na_open: true}}\n", "items.rollback.na_open: expected false"),
        ("items: {ci: {level: MUST, tiers: {3: SHOULD}}}\n", "line 2, items.ci.tiers.3: expected MUST: a tier raises"),
        (
            "items: {game_day: {level: SHOULD, tiers: {2: OPTIONAL}}}\n",
            "items.game_day.tiers.2: expected MUST or SHOULD: a tier raises a level, it lowers none",
        ),
        ("items: {roolback: {level: MUST}}\n", "items.roolback: expected one of"),
        ("required_checks: [tests]\n", 'expected "coverage" among the required checks (G2)'),
        ("minimum_reason: 5\n", "expected greater than or equal to 15, found 5"),
        ("grace: {T-31: 5 min}\n", "grace.T-31: expected one of the marks T-30, T-5"),
        ("freshness: {ci: tomorrow}\n", 'expected a duration such as "10 min"'),
        ("freshness: {ci: 24}\n", 'expected a duration such as "10 min"'),
        ("core_hours: [17, 9]\n", "expected two hours of which the first is earlier"),
        ("holidays: [Christmas]\n", "holidays.0"),
        ("minimum_raeson: 20\n", 'no key "minimum_raeson"; did you mean "minimum_reason"?'),
        (
            "freezes: [{id: a, scope: x, from: 2026-12-18T00:00:00, to: 2027-01-04T00:00:00Z, reason: r}]\n",
            "its offset",
        ),
        (
            "freezes: [{id: a, scope: x, from: 2027-12-18T00:00:00Z, to: 2027-01-04T00:00:00Z, reason: r}]\n",
            "expected an end after the start",
        ),
    ],
)
def test_a_policy_that_loosens_a_rule_is_refused_and_the_shipped_one_is_not(text: str, said: str) -> None:
    with pytest.raises(BadCatalogue) as caught:
        policy(text)
    assert said in str(caught.value)
    assert policy("minimum_reason: 15\n").minimum_reason == 15


@pytest.fixture
def shipped(root: Path) -> str:
    return (root / "deploy" / "policy" / "rubric.yaml").read_text()


def test_a_rubric_may_move_points_where_the_sum_stays(shipped: str) -> None:
    moved = shipped.replace("never: 8", "never: 10").replace("many: 8", "many: 6").replace("HIGH: 60", "HIGH: 55")
    said = rubric(moved)
    assert said.factors[0].worst == 10
    assert said.bands == (30, 55, 80)


@pytest.mark.parametrize(
    ("good_part", "bad_part", "said"),
    [
        ("never: 8", "never: 9", "add up to 100, found 101"),
        ("never: 8", "never: 8.5", "expected a whole number, found 8.5"),
        ("never: 8", "nevr: 8", "factors.novelty: expected exactly the answers never, rarely, regularly"),
        ("  novelty:", "  oddness:", "factors: expected exactly the factors novelty, span"),
        ("MEDIUM: 30", "MEDIUM: 70", "bands: expected bands that rise"),
        ("changes:", "change:", 'no key "change"; did you mean "changes"?'),
    ],
)
def test_a_rubric_that_does_not_add_up_is_refused_and_the_shipped_one_is_not(
    shipped: str, good_part: str, bad_part: str, said: str
) -> None:
    with pytest.raises(BadCatalogue) as caught:
        rubric(shipped.replace(good_part, bad_part, 1))
    assert said in str(caught.value)
    assert rubric(shipped).version == "1"


def test_the_words_off_and_none_are_answers(root: Path) -> None:
    data = read(root / "deploy" / "policy" / "rubric.yaml").data
    assert set(data["factors"]["window"]) == {"core", "off", "eve", "freeze"}
    assert "none" in data["factors"]["way_back"]
