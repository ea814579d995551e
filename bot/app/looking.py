"""Evidence, joined: the sources file, the one transport, and each source by the name that the catalogue calls it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Self

from adapters.evidence.index import evidence_sources
from adapters.http.fetch import Transport
from bot.catalog.sources_file import owners_of, read_sources
from bot.domain.errors import BadFile
from bot.ports import CatalogReader, EvidenceSource


class Looking:
    """What is looked at. `owners`: which source looks up the links of which host; the catalogue carries it to the rules."""

    def __init__(self, file: Path | None) -> None:
        """`file` None: nothing is asked. Raises BadFile."""
        self._settings = read_sources(file) if file is not None else {}
        self._transport = Transport()
        self.owners = owners_of(self._settings)
        self.names = tuple(self._settings)

    def sources(self, catalog: CatalogReader) -> Mapping[str, EvidenceSource]:
        """The sources by name. Raises BadFile where certificates cannot be read."""
        try:
            return evidence_sources(self._settings, self._transport, catalog)
        except OSError as error:
            msg = "sources: expected certificates (PEM) in ca_file"
            raise BadFile(msg) from error

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._transport.close()
