"""The platform between Microsoft's servers on loopback and a door of the bot that answers what a test wants."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import SecretStr

from adapters.http.platform import Given
from adapters.http.server import Server, application
from adapters.teams.app import MESSAGES, TeamsPlatform
from adapters.teams.hearing import Hearing
from adapters.teams.options import TeamsOptions
from bot.catalog.linking import RosterLinker
from bot.clock import SystemClock
from bot.domain.people import Place, Roster
from bot.domain.service import Audience
from bot.messages.heard import Answer, Heard, Quiet
from bot.messages.view import View
from bot.policy.defaults import POLICY, RUBRIC
from bot.ports import Catalog
from bot.store import Database, open_store
from bot.store.notebook import StoredNotebook
from tests.adapters.teams_server import APP, SECRET, TENANT, Teams, teams_server
from tests.sqlite import fresh_sqlite_url
from tests.world import roster, service

CHANNEL = "19:releases@thread.tacv2"
IDS = {who: f"00000000-0000-0000-0000-{n:012d}" for n, who in enumerate(("ana", "kai", "lena", "guest", "sam"), 1)}
Json = dict[str, Any]


def hearing_of(platform: TeamsPlatform) -> Hearing:
    """The room of a running platform in which activities are heard: tests change what is behind it."""
    made: Hearing = platform._turns._handler.__self__  # type: ignore[attr-defined]  # a bound method
    return made


def catalog() -> Catalog:
    """The small company; three of it are known by their Entra object ids."""
    known = {"ana", "kai", "lena"}
    people = {who: replace(p, directory_id=IDS[who]) if who in known else p for who, p in roster().people.items()}
    team = {Audience.TEAM: (Place("teams", CHANNEL),)}
    return Catalog({"payments": replace(service(), channels=team)}, Roster(people), POLICY, RUBRIC)


@dataclass
class World:
    """`answer` is what the bot says next; `heard` what reached it."""

    teams: Teams
    platform: TeamsPlatform
    session: aiohttp.ClientSession
    base: str
    given: Given
    store: Database
    heard: list[Heard] = field(default_factory=list)
    answer: Answer = field(default_factory=Quiet)
    shown: View | None = None
    count: int = 0

    def activity(self, who: str = "ana", kind: str = "message", *, alone: bool = False, **more: Any) -> Json:  # noqa: ANN401 - parts of an activity
        self.count += 1
        conversation = f"a:{who}" if alone else f"{CHANNEL};messageid=77"
        return {
            "type": kind, "id": f"i{self.count}", "channelId": "msteams", "serviceUrl": self.teams.service_url,
            "from": {"id": f"29:{who}", "name": who.title(), "aadObjectId": IDS[who]},
            "recipient": {"id": f"28:{APP}", "name": "T-Minus"},
            "conversation": {"id": conversation, "conversationType": "personal" if alone else "channel"},
            "channelData": {"tenant": {"id": TENANT}},
            **more,
        }  # fmt: skip

    async def post(self, activity: Json, token: str | None = "") -> tuple[int, Json]:
        """`token`: "" for a good one, None for none."""
        headers = {} if token is None else {"Authorization": f"Bearer {token or self.teams.token()}"}
        async with self.session.post(self.base + MESSAGES, json=activity, headers=headers) as answer:
            return answer.status, await answer.json() if answer.content_type == "application/json" else {}

    async def say(self, text: str, who: str = "ana", *, alone: bool = False, **more: Any) -> None:  # noqa: ANN401 - parts of an activity
        bot = {"type": "mention", "text": "<at>T-Minus</at>", "mentioned": {"id": f"28:{APP}", "name": "T-Minus"}}
        told = {"text": text} if alone else {"text": f"<at>T-Minus</at>&nbsp;{text}", "entities": [bot]}
        status, _ = await self.post(self.activity(who, alone=alone, **{**told, **more}))
        assert status == 202
        await self.settled()

    async def invoke(self, name: str, value: Json, who: str = "ana", **more: Any) -> Json:  # noqa: ANN401 - parts of an activity
        status, body = await self.post(self.activity(who, "invoke", name=name, value=value, replyToId="78", **more))
        assert status == 200
        return body

    async def act(self, verb: str, data: Json, who: str = "ana", **more: Any) -> Json:  # noqa: ANN401 - parts of an activity
        action = {"type": "Action.Execute", "verb": verb, "data": data}
        return await self.invoke("adaptiveCard/action", {"action": action, "trigger": "manual"}, who, **more)

    async def settled(self) -> None:
        """What follows an acknowledgement is done."""
        await self.platform._tasks.finish(5)


def options_of(teams: Teams) -> TeamsOptions:
    return TeamsOptions(
        app_id=APP,
        secret=SecretStr(SECRET),
        tenant=TENANT,
        service_hosts=("127.0.0.1",),
        openid_url=f"{teams.base}/openid",
        login_url=teams.base,
        timeout_s=5.0,
    )


@asynccontextmanager
async def teams_world(tmp_path: Path, elsewhere: Teams | None = None) -> AsyncIterator[World]:
    """`elsewhere`: Microsoft's servers that another process runs."""
    async with (
        nullcontext(elsewhere) if elsewhere else teams_server() as teams,
        open_store(fresh_sqlite_url(tmp_path)) as store,
        aiohttp.ClientSession() as session,
    ):
        told: list[World] = []

        async def hear(heard: Heard) -> Answer:
            told[0].heard.append(heard)
            return told[0].answer

        async def view(_: str, __: Place) -> View | None:
            return told[0].shown

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
        )
        platform = TeamsPlatform(options_of(teams), given)
        app = application()
        platform.routes(app)
        server = Server(app, 0)
        await platform.start()
        port = await server.start()
        made = World(teams, platform, session, f"http://127.0.0.1:{port}", given, store)
        told.append(made)
        try:
            yield made
        finally:
            await server.stop()
            await platform.stop()
