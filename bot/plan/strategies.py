"""What each strategy does, step by step, and how long each step lasts between T=0 and T+30 (P4, G4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.release import Band
from bot.plan.tools.shell import Act
from bot.policy.case import Case
from bot.policy.factors import strategy_name
from bot.policy.rules.rollout import steps_of

ALL = 100
FIRST_LOOK: Final = 15
"""Minutes after T=0 at which the health of the first stage is posted (T+15): so long lasts the first stage."""

COMPLETE: Final = 30
"""Minutes after T=0 at which the rollout is posted as complete (T+30): the other stages and the watch share what is left."""

_WINDOW: Final = 5
_CODES: Final[Mapping[str, str]] = {
    "canary": "canary",
    "feature flag": "flag",
    "staged": "staged",
    "rolling": "rolling",
    "ring": "staged",
    "blue-green": "blue_green",
    "all-at-once": "all",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A step before it has its number. `act`: what the tool is told, None for steps that are no command."""

    code: str
    act: Act | None = None
    percent: int | None = None
    minutes: int | None = None
    requires: str = ""
    approval: bool = False


def stages(case: Case) -> tuple[int, ...]:
    """The percentages, rising and ending at 100."""
    named = tuple(sorted({s for s in steps_of(case) if 0 < s < ALL}))
    return (*named, ALL)


def window(case: Case) -> int:
    """For how many minutes a limit has to hold before a step counts as good: the longest that a threshold asks for."""
    return max((t.minutes for t in (case.service.thresholds if case.service else ())), default=_WINDOW)


def code_of(case: Case) -> str | None:
    """The strategy's own name in the codes of steps; None where nobody named one that is known."""
    return _CODES.get(strategy_name(case.release.strategy) or "")


def strategy_steps(case: Case) -> Iterator[Draft]:
    """The strategy's own steps, until everybody has the new version."""
    code = code_of(case)
    if code is None:
        yield Draft("strategy_unknown")
    elif code == "all" and case.band.rank >= Band.MEDIUM.rank:
        yield Draft("strategy_refused")
    else:
        yield from _STEPS[code](case)


def _staged(code: str, case: Case) -> Iterator[Draft]:
    first, *rest = stages(case)
    yield Draft(f"{code}_first", Act.BEGIN, first, _first(case))
    for percent in rest:
        yield Draft(f"{code}_next", Act.STEP, percent, _rest(case, len(rest)))


def _canary(case: Case) -> Iterator[Draft]:
    return _staged("canary", case)


def _in_stages(case: Case) -> Iterator[Draft]:
    return _staged("staged", case)


def _flag(case: Case) -> Iterator[Draft]:
    yield Draft("flag_deploy", Act.ROLL, minutes=window(case))
    first, *rest = stages(case)
    yield Draft("flag_open", Act.OPEN, first, max(window(case), FIRST_LOOK - window(case)))
    for percent in rest:
        yield Draft("flag_more", Act.OPEN, percent, _rest(case, len(rest)))


def _rolling(case: Case) -> Iterator[Draft]:
    yield Draft("rolling_first", Act.ROLL, minutes=window(case))
    yield Draft("rolling_wait", Act.STATUS, ALL, max(window(case), FIRST_LOOK - window(case)))


def _blue_green(case: Case) -> Iterator[Draft]:
    yield Draft("blue_green_deploy", Act.BESIDE, minutes=window(case))
    yield Draft("blue_green_switch", Act.SWITCH, ALL, max(window(case), FIRST_LOOK - window(case)))


def _all_at_once(case: Case) -> Iterator[Draft]:
    yield Draft("all_deploy", Act.ALL, ALL, _first(case))


_STEPS = {
    "canary": _canary,
    "staged": _in_stages,
    "flag": _flag,
    "rolling": _rolling,
    "blue_green": _blue_green,
    "all": _all_at_once,
}


def _first(case: Case) -> int:
    return max(window(case), FIRST_LOOK)


def _rest(case: Case, count: int) -> int:
    return max(window(case), (COMPLETE - FIRST_LOOK - window(case)) // max(count, 1))
