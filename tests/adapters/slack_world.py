"""The platform between a Slack of our own and a door of the bot that answers what a test wants."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp

from adapters.http.platform import Given
from adapters.http.server import Server, application
from adapters.slack.app import EVENTS, SlackPlatform
from adapters.slack.options import SlackOptions
from bot.catalog.groups import GroupMembers
from bot.catalog.linking import RosterLinker
from bot.clock import SystemClock
from bot.domain.people import Place, Role, Roster
from bot.domain.service import Audience
from bot.messages.heard import Answer, Heard, Quiet
from bot.messages.view import View
from bot.policy.defaults import POLICY, RUBRIC
from bot.ports import Catalog
from bot.store import open_store
from bot.store.notebook import StoredNotebook
from tests.adapters.slack_server import BOT, TEAM, TOKEN, Slack, slack_server
from tests.sqlite import fresh_sqlite_url
from tests.world import roster, service

SECRET = "test-signing-secret"  # noqa: S105 - of the tests' own Slack
OPTIONS = SlackOptions(bot_token=TOKEN, signing_secret=SECRET, teams=(TEAM,))
ACCOUNTS = {"ana": "U0ANA", "kai": "U0KAI"}
Json = dict[str, Any]


def catalog() -> Catalog:
    """The small company, two of whom are known by their accounts."""
    people = {
        who: replace(p, accounts={"slack": ACCOUNTS[who]}) if who in ACCOUNTS else p
        for who, p in roster().people.items()
    }
    team = {Audience.TEAM: (Place("slack", "C1"),)}
    groups = {Role.QA_LEAD: ("slack:S0QA",)}
    return Catalog({"payments": replace(service(), channels=team, groups=groups)}, Roster(people), POLICY, RUBRIC)


@dataclass
class World:
    """`answer` is what the bot says next, once `ready` is set; `heard` what reached it."""

    slack: Slack
    platform: SlackPlatform
    session: aiohttp.ClientSession
    base: str
    given: Given
    server: Server
    ready: asyncio.Event
    heard: list[Heard] = field(default_factory=list)
    answer: Answer = field(default_factory=Quiet)
    triggers: int = 0

    async def post(
        self, raw: bytes, kind: str = "application/x-www-form-urlencoded", **headers: str
    ) -> tuple[int, str]:
        async with self.session.post(self.base + EVENTS, data=raw, headers=signed(raw, kind) | headers) as answer:
            return answer.status, await answer.text()

    def trigger(self) -> str:
        self.triggers += 1
        return f"13.{self.triggers}"

    async def command(self, text: str, user: str = "U0ANA", channel: str = "C1", team: str = TEAM) -> Json | str:
        values = {
            "command": "/release", "text": text, "user_id": user, "channel_id": channel, "team_id": team,
            "trigger_id": self.trigger(), "response_url": self.slack.base.replace("/api/", "/hook"),
        }  # fmt: skip
        status, body = await self.post(urlencode(values).encode())
        assert status == 200
        return json.loads(body) if body.startswith("{") else body

    async def interact(self, payload: Mapping[str, Any], user: str = "U0ANA") -> Json | str:
        whole = {
            "team": {"id": TEAM, "domain": "acme"}, "user": {"id": user, "team_id": TEAM}, "trigger_id": self.trigger(),
            "api_app_id": "A1", **payload,
        }  # fmt: skip
        status, body = await self.post(urlencode({"payload": json.dumps(whole)}).encode())
        assert status == 200
        return json.loads(body) if body.startswith("{") else body

    async def press(self, token: str, user: str = "U0ANA", **more: Any) -> Json | str:  # noqa: ANN401 - parts of a payload
        action = {"type": "button", "action_id": "press:0:go", "block_id": "b", "value": token}
        payload = {
            "type": "block_actions", "actions": [action], "channel": {"id": "C1", "name": "payments"},
            "container": {"type": "message", "message_ts": "17.5", "channel_id": "C1"},
            "message": {"ts": "17.5", "thread_ts": "17.1"}, "response_url": self.slack.base.replace("/api/", "/hook"),
        }  # fmt: skip
        return await self.interact(payload | more, user)

    async def event(self, event: Mapping[str, Any], team: str = TEAM, **more: Any) -> None:  # noqa: ANN401 - parts of a payload
        body = {"type": "event_callback", "team_id": team, "api_app_id": "A1", "event_id": "Ev1", "event": dict(event),
                "authorizations": [{"team_id": team, "user_id": BOT, "is_bot": True}], **more}  # fmt: skip
        status, _ = await self.post(json.dumps(body).encode(), "application/json")
        assert status == 200

    async def settled(self) -> None:
        """What follows an acknowledgement is done."""
        await self.platform._tasks.finish(5)


def signed(raw: bytes, kind: str, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at))
    made = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
    return {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={made}"}


@asynccontextmanager
async def slack_world(
    tmp_path: Path, options: SlackOptions = OPTIONS, before: Callable[[Slack], object] = bool
) -> AsyncIterator[World]:
    """Running. `before`: what is done to Slack before the bot starts."""
    async with (
        slack_server() as slack,
        open_store(fresh_sqlite_url(tmp_path)) as store,
        aiohttp.ClientSession() as session,
    ):
        told: list[World] = []
        before(slack)

        async def hear(heard: Heard) -> Answer:
            told[0].heard.append(heard)
            await told[0].ready.wait()
            return told[0].answer

        async def view(_: str, __: Place) -> View | None:
            return None

        async def views(_: object) -> Mapping[str, View]:
            return {}

        async def seen(shown: Sequence[View], *_: object) -> Sequence[View]:
            return shown

        async def first(receipt: str) -> bool:
            return await store.first_to_answer(receipt, SystemClock().now())

        async def problems() -> tuple[str, ...]:
            return ()

        given = Given(
            hear=hear,
            linker=RosterLinker(catalog, ("acme.example",)),
            catalog=catalog,
            clock=SystemClock(),
            notebook=StoredNotebook(store),
            reads=store,
            view=view,
            views=views,
            seen=seen,
            first=first,
            problems=problems,
            public_url="http://127.0.0.1",
            groups=GroupMembers(catalog),
        )
        platform = SlackPlatform(replace(options, api_url=slack.base), given)
        app = application()
        platform.routes(app)
        await platform.start()
        server = Server(app, 0)
        port = await server.start()
        ready = asyncio.Event()
        ready.set()
        told.append(World(slack, platform, session, f"http://127.0.0.1:{port}", given, server, ready))
        try:
            yield told[0]
        finally:
            await server.stop()
            await platform.stop()
