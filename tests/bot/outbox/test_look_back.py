"""A post of which nobody knows whether it got through: looked for, found or sent again, never doubled (step 5)."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.people import Place
from bot.domain.release import Phase
from bot.messages.model import Message
from bot.messages.view import View
from bot.outbox import Outbox, Settings
from bot.ports import Ambiguous, CannotLook, Look, Outgoing, SendResult, Sent
from bot.timeline.marks import T_5
from tests.bot.outbox.outbox_world import World, mark, said
from tests.world import HOME, START

LEASE = timedelta(seconds=Settings().lease_s)
SETTLE = Settings().settle_s


@pytest.mark.parametrize("fault", [Ambiguous("timeout"), ConnectionResetError(), TimeoutError()])
async def test_posted_but_never_acknowledged_is_found_and_not_sent_again(world: World, fault: Exception) -> None:
    await world.planned()
    world.chat.after = [fault]
    await world.enqueue([said("VERDICT", "verdict")])
    await world.worker.drain()
    assert (await world.post_of("VERDICT")).state == "unknown"
    assert await world.worker.drain() == 0
    await world.pass_real(SETTLE)
    await world.worker.drain()
    told = await world.post_of("VERDICT")
    assert (told.state, told.message, told.outcome) == ("sent", "m1", "found")
    assert len(world.chat.posted) == 1


@pytest.mark.parametrize("fault", [Ambiguous("502"), ConnectionResetError()])
async def test_not_posted_and_never_acknowledged_is_sent_again(world: World, fault: Exception) -> None:
    await world.planned()
    world.chat.before = [fault]
    await world.enqueue([said("VERDICT", "verdict")])
    await world.worker.drain()
    await world.pass_real(SETTLE)
    await world.worker.drain()
    assert (await world.post_of("VERDICT")).state == "sent"
    assert len(world.chat.posted) == 1


async def test_a_platform_that_hangs_is_given_up_after_the_time_out(world: World) -> None:
    class Hanging:
        platform = "sandbox"

        def __init__(self) -> None:
            self.calls = 0

        async def send(self, outgoing: Outgoing) -> SendResult:
            self.calls += 1
            await asyncio.sleep(3600)
            return Sent(outgoing.key)

        async def find(self, key: str, place: Place, since: datetime, thread: str | None = None) -> Look:
            return CannotLook(f"{key} {place} {since} {thread}")

    hanging = Hanging()
    world.settings = Settings(http_timeout_s=0.05)
    parts = replace(world.parts(), chats={"sandbox": hanging}, settings=world.settings)
    await world.planned()
    await world.enqueue([said("VERDICT", "verdict")])
    await Outbox(parts, "w").drain()
    assert hanging.calls == 1
    assert (await world.post_of("VERDICT")).state == "unknown"
    await world.pass_real(SETTLE)
    await world.worker.drain()
    assert (await world.post_of("VERDICT")).state == "sent"


async def test_where_nobody_can_look_it_is_left_unknown_after_the_grace_and_told(world: World) -> None:
    await world.planned()
    world.chat.after = [Ambiguous("timeout")]
    world.chat.looks = [CannotLook("no permission")] * 9
    await world.enqueue([mark(T_5)])
    await world.go(START - timedelta(minutes=5))
    for minute in (4, 3, 2):
        await world.go(START - timedelta(minutes=minute))
        assert (await world.states())["T-5@#payments"] == "unknown"
    await world.go(START + timedelta(minutes=3))
    assert len(world.chat.posted) == 2
    assert (await world.states())["DELIVERY-FAILED@@ana"] == "sent"
    assert "UNKNOWN" in world.chat.texts()[1]
    assert await world.go(START + timedelta(hours=3)) == 0
    assert (await world.states())["T-5@#payments"] == "unknown"


@pytest.mark.parametrize("resend", [False, True])
async def test_where_nobody_can_ever_look_the_operator_chooses_between_unknown_and_once_more(
    world: World, *, resend: bool
) -> None:
    """T_MINUS_AMBIGUOUS_WITHOUT_LOOK: the second send gets through, or is left alone when nobody knows of it either."""
    world.settings = Settings(resend=resend)
    await world.planned()
    worker = world.outbox()
    world.chat.looks = [CannotLook("Teams", never=True)] * 99
    for name, faults in (("VERDICT", [Ambiguous("timeout")]), ("MOVED", [Ambiguous("timeout")] * 2)):
        world.chat.after = list(faults)
        await world.enqueue([said(name, "verdict", due_at=world.clock.now())])
        for _ in range(8):
            await worker.drain()
            await world.pass_real(SETTLE * 6)
        state = (await world.post_of(name)).state
        assert state == ("sent" if resend and name == "VERDICT" else "unknown")
        sent = [one for one in world.chat.posted if one.place == HOME and f":{name}:" in one.key]
        assert len(sent) == (2 if resend else 1)
        world.clock.set(world.clock.now() + timedelta(minutes=12))
        await worker.drain()


async def test_a_look_that_fails_once_is_tried_again_and_nothing_is_doubled(world: World) -> None:
    await world.planned()
    world.chat.after = [Ambiguous("timeout")]
    world.chat.looks = [CannotLook("rate limited"), OSError()]
    await world.enqueue([said("VERDICT", "verdict")])
    await world.worker.drain()
    for _ in range(3):
        await world.pass_real(SETTLE * 6)
        await world.worker.drain()
    assert (await world.post_of("VERDICT")).state == "sent"
    assert len(world.chat.posted) == 1


async def test_what_was_perhaps_posted_before_a_hold_is_looked_for_before_it_is_called_superseded(world: World) -> None:
    release = await world.planned()
    world.chat.after = [Ambiguous("timeout")]
    await world.enqueue([mark(T_5)])
    await world.go(START - timedelta(minutes=5))
    await world.save(replace(release, phase=Phase.HELD))
    await world.go(START - timedelta(minutes=4))
    assert (await world.post_of(T_5)).state == "sent"
    assert len(world.chat.posted) == 1


async def test_later_than_a_lease_it_is_looked_for_though_this_is_the_first_attempt_we_know_of(world: World) -> None:
    await world.planned()
    await world.enqueue([mark(T_5)])
    await world.go(START - timedelta(minutes=5) + LEASE + timedelta(seconds=1))
    assert world.chat.looked == 1
    assert len(world.chat.posted) == 1
    await world.enqueue([said("VERDICT", "verdict", due_at=world.clock.now())])
    await world.worker.drain()
    assert world.chat.looked == 1


async def test_a_platform_that_never_lets_us_look_still_gets_posts_that_were_not_tried(world: World) -> None:
    await world.planned()
    world.chat.looks = [CannotLook("never")]
    await world.enqueue([mark(T_5)])
    await world.go(START - timedelta(minutes=3))
    assert (await world.post_of(T_5)).state == "late"


# ---- leases ---------------------------------------------------------------------------------------------------------


async def test_a_worker_that_was_stopped_too_long_does_not_send_what_it_had_claimed(world: World) -> None:
    await world.planned()
    await world.enqueue([said("VERDICT", "verdict")])
    sent_when_stopped: list[int] = []

    async def stopped_once(release: str, place: Place) -> View | None:
        view = await world.parts().view(release, place)
        sent_when_stopped.append(len(world.chat.posted))
        if len(sent_when_stopped) == 1:
            await world.pass_real(Settings().lease_s * Settings().guard)
        return view

    await Outbox(replace(world.parts(), view=stopped_once), "sleeper").drain()
    assert sent_when_stopped == [0, 0]
    assert len(world.chat.posted) == 1
    assert world.chat.looked == 0


async def test_who_lost_the_lease_cannot_write_and_the_next_one_finds_the_post(world: World) -> None:
    await world.planned()
    await world.enqueue([said("VERDICT", "verdict")])
    lost = await world.store.claim(1, world.clock.now(), world.clock.real(), 20, "dead")
    assert await world.worker.drain() == 0
    await world.pass_real(20)
    world.chat.posted.append(Outgoing(lost[0].key, HOME, Message("sent by the dead one")))
    await world.worker.drain()
    assert len(world.chat.posted) == 1
    assert (await world.post_of("VERDICT")).outcome == "found"


async def test_a_successor_of_the_same_name_takes_its_leases_back_at_once(world: World) -> None:
    await world.planned()
    await world.enqueue([said("VERDICT", "verdict")])
    await world.store.claim(1, world.clock.now(), world.clock.real(), 20, "w")
    assert await world.worker.drain() == 0
    assert await world.worker.recover() == 1
    await world.worker.drain()
    assert len(world.chat.posted) == 1
    assert world.chat.looked == 1
