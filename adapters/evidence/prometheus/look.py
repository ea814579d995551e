"""One look at a service through its monitoring: targets, stop conditions, alerts, silences; all asked at once."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from adapters.evidence.prometheus import api, silences
from adapters.evidence.prometheus.api import Labels, Rule, Vector
from adapters.http.answers import Unavailable
from adapters.http.fetch import Remote
from bot.domain.evidence import Kind
from bot.domain.service import Service, Threshold

OLDEST_S = 120.0
"""A sample that is older says nothing about now: Prometheus itself goes on showing it for five minutes."""

_LATE = 3
"""A rule that was not evaluated for so many of its intervals is not evaluated."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen, by the server's clock.

    `values`: the worst value of each stop condition that has one. `gaps`: why something cannot be said, in words; `no_data`:
    those of them that mean that there are no samples. `firing`: names of alerts, with what hides them. `rules`: the alerts that
    would show a failure of this service. `silenced`: those of them that nobody would hear.
    """

    at: datetime | None
    targets: int
    values: dict[str, float]
    crossed: tuple[str, ...]
    no_data: tuple[str, ...]
    gaps: tuple[str, ...]
    rules: tuple[str, ...]
    firing: tuple[str, ...]
    silenced: tuple[str, ...]


async def look(service: Service, prometheus: Remote, alertmanager: Remote | None) -> Look | Unavailable:
    """The look. Unavailable where Prometheus does not answer; where Alertmanager does not, that is a gap."""
    job = job_of(service)
    up = f"up{{job={api.quoted(job)}}}"
    wanted = [t for t in service.thresholds if t.query]
    alive, ages, rules, quiet, heard, measured = await asyncio.gather(
        api.query(prometheus, up),
        api.query(prometheus, f"time() - timestamp({up})"),
        api.rules(prometheus),
        _quiet(alertmanager),
        _heard(alertmanager),
        asyncio.gather(*(api.query(prometheus, t.query) for t in wanted)),
    )
    if isinstance(alive, Unavailable):
        return alive
    if isinstance(ages, Unavailable):
        return ages
    if isinstance(rules, Unavailable):
        return rules
    at = datetime.fromtimestamp(alive.samples[0].at, UTC) if alive.samples else None
    own = of_service(service, rules)
    no_data, gaps = _alive(job, alive, ages)
    limits = _limits(wanted, measured)
    unasked = [f"no query for {t.metric} in the catalogue" for t in service.thresholds if not t.query]
    deaf = [f"silences are not known: {m.detail}" for m in (quiet, heard) if isinstance(m, Unavailable)]
    hidden = () if isinstance(quiet, Unavailable) else quiet
    fires = [(r.name, labels) for r in own if r.state == "firing" for labels in (r.alerts or (r.labels,))]
    if not isinstance(heard, Unavailable):
        fires += [(a.get("alertname", "?"), a) for a in heard if _labelled(service, a)]
    return Look(
        at=at,
        targets=len(alive.samples),
        values=limits.values,
        crossed=tuple(limits.crossed),
        no_data=(*no_data, *limits.no_data, *unasked),
        gaps=tuple(dict.fromkeys([*gaps, *limits.gaps, *_sick(own, at), *deaf])),
        rules=tuple(r.name for r in own),
        firing=tuple(dict.fromkeys(_told(name, labels, hidden) for name, labels in fires)),
        silenced=tuple(f"{r.name} is {s.told()}" for r in own for s in hidden if s.may_hide(_known(service, r))),
    )


@dataclass(slots=True)
class _Limits:
    """The stop conditions as they are measured."""

    values: dict[str, float] = field(default_factory=dict)
    crossed: list[str] = field(default_factory=list)
    no_data: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)


def _limits(wanted: Sequence[Threshold], measured: Sequence[Vector | Unavailable]) -> _Limits:
    seen = _Limits()
    for threshold, found in zip(wanted, measured, strict=True):
        value = _worst(threshold, found)
        if isinstance(value, str):
            seen.no_data.append(value)
            continue
        seen.values[threshold.metric] = value
        if value > threshold.limit if threshold.above else value < threshold.limit:
            seen.crossed.append(f"{threshold.metric} {value:g} {threshold.unit}, limit {threshold.limit:g}")
        if isinstance(found, Vector) and found.partial:
            seen.gaps.append(f"{threshold.metric}: the server gave a part only: {found.partial}")
    return seen


def job_of(service: Service) -> str:
    """What Prometheus calls the service: `evidence: {scrape_job: …}` of the catalogue, else its id."""
    return service.evidence.get("scrape_job") or service.id


def of_service(service: Service, rules: Sequence[Rule]) -> list[Rule]:
    """The alerts about the service: by a label, since their query names the job, or since the catalogue names them."""
    named = f"job={api.quoted(job_of(service))}"
    known = {str(one.facts.get("alert")) for one in service.standing if one.kind is Kind.MONITORING}
    return [
        rule
        for rule in rules
        if rule.name in known
        or _labelled(service, rule.labels)
        or named in rule.query.replace(" ", "")
        or any(_labelled(service, one) for one in rule.alerts)
    ]


def _labelled(service: Service, labels: Labels) -> bool:
    return labels.get("service") == service.id or labels.get("job") == job_of(service)


def _known(service: Service, rule: Rule) -> Labels:
    """What an alert of the rule is going to carry, as far as it can be told before it fires."""
    return {"alertname": rule.name, "job": job_of(service), **rule.labels}


async def _quiet(alertmanager: Remote | None) -> tuple[silences.Silence, ...] | Unavailable:
    return () if alertmanager is None else await silences.silences(alertmanager)


async def _heard(alertmanager: Remote | None) -> tuple[Labels, ...] | Unavailable:
    return () if alertmanager is None else await silences.firing(alertmanager)


def _alive(job: str, alive: Vector, ages: Vector) -> tuple[list[str], list[str]]:
    """Why there is no data, and why what there is does not tell everything: the companion of every stop condition."""
    if not alive.samples:
        return [f"no target of job {job}"], []
    no_data, gaps = [], [f"{v.partial}" for v in (alive, ages) if v.partial]
    down = sum(1 for s in alive.samples if s.value != 1)
    if down == len(alive.samples):
        no_data.append(f"no target of job {job} is up")
    elif down:
        gaps.append(f"{down} of {len(alive.samples)} targets of job {job} are down")
    old = [s.value for s in ages.samples if s.value is None or s.value > OLDEST_S]
    if old or len(ages.samples) < len(alive.samples):
        no_data.append(f"samples of job {job} are older than {OLDEST_S:g} s")
    return no_data, gaps


def _worst(threshold: Threshold, found: Vector | Unavailable) -> float | str:
    """The worst value of all series, or why there is none: an empty vector and NaN are no zero."""
    if isinstance(found, Unavailable):
        return f"{threshold.metric}: {found.detail}"
    if not found.samples:
        return f"{threshold.metric} has no data"
    values = [s.value for s in found.samples]
    known = [v for v in values if v is not None]
    if len(known) < len(values):
        return f"{threshold.metric} is no number"
    return max(known) if threshold.above else min(known)


def _sick(own: Sequence[Rule], at: datetime | None) -> list[str]:
    """Alerts that could not fire: their rule fails, or is not evaluated."""
    found = [f"alert {r.name} cannot be evaluated: {r.error or r.health}" for r in own if r.health != "ok"]
    if at is not None:
        by = at - timedelta(seconds=60)
        late = [r for r in own if r.evaluated_at is None or by - r.evaluated_at > _LATE * r.interval]
        found += [f"alert {r.name} has not been evaluated of late" for r in late if r.health == "ok"]
    return found


def _told(name: str, labels: Labels, hidden: Sequence[silences.Silence]) -> str:
    by = next((s.told() for s in hidden if s.may_hide({"alertname": name, **labels})), "")
    return f"{name} ({by})" if by else name
