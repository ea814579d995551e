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
from bench.timeline.processes import end, first_line, platform, start
from bench.timeline.wire import ask
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
    print(
        "peer: APScheduler SQLAlchemyJobStore, misfire_grace_time=None, in-process, keeping no receipt: posting nothing (its"
    )
    print(
        "best case), and posting to the same platform. Ours reads the release, draws the card, keeps a chained receipt\n"
    )
    kinds = [(kind, posting) for kind in (SQLITE, POSTGRES) for posting in (False, True)]
    peers = {(k, p): _best([_peer(k, given, posting=p) for _ in range(given.rounds)]) for k, p in kinds}
    for figures in peers.values():
        print(figures.line())
    results = []
    for kind, workers in CREWS:
        figures = _best([_ours(kind, workers, given) for _ in range(given.rounds)])
        idle, busy = (peers[kind, posting].p99 / figures.p99 for posting in (False, True))
        goal = figures.p99 / PROTOTYPE[kind, workers]
        said = f"p99: the peer's is {idle:.1f}x ours when it posts nothing, {busy:.1f}x when it posts"
        print(f"{figures.line()}\n    {said}; ours is {goal:.1f}x the prototype's on an idle machine")
        ratios = {"peer_idle": round(idle, 2), "peer_posting": round(busy, 2), "prototype": round(1 / goal, 2)}
        results.append({**asdict(figures), "times_better_than": ratios})
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
        settings = json.loads(given.settings)
        return burst.outbox(url, kind, workers, given.due, given.parked, settings, judging=given.judge)


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
    one.add_argument("--due", type=int, default=1000)
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
    given = parser.parse_args(sys.argv[1:] or ["burst"])
    (loops if given.kind == "loops" else bursts)(given)


if __name__ == "__main__":
    main()
