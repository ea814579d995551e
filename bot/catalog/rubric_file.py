"""The team's own rubric: other points, other bands, the same factors and answers; unknown stays the worst (risk.md)."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from bot.catalog.entries import Entry, Words
from bot.catalog.lines import Read
from bot.catalog.shapes import shaped
from bot.catalog.trouble import BadCatalogue, Trouble
from bot.domain.facts import Factor, Rubric
from bot.domain.release import Band
from bot.policy.defaults import RUBRIC

WHOLE = 100
"""Nothing answered scores 100: the worst answers and the caps of the evidence gap add up to it."""

MUSTS, SHOULDS = 13, 6
"""How many items of the shipped policy are open where nothing is known: always MUST; and SHOULD, or MUST on a condition."""

NOTHING_KNOWN = {"way_back": "none", "track_record": "poor"}
"""Answers that say that nothing is known: an untested way back, and a service without history."""

Points = Annotated[int, Field(ge=0, le=WHOLE)]


class GapEntry(Entry):
    """Points of missing evidence, each with the most that it can add up to."""

    must_missing: Points = RUBRIC.must_missing
    must_cap: Points = RUBRIC.must_cap
    should_missing: Points = RUBRIC.should_missing
    should_cap: Points = RUBRIC.should_cap
    stale_or_missing: Points = RUBRIC.stale_or_missing
    stale_cap: Points = RUBRIC.stale_cap


class BandsEntry(Entry):
    """The lowest score of each band; below MEDIUM is LOW."""

    MEDIUM: Points
    HIGH: Points
    CRITICAL: Points


class FloorsEntry(Entry):
    """The lowest band whatever the score: of a release that destroys data, or of which nobody knows that it does not."""

    destructive_data: Literal[Band.HIGH, Band.CRITICAL] = Band.HIGH


class RubricFile(Entry):
    """The file. `changes` is its change log, newest last; its last line is about `version`."""

    version: Words
    changes: Annotated[tuple[str, ...], Field(min_length=1)]
    factors: dict[str, dict[str, Points]]
    evidence_gap: GapEntry
    bands: BandsEntry
    floors: FloorsEntry = FloorsEntry()


def rubric_of(source: Read) -> Rubric:
    """The rubric of that file. Raises BadCatalogue."""
    file = shaped(source, RubricFile)
    wrong = tuple(_wrong(file, source))
    if wrong:
        raise BadCatalogue(wrong)
    gap, bands = file.evidence_gap, file.bands
    return Rubric(
        version=file.version,
        factors=tuple(Factor(factor.name, file.factors[factor.name]) for factor in RUBRIC.factors),
        must_missing=gap.must_missing,
        must_cap=gap.must_cap,
        should_missing=gap.should_missing,
        should_cap=gap.should_cap,
        stale_or_missing=gap.stale_or_missing,
        stale_cap=gap.stale_cap,
        bands=(bands.MEDIUM, bands.HIGH, bands.CRITICAL),
        destructive_floor=file.floors.destructive_data,
    )


def _wrong(file: RubricFile, source: Read) -> Iterator[Trouble]:
    known = {factor.name: set(factor.points) for factor in RUBRIC.factors}
    if set(file.factors) != set(known):
        yield _at(source, ("factors",), f"exactly the factors {', '.join(known)}")
    for name, points in file.factors.items():
        if name in known and set(points) != known[name]:
            yield _at(source, ("factors", name), f"exactly the answers {', '.join(sorted(known[name]))}")
    for name, answer in NOTHING_KNOWN.items():
        points = file.factors.get(name, {})
        if answer in points and points[answer] < max(points.values()):
            most = max(points.values())
            yield _at(
                source, ("factors", name, answer), f"{most}, the worst of its row: it is what nothing known counts as"
            )
    bands = file.bands
    if not 0 < bands.MEDIUM < bands.HIGH < bands.CRITICAL:
        yield _at(source, ("bands",), "bands that rise from MEDIUM over HIGH to CRITICAL")
    if not file.changes[-1].startswith(f"{file.version}:"):
        last = len(file.changes) - 1
        yield _at(source, ("changes", last), f'the last line of the change log to begin with "{file.version}:"')
    gap = file.evidence_gap
    yield from _out_of_reach(gap, source)
    worst = sum(max(points.values(), default=0) for points in file.factors.values())
    most = worst + gap.must_cap + gap.should_cap + gap.stale_cap
    if most != WHOLE:
        yield _at(source, ("evidence_gap",), f"worst answers and caps that add up to {WHOLE}, found {most}")


def _out_of_reach(gap: GapEntry, source: Read) -> Iterator[Trouble]:
    """Where nothing is known every cap is reached: else a release of which nothing is known would score below 100."""
    for name, cap, points, items in (
        ("must_cap", gap.must_cap, gap.must_missing, MUSTS),
        ("should_cap", gap.should_cap, gap.should_missing, SHOULDS),
        ("stale_cap", gap.stale_cap, gap.stale_or_missing, MUSTS),
    ):
        if cap > points * items:
            yield _at(
                source, ("evidence_gap", name), f"at most {points * items}: {items} items of {points} reach no more"
            )
    if gap.should_missing > gap.must_missing:
        most = f"at most the {gap.must_missing} of a MUST"
        yield _at(source, ("evidence_gap", "should_missing"), most)


def _at(source: Read, path: tuple[str | int, ...], expected: str) -> Trouble:
    return Trouble(source.file, source.line_of(path), ".".join(map(str, path)), expected)
