"""Calls that wait for their turn: the wait is not the source's time, and what had no turn is said to be not asked."""

import asyncio

import pytest
from aiohttp import web

from adapters.evidence.timely import MARGIN_S, Timely
from adapters.http.answers import Answer, Seen, Unavailable
from adapters.http.fetch import Remote, Transport
from adapters.http.patience import patient
from bot.domain.evidence import Evidence, Kind, Standing
from bot.ports import Inquiry
from tests.adapters.evidence.asked import inquiry
from tests.adapters.http.site import leads_home, raw, remote, serving, site
from tests.world import observed

RELEASES = 100
CALL_S = 0.015


async def _takes_its_time(_: web.Request) -> web.Response:
    await asyncio.sleep(CALL_S)
    return web.json_response({})


def _codes(answers: list[Answer]) -> set[str]:
    return {answer.code if isinstance(answer, Unavailable) else "seen" for answer in answers}


async def test_a_hundred_releases_at_once_see_no_time_out_of_a_source_that_answers() -> None:
    """Two calls each, two at a time: the last one waits for longer than a call may take."""

    async def one(there: Remote) -> list[Answer]:
        with patient(20):
            return [await there.json("/a"), await there.json("/b")]

    async with serving(_takes_its_time) as server, remote(server.base(), timeout_s=1.0, at_once=2) as there:
        began = asyncio.get_running_loop().time()
        found = await asyncio.gather(*(one(there) for _ in range(RELEASES)))
        took = asyncio.get_running_loop().time() - began
    assert took >= 2 * RELEASES * CALL_S / 2 > 1.0
    assert _codes([answer for pair in found for answer in pair]) == {"seen"}


async def test_what_had_no_turn_in_time_is_not_asked_and_never_a_time_out_until_it_is_asked_again() -> None:
    async def one(there: Remote) -> Answer:
        with patient(0.5):
            return await there.json("/a")

    async with serving(_takes_its_time) as server, remote(server.base(), timeout_s=1.0, at_once=1) as there:
        found = await asyncio.gather(*(one(there) for _ in range(RELEASES)))
        assert _codes(found) == {"seen", "not_asked"}
        assert isinstance(await one(there), Seen)


async def test_a_source_that_is_slow_by_itself_timed_out_though_the_whole_answer_was_due_first() -> None:
    async with raw(b"", pause_s=0.01, forever=True) as port, remote(f"http://source.test:{port}", timeout_s=5) as there:
        with patient(0.1):
            answer = await there.json("/a")
    assert isinstance(answer, Unavailable)
    assert answer.code == "timeout"


async def test_who_waited_while_the_source_asked_for_patience_leaves_it_alone() -> None:
    async def busy(_: web.Request) -> web.Response:
        await asyncio.sleep(CALL_S)
        return web.Response(status=429, headers={"Retry-After": "1"})

    async with serving(busy) as server, remote(server.base(), at_once=1) as there:
        found = await asyncio.gather(*(there.json("/a") for _ in range(20)))
        assert _codes(list(found)) == {"rate_limited"}
        assert len(server.heard) == 1


@pytest.mark.parametrize("at_once", [1, 8])
async def test_calls_under_way_and_in_the_queue_end_as_unavailable_when_the_transport_closes(at_once: int) -> None:
    async def hangs(_: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.json_response({})

    async with serving(hangs) as server, asyncio.timeout(30):
        async with Transport(leads_home) as transport:
            there = transport.remote(site(server.base(), at_once=at_once))
            calls = [asyncio.ensure_future(there.json("/a")) for _ in range(12)]
            while not server.heard:  # noqa: ASYNC110 - the server tells nobody when it is asked
                await asyncio.sleep(0.01)
        assert _codes(list(await asyncio.gather(*calls))) == {"unreachable"}
        assert _codes([await there.json("/b")]) == {"unreachable"}
        assert all(path == "/a" for _, path, _ in server.heard)


class _Asking:
    """A source of one call."""

    name = "the-source"

    def __init__(self, there: Remote) -> None:
        self._there = there

    async def gather(self, inquiry: Inquiry) -> tuple[Evidence, ...]:
        answer = await self._there.json("/a")
        standing = Standing.UNAVAILABLE if isinstance(answer, Unavailable) else Standing.VERIFIED
        return (observed(Kind.CI, inquiry.now, standing, code=getattr(answer, "code", "")),)


async def test_a_source_has_the_time_of_the_inquiry_less_the_time_to_hand_its_answer_over() -> None:
    async with serving(_takes_its_time) as server, remote(server.base(), at_once=1) as there:
        source = Timely(_Asking(there))
        assert source.name == "the-source"
        asked = inquiry("ci")
        short = Inquiry(asked.release, asked.service, "ci", "plan", asked.now, MARGIN_S + 0.5)
        found = [one for (one,) in await asyncio.gather(*(source.gather(short) for _ in range(60)))]
        assert {one.facts["code"] for one in found} == {"", "not_asked"}
        (again,) = await source.gather(asked)
        assert again.standing is Standing.VERIFIED
