"""The sandbox as a chat platform, outward: posts, edits, looks back. It refuses what a real platform would refuse."""

from collections.abc import Callable
from datetime import datetime

from adapters.sandbox.book import Book, Draft
from adapters.sandbox.directory import SandboxDirectory
from adapters.sandbox.render import blocks_json, instant
from bot.domain.people import Place
from bot.ports import CannotLook, Found, Look, NotFound, Outgoing, Rejected, SendResult, Sent

BOT = "t-minus"
"""The author of everything that the bot says."""


class SandboxChat:
    """ports.Chat over the book. `now` is the civil clock: the whole sandbox lives in it."""

    platform = "sandbox"

    def __init__(self, book: Book, directory: SandboxDirectory, now: Callable[[], datetime]) -> None:
        self._book = book
        self._directory = directory
        self._now = now

    async def send(self, outgoing: Outgoing) -> SendResult:
        """Post or edit once; a private message in a direct conversation is its owner's."""
        if outgoing.place.platform != self.platform or not self._directory.knows_place(outgoing.place.id):
            return Rejected("channel_not_found", outgoing.place.id)
        at = instant(self._now())
        text, blocks = outgoing.message.text, blocks_json(outgoing.message)
        if outgoing.edit_of is not None:
            return await self._edit(outgoing, text, blocks, at)
        thread = None
        if outgoing.thread is not None:
            thread = await self._root(outgoing.thread, outgoing.place.id)
            if thread is None:
                return Rejected("thread_gone", outgoing.thread)
        to = self._directory.owner_of(outgoing.place.id) if outgoing.message.private else None
        draft = Draft(outgoing.place.id, BOT, text, at, blocks, thread=thread, to=to, key=outgoing.key)
        kept = await self._book.write(draft)
        return Sent(f"m{kept.id}")

    async def find(self, key: str, place: Place, since: datetime, thread: str | None = None) -> Look:
        """Look back for a key, of a post or of an edit; threads are kept with their place."""
        del thread
        if place.platform != self.platform:
            return CannotLook(f"{place} is not in the sandbox")
        found = await self._book.find(key, place.id, instant(since))
        return NotFound() if found is None else Found(f"m{found}")

    async def _edit(self, outgoing: Outgoing, text: str, blocks: list[dict[str, object]], at: str) -> SendResult:
        number = message_number(outgoing.edit_of or "")
        kept = None if number is None else await self._book.message(number)
        if kept is None or kept.place != outgoing.place.id or kept.author != BOT:
            return Rejected("message_gone", outgoing.edit_of or "")
        await self._book.edit(kept.id, text, blocks, at, outgoing.key)
        return Sent(f"m{kept.id}")

    async def _root(self, message_id: str, place: str) -> int | None:
        """The first message of the thread that the id stands in."""
        number = message_number(message_id)
        kept = None if number is None else await self._book.message(number)
        if kept is None or kept.place != place:
            return None
        return kept.id if kept.thread is None else kept.thread


def message_number(message_id: str) -> int | None:
    """17 of "m17"; None where it is no id of a message."""
    digits = message_id[1:]
    longest = 15
    good = message_id[:1] == "m" and digits.isascii() and digits.isdigit() and len(digits) <= longest
    return int(digits) if good else None
