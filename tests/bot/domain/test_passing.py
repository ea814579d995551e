"""What is worked out with a passing instant is the same until the instant that it notes, whatever is asked of it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.passing import Length, Passing, in_minutes

NOON = datetime(2026, 11, 26, 12, 0, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
_INSTANT = timedelta(microseconds=1)
LENGTHS = st.timedeltas(timedelta(minutes=-3), timedelta(minutes=3))

KNOWN: Mapping[str, Callable[[Any, datetime, timedelta], object]] = {
    "before": lambda now, at, _: now < at,
    "not after": lambda now, at, _: now <= at,
    "after, the other way round": lambda now, at, _: at < now,
    "equal": lambda now, at, _: now == at,
    "unequal": lambda now, at, _: now != at,
    "ahead": lambda now, at, d: now + d >= at,
    "ahead, the other way round": lambda now, at, d: d + now >= at,
    "behind": lambda now, at, d: now - d > at,
    "elsewhere": lambda now, at, _: now.astimezone(BERLIN) < at,
    "since": lambda now, at, d: now - at < d,
    "until": lambda now, at, d: at - now <= d,
    "a length of time ago": lambda now, at, d: timedelta(0) <= now - at < d,
    "as far": lambda now, at, d: now - at == d,
    "not so far": lambda now, at, d: now - at != d,
    "near": lambda now, at, d: abs(now - at) < d,
    "backwards": lambda now, at, d: -(now - at) > d,
    "in minutes": lambda now, at, _: abs(int(in_minutes(now - at).total_seconds())) // 60,
    "in seconds under a minute": lambda now, at, _: min(abs(int(in_minutes(at - now).total_seconds())), 60),
    "two presents": lambda now, at, d: now - d < now or now < at,
    "between two presents": lambda now, _, d: (now + d) - now < timedelta(minutes=1),
    "two lengths that grow alike": lambda now, at, d: now - at <= now - (at + d),
    "the day": lambda now, _, d: (now + d).date(),
    "the day elsewhere": lambda now, _, d: (now.astimezone(BERLIN) + d).date(),
    "whichever is later": lambda now, at, _: max(now, at) is now or at > now,
}
OTHERS: Mapping[str, Callable[[Any, datetime, timedelta], object]] = {
    "hour": lambda now, *_: now.hour,
    "second": lambda now, *_: now.second,
    "zone": lambda now, *_: now.tzinfo,
    "stamp": lambda now, *_: now.timestamp(),
    "text": lambda now, *_: f"{now:%H:%M} {now}",
    "rounded": lambda now, *_: now.replace(second=0),
    "weekday": lambda now, *_: now.weekday(),
    "key": lambda now, *_: hash(now),
    "key of a length": lambda now, at, _: hash(now - at),
    "between two that differ": lambda now, at, _: Passing.present(at) - now,
    "seconds since": lambda now, at, _: (now - at).total_seconds(),
    "days since": lambda now, at, _: (now - at).days,
    "share": lambda now, at, _: (now - at) / timedelta(hours=1),
    "whether there is any": lambda now, at, _: bool(now - at),
    "sum": lambda now, at, d: sum([now - at, d], timedelta()),
    "longer": lambda now, at, d: (now - at) + d < d,
    "doubled": lambda now, at, d: (now - at) * 2 > d,
    "by its own length": lambda now, at, _: now + (at - now) < at,
    "two lengths": lambda now, at, _: now - at < at - now,
    "with another present": lambda now, at, _: now < Passing.present(at),
}


@pytest.mark.parametrize("name", [*KNOWN, *OTHERS])
@given(at=LENGTHS, length=LENGTHS, midnight=st.booleans(), share=st.floats(0, 0.999))
def test_until_then_nothing_turns_out_otherwise(
    name: str, at: timedelta, length: timedelta, share: float, *, midnight: bool
) -> None:
    asked = {**KNOWN, **OTHERS}[name]
    here = NOON.replace(hour=23, minute=58) if midnight else NOON
    present = Passing.present(here)
    told = asked(present, here + at, length)
    until = present.until.at
    assert told == asked(here, here + at, length), "it is asked as any other instant is"
    for later in {until - _INSTANT, here + (until - here) * share} - {here - _INSTANT}:
        assert asked(later, here + at, length) == told


@pytest.mark.parametrize("name", OTHERS)
def test_of_what_nobody_thought_of_nothing_later_is_known(name: str) -> None:
    present = Passing.present(NOON)
    OTHERS[name](present, NOON - timedelta(minutes=2), timedelta(minutes=1))
    assert present.until.at == NOON


@pytest.mark.parametrize("name", KNOWN)
def test_of_what_is_known_something_later_is(name: str) -> None:
    present = Passing.present(NOON)
    KNOWN[name](present, NOON - timedelta(seconds=90), timedelta(seconds=45))
    assert present.until.at >= NOON + timedelta(seconds=10)


@pytest.mark.parametrize(("kind", "value"), [(Passing, Passing.present(NOON)), (Length, Passing.present(NOON) - NOON)])
def test_nothing_of_an_instant_or_a_length_is_read_unnoted(kind: type, value: object) -> None:
    """Whatever a later Python adds to them, too."""
    plain = kind.__mro__[1]
    says_nothing = {"__new__", "__doc__", "__getattribute__", "max", "min", "resolution"}
    of_the_kind = {n for n in vars(plain) if n not in says_nothing and not isinstance(vars(plain)[n], classmethod)}
    alone = {n for n in of_the_kind if type(vars(plain)[n]).__name__ == "classmethod_descriptor"}
    static = {n for n in of_the_kind if type(vars(plain)[n]).__name__ == "builtin_function_or_method"}
    assert of_the_kind - alone - static <= set(vars(kind))
    assert isinstance(value, plain)


def test_two_presents_are_never_the_same() -> None:
    one, other = Passing.present(NOON), Passing.present(NOON)
    assert one == one  # noqa: PLR0124 - the very same is
    assert one != other
    assert one == NOON
    assert one.until.at == NOON, "it is so for this moment only"
    assert one != "noon"
    assert (one - NOON) != "noon"
    with pytest.raises(TypeError):
        assert one < "noon"  # type: ignore[operator]  # nobody may
