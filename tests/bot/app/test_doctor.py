"""Doctor says what is there and what lacks, each with its remedy; when it is mended, it says so (product.md)."""

import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest

from bot.app.doctor import Examination, examined
from bot.app.house import DEMO_CATALOGUE
from bot.app.serve import serving
from bot.cli import main
from bot.settings import BadSettings, Settings
from bot.store import open_store
from bot.store.migrate import upgrade
from tests.bot.app.local import local
from tests.bot.app.talk import talking
from tests.bot.app.test_serve import said, settings
from tests.postgres import drop_database, fresh_database_url


async def examine(given: Settings, folder: Path, *, platforms: int = 1) -> Examination:
    return await examined([local(folder)] * platforms, lambda: given)


def lacks(found: Examination) -> dict[str, str]:
    assert all(c.remedy for c in found.checks if not c.ok), "each that lacks has its remedy"
    assert all(not c.remedy for c in found.checks if c.ok)
    return {c.code: c.sentence for c in found.checks if not c.ok}


def catalogue(folder: Path) -> Path:
    """The demo's, without the sources of the demo."""
    text = re.sub(r"\n  *sources:(?: &sources(?:\n +\w+: demo-\w+)+| \*sources)", "", DEMO_CATALOGUE.read_text())
    path = folder / "catalogue.yaml"
    path.write_text(text)
    return path


async def test_from_nothing_to_a_bot_at_work_each_step_mends_a_line(tmp_path: Path) -> None:
    given = settings(tmp_path, catalogue=tmp_path / "none.yaml")
    assert lacks(await examine(given, tmp_path)).keys() == {"catalogue", "database"}
    given = settings(tmp_path, catalogue=catalogue(tmp_path))
    assert lacks(await examine(given, tmp_path, platforms=0)).keys() == {"database", "platforms"}
    assert lacks(await examine(given, tmp_path)).keys() == {"database"}
    assert not (tmp_path / "t-minus.db").exists(), "doctor changes nothing"
    await upgrade(given.database)
    assert lacks(await examine(given, tmp_path)).keys() == {"scheduler"}
    async with serving(given, [local(tmp_path)]) as served:
        await served.outbox.beat()
        held = await examine(settings(tmp_path, catalogue=given.catalogue, port=served.port), tmp_path)
        assert lacks(held) == {}
        assert "answers on 127.0.0.1" in held.text()
        served.stopping = True
        assert lacks(await examine(settings(tmp_path, catalogue=given.catalogue, port=served.port), tmp_path))
    well = await examine(given, tmp_path)
    assert lacks(well) == {}
    assert well.well
    assert well.text().endswith(f"All is well: {len(well.checks)} checks")
    told = json.loads(well.json())
    assert told == {"ok": True, "checks": [asdict(c) for c in well.checks]}
    assert ("local.token", True) in [(c["code"], c["ok"]) for c in told["checks"]]


async def test_a_gate_that_hangs_on_one_person_and_a_channel_of_nowhere_are_named(tmp_path: Path) -> None:
    await upgrade(settings(tmp_path).database)
    path = catalogue(tmp_path)
    text = path.read_text()
    path.write_text(
        text.replace('direct: {sandbox: "@lena"}', 'direct: {slack: "@lena"}').replace("sandbox:#web", "teams:19:x")
    )
    found = lacks(await examine(settings(tmp_path, catalogue=path), tmp_path))
    assert "teams:19:x" in found["places"]
    assert "lena" in found["gates"]
    path.write_text(text)
    assert {"places", "gates"}.isdisjoint(lacks(await examine(settings(tmp_path, catalogue=path), tmp_path)))


async def test_bad_settings_and_bad_files_are_told_by_their_names(tmp_path: Path) -> None:
    def bad() -> Settings:
        msg = "T_MINUS_PORT: expected a whole number"
        raise BadSettings(msg)

    found = await examined([local(tmp_path)], bad)
    assert lacks(found) == {"settings": "a setting cannot be used: T_MINUS_PORT: expected a whole number"}
    (tmp_path / "sources.yaml").write_text("schema: 9\n")
    told = lacks(await examine(settings(tmp_path, sources=tmp_path / "sources.yaml"), tmp_path))
    assert "sources.yaml, line 1" in told["sources"]
    assert "demo-ci" in lacks(await examine(settings(tmp_path), tmp_path))["sources"]


async def test_a_setting_with_a_slip_in_its_name_is_told_with_what_was_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("T_MINUS_DATA", "/elsewhere")
    monkeypatch.setenv("T_MINUS_SERVICE_HOST", "10.0.0.1")
    monkeypatch.setenv("T_MINUS_ZEBRA", "1")
    told = lacks(await examine(settings(tmp_path), tmp_path))["settings"]
    assert told.endswith(": T_MINUS_DATA (T_MINUS_DATA_DIR?)")
    monkeypatch.delenv("T_MINUS_DATA")
    assert "settings" not in lacks(await examine(settings(tmp_path), tmp_path))


async def test_a_database_of_another_version_or_of_a_sandbox_is_told(tmp_path: Path) -> None:
    given = settings(tmp_path, catalogue=catalogue(tmp_path))
    await upgrade(given.database, "0003")
    assert "revision 0003" in lacks(await examine(given, tmp_path))["database"]
    await upgrade(given.database)
    async with open_store(given.database) as store:
        await store.set_meta("sandbox", "yes")
    assert "sandbox" in lacks(await examine(given, tmp_path))["database"]
    async with open_store(given.database) as store, store.transaction() as connection:
        await connection.exec_driver_sql("DELETE FROM meta")
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert "does not know" in lacks(await examine(given, tmp_path))["database"]


@pytest.mark.postgres
async def test_on_postgresql_it_reads_the_servers_clock_and_wants_a_key(tmp_path: Path) -> None:
    url = await fresh_database_url()
    given = settings(tmp_path, database_url=url, catalogue=catalogue(tmp_path))
    found = await examine(given, tmp_path)
    assert lacks(found).keys() == {"key", "scheduler"}
    assert any(c.code == "clock" and c.ok for c in found.checks)
    nowhere = settings(tmp_path, database_url="postgresql://bot:hunter2@127.0.0.1:1/none", sealing_key="k" * 32)
    told = lacks(await examine(nowhere, tmp_path))["database"]
    assert "does not answer" in told
    assert "hunter2" not in told
    await drop_database(url)


async def test_people_ask_it_in_chat(tmp_path: Path) -> None:
    given = settings(tmp_path, catalogue=catalogue(tmp_path))
    async with serving(given, [local(tmp_path)]) as served:
        assert "All is well" in await said(served.port, "ana", "/release doctor")
        assert "roster" in await said(served.port, "stranger", "/release doctor", "r2")
        await served.alarm.stop()
        assert "scheduler_dead" in await said(served.port, "ana", "/release doctor", "r3")
        served.alarm.start()
    async with talking(tmp_path / "sandbox") as talk:
        assert "All is well" in await talk.say("ana", "/release doctor")


def test_the_command_says_it_in_words_and_in_json_and_by_its_exit_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("T_MINUS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("T_MINUS_CATALOGUE", str(catalogue(tmp_path)))
    monkeypatch.setenv("T_MINUS_PORT", "1")
    assert main(["doctor"]) == 1
    assert "LACKS  platforms: no chat platform is configured" in capsys.readouterr().out
    assert main(["doctor", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["ok"] is False
    assert main(["health"]) == 1
    assert "no answer" in capsys.readouterr().out
    assert main(["migrate"]) == 0
    assert (tmp_path / "t-minus.db").exists()
