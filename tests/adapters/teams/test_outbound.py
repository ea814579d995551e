"""A post to Teams stands once, or the bot says why not: one request, one answer, and what it means."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.teams.app import TeamsPlatform
from bot.domain.people import Place
from bot.messages.model import Heading, Message
from bot.ports import Ambiguous, CannotLook, Outgoing, Rejected, Sent, Throttled
from tests.adapters.teams_server import APP, TENANT
from tests.adapters.teams_world import CHANNEL, IDS, World, options_of

HERE = Place("teams", CHANNEL)
GO = Message("GO · R-1", (Heading("GO · R-1"),))


@pytest.fixture
async def heard(world: World) -> World:
    """Somebody was heard in the channel, so the bot knows where it is."""
    await world.say("release help")
    return world


async def test_a_post_stands_in_the_channel_a_reply_in_its_thread_and_an_edit_in_place(heard: World) -> None:
    chat = heard.platform.chat
    root = await chat.send(Outgoing("k1", HERE, GO))
    assert isinstance(root, Sent)
    await chat.send(Outgoing("k2", HERE, GO, thread=root.message_id))
    assert await chat.send(Outgoing("k3", HERE, GO, edit_of=root.message_id)) == root
    assert [p[:3] for p in heard.teams.posted] == [
        ("POST", CHANNEL, root.message_id),
        ("POST", f"{CHANNEL};messageid={root.message_id}", "1001"),
        ("PUT", CHANNEL, root.message_id),
    ]
    activity = heard.teams.posted[0][3]
    assert activity["summary"] == "GO · R-1"
    assert heard.teams.bearers == {"Bearer bearer-1"}


async def test_a_person_who_never_wrote_is_written_to_alone_once_opened(heard: World) -> None:
    chat, alone = heard.platform.chat, Place("teams", IDS["kai"])
    for key in ("k1", "k2"):
        assert isinstance(await chat.send(Outgoing(key, alone, GO)), Sent)
    assert len(heard.teams.opened) in {1, 2}
    opened = heard.teams.opened[0]
    assert opened["members"] == [{"id": IDS["kai"]}]
    assert (opened["bot"], opened["tenantId"]) == ({"id": f"28:{APP}"}, TENANT)


async def test_where_conversations_are_survives_a_new_deployment(heard: World) -> None:
    kept = await heard.given.notebook.get("teams.places", CHANNEL)
    assert kept is not None
    assert kept["service_url"] == heard.teams.service_url
    assert kept["tenant"] == TENANT
    await heard.given.notebook.put(
        "teams.places", "19:evil@thread.tacv2", {**kept, "service_url": "https://evil.example/"}
    )
    sent = await heard.platform.chat.send(Outgoing("k", Place("teams", "19:evil@thread.tacv2"), GO))
    assert isinstance(sent, Sent), "it goes to the connector that is trusted, whatever a note says"
    assert heard.teams.posted[-1][1] == "19:evil@thread.tacv2"


async def test_before_anybody_was_heard_nothing_is_sent(world: World) -> None:
    assert await world.platform.chat.send(Outgoing("k", HERE, GO)) == Rejected(
        "not_in_channel", "nobody of that place, or of its tenant, was ever heard"
    )
    assert await world.platform.chat.send(Outgoing("k", Place("slack", "C1"), GO)) == Rejected(
        "channel_not_found", "slack:C1"
    )


@pytest.mark.parametrize(
    ("fault", "result"),
    [
        ((429, {"Retry-After": "7"}, {}), Throttled(7.0)),
        ((412, {}, {}), Throttled(5.0)),
        ((502, {}, {}), Ambiguous("status 502")),
        ((504, {}, {}), Ambiguous("status 504")),
        ((500, {}, {}), Ambiguous("status 500")),
        ((403, {}, {"error": {"code": "x", "message": "m"}, "subCode": "MessageWritesBlocked"}), "revoked"),
        ((403, {}, {"error": {"code": "BotNotInConversationRoster"}}), "not_in_channel"),
        ((404, {}, {"error": {"code": "ConversationNotFound"}}), "channel_not_found"),
        ((413, {}, {"error": {"code": "MessageSizeTooBig"}}), "msg_too_long"),
        ((410, {}, {"error": {"code": "ConversationNotFound"}}), "channel_not_found"),
        ((400, {}, {"error": {"code": "BadSyntax"}}), "BadSyntax"),
        ((405, {}, {}), "status_405"),
        ((401, {}, {}), Throttled(30.0)),
    ],
)
async def test_every_answer_of_the_connector_has_a_meaning_and_the_next_post_stands(
    heard: World, fault: tuple[int, dict[str, str], dict[str, object]], result: object
) -> None:
    heard.teams.faults = [fault, fault] if fault[0] == 401 else [fault]
    sent = await heard.platform.chat.send(Outgoing("k1", HERE, GO))
    assert (sent.code if isinstance(sent, Rejected) else sent) == result
    assert heard.teams.posted == []
    assert isinstance(await heard.platform.chat.send(Outgoing("k1", HERE, GO)), Sent)
    assert len(heard.teams.posted) == 1


async def test_a_connection_lost_after_the_commit_is_ambiguous_and_nothing_is_sent_again(heard: World) -> None:
    heard.teams.faults = ["drop after commit"]
    assert isinstance(await heard.platform.chat.send(Outgoing("k1", HERE, GO)), Ambiguous)
    assert len(heard.teams.posted) == 1
    look = await heard.platform.chat.find("k1", HERE, datetime.now(UTC))
    assert isinstance(look, CannotLook)


async def test_an_edit_of_what_is_gone_and_a_reply_to_what_is_gone_say_so(heard: World) -> None:
    heard.teams.faults = [(404, {}, {}), (404, {}, {}), (410, {}, {})]
    edit = await heard.platform.chat.send(Outgoing("k1", HERE, GO, edit_of="1"))
    reply = await heard.platform.chat.send(Outgoing("k2", HERE, GO, thread="1"))
    again = await heard.platform.chat.send(Outgoing("k1", HERE, GO, edit_of="1"))
    assert [getattr(one, "code", "") for one in (edit, reply, again)] == ["message_gone", "thread_gone", "message_gone"]


async def test_a_token_that_the_connector_takes_no_more_is_given_up_and_the_post_stands(heard: World) -> None:
    """A secret that was renewed, or an app that was made anew: the old token would have been good for hours."""
    heard.teams.faults = [(401, {}, {})]
    before = heard.teams.tokens
    assert isinstance(await heard.platform.chat.send(Outgoing("k1", HERE, GO)), Sent)
    assert heard.teams.tokens == before + 1
    assert len(heard.teams.posted) == 1


async def test_under_another_registration_people_are_met_in_a_conversation_of_its_own(heard: World) -> None:
    alone = Place("teams", IDS["ana"])
    await heard.say("release help", alone=True)
    assert isinstance(await heard.platform.chat.send(Outgoing("k1", alone, GO)), Sent)
    assert heard.teams.opened == [], "she wrote to the bot alone"
    other = TeamsPlatform(replace(options_of(heard.teams), app_id="99999999-2222-3333-4444-555555555555"), heard.given)
    await other.start()
    try:
        assert isinstance(await other.chat.send(Outgoing("k2", alone, GO)), Sent)
        assert [o["members"] for o in heard.teams.opened] == [[{"id": IDS["ana"]}]], "the old ids mean nobody to it"
        assert isinstance(await other.chat.send(Outgoing("k3", HERE, GO)), Sent), "channels are the same"
    finally:
        await other.stop()


async def test_a_registration_without_a_token_waits_for_the_operator(heard: World) -> None:
    heard.teams.faults = [(401, {}, {})]
    heard.teams.token_status = 401
    assert await heard.platform.chat.send(Outgoing("k1", HERE, GO)) == Throttled(30.0), "the token was refused"
    assert await heard.platform.chat.send(Outgoing("k1", HERE, GO)) == Throttled(30.0)
    lines = {check.code: check for check in await heard.platform.checks()}
    assert not lines["teams_token"].ok
    assert heard.teams.base in (lines["teams_token"].remedy or ""), "whom the bot has to reach"
    heard.teams.token_status = 200
    assert isinstance(await heard.platform.chat.send(Outgoing("k1", HERE, GO)), Sent)
    lines = {check.code: check for check in await heard.platform.checks()}
    assert lines["teams_token"].ok
    assert lines["teams_keys"].ok
    assert lines["teams_channel"].ok


async def test_a_thread_gets_no_more_than_teams_takes(heard: World) -> None:
    sent = [await heard.platform.chat.send(Outgoing(f"k{n}", HERE, GO)) for n in range(9)]
    assert sum(isinstance(one, Sent) for one in sent) == 7
    late = sent[-1]
    assert isinstance(late, Throttled)
    assert 0 < late.retry_after <= 1.0


async def test_files_follow_as_text(heard: World) -> None:
    await heard.platform.chat.send(Outgoing("k1", HERE, Message("Plan", attachments=(("plan.md", "# Plan"),))))
    assert [a["summary"] for _, _, _, a in heard.teams.posted] == ["Plan", "plan.md 1/1"]
