"""The time limits of all calls under way, with one timer of the loop for all of them: it rings for the earliest.

A timer for each call costs more than all else that is done for a call: nearly all of them end long before they would ring.
"""

import asyncio
from math import inf
from types import TracebackType
from typing import Self


class Limits:
    """Belongs to one loop. `under_way`: how many limits are running."""

    def __init__(self) -> None:
        """None runs yet."""
        self._running: dict[Limit, None] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._rings_at = inf

    @property
    def under_way(self) -> int:
        """How many limits run now."""
        return len(self._running)

    def add(self, limit: "Limit") -> None:
        """From now on that one rings too."""
        self._running[limit] = None
        self.heed(limit)

    def heed(self, limit: "Limit") -> None:
        """It may be the earliest now."""
        if limit.until < self._rings_at:
            self._wind(limit.until)

    def drop(self, limit: "Limit") -> None:
        """It rings no more. The timer stays: the next call has use for it, and with none under way it says nothing."""
        self._running.pop(limit, None)

    def close(self) -> None:
        """Leave no timer behind."""
        self._wind(inf)

    def _wind(self, at: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._rings_at = at
        self._timer = asyncio.get_running_loop().call_at(at, self._ring) if at < inf else None

    def _ring(self) -> None:
        """End what is over, and wait for the earliest of the others."""
        now = self._rings_at
        for limit in [one for one in self._running if one.until <= now]:
            self.drop(limit)
            limit.end()
        self._wind(min((one.until for one in self._running), default=inf))


class Limit:
    """`with Limit(limits, until):` raises TimeoutError where the work inside goes on beyond `until`, in the loop's seconds.

    What `asyncio.timeout_at` does, and its rules for a task that somebody else cancels at the same time.
    """

    __slots__ = ("_before", "_limits", "_over", "_task", "until")

    def __init__(self, limits: Limits, until: float) -> None:
        """`until`: infinity for none yet."""
        self.until = until
        self._limits = limits
        self._over = False

    def move(self, until: float) -> None:
        """Another limit from now on."""
        self.until = until
        self._limits.heed(self)

    def end(self) -> None:
        """It is over: the task that is inside leaves."""
        self._over = True
        self._task.cancel()

    def __enter__(self) -> Self:
        task = asyncio.current_task()
        if task is None:
            msg = "a limit is for a task"
            raise RuntimeError(msg)
        self._task: asyncio.Task[object] = task
        self._before = task.cancelling()
        self._limits.add(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._limits.drop(self)
        if self._over and self._task.uncancel() <= self._before and kind is asyncio.CancelledError:
            raise TimeoutError from error
