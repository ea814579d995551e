"""The peer: a bare bolt app with signature check that acknowledges and does nothing else; prints its port."""

import asyncio
import sys
from typing import Any

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bench.slack.requests import SECRET, TEAM


async def main() -> None:
    """Until its standard input ends. bolt in its quickest mode: acknowledged when the listener returns."""

    async def authorize(team_id: str) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_token="xoxb", bot_id="B1", bot_user_id="U0BOT")  # noqa: S106 - no secret

    app = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)

    @app.command("/release")
    async def acknowledged(ack: Any) -> None:  # noqa: ANN401 - bolt's own
        await ack("ok")

    runner = web.AppRunner(app.web_app(path="/slack/events"), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], TEAM, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
