"""The class of a data change, and why: what every reader of migrations gives."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Change(StrEnum):
    """What happens to the data, from harmless to final (G19, risk.md).

    NONE: nothing. EXPAND: only something new, the old version runs on. LOCKING: the same, but it blocks writers or rewrites
    rows. CONTRACT: the old version cannot run on it any more. IRREVERSIBLE: data is lost; only a restore brings it back.
    """

    NONE = "none"
    EXPAND = "expand"
    LOCKING = "locking"
    CONTRACT = "contract"
    IRREVERSIBLE = "irreversible"

    @property
    def rank(self) -> int:
        """0 is harmless."""
        return list(Change).index(self)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a migration does. `verify`: its class was not read but assumed, as the worst that it may be.

    `drops`: it takes away a table or column. Where a way back is written it is a contract step, since the way back brings the
    structure back; where none is, nothing brings it back.
    """

    change: Change
    what: str
    verify: bool = False
    drops: bool = False


def unknown(what: str) -> Step:
    """Something that was not understood: the worst plausible, and it says so."""
    return Step(Change.IRREVERSIBLE, f"UNKNOWN — verify: {what}", verify=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """All steps of a change. `way_back`: whether one is written; None where nothing is changed or no tool asks for one."""

    steps: tuple[Step, ...] = ()
    way_back: bool | None = None
    files: tuple[str, ...] = ()

    @property
    def change(self) -> Change:
        """The worst of its steps; NONE where there is none."""
        return max((s.change for s in self.steps), key=lambda c: c.rank, default=Change.NONE)

    @property
    def verify(self) -> tuple[str, ...]:
        """What has to be looked at by a person, since it could not be read."""
        return tuple(dict.fromkeys(s.what for s in self.steps if s.verify))

    @property
    def reasons(self) -> tuple[str, ...]:
        """What makes it the class that it is."""
        return tuple(dict.fromkeys(s.what for s in self.steps if s.change is self.change))


def together(readings: Iterable[Reading]) -> Reading:
    """One reading of several: every step counts, and a way back is written only where it is for each that says so."""
    every = list(readings)
    told = [r.way_back for r in every if r.way_back is not None]
    return Reading(
        tuple(s for r in every for s in r.steps),
        all(told) if told else None,
        tuple(f for r in every for f in r.files),
    )


def settled(steps: Iterable[Step], *, way_back: bool | None, file: str = "") -> Reading:
    """The steps of one migration, with its drops judged by whether a way back is written."""
    final = tuple(
        Step(Change.IRREVERSIBLE, f"{s.what}; no way back is written", s.verify, drops=True)
        if s.drops and s.change is Change.CONTRACT and not way_back
        else s
        for s in steps
    )
    return Reading(final, way_back, (file,) if file else ())


@dataclass(slots=True)
class Known:
    """What this change itself made so far: on what is new, nothing can break or lock anybody."""

    tables: set[str] = field(default_factory=set)
    columns: set[tuple[str, str]] = field(default_factory=set)

    def made(self, table: str) -> None:
        """That table is new. A name that was not read is none."""
        if table and "?" not in table and "$" not in table:
            self.tables.add(bare(table))

    def added(self, table: str, column: str) -> None:
        """That column is new."""
        if "?" not in table + column and "$" not in table + column:
            self.columns.add((bare(table), bare(column)))

    def new(self, table: str, column: str | None = None) -> bool:
        """True where the table, or the column, came with this change."""
        return bare(table) in self.tables or (column is not None and (bare(table), bare(column)) in self.columns)


def bare(name: str) -> str:
    """A name as tools compare it: without quotes and case, with its schema."""
    return "".join(c for c in name if c not in '"`[]').casefold()
