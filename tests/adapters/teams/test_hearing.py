"""Words, presses and forms as Teams delivers them, and the answers in the shape that Teams takes."""

from typing import Any

import pytest

from adapters.teams.render import REFRESH
from bot.domain.people import ActorKind, Place
from bot.messages.full_plan import full_plan
from bot.messages.heard import Asked, Errors, Filled, Open, Pressed, Said, Say
from bot.messages.model import Actions, Button, Form, FormField, Heading, Message, Text
from bot.ports import Outgoing, Sent
from tests.adapters.teams_oracles import faults, texts
from tests.adapters.teams_server import APP
from tests.adapters.teams_world import CHANNEL, IDS, World
from tests.golden import releases as r

FORM = Form("approve", "Approve", (FormField("reason", "Reason", "textarea"),), "1|approve|R-1|1||")


def shown(world: World) -> list[dict[str, Any]]:
    """The cards that were posted."""
    return [a["attachments"][0]["content"] for _, _, _, a in world.teams.posted]


async def test_only_the_mention_s_own_text_is_taken_out(world: World) -> None:
    await world.say("release plan T-Minus 2.4.1 for <at>T-Minus</at>ers&nbsp;now")
    heard = world.heard[0]
    assert isinstance(heard, Asked)
    assert (heard.verb, heard.words) == ("plan", "T-Minus 2.4.1 for <at>T-Minus</at>ers now")
    assert (heard.place.id, heard.thread) == (CHANNEL, "77")
    assert heard.actor.person == "ana"


async def test_somebody_else_who_is_mentioned_is_named_as_in_the_roster(world: World) -> None:
    kai = {"type": "mention", "text": "<at>Kai W</at>", "mentioned": {"id": "29:kai", "aadObjectId": IDS["kai"]}}
    await world.say("release owner R-1 <at>Kai W</at>", alone=True, entities=[kai])
    heard = world.heard[0]
    assert isinstance(heard, Asked)
    assert heard.words == "R-1 @kai"
    assert heard.place.id == IDS["ana"]
    assert heard.thread is None


async def test_a_command_copied_out_of_a_card_is_heard_without_a_real_mention(world: World) -> None:
    await world.say("@T-Minus release hold R-1 the database is slow today", alone=True)
    await world.say("@t-minus Approve-Risk: the copy of the data was restored", alone=True)
    asked, said = world.heard
    assert isinstance(asked, Asked)
    assert (asked.verb, asked.words) == ("hold", "R-1 the database is slow today")
    assert isinstance(said, Said)
    assert said.text == "Approve-Risk: the copy of the data was restored"


async def test_free_words_are_said_and_a_bare_release_asks_for_help(world: World) -> None:
    await world.say("no data change", alone=True)
    await world.say("/release", alone=True)
    said, asked = world.heard
    assert isinstance(said, Said)
    assert said.text == "no data change"
    assert isinstance(asked, Asked)
    assert asked.verb == "help"


async def test_an_answer_stands_in_the_thread_and_a_private_one_in_the_person_s_own_chat(world: World) -> None:
    world.answer = Say(Message("GO", (Heading("GO"),)))
    await world.say("release status R-1")
    assert world.teams.posted[0][:2] == ("POST", f"{CHANNEL};messageid=77")
    world.answer = Say(Message("Only for you", private=True))
    await world.say("release status R-1")
    assert [p[1] for p in world.teams.posted[1:]] == ["a:29:ana", f"{CHANNEL};messageid=77"]
    assert "Only for you" in set(texts(shown(world)[1]))
    assert "Only for you" not in set(texts(shown(world)[2]))
    await world.say("release status R-1")
    assert [p[1] for p in world.teams.posted[3:]] == ["a:29:ana"], "the thread says where the answers are once"
    await world.say("release status R-1", "kai")
    assert [p[1] for p in world.teams.posted[4:]] == ["a:29:kai", f"{CHANNEL};messageid=77"]


async def test_a_document_that_a_press_asks_for_is_sent_whole_to_the_person_s_own_chat(world: World) -> None:
    await world.say("release help")
    plan = full_plan(r.view(r.risky()))
    world.answer = Say(plan)
    body = await world.act("press", {"t": "1|full_plan|R-142|0||"})
    names = [b.text for b in plan.blocks if isinstance(b, Heading)]
    left_out = next(t for t in texts(body["value"]) if t.startswith("Left out to fit one card: "))
    assert any(name in left_out for name in names)
    await world.settled()
    sent = [p[1] for p in world.teams.posted]
    assert len(sent) > 1
    assert set(sent) == {"a:29:ana"}
    told = [t for one in shown(world) for t in texts(one)]
    assert [t for t in told if t in names] == names


async def test_somebody_without_an_account_is_called_by_name_in_words(world: World) -> None:
    message = Message("GO", (Heading("GO"), Text("x")), mentions=("ana", "mia"))
    await world.say("release help")
    await world.platform.chat.send(Outgoing("k1", Place("teams", CHANNEL), message))
    card = shown(world)[-1]
    assert "Mia" in set(texts(card))
    assert [e["mentioned"]["name"] for e in card["msteams"]["entities"]] == ["Ana"]


async def test_where_nobody_can_be_written_to_alone_the_thread_says_what_to_do(world: World) -> None:
    world.answer = Say(Message("Only for you", private=True))
    world.teams.faults = [(200, {}, {"email": "x"}), (403, {}, {"error": {"code": "MessageWritesBlocked"}})]
    await world.say("release status R-1")
    assert [p[1] for p in world.teams.posted] == [f"{CHANNEL};messageid=77"]
    assert any("Open a chat with T-Minus once" in t for t in texts(shown(world)[0]))


async def test_a_delivery_that_comes_twice_is_answered_once(world: World) -> None:
    world.answer = Say(Message("GO"))
    same = world.activity(text="release status", alone=True)
    for _ in range(3):
        assert (await world.post(same))[0] == 202
    await world.settled()
    assert len(world.teams.posted) == 1


async def test_a_press_opens_the_form_in_the_presser_s_card_and_errors_stand_at_the_field(world: World) -> None:
    world.answer = Open(FORM)
    body = await world.act("press", {"t": "1|approve|R-1|1||"})
    assert (body["statusCode"], body["type"]) == (200, "application/vnd.microsoft.card.adaptive")
    assert faults(body["value"]) == []
    pressed = world.heard[0]
    assert isinstance(pressed, Pressed)
    assert (pressed.token, pressed.message, pressed.thread) == ("1|approve|R-1|1||", "78", "77")
    world.answer = Errors({"reason": "At least 15 characters."}, FORM)
    body = await world.act("fill", {"t": FORM.token, "f.reason": "ok"})
    assert "⚠ At least 15 characters." in set(texts(body["value"]))
    world.answer = Say(Message("Approved", private=True))
    body = await world.act("fill", {"t": FORM.token, "f.reason": "a reason that is long enough"})
    filled = world.heard[-1]
    assert isinstance(filled, Filled)
    assert filled.values == {"reason": "a reason that is long enough"}
    assert "Approved" in set(texts(body["value"]))
    assert world.teams.posted == []


async def test_cancel_shows_the_release_as_it_is_now(world: World) -> None:
    world.shown = r.view(r.possible())
    body = await world.act("back", {"t": "1|approve|R-142|1||"})
    assert faults(body["value"]) == []
    assert any("R-142" in t for t in texts(body["value"]))
    assert world.heard == []
    body = await world.act("back", {"t": "no token"})
    assert "Closed. Nothing was changed." in set(texts(body["value"]))


async def test_a_dialog_shows_the_form_its_errors_and_the_answer(world: World) -> None:
    world.answer = Open(FORM)
    body = await world.invoke("task/fetch", {"data": {"t": FORM.token}})
    assert body["task"]["type"] == "continue"
    assert faults(body["task"]["value"]["card"]["content"]) == []
    world.answer = Errors({"reason": "Too short."}, FORM)
    body = await world.invoke("task/submit", {"data": {"t": FORM.token, "v": "fill", "f.reason": "x"}})
    assert "⚠ Too short." in set(texts(body["task"]["value"]["card"]["content"]))
    world.answer = Say(Message("Approved"))
    body = await world.invoke("task/submit", {"data": {"t": FORM.token, "f.reason": "long enough for everybody"}})
    assert body["task"]["value"]["title"] == "Approved"


async def test_a_client_without_execute_sends_the_same_as_a_message(world: World) -> None:
    world.answer = Open(FORM)
    await world.post(world.activity(value={"v": "press", "t": "1|approve|R-1|1||"}, replyToId="78", alone=True))
    await world.settled()
    assert isinstance(world.heard[0], Pressed)
    assert faults(shown(world)[0]) == []


async def test_another_s_action_decides_nothing(world: World) -> None:
    body = await world.act("delete everything", {"t": "x"})
    assert body["type"] == "application/vnd.microsoft.activity.message"
    assert world.heard == []
    status, _ = await world.post(world.activity(kind="invoke", name="composeExtension/query", value={}))
    assert status == 501


async def test_a_refresh_of_a_card_that_nobody_knows_is_answered_with_words(world: World) -> None:
    body = await world.act(REFRESH, {"k": "unknown"})
    assert body["type"] == "application/vnd.microsoft.activity.message"


@pytest.mark.parametrize(
    ("account", "member", "kind"),
    [
        ({"id": f"28:{APP}x"}, {}, ActorKind.BOT),
        ({"id": "29:anon"}, {}, ActorKind.GUEST),
        ({"id": "29:lena", "aadObjectId": IDS["lena"]}, {"userRole": "guest"}, ActorKind.GUEST),
        (
            {"id": "29:lena", "aadObjectId": IDS["lena"]},
            {"userRole": "user", "userPrincipalName": "lena_x#EXT#@acme.example"},
            ActorKind.GUEST,
        ),
        (
            {"id": "29:lena", "aadObjectId": IDS["lena"]},
            {"userRole": "user", "tenantId": "another"},
            ActorKind.GUEST,
        ),
        (
            {"id": "29:lena", "aadObjectId": IDS["lena"]},
            {"userRole": "user", "email": "lena@acme.example"},
            ActorKind.HUMAN,
        ),
    ],
)
async def test_guests_strangers_and_bots_act_as_such(
    world: World, account: dict[str, str], member: dict[str, str], kind: ActorKind
) -> None:
    world.teams.members[account["id"]] = {"id": account["id"], **member}
    more: dict[str, Any] = {"from": account}
    await world.act("press", {"t": "1|go|R-1|1||"}, **more)
    assert world.heard[0].actor.kind is kind


async def test_a_person_is_known_by_a_mail_on_a_verified_domain(world: World) -> None:
    world.teams.members["29:sam"] = {"email": world.given.catalog().roster.people["mia"].email}
    await world.say("release status", "sam", alone=True)
    assert world.heard[0].actor.person == "mia"


async def test_installing_says_hello_and_removing_forgets(world: World) -> None:
    await world.post(world.activity(kind="installationUpdate", action="add"))
    await world.settled()
    assert any("@T-Minus release help" in t for t in texts(shown(world)[0]))
    assert CHANNEL in await world.given.notebook.all("teams.places")
    await world.post(world.activity(kind="installationUpdate", action="remove"))
    assert CHANNEL not in await world.given.notebook.all("teams.places")


async def test_a_newer_version_of_the_app_says_no_hello_again_and_forgets_nothing(world: World) -> None:
    await world.say("release help")
    for action in ("remove-upgrade", "add-upgrade"):
        await world.post(world.activity(kind="installationUpdate", action=action))
    await world.settled()
    assert world.teams.posted == []
    assert CHANNEL in await world.given.notebook.all("teams.places")


async def test_an_edited_message_is_not_heard_and_its_author_is_told_so(world: World) -> None:
    await world.say("release status R-1")
    same = world.activity(kind="messageUpdate", text="<at>T-Minus</at> release hold R-1", id="i1")
    for event in ("editMessage", "editMessage", "undeleteMessage"):
        await world.post({**same, "channelData": {**same["channelData"], "eventType": event}})
    await world.settled()
    assert len(world.heard) == 1
    told = [t for card in shown(world) for t in texts(card) if "the new words were not recorded" in t]
    assert len(told) == 1, "once for each edit"
    await world.say("release hold R-1")
    assert len(world.heard) == 2


async def test_few_see_the_buttons_and_fetch_them_by_a_refresh(world: World) -> None:
    await world.say("release help", "kai")
    ask = Actions((Button("approve", "Approve…", "1|approve|R-1|1||"),))
    message = Message("Approve", (Heading("Approve"), Text("x"), ask), mentions=("kai",))
    sent = await world.platform.chat.send(Outgoing("R-1:1:ASK", Place("teams", CHANNEL), message))
    assert isinstance(sent, Sent)
    base = shown(world)[-1]
    assert base["refresh"]["userIds"] == ["29:kai"]
    body = await world.act(REFRESH, base["refresh"]["action"]["data"], "kai")
    assert "1|approve|R-1|1||" in str(body["value"])
    assert "1|approve|R-1|1||" not in str(base)
