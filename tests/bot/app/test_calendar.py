"""`python -m bot calendar import | export`: a calendar file goes in as a whole or not at all (G11)."""

import asyncio
from pathlib import Path

import pytest

from bot.cli import main
from bot.clock import machine_time
from bot.store import open_store
from tests.sqlite import fresh_sqlite_url

HEAD = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//acme//EN\n"


def event(uid: str, day: str, more: str = "") -> str:
    return f"BEGIN:VEVENT\nUID:{uid}\nSUMMARY:stock taking\nDTSTART;VALUE=DATE:{day}\n{more}END:VEVENT\n"


async def held(url: str) -> list[tuple[str | None, str, str]]:
    async with open_store(url) as store:
        return [(w.uid, w.scope, f"{w.starts_at:%m-%d}") for w in await store.freezes()]


def test_a_file_goes_in_changes_and_is_cancelled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    year = machine_time().year + 1
    url = fresh_sqlite_url(tmp_path)
    file = tmp_path / "team.ics"
    common = ["--database", url]
    given = ["--by", "lena", "--scope", "production", *common]

    def enter(*events: str, by: list[str] = given) -> int:
        file.write_text(f"{HEAD}{''.join(events)}END:VCALENDAR\n")
        return main(["calendar", "import", str(file), *by])

    first, other = event("1@acme", f"{year}0105"), event("2@acme", f"{year}0110")
    assert enter(first, "BEGIN:VEVENT\nUID:3\nEND:VEVENT\n") == 1
    assert "expected a start" in capsys.readouterr().err
    assert enter(first, by=["--by", "sam", "--scope", "production", *common]) == 1
    assert enter(first, by=["--by", "lena", "--scope", "nowhere", *common]) == 1
    assert asyncio.run(held(url)) == []
    assert enter(first, other) == 0
    assert "Freezes entered: 2" in capsys.readouterr().out
    assert enter(first, other) == 1
    assert enter(event("1@acme", f"{year}0106"), event("2@acme", f"{year}0110", "STATUS:CANCELLED\n")) == 0
    assert asyncio.run(held(url)) == [("1@acme", "production", "01-06")]
    assert main(["calendar", "export", *common]) == 0
    assert "X-TMINUS-SCOPE:production" in capsys.readouterr().out
    out = tmp_path / "out.ics"
    assert main(["calendar", "export", str(out), *common]) == 0
    assert "freezes in it: 1" in capsys.readouterr().out
    assert "SUMMARY:stock taking" in out.read_text()
    assert main(["calendar", "import", str(tmp_path / "none.ics"), *given]) == 1
    assert main(["calendar", "import", *given]) == 1
    assert main(["calendar", "export", "--data", str(tmp_path / "nothing")]) == 1
