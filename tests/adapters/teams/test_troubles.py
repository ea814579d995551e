"""What goes wrong between the bot and Microsoft: odd bodies, keys that cannot be had, a connector that is away or odd."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from adapters.teams import app as door
from adapters.teams.app import BODY_BYTES, MESSAGES, TeamsPlatform
from adapters.teams.elements import PRESS
from bot.domain.people import Place
from bot.messages.heard import Answer, Heard, Quiet, Say
from bot.messages.model import Heading, Message
from bot.ports import Ambiguous, Outgoing, Rejected, Sent, Throttled
from tests.adapters.teams_oracles import texts
from tests.adapters.teams_world import CHANNEL, IDS, World, hearing_of, options_of

HERE = Place("teams", CHANNEL)
GO = Message("GO · R-1", (Heading("GO · R-1"),))


async def raw(world: World, data: Any, kind: str = "application/json") -> int:  # noqa: ANN401 - bytes, or pieces of them
    headers = {"Content-Type": kind, "Authorization": f"Bearer {world.teams.token()}"}
    async with world.session.post(world.base + MESSAGES, data=data, headers=headers) as answer:
        return answer.status


async def test_a_body_of_another_kind_of_unknown_length_or_without_an_end_is_refused_and_the_next_is_heard(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def endless(pause_s: float, count: int) -> AsyncIterator[bytes]:
        for _ in range(count):
            yield b"[" * 32_768
            await asyncio.sleep(pause_s)

    assert await raw(world, b"{}", "text/plain") == 415
    assert await raw(world, endless(0, BODY_BYTES // 32_768 + 2)) == 413
    with monkeypatch.context() as hasty:
        hasty.setattr(door, "BODY_SECONDS", 0.05)
        assert await raw(world, endless(0.3, 2)) == 408
    assert (await world.post(world.activity(text="release help", alone=True)))[0] == 202


async def test_a_bot_that_ends_takes_nothing_new_and_says_when_to_come_again(world: World) -> None:
    await world.platform.stop()
    assert (await world.post(world.activity(text="release help")))[0] == 503
    assert await world.platform.chat.send(Outgoing("k", HERE, GO)) == Rejected(
        "not_in_channel", "nobody of that place, or of its tenant, was ever heard"
    )
    await world.platform.start()
    assert (await world.post(world.activity(text="release help")))[0] == 202


async def test_a_platform_that_never_started_stops_and_answers_doctor(world: World) -> None:
    idle = TeamsPlatform(options_of(world.teams), world.given)
    await idle.stop()
    checks = {check.code: check for check in await idle.checks()}
    assert checks["teams_token"].ok
    assert not checks["teams_channel"].ok
    assert CHANNEL in checks["teams_channel"].sentence
    assert not checks["teams_person"].ok, "nobody was heard yet"
    await idle.stop()
    for who in ("ana", "kai", "lena"):
        await world.say("release help", who)
    checks = {check.code: check for check in await world.platform.checks()}
    assert checks["teams_channel"].ok
    assert checks["teams_person"].ok


@pytest.mark.parametrize("about", [{"jwks_uri": "https://evil.example/keys"}, {}, {"jwks_uri": 3}, 503])
async def test_keys_that_are_elsewhere_or_cannot_be_had_let_nothing_in_and_the_next_try_reads_them(
    world: World,
    about: Any,  # noqa: ANN401 - whatever the list says of itself
) -> None:
    async def wrong(_: web.Request) -> web.Response:
        return web.json_response({} if about == 503 else about, status=503 if about == 503 else 200)

    away = web.Application()
    away.router.add_get("/openid", wrong)
    runner = web.AppRunner(away)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        there = TeamsPlatform(replace(options_of(world.teams), openid_url=f"{base}/openid"), world.given)
        checks = {check.code: check for check in await there.checks()}
        assert not checks["teams_keys"].ok
        assert f"{base}/openid" in (checks["teams_keys"].remedy or "")
        await there.stop()
    finally:
        await runner.cleanup()
    assert {check.code: check.ok for check in await world.platform.checks()}["teams_keys"]


async def test_a_connector_that_is_away_got_nothing_and_one_that_answers_oddly_may_have(world: World) -> None:
    await world.say("release help")
    chat = world.platform.chat
    kept = await world.given.notebook.get("teams.places", CHANNEL)
    assert kept is not None
    away = Place("teams", "19:away@thread.tacv2")
    await world.given.notebook.put("teams.places", away.id, {**kept, "service_url": "http://127.0.0.1:9/"})
    assert await chat.send(Outgoing("k0", away, GO)) == Throttled(5.0)
    world.teams.faults = [(200, {}, {}), (200, {}, {"id": "x" * 1_100_000})]
    for key in ("k1", "k2"):
        assert isinstance(await chat.send(Outgoing(key, HERE, GO)), Ambiguous)
    assert isinstance(await chat.send(Outgoing("k3", HERE, GO)), Sent)


@pytest.mark.parametrize(("status", "result"), [(502, Throttled(5.0)), (429, Throttled(5.0)), (403, "restricted")])
async def test_a_conversation_that_cannot_be_opened_posts_nothing_and_opens_the_next_time(
    world: World, status: int, result: object
) -> None:
    await world.say("release help")
    alone = Place("teams", IDS["kai"])
    world.teams.faults = [(status, {}, {})]
    sent = await world.platform.chat.send(Outgoing("k1", alone, GO))
    assert (sent.code if isinstance(sent, Rejected) else sent) == result
    assert world.teams.posted == []
    assert isinstance(await world.platform.chat.send(Outgoing("k1", alone, GO)), Sent)


async def test_a_file_that_does_not_get_through_leaves_the_post_standing(world: World) -> None:
    await world.say("release help")
    message = replace(GO, attachments=(("plan.md", "# Plan"),))
    world.teams.faults_at = {("POST", CHANNEL): ["none", (403, {}, {})]}
    assert isinstance(await world.platform.chat.send(Outgoing("k1", HERE, message)), Sent)
    assert [a["summary"] for _, _, _, a in world.teams.posted] == ["GO · R-1"]
    assert isinstance(await world.platform.chat.send(Outgoing("k2", HERE, message)), Sent)
    assert [a["summary"] for _, _, _, a in world.teams.posted[1:]] == ["GO · R-1", "plan.md 1/1"]


@pytest.mark.parametrize("name", ["adaptiveCard/action", "task/submit", ""])
async def test_a_fault_of_ours_is_told_with_a_number_and_without_its_words(
    world: World, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(_: Heard) -> Answer:
        msg = "a secret of the program"
        raise RuntimeError(msg)

    hearing = hearing_of(world.platform)
    good = hearing._given
    hearing._given = replace(good, hear=broken)
    value = {"data": {"t": "1|go|R-1|1||"}, "action": {"verb": PRESS, "data": {"t": "1|go|R-1|1||"}}}
    kind = "invoke" if name else "message"
    status, body = await world.post(world.activity(kind=kind, name=name, value=value, text="x"))
    assert status == (200 if name else 202)
    assert "secret" not in json.dumps(body)
    assert "a secret of the program" in caplog.text, "the log says what it was"
    await world.settled()
    said = str(body) + str(world.teams.posted)
    assert "Nothing of this request was recorded. Try again" in said
    hearing._given = good
    world.answer = Say(GO)
    assert (await world.post(world.activity(kind=kind, name=name, value=value, text="x")))[0] == status
    assert len(world.heard) == 1


async def test_an_action_that_is_answered_by_a_mere_nod_says_that_it_was_noted(world: World) -> None:
    world.answer = Quiet()
    told = await world.act(PRESS, {"t": "1|go|R-1|1||"})
    assert told["type"] == "application/vnd.microsoft.activity.message"
    body = await world.invoke("task/fetch", {"data": {"t": "1|go|R-1|1||"}})
    assert body["task"]["type"] == "message"
    odd = await world.invoke("task/submit", {"data": 3})
    assert odd["task"]["type"] in {"message", "continue"}
    await world.post(world.activity(value={"v": "back", "t": "1|go|R-1|1||"}))
    await world.settled()
    assert world.teams.posted == [], "a Cancel that comes as a message needs no answer"


async def test_one_without_a_directory_hears_in_the_thread_that_no_private_answer_can_be_given(world: World) -> None:
    world.answer = Say(Message("Only for you", private=True))
    guest = {"id": "29:anon", "name": "Anon"}
    more: dict[str, Any] = {"from": guest}
    await world.say("release status", **more)
    assert [p[1] for p in world.teams.posted] == [f"{CHANNEL};messageid=77"]
    assert not any("Only for you" in t for t in texts(world.teams.posted[0][3]["attachments"][0]["content"]))


async def test_whatever_the_sdk_would_ask_by_itself_is_refused(world: World) -> None:
    asked = world.platform._turns._adapter.bot_framework_authentication
    calls: tuple[Awaitable[object], ...] = (
        asked.authenticate_request(None, "Bearer x"),
        asked.authenticate_streaming_request("Bearer x", "msteams"),
    )
    for one in calls:
        with pytest.raises(PermissionError):
            await one
    ours = asked.create_connector_factory(None)
    assert await ours.create("https://evil.example", "x") is world.platform._chat._connector


@pytest.mark.parametrize("url", ["http://[::1", "https://smba.trafficmanager.net:port/"])
def test_a_service_url_that_is_none_is_not_trusted(world: World, url: str) -> None:
    assert not options_of(world.teams).trusts(url)
