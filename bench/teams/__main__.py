"""`python -m bench.teams`: an echo (token, turn, answer to the connector) beside a bare botbuilder echo, same run. Goal: 3x.

The whole bot (`release status`: inbox, judgement, card) on SQLite and PostgreSQL stands beside them.
"""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

import aiohttp

from bench.machine import keep, machine
from bench.slack.__main__ import process
from bench.teams.echo import WARM_UP_S
from tests.adapters.teams_server import APP, TENANT, Teams, teams_server
from tests.postgres import drop_database, fresh_database_url
from tests.sqlite import fresh_sqlite_url

CONNECTIONS = (1, 16, 64)
PATIENCE_S = 20


@dataclass(frozen=True, slots=True)
class Figures:
    """Requests in a second; milliseconds; answers that were no success; posts beyond one for each."""

    rps: float
    p50: float
    p99: float
    errors: int
    astray: int


def activity(teams: Teams, number: int) -> dict[str, Any]:
    return {
        "type": "message", "id": f"i{number}", "channelId": "msteams", "serviceUrl": teams.service_url,
        "text": "release status R-1", "from": {"id": "29:ana", "aadObjectId": "00000000-0000-0000-0000-000000000001"},
        "recipient": {"id": f"28:{APP}"}, "channelData": {"tenant": {"id": TENANT}},
        "conversation": {"id": "a:ana", "conversationType": "personal"},
    }  # fmt: skip


async def load(teams: Teams, port: int, connections: int, seconds: float) -> Figures:
    """So many callers, each with its next activity as soon as the last was answered; the connector's log counts posts.

    A second is counted until the last answer reached the connector: one that is acknowledged is not one that was answered.
    """
    took: list[float] = []
    errors, number, before = 0, 0, len(teams.posted)
    began_at = time.perf_counter()
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {teams.token()}"}) as session:

        async def caller() -> None:
            nonlocal errors, number
            while time.perf_counter() < began_at + seconds:
                number += 1
                began = time.perf_counter()
                body = activity(teams, number + len(teams.posted) * 1000)
                async with session.post(f"http://127.0.0.1:{port}/teams/messages", json=body) as got:
                    errors += got.status >= HTTPStatus.MULTIPLE_CHOICES
                took.append((time.perf_counter() - began) * 1000)

        await asyncio.gather(*(caller() for _ in range(connections)))
    until, last = time.perf_counter() + PATIENCE_S, time.perf_counter()
    while len(teams.posted) - before < len(took) - errors and time.perf_counter() < until:
        await asyncio.sleep(0.02)
        last = time.perf_counter()
    await asyncio.sleep(0.5)
    ordered = sorted(took)
    p99 = ordered[int(len(ordered) * 0.99)]
    rps = round(len(took) / (last - began_at), 1)
    return Figures(
        rps, round(statistics.median(took), 2), round(p99, 2), errors, len(teams.posted) - before - len(took)
    )


async def measured(title: str, name: str, seconds: float, *more: str) -> dict[int, Figures]:
    """One server, at each number of connections."""
    async with teams_server() as teams:
        teams.members["29:ana"] = {"userRole": "user", "email": "ana@acme.example"}
        with process("bench.teams.echo", name, teams.base, *more) as server:
            port = server.port
            if more:
                plan = activity(teams, 0) | {"text": "release plan payments 2.4.1 to production at 15:00 canary 10%"}
                headers = {"Authorization": f"Bearer {teams.token()}"}
                async with (
                    aiohttp.ClientSession(headers=headers) as session,
                    session.post(f"http://127.0.0.1:{port}/teams/messages", json=plan) as got,
                ):
                    assert got.status == HTTPStatus.ACCEPTED
                await asyncio.sleep(WARM_UP_S + 1)
            await load(teams, port, 2, 1)
            found = {c: await load(teams, port, c, seconds) for c in CONNECTIONS}
        if more:
            assert "payments 2.4.1" in teams.posted[-1][3]["summary"], "the state of the release, not a trouble"
    for c, f in found.items():
        took = f"p50 {f.p50:7.2f} ms  p99 {f.p99:7.2f} ms"
        print(f"{title:34} c={c:<3} {f.rps:7.0f}/s  {took}  errors {f.errors}  posts too many or few {f.astray}")
    return found


async def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.teams", description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="of each measurement")
    given = parser.parse_args()
    command = f"python -m bench.teams --seconds {given.seconds}"
    load_now = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{command}\n{machine()}; load of the machine before: {load_now}")
    print("each server in a process of its own, the load and the connector in another\n")
    figures = {"peer": await measured("bare botbuilder, echo", "peer", given.seconds)}
    figures["echo"] = await measured("T-Minus, echo", "echo", given.seconds)
    postgres = await fresh_database_url()
    with tempfile.TemporaryDirectory() as folder:
        for kind, url in (("SQLite", fresh_sqlite_url(Path(folder))), ("PostgreSQL", postgres)):
            title = f"T-Minus on {kind}, release status"
            figures[kind] = await measured(title, "bot", given.seconds, url)
    await drop_database(postgres)
    peer = figures.pop("peer")
    ratios = {name: {c: round(found[c].rps / peer[c].rps, 2) for c in CONNECTIONS} for name, found in figures.items()}
    print()
    for name, ratio in ratios.items():
        print(f"{name:10} beside the peer: {ratio}{' (goal 3x)' if name == 'echo' else ''}")
    told = {name: {c: asdict(f) for c, f in found.items()} for name, found in {"peer": peer, **figures}.items()}
    print(keep("teams", command, {**told, "ratio": ratios, "load_before": load_now}))


if __name__ == "__main__":
    asyncio.run(main())
