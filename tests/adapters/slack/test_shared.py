"""Channels that two companies share, and installations for a whole organisation: whose workspace it is, and who has rights."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.domain.people import ActorKind
from bot.messages.heard import Pressed, Said, Say
from bot.messages.model import Message, Text
from bot.messages.words import say
from tests.adapters.slack_server import TEAM, written
from tests.adapters.slack_world import World

GO = "1|go|R-1|1||"
OTHER = "T0OTHER"
SAY = Say(Message("done", (Text("all is well"),), private=True))
WORDS = {"type": "app_mention", "user": "U0ANA", "ts": "18.5", "channel": "C1", "text": "<@U0BOT> hold"}
OURS = [{"team_id": TEAM, "user_id": "U0BOT", "is_bot": True, "is_enterprise_install": False}]
ORG = [{"team_id": None, "enterprise_id": "E1", "user_id": "U0BOT", "is_enterprise_install": True}]


async def test_words_in_a_shared_channel_are_of_the_workspace_that_installed_the_bot(world: World) -> None:
    """Slack names the other company's workspace on the outside of such an event; who is authorised for it stands inside."""
    world.answer = SAY
    await world.event(WORDS | {"user_team": TEAM}, OTHER, authorizations=OURS, is_ext_shared_channel=True)
    await world.event(WORDS | {"ts": "18.6", "user": "U9KAI", "user_team": OTHER}, OTHER, authorizations=OURS)
    await world.event(WORDS | {"ts": "18.7", "user_team": "E1"}, OTHER, authorizations=OURS)
    await world.settled()
    assert [h.actor.kind for h in world.heard] == [ActorKind.HUMAN, ActorKind.GUEST, ActorKind.HUMAN]
    assert all(isinstance(h, Said) for h in world.heard)
    assert [h.actor.person for h in world.heard] == ["ana", "", "ana"]
    assert len(world.slack.called("chat.postEphemeral")) == 3
    await world.event(WORDS | {"ts": "18.8"}, OTHER, authorizations=[])
    assert len(world.heard) == 3, "a workspace that is not ours, and nothing says otherwise"


async def test_somebody_of_the_other_company_who_presses_our_card_is_heard_as_a_guest(world: World) -> None:
    world.answer = SAY
    action = {"type": "button", "action_id": "press:0:go", "block_id": "b", "value": GO}
    card = {"ts": "17.5", "thread_ts": "17.1", "team": TEAM}
    theirs = {
        "type": "block_actions", "actions": [action], "team": {"id": OTHER}, "user": {"id": "U0KAI", "team_id": OTHER},
        "channel": {"id": "C1"}, "response_url": _hook(world),
    }  # fmt: skip
    await world.interact(theirs | {"message": card})
    await world.settled()
    (pressed,) = world.heard
    assert isinstance(pressed, Pressed)
    assert (pressed.actor.kind, pressed.place.id) == (ActorKind.GUEST, "C1")
    assert "all is well" in written(world.slack.hooked[0])
    await world.interact(theirs | {"message": card | {"team": "T0THIRD"}})
    await world.settled()
    assert len(world.heard) == 1
    assert say("chat.not_here") in written(world.slack.hooked[1])


async def test_a_form_that_was_opened_in_a_shared_channel_comes_back_to_us(world: World) -> None:
    view = {"type": "modal", "callback_id": "form", "app_installed_team_id": TEAM, "state": {"values": {}}}
    user = {"id": "U0KAI", "team_id": OTHER}
    await world.interact({"type": "view_submission", "team": {"id": OTHER}, "user": user, "view": view})
    assert [h.actor.kind for h in world.heard] == [ActorKind.GUEST]


def _told(body: Mapping[str, Any] | str) -> bool:
    return say("chat.org_wide") in json.dumps(body)


@pytest.mark.parametrize("flag", [True, "true"])
async def test_an_installation_for_a_whole_organisation_is_refused_with_a_clear_sentence(
    world: World, flag: object
) -> None:
    world.answer = SAY
    org: dict[str, Any] = {"is_enterprise_install": flag, "enterprise": {"id": "E1", "name": "Acme"}, "team": None}
    command = {
        "command": "/release",
        "text": "status",
        "user_id": "U0ANA",
        "team_id": TEAM,
        "is_enterprise_install": "true",
    }
    status, body = await world.post(urlencode(command).encode())
    assert (status, _told(body)) == (200, True)
    assert await world.press(GO, **org) == ""
    assert _told(
        await world.interact({"type": "view_submission", "view": {"type": "modal", "callback_id": "form"}, **org})
    )
    await world.interact({"type": "shortcut", "callback_id": "plan_release", "response_url": _hook(world), **org})
    await world.event(WORDS, authorizations=ORG)
    await world.event({"type": "app_home_opened", "user": "U0ANA", "tab": "home"}, authorizations=ORG)
    await world.settled()
    assert [_told(h) for h in world.slack.hooked] == [True, True]
    assert world.heard == []
    assert world.slack.called("views.publish") == []
    await world.press(GO, is_enterprise_install=False)
    assert len(world.heard) == 1


def _hook(world: World) -> str:
    return world.slack.base.replace("/api/", "/hook")
