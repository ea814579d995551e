"""What a driver's error means to us."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.domain.errors import Conflict, Unsure, Unwritable

_RACES = frozenset({"40001", "40P01", "55P03", "23505"})
"""Serialization failure, deadlock, lock time-out, unique violation: somebody else was there first."""


@contextmanager
def translating() -> Iterator[None]:
    """What the database raises inside is raised as what it means."""
    try:
        yield
    except (DBAPIError, PoolTimeout, OSError) as error:
        raise translated(error) from error


def translated(error: DBAPIError | PoolTimeout | OSError, *, committing: bool = False) -> Exception:
    """Conflict where another transaction won the race; the error itself where it is our mistake; else Unwritable (G17).

    `committing`: all was said but the commit itself; where its answer is lost, it is Unsure.
    """
    if is_race(error):
        return Conflict("another transaction was first: load again and decide again")
    if isinstance(error, IntegrityError):
        return error
    cause = error.orig if isinstance(error, DBAPIError) else error
    said = f"the database cannot be read or written: {str(cause) or type(cause).__name__}"
    return Unsure(said) if committing and _is_lost(error) else Unwritable(said)


def _is_lost(error: DBAPIError | PoolTimeout | OSError) -> bool:
    """The connection is gone, and with it the answer."""
    return error.connection_invalidated if isinstance(error, DBAPIError) else isinstance(error, OSError)


def is_race(error: Exception) -> bool:
    """True where the same work may succeed when it is done again."""
    if not isinstance(error, DBAPIError):
        return False
    if getattr(error.orig, "sqlstate", None) in _RACES:
        return True
    return isinstance(error, IntegrityError) and "UNIQUE constraint failed" in str(error.orig)
