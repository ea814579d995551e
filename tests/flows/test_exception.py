"""Exceptions of a freeze or a clash (G11)."""

from bot.domain.commands import RequestException
from bot.messages.tokens import unpack
from tests.flows.given import fill, release, typed
from tests.flows.steps import command, errors, form, reply

VALUES = {"what": "freeze", "reason": "a security fix cannot wait", "owner": "lena", "expires": "tomorrow 18:00"}


def test_the_form_asks_for_all_four_and_then_it_is_requested() -> None:
    opened = form(typed("exception freeze a security fix", release()))
    assert {f.name: f.value for f in opened.fields}["what"] == "freeze"
    asked = command(fill(unpack(opened.token), VALUES, release()), RequestException)
    assert (asked.what, asked.owner, asked.reason) == ("freeze", "lena", "a security fix cannot wait")
    assert f"{asked.expires_at:%d %H:%M}" == "25 17:00"


def test_wrong_fields_are_named_and_what_was_typed_is_kept() -> None:
    token = unpack(form(typed("exception", release())).token)
    wrong = {**VALUES, "what": "everything", "owner": "zed", "expires": "soon"}
    assert set(errors(fill(token, wrong, release()))) == {"what", "owner", "expires"}
    assert set(errors(fill(token, {**VALUES, "expires": "yesterday 10:00"}, release()))) == {"expires"}
    assert command(fill(token, VALUES, release()), RequestException).what == "freeze"


def test_a_failed_test_and_a_missing_way_back_have_none() -> None:
    assert "blocks" in reply(typed("exception test", release())).text
    assert "no exception" in reply(typed("exception rollback", release())).text
    assert form(typed("exception clash", release())).code == "exception"
