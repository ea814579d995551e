"""What Slack delivers reaches the bot as it was meant, and the answer comes back in the shape that each kind takes."""

from dataclasses import replace

import pytest

from adapters.slack.modal import Origin
from bot.domain.people import ActorKind, Place
from bot.messages.heard import Asked, Errors, Filled, Open, Pressed, Quiet, Said, Say
from bot.messages.model import Bullets, Form, FormField, Heading, Message, Text
from bot.messages.words import say
from tests.adapters.slack_server import written
from tests.adapters.slack_world import World

SAY = Say(Message("GO: payments", (Heading("GO"), Text("all is well")), private=True))
FORM = Form("approve", "Approve", (FormField("reason", "Reason", "textarea"),), "1|approve|R-1|1||")
LONG = Say(Message("NO-GO", (Bullets(tuple(f"gap {n} {'x' * 80}" for n in range(300))),), private=True))


async def test_a_command_is_answered_in_the_acknowledgement_to_its_speaker_alone(world: World) -> None:
    world.answer = SAY
    body = await world.command("plan payments &amp; web <https://ci.example/91|run> to <@U0KAI|kai> in <#C1|payments>")
    assert isinstance(body, dict)
    assert (body["response_type"], body["text"]) == ("ephemeral", "GO: payments")
    (heard,) = world.heard
    assert isinstance(heard, Asked)
    assert (heard.verb, heard.words) == ("plan", "payments & web https://ci.example/91 to @kai in #payments")
    assert (heard.actor.person, heard.actor.kind, heard.place) == ("ana", ActorKind.HUMAN, Place("slack", "C1"))
    assert {name for name, _ in world.slack.calls} <= {"auth.test", "users.info", "usergroups.users.list"}


async def test_a_bare_command_asks_for_help_and_quiet_says_nothing(world: World) -> None:
    world.answer = Quiet()
    assert await world.command("") == ""
    assert isinstance(world.heard[0], Asked)
    assert world.heard[0].verb == "help"


async def test_a_command_opens_a_form_and_only_that_is_called_before_the_acknowledgement(world: World) -> None:
    world.answer = Open(FORM)
    assert await world.command("plan") == ""
    (opened,) = world.slack.called("views.open")
    assert opened["trigger_id"] == "13.1"
    assert opened["view"]["private_metadata"] == Origin(FORM.token, "C1").pack()
    world.slack.faults["views.open"].append("error:expired_trigger_id")
    body = await world.command("plan")
    assert isinstance(body, dict)
    assert body["text"] == say("chat.no_form_late")


async def test_a_press_opens_a_form_or_is_answered_to_its_presser_alone(world: World) -> None:
    world.answer = Open(FORM)
    assert await world.press(FORM.token) == ""
    assert len(world.slack.called("views.open")) == 1
    world.answer = SAY
    await world.press("1|go|R-1|1||", user="U0KAI")
    await world.settled()
    (hooked,) = world.slack.hooked
    assert (hooked["response_type"], hooked["replace_original"], hooked["thread_ts"]) == ("ephemeral", False, "17.1")
    first, second = world.heard
    assert isinstance(first, Pressed)
    assert isinstance(second, Pressed)
    assert (second.token, second.message, second.thread) == ("1|go|R-1|1||", "17.5", "17.1")
    assert second.actor.person == "kai"


async def test_a_press_without_an_address_is_answered_by_a_message_for_one(world: World) -> None:
    world.answer = SAY
    for url in ("", "https://evil.example/hook", "http://127.0.0.1:1/hook"):
        await world.press("1|go|R-1|1||", response_url=url)
    await world.settled()
    assert [c["user"] for c in world.slack.called("chat.postEphemeral")] == ["U0ANA"] * 3
    assert world.slack.hooked == []


async def test_a_long_answer_opens_as_a_window_and_its_files_go_to_the_person(world: World) -> None:
    world.answer = Say(replace(LONG.message, attachments=(("R-1-plan.md", "# plan"),)))
    await world.press("1|full_plan|R-1|||")
    await world.settled()
    (opened,) = world.slack.called("views.open")
    assert opened["view"]["callback_id"] == "shown"
    assert "gap 299" in written(opened["view"])
    assert [c["channel_id"] for c in world.slack.called("files.completeUploadExternal")] == ["D0ANA"]
    assert await world.command("audit R-1") == "", "typed, it opens as a window too"
    assert "gap 299" in written(world.slack.called("views.open")[1]["view"])
    world.slack.faults["views.open"].append("error:expired_trigger_id")
    body = await world.command("audit R-1")
    assert isinstance(body, dict)
    assert "The whole is in the attached file." in written(body)
    await world.settled()


async def test_a_form_keeps_its_errors_at_their_fields_then_shows_the_answer_in_its_place(world: World) -> None:
    view = {
        "type": "modal",
        "callback_id": "form",
        "private_metadata": Origin(FORM.token, "C1", "17.1").pack(),
        "state": {"values": {"reason": {"typed": {"type": "plain_text_input", "value": "ok"}}}},
    }
    world.answer = Errors({"reason": "Say why."}, FORM)
    assert await world.interact({"type": "view_submission", "view": view}) == {
        "response_action": "errors",
        "errors": {"reason": "Say why."},
    }
    world.answer = SAY
    body = await world.interact({"type": "view_submission", "view": view})
    assert isinstance(body, dict)
    assert body["response_action"] == "update"
    assert "all is well" in written(body["view"])
    world.answer = Open(FORM)
    body = await world.interact({"type": "view_submission", "view": view})
    assert isinstance(body, dict)
    assert body["view"]["callback_id"] == "form"
    world.answer = Quiet()
    assert await world.interact({"type": "view_submission", "view": view}) == ""
    heard = world.heard[-1]
    assert isinstance(heard, Filled)
    assert (heard.token, heard.values, heard.place.id, heard.thread) == (FORM.token, {"reason": "ok"}, "C1", "17.1")
    assert len({h.receipt for h in world.heard}) == 4


async def test_the_bot_hears_mentions_words_to_it_alone_and_nothing_else(world: World) -> None:
    world.answer = SAY
    base = {"user": "U0ANA", "ts": "17.9", "channel": "C1"}
    await world.event({"type": "app_mention", **base, "text": "<@U0BOT> release status R-1"})
    await world.event({"type": "message", **base, "ts": "18.0", "text": "<@U0BOT> release status R-1"})
    await world.event({"type": "message", **base, "ts": "18.1", "text": "lunch?"})
    await world.event({"type": "message", **base, "ts": "18.2", "text": "in a foreign thread", "thread_ts": "9.9"})
    await world.event({"type": "message", **base, "ts": "18.3", "bot_id": "B1", "text": "beep"})
    await world.event({"type": "message", **base, "ts": "18.4", "subtype": "message_changed", "text": "edited"})
    await world.event(
        {"type": "message", **base, "ts": "18.5", "channel": "D0ANA", "channel_type": "im", "text": "hold &lt;b&gt;"}
    )
    await world.settled()
    asked, said = world.heard
    assert isinstance(asked, Asked)
    assert (asked.verb, asked.words, asked.place.id) == ("status", "R-1", "C1")
    assert isinstance(said, Said)
    assert (said.text, said.place.id) == ("hold <b>", "U0ANA")
    (alone,) = world.slack.called("chat.postEphemeral")
    assert (alone["channel"], alone["user"], alone["thread_ts"]) == ("C1", "U0ANA", "17.9")
    assert len(world.slack.messages["D0ANA"]) == 1


async def test_an_event_that_comes_again_is_answered_once(world: World) -> None:
    world.answer = SAY
    event = {"type": "message", "user": "U0ANA", "ts": "18.5", "channel": "D0ANA", "channel_type": "im", "text": "hold"}
    for _ in range(3):
        await world.event(event)
    await world.settled()
    assert len(world.slack.messages["D0ANA"]) == 1


async def test_words_that_need_a_form_get_a_button_that_opens_it(world: World) -> None:
    world.answer = Open(FORM)
    event = {
        "type": "message",
        "user": "U0ANA",
        "ts": "18.5",
        "channel": "D0ANA",
        "channel_type": "im",
        "text": "approve",
    }
    await world.event(event)
    await world.settled()
    (kept,) = world.slack.messages["D0ANA"]
    (row,) = (b for b in kept["blocks"] if b["type"] == "actions")
    assert row["elements"][0]["value"] == FORM.token


async def test_a_message_is_used_as_evidence_with_its_link_and_its_words(world: World) -> None:
    fields = (FormField("link", "Link"), FormField("text", "Text"))
    world.answer = Open(replace(FORM, fields=fields))
    shortcut = {
        "type": "message_action",
        "callback_id": "use_as_evidence",
        "channel": {"id": "C1"},
        "message_ts": "17.5",
    }
    await world.interact(shortcut | {"message": {"ts": "17.5", "text": "drill ok, see <https://wiki.example/drill>"}})
    await world.interact(shortcut | {"message": {"ts": "17.5", "text": "drill ok"}, "message_ts": "17.000005"})
    first, second = (c["view"]["blocks"] for c in world.slack.called("views.open"))
    assert first[0]["element"]["initial_value"] == "https://wiki.example/drill"
    assert first[1]["element"]["initial_value"] == "drill ok, see https://wiki.example/drill"
    assert second[0]["element"]["initial_value"] == "https://acme.slack.com/archives/C1/p17000005"
    asked = world.heard[0]
    assert isinstance(asked, Asked)
    assert (asked.verb, asked.thread) == ("evidence", "17.5")
    world.answer = Open(FORM)
    await world.interact({"type": "shortcut", "callback_id": "plan_release"})
    assert len(world.slack.called("views.open")) == 3


@pytest.mark.parametrize(
    ("profile", "kind"),
    [
        ({"is_bot": True}, ActorKind.BOT),
        ({"is_restricted": True}, ActorKind.GUEST),
        ({"is_ultra_restricted": True}, ActorKind.GUEST),
        ({"is_stranger": True}, ActorKind.GUEST),
        ({"team_id": "T0OTHER"}, ActorKind.GUEST),
        ({"deleted": True}, ActorKind.GUEST),
    ],
)
async def test_guests_strangers_and_bots_have_no_rights_though_the_catalogue_names_them(
    world: World, profile: dict[str, object], kind: ActorKind
) -> None:
    world.slack.users["U0KAI"] = profile
    await world.press("1|go|R-1|1||", user="U0KAI")
    assert world.heard[0].actor.kind is kind
    await world.press("1|go|R-1|1||", user="U0ANA")
    assert world.heard[1].actor.kind is ActorKind.HUMAN


async def test_somebody_of_another_company_in_a_shared_channel_is_a_guest(world: World) -> None:
    action = {"type": "button", "action_id": "press:0:go", "value": "1|go|R-1|1||"}
    user = {"id": "U0KAI", "team_id": "T0OTHER"}
    await world.interact({"type": "block_actions", "actions": [action], "channel": {"id": "C1"}, "user": user})
    assert world.heard[0].actor.kind is ActorKind.GUEST
    assert world.slack.called("users.info") == []


async def test_a_verified_address_links_and_an_unconfirmed_one_does_not(world: World) -> None:
    world.slack.users["U0MIA"] = {"profile": {"email": "mia@acme.example"}}
    world.slack.users["U0BEN"] = {"profile": {"email": "ben@acme.example"}, "is_email_confirmed": False}
    await world.command("status", user="U0MIA")
    await world.command("status", user="U0BEN")
    assert [h.actor.person for h in world.heard] == ["mia", ""]


async def test_a_profile_that_slack_does_not_give_leaves_the_catalogue_s_word(world: World) -> None:
    world.slack.faults["users.info"].append("500")
    await world.command("status")
    assert world.heard[0].actor.person == "ana"


async def test_another_workspace_is_not_served(world: World) -> None:
    body = await world.command("status", team="T0OTHER")
    assert isinstance(body, dict)
    assert body["text"] == say("chat.not_here")
    await world.event(
        {"type": "message", "user": "U1", "ts": "1.1", "channel": "D1", "channel_type": "im", "text": "x"}, "T0OTHER"
    )
    assert world.heard == []


async def test_a_bot_that_was_taken_out_serves_the_workspace_no_more(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await world.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}})
    await world.event({"type": "app_uninstalled"}, "HOSTILE")
    assert "HOSTILE" not in caplog.text
    assert await world.command("status") == ""
    await world.event({"type": "app_uninstalled"})
    body = await world.command("status")
    assert isinstance(body, dict)
    assert body["text"] == say("chat.not_here")


async def test_home_shows_what_waits_and_a_stranger_nothing(world: World) -> None:
    await world.event({"type": "app_home_opened", "user": "U0ANA", "tab": "home"})
    await world.event({"type": "app_home_opened", "user": "U0NOBODY", "tab": "home"})
    await world.event({"type": "app_home_opened", "user": "U0ANA", "tab": "messages"})
    await world.event({"type": "app_home_opened", "user": "[1]", "tab": "home"})
    await world.settled()
    shown = {c["user_id"]: written(c["view"]) for c in world.slack.called("views.publish")}
    assert len(world.slack.called("views.publish")) == 2
    assert say("home.nothing_waits") in shown["U0ANA"]
    assert say("home.stranger") in shown["U0NOBODY"]
    assert say("home.mine") not in shown["U0NOBODY"]
