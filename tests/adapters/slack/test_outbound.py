"""A post stands once, or it is said why not: against a Slack that commits and drops, stumbles, throttles and forgets."""

from datetime import UTC, datetime

import pytest

from adapters.slack.api import Api
from bot.domain.people import Place
from bot.messages.model import Message, Text
from bot.ports import Ambiguous, CannotLook, Found, NotFound, Outgoing, Rejected, Sent, Throttled
from tests.adapters.slack_server import written
from tests.adapters.slack_world import World

SINCE = datetime(2020, 1, 1, tzinfo=UTC)
CHANNEL = Place("slack", "C1")


def post(key: str = "R-1:1:T-30:1:team:slack:C1", **more: object) -> Outgoing:
    return Outgoing(key, CHANNEL, Message("GO: payments", (Text("all is well"),)), **more)  # type: ignore[arg-type]  # a few fields


async def test_a_post_carries_its_key_and_unfurls_nothing(world: World) -> None:
    sent = await world.platform.chat.send(post())
    (kept,) = world.slack.messages["C1"]
    assert sent == Sent(kept["ts"])
    assert kept["text"] == "GO: payments"
    assert kept["unfurl_links"] is kept["unfurl_media"] is False
    assert kept["metadata"] == {"event_type": "t_minus_post", "event_payload": {"key": "R-1:1:T-30:1:team:slack:C1"}}
    assert "all is well" in written(kept)


@pytest.mark.parametrize("fault", ["commit_then_drop", "commit_then_500"])
async def test_what_was_committed_and_not_heard_is_ambiguous_once_and_found_by_its_key(
    world: World, fault: str
) -> None:
    world.slack.faults["chat.postMessage"].append(fault)
    assert isinstance(await world.platform.chat.send(post()), Ambiguous)
    assert len(world.slack.messages["C1"]) == 1
    found = await world.platform.chat.find(post().key, CHANNEL, SINCE)
    assert found == Found(world.slack.messages["C1"][0]["ts"])


@pytest.mark.parametrize("fault", ["drop", "500", "no_json", "list"])
async def test_what_was_lost_before_it_was_committed_is_ambiguous_and_not_found(world: World, fault: str) -> None:
    world.slack.faults["chat.postMessage"].append(fault)
    assert isinstance(await world.platform.chat.send(post()), Ambiguous)
    assert len(world.slack.called("chat.postMessage")) == 1
    assert await world.platform.chat.find(post().key, CHANNEL, SINCE) == NotFound()
    assert isinstance(await world.platform.chat.send(post()), Sent)


async def test_a_slow_slack_is_given_up_as_ambiguous(world: World) -> None:
    slow = Api(world.slack.base, timeout_s=0.2)
    await slow.start()
    world.platform.chat._api = slow  # type: ignore[attr-defined]  # the same chat, less patient
    world.slack.faults["chat.postMessage"].append("slow")
    assert isinstance(await world.platform.chat.send(post()), Ambiguous)
    await slow.stop()
    assert len(world.slack.messages["C1"]) == 1


@pytest.mark.parametrize(("said", "wait"), [("7", 7.0), ("0", 0.0), ("soon", 30.0), ("999999", 3600.0)])
async def test_too_fast_waits_as_long_as_slack_says(world: World, said: str, wait: float) -> None:
    world.slack.retry_after = said
    world.slack.faults["chat.postMessage"].extend(["429"] * 3)
    for _ in range(3):
        assert await world.platform.chat.send(post()) == Throttled(wait)
    assert world.slack.messages["C1"] == []
    assert isinstance(await world.platform.chat.send(post()), Sent)
    assert len(world.slack.messages["C1"]) == 1


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("not_in_channel", "not_in_channel"),
        ("channel_not_found", "channel_not_found"),
        ("is_archived", "archived"),
        ("token_revoked", "revoked"),
        ("account_inactive", "revoked"),
        ("missing_scope", "missing_scope"),
        ("thread_not_found", "thread_gone"),
        ("restricted_action", "restricted"),
        ("restricted_action_thread_locked", "thread_gone"),
        ("messages_tab_disabled", "missing_scope"),
        ("something_new", "something_new"),
    ],
)
async def test_a_clear_no_is_told_in_the_house_s_words(world: World, code: str, told: str) -> None:
    world.slack.faults["chat.postMessage"].append(f"error:{code}")
    answer = await world.platform.chat.send(post())
    assert isinstance(answer, Rejected)
    assert answer.code == told
    assert isinstance(await world.platform.chat.send(post()), Sent)


async def test_an_edit_changes_the_message_and_one_that_is_gone_says_so(world: World) -> None:
    sent = await world.platform.chat.send(post())
    assert isinstance(sent, Sent)
    assert await world.platform.chat.send(post(edit_of=sent.message_id)) == sent
    assert len(world.slack.messages["C1"]) == 1
    assert await world.platform.chat.send(post(edit_of="1.1")) == Rejected("message_gone", "message_not_found")


async def test_blocks_that_slack_refuses_leave_the_verdict_in_plain_text(world: World) -> None:
    world.slack.faults["chat.postMessage"].append("error:invalid_blocks")
    assert isinstance(await world.platform.chat.send(post()), Sent)
    (kept,) = world.slack.messages["C1"]
    assert (kept["text"], kept["blocks"]) == ("GO: payments", [])


async def test_a_person_is_reached_alone_in_a_conversation_that_is_opened_once(world: World) -> None:
    direct = Outgoing("k", Place("slack", "U0KAI"), Message("x"))
    assert isinstance(await world.platform.chat.send(direct), Sent)
    assert isinstance(await world.platform.chat.send(direct), Sent)
    assert len(world.slack.called("conversations.open")) == 1
    assert len(world.slack.messages["D0KAI"]) == 2
    assert isinstance(await world.platform.chat.find("k", Place("slack", "U0KAI"), SINCE), Found)


async def test_nothing_is_ambiguous_while_the_conversation_is_not_open(world: World) -> None:
    world.slack.faults["conversations.open"].append("500")
    assert await world.platform.chat.send(Outgoing("k", Place("slack", "U0KAI"), Message("x"))) == Throttled(5.0)


async def test_a_key_is_found_on_a_later_page_and_in_a_thread(world: World) -> None:
    keys = [f"R-1:1:T-5:{n}:team:slack:C1" for n in range(5)]
    for key in keys:
        await world.platform.chat.send(post(key))
    assert isinstance(await world.platform.chat.find(keys[0], CHANNEL, SINCE), Found)
    root = world.slack.messages["C1"][0]["ts"]
    await world.platform.chat.send(post("R-1:1:QUESTION:1:team:slack:C1", thread=root))
    assert await world.platform.chat.find("R-1:1:QUESTION:1:team:slack:C1", CHANNEL, SINCE) == NotFound()
    assert isinstance(await world.platform.chat.find("R-1:1:QUESTION:1:team:slack:C1", CHANNEL, SINCE, root), Found)


async def test_a_post_that_lost_its_thread_is_found_in_the_channel(world: World) -> None:
    world.slack.faults["chat.postMessage"].append("commit_then_drop")
    assert isinstance(await world.platform.chat.send(post()), Ambiguous)
    world.slack.faults["conversations.replies"].append("error:thread_not_found")
    assert isinstance(await world.platform.chat.find(post().key, CHANNEL, SINCE, "1.000001"), Found)


async def test_a_post_is_found_by_its_key_after_it_was_edited_too(world: World) -> None:
    """A database that was restored from a backup knows of none of this, and looks before it sends again."""
    sent = await world.platform.chat.send(post())
    assert isinstance(sent, Sent)
    for _ in range(2):
        assert await world.platform.chat.send(post(f"{post().key}#edit", edit_of=sent.message_id)) == sent
        assert await world.platform.chat.find(post().key, CHANNEL, SINCE) == Found(sent.message_id)
    world.slack.messages["C1"][0]["metadata"]["event_payload"]["key"] += "#edit"
    assert await world.platform.chat.find(post().key, CHANNEL, SINCE) == Found(sent.message_id), (
        "as versions before wrote it"
    )
    assert await world.platform.chat.find(f"{post().key}0", CHANNEL, SINCE) == NotFound()


async def test_a_foreign_message_with_our_key_in_its_words_is_not_ours(world: World) -> None:
    world.slack.messages["C1"].append(
        {"ts": "1795528900.1", "text": "k", "metadata": {"event_type": "x", "event_payload": {"key": "k"}}}
    )
    assert await world.platform.chat.find("k", CHANNEL, SINCE) == NotFound()


@pytest.mark.parametrize("author", [{"user": "U0EVIL", "bot_id": "B0EVIL"}, {"user": "U0EVIL"}, {"bot_id": "B0EVIL"}])
async def test_another_app_that_copies_our_key_hides_no_post(world: World, author: dict[str, str]) -> None:
    world.slack.faults["chat.postMessage"].append("drop")
    assert isinstance(await world.platform.chat.send(post()), Ambiguous)
    forged = {"event_type": "t_minus_post", "event_payload": {"key": post().key}}
    world.slack.messages["C1"].append({"ts": "1795528900.1", "text": "k", "metadata": forged, **author})
    assert await world.platform.chat.find(post().key, CHANNEL, SINCE) == NotFound()
    sent = await world.platform.chat.send(post())
    assert isinstance(sent, Sent)
    assert await world.platform.chat.find(post().key, CHANNEL, SINCE) == Found(sent.message_id)


@pytest.mark.parametrize("fault", ["429", "500", "drop", "error:missing_scope", "error:not_in_channel"])
async def test_where_slack_lets_nobody_look_that_is_said(world: World, fault: str) -> None:
    world.slack.faults["conversations.history"].append(fault)
    look = await world.platform.chat.find("k", CHANNEL, SINCE)
    assert isinstance(look, CannotLook)
    assert look.never is (fault == "error:missing_scope")
    assert await world.platform.chat.find("k", CHANNEL, SINCE) == NotFound()


async def test_only_an_escalation_is_shown_beside_its_thread(world: World) -> None:
    called = Message("x", mentions=("kai",))
    await world.platform.chat.send(Outgoing("R-1:1:REMINDER:1:team:slack:C1", CHANNEL, called, thread="17.1"))
    await world.platform.chat.send(Outgoing("R-1:1:QUESTION:1:team:slack:C1", CHANNEL, called, thread="17.1"))
    broadcast, quiet = world.slack.messages["C1"]
    assert broadcast["reply_broadcast"] is True
    assert "reply_broadcast" not in quiet
    assert broadcast["text"].startswith("<@U0KAI> ")


async def test_who_has_no_account_in_the_catalogue_is_found_by_e_mail(world: World) -> None:
    world.slack.users["U0MIA"] = {"profile": {"email": "mia@acme.example"}}
    await world.platform.chat.send(Outgoing("k", CHANNEL, Message("x", mentions=("mia", "ben"))))
    await world.platform.chat.send(Outgoing("l", CHANNEL, Message("x", mentions=("mia",))))
    assert world.slack.messages["C1"][0]["text"] == "<@U0MIA> x"
    assert len(world.slack.called("users.lookupByEmail")) == 2


async def test_another_platform_s_place_is_refused(world: World) -> None:
    assert isinstance(await world.platform.chat.send(Outgoing("k", Place("teams", "x"), Message("x"))), Rejected)
    assert isinstance(await world.platform.chat.find("k", Place("teams", "x"), SINCE), CannotLook)
