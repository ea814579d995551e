"""A small chat platform of this machine, written against the Protocols: what `serve` joins without Slack or Teams.

Its messages stand in a file, as the sandbox's do; an account is linked to its person by its e-mail address.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from aiohttp import web

from adapters.http.platform import Given, Platform
from adapters.http.server import json_body
from adapters.sandbox.app import Book, SandboxChat, SandboxDirectory
from adapters.sandbox.inbound import Circumstances, spoken
from bot.app.serve import Factory
from bot.domain.people import Place
from bot.messages.heard import Say
from bot.ports import Chat, Check, Look, Outgoing, Rooms, SendResult, stranger
from bot.settings import Settings


class SlowChat:
    """The sandbox's chat behind a wire on which each post takes a while: a process can die in the middle of it."""

    platform = "sandbox"

    def __init__(self, chat: SandboxChat, seconds: float) -> None:
        self._chat = chat
        self._seconds = seconds

    async def send(self, outgoing: Outgoing) -> SendResult:
        """Half of the time before it arrives, half after."""
        await asyncio.sleep(self._seconds / 2)
        sent = await self._chat.send(outgoing)
        await asyncio.sleep(self._seconds / 2)
        return sent

    async def find(self, key: str, place: Place, since: datetime, thread: str | None = None) -> Look:
        """See ports.Chat."""
        return await self._chat.find(key, place, since, thread)


class Local:
    """adapters.http.platform.Platform. `course`: what was called, in order."""

    name = "sandbox"

    def __init__(self, given: Given, book: Book, seconds: float = 0.0) -> None:
        self._given = given
        self._book = book
        self.course: list[str] = []
        self.deaf: Check | None = None
        directory = SandboxDirectory(given.catalog)
        self.rooms: Rooms = directory
        self.chat: Chat = SlowChat(SandboxChat(book, directory, given.clock.now), seconds)

    def routes(self, app: web.Application) -> None:
        """POST /local/say {"account", "place", "text", "receipt"} -> {"said"}."""
        app.router.add_post("/local/say", self._say)

    async def start(self) -> None:
        """Nothing to open."""
        self.course.append("start")

    async def stop(self) -> None:
        """Close the file."""
        self.course.append("stop")
        await self._book.close()

    async def checks(self) -> Sequence[Check]:
        """One line."""
        return (Check("local.token", ok=True, sentence="the token is valid"),)

    async def _say(self, request: web.Request) -> web.StreamResponse:
        body = await json_body(request)
        place = Place(self.name, body["place"])
        account = body["account"]
        email = f"{account}@acme.example"
        actor = await self._given.linker.actor(self.name, account, place, email=email)
        who = Circumstances(
            actor or stranger(self.name, account, place), place, body["receipt"], self._given.clock.now()
        )
        answer = await self._given.hear(spoken(who, body["text"]))
        return web.json_response({"said": answer.message.text if isinstance(answer, Say) else type(answer).__name__})


def local(folder: Path, seconds: float = 0.0, made: list[Local] | None = None) -> Factory:
    """The factory; its messages stand in that folder. `made` is given what it makes."""

    def factory(_: Settings, given: Given) -> Platform | None:
        platform = Local(given, Book(folder / "messages.sqlite"), seconds)
        if made is not None:
            made.append(platform)
        return platform

    return factory
