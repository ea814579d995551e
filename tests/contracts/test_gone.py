"""A database that is gone without a word, and another one behind its address: nobody waits for TCP to notice it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.errors import Unsure, Unwritable
from bot.store import Database, gone
from bot.store.engine import open_engines
from tests.postgres import drop_database, fresh_database_url
from tests.relay import Relay

pytestmark = pytest.mark.postgres


@pytest.fixture
async def relay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Relay]:
    """To a database of its own; a connection that rests is asked at once, and has little time to answer."""
    monkeypatch.setattr(gone, "_TRUSTED_S", 0.0)
    monkeypatch.setattr(gone, "_ASK_S", 0.3)
    url = await fresh_database_url()
    async with asyncio.timeout(60), Relay(url, tmp_path).open() as opened:
        yield opened
    await drop_database(url)


def store_of(relay: Relay) -> Database:
    """Its statements have little time: enough for a busy machine's, and nothing to TCP, which takes many minutes."""
    return Database(open_engines(relay.url, statement_s=1.5), database_time=True)


async def test_connections_that_hang_since_a_failover_are_left_for_new_ones(relay: Relay) -> None:
    async with store_of(relay) as store:
        # Several that rest: each of them would hang.
        await asyncio.gather(*(store.set_meta(f"x{n}", "1") for n in range(4)))
        relay.cut()
        relay.mend()
        async with asyncio.timeout(20):
            assert await asyncio.gather(*(store.get_meta(f"x{n}") for n in range(4))) == ["1"] * 4


async def ask(store: Database, relay: Relay) -> None:
    """A question that is lost."""
    async with store.snapshot() as connection:
        relay.cut()
        await connection.exec_driver_sql("SELECT 1")


async def write(store: Database, value: str, *, lost: Relay, before: bool) -> None:
    """A decision that is lost before it was said, or after all of it but its commit."""
    async with store.unit() as unit:
        if before:
            lost.cut()
        await unit.set_meta("x", value)
        lost.cut()


async def test_what_is_asked_while_it_is_gone_is_refused_in_time_and_done_when_it_is_back(relay: Relay) -> None:
    async with store_of(relay) as store:
        await store.set_meta("x", "1")
        with pytest.raises(Unwritable):
            await ask(store, relay)
        relay.mend()
        async with asyncio.timeout(20):
            await store.set_meta("x", "2")
            assert await store.get_meta("x") == "2"


async def test_a_write_that_got_lost_is_unwritable_and_one_that_got_lost_in_its_commit_is_unsure(relay: Relay) -> None:
    async with store_of(relay) as store:
        await store.set_meta("x", "1")
        with pytest.raises(Unwritable) as lost:
            await write(store, "2", lost=relay, before=True)
        assert not isinstance(lost.value, Unsure)
        relay.mend()
        with pytest.raises(Unsure):
            await write(store, "3", lost=relay, before=False)
        relay.mend()
        async with asyncio.timeout(20):
            assert await store.get_meta("x") == "1", "this commit did not arrive"
            await store.set_meta("x", "4")
            assert await store.get_meta("x") == "4"
