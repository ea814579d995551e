"""An answer that Slack does not take goes another way or is told in the log, and the next one gets through."""

import asyncio
import json
import logging
from dataclasses import replace

import pytest

from adapters.slack import hearing
from adapters.slack.api import Api, Unsure
from bot.domain.people import Place
from bot.messages.heard import Errors, Open, Say
from bot.messages.model import Bullets, Form, FormField, Message, Text
from bot.messages.words import say
from bot.ports import Ambiguous, CannotLook, NotFound, Outgoing, Rejected, SendResult, Sent, Throttled
from tests.adapters.slack_server import written
from tests.adapters.slack_world import World

GO = "1|go|R-1|1||"
FORM = Form("approve", "Approve", (FormField("reason", "Reason", "textarea"),), "1|approve|R-1|1||")
SAY = Say(Message("done", (Text("all is well"),), private=True))
FILES = Say(replace(SAY.message, attachments=(("R-1-plan.md", "# plan"),)))
WORDS = {"type": "message", "user": "U0ANA", "ts": "18.5", "channel": "D0ANA", "channel_type": "im", "text": "hold"}


async def sent(world: World, place: str = "C1") -> SendResult:
    return await world.platform.chat.send(Outgoing("k", Place("slack", place), Message("GO", (Text("well"),))))


async def test_a_form_that_does_not_open_is_said_to_the_presser_and_opens_with_the_next_press(world: World) -> None:
    world.answer = Open(FORM)
    fault, why = {"error:expired_trigger_id": "late", "500": "unsure", "429": "fast"}, {"why": "invalid_arguments"}
    refused = {"error:token_revoked": "rights", "error:missing_scope": "rights", "error:invalid_arguments": "refused"}
    for wrong in fault | refused:
        world.slack.faults["views.open"].append(wrong)
        assert await world.press(FORM.token) == ""
        await world.settled()
    assert await world.press(FORM.token, trigger_id=7) == "", "a trigger that is none opens nothing"
    await world.settled()
    said = [h["text"] for h in world.slack.hooked]
    rights = [say("chat.no_form_rights", {"why": code}) for code in ("token_revoked", "missing_scope")]
    first = [say("chat.no_form_late"), say("chat.no_form_unsure"), say("chat.no_form_fast", {"seconds": "7"})]
    assert said == [*first, *rights, say("chat.no_form_refused", why), say("chat.no_form_late")]
    assert await world.press(FORM.token) == ""
    assert len(world.slack.called("views.open")) == 7


async def test_a_command_whose_acknowledgement_may_come_too_late_is_answered_at_its_address_too(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    world.answer = SAY
    monkeypatch.setattr(hearing, "LATE_S", 1000.0)
    await world.command("status")
    await world.settled()
    assert world.slack.hooked == []
    monkeypatch.setattr(hearing, "LATE_S", 0.0)
    acknowledged = await world.command("status")
    await world.settled()
    assert world.slack.hooked == [acknowledged]
    world.answer = Open(FORM)
    assert await world.command("plan") == "", "the form stands: there is nothing to say"
    world.answer, world.slack.hook_status = SAY, 404
    await world.command("status")
    await world.settled()
    assert "was not taken at its address" in caplog.text


async def test_a_form_with_errors_says_them_on_top_when_it_opens(world: World) -> None:
    world.answer = Errors({"reason": "Say why."}, FORM)
    assert await world.press(FORM.token) == ""
    assert await world.command("approve R-1") == ""
    for opened in world.slack.called("views.open"):
        assert "Say why." in written(opened["view"])
        assert opened["view"]["blocks"][-1]["block_id"] == "reason"


async def test_a_press_whose_address_does_not_take_the_answer_gets_a_message_for_one(world: World) -> None:
    world.answer = SAY
    world.slack.hook_status = 404
    await world.press(GO)
    await world.settled()
    assert len(world.slack.called("chat.postEphemeral")) == 1
    world.slack.hook_status = 200
    await world.press(GO)
    await world.settled()
    assert len(world.slack.called("chat.postEphemeral")) == 1


async def test_an_address_that_breaks_off_may_have_been_heard_and_nothing_is_said_twice(world: World) -> None:
    world.answer = SAY
    world.slack.hook_status = 0
    await world.press(GO)
    await world.settled()
    assert world.slack.called("chat.postEphemeral") == []
    await world.press(GO, response_url="http://[::")
    await world.settled()
    assert len(world.slack.called("chat.postEphemeral")) == 1, "what is no address is none of Slack's"


@pytest.mark.parametrize("fault", ["error:restricted_action", "429", "500"])
async def test_an_answer_that_does_not_get_through_is_told_in_the_log_without_its_words(
    world: World, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    world.answer = SAY
    world.slack.faults["chat.postEphemeral"].append(fault)
    await world.press(GO, response_url="")
    await world.settled()
    (line,) = [r.getMessage() for r in caplog.records if "did not get through" in r.getMessage()]
    assert "all is well" not in caplog.text
    assert line.startswith("an answer did not get through: ")
    await world.press(GO, response_url="")
    await world.settled()
    assert len(world.slack.called("chat.postEphemeral")) == 2


async def test_an_answer_that_was_too_fast_is_given_once_more_after_the_time_that_slack_names(world: World) -> None:
    world.answer = SAY
    world.slack.retry_after = "0"
    world.slack.faults["chat.postEphemeral"].append("429")
    await world.press(GO, response_url="")
    await world.settled()
    assert len(world.slack.called("chat.postEphemeral")) == 2
    world.slack.faults["chat.postEphemeral"].extend(["429", "429"])
    await world.press(GO, response_url="")
    await world.settled()
    assert len(world.slack.called("chat.postEphemeral")) == 4


async def test_words_that_need_a_form_with_errors_get_them_beside_the_button(world: World) -> None:
    world.answer = Errors({"reason": "Say why."}, FORM)
    await world.event(WORDS)
    await world.settled()
    (kept,) = world.slack.messages["D0ANA"]
    assert "Say why." in written(kept)
    assert kept["blocks"][-1]["elements"][0]["value"] == FORM.token


async def test_many_different_answers_are_drawn_and_the_oldest_are_forgotten(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.replies._MOST_SHOWN", 4)
    for number in range(7):
        world.answer = Say(Message(f"answer {number}", private=True))
        assert f"answer {number}" in json.dumps(await world.command("status"))
    assert len(world.platform._hearing._replies._shown) == 4


async def test_a_conversation_that_is_not_opened_and_a_post_without_a_name_are_unsure(world: World) -> None:
    world.slack.odd["conversations.open"] = {"channel": {"id": 7}}
    assert await sent(world, "U0KAI") == Throttled(5.0)
    world.slack.odd["chat.postMessage"] = {"ts": ""}
    assert isinstance(await sent(world), Ambiguous)
    world.slack.odd.clear()
    assert isinstance(await sent(world, "U0KAI"), Sent)
    assert isinstance(await sent(world), Sent)


@pytest.mark.parametrize(("fault", "kind"), [("429", Throttled), ("500", Ambiguous), ("error:is_archived", Rejected)])
async def test_blocks_that_are_refused_and_then_the_text_too_end_as_the_text_did(
    world: World, fault: str, kind: type
) -> None:
    world.slack.faults["chat.postMessage"].extend(["error:invalid_blocks", fault])
    assert isinstance(await sent(world), kind)
    assert isinstance(await sent(world), Sent)


async def test_a_history_without_an_end_is_given_up_and_one_with_an_end_is_read(world: World) -> None:
    world.slack.odd["conversations.history"] = {
        "messages": [{"ts": "1.1"}, 7],
        "response_metadata": {"next_cursor": "1"},
    }
    since = world.given.clock.now()
    look = await world.platform.chat.find("k", Place("slack", "C1"), since)
    assert look == CannotLook("too much to look through")
    world.slack.odd["conversations.history"] = {"messages": {}, "response_metadata": []}
    assert await world.platform.chat.find("k", Place("slack", "C1"), since) == NotFound()


async def test_what_never_ends_fitting_stops_after_five_parts(world: World) -> None:
    endless = Message("NO-GO", (Bullets(tuple(f"gap {n} {'x' * 1500}" for n in range(200))),))
    assert isinstance(await world.platform.chat.send(Outgoing("k", Place("slack", "C1"), endless)), Sent)
    assert len(world.slack.messages["C1"]) == 6


async def test_a_body_that_is_no_object_and_a_session_that_is_shut_are_unsure(world: World) -> None:
    world.slack.faults["chat.postMessage"].append("bytes")
    assert isinstance(await sent(world), Ambiguous)
    shut = Api(world.slack.base.rstrip("/"))
    await shut.stop()
    with pytest.raises(Unsure, match="not open"):
        await shut.call("xoxb", "auth.test")
    await shut.start()
    await shut.start()
    assert (await shut.call("xoxb", "auth.test"))["ok"] is True
    await shut.stop()


async def test_a_home_that_slack_does_not_take_is_drawn_again_after_what_is_heard(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("adapters.slack.home.PAUSE_S", 0.01)
    world.slack.faults["views.publish"].append("500")
    await world.event({"type": "app_home_opened", "user": "U0ANA", "tab": "home"})
    await world.settled()
    assert "Home could not be drawn: Unsure" in caplog.text
    await asyncio.gather(world.command("status"), world.command("status"))
    await world.settled()
    assert len(world.slack.called("views.publish")) == 2


async def test_what_bolt_itself_cannot_take_is_no_error_to_slack(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    bolt = world.platform._bolt
    assert bolt is not None
    world.platform._bolt = _Falling()  # type: ignore[assignment]  # stands for a fault of bolt's own
    with caplog.at_level(logging.ERROR):
        assert await world.command("status") == ""
    assert "could not be handled" in caplog.text
    world.platform._bolt = bolt
    await world.command("status")
    assert len(world.heard) == 1


class _Falling:
    async def async_dispatch(self, _: object) -> None:
        msg = "broken"
        raise RuntimeError(msg)
