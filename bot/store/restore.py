"""After a restore from backup: what was due since the backup may have been posted by the database that was lost."""

from datetime import datetime

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.outbox_table import outbox
from bot.store.seals import Seal
from bot.store.tables import seals


async def is_behind(store: Database, outside: Seal) -> bool:
    """True where a seal that this record was given is not in it: the database is older than its seals."""
    query = sa.select(sa.func.count()).where(seals.c.number == outside.number, seals.c.mac == outside.mac)
    async with store.transaction() as connection:
        return not (await connection.execute(query)).scalar_one()


async def look_first(store: Database, now: datetime) -> int:
    """Posts and edits that are due become `unknown`: the next claim counts as a repeated one, so it looks before it sends.

    Commands and gathers stay as they are; their decisions check the state themselves. Gives how many rows.
    """
    attempted = sa.case((outbox.c.attempts < 1, 1), else_=outbox.c.attempts)
    change = (
        sa.update(outbox)
        .where(outbox.c.wake_at <= now, outbox.c.kind.in_(["post", "edit"]))
        .values(
            state="unknown",
            attempts=attempted,
            fence=outbox.c.fence + 1,
            lease_until=None,
            lease_owner=None,
            not_before=None,
        )
    )
    async with store.transaction() as connection:
        return (await connection.execute(change)).rowcount
