"""The machine line, without which a figure is none, and where results are kept."""

import json
import os
import platform
import sqlite3
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


def machine() -> str:
    """`2 cores, 24 GB, Linux 6.1, Python 3.11.2, SQLite 3.40.1, SQLAlchemy 2.0.44`."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = (
        f"{len(os.sched_getaffinity(0))} cores",
        f"{memory:.0f} GB",
        f"{platform.system()} {platform.release().split('-')[0]}",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        f"SQLAlchemy {version('SQLAlchemy')}",
    )
    return ", ".join(parts)


def keep(name: str, command: str, figures: object) -> Path:
    """Write bench/results/<name>.json: command, machine, time and figures."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    body = {"command": command, "machine": machine(), "at": datetime.now(UTC).isoformat(), "figures": figures}
    path.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")
    return path
