"""Say, press, fill over HTTP: the contract of the sandbox's page."""

import asyncio

from bot.messages.heard import Asked, Filled, Pressed, Said
from tests.adapters.sandbox.conftest import Caller
from tests.adapters.sandbox_world import World, approve

MESSAGE_KEYS = {
    "id", "place", "thread", "author", "to", "text", "blocks", "buttons", "revision", "posted_at", "edited_at",
}  # fmt: skip
REASON = "the lock lasts two seconds in staging"


async def test_answers_hold_the_private_answer_and_what_came_through_the_outbox_in_order(
    call: Caller, world: World
) -> None:
    status, said = await call.post("/api/say", person="ana", place="#payments", text="/release plan payments 2.4.1")
    assert status == 200
    assert said["form"] is None
    private, card = said["answers"]
    assert (private["text"], private["to"]) == ("Checking 5 sources.", "ana")
    assert (card["to"], card["author"], card["revision"], card["thread"]) == (None, "t-minus", 1, None)
    assert set(card) == MESSAGE_KEYS
    assert card["buttons"] == [
        {
            "id": "approve_risk",
            "label": "⚠ Approve risk for payments 2.4.1…",
            "style": "danger",
            "token": approve().token,
        }
    ]
    assert [block["type"] for block in card["blocks"]] == [
        "heading", "fields", "text", "bullets", "table", "code", "link", "divider", "actions", "context", "mentions",
    ]  # fmt: skip
    assert card["posted_at"] == "2026-11-24T13:00:00Z"
    assert card["edited_at"] is None
    heard = world.bot.heard[0]
    assert isinstance(heard, Asked)
    assert (heard.verb, heard.words, heard.actor.person) == ("plan", "payments 2.4.1", "ana")


async def test_a_form_keeps_what_was_typed_until_it_is_right_and_then_the_card_changes_in_place(call: Caller) -> None:
    card = await call.plan()
    status, pressed = await call.post("/api/press", person="kai", message=card, button="approve_risk")
    form = pressed["form"]
    assert (status, pressed["answers"]) == (200, [])
    assert {"id", "title", "fields"} <= set(form)
    assert {"name", "label", "kind", "required", "choices", "value"} <= set(form["fields"][0])
    status, refused = await call.post("/api/fill", person="kai", form=form["id"], values={"reason": "ok"})
    assert (status, refused["errors"]) == (200, {"reason": "At least 15 characters are needed."})
    assert refused["form"]["id"] == form["id"]
    assert refused["form"]["fields"][0]["value"] == "ok"
    status, filled = await call.post("/api/fill", person="kai", form=form["id"], values={"reason": REASON})
    assert (status, filled["errors"]) == (200, {})
    recorded, revised = filled["answers"]
    assert recorded["text"] == "Recorded."
    assert (revised["id"], revised["revision"], revised["buttons"]) == (card, 2, [])
    assert revised["edited_at"] == "2026-11-24T13:00:00Z"


async def test_a_button_that_is_gone_answers_with_the_state(call: Caller, world: World) -> None:
    card = await call.plan()
    _, pressed = await call.post("/api/press", person="kai", message=card, button="approve_risk")
    await call.post("/api/fill", person="kai", form=pressed["form"]["id"], values={"reason": REASON})
    status, gone = await call.post("/api/press", person="lena", message=card, button="approve_risk")
    assert (status, [m["text"] for m in gone["answers"]]) == (200, ["R-1 is approved."])
    asked = world.bot.heard[-1]
    assert isinstance(asked, Asked)
    assert asked.thread == card


async def test_a_token_presses_an_old_copy_of_a_button(call: Caller, world: World) -> None:
    card = await call.plan()
    _, pressed = await call.post("/api/press", person="kai", message=card, button="approve_risk")
    await call.post("/api/fill", person="kai", form=pressed["form"]["id"], values={"reason": REASON})
    old = approve(revision=7).token
    status, stale = await call.post("/api/press", person="lena", message=card, button="approve_risk", token=old)
    assert (status, stale["answers"][0]["text"]) == (200, "Already approved.")
    heard = world.bot.heard[-1]
    assert isinstance(heard, Pressed)
    assert heard.token == old


async def test_private_answers_and_direct_messages_are_seen_by_their_person_alone(call: Caller) -> None:
    card = await call.plan()
    _, pressed = await call.post("/api/press", person="kai", message=card, button="approve_risk")
    await call.post("/api/fill", person="kai", form=pressed["form"]["id"], values={"reason": REASON})
    _, anas = await call.get("/api/messages", place="#payments", person="ana")
    assert [m["text"] for m in anas if m["to"]] == ["Checking 5 sources."]
    _, public = await call.get("/api/messages", place="#payments")
    assert [m["author"] for m in public] == ["ana", "t-minus"]
    _, direct = await call.get("/api/messages", place="@ana")
    assert [m["text"] for m in direct] == ["Kai approved the risk."]
    assert (await call.get("/api/messages", place="@ana", person="kai"))[1] == []
    _, everywhere = await call.get("/api/messages", person="kai")
    assert {m["place"] for m in everywhere} == {"#payments"}
    _, later = await call.get("/api/messages", place="#payments", person="ana", after=public[0]["id"])
    assert public[0]["id"] not in {m["id"] for m in later}


async def test_words_in_a_thread_reach_the_bot_with_the_first_message_of_the_thread(call: Caller, world: World) -> None:
    card = await call.plan()
    _, _ = await call.post("/api/say", person="kai", place="#payments", text="looks fine", thread=card)
    _, messages = await call.get("/api/messages", place="#payments")
    reply = messages[-1]
    assert (reply["thread"], reply["author"]) == (card, "kai")
    await call.post("/api/say", person="kai", place="#payments", text="@T-Minus hold", thread=reply["id"])
    said = world.bot.heard[-1]
    assert isinstance(said, Said)
    assert (said.text, said.thread) == ("hold", card)
    status, error = await call.post("/api/say", person="kai", place="#search", text="hm", thread=card)
    assert (status, error["error"]) == (404, "unknown_thread")


async def test_a_repeated_delivery_is_kept_once(call: Caller, world: World) -> None:
    for _ in range(2):
        body = {"person": "ana", "place": "#payments", "text": "/release status", "receipt": "same"}
        status, _ = await call.post("/api/say", **body)
        assert status == 200
    assert world.bot.heard[0].receipt == world.bot.heard[1].receipt
    _, messages = await call.get("/api/messages", place="#payments", person="ana")
    assert [m["author"] for m in messages] == ["ana", "t-minus"]


async def test_two_people_at_once_see_their_own_answers(call: Caller) -> None:
    both = await asyncio.gather(
        call.post("/api/say", person="ana", place="#payments", text="/release status"),
        call.post("/api/say", person="kai", place="#payments", text="/release status"),
    )
    assert [[m["to"] for m in said["answers"]] for _, said in both] == [["ana"], ["kai"]]


async def test_unknown_people_places_messages_and_forms_are_clear_errors(call: Caller) -> None:
    card = await call.plan()
    _, pressed = await call.post("/api/press", person="kai", message=card, button="approve_risk")
    cases = (
        ("/api/say", {"person": "eve", "place": "#payments", "text": "hi"}, 404, "unknown_person"),
        ("/api/say", {"person": "ana", "place": "#nowhere", "text": "hi"}, 404, "unknown_place"),
        ("/api/say", {"person": "ana", "place": "@kai", "text": "hi"}, 403, "not_your_place"),
        ("/api/say", {"person": "ana", "place": "#payments"}, 400, "bad_request"),
        ("/api/say", {"person": "ana", "place": "#payments", "text": 7}, 400, "bad_request"),
        ("/api/press", {"person": "ana", "message": "m999", "button": "x"}, 404, "unknown_message"),
        ("/api/press", {"person": "eve", "message": "m999", "button": "x"}, 404, "unknown_person"),
        ("/api/press", {"person": "ana", "message": "17", "button": "x"}, 400, "bad_request"),
        ("/api/fill", {"person": "kai", "form": "f999", "values": {}}, 404, "unknown_form"),
        ("/api/fill", {"person": "ana", "form": pressed["form"]["id"], "values": {}}, 403, "not_your_form"),
    )
    for path, body, status, code in cases:
        got, error = await call.post(path, **body)
        assert (got, error["error"]) == (status, code), path
        assert set(error) == {"error", "message"}
    status, _ = await call.post("/api/fill", person="kai", form=pressed["form"]["id"], values={"reason": REASON})
    assert status == 200


async def test_hostile_text_is_kept_as_text_and_breaks_nothing(call: Caller, world: World) -> None:
    nasty = "<script>alert(1)</script> \ud800 \u0000 '; DROP TABLE messages;-- {0.__class__} @channel 🚀"
    status, _ = await call.post("/api/say", person="ana", place="#payments", text=nasty)
    assert status == 200
    _, messages = await call.get("/api/messages", place="#payments")
    assert messages[0]["text"] == "<script>alert(1)</script>   '; DROP TABLE messages;-- {0.__class__} @channel 🚀"
    values = {"reason": nasty, "unknown": "x", "way": 7, "backup": None}
    card = await call.plan()
    _, pressed = await call.post("/api/press", person="kai", message=card, button="approve_risk")
    status, _ = await call.post("/api/fill", person="kai", form=pressed["form"]["id"], values=values)
    assert status == 200
    heard = world.bot.heard[-1]
    assert isinstance(heard, Filled)
    assert (set(heard.values), heard.values["way"], heard.values["backup"]) == ({"reason", "way", "backup"}, "7", "")


async def test_secrets_are_taken_out_of_what_the_chat_keeps(call: Caller, world: World) -> None:
    await call.post("/api/say", person="ana", place="#payments", text="the password is hunter2")
    _, messages = await call.get("/api/messages", place="#payments")
    assert messages[0]["text"] == "the password is [secret]"
    said = world.bot.heard[0]
    assert isinstance(said, Said)
    assert said.text == "the password is hunter2"
