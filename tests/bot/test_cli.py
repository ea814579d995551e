"""The command line: what it refuses, it says in one sentence, and what it did, too."""

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import main
from tests.bot.app.talk import talking

ROOT = Path(__file__).parents[2]


def test_an_audit_of_nothing_is_refused_and_of_a_sandbox_is_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "verify", "--data", str(tmp_path)]) == 1
    assert "there is no database here" in capsys.readouterr().err

    async def day() -> None:
        async with talking(tmp_path) as talk:
            await talk.planned()

    asyncio.run(day())
    assert main(["audit", "verify", "--data", str(tmp_path)]) == 0
    assert "ledger sound" in capsys.readouterr().out


def test_an_audit_says_in_words_what_was_tampered_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async def day() -> None:
        async with talking(tmp_path) as talk:
            await talk.planned()

    asyncio.run(day())
    with (tmp_path / "seals.jsonl").open("a", encoding="utf-8") as file:
        file.write("{}\n")
    (tmp_path / "sealing.key").unlink()
    with closing(sqlite3.connect(tmp_path / "sandbox.sqlite")) as database:
        database.execute("UPDATE releases SET phase = 'closed'")
        database.commit()
    assert main(["audit", "verify", "--data", str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert "ledger BROKEN, 2 found" in told
    assert "release:R-1 row " in told
    assert "what the table says beside the state" in told
    assert "the line in the file of seals cannot be read [line]" in told
    assert "signatures of the seals were not checked" in told
    assert "Broken(" not in told


def test_production_secrets_keep_the_sandbox_from_starting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("T_MINUS_SEALING_KEY", "k" * 64)
    assert main(["sandbox", "--port", "0", "--data", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert "T_MINUS_SEALING_KEY" in told
    assert "kkkk" not in told


def test_a_bad_catalogue_is_named_with_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "catalogue.yaml"
    bad.write_text("people:\n  ana: {nam: Ana}\n", encoding="utf-8")
    assert main(["sandbox", "--port", "0", "--data", str(tmp_path / "data"), "--catalogue", str(bad)]) == 1
    assert "catalogue.yaml" in capsys.readouterr().err


def test_migrate_brings_a_database_to_the_newest_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate", "--database", f"sqlite+aiosqlite:///{tmp_path / 'x.sqlite'}"]) == 0
    assert "newest schema" in capsys.readouterr().out


def test_unusable_arguments_are_told_by_the_parser() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["sandbox", "--clock", "sundial"])
    assert stopped.value.code == 2


def test_a_python_without_the_dependencies_is_told_what_to_do_and_with_them_it_works(tmp_path: Path) -> None:
    def run(*options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *options, "-m", "bot", "calendar", "export", "--data", str(tmp_path)]
        return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=60)

    bare = run("-S")
    assert (bare.returncode, "make setup" in bare.stderr, "Traceback" in bare.stderr) == (1, True, False)
    assert "there is no database here" in run().stderr
