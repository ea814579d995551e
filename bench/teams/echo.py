"""One server that echoes: `python -m bench.teams.echo ours|peer <base of the counterparts>`; prints its port.

Both check the token of every activity and post the answer to the same connector. The peer's token for the connector is given to
it, which spares it the fetch that it would make in every turn.
"""

import asyncio
import logging
import sys
import tempfile
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
from tests.adapters.teams_server import APP, SECRET, Teams
from tests.adapters.teams_world import teams_world


async def peer(base: str) -> None:
    """The SDK as it is installed, without anything of ours."""
    logging.getLogger("msrest").setLevel(logging.ERROR)
    ChannelValidation.open_id_metadata_endpoint = f"{base}/openid"
    MicrosoftAppCredentials.get_access_token = lambda *_, **__: "bearer"
    factory = PasswordServiceClientCredentialFactory(APP, SECRET)
    adapter = CloudAdapterBase(BotFrameworkAuthenticationFactory.create(credential_factory=factory))

    async def echo(turn: TurnContext) -> None:
        await turn.send_activity(turn.activity.text)

    async def heard(request: web.Request) -> web.Response:
        activity = Activity().deserialize(await request.json())
        await adapter.process_activity(request.headers["Authorization"], activity, echo)
        return web.Response(status=202)

    app = web.Application()
    app.router.add_post("/teams/messages", heard)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await until_closed(runner.addresses[0][1])


async def ours(base: str) -> None:
    """Our door, with a bot behind it that answers one card."""
    folder = Path(tempfile.mkdtemp(prefix="bench-teams-"))
    async with teams_world(folder, Teams(base)) as world:
        world.answer = Say(Message("release status"))
        await until_closed(world.base.rpartition(":")[2])


async def until_closed(port: Any) -> None:  # noqa: ANN401 - a number, or its digits
    """Until the standard input ends."""
    print(port, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run({"ours": ours, "peer": peer}[sys.argv[1]](sys.argv[2]))
