"""Remembers what was last told of the very same release, facts and instant: a judgement, a plan and a card ask for the same.

Releases and facts never change (events make new ones), so the very same objects have the same answer. Pure.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import TypeVar

from bot.domain.facts import Facts
from bot.domain.release import Release

T = TypeVar("T")


def lately(told: Callable[[Release, Facts, datetime], T]) -> Callable[[Release, Facts, datetime], T]:
    """The function, which is not asked twice in a row for the very same objects."""
    last: tuple[Release, Facts, datetime, T] | None = None

    @wraps(told)
    def remembered(release: Release, facts: Facts, now: datetime) -> T:
        nonlocal last
        kept = last
        if kept is not None and kept[0] is release and kept[1] is facts and kept[2] == now:
            return kept[3]
        answer = told(release, facts, now)
        last = (release, facts, now, answer)
        return answer

    return remembered
