"""Starting and stopping the processes of a run: the platform, and workers that may be killed, stopped and started again."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
END_S = 30.0


def start(module: str, *arguments: str) -> "subprocess.Popen[str]":
    """A Python process of this repository, whose first line says that it is ready."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True, bufsize=1
    )


def first_line(process: "subprocess.Popen[str]") -> str:
    """Wait for it. Raises RuntimeError where the process ended instead."""
    line = process.stdout.readline().strip() if process.stdout else ""
    if not line:
        msg = f"{process.args!r} ended with {process.wait()}"
        raise RuntimeError(msg)
    return line


def end(process: "subprocess.Popen[str]") -> None:
    """SIGTERM, then wait; killed where it does not listen."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(END_S)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()
    if process.stdout:
        process.stdout.close()


@contextmanager
def platform(ack_ms: float, faults: float = 0.0, seed: int = 1) -> Iterator[int]:
    """A platform process; gives its port."""
    process = start("bench.timeline.platform", "--ack-ms", str(ack_ms), "--faults", str(faults), "--seed", str(seed))
    try:
        yield int(first_line(process))
    finally:
        process.kill()
        end(process)


@dataclass
class Workers:
    """Workers of one database and one platform. `blind`: without look-back, which has to produce doubles."""

    url: str
    port: int
    settings: dict[str, Any] = field(default_factory=dict)
    sweep_s: float = 2.0
    blind: bool = False
    judge: bool = False
    running: "list[subprocess.Popen[str]]" = field(default_factory=list)

    def add(self, count: int) -> None:
        """Start so many, and wait until they are ready."""
        fresh = [self._start(f"w{len(self.running) + i}") for i in range(count)]
        for process in fresh:
            first_line(process)
        self.running += fresh

    def replace(self, number: int, *, in_order: bool) -> None:
        """SIGTERM where it is to end in order, else kill -9; and another one in its place."""
        dead = self.running[number]
        if not in_order:
            dead.kill()
        end(dead)
        self.running[number] = self._start(f"w{number}")

    def freeze(self, number: int) -> None:
        """SIGSTOP."""
        self.running[number].send_signal(signal.SIGSTOP)

    def thaw(self, number: int) -> None:
        """SIGCONT."""
        self.running[number].send_signal(signal.SIGCONT)

    def end(self) -> None:
        """End all, in order."""
        for process in self.running:
            process.send_signal(signal.SIGCONT)
            end(process)
        self.running.clear()

    def _start(self, name: str) -> "subprocess.Popen[str]":
        flags = ["--blind"] * self.blind + ["--judge"] * self.judge
        return start(
            "bench.timeline.worker",
            *("--url", self.url, "--port", str(self.port), "--name", name),
            *("--settings", json.dumps(self.settings), "--sweep-s", str(self.sweep_s)),
            *flags,
        )
