"""Claims become attested evidence, or nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.evidence import Evidence, Kind, Standing
from flows.answer_evidence import read_evidence
from flows.data_words import class_of
from flows.parse_claims import Claims, read_claims
from flows.parse_links import take_links
from flows.readings import Given
from tests.flows.given import ANA, NOW

RUNBOOK = "https://git.acme.example/runbooks/payments-rollback.md"


def claims(text: str) -> Claims:
    linked = take_links(text)
    return read_claims(linked.text, linked.links, ANA)


def only(text: str, kind: Kind) -> Evidence:
    found = [e for e in claims(text).evidence if e.kind is kind]
    assert len(found) == 1, claims(text)
    return found[0]


@pytest.mark.parametrize(
    "text",
    [
        f"rollback tested on 2026-11-03 {RUNBOOK}",
        f"rollback procedure: {RUNBOOK} tested on 3 Nov 2026",
        f"payments 2.4.1 at 15:00, the rollback was tested on 2026-11-03 ({RUNBOOK})",
        f"rollback {RUNBOOK}; rollback tested on 2026-11-03",
    ],
)
def test_a_tested_rollback_is_attested_with_its_link_and_date(text: str) -> None:
    item = only(text, Kind.ROLLBACK)
    assert (item.standing, item.by, item.source) == (Standing.ATTESTED, "ana", "person")
    assert item.url == RUNBOOK
    assert item.facts["tested"] is True
    assert item.dated is not None
    assert item.dated.date() == date(2026, 11, 3)
    assert item.stale_after is not None


def test_a_claim_without_link_or_date_is_left_out_and_with_one_it_is_taken() -> None:
    assert claims("rollback tested").evidence == ()
    assert only("rollback tested yesterday", Kind.ROLLBACK).facts["tested"] is True


def test_a_day_that_has_not_come_is_no_date() -> None:
    found = claims("rollback tested on 2027-11-03")
    assert found.evidence == ()
    assert only("rollback tested on 2026-11-03", Kind.ROLLBACK).dated is not None


@pytest.mark.parametrize("text", ["rollback not tested", "the rollback is untested", "rollback was never drilled"])
def test_not_tested_is_kept_as_said(text: str) -> None:
    assert only(text, Kind.ROLLBACK).facts["tested"] is False


def test_the_way_back_and_its_time_are_read() -> None:
    item = only(f"rollback by redeploy of the previous version takes 10 min, {RUNBOOK}", Kind.ROLLBACK)
    assert item.facts.get("way", "redeploy") == "redeploy"
    restore = only("rollback tested on 2026-11-03 restores from a backup in 25 minutes", Kind.ROLLBACK)
    assert restore.facts["way"] == "restore"
    assert restore.facts["minutes"] == 25


@pytest.mark.parametrize(
    "text",
    ["no migration", "no data change", "no db changes", "without any schema changes", "does not touch the database"],
)
def test_no_data_change_is_read(text: str) -> None:
    assert claims(f"payments 2.4.1, {text}").data_change == "none"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("adds a nullable column", "expand"),
        ("drops the old column", "contract"),
        ("an irreversible migration", "irreversible"),
        ("backfill of the table", "locking"),
        ("renames the column", "contract"),
        ("a migration", None),
    ],
)
def test_the_class_of_a_data_change_is_read_and_never_guessed(text: str, kind: str | None) -> None:
    assert class_of(text) == kind


def test_a_dry_run_is_read_with_its_backup() -> None:
    item = only("migration dry-run in staging on 2026-11-20, backup taken", Kind.MIGRATION)
    assert item.facts == {"dry_run": True, "backup": True}


@pytest.mark.parametrize("text", ["no flags", "no feature flags", "does not use any feature flags"])
def test_no_flags_is_read(text: str) -> None:
    assert only(text, Kind.FLAGS).facts == {"flags_used": False}


def test_links_speak_for_themselves() -> None:
    text = "https://github.com/acme/p/pull/7 https://github.com/acme/p/actions/runs/9 https://wiki.acme.example/x"
    assert {e.kind for e in claims(text).evidence} == {Kind.CHANGE, Kind.CI}


def test_a_link_that_the_words_name_is_what_they_say() -> None:
    assert only("load test https://wiki.acme.example/x", Kind.CAPACITY).url == "https://wiki.acme.example/x"
    assert only("release notes: https://wiki.acme.example/notes", Kind.NOTES).url
    assert only("rollback https://github.com/acme/p/actions/runs/9", Kind.CI).url


def test_days_are_read_in_words() -> None:
    for words in ("two weeks ago", "3 days ago", "yesterday", "today"):
        item = only(f"rollback drill tested {words}", Kind.ROLLBACK)
        assert item.dated is not None
        assert item.dated <= NOW


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    found = claims(text)
    assert all(e.by == "ana" and e.standing is Standing.ATTESTED for e in found.evidence)
    assert all(e.dated is None or e.dated <= NOW for e in found.evidence)


_WORDS = [
    "rollback",
    "tested",
    "on 2026-11-03",
    RUNBOOK,
    "no migration",
    "and",
    ",",
    "flags",
    "not",
    "15:00",
    "canary 10%",
    "ci",
    "drops",
]


@given(st.lists(st.sampled_from(_WORDS), max_size=12))
def test_no_jumble_of_claims_makes_it_fail(parts: list[str]) -> None:
    text = " ".join(parts)
    linked = take_links(text)
    found = read_claims(linked.text, linked.links, ANA)
    assert all(0 <= a <= b <= len(linked.text) for a, b in found.spans)
    assert len({e.kind for e in found.evidence}) == len(found.evidence)


def answered(text: str) -> list[dict[str, object]]:
    reading = read_evidence(Kind.ROLLBACK, text, ANA)
    assert isinstance(reading, Given)
    return [dict(c.facts) for c in reading.claims if c.kind is Kind.ROLLBACK]


@pytest.mark.parametrize(
    "ending",
    [
        "but it failed",
        "but the restore crashed",
        "however: it did not work",
        "and it went wrong",
        "but it was not successful",
        "but it never finished",
        "but not the rollback",
    ],
)
@pytest.mark.parametrize("beginning", [f"rollback tested on 2026-11-03: {RUNBOOK}", f"{RUNBOOK} tested on 2026-11-03"])
def test_a_drill_that_went_wrong_is_no_test_wherever_the_sentence_says_so(beginning: str, ending: str) -> None:
    for text in (f"{beginning} {ending}", f"{beginning}, {ending}"):
        for facts in ([only(text, Kind.ROLLBACK).facts], answered(text)):
            assert [f.get("tested") for f in facts] == [False], text
    assert [f.get("tested") for f in answered(f"{beginning}, it took 5 min, 0 failed checks")] == [True]


def test_what_goes_on_about_a_drill_belongs_to_it_and_the_start_does_not() -> None:
    drill = only(f"rollback = {RUNBOOK}, drilled on 12 Nov, 7 minutes, redeploy, in 40 minutes", Kind.ROLLBACK)
    assert drill.facts == {"tested": True, "way": "redeploy", "minutes": 7}
    assert drill.dated is not None
    assert drill.dated.date().isoformat() == "2026-11-12"


@pytest.mark.parametrize(
    "text",
    [
        "drill on 2026-11-03 was cancelled",
        "drill of 2026-11-03 postponed",
        "the drill of 2026-11-03 did not happen",
        "should have been tested on 2026-11-03",
        "someone said it was tested on 2026-11-03",
        "I think it was tested on 2026-11-03",
        "probably tested 2026-11-03",
        "tested on 2026-11-03?",
        "to test: 2026-11-03",
        "updated 2026-11-03, please test",
        "tested in a slide deck on 2026-11-03",
        "we tried on 2026-11-03 and gave up",
        "test incomplete 2026-11-03",
        "partially tested 2026-11-03",
        "tested on 2026-11-03 in theory",
        "tested 2026-11-03 with errors",
        "tested 2026-11-03 but data was lost",
        "drill 2026-11-03: red",
        "nobody tested it since 2026-11-03",
        "written on 2026-11-03",
    ],
)
def test_only_a_drill_that_was_done_and_went_well_is_a_test(text: str) -> None:
    for said in (f"{RUNBOOK} {text}", f"{text} {RUNBOOK}"):
        reading = read_evidence(Kind.ROLLBACK, said, ANA)
        facts = answered(said) if isinstance(reading, Given) else []
        assert [f for f in facts if f.get("tested") is True] == []
        planned = claims(f"payments 2.4.1 at 15:00, rollback {said}").evidence
        assert [e for e in planned if e.kind is Kind.ROLLBACK and e.facts.get("tested") is True] == []


@pytest.mark.parametrize(
    "text",
    [
        "tested on 2026-11-03",
        "drill 2026-11-03 ok",
        "drilled 3 Nov, took 5 min",
        "Kai rehearsed it on 3 November",
        "was exercised on 2026-11-03 without errors",
        "tested 2026-11-03, nothing failed",
        "tested on 2026-11-03, all green",
    ],
)
def test_a_drill_that_went_well_is_a_test_in_any_wording(text: str) -> None:
    assert [f.get("tested") for f in answered(f"{RUNBOOK} {text}")] == [True]
