"""The rows of the outbox."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.commands import Command
from bot.messages.effects import Effect
from bot.ports.store import Entry


@dataclass(frozen=True, slots=True)
class Row:
    """A claimed outbox row. `effect` is what it came from. `fence` must be given back with every change.

    An edit carries the Post that it edits as its effect, and that post's message as `message_id` and `parent_message_id`
    (None where the post was never shown: there is nothing to edit); `render_hash` is of what is shown now. `attempts`
    counts this claim: above 1, somebody may have sent it already (step 5 of timeline.md: look first).
    """

    id: int
    key: str
    kind: str
    release: str
    effect: Effect
    due_at: datetime
    useful_until: datetime | None
    attempts: int
    fence: int
    schedule_revision: int | None
    message_id: str | None
    parent_message_id: str | None
    parent_state: str | None
    wanted_rev: int
    shown_rev: int
    render_hash: str | None


@dataclass(frozen=True, slots=True)
class Completion:
    """How a claimed row ended: `state` is a state of timeline.md, or done for commands and gathers.

    pending gives it back, not before `not_before` (real time). unknown with `not_before` is claimed again then, to look;
    without it, that is the end.
    `entry`: the ledger entry of the receipt, written in the same transaction. `shown_rev`: for edits and posts, the
    wanted_rev that was rendered; where wanted_rev has grown meanwhile the row (or its edit) stays pending.
    """

    row: Row
    state: str
    not_before: datetime | None = None
    message_id: str | None = None
    sent_at: datetime | None = None
    outcome: str = ""
    render_hash: str | None = None
    shown_rev: int | None = None
    entry: Entry | None = None
    count_attempt: bool = True


@dataclass(frozen=True, slots=True)
class Pulse:
    """How the outbox and the record stand.

    `oldest_due`: of the oldest row that is due (civil), and neither being sent nor put off. `unsealed_since`: when the oldest
    ledger entry that no seal covers was written; None where all are covered.
    """

    oldest_due: datetime | None
    failed: int
    unknown: int
    sealed_at: datetime | None
    unsealed_since: datetime | None


@dataclass(frozen=True, slots=True)
class Wake:
    """When to look again: `civil` for due times, `real` for leases and Retry-After; None: nothing waits on that clock."""

    civil: datetime | None
    real: datetime | None


class OutboxStore(Protocol):
    """The rows. Times are civil unless named real; on PostgreSQL with the system clock the database decides what is due."""

    async def claim(self, limit: int, now: datetime, real: datetime, lease_s: float, owner: str) -> Sequence[Row]:
        """Take due rows: fair over places, one in flight for each stream, commands before gathers before posts before edits.

        A row whose lease ran out is due again. A post is due only if its release has no unfinished command row due at or
        before it (decision 5), and its parent has its receipt or is past hope. Marks `sending`, raises fence and attempts.
        """

    async def complete(self, completions: Sequence[Completion]) -> int:
        """Write results where the fence still holds; gives how many held."""

    async def next_wake(self) -> Wake:
        """The earliest instants at which a row may become claimable, on both clocks."""

    async def unfinished_at(self, release: str, due_at: datetime) -> bool:
        """True if a command row of that release, due at or before that, is unfinished."""

    async def release_leases(self, owner: str, now: datetime) -> int:
        """Give back what this worker holds and has not begun to send (SIGTERM)."""


Handle = Callable[[str, Command, str], Awaitable[Any]]
"""service.handle as the outbox sees it: (release id, command, request id)."""
