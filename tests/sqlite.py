"""SQLite files for tests: each test its own copy of one that has the newest schema."""

import asyncio
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from bot.store import migrate


def fresh_sqlite_url(folder: Path, name: str = "t-minus.db") -> str:
    """A new file in that folder with the newest schema."""
    target = folder / name
    shutil.copy(_template(), target)
    return f"sqlite:///{target}"


@cache
def _template() -> Path:
    """Made once for each process, on a loop of its own: a test that asks may be running one already."""
    path = Path(tempfile.mkdtemp(prefix="t-minus-")) / "template.db"

    def make() -> None:
        asyncio.run(migrate.upgrade(f"sqlite:///{path}"))

    with ThreadPoolExecutor(1) as pool:
        pool.submit(make).result()
    return path
