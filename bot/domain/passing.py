"""An instant that notes until when what is worked out with it stays the same: until when a look need not be worked out again.

`Passing` is the present instant, told as such. Whoever compares it with another instant, or the time since or until another one
with a length, depends on it only up to the moment where that comparison turns out otherwise; whoever asks for its day, up to
midnight. These moments are noted, the first of them counts. Every other use notes the present itself: then nothing is known of
any later moment. So an operation that nobody thought of here makes an answer stay for a shorter time, never for too long.
Only what decides nothing is worked out with it. Pure: no clock is asked.
"""

import operator
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Final

ZERO: Final = timedelta(0)
_SECOND: Final = timedelta(seconds=1)
_MINUTE: Final = timedelta(minutes=1)
_NEVER: Final = datetime.max.replace(tzinfo=UTC)


class Until:
    """`at`: up to here, and not at it, all is as it was worked out at `since`."""

    __slots__ = ("at", "since")

    def __init__(self, since: datetime) -> None:
        """Nothing was compared yet."""
        self.since = since
        self.at = _NEVER

    def turns(self, after: timedelta) -> None:
        """Something turns out otherwise so long after `since`; what has turned already does not turn again."""
        if after >= ZERO:
            self.at = min(self.at, self.since + min(after, _MINUTE * 60))

    def over(self) -> None:
        """Nothing is known of any later moment."""
        self.at = self.since


def _over(name: str, of: type) -> Any:  # noqa: ANN401 - it has the type of what it stands for
    """The same method of the plain value, after which nothing is known of any later moment."""

    def method(self: "Passing | Length", *values: object, **named: object) -> object:
        self.until.over()
        return getattr(self.plain, name)(*values, **named)

    method.__doc__ = getattr(of, name).__doc__
    return method


def _over_attribute(name: str) -> Any:  # noqa: ANN401 - it has the type of what it stands for
    def read(self: "Passing | Length") -> object:
        self.until.over()
        return getattr(self.plain, name)

    return property(read)


class Passing(datetime):
    """The present, or an instant that lies a fixed length from it: it passes as time does."""

    until: Until
    plain: datetime

    @classmethod
    def now(cls, at: datetime | tzinfo | None = None) -> "Passing":  # type: ignore[override]  # no clock is asked: it is told
        """That instant, aware, as the present. Raises TypeError for anything else."""
        if not isinstance(at, datetime) or at.tzinfo is None:
            msg = "the present is told, as an aware instant"
            raise TypeError(msg)
        return cls._of(at, Until(at))

    @classmethod
    def _of(cls, at: datetime, until: Until) -> "Passing":
        made = datetime.__new__(
            cls, at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond, at.tzinfo, fold=at.fold
        )
        made.until, made.plain = until, at
        return made

    def _compared(self, other: object, how: Callable[[Any, Any], bool]) -> bool:
        if isinstance(other, Passing):
            if other.until is not self.until:
                self.until.over()
                other.until.over()
            return how(self.plain, other.plain)
        if not isinstance(other, datetime):
            return NotImplemented
        self.until.turns(other - self.plain)
        return how(self.plain, other)

    def __lt__(self, other: object) -> bool:
        return self._compared(other, operator.lt)

    def __le__(self, other: object) -> bool:
        return self._compared(other, operator.le)

    def __gt__(self, other: object) -> bool:
        return self._compared(other, operator.gt)

    def __ge__(self, other: object) -> bool:
        return self._compared(other, operator.ge)

    def __eq__(self, other: object) -> bool:
        """Two presents are one only if they are the very same: nobody takes what was worked out with another one."""
        if isinstance(other, Passing) and other.until is not self.until:
            return False
        return self._compared(other, operator.eq)

    def __ne__(self, other: object) -> bool:
        found = self == other
        return found if found is NotImplemented else not found

    def __add__(self, length: timedelta) -> datetime:  # type: ignore[override]  # it passes too, where the length is fixed
        if isinstance(length, Length):
            self.until.over()
            length.until.over()
            return self.plain + length.plain
        return Passing._of(self.plain + length, self.until)

    __radd__ = __add__  # type: ignore[assignment]  # the same

    def __sub__(self, other: Any) -> Any:  # type: ignore[override]  # noqa: ANN401 - an instant less a length, or a length
        if isinstance(other, timedelta):
            return self + (-other)
        if isinstance(other, Passing):
            if other.until is not self.until:
                self.until.over()
                other.until.over()
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

    for _name in ("__hash__", "__str__", "__repr__", "__format__", "__reduce_ex__", "timestamp", "isoformat", "strftime",
                  "replace", "time", "timetz", "weekday", "isoweekday", "isocalendar", "timetuple", "utctimetuple", "toordinal",
                  "ctime", "utcoffset", "dst", "tzname"):  # fmt: skip
        locals()[_name] = _over(_name, datetime)
    for _name in ("year", "month", "day", "hour", "minute", "second", "microsecond"):
        locals()[_name] = _over_attribute(_name)
    del _name


class Length(timedelta):
    """The time since an instant, which grows (`way` 1), or until one, which gets less (-1)."""

    until: Until
    plain: timedelta
    way: int

    @classmethod
    def of(cls, length: timedelta, until: Until, way: int) -> "Length":
        """That length now."""
        made = timedelta.__new__(cls, length.days, length.seconds, length.microseconds)
        made.until, made.plain, made.way = until, length, way
        return made

    def in_steps(self, step: timedelta) -> timedelta:
        """The plain length, for whoever prints only how many whole steps it has, without a sign."""
        size = abs(self.plain)
        growing = self.way * (1 if self.plain >= ZERO else -1) > 0
        rest = size % step
        self.until.turns(step - rest if growing else rest)
        return self.plain

    def _compared(self, other: object, how: Callable[[Any, Any], bool]) -> bool:
        if isinstance(other, Length):
            if other.until is not self.until or other.way != self.way:
                self.until.over()
                other.until.over()
            return how(self.plain, other.plain)
        if not isinstance(other, timedelta):
            return NotImplemented
        self.until.turns((other - self.plain) * self.way)
        return how(self.plain, other)

    def __lt__(self, other: object) -> bool:
        return self._compared(other, operator.lt)

    def __le__(self, other: object) -> bool:
        return self._compared(other, operator.le)

    def __gt__(self, other: object) -> bool:
        return self._compared(other, operator.gt)

    def __ge__(self, other: object) -> bool:
        return self._compared(other, operator.ge)

    def __eq__(self, other: object) -> bool:
        return self._compared(other, operator.eq)

    def __ne__(self, other: object) -> bool:
        return self._compared(other, operator.ne)

    def __neg__(self) -> "Length":
        return Length.of(-self.plain, self.until, -self.way)

    def __abs__(self) -> "Length":
        return self if self >= ZERO else -self

    for _name in ("__hash__", "__str__", "__repr__", "__reduce_ex__", "__bool__", "__add__", "__radd__", "__sub__", "__rsub__",
                  "__mul__", "__rmul__", "__floordiv__", "__truediv__", "__mod__", "__divmod__", "__rdivmod__", "total_seconds"):  # fmt: skip
        locals()[_name] = _over(_name, timedelta)
    for _name in ("days", "seconds", "microseconds"):
        locals()[_name] = _over_attribute(_name)
    del _name


def in_minutes(length: timedelta) -> timedelta:
    """The plain length, for whoever prints it in whole minutes, and in whole seconds where it is shorter than one."""
    if isinstance(length, Length):
        return length.in_steps(_SECOND if abs(length) < _MINUTE else _MINUTE)
    return length
