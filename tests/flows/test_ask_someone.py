"""Requests to people."""

from bot.domain.commands import AskPerson, RequestSignOffs
from bot.domain.evidence import Kind
from bot.messages.tokens import Token, unpack
from tests.flows.given import fill, press, release, typed
from tests.flows.steps import command, errors, form, reply


def test_item_and_person_are_taken() -> None:
    asked = command(typed("ask rollback @lena", release()), AskPerson)
    assert (asked.kind, asked.person) == (Kind.ROLLBACK, "lena")


def test_without_a_person_the_catalogue_names_one_or_the_form_asks() -> None:
    assert command(typed("ask rollback", release()), AskPerson).person is None
    opened = form(typed("ask security", release()))
    filled = fill(unpack(opened.token), {"kind": "security", "person": "mia"}, release())
    assert command(filled, AskPerson).person == "mia"


def test_unknown_words_say_how() -> None:
    assert "ask R-1" in reply(typed("ask nicely", release())).text
    assert "zed" in reply(typed("ask rollback zed", release())).text
    assert form(press(Token("ask_someone", "R-1"), release())).code == "ask"


def test_a_form_with_wrong_fields_stays_open() -> None:
    token = Token("ask_someone", "R-1")
    assert set(errors(fill(token, {"kind": "", "person": "zed"}, release()))) == {"kind", "person"}
    assert command(fill(token, {"kind": "ci", "person": "kai"}, release()), AskPerson).kind is Kind.CI


def test_sign_offs_are_requested() -> None:
    assert command(typed("sign-off", release()), RequestSignOffs).actor.person == "ana"
