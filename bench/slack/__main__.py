"""`python -m bench.slack`: a full `/release status` (signature, database, card, answer) beside a bare bolt app, same run.

Goals (printed, never asserted): 0.4x the peer's throughput at 16 connections on PostgreSQL, p99 under 50 ms there. Each request
is a delivery of its own. Four loads:
- one question, over and over: nearly every answer is the one that was given to the last who asked, seconds ago
- different questions: 200 releases, asked for by five persons in two channels, in no order
- both with T_MINUS_RECEIPTS=all, too: each answer is committed, and synced, before it is given
The peer is measured anew before each load, since what the machine gives changes by the minute. `CPU` is the server's own time
for each request, of one process on one core, which a busy machine changes least. What a commit costs here stands beside: the
inbox row alone, committed and synced, one at a time. The load of the machine stands in the first line.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import psutil

from bench.machine import keep, machine
from bench.slack.requests import ONE, Figures, Question, Server, different, load
from bot.clock import machine_time
from bot.messages.heard import Say
from bot.messages.model import Message
from bot.store import open_store
from tests.postgres import drop_database, fresh_database_url
from tests.sqlite import fresh_sqlite_url

CONNECTIONS = (1, 16, 64)
LOADS = (
    ("one question", ONE, "changes"),
    ("one question, all kept", ONE, "all"),
    ("different", different(), "changes"),
    ("different, all kept", different(), "all"),
)
"""What is asked, and whose receipts are kept."""


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


def measured(server: Server, seconds: int, folder: Path, questions: Sequence[Question]) -> dict[int, Figures]:
    load(server, 4, 1, folder, questions)
    return {c: load(server, c, seconds, folder, questions) for c in CONNECTIONS}


def shown(name: str, found: dict[int, Figures], peer: dict[int, Figures] | None = None) -> None:
    for c, f in found.items():
        beside = f"  {f.rps / peer[c].rps:.2f}x the peer, {peer[c].cpu_ms / f.cpu_ms:.2f}x by CPU" if peer else ""
        took = f"p50 {f.p50:7.2f} ms  p99 {f.p99:7.2f} ms  CPU {f.cpu_ms:5.2f} ms"
        print(f"{name:31} c={c:<3} {f.rps:8.0f}/s  {took}  errors {f.errors}{beside}", flush=True)


def plain(found: dict[str, dict[str, dict[int, Figures]]]) -> dict[str, dict[str, dict[int, object]]]:
    """For a file."""
    return {k: {w: {c: asdict(f) for c, f in of.items()} for w, of in by.items()} for k, by in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.slack", description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="of each measurement")
    given = parser.parse_args()
    command = f"python -m bench.slack --seconds {given.seconds}"
    busy = os.getloadavg()[0]
    print(f"{command}\n{machine()}; load by wrk, each server in a process of its own; load before {busy:.1f}\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        postgres = asyncio.run(fresh_database_url())
        results: dict[str, dict[str, dict[int, Figures]]] = {}
        peers: dict[str, dict[str, dict[int, Figures]]] = {}
        inserts = {}
        for kind, url in (("SQLite", fresh_sqlite_url(folder)), ("PostgreSQL", postgres)):
            inserts[kind] = round(asyncio.run(inbox_insert(url)), 3)
            results[kind], peers[kind] = {}, {}
            for what, asked, receipts in LOADS:
                with process("bench.slack.peer") as server:  # each time: what the machine gives changes by the minute
                    peers[kind][what] = measured(server, given.seconds, folder, different())
                shown("bare bolt, ack only", peers[kind][what])
                with process("bench.slack.ours", url, receipts) as server:
                    results[kind][what] = measured(server, given.seconds, folder, asked)
                shown(f"{kind}, {what}", results[kind][what], peers[kind][what])
            print(f"{'':31} the inbox row alone, committed and synced: {inserts[kind]} ms")
        asyncio.run(drop_database(postgres))
    print("\nat 16 on PostgreSQL (goal 0.4x, p99 under 50 ms):")
    ratios = {w: of[16].rps / peers["PostgreSQL"][w][16].rps for w, of in results["PostgreSQL"].items()}
    for what, found in results["PostgreSQL"].items():
        print(f"{what:22} {ratios[what]:.2f}x, p99 {found[16].p99:.1f} ms")
    figures = {
        "load_before": round(busy, 2),
        "peer": plain(peers),
        "ours": plain(results),
        "inbox_insert_ms": inserts,
        "ratio_at_16_on_postgresql": {what: round(ratio, 3) for what, ratio in ratios.items()},
    }
    print(keep("slack", command, figures))


if __name__ == "__main__":
    main()
