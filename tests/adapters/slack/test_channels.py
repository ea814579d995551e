"""What becomes of a channel, and of the bot's own place in the workspace: each is told clearly, and mended by what it says."""

from bot.domain.people import Place
from bot.messages.model import Heading, Message
from bot.ports import Outgoing, Rejected, SendResult, Sent
from tests.adapters.slack_server import TEAM
from tests.adapters.slack_world import World

CHANNEL = Place("slack", "C9")


async def sent(world: World) -> SendResult:
    return await world.platform.chat.send(
        Outgoing("R-1:1:T-30:1:team:slack:C9", CHANNEL, Message("GO", (Heading("GO"),)))
    )


async def test_a_channel_is_reached_once_it_is_there_and_by_its_id_whatever_its_name(world: World) -> None:
    assert await sent(world) == Rejected("channel_not_found", "channel_not_found")
    world.slack.channels["C9"] = {"id": "C9", "name": "payments"}
    assert isinstance(await sent(world), Sent)
    world.slack.channels["C9"]["name"] = "payments-releases"
    assert isinstance(await sent(world), Sent)


async def test_a_channel_that_is_archived_takes_posts_again_once_it_is_not(world: World) -> None:
    world.slack.channels["C9"] = {"id": "C9", "is_archived": True}
    assert await sent(world) == Rejected("archived", "is_archived")
    world.slack.channels["C9"]["is_archived"] = False
    assert isinstance(await sent(world), Sent)


async def test_a_channel_that_is_made_private_takes_posts_once_it_invited_the_bot(world: World) -> None:
    world.slack.channels["C9"] = {"id": "C9", "is_private": True}
    assert await sent(world) == Rejected("channel_not_found", "channel_not_found")
    world.slack.channels["C9"]["is_member"] = True
    assert isinstance(await sent(world), Sent)


async def test_what_is_due_after_an_uninstall_is_refused_as_revoked_until_the_app_is_back(world: World) -> None:
    world.slack.channels["C9"] = {"id": "C9"}
    await world.event({"type": "app_uninstalled"})
    world.slack.faults["auth.test"].append("error:account_inactive")
    answer = await sent(world)
    assert isinstance(answer, Rejected)
    assert answer.code == "revoked"
    assert world.slack.messages["C9"] == []
    assert isinstance(await sent(world), Sent)
    assert [one.team for one in world.platform._installations.all()] == [TEAM]


async def test_a_token_that_was_revoked_without_a_word_is_told_by_the_next_post(world: World) -> None:
    world.slack.channels["C9"] = {"id": "C9"}
    world.slack.faults["chat.postMessage"].append("error:token_revoked")
    answer = await sent(world)
    assert isinstance(answer, Rejected)
    assert answer.code == "revoked"
    assert isinstance(await sent(world), Sent)
