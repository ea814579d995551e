"""The laws that a decision obeys, as one value: guards before the command, rules in the judgement after it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.decide import guards
from bot.decide.result import Refused
from bot.domain.commands import Command
from bot.domain.facts import Facts
from bot.domain.release import Judgement, Release
from bot.policy import judge

Guard = Callable[[Release | None, Command, Facts, datetime], Refused | None]


@dataclass(frozen=True, slots=True)
class Laws:
    """Guards in the order in which they speak, and the judge. Production uses LAWS; only tests make others."""

    guards: tuple[Guard, ...] = (
        guards.known_person,
        guards.bots_never_approve,
        guards.has_right,
        guards.not_ended,
        guards.own_release,
        guards.current_button,
    )
    judge: Callable[[Release, Facts, datetime], Judgement] = judge
    good_reason: Guard = guards.good_reason


LAWS = Laws()
