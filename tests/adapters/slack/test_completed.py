"""What belongs to a post and does not fit into it: its files, its rest, whom it calls. The post stands whatever comes of it."""

import pytest

from adapters.slack import directory, outbound
from adapters.slack.installations import Installation
from bot.domain.people import Place
from bot.messages.model import Bullets, Message, Text
from bot.ports import Outgoing, Sent
from tests.adapters.slack_server import written
from tests.adapters.slack_world import World

CHANNEL = Place("slack", "C1")
LONG = Message("NO-GO", (Bullets(tuple(f"gap {n} {'x' * 60}" for n in range(250))), Text("the end")))


async def test_files_are_attached_to_the_thread_of_a_post(world: World) -> None:
    message = Message("x", attachments=(("R-1-plan.md", "# plan"), ("empty.txt", "")))
    assert isinstance(await world.platform.chat.send(Outgoing("k", CHANNEL, message)), Sent)
    assert [c["body"] for c in world.slack.called("upload")] == [b"# plan", b"\n"]
    (done,) = world.slack.called("files.completeUploadExternal")
    assert done["thread_ts"] == world.slack.messages["C1"][0]["ts"]
    world.slack.faults["files.getUploadURLExternal"].append("500")
    assert isinstance(await world.platform.chat.send(Outgoing("l", CHANNEL, message)), Sent)


async def test_files_of_a_reply_stand_in_its_thread(world: World) -> None:
    message = Message("x", attachments=(("R-1-plan.md", "# plan"),))
    assert isinstance(await world.platform.chat.send(Outgoing("k", CHANNEL, message, thread="17.1")), Sent)
    (done,) = world.slack.called("files.completeUploadExternal")
    assert done["thread_ts"] == "17.1"


async def test_what_does_not_fit_follows_in_the_thread_and_an_edit_names_the_full_plan(world: World) -> None:
    long = Message("NO-GO", (Bullets(tuple(f"gap {n} {'x' * 60}" for n in range(250))), Text("the end")))
    sent = await world.platform.chat.send(Outgoing("k", CHANNEL, long))
    assert isinstance(sent, Sent)
    root, *parts = world.slack.messages["C1"]
    assert "They follow in this thread." in written(root)
    assert 1 <= len(parts) <= 5
    assert {p["thread_ts"] for p in parts} == {sent.message_id}
    every = "".join(written(m) for m in (root, *parts))
    assert all(f"gap {n} " in every for n in range(250))
    assert "the end" in every
    assert await world.platform.chat.send(Outgoing("k", CHANNEL, long, edit_of=sent.message_id)) == sent
    assert "The full plan has them" in written(world.slack.messages["C1"][0])
    world.slack.faults["chat.postMessage"].extend(["", "500"])
    assert isinstance(await world.platform.chat.send(Outgoing("l", CHANNEL, long)), Sent)


async def test_a_part_that_comes_too_fast_waits_as_slack_says(world: World) -> None:
    world.slack.retry_after = "0"
    world.slack.faults["chat.postMessage"].extend(["", "429"])
    assert isinstance(await world.platform.chat.send(Outgoing("k", CHANNEL, LONG)), Sent)
    every = "".join(written(m) for m in world.slack.messages["C1"])
    assert all(f"gap {n} " in every for n in range(250))


async def test_a_post_stands_though_its_files_take_too_long(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(outbound, "AFTER_S", 0.05)
    world.slack.faults["files.getUploadURLExternal"].append("slow:0.5")
    message = Message("x", attachments=(("R-1-plan.md", "# plan"),))
    assert isinstance(await world.platform.chat.send(Outgoing("k", CHANNEL, message)), Sent)
    assert "was not posted within" in caplog.text
    assert len(world.slack.messages["C1"]) == 1
    monkeypatch.undo()
    assert isinstance(await world.platform.chat.send(Outgoing("l", CHANNEL, message)), Sent)
    assert len(world.slack.called("files.completeUploadExternal")) == 1


@pytest.mark.parametrize("fault", ["429", "500", "slow:0.5"])
async def test_whom_slack_does_not_find_just_now_is_called_by_name_and_looked_for_again_soon(
    world: World, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(directory, "PATIENCE_S", 0.2)
    world.slack.users["U0MIA"] = {"profile": {"email": "mia@acme.example"}}
    world.slack.faults["users.lookupByEmail"].append(fault)
    called = Message("x", mentions=("mia",))
    for key in ("k", "l"):
        assert isinstance(await world.platform.chat.send(Outgoing(key, CHANNEL, called)), Sent)
    assert len(world.slack.called("users.lookupByEmail")) == 1, "not with each post of a moment"
    monkeypatch.setattr(directory, "PATIENCE_S", 10.0)
    began = world.given.clock.monotonic
    world.platform._hearing._directory._now = lambda: began() + directory.AGAIN_S
    assert isinstance(await world.platform.chat.send(Outgoing("m", CHANNEL, called)), Sent)
    assert [m["text"] for m in world.slack.messages["C1"]] == ["x", "x", "<@U0MIA> x"]


async def test_a_home_is_drawn_once_at_a_time_so_that_the_newest_drawing_stands(world: World) -> None:
    homes = world.platform._hearing._homes
    known, at_once = homes._drawn, 0

    async def drawn(user: str, home: Installation) -> None:
        nonlocal at_once
        at_once += 1
        assert at_once == 1
        await known(user, home)
        at_once -= 1

    homes._drawn = drawn  # type: ignore[method-assign]  # the same, counted
    for _ in range(3):
        await world.event({"type": "app_home_opened", "user": "U0ANA", "tab": "home"})
    await world.settled()
    assert len(world.slack.called("views.publish")) == 3
