"""What a drill has to remember over a restart, as JSON in the sandbox's database."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.app.drills.scripts import DRILLS
from bot.app.drills.stage import Run

KEY = "drills"


class Meta(Protocol):
    """Named values of the database."""

    async def get_meta(self, name: str) -> str | None:
        """The value, or None."""

    async def set_meta(self, name: str, value: str) -> None:
        """Keep it."""


@dataclass(slots=True)
class On:
    """The drill that is on: `step` is the next to do, `guide` the message that tells of it; `playing`: it goes on by itself."""

    drill: str
    service: str
    version: str
    start_at: datetime
    step: int = 0
    release: str = ""
    guide: int = 0
    playing: bool = False

    @property
    def over(self) -> bool:
        """True once all steps are done; its release stands as it is until the next drill begins, so that it can be looked at."""
        return self.step >= len(DRILLS[self.drill].steps)


@dataclass(slots=True)
class Memory:
    """All runs so far, how many tours there were, and the drill that is on."""

    meta: Meta
    runs: list[Run] = field(default_factory=list)
    played: int = 0
    on: On | None = None

    async def load(self) -> None:
        """Read it. Time stands still after a restart, so nothing goes on by itself."""
        kept = await self.meta.get_meta(KEY)
        if kept is None:
            return
        found = json.loads(kept)
        self.played = found["played"]
        self.runs = [Run(r["service"], datetime.fromisoformat(r["begun_at"]), r["drilled"]) for r in found["runs"]]
        if found["on"]:
            on: dict[str, Any] = {**found["on"], "start_at": datetime.fromisoformat(found["on"]["start_at"])}
            self.on = On(**{**on, "playing": False})

    async def save(self) -> None:
        """Write it."""
        on = self.on
        shown = on and {
            "drill": on.drill,
            "service": on.service,
            "version": on.version,
            "start_at": on.start_at.isoformat(),
            "step": on.step,
            "release": on.release,
            "guide": on.guide,
        }
        runs = [{"service": r.service, "begun_at": r.begun_at.isoformat(), "drilled": r.drilled} for r in self.runs]
        await self.meta.set_meta(KEY, json.dumps({"played": self.played, "runs": runs, "on": shown or None}))
