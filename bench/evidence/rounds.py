"""Ours and the peer, turn by turn: each round gives one ratio, so that a mood of the machine meets both sides of it."""

import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

Work = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Paired:
    """Milliseconds of each round, in wall time or in processor time of this process."""

    ours: Sequence[float]
    peer: Sequence[float]

    @property
    def ratios(self) -> tuple[float, float, float]:
        """Lower quartile, median and upper quartile of ours through the peer's, round by round."""
        low, middle, high = statistics.quantiles([a / b for a, b in zip(self.ours, self.peer, strict=True)], n=4)
        return round(low, 2), round(middle, 2), round(high, 2)

    def told(self, what: str) -> str:
        """One line."""
        low, middle, high = self.ratios
        mine, peer = statistics.median(self.ours), statistics.median(self.peer)
        return f"{what}: {mine:.1f} ms, plain aiohttp {peer:.1f} ms; ratio {middle:.2f} (half of all: {low:.2f} to {high:.2f})"

    def figures(self) -> dict[str, object]:
        """The same, for the file."""
        mine, peer = statistics.median(self.ours), statistics.median(self.peer)
        return {"ours_ms": round(mine, 2), "aiohttp_ms": round(peer, 2), "ratio_quartiles": self.ratios}


async def measured(ours: Work, peer: Work, rounds: int) -> tuple[Paired, Paired]:
    """Wall time, and processor time of this process. Who begins changes from round to round."""
    wall: dict[Work, list[float]] = {ours: [], peer: []}
    processor: dict[Work, list[float]] = {ours: [], peer: []}
    for n in range(rounds):
        for work in (ours, peer) if n % 2 else (peer, ours):
            began, busy = time.perf_counter(), time.process_time()
            await work()
            processor[work].append((time.process_time() - busy) * 1000)
            wall[work].append((time.perf_counter() - began) * 1000)
    return Paired(wall[ours], wall[peer]), Paired(processor[ours], processor[peer])
