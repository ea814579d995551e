"""`python -m bench.slack`: a full `/release status` (signature, database, card, answer) beside a bare bolt app, same run.

Goals (printed, never asserted): 0.4x the peer's throughput at 16 connections on PostgreSQL, p99 under 50 ms there. A status
changes nothing, so it writes no row; each one asks the database for its own receipt and for what was committed since. What a
delivery that writes adds is shown beside: the inbox row alone, committed and synced. `CPU` is the server's own time for each
request, which a busy machine changes least. The load of the machine stands in the first line.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import psutil

from bench.machine import keep, machine
from bench.slack.requests import Figures, Server, load
from bot.clock import machine_time
from bot.messages.heard import Say
from bot.messages.model import Message
from bot.store import open_store
from tests.postgres import drop_database, fresh_database_url
from tests.sqlite import fresh_sqlite_url

CONNECTIONS = (1, 16, 64)


@contextmanager
def process(*command: str) -> Iterator[Server]:
    """A server in a process of its own. Ended by closing its standard input."""
    started = subprocess.Popen(
        [sys.executable, "-m", *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert started.stdin is not None
    assert started.stdout is not None
    try:
        yield Server(int(started.stdout.readline().split()[0]), psutil.Process(started.pid))
    finally:
        started.stdin.close()
        started.wait(20)


async def inbox_insert(url: str, count: int = 200) -> float:
    """Milliseconds of the row that recognises a repeated delivery, written alone and durably; the median."""
    took = []
    async with open_store(url) as store:
        for n in range(count):
            began = time.perf_counter()
            async with store.unit() as unit:
                await unit.remember(f"bench:{n}", Say(Message("x")), machine_time())
            took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def measured(server: Server, given: argparse.Namespace, folder: Path) -> dict[int, Figures]:
    load(server, 4, 1, folder)
    return {c: load(server, c, given.seconds, folder) for c in CONNECTIONS}


def shown(name: str, found: dict[int, Figures], peer: dict[int, Figures] | None = None) -> None:
    for c, f in found.items():
        beside = f"  {f.rps / peer[c].rps:.2f}x the peer" if peer else ""
        took = f"p50 {f.p50:7.2f} ms  p99 {f.p99:7.2f} ms  CPU {f.cpu_ms:5.2f} ms"
        print(f"{name:22} c={c:<3} {f.rps:8.0f}/s  {took}  errors {f.errors}{beside}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.slack", description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="of each measurement")
    given = parser.parse_args()
    command = f"python -m bench.slack --seconds {given.seconds}"
    busy = os.getloadavg()[0]
    print(f"{command}\n{machine()}; load by wrk, each server in a process of its own; load before {busy:.1f}\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with process("bench.slack.peer") as server:
            peer = measured(server, given, folder)
        shown("bare bolt, ack only", peer)
        postgres = asyncio.run(fresh_database_url())
        results, inserts = {}, {}
        for kind, url in (("SQLite", fresh_sqlite_url(folder)), ("PostgreSQL", postgres)):
            inserts[kind] = round(asyncio.run(inbox_insert(url)), 3)
            with process("bench.slack.ours", url) as server:
                results[kind] = measured(server, given, folder)
            shown(f"T-Minus on {kind}", results[kind], peer)
            print(f"{'':22} the inbox row alone, committed and synced: {inserts[kind]} ms")
        asyncio.run(drop_database(postgres))
    ratio, p99 = results["PostgreSQL"][16].rps / peer[16].rps, results["PostgreSQL"][16].p99
    print(f"\nat 16 on PostgreSQL: {ratio:.2f}x (goal 0.4x), p99 {p99:.1f} ms (goal 50 ms)")
    figures = {
        "load_before": round(busy, 2),
        "peer": {c: asdict(f) for c, f in peer.items()},
        "ours": {kind: {c: asdict(f) for c, f in found.items()} for kind, found in results.items()},
        "inbox_insert_ms": inserts,
        "ratio_at_16_on_postgresql": round(ratio, 3),
    }
    print(keep("slack", command, figures))


if __name__ == "__main__":
    main()
