"""Talks to a real sandbox over HTTP, as a script would."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from adapters.evidence.demo import demo_sources
from adapters.evidence.demo_file import DemoFile
from bot.app.options import SandboxOptions
from bot.app.sandbox import sandbox
from bot.clock import machine_time
from bot.ports import CatalogReader, EvidenceSource
from tests.days import workday

Json = dict[str, Any]
Sources = Callable[[DemoFile, CatalogReader], Mapping[str, EvidenceSource]]
DRILL = machine_time() - timedelta(days=14)
RUNBOOK = f"https://git.acme.example/runbooks/payments-rollback.md tested on {DRILL:%Y-%m-%d}"
REASON = "the drill was read, and the thresholds of the canary are fine"


class Talk:
    """One conversation partner; `answers` keeps what the last call answered."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self._session = session
        self._base = base
        self.answers: list[Json] = []
        self.form: Json | None = None
        self.errors: Json = {}

    async def get(self, path: str) -> Any:  # noqa: ANN401 - whatever JSON the path gives
        """GET, as JSON."""
        async with self._session.get(self._base + path) as response:
            return await response.json()

    async def text(self, path: str) -> str:
        """GET, as text."""
        async with self._session.get(self._base + path) as response:
            return await response.text()

    async def post(self, path: str, body: Json) -> Json:
        """POST; keeps answers, form and errors."""
        async with self._session.post(self._base + path, json=body) as response:
            given: Json = await response.json()
        self.answers = given.get("answers", [])
        self.form = given.get("form")
        self.errors = given.get("errors", {})
        return given

    async def say(self, who: str, text: str, place: str = "#payments", thread: str | None = None) -> str:
        """Say something; gives all that was answered, as one text."""
        await self.post("/api/say", {"person": who, "place": place, "text": text, "thread": thread})
        return self.heard()

    async def press(self, who: str, button: str, place: str = "#payments") -> str:
        """Press the newest button of that id which is to be seen there."""
        seen = await self.get(f"/api/messages?place={place.replace('#', '%23')}&person={who}")
        message = next(m for m in reversed(seen) if any(b["id"] == button for b in m["buttons"]))
        await self.post("/api/press", {"person": who, "message": message["id"], "button": button})
        return self.heard()

    async def fill(self, who: str, **values: str) -> str:
        """Send the open form off."""
        form = self.form
        assert form is not None
        await self.post("/api/fill", {"person": who, "form": form["id"], "values": values})
        return self.heard()

    async def clock(self, **body: object) -> Json:
        """Turn the clock."""
        return await self.post("/api/clock", dict(body))

    async def release(self, release: str = "R-1") -> Json:
        """The public JSON."""
        found: Json = await self.get(f"/api/releases/{release}")
        return found

    async def posts(self, place: str) -> list[str]:
        """All that the bot said there to everybody, as texts with their blocks."""
        seen = await self.get(f"/api/messages?place={place.replace('#', '%23')}")
        return [_all_of(m) for m in seen if m["author"] == "t-minus" and not m["to"]]

    def heard(self) -> str:
        """Everything that the last call answered."""
        return "\n".join(_all_of(m) for m in self.answers)

    async def planned(self, start: str = "") -> Json:
        """Ana plans payments (for the next workday at 15:00), and answers both questions truthfully."""
        when = start or f"{workday()} 15:00"
        await self.say("ana", f"/release plan payments 2.4.1 to production at {when} canary 10%")
        await self.press("ana", "no_data_change")
        await self.say("ana", RUNBOOK)
        return await self.release()

    async def cleared(self) -> Json:
        """The same, signed off by Kai and cleared by Lena."""
        await self.planned()
        await self.say("kai", f"/release approve R-1 {REASON}")
        await self.say("lena", "/release go R-1")
        return await self.release()

    async def until(self, minutes: float) -> None:
        """Turn the clock to that many minutes from the start."""
        start = (await self.release())["start_at"]
        at = datetime.fromisoformat(start) + timedelta(minutes=minutes)
        await self.clock(to=at.isoformat())


def _all_of(message: Json) -> str:
    return " ".join([message["text"], *(str(b) for b in message["blocks"])])


@asynccontextmanager
async def talking(
    data: Path, database: str | None = None, *, simulated: bool = True, sources: Sources = demo_sources
) -> AsyncIterator[Talk]:
    """A sandbox on that folder, and a partner."""
    async with sandbox_of(data, database, simulated=simulated, sources=sources) as (talk, _):
        yield talk


@asynccontextmanager
async def sandbox_of(
    data: Path,
    database: str | None = None,
    *,
    simulated: bool = True,
    sources: Sources = demo_sources,
    catalogue: Path | None = None,
) -> AsyncIterator[tuple[Talk, int]]:
    """The same, with the port on which a browser finds it."""
    options = SandboxOptions(
        port=0, data=data, database=database, simulated=simulated, sources=sources, catalogue=catalogue
    )
    async with (
        sandbox(options) as running,
        aiohttp.ClientSession() as session,
    ):
        yield Talk(session, f"http://127.0.0.1:{running.port}"), running.port
