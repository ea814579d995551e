"""What an orchestrator asks: is the process alive (/healthz), and does it do its work (/readyz)? In codes, and some sentences."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
from aiohttp import web

ASK_S = 5.0
SCHEDULER_DEAD = "scheduler_dead"


@dataclass(frozen=True, slots=True)
class State:
    """`ready`: it hears and posts. `problems`: codes, worst first. `told`: sentences, of those that need more than a code."""

    ready: bool
    problems: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def add_health(app: web.Application, alive: Callable[[], bool], state: Callable[[], Awaitable[State]]) -> None:
    """Add both routes. Each answers 200, or 503 where it is not so, with {"status", "problems", "told"}.

    /healthz asks nobody, so it answers at once: a database that hangs is no reason to be killed, a dead scheduler is.
    """

    async def healthz(_: web.Request) -> web.StreamResponse:
        return _answer(State(alive(), () if alive() else (SCHEDULER_DEAD,)))

    async def readyz(_: web.Request) -> web.StreamResponse:
        return _answer(await state())

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)


def _answer(state: State) -> web.Response:
    status = HTTPStatus.OK if state.ready else HTTPStatus.SERVICE_UNAVAILABLE
    told = "ok" if state.ready else "failing"
    body = {"status": told, "problems": list(state.problems), "told": list(state.told)}
    return web.json_response(body, status=status)


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
            codes, told = body["problems"], body.get("told", ())
            return State(good, tuple(str(code) for code in codes), tuple(str(one) for one in told))
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError):
        return None
