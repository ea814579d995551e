"""Two clocks: civil time can be simulated, monotonic and real time cannot be stretched by it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.clock import SimulatedClock, SystemClock

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class Hands:
    """The machine's hands, moved by the test."""

    def __init__(self) -> None:
        self.seconds = 100.0
        self.wall = NOON

    def pass_by(self, seconds: float) -> None:
        """Real time passes on both hands."""
        self.seconds += seconds
        self.wall += timedelta(seconds=seconds)

    def monotonic(self) -> float:
        """The monotonic hand."""
        return self.seconds

    def real(self) -> datetime:
        """The wall hand."""
        return self.wall


@pytest.fixture
def hands() -> Hands:
    """A machine at noon."""
    return Hands()


def test_simulated_time_stands_still_until_it_is_advanced(hands: Hands) -> None:
    clock = SimulatedClock(NOON, monotonic=hands.monotonic, real=hands.real)
    hands.pass_by(3600)
    assert clock.now() == NOON
    assert clock.advance(timedelta(minutes=5)) == NOON + timedelta(minutes=5)
    hands.pass_by(1)
    assert clock.now() == NOON + timedelta(minutes=5)


def test_at_rate_60_a_real_second_is_a_civil_minute_and_real_time_stays_real(hands: Hands) -> None:
    clock = SimulatedClock(NOON, rate=60, monotonic=hands.monotonic, real=hands.real)
    hands.pass_by(2)
    assert clock.now() == NOON + timedelta(minutes=2)
    assert clock.real() == NOON + timedelta(seconds=2)
    assert clock.monotonic() == 102.0


def test_a_change_of_rate_loses_no_time_and_advancing_works_while_it_runs(hands: Hands) -> None:
    clock = SimulatedClock(NOON, rate=60, monotonic=hands.monotonic, real=hands.real)
    hands.pass_by(1)
    clock.advance(timedelta(minutes=10))
    assert clock.now() == NOON + timedelta(minutes=11)
    clock.run(0)
    hands.pass_by(30)
    assert clock.now() == NOON + timedelta(minutes=11)
    clock.run(1)
    hands.pass_by(30)
    assert clock.now() == NOON + timedelta(minutes=11, seconds=30)
    assert clock.rate == 1


def test_simulated_time_goes_on_where_it_was_after_a_restart(hands: Hands) -> None:
    before = SimulatedClock(NOON, monotonic=hands.monotonic, real=hands.real)
    before.advance(timedelta(hours=3))
    hands.pass_by(7 * 86400)
    after = SimulatedClock(before.now(), monotonic=hands.monotonic, real=hands.real)
    assert after.now() == NOON + timedelta(hours=3)


def test_civil_time_is_kept_in_utc_and_a_naive_instant_is_refused(hands: Hands) -> None:
    clock = SimulatedClock(NOON, monotonic=hands.monotonic, real=hands.real)
    with pytest.raises(ValueError, match="needs a zone"):
        clock.set(NOON.replace(tzinfo=None))
    assert clock.now() == NOON
    clock.set(datetime(2026, 11, 24, 18, 30, tzinfo=timezone(timedelta(hours=5, minutes=30))))
    assert clock.now() == NOON + timedelta(hours=1)
    assert clock.now().tzinfo is UTC


@pytest.mark.parametrize(
    ("back", "forward"),
    [
        (lambda c: c.advance(timedelta(seconds=-1)), lambda c: c.advance(timedelta(seconds=1))),
        (lambda c: c.run(-1), lambda c: c.run(1)),
    ],
)
def test_time_is_not_taken_back(
    hands: Hands, back: Callable[[SimulatedClock], object], forward: Callable[[SimulatedClock], object]
) -> None:
    clock = SimulatedClock(NOON, monotonic=hands.monotonic, real=hands.real)
    with pytest.raises(ValueError, match=r"back"):
        back(clock)
    assert clock.now() == NOON
    forward(clock)
    hands.pass_by(1)
    assert clock.now() > NOON


def test_the_system_clock_is_aware_and_in_utc() -> None:
    clock = SystemClock()
    assert clock.now().tzinfo is UTC
    assert clock.real() - clock.now() < timedelta(seconds=5)
    assert clock.monotonic() <= clock.monotonic()
    assert clock.rate == 1


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(minutes=10)])
def test_a_jump_of_the_system_clock_is_noticed_once(hands: Hands, jump: timedelta) -> None:
    clock = SystemClock(wall=hands.real, monotonic=hands.monotonic)
    hands.pass_by(60)
    assert clock.jump() is None
    hands.pass_by(2)
    hands.wall += jump
    assert clock.jump() == jump
    hands.pass_by(2)
    assert clock.jump() is None


def test_slewing_is_no_jump_and_simulated_time_never_jumps_by_itself(hands: Hands) -> None:
    clock = SystemClock(wall=hands.real, monotonic=hands.monotonic)
    hands.pass_by(2)
    hands.wall += timedelta(milliseconds=500)
    assert clock.jump() is None
    simulated = SimulatedClock(NOON, monotonic=hands.monotonic, real=hands.real)
    simulated.advance(timedelta(days=1))
    assert simulated.jump() is None
