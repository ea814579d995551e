"""Standing orders that people gave: delegations and subscriptions. They are few, and read all at once."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.orders import Delegation, Orders, Subscription
from bot.store.codec import dump_order, load_order
from bot.store.tables import orders


async def everything(connection: AsyncConnection) -> Orders:
    """All, each kind by its id; also delegations that ran out."""
    found = [load_order(body) for body in (await connection.scalars(sa.select(orders.c.body))).all()]
    delegations = sorted((o for o in found if isinstance(o, Delegation)), key=lambda o: o.id)
    subscriptions = sorted((o for o in found if isinstance(o, Subscription)), key=lambda o: o.id)
    return Orders(tuple(delegations), tuple(subscriptions))


async def under_own_ids(connection: AsyncConnection) -> Orders | None:
    """The same, for the audit; None where one is kept under another id than its own, so that nobody could end it."""
    ids = set((await connection.scalars(sa.select(orders.c.id))).all())
    found = await everything(connection)
    own = {o.id for o in found.delegations} | {o.id for o in found.subscriptions}
    return found if ids == own else None


async def add(connection: AsyncConnection, order: Delegation | Subscription) -> None:
    """A new one; its id is new."""
    await connection.execute(sa.insert(orders).values(id=order.id, body=dump_order(order)))


async def remove(connection: AsyncConnection, order: str) -> None:
    """Take it out. The ledger keeps that it was there."""
    await connection.execute(sa.delete(orders).where(orders.c.id == order))
