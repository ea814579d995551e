"""`python -m bench.timeline`: a burst beside two peers, ten times the burst, and growth; `--large` parks a million.

`… burst`, `… growth`: one of them, with sizes of one's own. `… loops`: kill and freeze loops.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import psutil
import sqlalchemy as sa

from bench.machine import keep, machine
from bench.timeline import bare, burst, growth, loop
from bench.timeline.burst import Lateness
from bench.timeline.processes import end, first_line, platform, start
from bench.timeline.wire import ask
from tests.postgres import drop_database, fresh_database_url
from tests.sqlite import fresh_sqlite_url

DUE = 1000
TEN_TIMES = 10_000
MOST_FOR_A_JOB_STORE = 2000
"""APScheduler's job store takes ten minutes to be filled with more, and stands still as long when it is due."""

PEERS = """peers: APScheduler SQLAlchemyJobStore, misfire_grace_time=None, in-process, keeping no receipt: posting nothing (its
best case), and posting to the same platform; procrastinate on PostgreSQL, asked every 0.5 s, 32 jobs at once in each worker,
posting. Ours reads the release, draws the card, keeps a chained receipt
"""
SAID = {
    "peer_idle": "APScheduler's, posting nothing,",
    "peer_posting": "APScheduler's",
    "procrastinate": "procrastinate's",
    "prototype": "our prototype's on an idle machine",
}

SQLITE, POSTGRES = "SQLite", "PostgreSQL"
CREWS = ((SQLITE, 1), (POSTGRES, 1), (POSTGRES, 4))
PROTOTYPE = {(SQLITE, 1): 1.0, (POSTGRES, 1): 0.87, (POSTGRES, 4): 0.51}
"""p99 of the prototype (timeline.md), seconds, on 2 idle cores: 1,000 due, 10,000 parked. It kept no ledger and drew no card."""


def bursts(given: argparse.Namespace) -> None:
    """All crews, each beside the peer on the same kind of database; the best of `rounds` counts, for both alike."""
    command = f"python -m bench.timeline burst --due {given.due} --parked {given.parked} --rounds {given.rounds}"
    print(f"{command}\n{machine()}; each post takes {burst.ACK_MS:.0f} ms at the platform, in a process of its own")
    print(PEERS)
    peers: dict[tuple[str, int, str], Lateness] = {}
    floors: list[Lateness] = []
    if given.due <= MOST_FOR_A_JOB_STORE:
        for kind, posting in ((kind, posting) for kind in (SQLITE, POSTGRES) for posting in (False, True)):
            best = _best([_peer(kind, given, posting=posting) for _ in range(given.rounds)])
            peers[kind, 0, "peer_posting" if posting else "peer_idle"] = best
            print(best.line(), flush=True)
    for workers in (1, 4):
        best = _best([_queue(workers, given) for _ in range(given.rounds)])
        peers[POSTGRES, workers, "procrastinate"] = best
        print(best.line(), flush=True)
    results = []
    for workers in (1, 4):
        best = _best([bare.bare(workers, given.due) for _ in range(given.rounds)])
        floors.append(best)
        print(best.line(), flush=True)
    for kind, workers in CREWS:
        figures = _best([_ours(kind, workers, given) for _ in range(given.rounds)])
        beside = {n: p.p99 / figures.p99 for (k, w, n), p in peers.items() if k == kind and w in {0, workers}}
        if given.due == DUE:
            beside["prototype"] = PROTOTYPE[kind, workers] / figures.p99
        said = ", ".join(f"{SAID[name]} {ratio:.1f}x" for name, ratio in beside.items())
        print(f"{figures.line()}\n    p99 as a multiple of ours: {said}", flush=True)
        results.append({**asdict(figures), "times_better_than": {n: round(r, 2) for n, r in beside.items()}})
    body = {"peers": [asdict(p) for p in peers.values()], "bare": [asdict(f) for f in floors], "outbox": results}
    print(f"\n{keep('timeline' if given.due == DUE else f'timeline-{given.due}', command, body)}")


def grow(given: argparse.Namespace) -> None:
    """The same burst on PostgreSQL with more and more posts that lie further ahead."""
    sizes = [int(size) for size in given.sizes.split(",")] + [1_000_000] * given.large
    command = f"python -m bench.timeline growth --due {given.due} --sizes {','.join(map(str, sizes))}"
    print(f"{command}\n{machine()}")
    found = []
    for parked in sizes:
        with _database(POSTGRES) as url:
            found.append(growth.grown(url, POSTGRES, 4, given.due, parked))
        ratio = found[-1].lateness.p99 / found[0].lateness.p99
        print(f"{found[-1].line()}; p99 is {ratio:.2f}x that of {sizes[0]:,} parked", flush=True)
    print(f"\n{keep('timeline-growth', command, [asdict(one) for one in found])}")


def loops(given: argparse.Namespace) -> None:
    """Kill -9 on SQLite with one worker, kill -9 and SIGSTOP on PostgreSQL with two."""
    command = f"python -m bench.timeline loops --seconds {given.seconds} --seed {given.seed}"
    command += " --blind" * given.blind + " --unguarded" * given.unguarded
    print(f"{command}\n{machine()}")
    plans: tuple[tuple[str, int, tuple[str, ...], tuple[float, float]], ...] = (
        (SQLITE, 1, ("kill",), (0.8, 1.6)),
        (POSTGRES, 2, ("kill",), (0.3, 0.9)),
        (POSTGRES, 2, ("stop",), (0.5, 1.5)),
    )
    counts = []
    for kind, workers, how, every_s in plans:
        plan = loop.Plan(
            int(given.seconds * given.rate), given.seconds, workers, how, every_s, given.seed,
            blind=given.blind, unguarded=given.unguarded,
        )  # fmt: skip
        with _database(kind) as url:
            count = loop.run(url, kind, plan)
        print(count.line(), flush=True)
        counts.append(asdict(count))
    name = "timeline-loops" + "-blind" * given.blind + "-unguarded" * given.unguarded
    print(f"\n{keep(name, command, counts)}")


def _ours(kind: str, workers: int, given: argparse.Namespace) -> Lateness:
    with _database(kind) as url:
        settings = json.loads(given.settings)
        return burst.outbox(url, kind, workers, given.due, given.parked, settings, judging=given.judge)


def _queue(workers: int, given: argparse.Namespace) -> Lateness:
    """procrastinate, with as many workers."""
    with _database(POSTGRES, migrated=False) as url, platform(burst.ACK_MS) as port:
        sizes = ("--url", url, "--due", str(given.due), "--parked", str(given.parked))
        filling = start("bench.timeline.queue", "fill", *sizes)
        at = datetime.fromtimestamp(json.loads(first_line(filling))["at"], UTC)
        end(filling)
        crew = [start("bench.timeline.queue", "work", "--url", url, "--port", str(port)) for _ in range(workers)]
        try:
            for process in crew:
                first_line(process)
            burst.wait_for(port, given.due, at)
            memory = max(psutil.Process(process.pid).memory_info().rss for process in crew) // 2**20
        finally:
            for process in crew:
                end(process)
        log = [(key, when) for key, _, when in ask(port, "log")["posts"]]
    return burst.lateness("procrastinate, posting", POSTGRES, workers, given.due, given.parked, log, at, memory)


def _peer(kind: str, given: argparse.Namespace, *, posting: bool) -> Lateness:
    with _database(kind, migrated=False) as url, platform(burst.ACK_MS) as port:
        spoken = sa.make_url(url).set(drivername="sqlite" if kind == SQLITE else "postgresql+psycopg")
        plain = spoken.render_as_string(hide_password=False)
        process = start(
            *("bench.timeline.peer", "--url", plain, "--due", str(given.due), "--parked", str(given.parked)),
            *("--port", str(port if posting else 0)),
        )
        said = json.loads(first_line(process))
        end(process)
        if posting:
            said["log"] = [(key, when) for key, _, when in ask(port, "log")["posts"]]
    at = datetime.fromtimestamp(said["at"], UTC)
    way = "APScheduler, posting" if posting else "APScheduler"
    return burst.lateness(way, kind, 1, given.due, given.parked, said["log"], at, said["memory"])


@contextmanager
def _database(kind: str, *, migrated: bool = True) -> Iterator[str]:
    """A fresh one."""
    if kind == SQLITE:
        with tempfile.TemporaryDirectory(prefix="t-minus-bench-") as folder:
            path = Path(folder)
            yield fresh_sqlite_url(path) if migrated else f"sqlite:///{path / 'peer.db'}"
        return
    url = asyncio.run(fresh_database_url(migrated=migrated))
    try:
        yield url
    finally:
        asyncio.run(drop_database(url))


def _best(figures: Sequence[Lateness]) -> Lateness:
    """By p99: what the machine's other guests cost is not what is measured."""
    return min(figures, key=lambda f: f.p99)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.timeline", description=__doc__)
    kinds = parser.add_subparsers(dest="kind")
    one = kinds.add_parser("burst", help="1,000 due in one second, 10,000 parked")
    one.add_argument("--due", type=int, default=DUE)
    one.add_argument("--parked", type=int, default=10_000)
    one.add_argument("--rounds", type=int, default=1)
    one.add_argument("--settings", default="{}", help="fields of bot.outbox.Settings, as JSON")
    one.add_argument(
        "--judge", action="store_true", help="judge the verdict anew for each post (bench/plan measures it)"
    )
    two = kinds.add_parser("loops", help="kill -9 and SIGSTOP, counted at the receiver")
    two.add_argument("--seconds", type=float, default=40)
    two.add_argument("--rate", type=float, default=40, help="posts for each second")
    two.add_argument("--seed", type=int, default=1)
    two.add_argument("--blind", action="store_true", help="a mutation: without look-back it has to find doubles")
    two.add_argument("--unguarded", action="store_true", help="a mutation: without the guard of the lease")
    three = kinds.add_parser("growth", help="the burst with more and more parked")
    three.add_argument("--due", type=int, default=DUE)
    three.add_argument("--sizes", default="0,100000")
    three.add_argument("--large", action="store_true", help="1,000,000 parked too")
    parser.add_argument("--large", action="store_true", help="all of it, with 1,000,000 parked too")
    asked = sys.argv[1:]
    if asked and asked != ["--large"]:
        given = parser.parse_args(asked)
        {"burst": bursts, "growth": grow, "loops": loops}[given.kind](given)
        return
    bursts(parser.parse_args(["burst"]))
    bursts(parser.parse_args(["burst", "--due", str(TEN_TIMES)]))
    grow(parser.parse_args(["growth", *asked]))


if __name__ == "__main__":
    main()
