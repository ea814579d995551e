"""Days on which a release scores the same whenever the tests run: no weekend, and no Friday afternoon."""

from datetime import timedelta

from bot.clock import machine_time

_MONDAY_TO_THURSDAY = range(4)


def workday() -> str:
    """The next Monday, Tuesday, Wednesday or Thursday after today, as people type it: 2026-11-26."""
    day = machine_time() + timedelta(days=1)
    while day.weekday() not in _MONDAY_TO_THURSDAY:
        day += timedelta(days=1)
    return f"{day:%Y-%m-%d}"
