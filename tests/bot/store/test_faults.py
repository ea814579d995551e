"""What a driver's error means."""

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from bot.domain.errors import Conflict, Unwritable
from bot.store.faults import is_race, translated


class Deadlock(Exception):
    sqlstate = "40P01"


def test_a_lost_race_is_a_conflict_whoever_tells_it() -> None:
    assert isinstance(translated(DBAPIError("x", {}, Deadlock())), Conflict)
    assert isinstance(
        translated(IntegrityError("x", {}, Exception("UNIQUE constraint failed: inbox.receipt"))), Conflict
    )
    assert not is_race(ValueError("x"))


def test_a_broken_rule_of_ours_stays_what_it_is() -> None:
    error = IntegrityError("x", {}, Exception("NOT NULL constraint failed"))
    assert translated(error) is error


def test_a_full_disk_refuses_the_act() -> None:
    full = translated(OperationalError("INSERT", {"secret": "hunter2"}, Exception("disk is full")))
    assert isinstance(full, Unwritable)
    assert str(full) == "the database cannot be read or written: disk is full"
    assert isinstance(translated(OSError("connection refused")), Unwritable)
