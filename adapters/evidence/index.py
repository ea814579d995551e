"""Every kind of source that is asked, and how it is made from its settings. A kind without a row is recognised, not asked."""

from collections.abc import Callable, Mapping

from adapters.evidence.github import github
from adapters.http.fetch import Transport
from bot.ports import CatalogReader, EvidenceSource, SourceSettings

Maker = Callable[[SourceSettings, Transport, CatalogReader], EvidenceSource]

MAKERS: Mapping[str, Maker] = {
    "github": github,
}


def evidence_sources(
    settings: Mapping[str, SourceSettings], transport: Transport, catalog: CatalogReader
) -> Mapping[str, EvidenceSource]:
    """The sources that can be asked, by name."""
    return {name: MAKERS[one.kind](one, transport, catalog) for name, one in settings.items() if one.kind in MAKERS}
