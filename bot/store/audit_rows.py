"""Rows as an audit reads them, whatever a hand in the database wrote into them, and what it says of a broken one."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bot.store.columns import Instant


@dataclass(frozen=True, slots=True)
class Broken:
    """`why` of a row: gap, chain, seal, missing, head, sealed · of a release: fold, columns, no_state, unreadable, schema.

    Of a post (`seq` is the row of its receipt, 0 where there is none): post, no_receipt.
    Of seals (`stream` is "seals", `seq` the seal's number): seal_chain, seal_mac, seal_unreadable, outside, lost.
    """

    stream: str
    seq: int
    why: str


def as_stored(table: sa.Table) -> list[sa.ColumnElement[Any]]:
    """The columns without what a type makes of them: a hand in the database may have written what no type can read."""
    return [sa.type_coerce(c, sa.String).label(c.name) if isinstance(c.type, Instant) else c for c in table.c]


def instant_of(stored: object) -> datetime | None:
    """The instant that was stored, UTC. Raises ValueError or TypeError where it is none."""
    if stored is None or isinstance(stored, datetime):
        return stored
    return datetime.fromisoformat(str(stored)).astimezone(UTC)
