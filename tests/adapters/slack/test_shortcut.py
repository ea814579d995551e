"""Messages as evidence: by the shortcut, on whatever message and also where the bot is not, and by a file that is shared."""

from dataclasses import replace
from typing import Any

import pytest

from bot.messages.heard import Asked, Open, Said, Say
from bot.messages.model import Form, FormField, Message, Text
from tests.adapters.slack_server import written
from tests.adapters.slack_world import World

FORM = Form("evidence", "Evidence", (FormField("link", "Link"), FormField("text", "Text")), "1|add_evidence|R-1|0||")
SAY = Say(Message("done", (Text("which release?"),), private=True))
CARD = "https://acme.slack.com/archives/C1/p17000005"


def shortcut(**message: object) -> dict[str, Any]:
    return {
        "type": "message_action",
        "callback_id": "use_as_evidence",
        "channel": {"id": "C1"},
        "message_ts": "17.000005",
        "message": {"ts": "17.000005", **message},
    }


async def offered(world: World, **message: object) -> list[str]:
    """What the form holds already."""
    world.answer = Open(FORM)
    await world.interact(shortcut(**message))
    blocks = world.slack.called("views.open")[-1]["view"]["blocks"]
    return [block["element"].get("initial_value", "") for block in blocks]


@pytest.mark.parametrize("own", [{"user": "U0BOT"}, {"bot_id": "B0BOT"}])
async def test_a_card_of_the_bot_proves_nothing_and_opens_the_form_of_its_release_empty(
    world: World, own: dict[str, str]
) -> None:
    text = "GO: payments, see <https://ci.example/91>"
    assert await offered(world, **own, text=text, thread_ts="17.1") == ["", ""]
    (asked,) = world.heard
    assert isinstance(asked, Asked)
    assert (asked.verb, asked.thread) == ("evidence", "17.1")
    assert await offered(world, user="U0KAI", text=text) == [
        "https://ci.example/91",
        "GO: payments, see https://ci.example/91",
    ]


@pytest.mark.parametrize(
    ("file", "link"),
    [
        (
            {"permalink": "https://acme.slack.com/files/U0KAI/F1/drill.pdf"},
            "https://acme.slack.com/files/U0KAI/F1/drill.pdf",
        ),
        ({"permalink": "javascript:alert(1)"}, CARD),
        ({"permalink": "https://a b"}, CARD),
        ("F1", CARD),
        ({}, CARD),
    ],
)
async def test_a_file_is_meant_where_a_message_has_no_link(world: World, file: object, link: str) -> None:
    assert await offered(world, user="U0KAI", text="", files=[file]) == [link, ""]
    assert (await offered(world, user="U0KAI", text="<https://wiki.example/d>", files=[file]))[
        0
    ] == "https://wiki.example/d"


async def test_a_message_of_a_bot_without_words_or_of_no_shape_offers_the_link_to_itself(world: World) -> None:
    assert await offered(world, bot_id="B0CI", text=None, files={}) == [CARD, ""]
    world.answer = Open(FORM)
    await world.interact(shortcut() | {"message": 7})
    assert len(world.slack.called("views.open")) == 2


@pytest.mark.parametrize("code", ["channel_not_found", "not_in_channel", "user_not_in_channel", "is_archived"])
async def test_where_the_bot_is_not_in_the_channel_the_answer_comes_to_their_own_conversation(
    world: World, code: str
) -> None:
    world.answer = SAY
    world.slack.faults["chat.postEphemeral"].append(f"error:{code}")
    await world.interact(shortcut(text="x"))
    await world.settled()
    (kept,) = world.slack.messages["D0ANA"]
    assert "which release?" in written(kept)
    assert "thread_ts" not in kept
    await world.interact(shortcut(text="x") | {"response_url": world.slack.base.replace("/api/", "/hook")})
    await world.settled()
    assert "which release?" in written(world.slack.hooked[0])
    assert len(world.slack.messages["D0ANA"]) == 1


async def test_an_answer_that_no_place_takes_is_told_in_the_log_once(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.answer = replace(SAY, message=replace(SAY.message, text="secret words"))
    world.slack.faults["chat.postEphemeral"].append("error:not_in_channel")
    world.slack.faults["chat.postMessage"].append("error:messages_tab_disabled")
    await world.interact(shortcut(text="x"))
    await world.settled()
    (line,) = [r.getMessage() for r in caplog.records if "did not get through" in r.getMessage()]
    assert line.endswith("Refused messages_tab_disabled")
    assert "secret words" not in caplog.text


@pytest.mark.parametrize(
    ("text", "files", "said"),
    [
        (
            "tested on 2026-11-03",
            [{"permalink": "https://acme.slack.com/files/F1"}],
            "tested on 2026-11-03 https://acme.slack.com/files/F1",
        ),
        ("", [{"permalink": "https://acme.slack.com/files/F1"}], "https://acme.slack.com/files/F1"),
        (
            "see <https://wiki.example/d>",
            [{"permalink": "https://acme.slack.com/files/F1"}],
            "see https://wiki.example/d",
        ),
        ("hold", [{"permalink": "https://a b"}], "hold"),
        ("hold", "F1", "hold"),
    ],
)
async def test_a_file_that_is_shared_as_an_answer_is_a_link(world: World, text: str, files: object, said: str) -> None:
    event = {
        "type": "message", "subtype": "file_share", "user": "U0ANA", "ts": "18.5", "channel": "D0ANA", "channel_type": "im",
        "text": text, "files": files,
    }  # fmt: skip
    await world.event(event)
    (heard,) = world.heard
    assert isinstance(heard, Said)
    assert heard.text == said
