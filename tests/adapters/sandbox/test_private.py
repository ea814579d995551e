"""A private channel of the sandbox is there for whom its service names, and for nobody else: place, words, messages."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from tests.adapters.sandbox.conftest import Caller
from tests.adapters.sandbox_world import World, catalog, running


@pytest.fixture
async def shut(tmp_path: Path) -> AsyncIterator[World]:
    """Payments is private, and sam has no part in it."""
    found = catalog()
    payments = found.services["payments"]
    closed = replace(payments, private=True, team=tuple(p for p in payments.team if p != "sam"))
    async with running(tmp_path, replace(found, services={**found.services, "payments": closed})) as made:
        yield made


async def test_a_private_channel_is_nothing_to_who_is_not_in_it_and_everything_to_who_is(shut: World) -> None:
    async with aiohttp.ClientSession() as http:
        call = Caller(http, shut.base)
        card = await call.plan()
        for person in ("sam", "guest"):
            _, places = await call.get("/api/places", person=person)
            assert "#payments" not in {p["id"] for p in places}
            status, _ = await call.post("/api/say", person=person, place="#payments", text="hello")
            assert status == 403
            _, seen = await call.get("/api/messages", person=person)
            assert card not in {m["id"] for m in seen}
            status, _ = await call.post("/api/press", person=person, message=card, button="add_evidence")
            assert status == 404
        _, public = await call.get("/api/messages", place="#payments")
        assert public == []
        _, places = await call.get("/api/places", person="kai")
        assert "#payments" in {p["id"] for p in places}
        _, seen = await call.get("/api/messages", person="kai", place="#payments")
        assert card in {m["id"] for m in seen}
