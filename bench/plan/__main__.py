"""`python -m bench.plan`: parse -> verdict -> plan -> card in ms, and cold start, each beside a peer of the same run.

Goals (printed, never asserted): 5 ms for the way from words to card, 2 s and 120 MB for the cold start.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil
from pydantic import TypeAdapter

from bench.machine import keep, machine
from bot.catalog.file import CatalogFile
from bot.clock import machine_time
from bot.domain.people import Place
from bot.domain.release import Release
from bot.messages.cards.index import render
from bot.messages.public import public_release
from bot.messages.view import View
from bot.plan.draft import draft
from bot.policy import judge
from flows.parse import read_plan
from flows.parse_claims import Speaker
from tests.driver import Driver

ROOT = Path(__file__).parents[2]
WORDS = "payments 2.4.1 to production tomorrow 15:00 canary 10% https://github.com/acme/payments/actions/runs/91"
RUNS = 400


def words_to_card() -> tuple[Callable[[], object], Callable[[], object]]:
    """The way from words to card, and the peer: validating and dumping the same release's public JSON with pydantic."""
    catalog = CatalogFile(ROOT / "deploy" / "catalogue" / "demo.yaml", machine_time)()
    driver = Driver().ready()
    release, facts, now = driver.state, driver.facts, driver.now + timedelta(minutes=1)
    speaker = Speaker("ana", now, catalog.policy.freshness)

    def ours() -> object:
        read_plan(WORDS, catalog, None, speaker)
        judgement = judge(release, facts, now)
        draft(release, facts, judgement, now)
        return render("living", View(release, facts, judgement, now, Place("sandbox", "#payments")))

    adapter = TypeAdapter(Release)
    public = public_release(release, facts, judge(release, facts, now), now)

    def peer() -> object:
        adapter.validate_python(adapter.dump_python(release))
        return json.loads(json.dumps(public))

    return ours, peer


def timed(work: Callable[[], object]) -> list[float]:
    """Milliseconds of processor time of each run, after a warm-up: no other process on the machine changes them."""
    for _ in range(20):
        work()
    found = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        found.append((time.process_time() - begun) * 1000)
    return sorted(found)


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds until the sandbox answers, those of them that its process worked, and its resident memory in MB."""

    seconds: float
    processor: float
    memory: float


def cold_start(kept: Path | None) -> Start:
    """One start, with data of its own. `kept`: where compiled modules are kept; None: as they are in this tree."""
    with tempfile.TemporaryDirectory() as data:
        begun = time.perf_counter()
        command = [sys.executable, "-m", "bot", "sandbox", "--port", "0", "--data", data]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=_environment(kept)) as process:
            line = process.stdout.readline() if process.stdout else ""
            base = line.split("http://")[1].split()[0]
            with urllib.request.urlopen(f"http://{base}/api/clock", timeout=10) as answer:
                answer.read()
            seconds = time.perf_counter() - begun
            seen = psutil.Process(process.pid)
            worked = seen.cpu_times()
            memory = seen.memory_info().rss / 2**20
            process.terminate()
    return Start(seconds, worked.user + worked.system, memory)


def _environment(kept: Path | None) -> dict[str, str]:
    if kept is None:
        return dict(os.environ)
    return {n: v for n, v in os.environ.items() if n != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPYCACHEPREFIX": str(kept)}


def starts(kept: Path | None) -> dict[str, float]:
    """Medians of three."""
    found = [cold_start(kept) for _ in range(3)]
    return {
        "seconds": round(statistics.median(one.seconds for one in found), 2),
        "processor_s": round(statistics.median(one.processor for one in found), 2),
        "memory_mb": round(statistics.median(one.memory for one in found), 1),
    }


def peer_start() -> float:
    """Seconds in which a bare interpreter imports the two large libraries underneath."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import aiohttp.web, sqlalchemy.ext.asyncio"], check=True)
    return time.perf_counter() - begun


def main() -> dict[str, Any]:
    """Measure, print, keep."""
    ours, peer = (timed(work) for work in words_to_card())
    as_it_is = starts(None)
    with tempfile.TemporaryDirectory() as folder:
        cold_start(Path(folder))
        compiled = starts(Path(folder))
    imports = statistics.median(peer_start() for _ in range(3))
    p99 = int(RUNS * 0.99)
    figures: dict[str, Any] = {
        "words_to_card_ms": {"median": statistics.median(ours), "p99": ours[p99], "goal": 5},
        "peer_ms": {"what": "pydantic round trip and JSON of the same release", "median": statistics.median(peer)},
        "ratio": statistics.median(ours) / statistics.median(peer),
        "cold_start": as_it_is
        | {"compiled_before": any((ROOT / "bot").glob("__pycache__/*")), "goal_s": 2, "goal_mb": 120},
        "start_of_compiled_modules": compiled,
        "peer_imports_s": imports,
    }
    print(machine())
    print(json.dumps(figures, indent=1))
    keep("plan", "python -m bench.plan", figures)
    return figures


if __name__ == "__main__":
    main()
