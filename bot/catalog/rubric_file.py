"""The team's own rubric: other points, other bands, the same factors and answers; unknown stays the worst (risk.md)."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from bot.catalog.entries import Entry
from bot.catalog.lines import Read
from bot.catalog.shapes import shaped
from bot.catalog.trouble import BadCatalogue, Trouble
from bot.domain.facts import Factor, Rubric
from bot.policy.defaults import RUBRIC

WHOLE = 100
"""Nothing answered scores 100: the worst answers and the caps of the evidence gap add up to it."""

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


class RubricFile(Entry):
    """The file. `changes` is its change log, newest last."""

    version: str
    changes: tuple[str, ...]
    factors: dict[str, dict[str, Points]]
    evidence_gap: GapEntry
    bands: BandsEntry


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
    )


def _wrong(file: RubricFile, source: Read) -> Iterator[Trouble]:
    known = {factor.name: set(factor.points) for factor in RUBRIC.factors}
    if set(file.factors) != set(known):
        yield _at(source, ("factors",), f"exactly the factors {', '.join(known)}")
    for name, points in file.factors.items():
        if name in known and set(points) != known[name]:
            yield _at(source, ("factors", name), f"exactly the answers {', '.join(sorted(known[name]))}")
    bands = file.bands
    if not 0 < bands.MEDIUM < bands.HIGH < bands.CRITICAL:
        yield _at(source, ("bands",), "bands that rise from MEDIUM over HIGH to CRITICAL")
    gap = file.evidence_gap
    worst = sum(max(points.values(), default=0) for points in file.factors.values())
    most = worst + gap.must_cap + gap.should_cap + gap.stale_cap
    if most != WHOLE:
        yield _at(source, ("evidence_gap",), f"worst answers and caps that add up to {WHOLE}, found {most}")


def _at(source: Read, path: tuple[str, ...], expected: str) -> Trouble:
    return Trouble(source.file, source.line_of(path), ".".join(path), expected)
