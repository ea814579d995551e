"""What a committed event causes elsewhere or later: each becomes a row of the outbox in the same transaction (decision 1).

Keys. post: `release:schedule_revision:occasion:n:audience:platform:place` · living card: `release:card:platform:place`
· edit: the key of its post + `#edit` · gather: `release:gather:source:purpose:n` · command: `release:schedule_revision:cmd:…`.
A key is written once; the same key again changes nothing (but Revise, which raises wanted_rev).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.commands import Command
from bot.domain.people import Place


@dataclass(frozen=True, slots=True)
class Post:
    """A message to one place, rendered when it is sent (decision 7), never later than `useful_until`.

    `card` names the renderer of bot/messages/cards/index.py, `params` are its fixed values. `occasion`: CARD, QUESTION,
    T-30 … T+30, ROLLBACK, HOLD, MOVED, … `parent`: key of the post in whose thread it stands; it waits for its receipt.
    `release` "": it is of no release, and drawn by what bot.outbox calls a bulletin.
    `schedule_revision`: superseded with its generation (move, hold); None: it does not belong to the schedule.
    `audience`: team, stakeholders or direct.
    """

    key: str
    release: str
    occasion: str
    audience: str
    place: Place
    due_at: datetime
    card: str
    useful_until: datetime | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    schedule_revision: int | None = None
    n: int = 1
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Revise:
    """Show the newest state in an already sent (or pending) post: an edit in place, only the newest is ever sent."""

    key: str
    release: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Gather:
    """Ask a source. `role`: ci, scm, prometheus, rollout, registry, incidents, link; `purpose`: plan, recheck, watch or link."""

    key: str
    release: str
    role: str
    source: str
    purpose: str
    due_at: datetime
    schedule_revision: int | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """Do this command at that time."""

    key: str
    release: str
    command: Command
    due_at: datetime
    schedule_revision: int | None = None


@dataclass(frozen=True, slots=True)
class Supersede:
    """Pending rows of the release whose schedule_revision is below `below` are superseded; `why` is recorded.

    `occasions`: only those (empty: all that belong to the schedule). `place`: only what goes there; None: wherever it goes.
    """

    release: str
    below: int
    why: str
    occasions: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class CorrectSent:
    """Posts of earlier schedule generations that were already sent are edited and say so (T7)."""

    release: str
    below: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ReviseOccasion:
    """Revise every post of that occasion of the release, wherever its copies stand: approval cards after a decision (G22).

    `place`: only the copies that stand there.
    """

    release: str
    occasion: str
    due_at: datetime
    place: Place | None = None


Effect = Post | Revise | Gather | Later | Supersede | CorrectSent | ReviseOccasion


@dataclass(frozen=True, slots=True)
class Routes:
    """Where audiences and persons are reached: from catalogue and roster. `home`: where planning was asked for."""

    team: tuple[Place, ...]
    stakeholders: tuple[Place, ...]
    direct: Mapping[str, Place] = field(default_factory=dict)
