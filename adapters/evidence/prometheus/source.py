"""Prometheus as a source: before the start whether monitoring would show a failure (G20), while it runs the health (T1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.evidence.item import Facts, item, unavailable
from adapters.evidence.place import elsewhere
from adapters.evidence.prometheus.api import query
from adapters.evidence.prometheus.doors import alertmanager, doors
from adapters.evidence.prometheus.look import Look, job_of, look
from adapters.evidence.prometheus.silences import silences
from adapters.evidence.rights import answers
from adapters.evidence.sites import credential, site_of
from adapters.evidence.source_kind import Given, SourceKind
from adapters.http.answers import Unavailable
from adapters.http.fetch import Remote, Transport
from adapters.http.sites import Site
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.service import Service
from bot.ports import Check, Inquiry
from bot.ports.sources import SourceSettings


@dataclass(slots=True)
class PrometheusSource:
    """`alertmanager`: where its silences are; None where none is configured, then nothing is said of them."""

    name: str
    remote: Remote
    alertmanager: Remote | None = None

    async def gather(self, inquiry: Inquiry) -> tuple[Evidence, ...]:
        """Health for the purpose watch, else monitoring."""
        kind = Kind.HEALTH if inquiry.purpose == "watch" else Kind.MONITORING
        other = elsewhere(inquiry, self.name, kind)
        if other is not None:
            return (other,)
        seen = await look(inquiry.service, self.remote, self.alertmanager)
        if isinstance(seen, Unavailable):
            return (unavailable(inquiry, self.name, kind, seen),)
        standing, why = _health(seen) if kind is Kind.HEALTH else _monitoring(seen)
        facts: Facts = {
            "has_data": not seen.no_data,
            "firing": bool(seen.firing),
            "targets": seen.targets,
            "alerts": len(seen.rules),
            **seen.values,
        }
        if seen.firing or seen.rules:
            facts["alert"] = ", ".join(seen.firing or seen.rules)[:200]
        if kind is Kind.HEALTH:
            facts["healthy"] = standing is Standing.VERIFIED
        at = f"job {job_of(inquiry.service)} at {seen.at:%H:%M:%S} UTC" if seen.at else f"job {job_of(inquiry.service)}"
        url = f"{self.remote.site.base.rstrip('/')}/alerts"
        return (item(inquiry, self.name, kind, standing, url=url, text=f"{why} ({at})", facts=facts),)

    async def checks(self, _: Sequence[Service]) -> Sequence[Check]:
        """Whether both servers answer, and what is known of what could be changed through them."""
        answered = answers(self.name, await query(self.remote, "vector(1)"))
        found = [await doors(self.remote) if answered.ok else answered]
        if self.alertmanager is not None:
            name = self.alertmanager.site.name
            answered = answers(name, await silences(self.alertmanager))
            found.append(alertmanager(name) if answered.ok else answered)
        return found


def _monitoring(seen: Look) -> tuple[Standing, str]:
    """Data now, an alert that would show the failure and that somebody would hear, and none that fires already (G20)."""
    if seen.firing:
        return Standing.FAILED, f"alert {', '.join(seen.firing)} is firing"
    if seen.no_data:
        return Standing.MISSING, "; ".join(seen.no_data)
    if not seen.rules:
        return Standing.MISSING, "has data, but no alert names this service: nobody would be told of a failure"
    if seen.silenced or seen.gaps:
        return Standing.INCONCLUSIVE, "; ".join((*seen.silenced, *seen.gaps))
    return Standing.VERIFIED, f"has data, no alert is firing; {len(seen.rules)} would show a failure"


def _health(seen: Look) -> tuple[Standing, str]:
    """Bad news counts however it comes; good news only where nothing is missing (T1)."""
    bad = [*(f"alert {a} is firing" for a in seen.firing), *seen.crossed]
    if bad:
        return Standing.FAILED, "; ".join(bad)
    gaps = [*seen.no_data, *seen.gaps]
    if gaps:
        return Standing.INCONCLUSIVE, "; ".join(gaps)
    said = ", ".join(f"{metric} {value:g}" for metric, value in seen.values.items())
    return Standing.VERIFIED, said or f"{seen.targets} targets up, no alert is firing"


def prometheus(
    settings: SourceSettings, transport: Transport, alertmanager: SourceSettings | None = None
) -> PrometheusSource:
    """The source of those settings. Raises OSError where a file of theirs cannot be read."""
    silenced = transport.remote(_site(alertmanager)) if alertmanager is not None else None
    return PrometheusSource(settings.name, transport.remote(_site(settings)), silenced)


def _made(settings: SourceSettings, given: Given) -> PrometheusSource:
    return prometheus(settings, given.transport, given.sources.get(settings.options.get("alertmanager", "")))


_TENANT = {"tenant": "sent as X-Scope-OrgID"}
KIND = SourceKind(
    "prometheus", _made, {**_TENANT, "alertmanager": "the source of kind alertmanager whose silences count"}
)
ALERTMANAGER = SourceKind("alertmanager", None, _TENANT)


def _site(settings: SourceSettings) -> Site:
    """With the tenant, where a server keeps several apart."""
    headers, tenant = credential(settings), settings.options.get("tenant")
    if tenant is None:
        return site_of(settings, headers)
    return site_of(settings, lambda: {**headers(), "X-Scope-OrgID": tenant})
