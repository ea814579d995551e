"""A kind of system that can be asked, as the file of its source declares it; adapters/evidence/index.py lists them all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from adapters.http.fetch import Transport
from bot.ports import CatalogReader, EvidenceSource, SourceSettings


@dataclass(frozen=True, slots=True)
class Given:
    """What a source is made with. `sources`: the settings of all, for one that needs another."""

    transport: Transport
    catalog: CatalogReader
    sources: Mapping[str, SourceSettings]


@dataclass(frozen=True, slots=True)
class SourceKind:
    """`name`: what the operator writes as its `kind`; `options`: what only this kind knows, each with what it is.

    `make` gives the source of such settings; None: it is asked by another source, beside that one's own host.
    """

    name: str
    make: Callable[[SourceSettings, Given], EvidenceSource] | None
    options: Mapping[str, str] = field(default_factory=dict)
