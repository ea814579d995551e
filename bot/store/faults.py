"""What a driver's error means to us."""

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.domain.errors import Conflict, Unwritable

_RACES = frozenset({"40001", "40P01", "55P03", "23505"})
"""Serialization failure, deadlock, lock time-out, unique violation: somebody else was there first."""


def translated(error: DBAPIError | PoolTimeout | OSError) -> Exception:
    """Conflict where another transaction won the race; the error itself where it is our mistake; else Unwritable (G17)."""
    if is_race(error):
        return Conflict("another transaction was first: load again and decide again")
    if isinstance(error, IntegrityError):
        return error
    cause = error.orig if isinstance(error, DBAPIError) else error
    return Unwritable(f"the database cannot be read or written: {cause}")


def is_race(error: Exception) -> bool:
    """True where the same work may succeed when it is done again."""
    if not isinstance(error, DBAPIError):
        return False
    if getattr(error.orig, "sqlstate", None) in _RACES:
        return True
    return isinstance(error, IntegrityError) and "UNIQUE constraint failed" in str(error.orig)
