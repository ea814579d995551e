"""Evidence that people add, and what does not apply."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commands import AddEvidence, DeclareNotApplicable
from bot.domain.evidence import Kind, Standing
from bot.messages.tokens import Token, unpack
from flows.dialog import Ask, Done, Reply
from flows.kinds import leading_kind
from tests.flows.given import fill, press, release, typed
from tests.flows.steps import command, errors, form, reply

RUNBOOK = "https://git.acme.example/runbooks/payments-rollback.md"


def test_kind_link_and_date() -> None:
    added = command(typed(f"evidence rollback {RUNBOOK} tested on 2026-11-03", release()), AddEvidence)
    item = added.evidence
    assert (item.kind, item.url, item.standing, item.by) == (Kind.ROLLBACK, RUNBOOK, Standing.ATTESTED, "ana")
    assert item.dated is not None
    assert item.facts["tested"] is True


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("release notes https://x.example/1", Kind.NOTES),
        ("PR: https://x.example/1", Kind.CHANGE),
        ("on-call https://x.example/1", Kind.ON_CALL),
        ("load test https://x.example/1", Kind.CAPACITY),
        ("game_day https://x.example/1", Kind.GAME_DAY),
        ("https://github.com/acme/p/actions/runs/9", Kind.CI),
        (f"{RUNBOOK} tested on 2026-11-03", Kind.ROLLBACK),
    ],
)
def test_the_kind_is_read_from_words_or_from_the_link(text: str, kind: Kind) -> None:
    assert command(typed(f"evidence {text}", release()), AddEvidence).evidence.kind is kind


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"runbook and rollback {RUNBOOK} tested on 2026-11-03", [Kind.RUNBOOK, Kind.ROLLBACK]),
        (f"runbook, rollback: {RUNBOOK} tested on 2026-11-03", [Kind.RUNBOOK, Kind.ROLLBACK]),
        (f"Release notes, PR & security {RUNBOOK} on 2026-11-03", [Kind.NOTES, Kind.CHANGE, Kind.SECURITY]),
        (f"rollback runbook {RUNBOOK} on 2026-11-03", [Kind.ROLLBACK]),
    ],
)
def test_each_item_that_is_named_gets_the_link_and_the_day(text: str, kinds: list[Kind]) -> None:
    added = command(typed(f"evidence {text}", release()), AddEvidence)
    items = (added.evidence, *added.more)
    assert [one.kind for one in items] == kinds
    assert {one.url for one in items} == {RUNBOOK}
    assert None not in {one.dated for one in items}


def test_no_item_of_a_sentence_is_lost() -> None:
    said = f"evidence load test run on 2026-11-10 https://load.acme.example/7, rollback tested on 2026-11-03 {RUNBOOK}"
    added = command(typed(said, release()), AddEvidence)
    assert {(one.kind, one.url) for one in (added.evidence, *added.more)} == {
        (Kind.CAPACITY, "https://load.acme.example/7"),
        (Kind.ROLLBACK, RUNBOOK),
    }
    plain = command(
        typed(f"evidence we tested the rollback on 2026-11-03, see {RUNBOOK}; no flags", release()), AddEvidence
    )
    assert {one.kind for one in (plain.evidence, *plain.more)} == {Kind.ROLLBACK, Kind.FLAGS}


def test_a_text_without_a_kind_says_how() -> None:
    assert "migration" in reply(typed("evidence https://wiki.acme.example/x", release())).text
    assert command(typed("evidence runbook https://wiki.acme.example/x", release()), AddEvidence).evidence.url


def test_a_vague_claim_goes_to_the_record_as_vague() -> None:
    assert command(typed("evidence ci looks fine", release()), AddEvidence).vague == "looks fine"
    assert command(typed("evidence ci https://ci.acme.example/9 looks fine", release()), AddEvidence).vague == ""


def test_the_class_of_a_migration_is_read() -> None:
    text = "evidence migration dry-run in staging on 2026-11-20 adds a nullable column"
    added = command(typed(text, release()), AddEvidence)
    assert added.data_change == "expand"
    assert added.evidence.facts == {"dry_run": True}


def test_the_form_needs_a_kind_and_a_link_or_a_date() -> None:
    opened = form(press(Token("add_evidence", "R-1", subject="rollback"), release()))
    token = unpack(opened.token)
    assert set(errors(fill(Token("add_evidence", "R-1"), {"link": RUNBOOK}, release()))) == {"kind"}
    assert set(errors(fill(token, {"text": "in the wiki"}, release()))) == {"link"}
    assert set(errors(fill(token, {"date": "2027-05-05"}, release()))) == {"date"}
    item = command(fill(token, {"link": RUNBOOK, "date": "2026-11-03"}, release()), AddEvidence).evidence
    assert (item.kind, item.facts) == (Kind.ROLLBACK, {"tested": True})


def test_a_vague_text_in_the_form_goes_to_the_record_as_vague() -> None:
    step = fill(Token("add_evidence", "R-1", subject="ci"), {"text": "should be ok"}, release())
    assert command(step, AddEvidence).vague == "should be ok"


def test_kinds_that_are_never_asked_come_by_form_too() -> None:
    token = Token("add_evidence", "R-1", subject="game_day")
    assert set(errors(fill(token, {}, release()))) == {"link"}
    assert command(fill(token, {"link": RUNBOOK}, release()), AddEvidence).evidence.kind is Kind.GAME_DAY


def test_what_does_not_apply_needs_its_kind() -> None:
    assert "na R-1" in reply(typed("na because", release())).text
    declared = command(typed("na migration this change has no database", release()), DeclareNotApplicable)
    assert (declared.kind, declared.reason) == (Kind.MIGRATION, "this change has no database")


def test_a_kind_leads_a_text_or_is_not_there() -> None:
    assert leading_kind("the rollback: x") == (Kind.ROLLBACK, "x")
    assert leading_kind("civil engineering") == (None, "civil engineering")


@given(st.text(max_size=150))
def test_no_text_makes_it_fail(text: str) -> None:
    assert isinstance(typed(f"evidence {text}", release()), Ask | Done | Reply)
    assert isinstance(typed(f"na {text}", release()), Done | Reply)


def test_a_request_to_skip_is_no_evidence_until_it_is_left_out() -> None:
    assert reply(typed("evidence rollback skip the drill, it is fine", release())).text.startswith("No: ")
    token = Token(verb="add_evidence", release="R-1", subject="rollback")
    given = {"kind": "rollback", "link": "https://git.acme.example/rollback.md", "date": "2026-11-03"}
    assert errors(fill(token, {**given, "text": "no time for tests"}, release()))["text"].startswith("No: ")
    assert command(fill(token, given, release()), AddEvidence).evidence.kind is Kind.ROLLBACK


def test_a_kind_alone_opens_its_form_and_records_nothing() -> None:
    assert isinstance(typed("evidence monitoring", release()), Ask)


def test_no_migration_is_said_by_evidence_too() -> None:
    for said in ("none", "no", "no data change", "no tables were touched"):
        assert command(typed(f"evidence migration {said}", release()), AddEvidence).data_change == "none"
