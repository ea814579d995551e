"""The sandbox as a chat platform: send, edit, look back, refuse."""

from datetime import timedelta
from pathlib import Path

from adapters.sandbox.book import Book, Draft
from bot.domain.people import Place
from bot.messages.model import Message
from bot.ports import CannotLook, Found, NotFound, Outgoing, Rejected, Sent
from tests.adapters.sandbox_world import START, World, place

HOME = place("#payments")


def post(text: str = "hello", key: str = "k", thread: str | None = None, edit_of: str | None = None) -> Outgoing:
    return Outgoing(key, HOME, Message(text), thread, edit_of)


async def test_a_post_is_found_again_by_its_key_and_a_second_post_is_a_second_message(world: World) -> None:
    assert isinstance(await world.chat.find("k", HOME, START), NotFound)
    first = await world.chat.send(post())
    assert isinstance(first, Sent)
    assert await world.chat.find("k", HOME, START) == Found(first.message_id)
    assert isinstance(await world.chat.find("k", place("#search"), START), NotFound)
    assert isinstance(await world.chat.find("k", HOME, START + timedelta(milliseconds=1)), NotFound)
    assert await world.chat.send(post()) != first
    assert len(await world.book.by_place("#payments")) == 2
    assert isinstance(await world.chat.find("k", Place("slack", "C1"), START), CannotLook)


async def test_an_edit_raises_the_revision_in_place_and_is_found_by_its_own_key(world: World) -> None:
    sent = await world.chat.send(post())
    assert isinstance(sent, Sent)
    world.clock.time = START + timedelta(minutes=1)
    assert await world.chat.send(post("later", "k#edit", edit_of=sent.message_id)) == sent
    (kept,) = await world.book.by_place("#payments")
    assert (kept.text, kept.revision, kept.edited_at) == ("later", 2, "2026-11-24T13:01:00Z")
    assert await world.chat.find("k#edit", HOME, START) == Found(sent.message_id)


async def test_what_is_gone_is_refused_clearly(world: World) -> None:
    for outgoing, code in (
        (post(edit_of="m99"), "message_gone"),
        (post(edit_of="nonsense"), "message_gone"),
        (post(thread="m99"), "thread_gone"),
        (Outgoing("k", place("#gone"), Message("x")), "channel_not_found"),
        (Outgoing("k", place("@nobody"), Message("x")), "channel_not_found"),
        (Outgoing("k", Place("slack", "#payments"), Message("x")), "channel_not_found"),
    ):
        result = await world.chat.send(outgoing)
        assert isinstance(result, Rejected)
        assert result.code == code
    assert isinstance(await world.chat.send(post()), Sent)


async def test_the_bot_cannot_edit_what_a_person_wrote(world: World) -> None:
    kept = await world.book.write(Draft("#payments", "ana", "mine", "2026-11-24T13:00:00Z"))
    result = await world.chat.send(post(edit_of=f"m{kept.id}"))
    assert isinstance(result, Rejected)


async def test_a_reply_to_a_reply_stands_in_the_same_thread(world: World) -> None:
    root = await world.chat.send(post())
    assert isinstance(root, Sent)
    reply = await world.chat.send(post("one", "k1", thread=root.message_id))
    assert isinstance(reply, Sent)
    await world.chat.send(post("two", "k2", thread=reply.message_id))
    assert [m.thread for m in await world.book.by_place("#payments")] == [None, 1, 1]


async def test_messages_are_there_after_a_restart(tmp_path: Path) -> None:
    book = Book(tmp_path / "messages.sqlite")
    kept = await book.write(
        Draft("#payments", "t-minus", "hello", "2026-11-24T13:00:00Z", [{"type": "divider"}], key="k")
    )
    form = await book.keep_form("ana", "#payments", None, {"token": "t"})
    await book.close()
    again = Book(tmp_path / "messages.sqlite")
    assert await again.message(kept.id) == kept
    assert await again.find("k", "#payments", "2026-11-24T13:00:00Z") == kept.id
    found = await again.form(form)
    assert found is not None
    assert found.form == {"token": "t"}
    assert await again.seq() == kept.seq
    await again.close()
