"""Any rubric that a team's file may hold: other points, other caps, other bands; what it adds up to stays (risk.md)."""

from hypothesis import strategies as st

from bot.catalog.rubric_file import MUSTS, NOTHING_KNOWN, SHOULDS, WHOLE
from bot.domain.facts import Factor, Rubric
from bot.domain.release import Band
from bot.policy.defaults import RUBRIC


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    """Worst answers and caps add up to 100; caps can be reached; bands rise."""
    must_cap, should_cap, stale_cap = (draw(st.integers(0, most)) for most in (40, 25, 10))
    must = draw(st.integers(-(-must_cap // MUSTS), 20))
    should = draw(st.integers(-(-should_cap // SHOULDS), max(must, -(-should_cap // SHOULDS))))
    must = max(must, should)
    left = WHOLE - must_cap - should_cap - stale_cap
    cuts = sorted(draw(st.lists(st.integers(0, left), min_size=7, max_size=7)))
    worsts = [high - low for low, high in zip((0, *cuts), (*cuts, left), strict=True)]
    low, middle, high = sorted(draw(st.sets(st.integers(1, WHOLE), min_size=3, max_size=3)))
    return Rubric(
        version=draw(st.text(min_size=1, max_size=5)),
        factors=tuple(_factor(draw, one, worst) for one, worst in zip(RUBRIC.factors, worsts, strict=True)),
        must_missing=must,
        must_cap=must_cap,
        should_missing=should,
        should_cap=should_cap,
        stale_or_missing=draw(st.integers(-(-stale_cap // MUSTS), 5)),
        stale_cap=stale_cap,
        bands=(low, middle, high),
        destructive_floor=draw(st.sampled_from([Band.HIGH, Band.CRITICAL])),
    )


def _factor(draw: st.DrawFn, shipped: Factor, worst: int) -> Factor:
    """Any points for its answers, of which one is the worst."""
    points = {answer: draw(st.integers(0, worst)) for answer in shipped.points}
    last = NOTHING_KNOWN.get(shipped.name) or draw(st.sampled_from(sorted(points)))
    return Factor(shipped.name, {**points, last: worst})
