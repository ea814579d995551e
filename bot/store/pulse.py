"""What the outbox and the ledger look like from outside, in a few counts: for health and doctor."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Pulse
from bot.store.outbox_table import LOST, outbox
from bot.store.tables import heads, ledger, seals


async def pulse(connection: AsyncConnection, now: datetime, since: datetime) -> Pulse:
    """At that civil time; failed and unknown rows are counted from `since` on, by their due time."""
    idle = sa.and_(outbox.c.wake_at <= now, outbox.c.lease_until.is_(None), outbox.c.not_before.is_(None))
    oldest = await connection.scalar(sa.select(sa.func.min(outbox.c.wake_at)).where(idle))
    rows = (await connection.execute(lost_since(since))).all()
    states = {row[0]: row[1] for row in rows}
    sealed = await connection.scalar(sa.select(seals.c.at).order_by(seals.c.number.desc()).limit(1))
    since_when = await connection.scalar(
        sa.select(sa.func.min(ledger.c.at, type_=ledger.c.at.type))
        .join(heads, sa.and_(ledger.c.stream == heads.c.stream, ledger.c.seq == heads.c.sealed_seq + 1))
        .where(heads.c.seq > heads.c.sealed_seq)
    )
    return Pulse(oldest, states.get("failed", 0), states.get("unknown", 0), sealed, since_when)


def lost_since(since: datetime) -> sa.Select[str, int]:
    """How many rows failed, and of how many nobody can say; of those due since then. Read from ix_outbox_lost alone."""
    counted = sa.select(outbox.c.state, sa.func.count()).where(LOST, outbox.c.due_at >= since)
    return counted.group_by(outbox.c.state)
