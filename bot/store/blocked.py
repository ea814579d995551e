"""Why a live row may have to wait for another one. Shared by the claim and by the question when to wake up.

Each reason is a scalar subquery with LIMIT 1, which PostgreSQL looks up by index for each row in question: as EXISTS it would
be turned into a join or a hash over the whole table, however few rows are due. It is compared by `<> 1`, which the planner
takes for nearly always true: after IS NULL it would expect almost no row to pass, and read and sort all of them at once.
"""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from bot.store.outbox_table import COMMAND, SENDING, outbox

PARENT_GRACE = timedelta(minutes=2)
"""How long a reply waits for its parent's receipt; after that it goes without the thread."""

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Blocking:
    """`grace_over`: the row no longer waits for its parent."""

    row: sa.FromClause
    grace_over: Condition

    def free(self) -> Condition:
        """True if nothing stands in the row's way.

        A row in flight is free: should its lease run out, it is taken up again before anything else of its stream, since
        it may have been sent.
        """
        others = (self._overtakes_none(), self._commands_done(), self._parent_settled())
        return sa.or_(self.row.c.state == SENDING, sa.and_(self._none_in_flight(), *others))

    def alone(self) -> Condition:
        """True if no other row of its stream is in flight."""
        return sa.or_(self.row.c.state == SENDING, self._none_in_flight())

    def _none_in_flight(self) -> Condition:
        other = outbox.alias("flying")
        return _none(other.c.stream == self.row.c.stream, other.c.state == SENDING, other.c.id != self.row.c.id)

    def _overtakes_none(self) -> Condition:
        """Every earlier row of its stream and kind is over: T-5 never overtakes T-30. Edits only follow their post."""
        other, row = outbox.alias("earlier"), self.row
        is_parent = sa.func.coalesce(row.c.parent_key == other.c.key, sa.false())
        is_child = sa.func.coalesce(other.c.parent_key == row.c.key, sa.false())
        none_earlier = _none(
            other.c.stream == row.c.stream,
            other.c.wake_at <= row.c.wake_at,
            sa.or_(other.c.wake_at < row.c.wake_at, other.c.id < row.c.id),
            other.c.kind == row.c.kind,
            sa.not_(sa.and_(is_parent, self.grace_over)),
            sa.not_(is_child),
        )
        return sa.or_(row.c.kind == "edit", none_earlier)

    def _commands_done(self) -> Condition:
        """For a post: every command of its release due at or before it is over (decision 5)."""
        other = outbox.alias("command")
        none_unfinished = _none(
            other.c.kind == COMMAND,
            other.c.release == self.row.c.release,
            other.c.wake_at.isnot(None),
            other.c.due_at <= self.row.c.due_at,
        )
        return sa.or_(self.row.c.kind != "post", none_unfinished)

    def _parent_settled(self) -> Condition:
        """Its parent is over, or past hope. An edit has nothing to edit before that, so grace is for posts.

        A post that was claimed before does not begin to wait for a parent that came after it.
        """
        parent = outbox.alias("parent")
        none_pending = _none(
            parent.c.key == self.row.c.parent_key, parent.c.message_id.is_(None), parent.c.wake_at.isnot(None)
        )
        waits_no_more = sa.or_(self.grace_over, self.row.c.fence > 0)
        return sa.or_(sa.and_(self.row.c.kind != "edit", waits_no_more), none_pending)


def _none(*conditions: Condition) -> Condition:
    one = sa.literal_column("1", sa.Integer())
    found = sa.select(one).where(*conditions).limit(one).scalar_subquery()
    return sa.func.coalesce(found, sa.literal_column("0")) != one
