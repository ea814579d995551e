"""A button in a window: what it opens stands above that window, in the third in its place, and from Home alone."""

from typing import Any

import pytest

from bot.messages.heard import Open, Pressed, Say
from bot.messages.model import Form, FormField, Message, Text
from bot.messages.words import say
from tests.adapters.slack_world import World

FORM = Form("approve", "Approve", (FormField("reason", "Reason", "textarea"),), "1|approve|R-1|1||")
DONE = Say(Message("done", (Text("all is well"),), private=True))
WINDOW = {"type": "modal", "id": "V1", "hash": "156.b5e41b", "callback_id": "shown", "private_metadata": ""}
WAYS = ("views.open", "views.push", "views.update")


async def pressed(world: World, view: dict[str, Any]) -> None:
    """A press in a view: Slack names no channel, and gives no address to answer at."""
    action = {"type": "button", "action_id": "press:0:approve", "block_id": "b", "value": FORM.token}
    where = {"type": "view", "view_id": view["id"]}
    assert await world.interact({"type": "block_actions", "actions": [action], "view": view, "container": where}) == ""


def ways(world: World) -> list[str]:
    return [method for method, _ in world.slack.calls if method in WAYS]


@pytest.mark.parametrize("answer", [Open(FORM), DONE], ids=["form", "words"])
async def test_what_a_press_in_a_window_opens_stands_above_it(world: World, answer: Open | Say) -> None:
    world.answer = answer
    await pressed(world, WINDOW)
    assert isinstance(world.heard[0], Pressed)
    (pushed,) = world.slack.called("views.push")
    assert pushed["trigger_id"] == "13.1"
    assert ways(world) == ["views.push"]
    world.slack.faults["views.push"].append("error:push_limit_reached")
    await pressed(world, WINDOW)
    (updated,) = world.slack.called("views.update")
    assert (updated["view_id"], updated["hash"]) == ("V1", "156.b5e41b")
    assert updated["view"] == pushed["view"]


async def test_what_a_press_in_home_opens_is_the_first_window(world: World) -> None:
    world.answer = Open(FORM)
    await pressed(world, WINDOW | {"type": "home"})
    assert ways(world) == ["views.open"]


async def test_a_press_in_a_window_that_was_closed_is_answered_alone_and_the_next_one_opens(world: World) -> None:
    world.answer = Open(FORM)
    world.slack.faults["views.push"].append("error:not_found")
    await pressed(world, WINDOW)
    await world.settled()
    assert [m["text"] for m in world.slack.messages["D0ANA"]] == [say("chat.no_form_gone")]
    await pressed(world, WINDOW)
    assert ways(world) == ["views.push", "views.push"]
