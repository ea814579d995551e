"""Releases around a good one, with anything left out, gone bad, unknown or in the way: for properties of gaps and questions."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

from bot.domain.evidence import Kind, Standing
from bot.domain.facts import Facts, Item, Neighbour, Policy, Window
from bot.domain.finding import Level
from bot.domain.release import Phase, Release
from tests.bot.policy.releases import attested, bare_of, having, ready, serviced, without
from tests.world import NOW, START, drilled_rollback, facts, observed


class Situation(NamedTuple):
    """A release and what is around it. It prints what is unlike the good one: the whole would be pages."""

    release: Release
    facts: Facts

    def __repr__(self) -> str:
        r, service, good = self.release, self.facts.service, facts().service
        assert service is not None
        unlike = {n: getattr(r, n) for n in OF_THE_RELEASE if getattr(r, n) != getattr(ready(), n)}
        of_service = {n: getattr(service, n) for n in OF_THE_SERVICE if getattr(service, n) != getattr(good, n)}
        seen = [(e.kind.value, e.standing.value, e.source, e.by) for e in r.evidence]
        standing = [s.kind.value for s in service.standing]
        around = (self.facts.calendar, self.facts.neighbours, self.facts.rubric.bands)
        return f"Situation({unlike}, {of_service}, {seen}, {standing}, {around})"


GONE = tuple(dict.fromkeys(e.kind for e in ready().evidence))
STANDING = (Kind.CAPACITY, Kind.MONITORING, Kind.ON_CALL, Kind.RUNBOOK, Kind.THIRD_PARTIES, Kind.FAILURE_MODES)
NOT_THERE = (Standing.FAILED, Standing.PENDING, Standing.INCONCLUSIVE, Standing.UNAVAILABLE, Standing.STALE)
OF_THE_RELEASE: Mapping[str, st.SearchStrategy[Any]] = {
    "version": st.none(),
    "start_at": st.none(),
    "rollback_owner": st.sampled_from([None, "gone", "release-bot"]),
    "owner": st.sampled_from(["gone", "kai"]),
    "strategy": st.sampled_from([None, "rolling", "all-at-once", "feature flag"]),
    "steps": st.just(()),
    "data_change": st.sampled_from([None, "expand", "locking", "contract"]),
    "consents": st.just(()),
    "not_applicable": st.just({"capacity": ("ana", "There is no load to speak of.")}),
}
OF_THE_SERVICE: Mapping[str, st.SearchStrategy[Any]] = {
    "novelty": st.just("never"),
    "span": st.sampled_from([None, "many"]),
    "uses_flags": st.sampled_from([None, True]),
    "outage_visible": st.sampled_from([None, True]),
    "regulated": st.just(value=True),
    "thresholds": st.just(()),
    "steps": st.just(()),
    "sources": st.just({}),
    "roles": st.just({}),
    "suppliers": st.just({}),
}
IN_THE_WAY = (
    {"calendar": (Window("f", "payments", START, START + timedelta(hours=1), "year-end closing", "lena"),)},
    {"calendar": (Window("f", "ledger", START, START + timedelta(hours=1), "year-end closing", "lena"),)},
    {"neighbours": (Neighbour("R-9", "ledger", "production", "1.1", Phase.PLANNED, START, "mia", "ben"),)},
    {"neighbours": (Neighbour("R-9", "payments", "production", "2.4.2", Phase.PLANNED, START, "mia", "ben"),)},
)
BANDS = ((30, 60, 80), (10, 60, 80), (10, 15, 25), (1, 2, 3))


def _policy(base: Policy, *kinds: Kind) -> Policy:
    """The same, with these items MUST from MEDIUM on."""
    stricter = tuple(Item(i.kind, Level.MUST, when="medium") if i.kind in kinds else i for i in base.items)
    return replace(base, items=stricter)


@st.composite
def situations(draw: st.DrawFn, most: int = 3) -> Situation:
    """At most `most` things are wrong of each sort."""
    release, around = ready(), facts()
    release = without(release, *draw(st.sets(st.sampled_from(GONE), max_size=most)))
    around = bare_of(around, *draw(st.sets(st.sampled_from(STANDING), max_size=most)))
    for kind in draw(st.sets(st.sampled_from(GONE), max_size=most - 1)):
        release = having(release, draw(_spoiled(kind)))
    for name in draw(st.sets(st.sampled_from(sorted(OF_THE_RELEASE)), max_size=most)):
        release = replace(release, **{name: draw(OF_THE_RELEASE[name])})
    for name in draw(st.sets(st.sampled_from(sorted(OF_THE_SERVICE)), max_size=most)):
        around = serviced(around, **{name: draw(OF_THE_SERVICE[name])})
    if draw(st.integers(0, 3)) == 0:
        around = replace(around, **draw(st.sampled_from(IN_THE_WAY)))  # type: ignore[arg-type]  # fields of Facts
    around = replace(around, rubric=replace(around.rubric, bands=draw(st.sampled_from(BANDS))))
    conditional = draw(st.sets(st.sampled_from([Kind.THIRD_PARTIES, Kind.CAPACITY]), max_size=1))
    return Situation(release, replace(around, policy=_policy(around.policy, *conditional)))


def _spoiled(kind: Kind) -> st.SearchStrategy[Any]:
    bad = st.sampled_from(NOT_THERE).map(lambda s: observed(kind, NOW, s))
    word = st.sampled_from(["ana", "kai"]).map(lambda who: attested(kind, who))
    bare = st.just(attested(kind, url=None, dated=None))
    incident = st.sampled_from(["SEV1", "SEV3"]).map(
        lambda severity: observed(
            Kind.DEPENDENCIES, NOW, Standing.FAILED, open_incident="INC-7", severity=severity, on="ledger"
        )
    )
    old = st.just(replace(drilled_rollback(NOW), facts={"tested": False}))
    special = {Kind.DEPENDENCIES: incident, Kind.ROLLBACK: old}
    return st.one_of(bad, word, bare, special.get(kind, bad))
