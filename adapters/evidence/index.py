"""Every kind of source that is asked, and how it is made from its settings. A kind without a row is recognised, not asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from adapters.evidence.github import github
from adapters.evidence.gitlab import gitlab
from adapters.evidence.health import health
from adapters.evidence.jenkins import jenkins
from adapters.evidence.kubernetes.source import kubernetes
from adapters.evidence.prometheus.source import PrometheusSource, prometheus
from adapters.evidence.registry.source import registry
from adapters.http.fetch import Transport
from bot.ports import CatalogReader, EvidenceSource, SourceSettings


@dataclass(frozen=True, slots=True)
class Given:
    """What a source is made with. `sources`: the settings of all, for one that needs another."""

    transport: Transport
    catalog: CatalogReader
    sources: Mapping[str, SourceSettings]


Maker = Callable[[SourceSettings, Given], EvidenceSource]


def _prometheus(settings: SourceSettings, given: Given) -> PrometheusSource:
    return prometheus(settings, given.transport, given.sources.get(settings.options.get("alertmanager", "")))


MAKERS: Mapping[str, Maker] = {
    "github": lambda settings, given: github(settings, given.transport, given.catalog),
    "health": lambda settings, given: health(settings, given.transport),
    "gitlab": lambda settings, given: gitlab(settings, given.transport, given.catalog),
    "jenkins": lambda settings, given: jenkins(settings, given.transport, given.catalog),
    "kubernetes": lambda settings, given: kubernetes(settings, given.transport),
    "prometheus": _prometheus,
    "registry": lambda settings, given: registry(settings, given.transport, given.catalog),
}


def evidence_sources(
    settings: Mapping[str, SourceSettings], transport: Transport, catalog: CatalogReader
) -> Mapping[str, EvidenceSource]:
    """The sources that can be asked, by name."""
    given = Given(transport, catalog, settings)
    return {name: MAKERS[one.kind](one, given) for name, one in settings.items() if one.kind in MAKERS}
