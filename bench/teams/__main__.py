"""`python -m bench.teams`: an echo (token, turn, answer to the connector) beside a bare botbuilder echo, same run. Goal: 3x."""

import argparse
import asyncio
import statistics
import time
from dataclasses import asdict, dataclass
from typing import Any

import aiohttp

from bench.machine import keep, machine
from bench.slack.__main__ import process
from tests.adapters.teams_server import APP, TENANT, Teams, teams_server

CONNECTIONS = (1, 16)


@dataclass(frozen=True, slots=True)
class Figures:
    """Requests in a second; milliseconds; answers that were no success; posts that reached the connector."""

    rps: float
    p50: float
    p99: float
    errors: int
    posted: int


def activity(teams: Teams, number: int) -> dict[str, Any]:
    return {
        "type": "message", "id": f"i{number}", "channelId": "msteams", "serviceUrl": teams.service_url,
        "text": "release status R-1", "from": {"id": "29:ana", "aadObjectId": "00000000-0000-0000-0000-000000000001"},
        "recipient": {"id": f"28:{APP}"}, "channelData": {"tenant": {"id": TENANT}},
        "conversation": {"id": "a:ana", "conversationType": "personal"},
    }  # fmt: skip


async def load(teams: Teams, port: int, connections: int, seconds: float) -> Figures:
    """So many callers, each with its next activity as soon as the last was answered; the connector's log counts posts."""
    headers = {"Authorization": f"Bearer {teams.token()}"}
    took: list[float] = []
    errors, number, before = 0, 0, len(teams.posted)
    end = time.perf_counter() + seconds
    async with aiohttp.ClientSession() as session:

        async def caller() -> None:
            nonlocal errors, number
            while time.perf_counter() < end:
                number += 1
                began = time.perf_counter()
                body = activity(teams, number + len(teams.posted) * 1000)
                async with session.post(f"http://127.0.0.1:{port}/teams/messages", json=body, headers=headers) as got:
                    errors += got.status >= 300
                took.append((time.perf_counter() - began) * 1000)

        await asyncio.gather(*(caller() for _ in range(connections)))
    await asyncio.sleep(1.0)
    ordered = sorted(took)
    p99 = ordered[int(len(ordered) * 0.99)]
    rps = round(len(took) / seconds, 1)
    return Figures(rps, round(statistics.median(took), 2), round(p99, 2), errors, len(teams.posted) - before)


async def measured(name: str, seconds: float) -> dict[int, Figures]:
    async with teams_server() as teams:
        teams.members["29:ana"] = {"userRole": "user", "email": "ana@acme.example"}
        with process("bench.teams.echo", name, teams.base) as port:
            await load(teams, port, 2, 1)
            found = {c: await load(teams, port, c, seconds) for c in CONNECTIONS}
    for c, f in found.items():
        took = f"p50 {f.p50:7.2f} ms  p99 {f.p99:7.2f} ms"
        print(f"{name:6} c={c:<3} {f.rps:7.0f}/s  {took}  errors {f.errors}  posted {f.posted}")
    return found


async def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.teams", description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="of each measurement")
    given = parser.parse_args()
    command = f"python -m bench.teams --seconds {given.seconds}"
    about = "each server in a process of its own, the load and the connector in another"
    print(f"{command}\n{machine()}; {about}\n")
    peer, ours = await measured("peer", given.seconds), await measured("ours", given.seconds)
    ratios = {c: round(ours[c].rps / peer[c].rps, 2) for c in CONNECTIONS}
    print(f"\nbeside the peer: {ratios} (goal 3x at 16)")
    figures = {"peer": {c: asdict(f) for c, f in peer.items()}, "ours": {c: asdict(f) for c, f in ours.items()}}
    print(keep("teams", command, {**figures, "ratio": ratios}))


if __name__ == "__main__":
    asyncio.run(main())
