"""Deliveries that nobody expects: of a workspace that is no longer served, by bots, after a restart, with half letters."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest

from adapters.slack.app import SlackPlatform
from adapters.slack.modal import Origin
from bot.domain.people import Actor, ActorKind
from bot.messages.heard import Asked, Filled, Open, Pressed, Said, Say
from bot.messages.model import Form, FormField, Message, Text
from bot.messages.words import say
from tests.adapters.slack_server import TEAM, written
from tests.adapters.slack_world import OPTIONS, World

GO = "1|go|R-1|1||"
SAY = Say(Message("done", (Text("all is well"),), private=True))
FORM = Form("approve", "Approve", (FormField("reason", "Reason", "textarea"),), "1|approve|R-1|1||")
SENT_OFF = {
    "type": "view_submission",
    "view": {
        "type": "modal",
        "callback_id": "form",
        "private_metadata": Origin(FORM.token, "C1", "17.1").pack(),
        "state": {"values": {"reason": {"typed": {"type": "plain_text_input", "value": "tested on Tuesday"}}}},
    },
}
EVIDENCE = {"type": "message_action", "callback_id": "use_as_evidence", "channel": {"id": "C1"}, "message_ts": "17.5"}
WORDS = {"type": "message", "user": "U0ANA", "ts": "18.5", "channel": "D0ANA", "channel_type": "im", "text": "hold"}


async def test_a_workspace_that_is_not_served_is_told_so_at_every_door_and_served_once_it_is_installed(
    world: World,
) -> None:
    world.answer = SAY
    await world.event({"type": "app_uninstalled"})
    assert await world.press(GO) == ""
    body = await world.interact(SENT_OFF)
    assert isinstance(body, dict)
    assert say("chat.not_here") in written(body["view"])
    hook = world.slack.base.replace("/api/", "/hook")
    assert await world.interact(EVIDENCE | {"response_url": hook}) == ""
    assert await world.interact(EVIDENCE) == ""
    await world.settled()
    assert [say("chat.not_here") in written(h) for h in world.slack.hooked] == [True, True]
    assert world.slack.called("chat.postEphemeral") == [], "there is no token to say it with"
    assert world.heard == []
    await world.platform._installations.identify()
    await world.press(GO)
    assert isinstance(world.heard[0], Pressed)


async def test_a_bot_that_posts_approve_risk_is_not_heard_and_a_person_is(world: World) -> None:
    risk = WORDS | {"text": "Approve-Risk: the backup of 09:40 was restored on staging"}
    await world.event(risk | {"bot_id": "B0CI"})
    await world.event(risk | {"subtype": "bot_message", "username": "Ana", "user": ""})
    await world.event(risk | {"user": "USLACKBOT"})
    await world.event(risk | {"ts": "18.6"})
    assert [h.actor.kind for h in world.heard] == [ActorKind.BOT, ActorKind.HUMAN]
    assert [h.actor.person for h in world.heard] == ["", "ana"], "Slack's own bot is heard as nobody"


@pytest.mark.parametrize(
    ("teams", "kind"), [(["T9"], ActorKind.GUEST), ([TEAM, "T9"], ActorKind.HUMAN), ("T9", ActorKind.GUEST)]
)
async def test_somebody_of_another_organisation_has_no_rights_and_a_colleague_of_ours_has(
    world: World, teams: object, kind: ActorKind
) -> None:
    """A foreign organisation says what it likes of its members' e-mail: only one that has our workspace too is ours."""
    world.slack.users["U0KAI"] = {
        "team_id": "T9",
        "enterprise_user": {"id": "W1", "enterprise_id": "E1", "teams": teams},
    }
    await world.press(GO, user="U0KAI")
    assert world.heard[0].actor.kind is kind


async def test_a_form_that_was_opened_before_a_restart_is_taken_after_it(world: World) -> None:
    world.answer = Open(FORM)
    await world.press(FORM.token)
    view = world.slack.called("views.open")[0]["view"]
    await world.platform.stop()
    again = SlackPlatform(replace(OPTIONS, api_url=world.slack.base), world.given)
    await again.start()
    world.platform._bolt = again._bolt
    values = {"reason": {"typed": {"type": "plain_text_input", "value": "tested on Tuesday"}}}
    body = await world.interact({"type": "view_submission", "view": view | {"state": {"values": values}}})
    assert body["view"]["callback_id"] == "form" if isinstance(body, dict) else False
    await again.stop()
    filled = world.heard[-1]
    assert isinstance(filled, Filled)
    assert (filled.token, filled.values, filled.place.id) == (FORM.token, {"reason": "tested on Tuesday"}, "C1")


async def test_a_stopped_bot_asks_slack_to_come_again(world: World) -> None:
    await world.platform.stop()
    raw = urlencode({"command": "/release", "text": "help"}).encode()
    assert (await world.post(raw))[0] == 503


async def test_half_letters_and_control_letters_arrive_as_none(world: World) -> None:
    raw = json.dumps({"type": "event_callback", "team_id": TEAM, "event": WORDS | {"text": "ho\ud800l\u0000d\u202e"}})
    assert (await world.post(raw.encode(), "application/json"))[0] == 200
    said = world.heard[0]
    assert isinstance(said, Said)
    assert said.text == "hold"
    odd = {"trigger_id": "1\n2 ERROR forged\u0000", "thread_ts": "1\u0000"}
    await world.press(GO, **odd, message={"ts": "17\u0000", "thread_ts": "x"}, container={"message_ts": "\ud800"})
    pressed = world.heard[1]
    assert isinstance(pressed, Pressed)
    assert (pressed.message, pressed.thread) == (None, None)
    assert pressed.receipt.isascii()
    assert "\n" not in pressed.receipt
    await world.press(GO)
    assert world.heard[2].thread == "17.1"


async def test_words_in_a_thread_that_nobody_can_look_up_are_left_to_come_again(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    hearing = world.platform._hearing
    known, hearing._given = hearing._given, replace(hearing._given, reads=_Away())  # type: ignore[arg-type]  # it only fails
    thread = WORDS | {"channel": "C1", "channel_type": "channel", "thread_ts": "17.1"}
    event = json.dumps({"type": "event_callback", "team_id": TEAM, "event": thread}).encode()
    assert (await world.post(event, "application/json"))[0] == 503
    assert "an event failed" in caplog.text
    hearing._given = replace(known, reads=_Here())  # type: ignore[arg-type]  # it only knows one thread
    again = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_error"}
    for _ in range(2):
        assert (await world.post(event, "application/json", **again))[0] == 200
    (said,) = world.heard
    assert isinstance(said, Said)
    assert said.text == "hold"
    hearing._given = known
    await world.event(thread | {"ts": "18.6"})
    assert len(world.heard) == 1, "it is no release's thread"


class _Here:
    async def release_of_message(self, *_: object) -> str:
        return "R-1"


class _Away:
    async def release_of_message(self, *_: object) -> None:
        msg = "the database is away"
        raise RuntimeError(msg)


async def test_an_event_of_long_ago_is_forgotten(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.slack.hearing._REMEMBERED", 2)
    for ts in ("18.1", "18.2", "18.3", "18.3", "18.1"):
        await world.event(WORDS | {"ts": ts})
    assert [h.receipt[-4:] for h in world.heard] == ["18.1", "18.2", "18.3", "18.1"], "the inbox still knows it"


async def test_fields_that_come_twice_and_slack_s_own_check_are_read_once_or_not_at_all(world: World) -> None:
    twice = b"command=%2Frelease&text=status&text=go+R-1&user_id=U0ANA&channel_id=C1&team_id=" + TEAM.encode()
    assert (await world.post(twice + b"&trigger_id=1.9"))[0] == 200
    asked = world.heard[0]
    assert isinstance(asked, Asked)
    assert (asked.verb, asked.words) == ("go", "R-1"), "the last one, as everywhere behind this door"
    assert (await world.post(b"ssl_check=1&token=x"))[0] == 200
    assert len(world.heard) == 1


@pytest.mark.parametrize("retry", [{}, {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}])
async def test_an_event_that_slack_sends_again_is_heard_once(world: World, retry: dict[str, str]) -> None:
    world.answer = SAY
    raw = json.dumps({"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": WORDS}).encode()
    for more in ({}, retry, retry):
        assert (await world.post(raw, "application/json", **more))[0] == 200
    await world.settled()
    assert len(world.heard) == len(world.slack.messages["D0ANA"]) == 1


async def test_where_nobody_can_tell_whether_words_were_answered_they_are(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.answer = SAY
    replies = world.platform._hearing._replies
    known = replies._first

    async def away(_: str) -> bool:
        msg = "the database is away"
        raise RuntimeError(msg)

    replies._first = away
    await world.event(WORDS)
    await world.settled()
    assert "was answered already cannot be told" in caplog.text
    replies._first = known
    await world.event(WORDS | {"ts": "18.6"})
    await world.settled()
    assert len(world.slack.messages["D0ANA"]) == 2


class _Broken:
    """A directory that fails once, as a bug would."""

    def __init__(self, well: Any) -> None:  # noqa: ANN401 - the world's own
        self._well = well
        self.left = 1

    async def actor(self, *given: Any, **named: Any) -> Actor | None:  # noqa: ANN401 - whatever the real one takes
        if self.left:
            self.left -= 1
            msg = "broken"
            raise RuntimeError(msg)
        found: Actor | None = await self._well.actor(*given, **named)
        return found


async def test_whatever_breaks_inside_is_told_to_who_asked_and_the_next_try_is_heard(world: World) -> None:
    linker = _Broken(world.given.linker)
    world.platform._hearing._directory._linker = linker
    world.answer = SAY

    def trouble(body: Mapping[str, Any] | str) -> bool:
        return "Something went wrong in the bot" in json.dumps(body)

    assert trouble(await world.command("status"))
    assert not trouble(await world.command("status"))
    linker.left = 1
    assert trouble(await world.interact(SENT_OFF))
    assert not trouble(await world.interact(SENT_OFF))
    for press in (world.press(GO), world.interact(EVIDENCE)):
        linker.left = 1
        assert await press == ""
    await world.settled()
    assert trouble(world.slack.hooked[0])
    assert trouble(world.slack.called("chat.postEphemeral")[0])
    linker.left = 1
    await world.event(WORDS)
    await world.event(WORDS | {"ts": "18.6"})
    await world.settled()
    assert [trouble(m) for m in world.slack.messages["D0ANA"]] == [True, False]
    assert isinstance(world.heard[-1], Said)
