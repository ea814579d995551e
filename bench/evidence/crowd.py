"""A hundred releases at once, wave after wave, with a source that never answers and one that is not there among the others."""

import asyncio
import gc
import socket
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import psutil

from adapters.evidence.timely import Timely
from adapters.http.fetch import Transport
from bench.evidence.release import Asked, made_of, saw_nothing
from bench.evidence.server import SLOW
from bot.ports import SourceSettings

RELEASES = 100
WAVES = 6
CALL_S = 1.0
"""The time limit of a call to the source that never answers."""

WHOLE_S = 5.0
"""When whoever asks for a whole answer gives up."""


@dataclass(slots=True)
class Crowd:
    """`memory`: resident megabytes after each wave. `blind`: well sources that were not reached in time, of `asked`.

    `seconds`: of the whole look of each release through its well sources, from the moment at which all were asked. `longest`:
    that of the source that never answers. `ill_seen`: how often one of the two ill sources pretended to have seen something.
    """

    memory: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    longest: float = 0.0
    asked: int = 0
    blind: int = 0
    ill_seen: int = 0

    def told(self) -> list[str]:
        """Lines for people."""
        last = statistics.quantiles(self.seconds, n=100)
        within = f"half within {last[49]:.2f} s, 99 % within {last[98]:.2f} s, all within {max(self.seconds):.2f} s"
        return [
            f"{RELEASES} releases at once, MB after each of {WAVES} waves: {', '.join(map(str, self.memory))}",
            f"all well sources of a release, beside a slow and a dead one: {within}",
            f"well sources that were not reached in time: {self.blind} of {self.asked}",
            f"the slow source let go after {self.longest:.2f} s at most; ill sources that were taken for seen: {self.ill_seen}",
        ]

    def figures(self) -> dict[str, object]:
        """The same, for the file."""
        last = statistics.quantiles(self.seconds, n=100)
        return {
            "releases_at_once": RELEASES, "rss_mb_by_wave": self.memory, "saw_nothing": self.blind, "asked": self.asked,
            "release_s": {"median": round(last[49], 3), "p99": round(last[98], 3), "max": round(max(self.seconds), 3)},
            "slow_source_s": round(self.longest, 3), "ill_seen": self.ill_seen,
        }  # fmt: skip


async def crowded(every: Sequence[Asked], base: str, transport: Transport) -> Crowd:
    """All waves."""
    process, found = psutil.Process(), Crowd()
    ill = _ill(base, transport)
    timely = [Asked(one.role, Timely(one.source)) for one in every]
    for _ in range(WAVES):
        await asyncio.gather(*(_release(timely, ill, found) for _ in range(RELEASES)))
        gc.collect()
        found.memory.append(round(process.memory_info().rss / 2**20, 1))
    return found


async def _release(every: Sequence[Asked], ill: Sequence[Asked], found: Crowd) -> None:
    """One release: the ill sources are asked first, so that they have every chance to be in the way."""
    began = time.perf_counter()
    bad = asyncio.gather(*(one.gather(WHOLE_S) for one in ill))
    well = await asyncio.gather(*(one.gather(WHOLE_S) for one in every))
    found.seconds.append(time.perf_counter() - began)
    found.asked += len(well)
    found.blind += sum(map(saw_nothing, well))
    found.ill_seen += sum(not saw_nothing(items) for items in await bad)
    found.longest = max(found.longest, time.perf_counter() - began)


def _ill(base: str, transport: Transport) -> Sequence[Asked]:
    """One that takes every call and answers none, and one at a port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{probe.getsockname()[1]}"
    settings = {
        "slow": SourceSettings("slow", "prometheus", f"{base}{SLOW}", (), allow_private=True, timeout_s=CALL_S),
        "dead": SourceSettings("dead", "prometheus", nobody, (), allow_private=True, timeout_s=CALL_S),
    }
    return [Asked("prometheus", Timely(one)) for one in made_of(settings, transport).values()]
