"""The laws that a decision obeys, as one value: guards before the command, rules in the judgement after it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.decide import guards as gates
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
        gates.known_person,
        gates.bots_never_approve,
        gates.has_right,
        gates.not_ended,
        gates.own_release,
        gates.current_button,
    )
    judge: Callable[[Release, Facts, datetime], Judgement] = judge
    good_reason: Guard = gates.good_reason


LAWS = Laws()
