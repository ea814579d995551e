"""Seals: every few seconds all stream heads are signed together with a key that is not in the database (A2).

A seal names the heads that moved since the seal before, and that seal's MAC: the chain of seals covers every head. The
caller also writes it outside (one JSON line each), where whoever can rewrite the database cannot reach.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from os import SEEK_END
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.codec import canonical
from bot.store.database import Database
from bot.store.dialect import is_postgres
from bot.store.shapes import instant
from bot.store.tables import heads, seals

_TAIL_BYTES = 1 << 20
"""More than the longest line: a seal names the streams that moved within a few seconds."""
_LOCK = 7_261_002
"""One sealer at a time, on PostgreSQL; any number that nothing else locks."""


@dataclass(frozen=True, slots=True)
class Seal:
    """`heads`: stream -> (seq, hash) of those that moved. `mac`: hex HMAC-SHA256 over all the rest."""

    number: int
    at: datetime
    heads: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    previous: str = ""
    mac: str = ""

    def line(self) -> str:
        """One line of JSON, for the file outside."""
        return canonical({**_body(self), "mac": self.mac})


def read_seal(line: str) -> Seal:
    """The seal of that line. Raises ValueError or KeyError where it is none."""
    body = json.loads(line)
    moved = {stream: (int(seq), str(value)) for stream, (seq, value) in body["heads"].items()}
    return Seal(int(body["number"]), datetime.fromisoformat(body["at"]), moved, body["previous"], body["mac"])


def last_seal_of(file: Path) -> Seal | None:
    """The newest whole line of the file outside; None where there is none. A line that a crash cut off does not count."""
    if not file.exists():
        return None
    with file.open("rb") as lines:
        lines.seek(max(0, lines.seek(0, SEEK_END) - _TAIL_BYTES))
        found = lines.read().decode(errors="replace").splitlines()
    for line in reversed(found):
        try:
            return read_seal(line)
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return None


def sign(seal: Seal, key: bytes) -> str:
    """The MAC that the seal must have."""
    return hmac.new(key, canonical(_body(seal)).encode(), hashlib.sha256).hexdigest()


async def seal(store: Database, key: bytes, at: datetime) -> Seal | None:
    """Sign what moved since the last seal and keep it; None where nothing moved. Streams being written now come next time."""
    async with store.transaction() as connection:
        if is_postgres(connection):
            await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        moved = await _moved(connection)
        if not moved:
            return None
        last = await last_seal(connection)
        number, previous = (last.number + 1, last.mac) if last else (1, "")
        unsigned = Seal(number, at, moved, previous)
        signed = Seal(number, at, moved, previous, sign(unsigned, key))
        await connection.execute(
            sa.insert(seals).values(
                number=number, at=at, heads=canonical(_body(signed)["heads"]), previous=previous, mac=signed.mac
            )
        )
        change = sa.update(heads).where(heads.c.stream == sa.bindparam("b_stream"))
        values = [{"b_stream": stream, "b_seq": seq} for stream, (seq, _) in sorted(moved.items())]
        await connection.execute(change.values(sealed_seq=sa.bindparam("b_seq")), values)
        return signed


async def last_seal(connection: AsyncConnection) -> Seal | None:
    """The newest one in the database."""
    row = (await connection.execute(sa.select(seals).order_by(seals.c.number.desc()).limit(1))).one_or_none()
    return row_to_seal(row, row.at) if row else None


def row_to_seal(row: sa.Row[Any], at: datetime) -> Seal:
    """The seal of that row, made at that time. Raises ValueError, TypeError or AttributeError where it is none."""
    moved = {stream: (int(seq), str(value)) for stream, (seq, value) in json.loads(row.heads).items()}
    return Seal(row.number, at, moved, row.previous, row.mac)


async def _moved(connection: AsyncConnection) -> dict[str, tuple[int, str]]:
    query = (
        sa.select(heads.c.stream, heads.c.seq, heads.c.hash)
        .where(heads.c.seq > heads.c.sealed_seq)
        .order_by(heads.c.stream)
        .with_for_update(skip_locked=True)
    )
    return {stream: (seq, value) for stream, seq, value in (await connection.execute(query)).all()}


def _body(seal: Seal) -> dict[str, object]:
    return {
        "number": seal.number,
        "at": instant(seal.at),
        "heads": {stream: [seq, value] for stream, (seq, value) in seal.heads.items()},
        "previous": seal.previous,
    }
