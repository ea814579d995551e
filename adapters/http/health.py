"""What an orchestrator asks: is the process alive (/healthz), and does it do its work (/readyz). Codes only."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
from aiohttp import web

ASK_S = 5.0


@dataclass(frozen=True, slots=True)
class State:
    """`alive`: restarting would not help, or is not needed. `ready`: it hears and posts. `problems`: codes, worst first."""

    alive: bool
    ready: bool
    problems: tuple[str, ...] = ()


def add_health(app: web.Application, state: Callable[[], Awaitable[State]]) -> None:
    """Add both routes. Each answers 200, or 503 where it is not so, with {"status", "problems"}."""

    async def alive(_: web.Request) -> web.StreamResponse:
        now = await state()
        return _answer(now, good=now.alive)

    async def ready(_: web.Request) -> web.StreamResponse:
        now = await state()
        return _answer(now, good=now.ready)

    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", ready)


def _answer(state: State, *, good: bool) -> web.Response:
    status = HTTPStatus.OK if good else HTTPStatus.SERVICE_UNAVAILABLE
    return web.json_response({"status": "ok" if good else "failing", "problems": list(state.problems)}, status=status)


async def asked_state(host: str, port: int, path: str = "/readyz") -> State | None:
    """What the bot there answers; None where nobody does within a few seconds."""
    timeout = aiohttp.ClientTimeout(total=ASK_S)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, trust_env=False) as session,
            session.get(f"http://{host}:{port}{path}", allow_redirects=False) as answer,
        ):
            body = await answer.json()
            good = answer.status == HTTPStatus.OK
            return State(good, good, tuple(str(code) for code in body["problems"]))
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError):
        return None
