"""Signed slash commands, each a delivery of its own, and wrk that sends them one after another."""

import re
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, product
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import aiohttp
import psutil

from tests.adapters.slack_world import signed

SECRET, TEAM = "test-signing-secret", "T01TEST"
PATH = "/slack/events"
FORM = "application/x-www-form-urlencoded"
BETWEEN = "\x01"
"""Stands between two requests of the file; no request holds it."""
MOST_RPS = 9_000
"""More requests in a second than any server here answers: none is sent twice, which would be a delivery seen before."""
SCRIPT = """local requests = {{}}
for one in io.open("{file}", "rb"):read("*a"):gmatch("[^\\1]+") do requests[#requests + 1] = one end
local sent = 0
function request()
  sent = sent + 1
  return requests[(sent - 1) % #requests + 1]
end
function done(s, l, r)
  local errors = s.errors.status + s.errors.connect + s.errors.read + s.errors.write + s.errors.timeout
  io.write(string.format("RESULT %.1f %.3f %.3f %d %d\\n", s.requests / (s.duration / 1e6), l:percentile(50) / 1000,
    l:percentile(99) / 1000, errors, s.requests))
end
"""
RELEASES = 200
USERS = ("U0ANA", "U0KAI", "U0LENA", "U0PRIYA", "U0QUINN")
CHANNELS = ("C01PAY", "C02REL")
_TRIGGERS = count(1)


@dataclass(frozen=True, slots=True)
class Figures:
    """Requests in a second; milliseconds; answers that were no success; the server's milliseconds of CPU for each request."""

    rps: float
    p50: float
    p99: float
    errors: int
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and its process."""

    port: int
    process: psutil.Process

    def cpu_s(self) -> float:
        """Seconds of CPU so far."""
        spent = self.process.cpu_times()
        return float(spent.user + spent.system)


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody types after `/release`, and where."""

    text: str
    user: str = "U0ANA"
    channel: str = "C01PAY"

    def body(self) -> str:
        """A delivery of its own, each time."""
        values = {"command": "/release", "text": self.text, "user_id": self.user, "channel_id": self.channel,
                  "team_id": TEAM, "trigger_id": f"1.{next(_TRIGGERS)}.{time.time_ns()}", "api_app_id": "A1"}  # fmt: skip
        return urlencode(values)


ONE = (Question(f"status R-{RELEASES}"),)
"""The same question over and over: what a channel asks at T=0."""


def different() -> Sequence[Question]:
    """Each release, person and channel once, in no order: hundreds of others are asked before one comes again."""
    found = [Question(f"status R-{n}", *at) for n in range(1, RELEASES + 1) for at in product(USERS, CHANNELS)]
    Random(1).shuffle(found)
    return found


async def request(port: int, text: str) -> str:
    """One of them; what was answered."""
    raw = Question(text).body().encode()
    address = f"http://127.0.0.1:{port}{PATH}"
    async with aiohttp.ClientSession() as session, session.post(address, data=raw, headers=signed(raw, FORM)) as got:
        assert got.status == 200
        return await got.text()


def load(server: Server, connections: int, seconds: int, folder: Path, questions: Sequence[Question]) -> Figures:
    """Wrk with so many connections asks them in turn; the signatures are made now, and hold for five minutes."""
    wrk = shutil.which("wrk")
    assert wrk is not None, "wrk is missing: apt-get install wrk"
    file, script = folder / "requests", folder / "requests.lua"
    prepared = seconds * MOST_RPS
    file.write_text(BETWEEN.join(_raw(questions[n % len(questions)]) for n in range(prepared)), newline="")
    script.write_text(SCRIPT.format(file=file))
    address = f"http://127.0.0.1:{server.port}{PATH}"
    command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(script), address]
    before = server.cpu_s()
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"RESULT (\S+) (\S+) (\S+) (\d+) (\d+)", said)
    assert found is not None, said
    sent = int(found[5])
    assert sent + connections < prepared, "requests came twice: prepare more of them"
    cpu_ms = 1000 * (server.cpu_s() - before) / max(sent, 1)
    return Figures(float(found[1]), float(found[2]), float(found[3]), int(found[4]), round(cpu_ms, 3))


def _raw(question: Question) -> str:
    """The whole request as it goes over the wire."""
    body = question.body()
    headers = {"Host": "127.0.0.1", **signed(body.encode(), FORM, time.time()), "Content-Length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {PATH} HTTP/1.1\r\n{lines}\r\n{body}"
