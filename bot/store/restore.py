"""After a restore from backup: what was due since the backup may have been posted by the database that was lost."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from bot.store import names
from bot.store.database import Database
from bot.store.outbox_table import outbox
from bot.store.seals import Seal, read_seal
from bot.store.tables import seals

_RELEASE = re.compile(r"release:R-([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Outside:
    """The file of seals beside a database that was restored: the lines that the database confirms, and the seals that it lost."""

    confirmed: tuple[str, ...]
    lost: tuple[Seal, ...]


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


async def outside_of(store: Database, lines: Sequence[str]) -> Outside:
    """Tell the lines of the file apart. One that is no seal is in neither."""
    async with store.snapshot() as connection:
        kept = {(number, mac) for number, mac in await connection.execute(sa.select(seals.c.number, seals.c.mac))}
    confirmed: list[str] = []
    lost: list[Seal] = []
    for line in lines:
        try:
            one = read_seal(line)
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
        if (one.number, one.mac) in kept:
            confirmed.append(line)
        else:
            lost.append(one)
    return Outside(tuple(confirmed), tuple(lost))


async def number_past(store: Database, lost: Sequence[Seal]) -> None:
    """No release gets a number that one had which was forgotten: its posts stand in the channels. Again does nothing."""
    found = (_RELEASE.fullmatch(stream) for one in lost for stream in one.heads)
    highest = max((int(one[1]) for one in found if one), default=0)
    if highest:
        async with store.transaction() as connection:
            await names.at_least(connection, "release", highest)


def set_aside(file: Path, confirmed: Sequence[str]) -> Path:
    """The whole file is kept under a name of its own, and goes on with the lines that are confirmed. Gives that name."""
    number = 1
    while (aside := file.with_name(f"{_aside(file)}{number}{file.suffix}")).exists():
        number += 1
    shutil.copyfile(file, aside)
    fresh = file.with_suffix(".new")
    fresh.write_text("".join(f"{line}\n" for line in confirmed), encoding="utf-8")
    fresh.replace(file)
    return aside


def set_asides(file: Path) -> tuple[Path, ...]:
    """The files of earlier restores, oldest first."""
    found = file.parent.glob(f"{_aside(file)}*{file.suffix}")
    return tuple(sorted(found, key=lambda one: (len(one.name), one.name)))


def _aside(file: Path) -> str:
    return f"{file.stem}-before-restore-"
