"""Names of the committed state: the same name, the same state. Receipts alone change no state, and no name.

On PostgreSQL a snapshot tells which transactions are over. Between two snapshots the state is the same where all that ended
meanwhile did nothing but keep receipts of this process, or where no row of the state was written meanwhile: the database looks
(bot.store.deliveries), since a server has other databases too, and other replicas keep receipts. SQLite has no other writer: it
counts its own transactions.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

MOST = 10_000
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


class Marks:
    """The name that counts now."""

    def __init__(self) -> None:
        """Nothing was seen yet."""
        self._turn = 0
        self._seen: Snapshot | None = None
        self._receipts: set[int] = set()

    @property
    def now(self) -> str:
        """The name of the state, as far as it was looked at."""
        return str(self._turn)

    @property
    def newest(self) -> Snapshot | None:
        """The last one in which the state was named."""
        return self._seen

    @property
    def receipts(self) -> Collection[int]:
        """Transactions that kept receipts, and did nothing else, and were not over in it."""
        return self._receipts

    def changed(self) -> None:
        """The state is another one, or may be."""
        self._turn += 1

    def seen(self, snapshot: Snapshot, *, same: bool, kept: int | None = None) -> str:
        """The name of the state in that snapshot; they come in the order in which they were taken.

        `same`: it is the state of the newest one. `kept`: the transaction that asked, where it kept receipts.
        """
        if not same:
            self.changed()
        self._seen = snapshot
        self._receipts = {t for t in self._receipts if not snapshot.over(t)}
        if kept is not None:
            self._receipts.add(kept)
        return self.now
