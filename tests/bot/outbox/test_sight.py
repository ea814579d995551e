"""What a batch of posts reads at once is what each of them would have read alone; on both databases."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.people import SYSTEM
from bot.outbox.sight import Sight
from bot.ports import Catalog, Entry
from bot.service import ReleaseService
from bot.store import open_store
from bot.timeline.marks import T_5, T_30
from tests.bot.outbox.outbox_world import World, mark, said
from tests.postgres import drop_database, fresh_database_url
from tests.sqlite import fresh_sqlite_url
from tests.world import NOW, facts


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """Two releases of one service and one of another, with posts."""
    url = fresh_sqlite_url(tmp_path) if request.param == "sqlite" else await fresh_database_url()
    async with open_store(url) as store:
        world = World(store)
        for name, service in (("R-1", "payments"), ("R-2", "payments"), ("R-3", "search")):
            await world.planned(id=name, service=service)
            await world.enqueue([replace(mark(m), key=f"{name}:{m}", release=name) for m in (T_30, T_5)])
        async with store.unit() as unit:
            await unit.append("release:R-2", [Entry("note", "x", SYSTEM, NOW, "r")])
        yield world
    if request.param == "postgres":
        await drop_database(url)


async def test_views_of_many_are_the_views_of_each(world: World) -> None:
    known = facts()
    catalog = Catalog(known.services, known.roster, known.policy, known.rubric)
    service = ReleaseService(world.store, world.store, lambda: catalog, world.clock)
    many = await service.views(["R-1", "R-2", "R-3", "R-99"])
    assert list(many) == ["R-1", "R-2", "R-3"]
    for name, view in many.items():
        assert view == await service.view(name)
    assert many["R-2"].head
    assert {n.id for n in many["R-1"].facts.neighbours} == {"R-2", "R-3"}


async def test_announcements_of_many_are_those_of_each(world: World) -> None:
    many = await world.store.announcements_of(["R-1", "R-3", "R-99"])
    assert many == {
        "R-1": await world.store.announcements("R-1"),
        "R-3": await world.store.announcements("R-3"),
        "R-99": [],
    }
    assert [a.occasion for a in many["R-1"]] == [T_30, T_5]


async def test_a_claim_reads_once_for_all_its_rows_and_only_what_they_need(world: World) -> None:
    rows = await world.store.claim(10, NOW.replace(year=2027), NOW, 20, "w")
    parts = world.parts()
    sight = Sight(parts, rows)
    assert world.reads == 0
    for row in rows:
        view = await sight.view(row.release)
        assert view is not None
        assert view.release.id == row.release
        assert len(await sight.posts(row.release)) == 2
    assert world.reads == len({row.release for row in rows})
    assert await sight.view("R-99") is None


async def test_a_post_that_is_no_mark_reads_no_other_posts(world: World) -> None:
    await world.enqueue([said("VERDICT", "verdict")])
    rows = [r for r in await world.store.claim(10, NOW, NOW, 20, "w") if r.kind == "post"]
    assert await Sight(world.parts(), rows).posts("R-1") == ()
