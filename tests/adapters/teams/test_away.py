"""The database is away: Teams sends nothing again, so who typed or pressed reads at once that nothing was done (G17)."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from adapters.teams import hearing
from adapters.teams.render import REFRESH
from bot.domain.errors import Unwritable
from bot.ports import Notebook
from tests.adapters.teams_day import CHANNEL, Day, teams_day
from tests.adapters.teams_world import CHANNEL as RELEASES
from tests.adapters.teams_world import World
from tests.bot.app.talk import REASON

NOTHING_DONE = "The record cannot be read or written now, so nothing was done. Try again in a minute"


class Away:
    """A notebook whose database is gone, or does not answer, until `back`."""

    def __init__(self, real: Notebook, *, hangs: bool = False) -> None:
        self._real = real
        self.hangs = hangs
        self.back = asyncio.Event()

    async def _answer(self, name: str, *args: Any) -> Any:  # noqa: ANN401 - whatever the real one takes and gives
        if not self.back.is_set():
            if not self.hangs:
                msg = "the database cannot be read or written: gone"
                raise Unwritable(msg)
            await self.back.wait()
        return await getattr(self._real, name)(*args)

    async def get(self, book: str, key: str) -> Any:  # noqa: ANN401 - see ports.Notebook
        return await self._answer("get", book, key)

    async def put(self, book: str, key: str, value: Any) -> None:  # noqa: ANN401 - see ports.Notebook
        await self._answer("put", book, key, value)

    async def remove(self, book: str, key: str) -> Any:  # noqa: ANN401 - see ports.Notebook
        return await self._answer("remove", book, key)

    async def all(self, book: str) -> Any:  # noqa: ANN401 - see ports.Notebook
        return await self._answer("all", book)


@pytest.fixture
async def day(tmp_path: Path) -> AsyncIterator[Day]:
    async with teams_day(tmp_path) as made:
        await made.planned()
        yield made


async def test_what_is_typed_or_pressed_while_the_database_is_dead_is_refused_where_it_was_typed(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = day.bot.house.store
    before = len(await store.ledger("release:R-1"))
    posted = len(day.microsoft.posted)
    with monkeypatch.context() as dead:
        dead.setattr(store.engines.write.sync_engine, "connect", _gone)
        dead.setattr(store.engines.read.sync_engine, "connect", _gone)
        await day.bot.teams._turns.take(day.activity("quinn", text="release hold R-1 the database of search is slow"))
        pressed = await day.bot.teams._turns.take(day.filled("kai", "1|approve|R-1|1|sign_off:peer|", REASON))
        await day.bot.teams._tasks.finish(5)
    said = day.microsoft.posted[posted:]
    assert [one[1] for one in said] == [CHANNEL], "where everybody could read what was asked for, at once"
    assert NOTHING_DONE in json.dumps(said[0][3])
    assert NOTHING_DONE in json.dumps(pressed.body if pressed else "")
    assert len(await store.ledger("release:R-1")) == before
    await day.say("quinn", "release hold R-1 the database of search is slow")
    assert (await day.release()).phase.value == "held"
    assert "29:quinn" in json.dumps(dict(await day.bot.teams._checks._given.notebook.all("teams.people")))


def _gone(*_: object, **__: object) -> None:
    msg = "gone"
    raise OSError(msg)


@pytest.mark.parametrize("how", ["gone", "hangs"])
async def test_words_are_heard_and_answered_although_the_conversation_cannot_be_noted(
    world: World, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    references = world.platform._chat._references
    real = references._notebook
    away = references._notebook = Away(real, hangs=how == "hangs")
    with monkeypatch.context() as hasty:
        hasty.setattr(hearing, "LEARN_S", 0.05)
        hasty.setattr(hearing, "LOOK_S", 0.05)
        await world.post(world.activity(text="<at>T-Minus</at> release hold R-1"))
        assert len(world.heard) == 1, "the door of the bot says what the database allows"
        told = await world.act(REFRESH, {"k": "any"})
        assert NOTHING_DONE in told["value"]
    away.back.set()
    await world.settled()
    back = await world.act("back", {"t": "1|go|R-1|1||"})
    assert back["type"].endswith("adaptive")
    await world.say("release help")
    assert RELEASES in await real.all("teams.places")
    assert (await world.act(REFRESH, {"k": "any"}))["value"] != told["value"]
