"""Two replicas of `serve` on one PostgreSQL; one is killed in the middle of posting: each post stands once at the receiver."""

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.app.house import DEMO_CATALOGUE
from bot.store import open_store
from bot.store.outbox_table import outbox
from tests.postgres import drop_database, fresh_database_url

ROOT = Path(__file__).parents[2]
SERVICES = ("payments", "ledger", "web", "search")
PLANS = 6


class Replica:
    """One process; `say` is what Ana types."""

    def __init__(self, url: str, folder: Path) -> None:
        settings = {
            "DATABASE_URL": url,
            "DATA_DIR": str(folder / "data"),
            "CATALOGUE": str(DEMO_CATALOGUE),
            "EMAIL_DOMAINS": "acme.example",
            "SEALING_KEY": "k" * 32,
            "PORT": "0",
            "HTTP_TIMEOUT_SECONDS": "2",
            "LEASE_SECONDS": "5",
            "SWEEP_SECONDS": "0.5",
        }
        environment = {**os.environ, **{f"T_MINUS_{name}": value for name, value in settings.items()}}
        command = [sys.executable, "-m", "tests.processes.served_bot", str(folder), "0.3"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)

    def wait(self) -> None:
        """Until it serves."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert "serves sandbox" in line, line
        self.port = int(line.split(":")[1].split()[0])

    def say(self, text: str, receipt: str) -> str:
        """One delivery."""
        body = {"account": "ana", "place": "#payments", "text": text, "receipt": receipt}
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/local/say",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - loopback only
            return str(json.load(answer)["said"])

    def end(self, *, kill: bool) -> int:
        """SIGKILL or SIGTERM, and its end."""
        if kill:
            self.process.kill()
        else:
            self.process.terminate()
        status = self.process.wait(timeout=30)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return status


async def open_rows(url: str) -> int:
    """Posts that are due and not over."""
    due = sa.and_(outbox.c.due_at <= sa.func.now(), outbox.c.wake_at.is_not(None))
    async with open_store(url) as store, store.snapshot() as connection:
        return int(await connection.scalar(sa.select(sa.func.count()).select_from(outbox).where(due)) or 0)


@pytest.mark.crash
@pytest.mark.postgres
@pytest.mark.unmeasured
async def test_each_post_stands_once_though_one_of_two_replicas_is_killed_while_it_posts(tmp_path: Path) -> None:
    url = await fresh_database_url()
    one, other = Replica(url, tmp_path), Replica(url, tmp_path)
    try:
        one.wait()
        other.wait()
        for n in range(PLANS):
            # "Not confirmed yet" is an answer too: the machine that runs the tests may be busy.
            text = f"/release plan {SERVICES[n % 4]} 2.{n}.0 in {3 + n} hours"
            assert await asyncio.to_thread((one, other)[n % 2].say, text, f"r{n}")
        one.end(kill=True)
        for _ in range(120):
            if not await open_rows(url):
                break
            await asyncio.sleep(0.25)
        assert await open_rows(url) == 0
        assert other.end(kill=False) == 0, "SIGTERM ends it in peace"
    finally:
        for replica in (one, other):
            if replica.process.poll() is None:
                replica.end(kill=True)
    async with open_store(url) as store, store.snapshot() as connection:
        rows = (await connection.execute(sa.select(outbox.c.key, outbox.c.state).where(outbox.c.kind == "post"))).all()
    await drop_database(url)
    wanted = {row.key for row in rows if row.state in {"sent", "late"}}
    assert {row.state for row in rows} <= {"sent", "late", "pending", "superseded"}
    with closing(sqlite3.connect(tmp_path / "messages.sqlite")) as db:
        counts = dict(db.execute("SELECT key, count(*) FROM messages WHERE key IS NOT NULL GROUP BY key").fetchall())
    assert len(wanted) >= PLANS // 2
    assert {key: n for key, n in counts.items() if n != 1} == {}
    assert wanted <= counts.keys()
