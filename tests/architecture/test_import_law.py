"""The import law of pyproject.toml holds, and it bites: a law that nothing can break would be no law."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.unmeasured


def lint(folder: Path) -> tuple[bool, str]:
    """Whether the law holds for the code in that folder, and what the linter says."""
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as go; go()",
            "--no-cache",
            "--no-logo",
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        check=False,
        capture_output=True,
        text=True,
    )
    return ran.returncode == 0, ran.stdout + ran.stderr


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    for name in ("bot", "adapters", "flows"):
        shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(root / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_house_keeps_its_import_law(root: Path) -> None:
    kept, said = lint(root)
    assert kept, said


@pytest.mark.parametrize(
    ("module", "line", "complaint"),
    [
        ("bot/stray.py", "", "bot.stray"),
        ("bot/domain/breach.py", "import bot.policy", "bot.domain.breach -> bot.policy"),
        ("bot/policy/breach.py", "import asyncio", "bot.policy.breach -> asyncio"),
        ("bot/timeline/breach.py", "import time", "bot.timeline.breach -> time"),
        ("bot/outbox/breach.py", "import sqlalchemy", "bot.outbox.breach -> sqlalchemy"),
        ("bot/messages/breach.py", "import pydantic", "bot.messages.breach -> pydantic"),
        ("bot/store/breach.py", "import apscheduler", "bot.store.breach -> apscheduler"),
        ("flows/breach.py", "import os", "flows.breach -> os"),
        ("flows/breach.py", "import adapters.http", "flows.breach -> adapters.http"),
        ("adapters/breach.py", "", "breach"),
        ("adapters/sandbox/breach.py", "import bot.store", "adapters.sandbox.breach -> bot.store"),
        ("adapters/sandbox/breach.py", "import slack_sdk", "adapters.sandbox.breach -> slack_sdk"),
        ("adapters/http/breach.py", "import adapters.sandbox", "adapters.http.breach -> adapters.sandbox"),
    ],
)
def test_a_breach_of_the_law_breaks_the_build(copy: Path, module: str, line: str, complaint: str) -> None:
    (copy / module).write_text(f'"""A breach."""\n\n{line}\n')
    kept, said = lint(copy)
    assert not kept
    assert complaint in said, said
    (copy / module).unlink()
    kept, said = lint(copy)
    assert kept, said
