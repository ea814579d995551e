"""What a card is drawn from: committed state at the instant of drawing (decision 7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.facts import Facts
from bot.domain.people import Place
from bot.domain.release import Judgement, Release


@dataclass(frozen=True, slots=True)
class View:
    """`params` are the post's own fixed values; `due_at` and `late_s` tell a late post from one on time (T3).

    `merged` names earlier marks that this post also speaks for. `place` is where it will stand. `head`: the ledger's head.
    `corrected`: this is an edit of a post whose schedule generation is over (T7). `reader`: a person id, or None for a channel.
    """

    release: Release
    facts: Facts
    judgement: Judgement
    now: datetime
    place: Place
    params: Mapping[str, str] = field(default_factory=dict)
    due_at: datetime | None = None
    late_s: int = 0
    merged: tuple[str, ...] = ()
    corrected: bool = False
    head: str = ""
    reader: str | None = None
