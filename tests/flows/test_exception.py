"""Exceptions of a failed test, a freeze or a clash (G5, G11)."""

from bot.domain.commands import RequestException
from bot.domain.evidence import Kind, Standing
from bot.domain.release import Release
from bot.messages.tokens import unpack
from tests.flows.given import fill, release, typed
from tests.flows.steps import command, errors, form, reply
from tests.world import NOW, observed

VALUES = {"what": "freeze", "reason": "a security fix cannot wait", "owner": "lena", "expires": "tomorrow 18:00"}
TEST = {
    **VALUES,
    "what": "test",
    "check": "coverage",
    "details": "coverage of RefundTest fell to 79 %",
    "test_link": "https://ci.acme.example/runs/7/coverage",
    "mitigation": "Kai watches the refund rate during the canary",
}
NAMES = ["what", "reason", "owner", "expires"]


def failing(**checks: str) -> Release:
    return release(evidence=(observed(Kind.CI, NOW, Standing.FAILED, **checks),), commit="91fe2c0")


def test_the_form_asks_for_all_four_and_then_it_is_requested() -> None:
    opened = form(typed("exception freeze a security fix", release()))
    assert {f.name: f.value for f in opened.fields}["what"] == "freeze"
    assert [f.name for f in opened.fields] == NAMES
    asked = command(fill(unpack(opened.token), VALUES, release()), RequestException)
    assert (asked.what, asked.owner, asked.reason) == ("freeze", "lena", "a security fix cannot wait")
    assert f"{asked.expires_at:%d %H:%M}" == "25 17:00"


def test_a_failed_test_asks_for_details_link_and_mitigation_too() -> None:
    for said in ("exception test", "exception ci", "exception"):
        opened = form(typed(said, failing(coverage="failed")))
        fields = {f.name: f for f in opened.fields}
        assert list(fields) == ["what", "check", "details", "test_link", "mitigation", "reason", "owner", "expires"]
        assert all(f.required for f in opened.fields)
        assert (fields["what"].value, fields["check"].value) == ("test", "coverage")
        asked = command(fill(unpack(opened.token), TEST, failing(coverage="failed")), RequestException)
        assert (asked.what, asked.check, asked.link) == ("test", "coverage", TEST["test_link"])
        assert (asked.details, asked.mitigation) == (TEST["details"], TEST["mitigation"])


def test_only_a_check_that_failed_can_be_chosen() -> None:
    opened = form(typed("exception test", failing(coverage="failed", tests="failed", security_scan="absent")))
    assert [c for c, _ in next(f for f in opened.fields if f.name == "check").choices] == ["tests", "coverage"]
    assert next(f for f in opened.fields if f.name == "check").value == ""


def test_wrong_fields_are_named_and_what_was_typed_is_kept() -> None:
    token = unpack(form(typed("exception", release())).token)
    wrong = {**VALUES, "what": "everything", "owner": "zed", "expires": "soon"}
    assert set(errors(fill(token, wrong, release()))) == {"what", "owner", "expires"}
    assert set(errors(fill(token, {**VALUES, "expires": "yesterday 10:00"}, release()))) == {"expires"}
    assert command(fill(token, VALUES, release()), RequestException).what == "freeze"


def test_where_no_test_failed_and_for_a_missing_way_back_or_an_incident_there_is_none() -> None:
    assert "nothing to except" in reply(typed("exception test", release())).text
    assert "nothing to except" in reply(typed("exception test", failing(coverage="absent"))).text
    for what in ("rollback", "incident"):
        assert "no exception" in reply(typed(f"exception {what}", release())).text
    assert form(typed("exception clash", release())).code == "exception"
