"""The first lines of a plan say what the card says: GO only once it was given, a floor as a floor, an emergency as one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.consent import ConsentKind
from bot.domain.emergency import Emergency
from bot.domain.facts import Facts, Neighbour
from bot.domain.plan import OriginKind, Plan
from bot.domain.release import Phase, Release
from bot.messages.telling import line_text
from bot.plan.draft import draft
from bot.policy import judge
from tests.bot.policy.releases import consent, ready
from tests.world import NOW, START, facts

DECLARED = Emergency("INC-77", "Carts answer 500.", "ana", NOW, NOW + timedelta(hours=4))


def drafted(release: Release, around: Facts | None = None) -> Plan:
    base = around or facts()
    return draft(release, base, judge(release, base, NOW), NOW)


def test_go_is_said_only_once_the_decision_maker_gave_it() -> None:
    waiting = drafted(ready())
    assert waiting.summary[0].code == "plan.summary_possible"
    given = drafted(replace(ready(), phase=Phase.CLEARED))
    assert given.summary[0].code == "plan.summary_go"


def test_a_band_that_a_floor_sets_is_not_told_as_if_the_points_made_it() -> None:
    assert "by floor" not in line_text(drafted(ready()).risk_summary)
    final = drafted(replace(ready(), data_change="contract"))
    assert line_text(final.risk_summary).startswith("RISK SUMMARY: HIGH by floor, since data may be lost; ")


def test_an_emergency_stands_in_the_first_lines_until_it_lapses() -> None:
    plan = drafted(replace(ready(), emergency=DECLARED))
    assert [x.code for x in plan.summary][1] == "plan.summary_emergency"
    lapsed = drafted(replace(ready(), emergency=replace(DECLARED, expires_at=NOW)))
    assert "plan.summary_emergency" not in [x.code for x in lapsed.summary]


def test_what_break_glass_waives_names_the_rule_that_it_waives() -> None:
    second = consent(ConsentKind.BREAKGLASS, "lena", "breakglass")
    plan = drafted(replace(ready(), emergency=DECLARED, consents=(second,)))
    told = [line_text(r.line) for r in plan.checklist if r.line.code == "finding.emergency_waived"]
    assert told == ["sign-offs (G26): waived by break-glass for INC-77, amber."]


@pytest.mark.parametrize("phase", [Phase.PLANNED, Phase.CLEARED])
def test_a_release_of_a_neighbour_is_not_told_as_seen_by_the_source_of_incidents(phase: Phase) -> None:
    other = Neighbour("R-9", "ledger", "production", "1", phase, START, "ben", "kai")
    plan = drafted(ready(), facts(neighbours=(other,)))
    told = [x for x in plan.preconditions if x.code == "finding.dependency_release"]
    assert [x.origin.kind for x in told] == [OriginKind.RULE]


def test_what_break_glass_waives_is_said_once_though_it_waives_several_sign_offs() -> None:
    plan = drafted(replace(ready(), emergency=DECLARED, data_change="contract"))
    told = [line_text(x) for x in plan.preconditions]
    assert len(told) == len(set(told))


@pytest.mark.parametrize(
    ("lacks", "verify"),
    [
        (replace(ready(), start_at=None), "verify: name the start"),
        (replace(ready(), version=None), "verify: name the version"),
        (replace(ready(), start_at=None, version=None), "verify: name version and start"),
    ],
)
def test_a_goal_that_is_not_complete_names_only_what_lacks_and_keeps_what_it_is_for(
    lacks: Release, verify: str
) -> None:
    told = line_text(drafted(replace(lacks, summary="Retries for cards")).goal)
    assert told.endswith(verify)
    assert "Retries for cards" in told
    assert "Carts answer 500." in line_text(drafted(replace(lacks, summary="", emergency=DECLARED)).goal)
