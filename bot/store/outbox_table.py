"""The outbox: timer and outbox in one row (timeline.md, "The row")."""

import sqlalchemy as sa

from bot.store.columns import Instant
from bot.store.tables import metadata

RANKS = {"command": 0, "gather": 1, "post": 2, "edit": 3}
"""At equal times in this order."""

FINAL = frozenset({"sent", "late", "merged", "skipped", "superseded", "failed", "done"})
"""States that end a row; `unknown` ends it too where nobody will look again (its wake_at is then NULL)."""

SENDING: sa.ColumnElement[str] = sa.literal_column("'sending'")
COMMAND: sa.ColumnElement[str] = sa.literal_column("'command'")
"""As literals: a bound value could not be matched to a partial index."""

SHOWN = ("sent", "late")
"""States of a post that people can see."""

# wake_at is civil and stands for the whole life of a row: NULL when it is over. lease_until and not_before are real time.
outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("rank", sa.SmallInteger, nullable=False),
    sa.Column("release", sa.String(40), nullable=False),
    sa.Column("stream", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("occasion", sa.Text, nullable=False),
    sa.Column("parent_key", sa.Text),
    sa.Column("schedule_revision", sa.Integer),
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("useful_until", Instant),
    sa.Column("wake_at", Instant),
    sa.Column("lease_until", Instant),
    sa.Column("not_before", Instant),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("lease_owner", sa.Text),
    sa.Column("fence", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("wanted_rev", sa.Integer, nullable=False, server_default="1"),
    sa.Column("shown_rev", sa.Integer, nullable=False, server_default="0"),
    sa.Column("message_id", sa.Text),
    sa.Column("sent_at", Instant),
    sa.Column("outcome", sa.Text, nullable=False, default=""),
    sa.Column("render_hash", sa.String(64)),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
)

_live = outbox.c.wake_at.isnot(None)
sa.Index("ix_outbox_wake", outbox.c.wake_at, outbox.c.rank, outbox.c.id, sqlite_where=_live, postgresql_where=_live)
sa.Index("ix_outbox_stream", outbox.c.stream, outbox.c.wake_at, sqlite_where=_live, postgresql_where=_live)
_leased = outbox.c.lease_until.isnot(None)
sa.Index("ix_outbox_lease", outbox.c.lease_until, sqlite_where=_leased, postgresql_where=_leased)
_later = outbox.c.not_before.isnot(None)
sa.Index("ix_outbox_not_before", outbox.c.not_before, sqlite_where=_later, postgresql_where=_later)
_commands = sa.and_(outbox.c.kind == COMMAND, outbox.c.wake_at.isnot(None))
sa.Index("ix_outbox_commands", outbox.c.release, outbox.c.due_at, sqlite_where=_commands, postgresql_where=_commands)
sa.Index("ix_outbox_release", outbox.c.release)
_sent = outbox.c.message_id.isnot(None)
sa.Index("ix_outbox_message", outbox.c.message_id, sqlite_where=_sent, postgresql_where=_sent)
_flying = outbox.c.state == SENDING
sa.Index("ix_outbox_flying", outbox.c.stream, sqlite_where=_flying, postgresql_where=_flying)
LOST: sa.ColumnElement[bool] = outbox.c.state.in_([sa.literal_column("'failed'"), sa.literal_column("'unknown'")])
"""Rows that did not get through, or of which nobody can say: few, and counted each time that somebody asks for the health."""
sa.Index("ix_outbox_lost", outbox.c.due_at, outbox.c.state, sqlite_where=LOST, postgresql_where=LOST)
