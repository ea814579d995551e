"""What is healthy, as a value: for doctor, the health endpoint and metrics. Nothing here repairs anything."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.ports import Check, Clock, Pulse

log = logging.getLogger(__name__)

ANSWER_S = 3.0
"""A database that takes longer to say how it is counts as not reachable."""

OVERDUE = timedelta(minutes=3)
"""A row that is due for longer has found no worker: longer than a reply waits for its parent."""

UNSEALED = timedelta(minutes=1)
"""Ledger heads that moved are sealed every few seconds."""

LOOK_BACK = timedelta(hours=24)
"""Posts that failed or stayed unknown are counted over that time."""


class Heart(Protocol):
    """What can be asked how it is: the store."""

    async def pulse(self, now: datetime, since: datetime) -> Pulse:
        """A few counts."""


@dataclass(frozen=True, slots=True)
class Health:
    """`overdue_s`: of the oldest row that is due; 0 where none is. `problems`: codes, worst first; empty is healthy.

    Codes: database_unreachable, database_unwritable, scheduler_dead, rows_overdue, ledger_unsealed (the bot does not do its
    work); posts_failed, posts_unknown (it does, and people have to look); those of `deaf`.
    `deaf`: platforms that bring nothing now. `hears`: False where that is every one of them.
    """

    at: datetime
    database: bool
    scheduler: bool
    overdue_s: float = 0.0
    failed: int = 0
    unknown: int = 0
    sealed_at: datetime | None = None
    problems: tuple[str, ...] = field(default=())
    deaf: tuple[Check, ...] = ()
    hears: bool = True

    @property
    def ready(self) -> bool:
        """True if the bot does its work: what an orchestrator asks. While one platform is heard, the others hold up nothing."""
        return self.hears and not set(self.problems) - _FOR_PEOPLE - {one.code for one in self.deaf}


_FOR_PEOPLE = frozenset({"posts_failed", "posts_unknown"})


async def check(
    heart: Heart,
    clock: Clock,
    scheduler_alive: Callable[[], bool],
    writable: Callable[[], bool] = lambda: True,
    answer_s: float = ANSWER_S,
    deaf: Sequence[Check | None] = (),
) -> Health:
    """How it is now. Never raises: what cannot be asked is not healthy.

    `deaf`: of each platform, why it brings nothing now, or None. `answer_s`: so long it is waited for.
    `writable`: whether the last entry was taken: a full disk is read as well as ever.
    """
    now, alive = clock.now(), scheduler_alive()
    pulse = await _felt(heart, now, answer_s)
    silent = tuple(one for one in deaf if one is not None)
    hears, codes = not deaf or len(silent) < len(deaf), tuple(one.code for one in silent)
    if pulse is None:
        problems = (*_problems(None, now, alive=alive), *codes)
        return Health(now, database=False, scheduler=alive, problems=problems, deaf=silent, hears=hears)
    overdue = (now - pulse.oldest_due).total_seconds() if pulse.oldest_due else 0.0
    return Health(
        now,
        database=True,
        scheduler=alive,
        overdue_s=max(overdue, 0.0),
        failed=pulse.failed,
        unknown=pulse.unknown,
        sealed_at=pulse.sealed_at,
        problems=(*(() if writable() else ("database_unwritable",)), *_problems(pulse, now, alive=alive), *codes),
        deaf=silent,
        hears=hears,
    )


async def _felt(heart: Heart, now: datetime, answer_s: float) -> Pulse | None:
    """None where it cannot be asked in time; a question that hangs is broken off, and that is not waited for."""
    asked = asyncio.ensure_future(heart.pulse(now, now - LOOK_BACK))
    asked.add_done_callback(_ended)
    try:
        done, _ = await asyncio.wait([asked], timeout=answer_s)
    except asyncio.CancelledError:
        asked.cancel()
        raise
    if done:
        return None if asked.exception() else asked.result()
    asked.cancel()
    log.error("the database did not say within %s s how it is", answer_s)
    return None


def _ended(asked: "asyncio.Future[Pulse]") -> None:
    error = None if asked.cancelled() else asked.exception()
    if error is not None:
        log.error("the database did not say how it is: %s", error)


def _problems(pulse: Pulse | None, now: datetime, *, alive: bool) -> tuple[str, ...]:
    found = []
    if pulse is None:
        found.append("database_unreachable")
    if not alive:
        found.append("scheduler_dead")
    if pulse is None:
        return tuple(found)
    if pulse.oldest_due and now - pulse.oldest_due > OVERDUE:
        found.append("rows_overdue")
    if pulse.unsealed_since and now - pulse.unsealed_since > UNSEALED:
        found.append("ledger_unsealed")
    if pulse.failed:
        found.append("posts_failed")
    if pulse.unknown:
        found.append("posts_unknown")
    return tuple(found)
