"""What holds for every test: how many cases are generated, and no network but this machine's own."""

import ipaddress
import sys
from typing import Any

from hypothesis import HealthCheck, settings

# A shared runner stalls now and then; how long a case takes is a matter of bench/.
# The same cases each time, so that green stays green; `make fuzz` looks for new ones.
settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("fuzz", parent=settings.get_profile("ci"), derandomize=False, max_examples=5_000)
settings.load_profile("ci")


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
