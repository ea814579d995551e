"""`serve`, joined with a platform of this machine: it hears, posts, says how it is, and refuses in a sentence what cannot be."""

import asyncio
import re
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
import sqlalchemy as sa

from adapters.http.health import State, asked_state
from adapters.http.platform import Given
from bot.app.audit import verify_ledger
from bot.app.calendar import CalendarOptions, export_calendar
from bot.app.house import DEMO_CATALOGUE
from bot.app.kept import kept
from bot.app.options import SandboxOptions
from bot.app.sandbox import sandbox
from bot.app.serve import serving
from bot.domain.errors import BadFile, Unwritable
from bot.ports import Check
from bot.settings import BadSettings, Settings
from bot.store import open_store
from bot.store.migrate import head, upgrade
from tests.bot.app.local import Local, local
from tests.postgres import drop_database, fresh_database_url


def settings(folder: Path, **changes: object) -> Settings:
    given = {"data_dir": folder, "catalogue": DEMO_CATALOGUE, "port": 0, "email_domains": ("acme.example",), **changes}
    return Settings(**given)  # type: ignore[arg-type]  # pydantic checks each value


async def said(port: int, account: str, text: str, receipt: str = "r1") -> str:
    """What is answered; where a busy machine takes longer than the budget, the same delivery again gets the stored answer."""
    body = {"account": account, "place": "#payments", "text": text, "receipt": receipt}
    told = "Not confirmed yet"
    async with aiohttp.ClientSession() as session:
        while told.startswith("Not confirmed yet"):
            async with session.post(f"http://127.0.0.1:{port}/local/say", json=body) as got:
                assert got.status == 200, await got.text()
                told = str((await got.json())["said"])
    return told


async def health(port: int, path: str) -> tuple[int, str, list[str]]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as got:
        body = await got.json()
        return got.status, body["status"], body["problems"]


async def test_it_hears_the_people_of_the_roster_posts_and_says_that_it_is_well(tmp_path: Path) -> None:
    made: list[Local] = []
    async with serving(settings(tmp_path), [local(tmp_path, made=made)]) as served:
        assert "R-1" in await said(served.port, "ana", "/release plan payments 2.4.1 in 3 hours canary 10%")
        assert "roster" in await said(served.port, "stranger", "/release plan payments 2.4.2", "r2")
        cards: list[object] = []
        for _ in range(400):
            with closing(sqlite3.connect(tmp_path / "messages.sqlite")) as db:
                cards = db.execute("SELECT text FROM messages WHERE place = '#payments'").fetchall()
            if cards:
                break
            await asyncio.sleep(0.05)
        assert cards
        await served.outbox.beat()
        assert await health(served.port, "/healthz") == (200, "ok", [])
        assert await health(served.port, "/readyz") == (200, "ok", [])
        served.stopping = True
        assert (await health(served.port, "/readyz"))[0] == 503
        assert (await health(served.port, "/healthz"))[0] == 200
    assert made[0].course == ["start", "stop"]
    seals = (tmp_path / "seals.jsonl").read_text()
    assert "release:R-1" in seals, "what was decided is sealed at the end"
    async with serving(settings(tmp_path), [local(tmp_path)]) as again:
        assert "R-1" in await said(again.port, "ana", "/release status R-1", "r3")


async def test_on_a_file_that_takes_no_entry_it_says_so_and_is_not_ready_until_it_does(tmp_path: Path) -> None:
    async with serving(settings(tmp_path), [local(tmp_path)]) as served:

        async def read_only(*, on: bool) -> None:
            async with served.house.store.engines.write.connect() as connection:
                # Below SQLAlchemy: a transaction could not begin any more.
                await connection.run_sync(lambda c: c.connection.cursor().execute(f"PRAGMA query_only={int(on)}"))

        await read_only(on=True)
        assert "cannot be read or written" in await said(served.port, "ana", "/release plan payments 2.4.1 in 3 hours")
        with pytest.raises(Unwritable):
            await served.outbox.beat()
        assert await health(served.port, "/readyz") == (503, "failing", ["database_unwritable"])
        assert (await health(served.port, "/healthz"))[0] == 200
        await read_only(on=False)
        await served.outbox.beat()
        assert await health(served.port, "/readyz") == (200, "ok", [])
        assert "R-1" in await said(served.port, "ana", "/release plan payments 2.4.1 in 3 hours", "r2")


async def test_without_its_database_it_lives_and_is_not_ready_and_with_a_dead_scheduler_it_is_neither(
    tmp_path: Path,
) -> None:
    async with serving(settings(tmp_path), [local(tmp_path)]) as served:
        await served.alarm.stop()
        assert await health(served.port, "/healthz") == (503, "failing", ["scheduler_dead"])
        served.alarm.start()
        assert (await health(served.port, "/healthz"))[0] == 200
        async with served.house.store.transaction() as connection:
            await connection.exec_driver_sql("ALTER TABLE stream_heads RENAME TO away")
        assert await health(served.port, "/readyz") == (503, "failing", ["database_unreachable"])
        assert (await health(served.port, "/healthz"))[0] == 200
        async with served.house.store.transaction() as connection:
            await connection.exec_driver_sql("ALTER TABLE away RENAME TO stream_heads")
        assert (await health(served.port, "/readyz"))[0] == 200


async def test_a_platform_that_hears_nobody_is_told_with_what_to_do_until_it_hears(tmp_path: Path) -> None:
    made: list[Local] = []
    async with serving(settings(tmp_path), [local(tmp_path, made=made)]) as served:
        made[0].deaf = Check("local_down", ok=False, sentence="The line is down.", remedy="Look at the plug.")
        assert await health(served.port, "/readyz") == (503, "failing", ["local_down"])
        assert (await health(served.port, "/healthz"))[0] == 200, "another process would hear as little"
        state = await asked_state("127.0.0.1", served.port)
        assert state == State(ready=False, problems=("local_down",), told=("The line is down. Look at the plug.",))
        assert "local_down" in await said(served.port, "ana", "/release doctor")
        made[0].deaf = None
        assert await health(served.port, "/readyz") == (200, "ok", [])


async def refused(given: Settings, folder: Path, *, platforms: int = 1) -> str:
    with pytest.raises(BadFile) as caught:
        async with serving(given, [local(folder)] * platforms):
            pass
    assert "Traceback" not in str(caught.value)
    return str(caught.value)


async def test_what_cannot_work_is_said_in_a_sentence_that_says_what_to_set_and_then_it_works(tmp_path: Path) -> None:
    none = await refused(settings(tmp_path), tmp_path, platforms=0)
    assert {"T_MINUS_SLACK_BOT_TOKEN", "T_MINUS_TEAMS_APP_ID", "python -m bot sandbox"} <= set(
        re.findall(r"T_MINUS_\w+|python -m bot sandbox", none)
    )
    assert "T_MINUS_CATALOGUE" in await refused(settings(tmp_path, catalogue=tmp_path / "none.yaml"), tmp_path)
    (tmp_path / "bad.yaml").write_text("schema: 1\npeople: {ana: {}}\nservices: {}\n")
    assert "bad.yaml, line 2" in await refused(settings(tmp_path, catalogue=tmp_path / "bad.yaml"), tmp_path)
    assert "T_MINUS_CLOCK" in await refused(settings(tmp_path, clock="simulated"), tmp_path)
    assert "joined twice" in await refused(settings(tmp_path), tmp_path, platforms=2)
    assert "T_MINUS_DATA_DIR" in await refused(settings(tmp_path / "bad.yaml"), tmp_path)
    async with serving(settings(tmp_path), [local(tmp_path)]) as served:
        other = settings(tmp_path / "other", port=served.port)
        assert "T_MINUS_PORT" in await refused(other, tmp_path)


async def test_a_rehearsals_database_is_never_served_and_a_served_one_never_rehearsed_on(tmp_path: Path) -> None:
    async with sandbox(SandboxOptions(port=0, data=tmp_path / "sandbox")):
        pass
    rehearsed = f"sqlite:///{tmp_path / 'sandbox' / 'sandbox.sqlite'}"
    assert "sandbox" in await refused(settings(tmp_path, database_url=rehearsed), tmp_path)
    async with serving(settings(tmp_path), [local(tmp_path)]):
        pass
    with pytest.raises(BadFile, match="serves a company"):
        async with sandbox(SandboxOptions(port=0, data=tmp_path / "s", database=settings(tmp_path).database)):
            pass
    async with sandbox(SandboxOptions(port=0, data=tmp_path / "sandbox")):
        pass


async def test_a_database_of_a_newer_version_is_refused_until_it_is_of_this_one(tmp_path: Path) -> None:
    given = settings(tmp_path)
    await upgrade(given.database)
    async with open_store(given.database) as store, store.transaction() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert "revision 9999" in await refused(given, tmp_path)
    async with open_store(given.database) as store, store.transaction() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = :head"), {"head": head()})
    async with serving(given, [local(tmp_path)]):
        pass


@pytest.mark.postgres
async def test_on_postgresql_it_wants_a_key_for_all_replicas_a_server_that_answers_and_a_role_that_may(
    tmp_path: Path,
) -> None:
    url = await fresh_database_url(migrated=False)
    key, role = "k" * 32, f"reader_{uuid.uuid4().hex[:12]}"
    assert "T_MINUS_SEALING_KEY" in await refused(settings(tmp_path, database_url=url), tmp_path)
    nowhere = "postgresql://bot:hunter2@127.0.0.1:1/none"
    told = await refused(settings(tmp_path, database_url=nowhere, sealing_key=key), tmp_path)
    assert "does not answer" in told
    assert "hunter2" not in told
    async with open_store(url) as store, store.transaction() as connection:
        for statement in (
            "DROP TABLE meta CASCADE",
            f"CREATE ROLE {role} LOGIN",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}",
            "UPDATE alembic_version SET version_num = '0001'",
        ):
            await connection.exec_driver_sql(statement)
    reader = url.replace("//postgres:", f"//{role}:").replace("//postgres@", f"//{role}@")
    assert role in reader
    assert "python -m bot migrate" in await refused(settings(tmp_path, database_url=reader, sealing_key=key), tmp_path)
    async with open_store(url) as store, store.transaction() as connection:
        await connection.exec_driver_sql(f"DROP OWNED BY {role}")
        await connection.exec_driver_sql(f"DROP ROLE {role}")
    await drop_database(url)
    url = await fresh_database_url()
    async with serving(settings(tmp_path, database_url=url, sealing_key=key), [local(tmp_path)]) as served:
        assert "R-1" in await said(served.port, "ana", "/release plan payments 2.4.1 in 3 hours canary 10%")
    await drop_database(url)


async def test_a_platform_whose_settings_are_not_there_takes_no_part(tmp_path: Path) -> None:
    def absent(_: Settings, given: Given) -> None:
        assert given.public_url == "https://bot.acme.example"

    given = settings(tmp_path, public_url="https://bot.acme.example/")
    async with serving(given, [absent, local(tmp_path)]) as served:
        assert [p.name for p in served.platforms] == ["sandbox"]
    with pytest.raises(BadSettings, match="no chat platform"):
        async with serving(given, [absent]):
            pass


async def test_the_record_of_a_served_bot_is_found_by_its_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("T_MINUS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("T_MINUS_CATALOGUE", str(DEMO_CATALOGUE))
    with pytest.raises(BadFile, match="no database here"):
        kept(tmp_path / "elsewhere", None)
    async with serving(settings(tmp_path), [local(tmp_path)]) as served:
        await said(served.port, "ana", "/release plan payments 2.4.1 in 3 hours canary 10%")
    found = kept(None, None)
    assert (found.seals, found.catalogue) == (tmp_path / "seals.jsonl", DEMO_CATALOGUE)
    audit = await verify_ledger(None, None)
    assert audit.sound, audit.text
    assert "no sealing key" not in audit.text
    assert "BEGIN:VCALENDAR" in await export_calendar(CalendarOptions(data=None, database=None))
    monkeypatch.setenv("T_MINUS_SEALING_KEY", "k" * 32)
    assert not (await verify_ledger(None, None)).sound, "sealed with another key"
