"""Dialogs: their token names the flow, their fields are those that the flow reads, and nothing typed is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from bot.domain.release import Phase
from bot.domain.service import Service
from bot.messages import forms
from bot.messages.model import Bullets, Form
from bot.messages.tokens import unpack
from bot.messages.view import View
from tests.bot.messages.any_release import views
from tests.golden import releases as r
from tests.world import facts

VIEW = r.view(r.unverified())
PAYMENTS = facts().services["payments"]


def names(form: Form) -> list[str]:
    return [f.name for f in form.fields]


def test_the_plan_form_asks_for_what_words_would_have_said() -> None:
    form = forms.plan([PAYMENTS], {"version": "2.4.1"})
    assert names(form) == ["service", "version", "environment", "start_at", "canary", "text"]
    assert [f.name for f in form.fields if f.required] == ["service", "version"]
    assert form.fields[1].value == "2.4.1"
    assert unpack(form.token).verb == "plan"


def test_the_plan_form_says_in_which_zone_a_bare_time_is_read() -> None:
    def hint(*services: Service) -> str:
        return next(f.hint for f in forms.plan(services).fields if f.name == "start_at")

    assert hint(PAYMENTS).endswith("a bare time is in Europe/Berlin")
    same = replace(PAYMENTS, id="ledger", name="Ledger")
    assert "UTC" not in hint(PAYMENTS, same)
    far = replace(PAYMENTS, id="search", name="Search", time_zone="Asia/Tokyo")
    told = hint(PAYMENTS, same, far)
    assert told.endswith("in the service's zone: Europe/Berlin (Payments, Ledger); Asia/Tokyo (Search)")


def test_missing_items_come_first_in_the_evidence_form() -> None:
    form = forms.add_evidence(VIEW)
    assert [value for value, _ in form.fields[0].choices][:2] == ["ci", "rollback"]
    assert names(form) == ["kind", "link", "date", "text"]
    assert forms.add_evidence(VIEW, "rollback").fields[0].value == "rollback"
    assert unpack(forms.add_evidence(VIEW, "rollback").token).subject == "rollback"
    assert forms.add_evidence(VIEW, "no such kind").fields[0].value == ""


def test_an_approval_shows_what_is_accepted_and_requires_a_reason() -> None:
    form = forms.approve(r.view(r.possible()), "sign_off:peer")
    lists = [b for b in form.intro if isinstance(b, Bullets)]
    assert lists[0].items[0] == "peer sign-off"
    assert "tested rollback, attested by Kai, 2026-11-03" in lists[1].items
    assert form.fields[0].required
    token = unpack(form.token)
    assert (token.verb, token.revision, token.subject) == ("approve", 3, "sign_off:peer")


def test_a_hold_and_a_rollback_may_go_without_a_reason_but_a_no_go_may_not() -> None:
    assert not forms.reason(VIEW, "hold", required=False).fields[0].required
    assert forms.reason(VIEW, "no_go").fields[0].required
    assert unpack(forms.reason(VIEW, "no_go").token).revision == 3
    assert names(forms.reason(VIEW, "go", required=False)) == ["note"]


def test_only_a_reason_that_is_weighed_is_said_to_need_its_length() -> None:
    for verb in ("hold", "rollback", "cancel", "withdraw"):
        assert forms.reason(VIEW, verb).fields[0].hint == "Kept verbatim on record"
    assert "15 characters" in forms.reason(VIEW, "no_go").fields[0].hint
    assert "15 characters" in forms.move(VIEW).fields[1].hint


def test_resume_requires_a_new_time_only_where_the_start_is_over() -> None:
    held = replace(r.possible(), phase=Phase.HELD)
    assert not forms.resume(r.view(held)).fields[0].required
    assert forms.resume(r.view(held, now=r.START + timedelta(minutes=1))).fields[0].required


def test_the_closing_form_has_four_optional_lines() -> None:
    form = forms.done(VIEW)
    assert names(form) == ["safe", "worked", "improve", "lesson"]
    assert not any(f.required for f in form.fields)


@pytest.mark.parametrize(("choice", "fields"), [("add_link", ["link", "date", "text"]), ("type_it", ["text"])])
def test_an_answer_that_needs_details_asks_for_them(choice: str, fields: list[str]) -> None:
    asked = replace(r.unknown(), questions=(r.question(),))
    form = forms.answer(r.view(asked), 1, choice)
    assert names(form) == fields
    token = unpack(form.token)
    assert (token.verb, token.subject, token.choice) == ("answer", "1", choice)


def test_a_time_is_asked_for_with_the_zone_of_a_bare_time() -> None:
    when = replace(r.question(), slot="start_at", code="start_at")
    field = forms.answer(r.view(replace(r.unknown(), questions=(when,))), 1, "type_it").fields[0]
    assert "a bare time is in Europe/Berlin" in field.hint


def test_what_was_typed_stays_when_a_field_is_refused() -> None:
    form = forms.kept(forms.exception(VIEW, "freeze"), {"reason": "short", "no such field": "x"})
    assert [f.value for f in form.fields] == ["freeze", "short", "ana", ""]


def test_only_human_beings_can_be_chosen() -> None:
    people = {value for value, _ in forms.ask_someone(VIEW, "ci").fields[1].choices}
    assert "kai" in people
    assert not {"release-bot", "visitor"} & people


@given(view=views)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_form_can_be_opened_for_every_release(view: View) -> None:
    asks = [q.number for q in view.release.questions] or [1]
    verbs = ("hold", "no_go", "cancel", "rollback", "withdraw", "go")
    opened = (
        forms.add_evidence(view),
        forms.approve(view),
        forms.decline(view, "risk:migration"),
        forms.move(view, "postpone"),
        forms.resume(view),
        forms.exception(view),
        forms.done(view),
        forms.health(view),
        forms.step(view),
        forms.ask_someone(view),
        *(forms.reason(view, verb) for verb in verbs),
        *(forms.answer(view, n, c) for n in asks for c in ("add_link", "tested", "type_it")),
    )
    for form in opened:
        assert 0 < len(form.title) <= forms.TITLE_LIMIT
        assert len(form.token) <= 240
        assert unpack(form.token).release == view.release.id
        assert len({f.name for f in form.fields}) == len(form.fields)
