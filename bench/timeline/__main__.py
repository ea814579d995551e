"""`python -m bench.timeline`: lateness of a burst beside APScheduler's job store. `… loops`: kill and freeze loops."""

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

import sqlalchemy as sa

from bench.machine import keep, machine
from bench.timeline import burst, loop
from bench.timeline.burst import Lateness
from bench.timeline.processes import end, first_line, start
from tests.postgres import drop_database, fresh_database_url
from tests.sqlite import fresh_sqlite_url

SQLITE, POSTGRES = "SQLite", "PostgreSQL"
CREWS = ((SQLITE, 1), (POSTGRES, 1), (POSTGRES, 4))
PROTOTYPE = {(SQLITE, 1): 1.0, (POSTGRES, 1): 0.87, (POSTGRES, 4): 0.51}
"""p99 of the prototype (timeline.md), seconds, on 2 idle cores: 1,000 due, 10,000 parked. It kept no ledger and drew no card."""


def bursts(given: argparse.Namespace) -> None:
    """All crews, each beside the peer on the same kind of database; the best of `rounds` counts, for both alike."""
    command = f"python -m bench.timeline burst --due {given.due} --parked {given.parked} --rounds {given.rounds}"
    print(f"{command}\n{machine()}; each post takes {burst.ACK_MS:.0f} ms at the platform, in a process of its own")
    print("peer: APScheduler SQLAlchemyJobStore, misfire_grace_time=None, in-process, posting nothing: its best case\n")
    peers = {kind: _best([_peer(kind, given) for _ in range(given.rounds)]) for kind in (SQLITE, POSTGRES)}
    for figures in peers.values():
        print(figures.line())
    results = []
    for kind, workers in CREWS:
        figures = _best([_ours(kind, workers, given) for _ in range(given.rounds)])
        peer, goal = peers[kind].p99 / figures.p99, figures.p99 / PROTOTYPE[kind, workers]
        print(f"{figures.line()}\n{'':46} p99 {peer:.1f}x better than the peer, {goal:.1f}x the prototype's")
        results.append({**asdict(figures), "times_better_than_peer": round(peer, 2), "times_prototype": round(goal, 2)})
    body = {"peers": [asdict(p) for p in peers.values()], "outbox": results}
    print(f"\n{keep('timeline', command, body)}")


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
        return burst.outbox(url, kind, workers, given.due, given.parked, json.loads(given.settings))


def _peer(kind: str, given: argparse.Namespace) -> Lateness:
    with _database(kind, migrated=False) as url:
        spoken = sa.make_url(url).set(drivername="sqlite" if kind == SQLITE else "postgresql+psycopg")
        plain = spoken.render_as_string(hide_password=False)
        process = start("bench.timeline.peer", "--url", plain, "--due", str(given.due), "--parked", str(given.parked))
        said = json.loads(first_line(process))
        end(process)
    at = datetime.fromtimestamp(said["at"], UTC)
    return burst.lateness("APScheduler", kind, 1, given.due, given.parked, said["log"], at, said["memory"])


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
    one.add_argument("--due", type=int, default=1000)
    one.add_argument("--parked", type=int, default=10_000)
    one.add_argument("--rounds", type=int, default=1)
    one.add_argument("--settings", default="{}", help="fields of bot.outbox.Settings, as JSON")
    two = kinds.add_parser("loops", help="kill -9 and SIGSTOP, counted at the receiver")
    two.add_argument("--seconds", type=float, default=40)
    two.add_argument("--rate", type=float, default=40, help="posts for each second")
    two.add_argument("--seed", type=int, default=1)
    two.add_argument("--blind", action="store_true", help="a mutation: without look-back it has to find doubles")
    two.add_argument("--unguarded", action="store_true", help="a mutation: without the guard of the lease")
    given = parser.parse_args(sys.argv[1:] or ["burst"])
    (loops if given.kind == "loops" else bursts)(given)


if __name__ == "__main__":
    main()
