"""Kill and freeze loops: posts due one after another while workers are killed (SIGKILL) or stopped (SIGSTOP) at random.

What counts is the platform's own log: `lost` posts never arrived, `doubled` keys arrived more than once.
"""

import asyncio
import random
import sqlite3
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import asyncpg
import sqlalchemy as sa

from bench.timeline.processes import Workers, platform
from bench.timeline.rows import fill
from bench.timeline.wire import ask
from bot.store import open_store

SETTINGS = {"lease_s": 2.0, "http_timeout_s": 0.7, "settle_s": 1.0, "slots": 20, "batch": 10}
"""Short, so that a loop of a few seconds sees many leases run out; in the same order as the real ones."""

STILL_S = 60.0
_LEFT = "SELECT count(*) FROM outbox WHERE wake_at IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Plan:
    """`posts` due evenly over `seconds`; `workers` processes; a blow about every `every_s` seconds.

    `how`: which blows: kill (SIGKILL), stop (SIGSTOP, for up to two leases), end (SIGTERM); all but stop start a new worker.

    `faults`: share of posts at which the platform misbehaves. `blind`: no look-back; `unguarded`: no lease guard.
    """

    posts: int
    seconds: float
    workers: int
    how: tuple[str, ...]
    every_s: tuple[float, float]
    seed: int = 1
    faults: float = 0.03
    blind: bool = False
    unguarded: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """Counted at the receiver. `left`: rows that are not over. `longest`: the worst lateness in seconds."""

    database: str
    plan: Plan
    blows: int
    arrived: int
    lost: int
    doubled: int
    left: int
    longest: float

    def line(self) -> str:
        """For the terminal."""
        p = self.plan
        way = "/".join(p.how) + (", blind" if p.blind else "")
        return (
            f"{self.database}, {p.workers} worker(s), {way}{', unguarded' if p.unguarded else ''}: {self.blows} blows, "
            f"{p.posts} posts, {self.arrived} arrived, {self.lost} lost, {self.doubled} doubled, "
            f"{self.left} left{self._why()}, worst lateness {self.longest:.1f} s"
        )

    def _why(self) -> str:
        return f" (given up: none ended for {STILL_S:.0f} s, or it took five times as long)" if self.left else ""


def run(url: str, database: str, plan: Plan) -> Count:
    """Play it on that migrated, empty database."""
    begin = datetime.now(UTC) + timedelta(seconds=3 + plan.posts / 800)
    step = timedelta(seconds=plan.seconds / plan.posts)
    dues = [begin + step * n for n in range(plan.posts)]
    asyncio.run(_fill(url, dues))
    settings = {**SETTINGS, **({"guard": 1e9} if plan.unguarded else {})}
    with platform(20, plan.faults, plan.seed) as port:
        crew = Workers(url, port, settings, sweep_s=0.5, blind=plan.blind)
        try:
            crew.add(plan.workers)
            blows = _beat(crew, plan, begin)
            left = _settle(url, begin, plan)
        finally:
            crew.end()
        log = ask(port, "log")["posts"]
    return _count(database, plan, blows, dues, log, left)


def _beat(crew: Workers, plan: Plan, begin: datetime) -> int:
    """From the first due time on, or from when the workers are ready, where the machine took longer for that."""
    chance, blows, frozen = random.Random(plan.seed), 0, dict[int, float]()
    first = max(begin.timestamp(), time.time())
    end, due = first + plan.seconds, first + plan.every_s[0]
    while time.time() < end:
        time.sleep(0.02)
        for number in [n for n, until in frozen.items() if time.time() > until]:
            crew.thaw(number)
            del frozen[number]
        if time.time() < due:
            continue
        number, how = chance.randrange(plan.workers), chance.choice(plan.how)
        if number in frozen:
            continue
        blows += 1
        if how == "stop":
            crew.freeze(number)
            frozen[number] = time.time() + chance.uniform(0.5, 2 * SETTINGS["lease_s"])
        else:
            crew.replace(number, in_order=how == "end")
        due = time.time() + chance.uniform(*plan.every_s)
    for number in frozen:
        crew.thaw(number)
    return blows


def _settle(url: str, begin: datetime, plan: Plan) -> int:
    """Until every row is over, or none ended for `STILL_S` after the last was due; gives the rows that are not over."""
    left, until = plan.posts, begin.timestamp() + plan.seconds + STILL_S
    longest = until + 4 * STILL_S
    while left and time.time() < until:
        time.sleep(0.2)
        now = _left(url)
        if now < left:
            until = min(max(until, time.time() + STILL_S), longest)
        left = now
    return left


def _left(url: str) -> int:
    """Asked beside the workers, so not through the store: a SQLite file belongs to one process."""
    parsed = sa.make_url(url)
    if parsed.drivername.startswith("sqlite"):
        with sqlite3.connect(f"file:{parsed.database}?mode=ro", uri=True, timeout=30) as line:
            try:
                count: int = line.execute(_LEFT).fetchone()[0]
            except sqlite3.OperationalError:
                count = 1  # the journal of the one that was killed waits for a writer: not settled yet
        line.close()
        return count
    return asyncio.run(_left_there(parsed))


async def _left_there(url: sa.URL) -> int:
    host = url.query.get("host", url.host)
    line = await asyncpg.connect(host=host, user=url.username, password=url.password, database=url.database)
    try:
        count: int = await line.fetchval(_LEFT)
    finally:
        await line.close()
    return count


def _count(
    database: str, plan: Plan, blows: int, dues: list[datetime], log: list[tuple[str, str, float]], left: int
) -> Count:
    seen: dict[str, list[float]] = {}
    for key, _, when in log:
        seen.setdefault(key, []).append(when)
    late = [min(whens) - dues[int(key.split(":")[0].removeprefix("R-"))].timestamp() for key, whens in seen.items()]
    doubled = sum(len(whens) > 1 for whens in seen.values())
    lost = plan.posts - len(seen)
    return Count(database, plan, blows, len(log), lost, doubled, left, round(max(late, default=0.0), 2))


async def _fill(url: str, dues: list[datetime]) -> None:
    async with open_store(url) as store:
        await fill(store, dues, parked=0)
