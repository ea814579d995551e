"""`audit verify`: is the record what it was? Names the first broken row, of the chains, of the seals, or of a release (A2).

Streams are read a few at a time, each in one short transaction: an audit never keeps people from deciding. A release whose
ledger does not fold to its stored state is marked, and takes no further decision (decision 2).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.audit_posts import compare, shown_posts
from bot.store.audit_rows import Broken, as_stored, instant_of
from bot.store.audit_stream import CALENDAR, PREFIX, StreamReport, check
from bot.store.database import Database
from bot.store.seals import Seal, row_to_seal, sign
from bot.store.tables import freezes, heads, ledger, releases, seals

_AT_ONCE = 20
_NEVER = datetime(1, 1, 1, tzinfo=UTC)
"""In the place of a time that a seal lacks; its MAC cannot be right then."""


@dataclass(frozen=True, slots=True)
class AuditReport:
    """`unsealed`: rows after the last sealed one of their stream. `broken` is in order, causes before what follows from them.

    `behind`: streams of which a seal outside has seen more than there is in here, while the seal itself is not in here
    either: the database was restored from a backup. `key_checked`: False where no key was given to check the MACs with.
    """

    streams: int = 0
    rows: int = 0
    seals: int = 0
    unsealed: int = 0
    broken: tuple[Broken, ...] = ()
    behind: tuple[str, ...] = ()
    key_checked: bool = False

    @property
    def first(self) -> Broken | None:
        """The first broken row, or None."""
        return self.broken[0] if self.broken else None

    @property
    def ok(self) -> bool:
        """True if nothing is broken or behind."""
        return not self.broken and not self.behind


async def verify(store: Database, key: bytes | None = None, outside: Sequence[Seal] = ()) -> AuditReport:
    """Check everything. `outside`: the seals of the file, as many as there are (read_seal)."""
    async with store.snapshot() as connection:
        inside, unreadable = await _seals(connection)
        posted = await shown_posts(connection)
    known = {seal.number: seal for seal in inside}
    lost = [seal for seal in outside if seal.number not in known]
    reach = {stream: seq for seal in inside for stream, (seq, _) in seal.heads.items()}
    async with store.snapshot() as connection:
        names = sorted({*await _streams(connection), *reach})
    reports = await _check_all(store, names, _sealed([*inside, *outside]), reach)
    broken = unreadable + [report.broken for report in reports.values() if report.broken]
    if not broken:
        receipts = {key: receipt for report in reports.values() for key, receipt in report.receipts.items()}
        async with store.snapshot() as connection:
            broken = await compare(connection, posted, receipts)
    behind = _behind(lost, reports)
    broken += [] if unreadable else _seal_faults(inside, key)
    broken += _outside_faults(known, outside, key)
    if lost and not behind and not unreadable:
        broken.append(Broken("seals", lost[0].number, "lost"))
    broken.sort(key=lambda fault: fault.why == "sealed")
    corrupt = [report.corrupt for report in reports.values() if report.corrupt]
    await _mark(store, corrupt)
    return AuditReport(
        streams=len(reports),
        rows=sum(report.seq for report in reports.values()),
        seals=len(inside),
        unsealed=sum(max(report.seq - reach.get(name, 0), 0) for name, report in reports.items()),
        broken=(*broken, *corrupt),
        behind=behind,
        key_checked=key is not None,
    )


async def _seals(connection: AsyncConnection) -> tuple[list[Seal], list[Broken]]:
    """Those that can be read, by number, and the first that cannot."""
    found: list[Seal] = []
    unreadable: list[Broken] = []
    for row in (await connection.execute(sa.select(*as_stored(seals)).order_by(seals.c.number))).all():
        try:
            found.append(row_to_seal(row, instant_of(row.at) or _NEVER))
        except (ValueError, TypeError, AttributeError):
            unreadable.append(Broken("seals", row.number, "seal_unreadable"))
    return found, unreadable[:1]


def _behind(lost: Sequence[Seal], reports: Mapping[str, StreamReport]) -> tuple[str, ...]:
    """The streams of which a seal that is only outside has seen more than there is in here."""
    ahead = {s for seal in lost for s, (seq, _) in seal.heads.items() if s not in reports or seq > reports[s].seq}
    return tuple(sorted(ahead))


def _sealed(signed: Sequence[Seal]) -> defaultdict[str, dict[int, set[str]]]:
    found: defaultdict[str, dict[int, set[str]]] = defaultdict(dict)
    for seal in signed:
        for stream, (seq, value) in seal.heads.items():
            found[stream].setdefault(seq, set()).add(value)
    return found


async def _streams(connection: AsyncConnection) -> Sequence[str]:
    """Also those that somebody took the head, or the ledger, away from."""
    everything = sa.union(
        sa.select(heads.c.stream).where(heads.c.seq > 0),
        sa.select(ledger.c.stream).distinct(),
        sa.select(sa.literal(PREFIX) + releases.c.id),
        sa.select(sa.literal(CALENDAR)).select_from(freezes),
    )
    return (await connection.scalars(everything)).all()


async def _check_all(
    store: Database, names: Sequence[str], sealed: defaultdict[str, dict[int, set[str]]], reach: Mapping[str, int]
) -> dict[str, StreamReport]:
    reports: dict[str, StreamReport] = {}
    for start in range(0, len(names), _AT_ONCE):
        async with store.snapshot() as connection:
            for name in names[start : start + _AT_ONCE]:
                reports[name] = await check(connection, name, sealed[name], reach.get(name, 0))
    return reports


async def _mark(store: Database, corrupt: Sequence[Broken]) -> None:
    ids = [fault.stream.removeprefix(PREFIX) for fault in corrupt if fault.why in {"fold", "columns", "unreadable"}]
    if ids:
        async with store.transaction() as connection:
            await connection.execute(sa.update(releases).where(releases.c.id.in_(ids)).values(corrupt=True))


def _seal_faults(inside: Sequence[Seal], key: bytes | None) -> list[Broken]:
    previous, number = "", 0
    for seal in inside:
        if seal.number != number + 1 or seal.previous != previous:
            return [Broken("seals", seal.number, "seal_chain")]
        if key is not None and sign(seal, key) != seal.mac:
            return [Broken("seals", seal.number, "seal_mac")]
        previous, number = seal.mac, seal.number
    return []


def _outside_faults(known: dict[int, Seal], outside: Sequence[Seal], key: bytes | None) -> list[Broken]:
    """A seal outside that is not genuine, or says something else than the one of its number in here."""
    for seal in sorted(outside, key=lambda one: one.number):
        if key is not None and sign(seal, key) != seal.mac:
            return [Broken("seals", seal.number, "seal_mac")]
        if known.get(seal.number, seal) != seal:
            return [Broken("seals", seal.number, "outside")]
    return []
