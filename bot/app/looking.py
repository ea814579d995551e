"""Evidence, joined: the sources file, the one transport, and each source by the name that the catalogue calls it."""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from adapters.evidence.rights import checks_of
from adapters.evidence.timely import Timely
from adapters.http.fetch import Transport
from bot.catalog.sources_file import owners_of, read_sources
from bot.domain.errors import BadFile
from bot.ports import CatalogReader, Check, EvidenceSource, SourceSettings

log = logging.getLogger(__name__)


class Looking:
    """What is looked at. `owners`: which source looks up the links of which host; the catalogue carries it to the rules."""

    def __init__(self, file: Path | None) -> None:
        """`file` None: nothing is asked. Raises BadFile."""
        self._settings: Mapping[str, SourceSettings] = {}
        if file is not None:
            # The kinds of sources are loaded where one is configured: a sandbox mostly has none.
            from adapters.evidence.index import OPTIONS, evidence_sources  # noqa: PLC0415 - the line above says why

            self._settings, self._make = read_sources(file, OPTIONS), evidence_sources
        self._transport = Transport()
        self.owners = owners_of(self._settings)
        self.names = tuple(self._settings)
        self._made: Mapping[str, EvidenceSource] | None = None if self._settings else {}

    def sources(self, catalog: CatalogReader) -> Mapping[str, EvidenceSource]:
        """The sources by name, each within the time of the whole answer. Raises BadFile where certificates cannot be read."""
        return {name: Timely(one) for name, one in self._sources(catalog).items()}

    def _sources(self, catalog: CatalogReader) -> Mapping[str, EvidenceSource]:
        if self._made is None:
            try:
                self._made = self._make(self._settings, self._transport, catalog)
            except OSError as error:
                msg = "sources: expected certificates (PEM) in ca_file"
                raise BadFile(msg) from error
        return self._made

    async def checks(self, catalog: CatalogReader) -> Sequence[Check]:
        """Doctor's lines: whether each source answers, and that a credential only reads where that can be verified."""
        return await checks_of(self._sources(catalog), catalog().services.values())

    async def tell(self, catalog: CatalogReader) -> None:
        """The same lines into the log, at the start."""
        for line in await self.checks(catalog):
            log.log(logging.INFO if line.ok else logging.WARNING, "%s %s", line.sentence, line.remedy)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._transport.close()
