"""How long one whole answer may take, over all the calls that it needs: time spent waiting for a turn is not the source's.

A call's own time limit begins when the call begins. What had no turn before the whole answer was due is "not asked", which says
nothing of the source: it is neither slow nor down.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Patience:
    """`until`: when the whole answer is due, in the loop's seconds. `waited`: one of its calls had to wait for a turn."""

    until: float
    waited: bool = False


_NOW: ContextVar[Patience | None] = ContextVar("patience", default=None)


def patience() -> Patience | None:
    """The limit of the answer that is being put together; None where nobody set one."""
    return _NOW.get()


@contextmanager
def patient(seconds: float) -> Iterator[None]:
    """All calls in here, and in the tasks that begin in here, belong to one answer that is due in that many seconds."""
    token = _NOW.set(Patience(asyncio.get_running_loop().time() + seconds))
    try:
        yield
    finally:
        _NOW.reset(token)
