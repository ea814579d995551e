"""The tables but the outbox. JSON is kept as text, byte for byte as it was written: the ledger's hashes are over it."""

import sqlalchemy as sa

from bot.store.columns import Instant

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
)

releases = sa.Table(
    "releases",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("number", sa.BigInteger, nullable=False),
    sa.Column("service", sa.Text, nullable=False),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("version_text", sa.Text),
    sa.Column("phase", sa.String(20), nullable=False),
    sa.Column("ended", sa.Boolean, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Column("start_at", Instant),
    sa.Column("started", sa.Boolean, nullable=False),
    sa.Column("owner", sa.Text),
    sa.Column("rollback_owner", sa.Text),
    sa.Column("accepted_at", Instant),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("corrupt", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("review_open", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("state", sa.Text, nullable=False),
)
sa.Index("ix_releases_open", releases.c.service, releases.c.environment, releases.c.ended)
sa.Index("ix_releases_ended", releases.c.service, releases.c.ended_at)
sa.Index("ix_releases_accepted", releases.c.service, releases.c.accepted_at)

heads = sa.Table(
    "stream_heads",
    metadata,
    sa.Column("stream", sa.Text, primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("sealed_seq", sa.BigInteger, nullable=False, server_default="0"),
)
sa.Index(
    "ix_stream_heads_unsealed",
    heads.c.stream,
    sqlite_where=heads.c.seq > heads.c.sealed_seq,
    postgresql_where=heads.c.seq > heads.c.sealed_seq,
)

# WITHOUT ROWID: else INSERT OR REPLACE by rowid would delete a row that no trigger sees.
ledger = sa.Table(
    "ledger",
    metadata,
    sa.Column("stream", sa.Text, primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("what", sa.String(20), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("surface", sa.Text, nullable=False),
    sa.Column("request", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("previous", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sqlite_with_rowid=False,
)

seals = sa.Table(
    "seals",
    metadata,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("heads", sa.Text, nullable=False),
    sa.Column("previous", sa.String(64), nullable=False),
    sa.Column("mac", sa.String(64), nullable=False),
    sqlite_with_rowid=False,
)

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("receipt", sa.Text, primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
)
sa.Index("ix_inbox_at", inbox.c.at)

freezes = sa.Table(
    "freezes",
    metadata,
    sa.Column("id", sa.String(100), primary_key=True),
    sa.Column("scope", sa.Text, nullable=False),
    sa.Column("starts_at", Instant, nullable=False),
    sa.Column("ends_at", Instant, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("owner", sa.Text),
    sa.Column("given_by", sa.Text),
    sa.Column("uid", sa.Text),
)

counters = sa.Table(
    "counters",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.BigInteger, nullable=False),
)

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

notes = sa.Table(
    "notes",
    metadata,
    sa.Column("book", sa.String(60), primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

orders = sa.Table(
    "orders",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
)
