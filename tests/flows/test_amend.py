"""Changes of the plan in the words of people."""

import pytest

from bot.domain.commands import Amend
from tests.flows.given import release, typed
from tests.flows.steps import command, reply


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("version v2.4.2", "version", "2.4.2"),
        ("version to 2.4.2", "version", "2.4.2"),
        ("environment stage", "environment", "staging"),
        ("env: prod", "environment", "production"),
        ("rollback owner Lena", "rollback_owner", "lena"),
        ("owner @kai", "owner", "kai"),
        ("strategy blue green", "strategy", "blue-green"),
        ("strategy feature flag", "strategy", "feature flag"),
        ("steps 5, 25, 100", "steps", "5, 25, 100"),
        ("canary 5%", "steps", "5, 10, 50, 100"),
        ("data change drops the old column", "data_change", "contract"),
        ("data_change none", "data_change", "none"),
        ("summary Refunds in two currencies", "summary", "Refunds in two currencies"),
    ],
)
def test_a_field_gets_its_value(text: str, field: str, value: str) -> None:
    amended = command(typed(f"amend {text}", release()), Amend)
    assert (amended.field, amended.value) == (field, value)


def test_what_is_no_field_is_refused_with_the_fields() -> None:
    for text in ("", "colour blue", "version"):
        assert "rollback owner" in reply(typed(f"amend {text}", release())).text
    assert command(typed("amend version 2.4.2", release()), Amend).value == "2.4.2"


def test_the_time_has_its_own_verb() -> None:
    assert "/release move R-1" in reply(typed("amend start 16:00", release())).text


def test_owners_are_people_of_the_roster() -> None:
    assert "zed" in reply(typed("owner zed", release())).text
    assert "owner R-1" in reply(typed("owner", release())).text
    assert command(typed("owner @kai", release()), Amend).value == "kai"
    rollback = command(typed("owner rollback @lena", release()), Amend)
    assert (rollback.field, rollback.value) == ("rollback_owner", "lena")


def test_steps_that_are_a_list_stay_as_they_are_typed() -> None:
    assert command(typed("amend canary 5, 25, 100", release()), Amend).value == "5, 25, 100"
