"""Named values and counters."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.dialect import upsertable
from bot.store.tables import counters, meta

_VALUE = sa.select(meta.c.value).where(meta.c.name == sa.bindparam("b_name"))


async def next_number(connection: AsyncConnection, counter: str) -> int:
    """1, 2, 3 …; a transaction that rolls back gives its number back."""
    insert = upsertable(connection, counters).values(name=counter, value=1)
    bump = insert.on_conflict_do_update(index_elements=[counters.c.name], set_={"value": counters.c.value + 1})
    number: int = (await connection.execute(bump.returning(counters.c.value))).scalar_one()
    return number


async def at_least(connection: AsyncConnection, counter: str, number: int) -> None:
    """The next number is greater than that one."""
    await next_number(connection, counter)  # the counter is there, and its row is ours
    passed = sa.case((counters.c.value - 1 < number, number), else_=counters.c.value - 1)
    await connection.execute(sa.update(counters).where(counters.c.name == counter).values(value=passed))


async def give_back(connection: AsyncConnection, counter: str, number: int) -> None:
    """The number that this very transaction drew is drawn again next; the counter's row is locked since it was drawn."""
    unused = sa.update(counters).where(counters.c.name == counter, counters.c.value == number)
    await connection.execute(unused.values(value=counters.c.value - 1))


async def get(connection: AsyncConnection, name: str) -> str | None:
    """The value under that name, or None."""
    value: str | None = await connection.scalar(_VALUE, {"b_name": name})
    return value


async def put(connection: AsyncConnection, name: str, value: str) -> None:
    """Set it."""
    insert = upsertable(connection, meta)
    change = insert.on_conflict_do_update(index_elements=[meta.c.name], set_={"value": insert.excluded.value})
    await connection.execute(change, {"name": name, "value": value})
