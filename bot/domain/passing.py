"""An instant that notes until when what is worked out with it stays the same: until when a look need not be worked out again.

`Passing` is the present, as it was told. Whoever compares it with another instant, or the time since or until another one with a
length, depends on it only up to the moment where that comparison turns out otherwise; whoever asks for its day, up to midnight.
These moments are noted, and the first of them counts. Every other use notes the present itself: then nothing later is known. So
what nobody thought of here makes an answer count for a shorter time, never for too long. Only what decides nothing is worked out
with it. Pure: no clock is asked.
"""

import operator
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Final

_ZERO: Final = timedelta(0)
_SECOND: Final = timedelta(seconds=1)
_MINUTE: Final = timedelta(minutes=1)
_FAR: Final = timedelta(hours=1)
"""Nobody wants to know of anything later."""
_COMPARISONS: Final = {f"__{how.__name__}__": how for how in (operator.lt, operator.le, operator.gt, operator.ge)}


class Until:
    """`at`: from `since` up to here, and not at it, all is as it was worked out."""

    __slots__ = ("at", "since")

    def __init__(self, since: datetime) -> None:
        """Nothing was compared yet."""
        self.since = since
        self.at = since + _FAR

    def turns(self, after: timedelta) -> None:
        """Something turns out otherwise so long after `since`; what has turned already does not turn again."""
        if _ZERO <= after < _FAR:
            self.at = min(self.at, self.since + after)

    def over(self) -> None:
        """Nothing is known of any later moment."""
        self.at = self.since


class Passing(datetime):
    """The present, or an instant that lies a fixed length from it: it passes as time does."""

    until: Until
    plain: datetime

    @classmethod
    def present(cls, at: datetime) -> "Passing":
        """That aware instant."""
        return cls._of(at, Until(at))

    @classmethod
    def _of(cls, at: datetime, until: Until) -> "Passing":
        clock = (at.hour, at.minute, at.second, at.microsecond, at.tzinfo)
        made = datetime.__new__(cls, at.year, at.month, at.day, *clock, fold=at.fold)
        made.until, made.plain = until, at
        return made

    def turns(self, other: datetime) -> None:
        """It is compared with that instant."""
        if not isinstance(other, Passing):
            self.until.turns(other - self.plain)
        elif other.until is not self.until:
            _both_over(self, other)

    def __eq__(self, other: object) -> bool:
        """Two presents are one only if they are the very same: nobody takes what was worked out with another one."""
        if not isinstance(other, datetime) or (isinstance(other, Passing) and other.until is not self.until):
            return False
        self.turns(other)
        return bool(self.plain == _plain(other))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        self.until.over()
        return hash(self.plain)

    def __add__(self, length: timedelta) -> datetime:  # type: ignore[override]  # it passes too, where the length is fixed
        if isinstance(length, Length):
            _both_over(self, length)
            return self.plain + length.plain
        return Passing._of(self.plain + length, self.until)

    __radd__ = __add__  # type: ignore[assignment]  # the same

    def __sub__(self, other: Any) -> Any:  # noqa: ANN401 - an instant less a length, or a length
        if isinstance(other, timedelta):
            return self + (-other)
        if isinstance(other, Passing):
            self.turns(other)
            return self.plain - other.plain
        return Length.of(self.plain - other, self.until, 1)

    def __rsub__(self, other: datetime) -> "Length":
        return Length.of(other - self.plain, self.until, -1)

    def astimezone(self, tz: tzinfo | None = None) -> "Passing":
        """The same instant elsewhere."""
        return Passing._of(self.plain.astimezone(tz), self.until)

    def date(self) -> date:
        """Its day, which ends at midnight."""
        today = self.plain.date()
        midnight = datetime.combine(today + timedelta(days=1), time(), self.plain.tzinfo)
        self.until.turns(midnight.astimezone(UTC) - self.plain.astimezone(UTC))
        return today


class Length(timedelta):
    """The time since an instant, which grows (`way` 1), or until one, which gets less (-1)."""

    until: Until
    plain: timedelta
    way: int

    @classmethod
    def of(cls, length: timedelta, until: Until, way: int) -> "Length":
        """It is so long now."""
        made = timedelta.__new__(cls, length.days, length.seconds, length.microseconds)
        made.until, made.plain, made.way = until, length, way
        return made

    def in_steps(self, step: timedelta) -> timedelta:
        """The plain length, for whoever prints only how many whole steps it has, without a sign."""
        growing = self.way * (1 if self.plain >= _ZERO else -1) > 0
        rest = abs(self.plain) % step
        self.until.turns(step - rest if growing else rest)
        return self.plain

    def turns(self, other: timedelta) -> None:
        """It is compared with that length."""
        if not isinstance(other, Length):
            self.until.turns((other - self.plain) * self.way)
        elif other.until is not self.until or other.way != self.way:
            _both_over(self, other)

    def __eq__(self, other: object) -> bool:
        """As lengths are; it is so for this moment only."""
        if not isinstance(other, timedelta):
            return False
        self.turns(other)
        return bool(self.plain == _plain(other))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        self.until.over()
        return hash(self.plain)

    def __neg__(self) -> "Length":
        return Length.of(-self.plain, self.until, -self.way)

    def __abs__(self) -> "Length":
        return self if self >= _ZERO else -self


def in_minutes(length: timedelta) -> timedelta:
    """The plain length, for whoever prints it in whole minutes, and in whole seconds where it is shorter than one."""
    if isinstance(length, Length):
        return length.in_steps(_SECOND if abs(length) < _MINUTE else _MINUTE)
    return length


def _plain(value: Any) -> Any:  # noqa: ANN401 - an instant or a length
    return value.plain if isinstance(value, Passing | Length) else value


def _both_over(one: "Passing | Length", other: "Passing | Length") -> None:
    one.until.over()
    other.until.over()


def _comparison(how: Callable[[Any, Any], bool], kind: type) -> object:
    """Of two instants, or of two lengths."""

    def compared(self: Any, other: object) -> bool:  # noqa: ANN401 - one of the two classes
        if not isinstance(other, kind):
            return NotImplemented  # type: ignore[no-any-return]  # as Python asks for
        self.turns(other)
        return bool(how(self.plain, _plain(other)))

    return compared


def _method(name: str) -> object:
    """The same of the plain value, after which nothing is known of any later moment."""

    def method(self: "Passing | Length", *values: object, **named: object) -> object:
        self.until.over()
        return getattr(self.plain, name)(*values, **named)

    return method


def _attribute(name: str) -> object:
    def read(self: "Passing | Length") -> object:
        self.until.over()
        return getattr(self.plain, name)

    return property(read)


_OF_EVERY_OBJECT = frozenset(dir(object)) - {"__eq__", "__ne__", "__hash__", "__str__", "__repr__", "__format__", "__reduce__",
                                             "__reduce_ex__", *_COMPARISONS}  # fmt: skip
_OF_NONE = frozenset({"combine", "fromisocalendar", "fromisoformat", "fromordinal", "fromtimestamp", "max", "min", "now",
                      "resolution", "strptime", "today", "utcfromtimestamp", "utcnow"})  # fmt: skip
"""What instants and lengths have that says nothing of one; all else is replaced, whatever a later Python adds."""
for _own, _kind in ((Passing, datetime), (Length, timedelta)):
    for _name in set(dir(_kind)) - set(vars(_own)) - _OF_EVERY_OBJECT - _OF_NONE:
        if _name in _COMPARISONS:
            setattr(_own, _name, _comparison(_COMPARISONS[_name], _kind))
        else:
            setattr(_own, _name, _method(_name) if callable(getattr(_kind, _name)) else _attribute(_name))
