"""Freezes that people entered."""

from collections.abc import Sequence
from dataclasses import astuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.facts import Window
from bot.store.tables import freezes

_COLUMNS = ("id", "scope", "starts_at", "ends_at", "reason", "owner", "given_by", "uid")
"""In the order of the fields of Window."""

_ALL = sa.select(*(freezes.c[name] for name in _COLUMNS)).order_by(freezes.c.starts_at, freezes.c.id)


async def all_freezes(connection: AsyncConnection) -> Sequence[Window]:
    """By their start."""
    return [Window(*row) for row in (await connection.execute(_ALL)).all()]


async def add(connection: AsyncConnection, window: Window) -> None:
    """A new one; its id is new."""
    await connection.execute(sa.insert(freezes).values(dict(zip(_COLUMNS, astuple(window), strict=True))))


async def remove(connection: AsyncConnection, freeze: str) -> bool:
    """Take it out; False where there is none of that id. The ledger keeps that it was there."""
    return (await connection.execute(sa.delete(freezes).where(freezes.c.id == freeze))).rowcount == 1
