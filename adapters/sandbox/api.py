"""The routes of the sandbox: `/api/…` as its page in the spec says, JSON in and out."""

from collections.abc import Awaitable, Mapping
from datetime import UTC
from http import HTTPStatus
from typing import Any

from aiohttp import web

from adapters.http.server import Fault
from adapters.sandbox.calls import Calls, Outcome, visible
from adapters.sandbox.directory import PLATFORM
from adapters.sandbox.outbound import message_number
from adapters.sandbox.parts import SandboxParts
from adapters.sandbox.payloads import ClockBody, DemoBody, DrillBody, FillBody, PressBody, SayBody, body_of
from adapters.sandbox.render import instant, message_json
from bot.domain.errors import Corrupt
from bot.domain.people import Place
from bot.messages.words import say

_FORMS = ("json", "md", "html")
_PLAN_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; sandbox"
)


class Api:
    """The handlers; everything they know comes from the parts."""

    def __init__(self, parts: SandboxParts) -> None:
        self._parts = parts
        self._calls = Calls(parts)

    def add_to(self, app: web.Application) -> None:
        """Adds the routes."""
        app.router.add_post("/api/say", self._say)
        app.router.add_post("/api/press", self._press)
        app.router.add_post("/api/fill", self._fill)
        app.router.add_get("/api/messages", self._messages)
        app.router.add_get("/api/people", self._people)
        app.router.add_get("/api/places", self._places)
        app.router.add_get("/api/verbs", self._verbs)
        app.router.add_get("/api/clock", self._clock)
        app.router.add_post("/api/clock", self._turn)
        app.router.add_get("/api/releases", self._releases)
        app.router.add_get("/api/releases/{release}", self._release)
        app.router.add_get("/api/releases/{release}/plan", self._plan)
        app.router.add_get("/api/releases/{release}/ledger", self._ledger)
        app.router.add_get("/api/demo", self._sources)
        app.router.add_post("/api/demo", self._demo)
        app.router.add_get("/api/drills", self._drills)
        app.router.add_post("/api/drills", self._drill)

    async def _say(self, request: web.Request) -> web.Response:
        outcome = await self._calls.say(await body_of(request, SayBody))
        return web.json_response({"answers": outcome.answers, "form": outcome.form})

    async def _press(self, request: web.Request) -> web.Response:
        outcome = await self._calls.press(await body_of(request, PressBody))
        return web.json_response({"answers": outcome.answers, "form": outcome.form})

    async def _fill(self, request: web.Request) -> web.Response:
        outcome: Outcome = await self._calls.fill(await body_of(request, FillBody))
        return web.json_response({"answers": outcome.answers, "errors": dict(outcome.errors), "form": outcome.form})

    async def _messages(self, request: web.Request) -> web.Response:
        """One place, or all that the person sees. A direct conversation without a person is shown as to its owner."""
        place, person = request.query.get("place"), request.query.get("person")
        directory = self._parts.directory
        if person is not None and await directory.actor(person, Place(PLATFORM, place or "")) is None:
            raise Fault(HTTPStatus.NOT_FOUND, "unknown_person", f"There is no {person[:40]!r} here.")
        if place is not None and not directory.knows_place(place):
            names = ", ".join(directory.channels())
            raise Fault(
                HTTPStatus.NOT_FOUND, "unknown_place", f"There is no place {place[:40]!r}; one of {names}, or @person."
            )
        after = self._after(request)
        seq = await self._parts.book.seq()
        if place is None:
            kept = sorted(await self._parts.book.changed_since(0), key=lambda k: k.id)
            kept = [k for k in kept if k.id > after]
        else:
            kept = list(await self._parts.book.by_place(place, after))
            person = person or directory.owner_of(place)
        seen = [message_json(k) for k in kept if visible(self._parts, k, person)]
        return web.json_response(seen, headers={"X-Seq": str(seq)})

    def _after(self, request: web.Request) -> int:
        after = request.query.get("after")
        if not after:
            return 0
        number = message_number(after)
        if number is None:
            raise Fault(HTTPStatus.BAD_REQUEST, "bad_request", "after: a message id such as m17 is expected.")
        return number

    async def _people(self, _: web.Request) -> web.Response:
        accounts = self._parts.directory.accounts().values()
        return web.json_response(
            [
                {
                    "id": a.id,
                    "name": a.name,
                    "title": a.title,
                    "kind": a.kind.value,
                    "roles": [{"role": role, "services": list(services)} for role, services in a.roles],
                }
                for a in accounts
            ]
        )

    async def _places(self, request: web.Request) -> web.Response:
        person = request.query.get("person")
        directory = self._parts.directory
        named = [c for c in directory.channels() if person is None or directory.may_enter(c, person)]
        channels = [{"id": c, "kind": "channel", "name": c, "person": None} for c in named]
        accounts = self._parts.directory.accounts().values()
        direct = [
            {"id": f"@{a.id}", "kind": "direct", "name": a.name, "person": a.id}
            for a in accounts
            if person in {None, a.id}
        ]
        return web.json_response([*channels, *direct])

    async def _verbs(self, _: web.Request) -> web.Response:
        return web.json_response([{"verb": verb, "help": line} for verb, line in self._parts.verbs])

    async def _clock(self, _: web.Request) -> web.Response:
        return web.json_response(await clock_json(self._parts))

    async def _turn(self, request: web.Request) -> web.Response:
        body = await body_of(request, ClockBody)
        clock = self._parts.clock
        if body.wish is None or (body.wish == "rate" and body.down):
            message = 'Exactly one of advance_s, to, rate is expected; "down" goes with advance_s or to.'
            raise Fault(HTTPStatus.BAD_REQUEST, "bad_request", message)
        if not clock.simulated:
            message = "The clock is the machine's own; start with --clock simulated to turn it."
            raise Fault(HTTPStatus.CONFLICT, "clock_not_simulated", message)
        if body.advance_s is not None:
            await clock.advance(body.advance_s, down=body.down)
        elif body.to is not None:
            if body.to < clock.now():
                now = instant(clock.now())
                raise Fault(HTTPStatus.BAD_REQUEST, "only_forward", f"The clock goes forward only; it is {now}.")
            await clock.to(body.to.astimezone(UTC), down=body.down)
        elif body.rate is not None:
            await clock.set_rate(body.rate)
        await self._parts.settle()
        self._parts.book.ring()
        return web.json_response(await clock_json(self._parts))

    async def _releases(self, request: web.Request) -> web.Response:
        found = list(await self._parts.releases.releases())
        seen = await self._parts.seen(request.query.get("person"), [str(r["id"]) for r in found])
        return web.json_response([r for r in found if r["id"] in seen])

    async def _seen(self, request: web.Request) -> str:
        """The release of the path. One that the person (none: the public) may not see is not there."""
        release = _id(request)
        if release not in await self._parts.seen(request.query.get("person"), [release]):
            raise Fault(HTTPStatus.NOT_FOUND, "unknown_release", f"There is no release {release!r}.")
        return release

    async def _release(self, request: web.Request) -> web.Response:
        release = await self._seen(request)
        return web.json_response(_found(await sound(self._parts.releases.release(release)), release))

    async def _plan(self, request: web.Request) -> web.Response:
        release, form = await self._seen(request), request.query.get("format", "json")
        if form not in _FORMS:
            raise Fault(HTTPStatus.BAD_REQUEST, "bad_request", f"format: one of {', '.join(_FORMS)}.")
        page = _found(await sound(self._parts.releases.plan(release, form)), release)
        headers = {"Content-Security-Policy": _PLAN_POLICY}
        return web.Response(text=page.text, content_type=page.media_type, charset="utf-8", headers=headers)

    async def _ledger(self, request: web.Request) -> web.Response:
        release = await self._seen(request)
        return web.json_response(list(_found(await self._parts.releases.ledger(release), release)))

    async def _sources(self, _: web.Request) -> web.Response:
        return web.json_response(dict(self._parts.demo.describe()))

    async def _demo(self, request: web.Request) -> web.Response:
        body = await body_of(request, DemoBody)
        try:
            kept: Mapping[str, Any] = self._parts.demo.apply(body.source, body.set, body.service)
        except ValueError as error:
            raise Fault(HTTPStatus.BAD_REQUEST, "bad_demo_set", f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
        return web.json_response(dict(kept))

    async def _drills(self, _: web.Request) -> web.Response:
        drills = self._parts.drills
        return web.json_response(dict(drills.describe()) if drills else {"drills": [], "on": None})

    async def _drill(self, request: web.Request) -> web.Response:
        """The answer is the line that the one who typed `/release drill …` would read."""
        body = await body_of(request, DrillBody)
        if self._parts.drills is None:
            raise Fault(HTTPStatus.NOT_FOUND, "no_drills", "There are no drills here.")
        message = await self._parts.drills.do(body.do, body.name if body.do == "begin" else "")
        return web.json_response({**self._parts.drills.describe(), "answer": message.text})


async def clock_json(parts: SandboxParts) -> Mapping[str, object]:
    """The clock as it is answered and streamed."""
    mark = await parts.releases.next_mark()
    return {
        "now": instant(parts.clock.now()),
        "rate": parts.clock.rate(),
        "simulated": parts.clock.simulated,
        "next_mark": None if mark is None else instant(mark),
    }


async def sound(read: Awaitable[Any]) -> Any:  # noqa: ANN401 - whatever is read
    """A release whose record is corrupt is told as such."""
    try:
        return await read
    except Corrupt as error:
        message = say("talk.corrupt_shown", {"release": error.release})
        raise Fault(HTTPStatus.CONFLICT, "corrupt", message) from error


def _id(request: web.Request) -> str:
    return request.match_info["release"].upper()[:40]


def _found(found: Any, release: str) -> Any:  # noqa: ANN401 — whatever was looked up
    if found is None:
        raise Fault(HTTPStatus.NOT_FOUND, "unknown_release", f"There is no release {release!r}.")
    return found
