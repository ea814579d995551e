"""Files beside an answer: where one of the steps fails the person is told, and nothing goes to a host that is not Slack's."""

import json
from dataclasses import replace

import pytest

from adapters.slack import files
from adapters.slack.api import Api
from bot.messages.heard import Say
from bot.messages.model import Message, Text
from bot.messages.words import say
from tests.adapters.slack_server import written
from tests.adapters.slack_world import World

SAY = Say(Message("done", (Text("all is well"),), private=True))
PLAN = Say(replace(SAY.message, attachments=(("R-1-plan.md", "# plan"), ("R-1-plan.html", "<h1>plan</h1>"))))
WORDS = {"type": "message", "user": "U0ANA", "ts": "18.5", "channel": "D0ANA", "channel_type": "im", "text": "plan?"}
STEPS = ("conversations.open", "files.getUploadURLExternal", "files.completeUploadExternal")


async def asked(world: World) -> list[bool]:
    """The answer stands whatever becomes of its files. For each line that followed for one: does it say that they failed?"""
    before = len(world.slack.called("chat.postEphemeral"))
    assert "all is well" in json.dumps(await world.command("audit R-1"))
    await world.settled()
    return [say("chat.attach_failed") in written(one) for one in world.slack.called("chat.postEphemeral")[before:]]


@pytest.mark.parametrize("method", STEPS)
@pytest.mark.parametrize("fault", ["error:internal", "500", "drop", "429"])
async def test_who_asked_is_told_of_files_that_did_not_arrive_and_gets_them_when_asking_again(
    world: World, method: str, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    world.answer = PLAN
    world.slack.faults[method].append(fault)
    assert await asked(world) == [True]
    assert "files could not be attached" in caplog.text
    assert "# plan" not in caplog.text
    assert await asked(world) == []
    assert world.slack.called("files.completeUploadExternal")[-1]["channel_id"] == "D0ANA"


async def test_bytes_that_are_not_taken_are_told_too(world: World) -> None:
    world.answer = PLAN
    world.slack.upload_status = 500
    assert await asked(world) == [True]
    assert world.slack.called("files.completeUploadExternal") == [], "half of them is shared nowhere"
    world.slack.upload_status = 200
    assert await asked(world) == []
    assert len(world.slack.called("files.completeUploadExternal")) == 1


async def test_a_short_wait_that_slack_asks_for_is_kept_and_the_files_arrive(world: World) -> None:
    world.answer = PLAN
    world.slack.retry_after = "0"
    for method in STEPS[1:]:
        world.slack.faults[method].append("429")
    assert await asked(world) == []
    assert len(world.slack.called("files.completeUploadExternal")) == 2
    assert files.PATIENCE_S < 7, "the seconds that the others are asked to wait for"


async def test_who_asked_in_a_direct_message_is_told_there(world: World) -> None:
    world.answer = PLAN
    world.slack.faults["files.completeUploadExternal"].append("500")
    await world.event(WORDS)
    await world.settled()
    assert [say("chat.attach_failed") in written(m) for m in world.slack.messages["D0ANA"]] == [False, True]


@pytest.mark.parametrize(
    "host", ["http://127.0.0.1:1/", "https://files.slack.com.evil.example/", "http://files.slack.com/", "http://["]
)
async def test_no_file_is_sent_to_a_host_that_is_none_of_slack_s(world: World, host: str) -> None:
    world.answer = PLAN
    world.slack.upload_to = host
    assert await asked(world) == [True]
    assert world.slack.called("upload") == []
    world.slack.upload_to = ""
    assert await asked(world) == []


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("https://hooks.slack.com/actions/T1/2/x", True),
        ("http://hooks.slack.com/actions/T1/2/x", False),
        ("https://hooks.slack.com.evil.example/x", False),
        ("https://hooks.slack.com@evil.example/x", False),
        ("https://evil.example@hooks.slack.com/x", False),
        ("https://hooks.slack.com:8443/x", False),
        ("https://evil.example/hooks.slack.com", False),
        ("https://slack.com/x", True),
        ("//hooks.slack.com/x", False),
        ("https://[", False),
    ],
)
def test_an_answer_goes_only_to_slack_s_own_hosts_by_https(url: str, *, ours: bool) -> None:
    assert Api().own(url, frozenset({"hooks.slack.com"})) is ours
