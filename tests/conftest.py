"""What holds for every test: how many cases are generated, no network but this machine's own, and what is measured."""

import gc
import ipaddress
import os
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import coverage
import pytest
from hypothesis import HealthCheck, settings

# A shared runner stalls now and then; how long a case takes is a matter of bench/.
# The same cases each time, so that green stays green; `make fuzz` looks for new ones.
settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("fuzz", parent=settings.get_profile("ci"), derandomize=False, max_examples=5_000)
settings.load_profile("ci")


COUNTERPARTS = (
    Path(__file__).parent / "counterparts" / "node_modules",
    *map(
        Path,
        ("/usr/bin/chromium", "/usr/bin/prometheus", "/usr/bin/prometheus-alertmanager", "/usr/bin/docker-registry"),
    ),
)
"""What the real counterparts are run from."""


class Abroad(RuntimeError):
    """A test wanted to leave this machine."""


def _stay_at_home(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if not _at_home(host):
        raise Abroad(host)


def _at_home(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback or str(name) in {"0.0.0.0", "::"}  # noqa: S104 - binding, not a call
    except ValueError:
        return False


sys.addaudithook(_stay_at_home)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the collector of garbage need not walk through it in every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A test that misses a counterpart says which file is not there; this says where it comes from."""
    absent = [str(path) for path in COUNTERPARTS if not path.exists()]
    if absent and {"failed", "error"} & terminalreporter.stats.keys():
        terminalreporter.write_line(f"not installed here: {', '.join(absent)}; run: .ci/system (make test does)")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Long runs of what other tests show line by line are marked `unmeasured`: coverage would treble what they cost.

    The tracer is taken out here, and not started in the processes that the test starts.
    """
    measuring = coverage.Coverage.current() if item.get_closest_marker("unmeasured") else None
    if measuring is None:
        return (yield)
    told = os.environ.pop("COVERAGE_PROCESS_CONFIG", None)
    measuring.stop()
    try:
        return (yield)
    finally:
        measuring.start()
        if told is not None:
            os.environ["COVERAGE_PROCESS_CONFIG"] = told
