"""A claimed post: still true, perhaps there already, drawn from committed state, sent once, and its end on record (steps 2-6)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.people import Place
from bot.domain.release import Phase
from bot.messages.effects import CorrectSent, Revise, Supersede
from bot.messages.view import View
from bot.outbox import Outbox, Settings
from bot.ports import Ambiguous, Rejected, Throttled
from bot.timeline.marks import T_0, T_5, T_15, T_30, T_30_AFTER
from tests.bot.outbox.outbox_world import STAKEHOLDERS, World, mark, said
from tests.world import HOME, NOW, START

LEASE = timedelta(seconds=Settings().lease_s)
SETTLE = Settings().settle_s


async def test_a_post_is_sent_when_it_is_due_and_its_receipt_is_a_ledger_entry(world: World) -> None:
    await world.planned()
    await world.enqueue([mark(T_30)])
    assert await world.go(START - timedelta(minutes=31)) == 0
    assert await world.go(START - timedelta(minutes=30)) == 1
    assert [p.key for p in world.chat.posted] == ["R-1:1:T-30:1:team:sandbox:#payments"]
    told = await world.post_of(T_30)
    assert (told.state, told.message, told.sent_at) == ("sent", "m1", START - timedelta(minutes=30))
    receipt = (await world.receipts())[0]
    assert (receipt.name, receipt.request, receipt.body["message"]) == ("post_sent", told.key, "m1")
    assert await world.go(START - timedelta(minutes=29)) == 0


async def test_a_post_says_what_is_true_when_it_is_sent_not_when_it_was_planned(world: World) -> None:
    release = await world.planned()
    await world.enqueue([mark(T_0, STAKEHOLDERS, audience="stakeholders")])
    await world.save(replace(release, phase=Phase.LIVE, started_at=START, version="2.4.2"))
    await world.go(START)
    assert "2.4.2" in world.chat.texts()[0]


async def test_within_its_grace_a_late_post_says_so_and_past_it_the_next_one_speaks_for_it(world: World) -> None:
    await world.planned()
    await world.enqueue([mark(T_30), mark(T_5)])
    await world.go(START - timedelta(minutes=15))
    assert (await world.states()) == {"T-30@#payments": "merged", "T-5@#payments": "pending"}
    await world.go(START - timedelta(minutes=3))
    assert (await world.states())["T-5@#payments"] == "late"
    body = repr(world.chat.posted[0].message)
    assert "LATE by 2 min" in body
    assert T_30 in body
    assert [r.name for r in await world.receipts()] == ["post_merged", "post_late"]


async def test_after_hours_of_downtime_one_honest_post_speaks_for_all(world: World) -> None:
    await world.planned(phase=Phase.LIVE, started_at=START)
    marks = [mark(name, STAKEHOLDERS, audience="stakeholders") for name in (T_0, T_15, T_30_AFTER)]
    await world.enqueue(marks)
    await world.go(START + timedelta(minutes=45))
    assert set((await world.states()).values()) == {"merged", "late"}
    assert len(world.chat.posted) == 1
    body = repr(world.chat.posted[0].message)
    assert T_0 in body
    assert T_15 in body


async def test_past_all_grace_a_mark_is_skipped_recorded_and_told_to_the_owner(world: World) -> None:
    await world.planned(phase=Phase.LIVE, started_at=START)
    await world.enqueue([mark(T_30_AFTER)])
    await world.go(START + timedelta(hours=2))
    states = await world.states()
    assert states["T+30@#payments"] == "skipped"
    assert states["DELIVERY-FAILED@@ana"] == "sent"
    assert "its time was over" in world.chat.texts()[0]


@pytest.mark.parametrize("phase", [Phase.HELD, Phase.CANCELLED, Phase.ROLLING_BACK])
async def test_a_mark_that_is_not_true_any_more_is_superseded_though_it_was_claimed(world: World, phase: Phase) -> None:
    await world.planned(phase=phase)
    await world.enqueue([mark(T_5)])
    await world.go(START - timedelta(minutes=5))
    assert not world.chat.posted
    assert await world.states() == {"T-5@#payments": "superseded"}
    await world.planned(schedule_revision=2)
    await world.enqueue([mark(T_5, revision=2)])
    await world.worker.drain()
    assert len(world.chat.posted) == 1


async def test_a_move_corrects_what_was_sent_and_announces_again(world: World) -> None:
    await world.planned()
    await world.enqueue([mark(T_30), mark(T_5)])
    await world.go(START - timedelta(minutes=30))
    await world.planned(schedule_revision=2, start_at=START + timedelta(minutes=30))
    now = world.clock.now()
    again = replace(mark(T_30, revision=2), due_at=START, useful_until=START + timedelta(minutes=10))
    await world.enqueue([Supersede("R-1", 2, "moved"), CorrectSent("R-1", 2, now), again])
    await world.go(START)
    assert [p.key.split(":")[1] for p in world.chat.posted] == ["1", "2"]
    assert [e.edit_of for e in world.chat.edits] == ["m1"]
    assert "CORRECTED" in world.chat.edits[0].message.text.upper()
    states = sorted(a.state for a in await world.store.announcements("R-1"))
    assert states == ["sent", "sent", "superseded"]


async def test_a_reply_stands_in_the_thread_of_its_parent(world: World) -> None:
    await world.planned()
    card = said("CARD", "living")
    await world.enqueue([said("VERDICT", "verdict", parent=card.key), card])
    await world.worker.drain()
    assert [(p.key, p.thread) for p in world.chat.posted] == [
        (card.key, None),
        ("R-1:0:VERDICT:1:team:sandbox:#payments", "m1"),
    ]


async def test_where_the_thread_is_gone_the_reply_goes_without_it(world: World) -> None:
    await world.planned()
    card = said("CARD", "living")
    await world.enqueue([card])
    await world.worker.drain()
    world.chat.before = [Rejected("thread_gone")]
    await world.enqueue([said("VERDICT", "verdict", parent=card.key)])
    await world.worker.drain()
    assert world.chat.posted[1].thread is None
    assert (await world.post_of("VERDICT")).state == "sent"


async def test_the_living_card_is_edited_in_place_and_an_edit_that_changes_nothing_is_not_sent(world: World) -> None:
    release = await world.planned()
    card = said("CARD", "living")
    await world.enqueue([card])
    await world.worker.drain()
    await world.enqueue([Revise(card.key, "R-1", NOW)])
    await world.worker.drain()
    assert not world.chat.edits
    await world.save(replace(release, version="2.4.2"))
    await world.enqueue([Revise(card.key, "R-1", NOW)])
    await world.worker.drain()
    assert [e.edit_of for e in world.chat.edits] == ["m1"]
    assert "2.4.2" in world.chat.edits[0].message.text
    assert len(await world.receipts()) == 1


async def test_an_edit_of_a_late_post_still_says_that_it_was_late(world: World) -> None:
    release = await world.planned()
    post = mark(T_0, STAKEHOLDERS, audience="stakeholders")
    await world.enqueue([post])
    await world.go(START + timedelta(minutes=5))
    await world.save(replace(release, phase=Phase.LIVE, started_at=START + timedelta(minutes=6)))
    await world.enqueue([Revise(post.key, "R-1", world.clock.now())])
    await world.go(START + timedelta(minutes=6))
    assert "LATE by 5 min" in repr(world.chat.edits[0].message)


async def test_an_edit_of_a_post_that_never_got_through_is_skipped(world: World) -> None:
    await world.planned()
    card = said("CARD", "living")
    world.chat.after = [Ambiguous("timeout")]
    await world.enqueue([card])
    await world.worker.drain()
    await world.enqueue([Revise(card.key, "R-1", NOW)])
    world.chat.posted.clear()
    world.chat.before = [Rejected("channel_not_found")]
    await world.pass_real(SETTLE)
    await world.worker.drain()
    assert (await world.post_of("CARD")).state == "failed"
    assert not world.chat.edits


# ---- refusals and limits --------------------------------------------------------------------------------------------


async def test_a_clear_no_fails_with_its_reason_and_the_owner_is_told_on_another_platform(world: World) -> None:
    await world.planned()
    world.chat.before = [Rejected("not_in_channel")]
    await world.enqueue([said("VERDICT", "verdict"), said("MOVED", "moved", STAKEHOLDERS)])
    await world.worker.drain()
    states = await world.states()
    assert states["VERDICT@#payments"] == "failed"
    assert states["MOVED@#releases"] == "sent"
    assert states["DELIVERY-FAILED@@ana"] == "sent"
    assert "T-Minus is not in the channel" in repr(world.chat.posted[-1].message)
    assert [r.body["outcome"] for r in await world.receipts() if r.name == "post_failed"] == ["not_in_channel"]


async def test_a_note_that_fails_makes_no_further_note(world: World) -> None:
    await world.planned()
    world.chat.before = [Rejected("revoked"), Rejected("revoked")]
    await world.enqueue([said("VERDICT", "verdict")])
    await world.worker.drain()
    states = await world.states()
    assert list(states.values()) == ["failed", "failed"]
    await world.enqueue([said("MOVED", "moved", STAKEHOLDERS)])
    await world.worker.drain()
    assert (await world.states())["MOVED@#releases"] == "sent"


async def test_too_fast_waits_for_that_place_and_costs_no_attempt(world: World) -> None:
    await world.planned()
    world.chat.before = [Throttled(30)]
    moved, verdict = said("MOVED", "moved"), said("VERDICT", "verdict", STAKEHOLDERS)
    await world.enqueue([moved])
    await world.worker.drain()
    await world.enqueue([said("HOLD", "held", HOME), verdict])
    await world.worker.drain()
    assert [p.key for p in world.chat.posted] == [verdict.key]
    await world.pass_real(29)
    assert await world.worker.drain() == 0
    await world.pass_real(1)
    await world.worker.drain()
    assert [p.key for p in world.chat.posted] == [verdict.key, moved.key]
    assert world.chat.looked == 0


async def test_a_place_that_wants_rest_is_left_alone_by_its_other_releases_too(world: World) -> None:
    await world.planned()
    await world.planned(id="R-2")
    world.chat.before = [Throttled(30)]
    await world.enqueue([said("MOVED", "moved"), replace(said("MOVED", "moved"), key="R-2:x", release="R-2")])
    await world.worker.drain()
    assert not world.chat.posted
    await world.pass_real(30)
    await world.worker.drain()
    assert {p.key[:3] for p in world.chat.posted} == {"R-1", "R-2"}


async def test_a_card_whose_edits_came_too_fast_holds_up_no_post_of_its_place(world: World) -> None:
    await world.planned()
    card = said("CARD", "living")
    await world.enqueue([card])
    await world.worker.drain()
    await world.planned(version="2.4.2")
    world.chat.before = [Throttled(30)]
    await world.enqueue([Revise(card.key, "R-1", NOW)])
    await world.worker.drain()
    moved = said("MOVED", "moved")
    await world.enqueue([moved])
    await world.worker.drain()
    assert [p.key for p in world.chat.posted] == [card.key, moved.key]
    assert not world.chat.edits
    await world.pass_real(30)
    await world.worker.drain()
    assert [e.edit_of for e in world.chat.edits] == ["m1"]


async def test_a_platform_that_is_not_connected_fails_and_the_owner_is_told_where_it_can(world: World) -> None:
    await world.planned()
    await world.enqueue([said("VERDICT", "verdict", Place("carrier-pigeon", "loft"))])
    await world.worker.drain()
    assert (await world.states())["VERDICT@loft"] == "failed"
    assert world.chat.posted[0].place == Place("sandbox", "@ana")


# ---- ambiguity ------------------------------------------------------------------------------------------------------


async def test_a_place_that_may_not_hear_of_it_any_more_gets_nothing_and_that_is_on_record(world: World) -> None:
    await world.planned(phase=Phase.LIVE, started_at=START)
    asked: list[Place] = []
    outside = Place("sandbox", "#general")

    async def hears(_: View, place: Place) -> bool:
        asked.append(place)
        return place != outside

    worker = Outbox(replace(world.parts(), hears=hears), "w2")
    places = (HOME, STAKEHOLDERS, outside)
    await world.enqueue([mark(T_0, p, audience="team" if p == HOME else "stakeholders") for p in places])
    world.clock.set(START)
    await worker.drain()
    assert sorted(p.place.id for p in world.chat.posted) == ["#payments", "#releases"]
    assert asked == [STAKEHOLDERS, outside], "the team's own place is not asked about"
    shut_out = await world.post_of(T_0, "#general")
    assert (shut_out.state, shut_out.message) == ("skipped", None)
    assert [r.body["outcome"] for r in await world.receipts() if r.name == "post_skipped"] == ["place_may_not_hear"]
