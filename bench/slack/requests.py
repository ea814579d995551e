"""Signed slash commands, and wrk that sends one of them over and over."""

import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import psutil

from tests.adapters.slack_world import signed

SECRET, TEAM = "test-signing-secret", "T01TEST"
FORM = "application/x-www-form-urlencoded"
SCRIPT = """wrk.method = "POST"
wrk.body = "{body}"
{headers}
function done(s, l, r)
  local errors = s.errors.status + s.errors.connect + s.errors.read + s.errors.write + s.errors.timeout
  io.write(string.format("RESULT %.1f %.3f %.3f %d %d\\n", s.requests / (s.duration / 1e6), l:percentile(50) / 1000,
    l:percentile(99) / 1000, errors, s.requests))
end
"""


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


def body(text: str) -> str:
    values = {"command": "/release", "text": text, "user_id": "U0ANA", "channel_id": "C01PAY", "team_id": TEAM,
              "trigger_id": f"1.{hash(text)}", "api_app_id": "A1"}  # fmt: skip
    return urlencode(values)


async def request(port: int, text: str) -> str:
    """One of them; what was answered."""
    raw = body(text).encode()
    address = f"http://127.0.0.1:{port}/slack/events"
    async with aiohttp.ClientSession() as session, session.post(address, data=raw, headers=signed(raw, FORM)) as got:
        assert got.status == 200
        return await got.text()


def load(server: Server, connections: int, seconds: int, folder: Path) -> Figures:
    """Wrk with so many connections; the signature is made now, and holds for five minutes."""
    wrk = shutil.which("wrk")
    assert wrk is not None, "wrk is missing: apt-get install wrk"
    raw = body("status R-1")
    headers = signed(raw.encode(), FORM, time.time())
    lines = "\n".join(f'wrk.headers["{name}"] = "{value}"' for name, value in headers.items())
    script = folder / "request.lua"
    script.write_text(SCRIPT.format(body=raw, headers=lines))
    command = [
        wrk,
        "-t1",
        f"-c{connections}",
        f"-d{seconds}s",
        "--latency",
        "-s",
        str(script),
        f"http://127.0.0.1:{server.port}/slack/events",
    ]
    before = server.cpu_s()
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"RESULT (\S+) (\S+) (\S+) (\d+) (\d+)", said)
    assert found is not None, said
    cpu_ms = 1000 * (server.cpu_s() - before) / max(int(found[5]), 1)
    return Figures(float(found[1]), float(found[2]), float(found[3]), int(found[4]), round(cpu_ms, 3))
