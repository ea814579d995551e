"""Effects that change rows: edits, withdrawals, corrections."""

from dataclasses import replace

from bot.messages.effects import CorrectSent, Effect, Post, Revise, ReviseOccasion, Supersede
from bot.ports import Completion
from bot.store import Database
from tests.contracts.given import (
    NOON,
    RELEASES,
    after,
    claim,
    claimed,
    command,
    enqueue,
    post,
    really,
    send_all,
    sent,
    states,
)

CARD = Revise("card", "R-1", NOON)


async def test_a_pending_post_needs_no_edit_for_it_renders_the_newest_when_it_is_sent(store: Database) -> None:
    await enqueue(store, CARD, post("card"), CARD)
    await enqueue(store, CARD, Revise("nobody", "R-1", NOON))
    assert await send_all(store) == ["card"]
    assert await claimed(store) == []


async def test_a_post_that_was_being_sent_when_the_state_changed_is_edited(store: Database) -> None:
    await enqueue(store, post("card"))
    (card,) = await claim(store)
    await enqueue(store, CARD)
    assert await claimed(store) == []
    await store.complete([replace(sent(card, "m1"), render_hash="h1")])
    (edit,) = await claim(store)
    assert (edit.key, edit.kind, edit.message_id, edit.parent_message_id) == ("card#edit", "edit", "m1", "m1")
    assert (edit.effect, edit.wanted_rev, edit.shown_rev, edit.render_hash) == (post("card"), 1, 0, "h1")
    await store.complete([replace(sent(edit, "m1"), render_hash="h2")])
    assert await claimed(store) == []


async def test_only_the_newest_is_shown_and_a_change_during_an_edit_asks_for_another(store: Database) -> None:
    await enqueue(store, post("card"))
    await send_all(store)
    for _ in range(3):
        await enqueue(store, CARD)
    (edit,) = await claim(store)
    assert (edit.wanted_rev, edit.shown_rev, edit.attempts) == (3, 0, 1)
    await enqueue(store, CARD)
    await store.complete([replace(sent(edit), render_hash="h3")])
    (edit,) = await claim(store)
    assert (edit.wanted_rev, edit.shown_rev, edit.render_hash) == (4, 3, "h3")
    await store.complete([sent(edit)])
    assert await claimed(store) == []
    await enqueue(store, Revise("card", "R-1", after(7)))
    assert await claimed(store, 6.9) == []
    (edit,) = await claim(store, 7)
    assert (edit.wanted_rev, edit.shown_rev, edit.attempts) == (5, 4, 1)


async def test_an_edit_that_failed_is_tried_again_when_something_changes(store: Database) -> None:
    await enqueue(store, post("card"))
    await send_all(store)
    await enqueue(store, CARD)
    (edit,) = await claim(store)
    await store.complete([Completion(edit, "failed", outcome="message_gone")])
    assert await claimed(store) == []
    await enqueue(store, CARD)
    assert await claimed(store) == ["card#edit"]


async def test_a_throttled_edit_keeps_waiting_however_much_changes(store: Database) -> None:
    await enqueue(store, post("card"))
    await send_all(store)
    await enqueue(store, CARD)
    (edit,) = await claim(store)
    await store.complete([Completion(edit, "pending", not_before=really(9), count_attempt=False)])
    await enqueue(store, CARD)
    assert await claimed(store, 1, real=8) == []
    assert await claimed(store, 1, real=9) == ["card#edit"]


async def test_a_post_that_may_have_been_sent_is_edited_once_it_is_found(store: Database) -> None:
    await enqueue(store, post("card"))
    (card,) = await claim(store)
    await store.complete([Completion(card, "unknown", not_before=really(1))])
    await enqueue(store, CARD)
    (card,) = await claim(store, real=1)
    assert card.key == "card"
    await store.complete([sent(card, "found")])
    (edit,) = await claim(store, real=1)
    assert (edit.kind, edit.message_id) == ("edit", "found")


async def test_an_edit_waits_for_its_post_however_long_that_takes(store: Database) -> None:
    await enqueue(store, post("card"))
    (card,) = await claim(store)
    await enqueue(store, CARD)
    await store.complete([Completion(card, "unknown", not_before=really(3600))])
    assert await claimed(store, 600) == []
    assert (await store.next_wake()).civil is None
    (card,) = await claim(store, 600, real=3600)
    await store.complete([Completion(card, "failed")])
    (edit,) = await claim(store, 600, real=3600)
    assert (edit.kind, edit.message_id, edit.parent_state) == ("edit", None, "failed")


async def test_an_edit_that_is_held_back_does_not_hold_back_the_next_post(store: Database) -> None:
    await enqueue(store, post("card"))
    await send_all(store)
    await enqueue(store, CARD, post("T-30", 1))
    (edit,) = await claim(store)
    await store.complete([Completion(edit, "pending", not_before=really(600))])
    assert await claimed(store, 1) == ["T-30"]


def generation(revision: int, start: float) -> list[Post]:
    return [
        post(f"R-1:{revision}:{mark}", start + at, occasion=mark, schedule_revision=revision)
        for mark, at in (("T-30", -30), ("T-5", -5))
    ]


async def test_a_move_withdraws_what_is_pending_and_corrects_what_was_sent(store: Database) -> None:
    await enqueue(
        store,
        post("card"),
        *generation(1, 60),
        command("stop", 60, revision=1),
        post("T0", 60, occasion="T=0", schedule_revision=1, place=RELEASES),
    )
    assert await send_all(store, 30) == ["card", "R-1:1:T-30"]
    moved: list[Effect] = [
        Supersede("R-1", 2, "moved"),
        CorrectSent("R-1", 2, after(31)),
        *generation(2, 120),
        command("stop-2", 120, revision=2),
    ]
    await enqueue(store, *moved)
    assert await states(store) == {
        "card": "sent",
        "R-1:1:T-30": "sent",
        "R-1:1:T-5": "superseded",
        "T0": "superseded",
        "R-1:2:T-30": "pending",
        "R-1:2:T-5": "pending",
    }
    assert [one.outcome for one in await store.announcements("R-1") if one.state == "superseded"] == ["moved", "moved"]
    (edit,) = await claim(store, 89)
    assert (edit.key, edit.schedule_revision) == ("R-1:1:T-30#edit", 1)
    await store.complete([sent(edit)])
    assert await send_all(store, 125) == ["R-1:2:T-30", "R-1:2:T-5", "stop-2"]


async def test_a_post_in_flight_during_a_move_is_corrected_when_it_lands(store: Database) -> None:
    await enqueue(store, *generation(1, 60))
    (flying,) = await claim(store, 30)
    await enqueue(store, Supersede("R-1", 2, "moved"), CorrectSent("R-1", 2, after(30)))
    assert (await states(store))["R-1:1:T-30"] == "sending"
    await store.complete([sent(flying, "m1")])
    (edit,) = await claim(store, 31)
    assert (edit.key, edit.message_id) == ("R-1:1:T-30#edit", "m1")


async def test_only_the_named_occasions_are_withdrawn_where_some_are_named(store: Database) -> None:
    await enqueue(store, *generation(1, 60), command("stop", 60, revision=1))
    await enqueue(store, Supersede("R-1", 2, "done", occasions=("T-5",)), Supersede("R-2", 9, "other"))
    assert await states(store) == {"R-1:1:T-30": "pending", "R-1:1:T-5": "superseded"}
    assert await store.unfinished_at("R-1", after(60))


async def test_what_stands_outside_the_schedule_is_not_withdrawn(store: Database) -> None:
    await enqueue(store, post("held", occasion="HOLD"), Supersede("R-1", 99, "held"))
    assert await states(store) == {"held": "pending"}
    assert await send_all(store) == ["held"]


async def test_every_copy_of_a_card_is_revised(store: Database) -> None:
    copies = [post("a", occasion="APPROVAL"), post("b", occasion="APPROVAL", place=RELEASES)]
    await enqueue(store, *copies, post("c"), post("d", 5, occasion="APPROVAL", place=RELEASES))
    assert sorted(await send_all(store)) == ["a", "b", "c"]
    await enqueue(store, ReviseOccasion("R-1", "APPROVAL", NOON))
    assert sorted(await claimed(store)) == ["a#edit", "b#edit"]


async def test_only_the_copies_of_one_place_are_revised_where_it_is_named(store: Database) -> None:
    await enqueue(store, post("a", occasion="T=0"), post("b", occasion="T=0", place=RELEASES))
    assert sorted(await send_all(store)) == ["a", "b"]
    await enqueue(store, ReviseOccasion("R-1", "T=0", NOON, RELEASES))
    assert await claimed(store) == ["b#edit"]
