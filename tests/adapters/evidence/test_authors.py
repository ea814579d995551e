"""Authors of a change are recognised as persons of the roster, however their account is written (G7)."""

import pytest

from adapters.evidence.authors import persons
from bot.domain.people import Person, Roster

ROSTER = Roster({"ana": Person("ana", "Ana", email="ana@acme.example", accounts={"github": "Ana-Codes"})})


@pytest.mark.parametrize(
    "author",
    [
        ("Ana-Codes", ""),
        ("ana-codes", ""),
        ("", "Ana@Acme.example"),
        ("", "ana-codes@users.noreply.github.com"),
        ("", "4711+Ana-Codes@users.noreply.github.com"),
    ],
)
def test_an_author_is_the_person_of_that_account_or_address(author: tuple[str, str]) -> None:
    assert persons(ROSTER, "github", [author]) == "ana"


def test_who_is_nobody_of_the_roster_stays_the_account_and_no_address_is_kept() -> None:
    found = persons(ROSTER, "github", [("zed", "zed@elsewhere.example"), ("", "zed@elsewhere.example"), ("Zed", "")])
    assert found == "github:zed,github:Zed"
