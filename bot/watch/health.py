"""The health of a rollout now: green, bad or unknown, by the service's own stop conditions (T1, G20)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.plan import Line, Origin, OriginKind
from bot.domain.release import Release
from bot.domain.service import Service, Threshold
from bot.watch.metrics import measured

FRESH = timedelta(minutes=5)
"""Older samples and reports say nothing about now."""

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
    sample = _fresh(release, Kind.HEALTH, now)
    bad = [
        *(_crossed(sample, service) if sample else ()),
        *_rollout(_fresh(release, Kind.ROLLOUT, now)),
        *_reports(release, now, ok=False),
    ]
    at = sample.observed_at if sample else None
    if bad:
        return Health(State.BAD, tuple(bad), at)
    seen = None if sample is None or sample.standing is Standing.ATTESTED else sample
    unknown = list(_unknown(seen, service))
    if unknown:
        return Health(State.UNKNOWN, (*unknown, *_reports(release, now, ok=True)), at)
    lines = tuple(_within(sample, service)) if sample else ()
    return Health(State.GREEN, (*lines, *_reports(release, now, ok=True)), at)


def _fresh(release: Release, kind: Kind, now: datetime) -> Evidence | None:
    """The newest sample, if it was taken since the start and is not too old; what could not be measured is none."""
    found = [e for e in release.evidence if e.kind is kind and e.observed_at <= now]
    newest = max(found, key=lambda e: e.observed_at, default=None)
    if newest is None or now - newest.observed_at > FRESH or newest.standing_at(now) not in _MEASURED:
        return None
    if release.started_at is not None and newest.observed_at < release.started_at:
        return None
    return newest


def _crossed(sample: Evidence, service: Service | None) -> Iterator[Line]:
    for threshold in service.thresholds if service else ():
        value = measured(sample, threshold.metric)
        if value is not None and _over(threshold, value):
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


def _unknown(sample: Evidence | None, service: Service | None) -> Iterator[Line]:
    """Why it cannot be called green: no data, no limits, or no value for one of the limits."""
    name = service.name if service else "UNKNOWN"
    if sample is None:
        yield Line("watch.no_data", Origin(OriginKind.UNKNOWN, "T1"), {"service": name})
        return
    if service is None or not service.thresholds:
        yield Line("watch.no_thresholds", Origin(OriginKind.UNKNOWN, "T1"), {"service": name})
        return
    for threshold in service.thresholds:
        if measured(sample, threshold.metric) is None:
            yield Line(
                "watch.no_value",
                Origin(OriginKind.UNKNOWN, "T1"),
                {"metric": threshold.metric, "source": sample.source},
            )


def _rollout(seen: Evidence | None) -> Iterator[Line]:
    if seen is None:
        return
    state = str(seen.facts.get("state") or "")
    if state in _BROKEN or seen.standing is Standing.FAILED:
        yield _said("watch.rollout", seen, rollout=state or "failed")


def _reports(release: Release, now: datetime, *, ok: bool) -> Iterator[Line]:
    """The last word of a person counts if it is fresh; a good one makes nothing green."""
    said = release.health[-1] if release.health else None
    if said is not None and said.ok is ok and now - said.at <= FRESH:
        code = "watch.reported_ok" if ok else "watch.reported_bad"
        yield Line(code, Origin(OriginKind.PERSON, said.by), {"by": said.by, "metric": said.metric})


def _over(threshold: Threshold, value: float) -> bool:
    return value > threshold.limit if threshold.above else value < threshold.limit


def _line(code: str, sample: Evidence, threshold: Threshold, value: float) -> Line:
    return _said(
        code,
        sample,
        metric=threshold.metric,
        value=f"{value:g}",
        limit=f"{threshold.limit:g}",
        unit=threshold.unit,
    )


def _said(code: str, sample: Evidence, **params: str) -> Line:
    at = f"{sample.observed_at:%H:%M} UTC"
    return Line(code, Origin(OriginKind.EVIDENCE, sample.kind.value), {"source": sample.source, "at": at, **params})
