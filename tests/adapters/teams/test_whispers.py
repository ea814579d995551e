"""What answers a slash command is seen by its sender alone; where Teams does not whisper, it stands in the personal chat."""

from typing import Any

import pytest

from bot.messages.heard import Open, Say
from bot.messages.model import Form, FormField, Heading, Message
from tests.adapters.teams_oracles import faults, texts
from tests.adapters.teams_server import APP
from tests.adapters.teams_world import CHANNEL, World

TO_THE_BOT_ALONE: dict[str, Any] = {"recipient": {"id": f"28:{APP}", "name": "T-Minus", "isTargeted": True}}
FORM = Form("plan", "Plan", (FormField("version", "Version"),), "1|plan||0||")


async def slash(world: World, text: str) -> str:
    """`/release …` as Teams delivers it; the id of that message."""
    status, _ = await world.post(world.activity(text=text, **TO_THE_BOT_ALONE))
    assert status == 202
    await world.settled()
    return f"i{world.count}"


@pytest.mark.parametrize("private", [True, False])
async def test_an_answer_to_a_slash_command_is_whispered_to_its_sender_below_their_words(
    world: World,
    private: bool,  # noqa: FBT001 - a column of the table
) -> None:
    world.answer = Say(Message("GO", (Heading("GO"),), private=private, attachments=(("plan.md", "# Plan"),)))
    asked = await slash(world, "release status R-1")
    assert [p[:2] for p in world.teams.posted] == [("POST", f"{CHANNEL};messageid=77")] * 2, "with what was attached"
    assert world.teams.whispers == [p[2] for p in world.teams.posted]
    for _, _, _, activity in world.teams.posted:
        assert activity["recipient"] == {"id": "29:ana", "name": "Ana"}
        assert activity["entities"] == [{"type": "targetedMessageInfo", "messageId": asked}]


async def test_a_form_that_a_slash_command_opens_is_whispered_too(world: World) -> None:
    world.answer = Open(FORM)
    await slash(world, "release plan")
    assert len(world.teams.whispers) == 1
    assert faults(world.teams.posted[0][3]["attachments"][0]["content"]) == []


async def test_where_teams_refuses_to_whisper_the_answer_stands_in_the_personal_chat_and_nowhere_else(
    world: World,
) -> None:
    await world.say("release help")
    world.teams.posted.clear()
    world.answer = Say(Message("GO", (Heading("GO"),)))
    world.teams.faults = [(400, {}, {"error": {"code": "BadArgument"}})]
    await slash(world, "release status R-1")
    assert [p[1] for p in world.teams.posted] == ["a:29:ana"]
    assert world.teams.whispers == []
    await slash(world, "release status R-1")
    assert len(world.teams.whispers) == 1


async def test_where_the_sender_cannot_be_written_to_either_the_thread_says_what_to_do_and_nothing_more(
    world: World,
) -> None:
    await world.say("release help")
    world.teams.posted.clear()
    world.answer = Say(Message("the secret plan", (Heading("the secret plan"),)))
    world.teams.faults = [(400, {}, {}), (403, {}, {"error": {"code": "MessageWritesBlocked"}})]
    await slash(world, "release status R-1")
    shown = [set(texts(a["attachments"][0]["content"])) for _, _, _, a in world.teams.posted]
    assert len(shown) == 1
    assert any("Open a chat with T-Minus once" in t for t in shown[0])
    assert not any("secret" in t for t in shown[0])


async def test_an_answer_waits_as_long_as_teams_asks_and_stands_once(world: World) -> None:
    await world.say("release help", alone=True)
    world.answer = Say(Message("GO", (Heading("GO"),)))
    world.teams.faults = [(429, {"Retry-After": "0"}, {}), (429, {"Retry-After": "0"}, {})]
    await world.say("release status R-1", alone=True)
    assert len(world.teams.posted) == 1
    world.teams.faults = [(429, {"Retry-After": "600"}, {})]
    await world.say("release status R-1", alone=True)
    assert len(world.teams.posted) == 1, "nobody waits ten minutes for an answer: one asks again"
