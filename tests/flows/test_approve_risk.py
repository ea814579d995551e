"""⚠: a reason, always; and only what the button named."""

import pytest

from bot.domain.commands import Approve, Decline
from bot.domain.consent import ConsentKind
from bot.messages.tokens import Token, unpack
from flows.approve_risk import consent_named
from flows.dialog import Ask, Done
from tests.bot.decide.test_decision_maker_signs import high
from tests.driver import Driver
from tests.flows.given import context, fill, press, release, run, said, typed
from tests.flows.steps import command, form
from tests.flows.talk import RUNBOOK, Talk, text
from tests.world import facts

WHY = "the restore was rehearsed twice"
RISKY = release(data_change="contract")


@pytest.mark.parametrize("text", [f"Approve-Risk: {WHY}", f"approve-risk {WHY}", f"APPROVE RISK - {WHY}"])
def test_the_typed_form_accepts_a_risk_with_its_reason(text: str) -> None:
    approved = command(run(said(text, "lena"), context(release()), "approve"), Approve)
    assert (approved.kind, approved.subject, approved.reason, approved.revision) == (ConsentKind.RISK, None, WHY, None)


def test_the_typed_form_without_a_reason_opens_the_form_and_filling_it_accepts() -> None:
    opened = form(run(said("Approve-Risk:", "lena"), context(RISKY), "approve"))
    assert command(fill(unpack(opened.token), {"reason": WHY}, release(), "lena"), Approve).reason == WHY


def test_a_press_opens_what_is_accepted_and_the_reason_is_kept_verbatim() -> None:
    opened = form(press(Token("approve", "R-1", 1, "risk:migration"), RISKY, "lena"))
    approved = command(fill(unpack(opened.token), {"reason": WHY}, release(), "lena"), Approve)
    assert (approved.kind, approved.subject, approved.revision) == (ConsentKind.RISK, "migration", 1)


def test_typed_words_give_what_is_asked_of_that_person() -> None:
    approved = command(typed(f"approve {WHY}", release(), "kai"), Approve)
    assert (approved.kind, approved.reason) == (None, WHY)


def test_a_refusal_needs_a_reason_too() -> None:
    opened = form(typed("decline", RISKY, "lena"))
    assert command(fill(unpack(opened.token), {"reason": WHY}, RISKY, "lena"), Decline).reason == WHY
    pressed = form(press(Token("decline", "R-1", 1, "risk:migration"), RISKY, "lena"))
    declined = command(fill(unpack(pressed.token), {"reason": WHY}, RISKY, "lena"), Decline)
    assert (declined.kind, declined.subject) == (ConsentKind.RISK, "migration")


def test_who_may_not_gets_no_form_and_who_may_does() -> None:
    for token in (Token("approve", "R-1", 1, "risk:migration"), Token("decline", "R-1", 1, "risk:migration")):
        assert isinstance(press(token, RISKY, "ben"), Done)
        assert isinstance(press(token, RISKY, "lena"), Ask)


def test_an_old_button_opens_no_form_and_a_new_one_does() -> None:
    assert isinstance(press(Token("approve", "R-1", 7, "risk:migration"), RISKY, "lena"), Done)
    assert isinstance(press(Token("approve", "R-1", 1, "risk:migration"), RISKY, "lena"), Ask)


def test_a_consent_is_named_or_not_at_all() -> None:
    assert consent_named("risk:rollback:restore") == (ConsentKind.RISK, "rollback:restore")
    assert consent_named("nonsense") == (None, None)


async def test_a_reason_copied_from_an_earlier_release_of_the_service_is_refused_and_an_own_one_is_taken(
    talk: Talk,
) -> None:
    await talk.planned()
    why = "the drill and the limits were read"
    await talk.ask("kai", f"approve R-1 {why}")
    assert [k.by for k in (await talk.release()).consents if k.reason == why] == ["kai"]
    await talk.ask("ana", "cancel R-1 the partner bank is away until Monday")
    await talk.ask(
        "ana", f"plan payments 2.4.2 at 15:00 canary 10%, rollback tested on 2026-11-03 {RUNBOOK} redeploy 10 min"
    )
    await talk.sources("R-2")
    assert "gave before" in text(await talk.ask("kai", f"approve R-2 {why.upper()}.")).lower()
    assert not [k for k in (await talk.release("R-2")).consents if k.reason]
    await talk.ask("kai", "approve R-2 the drill is of this month and the limits are those of 2.4.1")
    assert [k.by for k in (await talk.release("R-2")).consents if k.reason] == ["kai"]
    async with talk.store.unit() as unit:
        assert await unit.reasons("payments", "kai", "R-2") == [why]
        assert await unit.reasons("payments", "lena", None) == []


def test_a_role_that_is_named_is_the_one_that_is_signed_and_one_that_is_not_asked_for_is_part_of_the_reason() -> None:
    low = Driver().ready().state
    for words in ("as peer", "as a peer:", "As Peer,"):
        named = command(typed(f"approve {words} {WHY}", low, "kai"), Approve)
        assert (named.kind, named.subject, named.reason) == (ConsentKind.SIGN_OFF, "peer", WHY)
    whole = f"as service owner {WHY}"
    other = command(typed(f"approve {whole}", low, "kai"), Approve)
    assert (other.kind, other.subject, other.reason) == (None, None, whole)


def test_a_form_shows_the_one_consent_that_it_gives() -> None:
    graver = high(facts()).state
    opened = form(typed("approve", graver, "mia"))
    assert unpack(opened.token).subject == "risk:migration"
    opened = form(press(Token("approve", "R-1", graver.plan_revision, "sign_off:"), graver, "kai"))
    assert unpack(opened.token).subject == "sign_off:on_call"
