"""The stream of changes for the browser (server-sent events): messages as written and edited, releases, and the clock."""

import asyncio
import json
from contextlib import suppress
from datetime import datetime
from http import HTTPStatus

from aiohttp import web

from adapters.http.server import STOPPING, Fault
from adapters.sandbox.api import clock_json
from adapters.sandbox.calls import visible
from adapters.sandbox.directory import PLATFORM
from adapters.sandbox.parts import SandboxParts
from adapters.sandbox.render import message_json
from bot.domain.people import Place

_MOST = 64
_TICK = 1.0
_IDLE = 15.0
_QUIET = 0.1


class Events:
    """GET /api/events?person=ana&after=17: everything that this person sees, from that point of the book on."""

    def __init__(self, parts: SandboxParts) -> None:
        self._parts = parts
        self._open = 0
        self._read: tuple[tuple[int, int, datetime], dict[str, str]] | None = None

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Ends when the reader goes or the server stops. Raises Fault: no such person, too many readers."""
        person = request.query.get("person", "")
        if await self._parts.directory.actor(person, Place(PLATFORM, "")) is None:
            raise Fault(HTTPStatus.NOT_FOUND, "unknown_person", f"There is no {person[:40]!r} here.")
        if self._open >= _MOST:
            raise Fault(HTTPStatus.SERVICE_UNAVAILABLE, "too_many", "Too many windows are open.")
        seq = _start(request.headers.get("Last-Event-ID") or request.query.get("after"))
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
        await response.prepare(request)
        changed = self._parts.book.listen()
        self._open += 1
        try:
            await self._follow(request, response, person, seq, changed)
        except ConnectionResetError:
            pass
        finally:
            self._open -= 1
            self._parts.book.unlisten(changed)
        return response

    async def _follow(
        self, request: web.Request, response: web.StreamResponse, person: str, seq: int, changed: asyncio.Event
    ) -> None:
        stopping, shown = request.app[STOPPING], ""
        releases: dict[str, str] = {}
        while not stopping.is_set():
            changed.clear()
            for kept in await self._parts.book.changed_since(seq):
                seq = kept.seq
                if visible(self._parts, kept, person):
                    await _send(response, "message", json.dumps(message_json(kept)), seq)
            clock = json.dumps(await clock_json(self._parts))
            if clock != shown:
                shown = clock
                await _send(response, "clock", clock)
            if await _soon(changed):
                continue
            panels = await self._releases()
            seen = await self._parts.seen(person, list(panels))
            for release, text in panels.items():
                if release in seen and releases.get(release) != text:
                    releases[release] = text
                    await _send(response, "release", text)
            await self._wait(changed, stopping, response)

    async def _releases(self) -> dict[str, str]:
        """The panel of each release, oldest first. Readers that are woken by the same change share one reading."""
        point = (await self._parts.book.seq(), self._parts.book.rings, self._parts.clock.now())
        if self._read is None or self._read[0] != point:
            found = reversed(await self._parts.releases.panels())
            self._read = (point, {str(r["id"]): json.dumps(r) for r in found})
        return self._read[1]

    async def _wait(self, changed: asyncio.Event, stopping: asyncio.Event, response: web.StreamResponse) -> None:
        waits = [asyncio.create_task(changed.wait()), asyncio.create_task(stopping.wait())]
        patience = _TICK if self._parts.clock.simulated and self._parts.clock.rate() > 0 else _IDLE
        try:
            done, _ = await asyncio.wait(waits, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        if not done:
            await response.write(b": still here\n\n")


async def _soon(changed: asyncio.Event) -> bool:
    """True where more has changed within a moment: releases are read once after a burst, not with each of its messages."""
    with suppress(TimeoutError):
        await asyncio.wait_for(changed.wait(), _QUIET)
    return changed.is_set()


async def _send(response: web.StreamResponse, event: str, data: str, seq: int | None = None) -> None:
    head = f"event: {event}\n" + ("" if seq is None else f"id: {seq}\n")
    await response.write(f"{head}data: {data}\n\n".encode())


def _start(said: str | None) -> int:
    longest = 15
    return int(said) if said and said.isascii() and said.isdigit() and len(said) <= longest else 0
