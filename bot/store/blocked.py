"""Why a live row may have to wait for another one. Shared by the claim and by the question when to wake up."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from bot.store.outbox_table import outbox

PARENT_GRACE = timedelta(minutes=2)
"""How long a reply waits for its parent's receipt; after that it goes without the thread."""

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Blocking:
    """`grace_over`: the row no longer waits for its parent. `leased`: that other row's lease still holds (given its alias)."""

    row: sa.FromClause
    grace_over: Condition
    real: sa.ColumnElement[object] | None

    def free(self) -> Condition:
        """True if nothing stands in the row's way."""
        return sa.and_(
            sa.not_(self.in_flight()), sa.not_(self._overtakes()), sa.not_(self._early()), sa.not_(self._waits())
        )

    def in_flight(self) -> Condition:
        """Another row of its stream is being sent. Without `real` a lease counts as long as it stands."""
        other = outbox.alias("flying")
        held = other.c.state == "sending"
        if self.real is not None:
            held = sa.and_(held, other.c.lease_until > self.real)
        return sa.exists().where(
            other.c.stream == self.row.c.stream, other.c.wake_at.isnot(None), other.c.id != self.row.c.id, held
        )

    def _overtakes(self) -> Condition:
        """An earlier row of its stream and kind is not over: T-5 never overtakes T-30. Edits only follow their post."""
        other, row = outbox.alias("earlier"), self.row
        earlier = sa.or_(
            other.c.wake_at < row.c.wake_at, sa.and_(other.c.wake_at == row.c.wake_at, other.c.id < row.c.id)
        )
        is_parent = sa.func.coalesce(row.c.parent_key == other.c.key, sa.false())
        is_child = sa.func.coalesce(other.c.parent_key == row.c.key, sa.false())
        return sa.and_(
            row.c.kind != "edit",
            sa.exists().where(
                other.c.stream == row.c.stream,
                other.c.wake_at.isnot(None),
                other.c.kind == row.c.kind,
                earlier,
                sa.not_(sa.and_(is_parent, self.grace_over)),
                sa.not_(is_child),
            ),
        )

    def _early(self) -> Condition:
        """A post, while its release has an unfinished command due at or before it (decision 5)."""
        other = outbox.alias("command")
        return sa.and_(
            self.row.c.kind == "post",
            sa.exists().where(
                other.c.kind == sa.literal_column("'command'"),
                other.c.release == self.row.c.release,
                other.c.wake_at.isnot(None),
                other.c.due_at <= self.row.c.due_at,
            ),
        )

    def _waits(self) -> Condition:
        """Its parent is neither over nor past hope. An edit has nothing to edit before that, so grace is for posts."""
        parent = outbox.alias("parent")
        return sa.and_(
            sa.or_(self.row.c.kind == "edit", sa.not_(self.grace_over)),
            sa.exists().where(
                parent.c.key == self.row.c.parent_key, parent.c.message_id.is_(None), parent.c.wake_at.isnot(None)
            ),
        )
