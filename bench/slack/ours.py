"""The whole bot on Slack with one planned release: `python -m bench.slack.ours <database url>`; prints its port."""

import asyncio
import sys
import tempfile
from pathlib import Path

from adapters.slack.options import SlackOptions
from bench.slack.requests import SECRET, TEAM, request
from tests.adapters.slack_bot import slack_bot
from tests.adapters.slack_server import TOKEN, slack_server


async def main(url: str) -> None:
    """Until its standard input ends."""
    folder = Path(tempfile.mkdtemp(prefix="bench-slack-"))
    async with slack_server() as slack:
        slack.users["U0ANA"] = {"profile": {"email": "ana@acme.example"}}
        slack.channels |= {name: {"id": name} for name in ("C01PAY", "C02REL")}
        options = SlackOptions(bot_token=TOKEN, signing_secret=SECRET, teams=(TEAM,), api_url=slack.base)
        async with slack_bot(folder, options, url=url) as bot:
            await request(bot.port, "plan payments 2.4.1 to production at 15:00 canary 10%")
            await bot.settled()
            answer = await request(bot.port, "status R-1")
            assert "R-1 payments 2.4.1" in answer, f"not the card: {answer[:200]}"
            assert '"blocks"' in answer
            print(bot.port, flush=True)
            await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
