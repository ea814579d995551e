"""When to look at the outbox again. Rows that wait for another row do not count: that row's end wakes the process."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Wake
from bot.store.blocked import PARENT_GRACE, Blocking
from bot.store.outbox_table import COMMAND, SENDING, outbox

_ROW = outbox.alias("row")
_WAITING = sa.and_(_ROW.c.wake_at.isnot(None), _ROW.c.state != SENDING)
_FREE = Blocking(_ROW, sa.false()).free()
_FREE_WITHOUT_PARENT = Blocking(_ROW, sa.true()).free()

_DUE = sa.select(_ROW.c.wake_at).where(_WAITING, _ROW.c.not_before.is_(None), _FREE).order_by(_ROW.c.wake_at).limit(1)
_ORPHANED = (
    sa.select(_ROW.c.wake_at)
    .where(_WAITING, _ROW.c.not_before.is_(None), _ROW.c.parent_key.isnot(None), _FREE_WITHOUT_PARENT)
    .order_by(_ROW.c.wake_at)
    .limit(1)
)
_LEASE = sa.select(sa.func.min(outbox.c.lease_until)).where(outbox.c.lease_until.isnot(None))
_HELD_BACK = (
    sa.select(_ROW.c.not_before)
    .where(_WAITING, _ROW.c.not_before.isnot(None), _FREE)
    .order_by(_ROW.c.not_before)
    .limit(1)
)


async def next_wake(connection: AsyncConnection) -> Wake:
    """The earliest instants on both clocks at which a row may become claimable."""
    due = await connection.scalar(_DUE)
    orphaned = _ORPHANED if due is None else _ORPHANED.where(_ROW.c.wake_at < due)
    waited = await connection.scalar(orphaned)
    civil = [due] if due else []
    if waited:
        civil.append(waited + PARENT_GRACE)
    real = [t for t in (await connection.scalar(_LEASE), await connection.scalar(_HELD_BACK)) if t]
    return Wake(_earliest(civil), _earliest(real))


async def unfinished_at(connection: AsyncConnection, release: str, due_at: datetime) -> bool:
    """True if a command of that release, due at or before that, is not over."""
    query: sa.Select[Any] = sa.select(sa.literal(1)).where(
        outbox.c.kind == COMMAND,
        outbox.c.release == release,
        outbox.c.wake_at.isnot(None),
        outbox.c.due_at <= due_at,
    )
    return await connection.scalar(query.limit(1)) is not None


def _earliest(times: list[datetime]) -> datetime | None:
    return min(times, default=None)
