"""ports.Reads, locks and named values, on every database."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.emergency import Owed
from bot.domain.errors import Conflict
from bot.domain.events import (
    Cancelled,
    Closed,
    EmergencyDeclared,
    EvidenceRecorded,
    HealthReported,
    LessonRecorded,
    Planned,
    ReviewRecorded,
    RollbackDeclared,
    RollbackFinished,
    Started,
)
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.facts import Window
from bot.messages.heard import Quiet
from bot.store import Database
from tests.contracts.given import NOON, after, enqueue, entry, keep, plan_started, post


async def test_open_plans_and_neighbours_leave_out_what_has_ended(store: Database) -> None:
    for number in (1, 2, 10):
        await keep(store, plan_started(f"R-{number}"), release=f"R-{number}")
    await keep(store, plan_started("R-3", "web"), release="R-3")
    await keep(store, Cancelled(at=NOON, by="ana", reason="x"), release="R-2", version=1)
    async with store.unit() as unit:
        assert [r.id for r in await unit.open_plans("payments", "production")] == ["R-1", "R-10"]
        assert await unit.open_plans("payments", "staging") == []
        assert [n.id for n in await unit.neighbours("R-1")] == ["R-3", "R-10"]
    assert [n.id for n in await store.neighbours(None)] == ["R-1", "R-3", "R-10"]
    assert [r.id for r in await store.releases()] == ["R-10", "R-3", "R-2", "R-1"]


async def test_history_tells_how_the_last_releases_ended(store: Database) -> None:
    live = (Planned(at=NOON), Started(at=NOON, by="ana", started_at=NOON))
    ends = {
        "R-1": (Closed(at=after(30), by="ana"), LessonRecorded(at=after(31), by="ana", lesson="warm the cache")),
        "R-2": (
            RollbackDeclared(at=after(40), by="kai", reason="errors"),
            RollbackFinished(at=after(45), by="kai"),
        ),
        "R-3": (HealthReported(at=after(20), by="kai", ok=False, metric="p95"), Closed(at=after(50), by="ana")),
        "R-4": (RollbackDeclared(at=after(60), by="kai", reason="errors"),),
    }
    for release, end in ends.items():
        await keep(store, plan_started(release), *live, *end, release=release)
    history = await store.history("payments")
    assert [(o.release, o.result, o.lesson, o.ended_at) for o in history] == [
        ("R-3", "issues", "", after(50)),
        ("R-2", "failed", "", after(45)),
        ("R-1", "success", "warm the cache", after(30)),
    ]
    async with store.unit() as unit:
        assert await unit.history("payments", 1) == history[:1]
        assert await unit.history("web") == []


async def test_history_tells_what_was_open_in_each_first_verdict(store: Database) -> None:
    for number, gaps in ((1, ("rollback", "capacity")), (2, ()), (3, ("rollback",))):
        live = (Planned(at=NOON, gaps=gaps), Started(at=NOON, by="ana", started_at=NOON))
        await keep(store, plan_started(f"R-{number}"), *live, Closed(at=after(number), by="ana"), release=f"R-{number}")
    found = [("R-3", ("rollback",)), ("R-2", ()), ("R-1", ("rollback", "capacity"))]
    assert [(o.release, o.gaps) for o in await store.history("payments")] == found
    async with store.unit() as unit:
        assert [(o.release, o.gaps) for o in await unit.history("payments")] == found


async def test_a_board_reads_many_releases_and_their_posts_at_once(store: Database) -> None:
    first, second = await keep(store, plan_started()), await keep(store, plan_started("R-2"), release="R-2")
    await enqueue(store, post("late", 5), post("early", 1))
    loaded = await store.loaded(["R-1", "R-2", "R-3"])
    assert {name: (one.release, one.version) for name, one in loaded.items()} == {"R-1": (first, 1), "R-2": (second, 1)}
    posts = await store.announcements_of(["R-1", "R-2"])
    assert {name: [one.key for one in found] for name, found in posts.items()} == {"R-1": ["early", "late"], "R-2": []}
    heads = await store.heads(["release:R-1", "release:R-2"])
    assert heads["release:R-1"] == await store.head("release:R-1") != heads["release:R-2"]


async def test_what_the_last_closed_release_established_is_told(store: Database) -> None:
    assert await store.established("payments") == ()
    drill = Evidence(Kind.ROLLBACK, Standing.ATTESTED, "person", "kai", NOON)
    done = (
        EvidenceRecorded(NOON, drill),
        Planned(at=NOON),
        Started(at=NOON, by="ana", started_at=NOON),
        Closed(after(30), "ana"),
    )
    await keep(store, plan_started(), *done)
    async with store.unit() as unit:
        assert await unit.established("payments") == (drill,)
        assert await unit.established("web") == ()


async def test_work_of_our_own_is_done_again_where_it_lost_a_race_and_at_last_tells(store: Database) -> None:
    tries = 0

    async def lose(_connection: object, times: int) -> int:
        nonlocal tries
        tries += 1
        if tries <= times:
            raise Conflict
        return tries

    assert await store.again(lambda connection: lose(connection, 3)) == 4
    tries = 0
    with pytest.raises(Conflict):
        await store.again(lambda connection: lose(connection, 99))
    assert tries == 5


async def test_freezes_are_kept_until_they_are_taken_out(store: Database) -> None:
    window = Window("F-1", "payments", NOON, NOON + timedelta(days=1), "year end", "lena", by="mia", uid="1@acme")
    async with store.unit() as unit:
        await unit.add_freeze(window)
        assert await unit.freezes() == [window]
    assert await store.freezes() == [window]
    async with store.unit() as unit:
        assert await unit.remove_freeze("F-1")
        assert not await unit.remove_freeze("F-1")
    assert await store.freezes() == []


async def test_named_values_are_kept(store: Database) -> None:
    assert await store.get_meta("clock") is None
    await store.set_meta("clock", "1")
    async with store.unit() as unit:
        await unit.set_meta("clock", "2")
        assert await unit.get_meta("clock") == "2"
        assert (await unit.next_number("freeze"), await unit.next_number("freeze")) == (1, 2)
    assert await store.get_meta("clock") == "2"


async def test_a_lock_makes_others_wait_until_the_commit(store: Database) -> None:
    order: list[str] = []
    inside = asyncio.Event()

    async def first() -> None:
        async with store.unit() as unit:
            await unit.lock(["web", "payments"])
            order.append("first in")
            inside.set()
            await asyncio.sleep(0.1)
            order.append("first out")

    async def second() -> None:
        await inside.wait()
        async with store.unit() as unit:
            await unit.lock(["payments", "web"])
            order.append("second in")

    await asyncio.gather(first(), second())
    assert order == ["first in", "first out", "second in"]


async def test_a_message_is_found_by_its_place_and_platform_id(store: Database) -> None:
    await keep(store, plan_started())
    await enqueue(store, post("p"))
    async with store.transaction() as connection:
        await connection.exec_driver_sql("UPDATE outbox SET message_id = 'm7'")
    assert await store.release_of_message("sandbox", "#payments", "m7") == "R-1"
    assert await store.release_of_message("sandbox", "#releases", "m7") is None
    assert await store.release_of_message("slack", "#payments", "m7") is None


async def test_a_review_is_owed_from_the_start_of_an_emergency_until_it_is_written(store: Database) -> None:
    declared = EmergencyDeclared(NOON, "ana", "INC-204", "customers cannot pay", after(240))
    await keep(store, plan_started(), declared)
    assert await store.reviews_owed("payments") == []
    await keep(store, Started(NOON, "ana", NOON), version=1)
    assert await store.reviews_owed("payments") == [Owed("R-1", None)]
    await keep(store, Closed(after(30), "ana"), version=2)
    async with store.unit() as unit:
        assert await unit.reviews_owed("payments") == [Owed("R-1", after(30 + 24 * 60))]
        assert await unit.reviews_owed("ledger") == []
    await keep(store, ReviewRecorded(after(60), "kai", "it broke", "QA", "an alert"), version=3)
    assert await store.reviews_owed("payments") == []


async def test_reads_that_belong_together_see_one_state(store: Database) -> None:
    await keep(store, plan_started("R-1"), release="R-1")
    async with store.together():
        assert [r.id for r in await store.releases()] == ["R-1"]
        async with store.together():
            assert await store.release("R-1") is not None
        if store.engines.postgres:
            # SQLite lets no commit pass a reader: there the state cannot change meanwhile.
            await keep(store, plan_started("R-2"), release="R-2")
        assert [r.id for r in await store.releases()] == ["R-1"]
    if not store.engines.postgres:
        await keep(store, plan_started("R-2"), release="R-2")
    assert [r.id for r in await store.releases()] == ["R-2", "R-1"]


async def test_the_mark_of_what_is_committed_stays_until_something_is_committed(store: Database) -> None:
    first = await store.delivery("slack:1")
    assert first.answer is None
    assert (await store.delivery("slack:2")).mark == first.mark
    async with store.unit() as unit:
        await unit.remember("slack:1", Quiet(), NOON)
        await unit.append("system", [entry()])
        during = await store.delivery("slack:1")
        assert during.answer is None
    after_it = await store.delivery("slack:1")
    assert after_it.answer == Quiet()
    assert after_it.mark not in {first.mark, during.mark}, "what was read before is not taken for what is so now"
    assert (await store.delivery("slack:1")).mark == after_it.mark
    async with store.together():
        assert (await store.delivery("slack:1")).answer == Quiet()
    many = await asyncio.gather(*(store.delivery(f"slack:{n % 3}") for n in range(500)))
    assert {one.mark for one in many} == {after_it.mark}
    assert [one.answer for one in many[:3]] == [None, Quiet(), None]


async def test_a_database_that_fails_tells_everybody_who_asks_and_is_asked_again(store: Database) -> None:
    async with store.transaction() as connection:
        await connection.exec_driver_sql("ALTER TABLE inbox RENAME TO away")
    failed = await asyncio.gather(*(store.delivery(f"slack:{n}") for n in range(3)), return_exceptions=True)
    assert all(isinstance(one, Exception) for one in failed)
    async with store.transaction() as connection:
        await connection.exec_driver_sql("ALTER TABLE away RENAME TO inbox")
    given_up = asyncio.create_task(store.delivery("slack:1"))
    await asyncio.sleep(0)
    given_up.cancel()
    assert (await store.delivery("slack:1")).answer is None
