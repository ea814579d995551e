"""kill -9 of the real sandbox while a release day runs: after the restart nothing is lost and nothing doubled (T2).

Counted at the receiver: the sandbox's own chat (messages.sqlite), which keeps every write with its key, like a foreign platform.
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest

from bot.app.audit import verify_ledger
from tests.days import workday

ROOT = Path(__file__).parents[2]
ROUNDS = int(os.environ.get("T_MINUS_SOAK", "1"))
REASON = "the drill was read, and the canary limits are fine"
DAY: tuple[tuple[str, dict[str, object]], ...] = (
    ("say", {"person": "ana", "text": f"/release plan search 1.8.0 {workday()} 15:00"}),
    ("say", {"person": "kai", "text": f"/release approve R-1 {REASON}"}),
    ("say", {"person": "lena", "text": "/release go R-1"}),
    ("clock", {"minutes": -29}),
    ("clock", {"minutes": -4}),
    ("clock", {"minutes": 0}),
    ("say", {"person": "ana", "text": "/release start R-1"}),
    ("clock", {"minutes": 16}),
    ("say", {"person": "ana", "text": "/release step R-1 100%"}),
    ("say", {"person": "ana", "text": "/release done R-1"}),
    ("clock", {"minutes": 31}),
)
TIMEOUTS = (urllib.error.URLError, HTTPException, ConnectionError, TimeoutError)


class Running:
    """A real process, and calls to it."""

    def __init__(self, data: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "sandbox", "--port", "0", "--data", str(data)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert "http://" in line, line
        self.base = line.split("http://")[1].split()[0]

    def call(self, path: str, body: dict[str, object] | None = None) -> Any:  # noqa: ANN401 - whatever JSON it gives
        """GET or POST. Raises one of TIMEOUTS where the process died."""
        request = urllib.request.Request(
            f"http://{self.base}{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310 - loopback only
            return json.load(response)

    def kill(self) -> None:
        """Kill -9."""
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


def step(running: Running, number: int, kind: str, body: dict[str, object]) -> None:
    """One step of the day; the same receipt again is the same delivery again."""
    if kind == "say":
        running.call("/api/say", {"place": "#search", "thread": None, "receipt": f"step-{number}", **body})
        return
    start = running.call("/api/releases/R-1")["start_at"]
    minutes = int(str(body["minutes"]))
    instant = time.strptime(start, "%Y-%m-%dT%H:%M:%SZ")
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(_seconds(instant) + minutes * 60))
    if at > running.call("/api/clock")["now"]:
        running.call("/api/clock", {"to": at})


def _seconds(instant: time.struct_time) -> int:
    import calendar  # noqa: PLC0415 - only here

    return calendar.timegm(instant)


def posted(data: Path) -> dict[str, int]:
    """How many messages stand at the receiver for each key of a post."""
    with closing(sqlite3.connect(data / "messages.sqlite")) as db:
        rows = db.execute("SELECT key, count(*) FROM messages WHERE key IS NOT NULL GROUP BY key").fetchall()
    return dict(rows)


@pytest.mark.crash
@pytest.mark.unmeasured
@pytest.mark.parametrize("seed", range(ROUNDS))
async def test_a_killed_bot_goes_on_where_it_was(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    running, kills = Running(tmp_path), 0
    try:
        for number, (kind, body) in enumerate(DAY):
            done = False
            while not done:
                killer = None
                if chance.random() < 0.5:
                    delay = chance.uniform(0, 0.25)
                    command = f"sleep {delay}; kill -9 {running.process.pid}"
                    killer = subprocess.Popen(["/bin/sh", "-c", command])  # noqa: ASYNC220 - the test waits anyway
                with suppress(*TIMEOUTS):
                    step(running, number, kind, body)
                    done = True
                if killer is not None:
                    killer.wait()
                    running.kill()
                    kills += 1
                    running = Running(tmp_path)
        running.call("/api/clock")
        release = running.call("/api/releases/R-1")
    finally:
        running.kill()
    counts = posted(tmp_path)
    print(f"seed {seed}: {kills} kills, {len(counts)} keys at the receiver, {sum(counts.values())} posts")
    assert {key: n for key, n in counts.items() if n != 1} == {}
    assert release["phase"] == "closed"
    marks = [(a["mark"], a["audience"], a["state"]) for a in release["announcements"] if a["mark"]]
    assert len(marks) == 8
    assert {state for _, _, state in marks} <= {"sent", "late"}
    assert (await verify_ledger(tmp_path, None)).sound
