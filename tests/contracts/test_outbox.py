"""ports.OutboxStore: what is claimed when, on every database."""

from dataclasses import replace

import pytest

from bot.domain.people import SYSTEM
from bot.messages.effects import Gather, Revise, Supersede
from bot.ports import Completion, Entry, Wake
from bot.store import Database, open_store
from tests.contracts.given import (
    NOON,
    PAYMENTS,
    REAL,
    RELEASES,
    after,
    claim,
    claimed,
    command,
    enqueue,
    entry,
    post,
    really,
    send_all,
    sent,
    states,
)


async def test_a_post_is_claimed_when_it_is_due_and_never_before(store: Database) -> None:
    await enqueue(store, post("p", 10, useful_until=after(20), schedule_revision=3, n=2))
    assert await claimed(store, 9.99) == []
    (row,) = await claim(store, 10)
    assert (row.key, row.kind, row.release, row.due_at, row.useful_until) == ("p", "post", "R-1", after(10), after(20))
    assert (row.attempts, row.fence, row.schedule_revision, row.message_id) == (1, 1, 3, None)
    assert row.effect == post("p", 10, useful_until=after(20), schedule_revision=3, n=2)
    assert await store.complete([sent(row, "m1")]) == 1
    assert await claimed(store, 1000, real=1000) == []
    (shown,) = await store.announcements("R-1")
    assert (shown.mark, shown.state, shown.message, shown.sent_at, shown.n) == ("T-30", "sent", "m1", after(10), 2)


async def test_the_same_key_again_changes_nothing(store: Database) -> None:
    await enqueue(store, post("p", 10), post("p", 20))
    await enqueue(store, post("p", 0))
    assert [one.due_at for one in await store.announcements("R-1")] == [after(10)]
    assert await send_all(store, 10) == ["p"]
    await enqueue(store, post("p", 0))
    assert await claimed(store, 100) == []


async def test_a_lease_that_ran_out_makes_the_row_due_again_and_the_late_worker_cannot_write(store: Database) -> None:
    await enqueue(store, post("p"))
    (first,) = await claim(store, real=0)
    assert await claimed(store, 5, real=19.9) == []
    (second,) = await claim(store, 5, real=20)
    assert (second.attempts, second.fence) == (2, 2)
    assert await store.complete([sent(first, "lost")]) == 0
    assert await store.complete([sent(second, "m1")]) == 1
    assert [one.message for one in await store.announcements("R-1")] == ["m1"]
    assert await store.complete([sent(second, "m2")]) == 0


async def test_a_throttled_row_waits_in_real_time_and_loses_no_attempt(store: Database) -> None:
    await enqueue(store, post("p"))
    (row,) = await claim(store)
    await store.complete([Completion(row, "pending", not_before=really(7), outcome="429", count_attempt=False)])
    assert await claimed(store, 600, real=6.9) == []
    (row,) = await claim(store, real=7)
    assert row.attempts == 1
    assert await store.complete([sent(row)]) == 1


async def test_an_unknown_outcome_is_looked_at_again_or_stays_unknown(store: Database) -> None:
    await enqueue(store, post("p"))
    (row,) = await claim(store)
    await store.complete([Completion(row, "unknown", not_before=really(5), outcome="time-out")])
    assert await states(store) == {"p": "unknown"}
    (row,) = await claim(store, real=5)
    assert row.attempts == 2
    await store.complete([Completion(row, "unknown", outcome="cannot look")])
    assert await claimed(store, 600, real=600) == []
    assert await states(store) == {"p": "unknown"}


@pytest.mark.parametrize("state", ["late", "merged", "skipped", "superseded", "failed"])
async def test_a_final_state_ends_a_row(store: Database, state: str) -> None:
    await enqueue(store, post("p"))
    (row,) = await claim(store)
    await store.complete([Completion(row, state, outcome="why")])
    assert await claimed(store, 600, real=600) == []
    (one,) = await store.announcements("R-1")
    assert (one.state, one.outcome) == (state, "why")


async def test_at_equal_times_commands_come_before_gathers_posts_and_edits(store: Database) -> None:
    await enqueue(store, post("old", -9, release="R-3", place=RELEASES))
    assert await send_all(store, -9) == ["old"]
    await enqueue(store, Revise("old", "R-3", NOON), post("p", release="R-2", place=RELEASES))
    await enqueue(store, Gather("g", "R-1", "ci", "demo-ci", "plan", NOON), command("c"))
    assert await claimed(store) == ["c", "g", "p", "old#edit"]


async def test_a_post_waits_for_every_command_of_its_release_due_at_or_before_it(store: Database) -> None:
    await enqueue(
        store,
        post("T=0", 30, occasion="T=0"),
        command("stop", 30),
        command("later", 31),
        command("x", 1, release="R-2"),
    )
    stop, other = sorted(await claim(store, 30), key=lambda row: row.key)
    assert [stop.key, other.key] == ["stop", "x"]
    assert await store.unfinished_at("R-1", after(30))
    assert not await store.unfinished_at("R-1", after(29))
    assert await claimed(store, 30.5) == []
    await store.complete([Completion(stop, "pending", not_before=really(1), outcome="conflict")])
    assert await claimed(store, 30.5) == []
    (stop,) = await claim(store, 30.5, real=1)
    await store.complete([Completion(stop, "done")])
    assert not await store.unfinished_at("R-1", after(30))
    assert await claimed(store, 30.5, real=1) == ["T=0"]


async def test_commands_of_one_release_follow_each_other(store: Database) -> None:
    await enqueue(store, command("b", 1), command("a", 0), command("other", 2, release="R-2"))
    rows = await claim(store, 5)
    assert [row.key for row in rows] == ["a", "other"]
    assert await claimed(store, 5) == []
    await store.complete([Completion(row, "done") for row in rows])
    assert await claimed(store, 5) == ["b"]


async def test_one_row_of_a_release_and_place_is_in_flight(store: Database) -> None:
    await enqueue(
        store, post("a", 0), post("b", 1), post("elsewhere", 2, place=RELEASES), post("R-2", 3, release="R-2")
    )
    rows = await claim(store, 5)
    assert [row.key for row in rows] == ["a", "elsewhere", "R-2"]
    assert await claimed(store, 5) == []
    await store.complete([sent(rows[0])])
    assert await claimed(store, 5) == ["b"]


async def test_a_later_post_never_overtakes_one_that_is_held_back(store: Database) -> None:
    await enqueue(store, post("T-30", 0), post("T-5", 25))
    (row,) = await claim(store)
    await store.complete([Completion(row, "unknown", not_before=really(60))])
    assert await claimed(store, 26, real=30) == []
    assert await send_all(store, 26, real=60) == ["T-30", "T-5"]


async def test_places_take_turns(store: Database) -> None:
    crowd = [post(f"crowd-{n}", 0, release=f"R-{n}", place=RELEASES) for n in range(20)]
    await enqueue(store, *crowd, post("alone", 1, release="R-99"))
    assert await claimed(store, 5, limit=3) == ["crowd-0", "alone", "crowd-1"]


async def test_a_reply_waits_for_the_receipt_of_its_parent(store: Database) -> None:
    await enqueue(store, post("reply", 0, parent="card"), post("card", 0, occasion="CARD"))
    (card,) = await claim(store)
    assert card.key == "card"
    await store.complete([sent(card, "m9")])
    (reply,) = await claim(store)
    assert (reply.key, reply.parent_message_id, reply.parent_state) == ("reply", "m9", "sent")


@pytest.mark.parametrize("state", ["failed", "skipped", "superseded", "unknown"])
async def test_a_reply_goes_without_thread_where_its_parent_has_none(store: Database, state: str) -> None:
    await enqueue(store, post("card"), post("reply", 1, parent="card"))
    (card,) = await claim(store)
    await store.complete([Completion(card, state)])
    (reply,) = await claim(store, 1)
    assert (reply.key, reply.parent_message_id, reply.parent_state) == ("reply", None, state)


async def test_a_reply_gives_up_waiting_two_minutes_after_its_time(store: Database) -> None:
    await enqueue(store, post("card"), post("reply", 10, parent="card"), post("next", 11, parent="card"))
    (card,) = await claim(store)
    await store.complete([Completion(card, "unknown", not_before=really(3600))])
    assert await claimed(store, 11.9) == []
    assert (await store.next_wake()).civil == after(12)
    (reply,) = await claim(store, 12)
    assert (reply.key, reply.parent_message_id, reply.parent_state) == ("reply", None, "unknown")
    assert (await store.next_wake()).civil is None
    await store.complete([sent(reply)])
    assert (await store.next_wake()).civil == after(13)


async def test_a_reply_whose_parent_was_never_written_goes_alone(store: Database) -> None:
    await enqueue(store, post("reply", parent="nobody"))
    (reply,) = await claim(store)
    assert (reply.key, reply.parent_state) == ("reply", None)


async def test_a_worker_that_stops_gives_its_rows_back_and_the_next_one_looks_first(store: Database) -> None:
    await enqueue(store, post("p"), command("c", 0, release="R-2"))
    mine = await claim(store, owner="leaving")
    assert len(mine) == 2
    assert await store.release_leases("staying", NOON) == 0
    assert await store.release_leases("leaving", NOON) == 2
    assert await store.complete([sent(row) for row in mine]) == 0
    again = await claim(store, owner="staying")
    assert [(row.attempts, row.fence) for row in again] == [(2, 3), (2, 3)]


async def test_receipts_are_written_with_the_completion_and_only_where_the_fence_holds(store: Database) -> None:
    await enqueue(store, post("a"), post("b", release="R-2"))
    rows = await claim(store)
    receipt = Entry("receipt", "T-30", SYSTEM, NOON, "q", body={"message": "m1"})
    stale = replace(rows[1], fence=0)
    assert await store.complete([replace(sent(rows[0]), entry=receipt), replace(sent(stale), entry=receipt)]) == 1
    assert [row.what for row in await store.ledger("release:R-1")] == ["receipt"]
    assert await store.ledger("release:R-2") == []
    assert await store.complete([replace(sent(rows[1]), entry=receipt)]) == 1
    assert await store.complete([]) == 0


async def test_a_receipt_that_cannot_be_written_leaves_the_row_to_be_looked_at(store: Database) -> None:
    await enqueue(store, post("p"))
    (row,) = await claim(store)
    bad = replace(sent(row), entry=replace(entry(what="receipt", name="T-30"), body={"x": float("inf")}))
    with pytest.raises(ValueError, match="JSON"):
        await store.complete([bad])
    (row,) = await claim(store, real=20)
    assert row.attempts == 2
    assert await store.complete([replace(bad, row=row, entry=entry(what="receipt", name="T-30"))]) == 1


async def test_the_next_wake_tells_both_clocks(store: Database) -> None:
    assert await store.next_wake() == Wake(None, None)
    await enqueue(store, post("p", 30), command("c", 20, release="R-2"))
    assert await store.next_wake() == Wake(after(20), None)
    (row,) = await claim(store, 20)
    assert await store.next_wake() == Wake(after(30), really(20))
    await store.complete([Completion(row, "pending", not_before=really(90))])
    assert await store.next_wake() == Wake(after(30), really(90))


async def test_rows_that_wait_for_another_row_do_not_wake_anybody(store: Database) -> None:
    await enqueue(store, command("c"), post("waits for c"), post("waits for it", 1))
    (row,) = await claim(store, 5)
    assert await store.next_wake() == Wake(None, really(20))
    await store.complete([Completion(row, "done")])
    assert await store.next_wake() == Wake(NOON, None)


async def test_rows_survive_a_restart(url: str) -> None:
    async with open_store(url) as before:
        await enqueue(before, post("p", place=PAYMENTS))
        await claim(before)
    async with open_store(url) as after_restart:
        assert await claimed(after_restart, real=19) == []
        (row,) = await claim(after_restart, real=20)
        assert (row.attempts, row.effect) == (2, post("p"))
    assert really(0) == REAL


async def test_what_a_worker_gave_back_is_not_superseded_unseen_since_it_may_stand_there(store: Database) -> None:
    """The send had begun when its worker went away; then the schedule ended. Whoever claims it next looks first."""
    await enqueue(store, post("tried", 0, schedule_revision=1), post("fresh", 30, schedule_revision=1))
    (row,) = await store.claim(10, NOON, REAL, 20, "leaving")
    assert await store.release_leases("leaving", NOON) == 1
    await enqueue(store, Supersede("R-1", 2, "rollback"))
    assert await states(store) == {"tried": "pending", "fresh": "superseded"}
    (again,) = await claim(store, 1)
    assert (again.key, again.attempts) == (row.key, 2)
