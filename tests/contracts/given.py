"""Small things that the tests of the store start from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.commands import Judge
from bot.domain.events import Event, PlanStarted
from bot.domain.evolve import fold
from bot.domain.people import SYSTEM, Actor, Place
from bot.domain.release import Release
from bot.messages.effects import Effect, Later, Post
from bot.ports import Completion, Entry, Row
from bot.store import Database

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
REAL = datetime(2027, 1, 1, tzinfo=UTC)
PAYMENTS = Place("sandbox", "#payments")
RELEASES = Place("sandbox", "#releases")
ANA = Actor("ana", "sandbox", "U1", "#payments")


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def really(seconds: float) -> datetime:
    return REAL + timedelta(seconds=seconds)


def plan_started(release: str = "R-1", service: str = "payments") -> PlanStarted:
    return PlanStarted(
        at=NOON,
        release=release,
        service=service,
        environment="production",
        requested_by="ana",
        owner="ana",
        home=PAYMENTS,
        time_zone="Europe/Berlin",
        version="2.4.1",
    )


def entry(event: Event | None = None, *, what: str = "event", name: str = "") -> Entry:
    return Entry(what, name or type(event).__name__, ANA, NOON, "request-1", event, {} if event else {"said": "so"})


async def keep(store: Database, *events: Event, release: str = "R-1", version: int = 0) -> Release:
    """Write a release with its events, as the service does."""
    async with store.unit() as unit:
        before = (await unit.load(release)) if version else None
        folded = fold(events, before.release if before else None)
        assert folded is not None
        await unit.save(folded, version)
        await unit.append(f"release:{release}", [entry(event) for event in events])
    return folded


def post(key: str, due: float = 0, **more: Any) -> Post:  # noqa: ANN401 - any field of a Post
    return replace(Post(key, "R-1", "T-30", "team", PAYMENTS, after(due), "mark"), **more)


def command(key: str, due: float = 0, *, revision: int | None = None, release: str = "R-1") -> Later:
    return Later(key, release, Judge(actor=SYSTEM), after(due), revision)


async def enqueue(store: Database, *effects: Effect) -> None:
    async with store.unit() as unit:
        await unit.enqueue(effects, NOON)


async def claim(
    store: Database, now: float = 0, *, limit: int = 10, real: float = 0, owner: str = "worker"
) -> Sequence[Row]:
    return await store.claim(limit, after(now), really(real), 20, owner)


async def claimed(store: Database, now: float = 0, *, limit: int = 10, real: float = 0) -> list[str]:
    """The keys that are due; they stay claimed."""
    return [row.key for row in await claim(store, now, limit=limit, real=real)]


def sent(row: Row, message: str = "") -> Completion:
    return Completion(row, "sent", message_id=message or f"m-{row.key}", sent_at=row.due_at, shown_rev=row.wanted_rev)


async def send_all(store: Database, now: float = 0, *, real: float = 0) -> list[str]:
    """Claim and complete until nothing is due; the keys in that order."""
    order: list[str] = []
    while rows := await claim(store, now, real=real, limit=1):
        await store.complete([sent(row) if row.kind == "post" else Completion(row, "done") for row in rows])
        order += [row.key for row in rows]
    return order


async def states(store: Database, release: str = "R-1") -> dict[str, str]:
    return {one.key: one.state for one in await store.announcements(release)}
