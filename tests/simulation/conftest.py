"""Worlds are lived without coverage: it trebles what they cost, and each line has tests of its own that show it."""

from collections.abc import Iterator

import coverage
import pytest


@pytest.fixture(autouse=True)
def _unmeasured() -> Iterator[None]:
    """Takes the tracer out for one test, and puts it back with all that it has seen."""
    measuring = coverage.Coverage.current()
    if measuring is None:
        yield
        return
    measuring.stop()
    try:
        yield
    finally:
        measuring.start()
