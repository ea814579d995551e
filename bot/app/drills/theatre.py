"""What a director of drills needs from the bot."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from adapters.evidence.demo_file import DemoFile
from bot.app.drills.memory import Meta
from bot.app.drills.stage import Stage
from bot.messages.heard import Answer, Heard
from bot.ports import Reads
from bot.timekeeper import MachineTime, Timekeeper


@dataclass(frozen=True, slots=True)
class Theatre:
    """What a director needs: `hear` and `settle` are the bot's own, `keep` the database's named values."""

    hear: Callable[[Heard], Awaitable[Answer]]
    settle: Callable[[], Awaitable[None]]
    reads: Reads
    keep: Meta
    time: Timekeeper | MachineTime
    stage: Stage
    demo: DemoFile
