"""Before the first rush: what claims, reads and receipts say to the database is said once to nobody, and given up.

The first time of each costs ten times as much: SQLAlchemy writes the text, the driver asks for types, the database plans. Else
that would be paid when hundreds of posts are due, on each connection that is opened for them.
"""

from contextlib import AsyncExitStack
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Row
from bot.store import complete, ledger, posts, releases
from bot.store.claim import Claim
from bot.store.engine import Engines

_AT_ONCE = 5
"""Connections that a rush of one worker needs: for a claim, for receipts, and for what the posts of a few claims read."""

_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


async def rehearse(engines: Engines, claim: Claim) -> Row | None:
    """Say it all on each of those connections. Gives the post that is due next, which stays as it is; None: there is none."""
    row = None
    async with AsyncExitStack() as stack:
        count = _AT_ONCE if engines.postgres else 1
        for connection in [await stack.enter_async_context(engines.write.connect()) for _ in range(count)]:
            async with connection.begin() as nothing:
                row = await _say(connection, claim)
                await nothing.rollback()
    if not engines.postgres:
        async with engines.read.begin() as connection:
            await _read(connection)
    return row


async def _say(connection: AsyncConnection, claim: Claim) -> Row | None:
    await claim(connection, 0, _LONG_AGO, _LONG_AGO, 0.0, "")
    await claim.rehearse(connection)
    await _read(connection)
    await complete.rehearse(connection)
    await ledger.rehearse(connection)
    return await claim.soonest(connection)


async def _read(connection: AsyncConnection) -> None:
    await releases.loaded(connection, [])
    await posts.announcements_of(connection, [])
