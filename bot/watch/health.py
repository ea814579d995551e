"""The health of a rollout now: green, bad or unknown, by the service's own stop conditions (T1, G20)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.plan import Line, Origin, OriginKind
from bot.domain.release import Release
from bot.domain.service import Service, Threshold
from bot.watch.metrics import measured

FRESH = timedelta(minutes=5)
"""Older samples, and older good reports, say nothing about now."""

_BROKEN = frozenset({"degraded", "aborted"})
_MEASURED = frozenset({Standing.VERIFIED, Standing.ATTESTED, Standing.FAILED})
"""What a person attests can be bad news; good news has to be measured."""


class State(StrEnum):
    """From best to worst. Unknown is neither green nor bad."""

    GREEN = "green"
    UNKNOWN = "unknown"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Health:
    """`lines` say what was measured or reported, bad ones first; for unknown, how to verify. `measured_at` is UTC."""

    state: State
    lines: tuple[Line, ...]
    measured_at: datetime | None = None


def health_of(release: Release, service: Service | None, now: datetime) -> Health:
    """The worst of what fresh samples, the rollout tool and people say. Green needs fresh data on every threshold."""
    samples = _fresh(release, Kind.HEALTH, now)
    bad = [
        *(line for one in samples for line in _crossed(one, service)),
        *(line for one in _fresh(release, Kind.ROLLOUT, now) for line in _rollout(one)),
        *_reports(release, now, ok=False),
    ]
    at = max((one.observed_at for one in samples), default=None)
    if bad:
        return Health(State.BAD, tuple(bad), at)
    seen = [one for one in samples if one.standing is not Standing.ATTESTED]
    unknown = list(_unknown(seen, service))
    if unknown and (stands := list(_last_word_bad(release))):
        return Health(State.BAD, (*stands, *unknown), at)
    if unknown:
        return Health(State.UNKNOWN, (*unknown, *_reports(release, now, ok=True)), at)
    lines = tuple(line for one in samples for line in _within(one, service))
    return Health(State.GREEN, (*lines, *_reports(release, now, ok=True)), at)


def _fresh(release: Release, kind: Kind, now: datetime) -> list[Evidence]:
    """The newest sample of each source, if it was taken since the start and is not too old; what was not measured is none."""
    newest: dict[str, Evidence] = {}
    for one in release.evidence:
        known = newest.get(one.source)
        if one.kind is kind and one.observed_at <= now and (known is None or one.observed_at >= known.observed_at):
            newest[one.source] = one
    return [
        one
        for one in newest.values()
        if now - one.observed_at <= FRESH
        and one.standing_at(now) in _MEASURED
        and (release.started_at is None or one.observed_at >= release.started_at)
    ]


def _crossed(sample: Evidence, service: Service | None) -> Iterator[Line]:
    for threshold in service.thresholds if service else ():
        value = measured(sample, threshold.metric)
        if value is not None and _over(threshold, value, threshold.limit):
            yield _line("watch.crossed", sample, threshold, value)
    if sample.facts.get("firing") is True:
        yield _said("watch.firing", sample, alert=str(sample.facts.get("alert") or "UNKNOWN"))
    if sample.facts.get("healthy") is False:
        yield _said("watch.unhealthy", sample)
    elif sample.standing is Standing.FAILED:
        yield _said("watch.failed", sample)


def _within(sample: Evidence, service: Service | None) -> Iterator[Line]:
    for threshold in service.thresholds if service else ():
        value = measured(sample, threshold.metric)
        if value is not None:
            yield _line("watch.within", sample, threshold, value)


def _unknown(samples: Sequence[Evidence], service: Service | None) -> Iterator[Line]:
    """Why it cannot be called green: no data, a health check that says nothing, no limits, no value or one in between."""
    name = service.name if service else "UNKNOWN"
    if not samples:
        yield Line("watch.no_data", Origin(OriginKind.UNKNOWN, "T1"), {"service": name})
        return
    if service is None or not service.thresholds:
        yield Line("watch.no_thresholds", Origin(OriginKind.UNKNOWN, "T1"), {"service": name})
        return
    check = service.sources.get("health")
    if check is not None and all(one.source != check for one in samples):
        yield Line("watch.silent", Origin(OriginKind.UNKNOWN, "T1"), {"source": check})
    source = service.sources.get("prometheus") or samples[0].source
    for threshold in service.thresholds:
        if all(measured(one, threshold.metric) is None for one in samples):
            yield Line(
                "watch.no_value", Origin(OriginKind.UNKNOWN, "T1"), {"metric": threshold.metric, "source": source}
            )
        for one in samples:
            value = measured(one, threshold.metric)
            if value is not None and _over(threshold, value, threshold.good):
                yield _line("watch.between", one, threshold, value)


def _rollout(seen: Evidence) -> Iterator[Line]:
    state = str(seen.facts.get("state") or "")
    if state in _BROKEN or seen.standing is Standing.FAILED:
        yield _said("watch.rollout", seen, rollout=state or "failed")


def _reports(release: Release, now: datetime, *, ok: bool) -> Iterator[Line]:
    """The last word of a person counts if it is fresh; a good one makes nothing green."""
    said = release.health[-1] if release.health else None
    if said is not None and said.ok is ok and now - said.at <= FRESH:
        code = "watch.reported_ok" if ok else "watch.reported_bad"
        yield Line(code, Origin(OriginKind.PERSON, said.by), {"by": said.by, "metric": said.metric})


def _last_word_bad(release: Release) -> Iterator[Line]:
    """Bad news grow old, not mild: the last report stands until somebody reports ok, or every threshold is measured (T1)."""
    said = release.health[-1] if release.health else None
    if said is not None and not said.ok:
        values = {"by": said.by, "metric": said.metric, "at": f"{said.at:%H:%M} UTC"}
        yield Line("watch.reported_bad_before", Origin(OriginKind.PERSON, said.by), values)


def _over(threshold: Threshold, value: float, limit: float) -> bool:
    return value > limit if threshold.above else value < limit


def _line(code: str, sample: Evidence, threshold: Threshold, value: float) -> Line:
    return _said(
        code,
        sample,
        metric=threshold.metric,
        value=f"{value:g}",
        limit=f"{threshold.limit:g}",
        good=f"{threshold.good:g}",
        unit=threshold.unit,
    )


def _said(code: str, sample: Evidence, **params: str) -> Line:
    at = f"{sample.observed_at:%H:%M} UTC"
    return Line(code, Origin(OriginKind.EVIDENCE, sample.kind.value), {"source": sample.source, "at": at, **params})
