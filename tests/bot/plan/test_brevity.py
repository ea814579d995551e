"""A plan says a thing once, in as few words as carry it: long lists, limits that nobody set, who signed."""

from dataclasses import replace

from bot.domain.consent import ConsentKind
from bot.domain.evidence import Kind
from bot.domain.facts import Facts
from bot.domain.plan import Plan
from bot.domain.release import Release
from bot.messages.words import say
from bot.plan.confidence import shortened
from bot.plan.draft import draft
from bot.policy import judge
from tests.bot.policy.releases import BLANK, nothing_known, ready
from tests.world import NOW, facts


def drafted(release: Release, around: Facts) -> Plan:
    return draft(release, around, judge(release, around, NOW), NOW)


def test_a_long_list_of_gaps_is_named_in_full_once_and_counted_elsewhere() -> None:
    plan = drafted(BLANK, nothing_known(facts()))
    whole = next(line for line in plan.preconditions if line.code == "plan.gaps")
    open_musts = set(whole.params["items"].split(", "))
    for line in (plan.summary[0], plan.confidence.justification):
        assert line.code.endswith("_many")
        assert len(line.params["items"].split(", ")) == 4
        assert set(line.params["items"].split(", ")) < open_musts
        assert f"{line.params['more']} more" in say(line.code, line.params)
    assert int(plan.summary[0].params["count"]) == 4 + int(plan.summary[0].params["more"])


def test_a_list_that_is_hardly_longer_is_named_in_full() -> None:
    assert shortened("x", "abcde") == ("x", {"items": "a, b, c, d, e"})
    assert shortened("x", "abcdef") == ("x_many", {"items": "a, b, c, d", "more": "2"})
    assert shortened("x", "aab") == ("x", {"items": "a, b"})


def test_limits_that_nobody_set_are_one_stop_condition_with_one_way_to_find_them() -> None:
    around = facts()
    assert around.service is not None
    bare = replace(around, service=replace(around.service, thresholds=()))
    unset = [line for line in drafted(ready(), bare).stop_conditions if line.code == "stop.unset"]
    assert [line.params["metrics"] for line in unset] == ["error rate, p95 latency, p99 latency, resource use"]


def test_the_row_of_the_sign_offs_says_who_signed_before_what_the_team_accepted() -> None:
    release = ready()
    row = next(row for row in drafted(release, facts()).checklist if row.kind is Kind.APPROVALS)
    signed = [c for c in release.consents if c.kind is ConsentKind.SIGN_OFF]
    assert row.line.code == ("finding.signed_off" if signed else "finding.sign_off_open")
