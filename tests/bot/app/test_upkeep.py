"""What the running bot does beside its work: answers of long ago are forgotten, young ones are kept."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.app.options import SandboxOptions
from bot.app.sandbox import sandbox
from bot.messages.heard import Quiet


async def test_the_running_bot_forgets_the_answers_of_long_ago(tmp_path: Path) -> None:
    async with sandbox(SandboxOptions(port=0, data=tmp_path, tidy_every_s=0.05)) as running:
        async with running.store.unit() as unit:
            await unit.remember("old", Quiet(), running.clock.now() - timedelta(days=8))
            await unit.remember("young", Quiet(), running.clock.now() - timedelta(days=1))
        for _ in range(400):
            if (await running.store.delivery("old")).answer is None:
                break
            await asyncio.sleep(0.05)
        assert (await running.store.delivery("old")).answer is None
        assert (await running.store.delivery("young")).answer == Quiet()
