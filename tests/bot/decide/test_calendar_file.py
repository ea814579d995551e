"""A calendar file gives its own freezes and ends no one else's (G11)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.decide.calendar import decide_calendar
from bot.decide.result import Decided, Refused
from bot.domain.commands.calendar import DeclareFreeze, ImportFreezes
from bot.domain.facts import Facts, Window
from tests.world import NOW, actor, facts

WHY = "stock taking in every warehouse"
FREEZE = DeclareFreeze(
    actor("lena"), "payments", NOW + timedelta(hours=1), NOW + timedelta(hours=9), WHY, uid="stock@acme.example"
)


def frozen() -> Facts:
    """A day with Lena's freeze, which came out of a calendar file."""
    window = Window("F-1", "payments", FREEZE.starts_at, FREEZE.ends_at, WHY, "lena", by="lena", uid=FREEZE.uid)
    return facts(calendar=(window,))


@pytest.mark.parametrize("who", ["sam", "kai", "mia"])
def test_a_file_that_cancels_the_freeze_of_somebody_else_is_refused_until_its_owner_gives_it(who: str) -> None:
    file = ImportFreezes(actor(who), (), ("stock@acme.example",))
    answer = decide_calendar(file, frozen(), NOW, "F-2")
    assert isinstance(answer, Refused), answer
    assert (answer.code, answer.params["who"]) == ("not_freeze_owner", "Lena")
    own = decide_calendar(replace(file, actor=actor("lena")), frozen(), NOW, "F-2")
    assert isinstance(own, Decided), own
    assert own.code == "calendar_imported"


def test_a_file_that_shortens_the_freeze_of_somebody_else_is_refused_until_its_owner_gives_it() -> None:
    short = replace(FREEZE, ends_at=FREEZE.starts_at + timedelta(minutes=1))
    answer = decide_calendar(ImportFreezes(actor("mia"), (short,)), frozen(), NOW, "F-2")
    assert isinstance(answer, Refused), answer
    assert answer.code == "not_freeze_owner"
    assert isinstance(decide_calendar(ImportFreezes(actor("lena"), (short,)), frozen(), NOW, "F-2"), Decided)
