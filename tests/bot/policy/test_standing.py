"""How far each item is trusted, out of all that was seen and said about it (G12, G24, G25)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.evidence import Kind, Standing
from bot.domain.facts import Facts
from bot.domain.release import Release
from bot.domain.service import StandingEvidence
from bot.policy.standing import NEVER_NA, data_change, flags_used, sights
from tests.bot.policy.releases import attested, having, ready, serviced, without
from tests.world import NOW, drilled_rollback, facts, observed


def standing(release: Release, kind: Kind, around: Facts | None = None) -> Standing:
    return sights(release, around or facts(), NOW)[kind].standing


def test_no_data_is_missing() -> None:
    assert standing(without(ready(), Kind.CI), Kind.CI) is Standing.MISSING
    assert standing(ready(), Kind.CI) is Standing.VERIFIED


def test_failed_from_any_source_wins_over_what_another_verified() -> None:
    failed = replace(observed(Kind.CI, NOW, Standing.FAILED), source="second-ci")
    assert standing(having(ready(), observed(Kind.CI, NOW), failed), Kind.CI) is Standing.FAILED


def test_verified_wins_over_attested_and_the_newest_of_equals_decides() -> None:
    older = attested(Kind.CHANGE, by="ben", at=NOW - timedelta(hours=2))
    newer = attested(Kind.CHANGE, by="mia", at=NOW - timedelta(hours=1), source="mail")
    seen = sights(having(ready(), newer, older), facts(), NOW)[Kind.CHANGE]
    assert seen.evidence == newer
    both = having(ready(), newer, observed(Kind.CHANGE, NOW - timedelta(hours=3)))
    assert sights(both, facts(), NOW)[Kind.CHANGE].standing is Standing.VERIFIED


def test_a_green_run_of_another_commit_is_no_evidence() -> None:
    other = replace(observed(Kind.CI, NOW), subject="0badc0de")
    assert standing(having(ready(), other), Kind.CI) is Standing.MISSING
    ours = replace(observed(Kind.CI, NOW), subject="91fe2c0ffee")
    assert standing(having(ready(), ours), Kind.CI) is Standing.VERIFIED


def test_a_run_that_names_its_version_is_a_run_of_this_build_and_one_of_another_version_is_not() -> None:
    named = replace(observed(Kind.CI, NOW), subject="2.4.1")
    release = replace(ready(), version="2.4.1")
    assert standing(having(release, named), Kind.CI) is Standing.VERIFIED
    assert standing(having(release, replace(named, subject="2.4.0")), Kind.CI) is Standing.MISSING


def test_evidence_goes_stale_by_the_policy_where_nobody_set_a_date() -> None:
    run = replace(observed(Kind.CI, NOW), dated=NOW - timedelta(hours=23, minutes=59))
    assert standing(having(ready(), run), Kind.CI) is Standing.VERIFIED
    assert standing(having(ready(), replace(run, dated=NOW - timedelta(hours=24))), Kind.CI) is Standing.STALE


def test_standing_evidence_of_the_catalogue_counts_until_it_is_stale() -> None:
    def drilled(days: int) -> Facts:
        drill = StandingEvidence(Kind.ROLLBACK, (NOW - timedelta(days=days)).date(), "kai", url="https://x.example")
        return serviced(facts(), standing=(drill,))

    release = without(ready(), Kind.ROLLBACK)
    assert standing(release, Kind.ROLLBACK, drilled(89)) is Standing.ATTESTED
    drill = sights(release, drilled(89), NOW)[Kind.ROLLBACK].evidence
    assert drill is not None
    assert not drill.demo, "what people wrote down is no demonstration"
    assert standing(release, Kind.ROLLBACK, drilled(91)) is Standing.STALE


def test_what_an_earlier_release_established_is_carried_over_and_nothing_else() -> None:
    carried = replace(facts(), earlier=(drilled_rollback(NOW - timedelta(days=9)), observed(Kind.CI, NOW)))
    release = without(ready(), Kind.ROLLBACK, Kind.CI)
    assert standing(release, Kind.ROLLBACK, carried) is Standing.ATTESTED
    assert standing(release, Kind.CI, carried) is Standing.MISSING


def test_what_was_seen_in_the_future_is_not_seen_yet() -> None:
    assert standing(having(ready(), observed(Kind.CI, NOW + timedelta(hours=1))), Kind.CI) is Standing.MISSING


@pytest.mark.parametrize("kind", sorted(NEVER_NA))
def test_some_items_cannot_be_declared_away(kind: Kind) -> None:
    release = replace(without(ready(), kind), not_applicable={kind.value: ("kai", "Not this time.")})
    bare = serviced(facts(), standing=())
    assert standing(release, kind, bare) is not Standing.NOT_APPLICABLE
    claimed = replace(observed(kind, NOW), standing=Standing.NOT_APPLICABLE)
    assert standing(having(release, claimed), kind, bare) is not Standing.NOT_APPLICABLE


def test_a_declaration_stands_unless_evidence_is_there() -> None:
    declared = {"flags": ("kai", "There are none here.")}
    release = replace(without(ready(), Kind.FLAGS), not_applicable=declared)
    assert standing(release, Kind.FLAGS) is Standing.NOT_APPLICABLE
    seen = having(release, observed(Kind.FLAGS, NOW, default="off", kill_switch="pay"))
    assert standing(seen, Kind.FLAGS) is Standing.VERIFIED
    failed = having(release, observed(Kind.FLAGS, NOW, Standing.FAILED))
    assert standing(failed, Kind.FLAGS) is Standing.FAILED


def test_a_rollback_procedure_behind_a_link_is_its_runbook_too() -> None:
    bare = serviced(facts(), standing=())
    assert standing(ready(), Kind.RUNBOOK, bare) is Standing.ATTESTED
    assert standing(without(ready(), Kind.ROLLBACK), Kind.RUNBOOK, bare) is Standing.MISSING


def test_the_worst_named_data_change_counts() -> None:
    said = replace(having(ready(), observed(Kind.MIGRATION, NOW, data_change="contract")), data_change="none")
    assert data_change(said, sights(said, facts(), NOW)) == "contract"
    unknown = replace(without(ready(), Kind.MIGRATION), data_change=None)
    assert data_change(unknown, sights(unknown, facts(), NOW)) is None
    declared = replace(unknown, not_applicable={"migration": ("kai", "No table is touched.")})
    assert data_change(declared, sights(declared, facts(), NOW)) == "none"


def test_whether_flags_are_used_comes_from_evidence_then_from_the_catalogue() -> None:
    def used(release: Release, around: Facts) -> bool | None:
        return flags_used(around.service, sights(release, around, NOW))

    bare, known, unknown = without(ready(), Kind.FLAGS), facts(), serviced(facts(), uses_flags=None)
    assert used(bare, known) is False
    assert used(bare, unknown) is None
    assert used(having(bare, observed(Kind.FLAGS, NOW, flags_used=True)), known) is True
    assert used(having(bare, attested(Kind.FLAGS)), unknown) is True
    assert used(replace(bare, not_applicable={"flags": ("kai", "There are none.")}), unknown) is False
