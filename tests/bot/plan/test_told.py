"""PRECONDITIONS say what was found of an item, and no more than was found."""

from dataclasses import replace

import pytest

from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.plan import Plan
from bot.domain.release import Release
from bot.messages.telling import line_text
from bot.plan.draft import draft
from bot.policy import judge
from tests.bot.policy.releases import attested, having, ready, without
from tests.world import NOW, facts, observed


def drafted(release: Release) -> Plan:
    return draft(release, facts(), judge(release, facts(), NOW), NOW)


def preconditions(release: Release) -> list[str]:
    return [line_text(x) for x in drafted(release).preconditions]


def test_the_checks_that_passed_and_the_build_that_they_passed_for_are_named() -> None:
    found = preconditions(ready())
    assert "CI: passed: tests, coverage, code analysis, security scan; checked by demo-ci." in found
    assert "Artifact: commit 91fe2c0, digest sha256:aa; checked by demo-artifact." in found
    assert not any(text.startswith("Monitoring: checked") for text in found)


def test_a_build_without_a_digest_says_only_who_looked() -> None:
    assert "Artifact: checked by demo-artifact." in preconditions(replace(ready(), digest=None))


def test_a_check_that_is_absent_is_not_among_those_that_passed() -> None:
    found = preconditions(having(ready(), observed(Kind.CI, NOW, tests="passed")))
    assert "CI: passed: tests; checked by demo-ci." in found
    assert any(text.startswith("CI: UNKNOWN — verify: ") for text in found)


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (
            observed(Kind.MIGRATION, NOW, data_change="expand", dry_run=True, backup=False),
            "Data migration: expand; dry run in staging: yes; backup: no; checked by demo-migration.",
        ),
        (observed(Kind.MIGRATION, NOW, data_change="expand"), "Data migration: checked by demo-migration."),
    ],
)
def test_a_data_change_says_what_was_rehearsed_where_that_is_known(one: Evidence, told: str) -> None:
    assert told in preconditions(having(replace(ready(), data_change="expand"), one))


def test_a_flag_that_a_person_describes_keeps_that_nobody_checked_it() -> None:
    one = attested(Kind.FLAGS, facts={"flags_used": True, "default": "off", "kill_switch": "new-path"})
    (text,) = (t for t in preconditions(having(ready(), one)) if t.startswith("Feature flags"))
    assert text.startswith("Feature flags: default off, kill switch new-path; Kai vouches for it, ")
    assert text.endswith("; no source checked it.")


def test_an_item_of_which_two_rules_want_something_counts_as_one_gap() -> None:
    gone = without(ready(), Kind.MONITORING)
    (counted,) = (x for x in drafted(gone).preconditions if x.code == "plan.gaps")
    assert counted.params["must"] == "1"
    assert counted.params["items"].split(", ")[0] == "monitoring"


def test_a_failed_pipeline_is_never_told_as_passing() -> None:
    failed = observed(Kind.CI, NOW, Standing.FAILED, tests="failed", coverage="passed")
    assert not any(text.startswith("CI: passed") for text in preconditions(having(ready(), failed)))


def test_open_sign_offs_are_counted_where_one_name_would_read_as_enough() -> None:
    risky = replace(ready(), data_change="contract", consents=())
    (row,) = (r for r in drafted(risky).checklist if r.kind is Kind.APPROVALS)
    assert line_text(row.line) == "Sign-offs open: 3, for HIGH risk. PRECONDITIONS name who can give each."
    (one,) = (r for r in drafted(replace(ready(), consents=())).checklist if r.kind is Kind.APPROVALS)
    assert line_text(one.line).startswith("Sign-off open: peer, for LOW risk.")


def test_an_additive_data_change_has_no_point_of_no_return_and_the_way_back_says_so() -> None:
    plain, added = drafted(ready()).rollback, drafted(replace(ready(), data_change="expand")).rollback
    assert plain.no_return is None
    assert added.no_return is not None
    assert line_text(added.no_return).startswith("There is none: the data change (expand) on ")


def test_the_time_to_restore_says_of_which_day_it_is() -> None:
    assert drafted(ready()).rollback.restore.params["date"] == "2026-11-03"
