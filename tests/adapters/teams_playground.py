"""Microsoft 365 Agents Playground, Microsoft's own local client for Teams: started once, ended by its id.

It signs nothing offline. A small relay between it and the bot adds the token that Microsoft's connector would send.
"""

import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import yaml
from aiohttp import web

from tests.adapters.slack_counterparts import free_port
from tests.adapters.teams_bot import directory_id
from tests.adapters.teams_server import APP, Teams

PROGRAM = Path(__file__).parents[1] / "counterparts" / "node_modules" / ".bin" / "agentsplayground"
TENANT = "00000000-0000-0000-0000-0000000000001"
CHANNEL, CHAT = "19:releases@thread.tacv2", "group-chat-id"
BOT = {"id": f"28:{APP}", "name": "T-Minus"}
Json = dict[str, Any]


@dataclass
class Playground:
    """Its address, and where it sends what people do: a socket that is taken before the Playground starts."""

    base: str
    relay: socket.socket
    session: aiohttp.ClientSession | None = None
    heard: list[Json] = field(default_factory=list)

    @property
    def service_url(self) -> str:
        return f"{self.base}/_connector"

    async def call(self, path: str, body: Json) -> Json:
        assert self.session is not None
        async with self.session.post(self.base + path, json=body) as answer:
            text = await answer.text()
            assert answer.status < 300, text
            return dict(json.loads(text)) if text.startswith("{") else {}

    async def activity(self, person: str, conversation: str = CHANNEL, **more: Any) -> None:  # noqa: ANN401 - parts of an activity
        """What somebody else than its current user does: taken and passed on as it is."""
        kind = "channel" if conversation.startswith(CHANNEL) else "groupChat" if conversation == CHAT else "personal"
        await self.call(
            "/_internal/v1/customActivities",
            {
                "type": "message", "id": f"x{time.monotonic_ns()}", "channelId": "msteams", "serviceUrl": self.service_url,
                "from": {"id": f"29:{person}", "name": person.title(), "aadObjectId": directory_id(person)},
                "recipient": BOT, "conversation": {"id": conversation, "conversationType": kind},
                "channelData": {"tenant": {"id": TENANT}}, **more,
            },
        )  # fmt: skip

    async def say(self, person: str, text: str, conversation: str = CHANNEL) -> None:
        mention = {"type": "mention", "text": "<at>T-Minus</at>", "mentioned": BOT}
        await self.activity(person, conversation, text=f"<at>T-Minus</at> {text}", entities=[mention])


def _user(person: str) -> Mapping[str, str]:
    return {
        "id": f"29:{person}", "name": person.title(), "userPrincipleName": f"{person}@acme.example",
        "aadObjectId": directory_id(person), "givenName": person.title(), "surname": "Acme", "email": f"{person}@acme.example",
    }  # fmt: skip


@contextmanager
def playground() -> Iterator[Playground]:
    """Kai sits before it. Five others are needed, neither more nor fewer."""
    relay = socket.create_server(("127.0.0.1", 0))
    relay_port, port = relay.getsockname()[1], free_port()
    folder = Path(tempfile.mkdtemp(prefix="playground-"))
    team = {"id": CHANNEL, "name": "Acme", "channels": [{"id": "19:other@thread.tacv2", "name": "Other"}]}
    config = {
        "version": "0.1.0", "tenantId": TENANT, "bot": BOT,
        "currentUser": {**_user("kai"), "aadObjectId": directory_id("kai")},
        "users": [_user(p) for p in ("ana", "lena", "mia", "priya", "quinn")],
        "personalChat": {"id": "personal-chat-id"}, "groupChat": {"id": CHAT, "name": "Stakeholders"},
        "team": {**team, "aadGroupId": "00000000-0000-0000-0000-000000000031"},
    }  # fmt: skip
    (folder / ".m365agentsplayground.yml").write_text(yaml.safe_dump(config, sort_keys=False))
    command = [
        str(PROGRAM),
        "start",
        "-e",
        f"http://127.0.0.1:{relay_port}/",
        "-c",
        "msteams",
        "-p",
        str(port),
        "--disable-telemetry",
    ]
    with (folder / "out.txt").open("w") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out, start_new_session=True)
    try:
        for _ in range(2_400):
            found = re.search(r"Listening on (\d+)", (folder / "out.txt").read_text())
            if found:
                break
            assert process.poll() is None, (folder / "out.txt").read_text()
            time.sleep(0.05)
        else:
            raise AssertionError((folder / "out.txt").read_text())
        yield Playground(f"http://127.0.0.1:{found[1]}", relay)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)


@asynccontextmanager
async def relayed(place: Playground, microsoft: Teams, bot: str) -> AsyncIterator[None]:
    """What the Playground sends reaches the bot with a token for its own service URL."""
    async with aiohttp.ClientSession() as session:
        place.session = session

        async def forward(request: web.Request) -> web.Response:
            body = await request.json()
            place.heard.append(body)
            token = microsoft.token(serviceurl=body.get("serviceUrl", ""))
            headers = {"Authorization": f"Bearer {token}"}
            async with session.post(bot, json=body, headers=headers) as answer:
                raw = await answer.read()
                return web.Response(status=answer.status, body=raw, content_type=answer.content_type)

        app = web.Application()
        app.router.add_post("/{path:.*}", forward)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.SockSite(runner, place.relay).start()
        try:
            yield
        finally:
            await runner.cleanup()
