"""Taking due rows: fair over places, one in flight for each stream, each with a lease and a new fence.

Candidates are the first `_WINDOW` free rows in the order of the partial index on wake_at; among them places take turns.
On PostgreSQL they are taken with SKIP LOCKED; a lock for each stream until the commit keeps two workers, who see two rows of
one stream, from both going ahead.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Row as DatabaseRow
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages.effects import Post
from bot.ports import Row
from bot.store.blocked import PARENT_GRACE, Blocking, Condition
from bot.store.codec import load_effect
from bot.store.columns import Instant
from bot.store.dialect import is_postgres
from bot.store.lists import among
from bot.store.outbox_table import outbox

_WINDOW = 500
_NEVER: sa.ColumnElement[Any] = sa.literal_column("'infinity'::timestamptz", Instant())
_ROW = outbox.alias("row")
_TAKEN = (
    *("id", "key", "kind", "release", "parent_key", "schedule_revision", "due_at", "useful_until", "attempts"),
    *("fence", "wanted_rev", "shown_rev", "message_id", "render_hash", "payload"),
)
_SOONEST = (
    sa.select(*(outbox.c[name] for name in _TAKEN))
    .where(outbox.c.wake_at.isnot(None), outbox.c.kind == "post", outbox.c.release != "")
    .order_by(outbox.c.wake_at, outbox.c.rank, outbox.c.id)
    .limit(sa.literal_column("1", sa.Integer()))
)
_PARENTS = sa.select(outbox.c.key, outbox.c.message_id, outbox.c.state, outbox.c.render_hash).where(
    among(outbox.c.key, "b_keys")
)


class _Parent(NamedTuple):
    """What a row has to know of the post that it answers or edits; nothing where there is none."""

    message_id: str | None = None
    state: str | None = None
    render_hash: str | None = None


_NO_PARENT = _Parent()
_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


class Claim:
    """The statements, built once. `database_time`: the database's clock decides (PostgreSQL with the system clock)."""

    def __init__(self, *, database_time: bool) -> None:
        # statement_timestamp() is stable within a statement: clock_timestamp() is volatile, and no index condition.
        if database_time:
            self.now: sa.ColumnElement[Any] = sa.literal_column("statement_timestamp()", Instant())
            self.real: sa.ColumnElement[Any] = self.now
            seconds = sa.bindparam("lease_s", type_=sa.Float())
            self.lease: sa.ColumnElement[Any] = sa.type_coerce(
                sa.func.statement_timestamp() + sa.func.make_interval(0, 0, 0, 0, 0, 0, seconds), Instant()
            )
            grace = f"(statement_timestamp() - interval '{PARENT_GRACE.total_seconds()} seconds')"
            self.grace: sa.ColumnElement[Any] = sa.literal_column(grace, Instant())
        else:
            self.now = sa.bindparam("now", type_=Instant())
            self.real = sa.bindparam("real", type_=Instant())
            self.lease = sa.bindparam("lease", type_=Instant())
            self.grace = sa.bindparam("grace", type_=Instant())
        self.select_due = self._select_due()
        self.first_due = self.select_due.limit(sa.bindparam("limit"))
        self.lock_due = self._lock_due()
        self.take = self._take()

    async def __call__(
        self, connection: AsyncConnection, limit: int, now: datetime, real: datetime, lease_s: float, owner: str
    ) -> Sequence[Row]:
        """Claim up to `limit` rows."""
        times = {
            "now": now,
            "real": real,
            "grace": now - PARENT_GRACE,
            "lease": real + timedelta(seconds=lease_s),
            "lease_s": lease_s,
        }
        postgres = is_postgres(connection)
        query = self.lock_due if postgres else self.first_due
        due = (await connection.execute(query, {**times, "limit": limit})).all()
        ids = [row.id for row in due]
        if due and postgres:
            ids = await _lock_streams(connection, {row.id: row.stream for row in due})
        if not ids:
            return []
        taken = (await connection.execute(self.take, {**times, "ids": ids, "owner": owner})).all()
        asked = sorted({row.parent_key for row in taken if row.parent_key is not None})
        found = (await connection.execute(_PARENTS, {"b_keys": asked})).all() if asked else ()
        parents = {row.key: _Parent(row.message_id, row.state, row.render_hash) for row in found}
        by_id = {row.id: _to_row(row, parents.get(row.parent_key, _NO_PARENT)) for row in taken}
        return [by_id[number] for number in ids if number in by_id]

    async def soonest(self, connection: AsyncConnection) -> Row | None:
        """The post of a release that is due next; it is not taken."""
        row = (await connection.execute(_SOONEST)).one_or_none()
        return _to_row(row, _NO_PARENT) if row is not None else None

    async def rehearse(self, connection: AsyncConnection) -> None:
        """Take nothing."""
        times = {"now": _LONG_AGO, "real": _LONG_AGO, "grace": _LONG_AGO, "lease": _LONG_AGO, "lease_s": 0.0}
        await connection.execute(self.take, {**times, "ids": [], "owner": ""})
        if is_postgres(connection):
            await _lock_streams(connection, {})

    def _due(self, row: sa.FromClause, wake_at: sa.ColumnElement[Any]) -> Condition:
        return sa.and_(
            wake_at <= self.now,
            sa.or_(row.c.lease_until.is_(None), row.c.lease_until <= self.real),
            sa.or_(row.c.not_before.is_(None), row.c.not_before <= self.real),
        )

    def _select_due(self) -> sa.Select[Any]:
        free = Blocking(_ROW, _ROW.c.wake_at <= self.grace).free()
        order = (_ROW.c.wake_at, _ROW.c.rank, _ROW.c.id)
        window = (
            sa.select(_ROW.c.id, _ROW.c.place, _ROW.c.stream, _ROW.c.wake_at, _ROW.c.rank)
            .where(self._due(_ROW, _ROW.c.wake_at), free)
            .order_by(*order)
            .limit(_WINDOW)
            .cte("candidates")
        )
        by = (window.c.wake_at, window.c.rank, window.c.id)
        turns = sa.select(
            window.c.id,
            window.c.stream,
            window.c.wake_at,
            window.c.rank,
            sa.func.row_number().over(partition_by=window.c.stream, order_by=by).label("in_stream"),
            sa.func.row_number().over(partition_by=window.c.place, order_by=by).label("turn"),
        ).cte("turns")
        return (
            sa.select(turns.c.id, turns.c.stream)
            .where(turns.c.in_stream == 1)
            .order_by(turns.c.turn, turns.c.wake_at, turns.c.rank, turns.c.id)
        )

    def _lock_due(self) -> sa.Select[Any]:
        """The first of them that nobody else is taking. By an array, so that rows are looked up and never joined.

        That they are due is said again: PostgreSQL checks it again where a row changed while it was being locked. It is said in
        words that no index on wake_at knows: the planner would go through all that is due there, and compare each entry with
        each id.
        """
        in_turn: sa.Select[Any] = self._select_due().with_only_columns(sa.column("id"))
        ids = sa.select(sa.func.array(in_turn.scalar_subquery()).label("ids")).cte("picked")
        array = sa.cast(sa.select(ids.c.ids).scalar_subquery(), sa.ARRAY(sa.BigInteger))
        return (
            sa.select(outbox.c.id, outbox.c.stream)
            .where(outbox.c.id == sa.any_(array), self._due(outbox, sa.func.coalesce(outbox.c.wake_at, _NEVER)))
            .order_by(sa.func.array_position(array, outbox.c.id))
            .limit(sa.bindparam("limit", type_=sa.Integer()))
            .with_for_update(skip_locked=True)
        )

    def _take(self) -> sa.UpdateBase:
        alone = Blocking(outbox, sa.true()).alone()
        return (
            sa.update(outbox)
            .where(among(outbox.c.id, "ids"), alone)
            .values(
                state="sending",
                fence=outbox.c.fence + 1,
                attempts=outbox.c.attempts + 1,
                lease_owner=sa.bindparam("owner", type_=sa.Text()),
                lease_until=self.lease,
                not_before=None,
            )
            .returning(*(outbox.c[name] for name in _TAKEN))
        )


async def _lock_streams(connection: AsyncConnection, streams: Mapping[int, str]) -> list[int]:
    """The rows whose stream nobody else is claiming from at this moment."""
    listed = sa.func.unnest(sa.bindparam("streams", list(streams.values()), sa.ARRAY(sa.Text))).column_valued("stream")
    locked = sa.select(listed, sa.func.pg_try_advisory_xact_lock(sa.func.hashtextextended(listed, 1)))
    got = {stream for stream, taken in (await connection.execute(locked)).all() if taken}
    return [number for number, stream in streams.items() if stream in got]


def _to_row(row: DatabaseRow[Any], parent: _Parent) -> Row:
    """An edit carries the Post that it edits as its effect: that is what has to be rendered again."""
    effect = load_effect(row.payload)
    edit = row.kind == "edit"
    return Row(
        id=row.id,
        key=row.key,
        kind=row.kind,
        release=row.release,
        effect=effect,
        due_at=row.due_at,
        useful_until=row.useful_until,
        attempts=row.attempts,
        fence=row.fence,
        schedule_revision=effect.schedule_revision if edit and isinstance(effect, Post) else row.schedule_revision,
        message_id=parent.message_id if edit else row.message_id,
        parent_message_id=parent.message_id,
        parent_state=parent.state,
        wanted_rev=row.wanted_rev,
        shown_rev=row.shown_rev,
        render_hash=row.render_hash or (parent.render_hash if edit else None),
    )
