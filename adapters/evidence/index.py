"""Every kind of source that is asked. Of other systems only the links are recognised (bot/domain/link_shapes.py)."""

from collections.abc import Mapping

from adapters.evidence import github, gitlab, health, jenkins
from adapters.evidence.kubernetes import source as kubernetes
from adapters.evidence.prometheus import source as prometheus
from adapters.evidence.registry import source as registry
from adapters.evidence.source_kind import Given, SourceKind
from adapters.http.fetch import Transport
from bot.ports import CatalogReader, EvidenceSource, SourceSettings

KINDS: Mapping[str, SourceKind] = {
    kind.name: kind
    for kind in (
        github.KIND,
        gitlab.KIND,
        jenkins.KIND,
        prometheus.KIND,
        prometheus.ALERTMANAGER,
        kubernetes.KIND,
        registry.KIND,
        health.KIND,
    )
}
OPTIONS: Mapping[str, Mapping[str, str]] = {name: kind.options for name, kind in KINDS.items()}
"""What the sources file may say of each kind."""


def evidence_sources(
    settings: Mapping[str, SourceSettings], transport: Transport, catalog: CatalogReader
) -> Mapping[str, EvidenceSource]:
    """The sources that can be asked, by name."""
    given = Given(transport, catalog, settings)
    made: dict[str, EvidenceSource] = {}
    for name, one in settings.items():
        kind = KINDS.get(one.kind)
        if kind is not None and kind.make is not None:
            made[name] = kind.make(one, given)
    return made
