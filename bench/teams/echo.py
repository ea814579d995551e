"""One server: `python -m bench.teams.echo peer|echo|bot <base of the counterparts> [database url]`; prints its port.

All check the token of every activity and post the answer to the same connector; `bot` is the whole bot with a planned release.
The peer's token for the connector is given to it, which spares it the fetch that it would make in every turn.
"""

import asyncio
import logging
import sys
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from aiohttp import web
from botbuilder.core import CloudAdapterBase, TurnContext
from botbuilder.schema import Activity
from botframework.connector.auth import (
    BotFrameworkAuthenticationFactory,
    ChannelValidation,
    MicrosoftAppCredentials,
    PasswordServiceClientCredentialFactory,
)

from bot.messages.heard import Say
from bot.messages.model import Message
from tests.adapters.teams_bot import teams_bot
from tests.adapters.teams_server import APP, SECRET, Teams
from tests.adapters.teams_world import options_of, teams_world

WARM_UP_S = 4
"""So long the whole bot gets for a plan before it is measured."""


async def peer(base: str) -> None:
    """The SDK as it is installed, without anything of ours."""
    logging.getLogger("msrest").setLevel(logging.ERROR)
    ChannelValidation.open_id_metadata_endpoint = f"{base}/openid"
    MicrosoftAppCredentials.get_access_token = lambda *_, **__: "bearer"
    factory = PasswordServiceClientCredentialFactory(APP, SECRET)
    adapter = CloudAdapterBase(BotFrameworkAuthenticationFactory.create(credential_factory=factory))

    async def again(turn: TurnContext) -> None:
        await turn.send_activity(turn.activity.text)

    async def heard(request: web.Request) -> web.Response:
        activity = Activity().deserialize(await request.json())
        await adapter.process_activity(request.headers["Authorization"], activity, again)
        return web.Response(status=202)

    app = web.Application()
    app.router.add_post("/teams/messages", heard)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await until_closed(runner.addresses[0][1])


async def echo(base: str) -> None:
    """Our door, with a bot behind it that answers one card."""
    folder = Path(tempfile.mkdtemp(prefix="bench-teams-"))
    async with teams_world(folder, Teams(base)) as world:
        world.answer = Say(Message("release status"))
        await until_closed(world.base.rpartition(":")[2])


async def bot(base: str, url: str) -> None:
    """Everything: inbox, judgement, card, answer, on that database. What is due in the first seconds, the plan's, is seen to."""
    folder = Path(tempfile.mkdtemp(prefix="bench-teams-"))
    async with teams_bot(folder, options_of(Teams(base)), {}, url=url) as made:

        async def settle() -> None:
            for _ in range(WARM_UP_S * 5):
                await made.settled()
                await asyncio.sleep(0.2)

        settling = asyncio.create_task(settle())
        await until_closed(made.base.rpartition(":")[2])
        await settling


async def until_closed(port: Any) -> None:  # noqa: ANN401 - a number, or its digits
    """Until the standard input ends."""
    print(port, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    servers: dict[str, Callable[..., Coroutine[Any, Any, None]]] = {"peer": peer, "echo": echo, "bot": bot}
    asyncio.run(servers[sys.argv[1]](*sys.argv[2:]))
