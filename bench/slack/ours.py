"""The whole bot on Slack with planned releases: `python -m bench.slack.ours <database url> changes|all`; prints its port.

Its clock goes with the machine's, since an answer may be given again for a few seconds of it.
"""

import asyncio
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from adapters.slack.options import SlackOptions
from bench.slack.requests import RELEASES, SECRET, TEAM, USERS, request
from bot.app.house import spare_the_collector
from tests.adapters.slack_bot import Bot, slack_bot
from tests.adapters.slack_server import TOKEN, slack_server

SERVICES = ("payments", "ledger", "web", "search")


async def main(url: str, receipts: str) -> None:
    """Until its standard input ends."""
    folder = Path(tempfile.mkdtemp(prefix="bench-slack-"))
    async with slack_server() as slack:
        for user in USERS:
            slack.users[user] = {"profile": {"email": f"{user.removeprefix('U0').lower()}@acme.example"}}
        slack.channels |= {name: {"id": name} for name in ("C01PAY", "C02REL")}
        options = SlackOptions(bot_token=TOKEN, signing_secret=SECRET, teams=(TEAM,), api_url=slack.base)
        async with slack_bot(folder, options, url=url, keep_looks=receipts == "all") as bot:
            spare_the_collector()  # as serve does
            if await bot.store.release(f"R-{RELEASES}") is None:
                await planned(bot)
            answer = await request(bot.port, f"status R-{RELEASES}")
            assert f"R-{RELEASES} search" in answer, f"not the card: {answer[:200]}"
            assert '"blocks"' in answer
            bot.clock.run(1.0)
            print(bot.port, flush=True)
            await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


async def planned(bot: Bot) -> None:
    """Releases of four services, spread over the days to come; evidence is gathered, cards are posted."""
    for n in range(RELEASES):
        service = SERVICES[n % len(SERVICES)]
        start = bot.clock.now() + timedelta(days=1 + n // 8, hours=n % 8)
        await request(bot.port, f"plan {service} 2.4.{n} to production {start:%Y-%m-%d %H:%M} canary 10%")
        if n % 20 == 0:
            await bot.settled()
    await bot.settled()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
