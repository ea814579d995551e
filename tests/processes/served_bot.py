"""`python -m bot serve` with the platform of this machine: one replica, as a process that can be killed. Settings: T_MINUS_*."""

import asyncio
import sys
from pathlib import Path

from bot.app.serve import run_serve
from bot.settings import load
from tests.bot.app.local import local

if __name__ == "__main__":
    asyncio.run(run_serve(load(), [local(Path(sys.argv[1]), float(sys.argv[2]))]))
