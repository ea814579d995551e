"""Names of the committed state: the same name, the same state. Receipts alone change no state, and no name.

On PostgreSQL a snapshot tells which transactions are over. Between two snapshots the state is the same where all that ended
meanwhile did nothing but keep receipts of this process, or where no row of the state was written meanwhile: that is asked of the
database, since a server has other databases too, and other replicas keep receipts. SQLite has no other writer: it counts its
own transactions.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

_MOST = 10_000
"""More transactions at once are not looked at one by one."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Of PostgreSQL: transactions from `end` on, and those `under_way`, are not over in it; all before `begin` are."""

    begin: int
    end: int
    under_way: frozenset[int]

    @classmethod
    def of(cls, text: str) -> Self:
        """`xmin:xmax:xip_list`, as pg_current_snapshot() is written."""
        begin, end, under_way = text.split(":")
        return cls(int(begin), int(end), frozenset(map(int, filter(None, under_way.split(",")))))

    def over(self, transaction: int) -> bool:
        """True where it is over: committed, and then seen, or given up."""
        return transaction < self.end and transaction not in self.under_way

    def since(self, before: "Snapshot") -> Iterator[int]:
        """The transactions that are over here and were not before."""
        yield from (t for t in before.under_way if self.over(t))
        yield from (t for t in range(before.end, self.end) if t not in self.under_way)


class Marks:
    """The name that counts now."""

    def __init__(self) -> None:
        """Nothing was seen yet."""
        self._turn = 0
        self._seen: Snapshot | None = None
        self._receipts: set[int] = set()

    def kept_receipts(self, transaction: int) -> None:
        """That transaction of ours did nothing else."""
        if self._seen is None or not self._seen.over(transaction):
            self._receipts.add(transaction)

    def changed(self) -> None:
        """The state is another one, or may be."""
        self._turn += 1

    @property
    def newest(self) -> Snapshot | None:
        """The last one that was named."""
        return self._seen

    def unchanged(self, snapshot: Snapshot) -> bool:
        """True where all that ended since the last one that was named kept receipts of ours."""
        seen = self._seen
        if seen is None or snapshot.end - seen.end > _MOST:
            return False
        return all(t in self._receipts for t in snapshot.since(seen))

    def of(self, snapshot: Snapshot | None = None) -> str:
        """The name of the state now; snapshots come in the order in which they were taken. What changed was told before."""
        if snapshot is not None:
            self._seen = snapshot
            self._receipts = {t for t in self._receipts if not snapshot.over(t)}
        return str(self._turn)
