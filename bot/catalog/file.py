"""The catalogue in force: read from its files when they change; a bad file never replaces a good one."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.catalog.checks import troubles, warnings
from bot.catalog.entries import CatalogueFile
from bot.catalog.lines import read
from bot.catalog.openslo import thresholds_of
from bot.catalog.policy_file import policy_of
from bot.catalog.rubric_file import rubric_of
from bot.catalog.services import roster_of, services_of
from bot.catalog.shapes import shaped
from bot.catalog.trouble import BadCatalogue
from bot.domain.links import Owners
from bot.policy.defaults import POLICY, RUBRIC
from bot.ports import Catalog

log = logging.getLogger(__name__)

_Stamp = tuple[tuple[int, int] | None, ...]


class CatalogFile:
    """A ports.CatalogReader over files. `bad`: why the files on disk are not in force, or None where they are.

    `warnings` are of what is in force: gates that hang on one person, and the like; doctor shows them.
    """

    def __init__(
        self,
        catalogue: Path,
        now: Callable[[], datetime],
        policy: Path | None = None,
        rubric: Path | None = None,
        owners: Owners | None = None,
        look_every_s: float = 0.0,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`now` gives the instant from which `…_days_ago` counts back; one that stays keeps every date what it was.

        `owners`: which source looks up the links of which host. `look_every_s`: the files are looked at no more often; a crowd
        of requests would else ask the file system a dozen times for each. `seconds`: what that is measured by.

        Raises BadFile: without a first good file nothing runs.
        """
        self._paths = (catalogue, policy, rubric)
        self._owners = dict(owners or {})
        self._now = now
        self.bad: BadCatalogue | None = None
        self.warnings: tuple[str, ...] = ()
        self._slos: tuple[Path, ...] = ()
        self._look_every_s = look_every_s
        self._seconds = seconds
        self._looked_at = seconds()
        self._stamp = self._stamps()
        try:
            self._catalog = self._load()
        except BadCatalogue as error:
            raise BadCatalogue(error.troubles, "no catalogue is in force: the bot does not start") from error

    def __call__(self) -> Catalog:
        """The catalogue in force now."""
        at = self._seconds()
        if at - self._looked_at < self._look_every_s:
            return self._catalog
        self._looked_at = at
        stamp = self._stamps()
        if stamp != self._stamp:
            self._stamp = stamp
            self._reload()
        return self._catalog

    def _reload(self) -> None:
        try:
            self._catalog = self._load()
        except BadCatalogue as error:
            self.bad = BadCatalogue(error.troubles, "the one that was read before stays in force")
            log.warning("catalogue not taken over: %s", self.bad)
        else:
            self.bad = None
            log.info("catalogue taken over: %d services", len(self._catalog.services))

    def _load(self) -> Catalog:
        """All files or none: catalogue, policy, rubric, and the OpenSLO files that the catalogue names. Raises BadCatalogue."""
        path, policy, rubric = self._paths
        source = read(path)
        file = shaped(source, CatalogueFile)
        wrong = tuple(troubles(file, source))
        if wrong:
            raise BadCatalogue(wrong)
        self._slos = tuple(path.parent / entry.slo for entry in file.services.values() if entry.slo)
        slos = {name: thresholds_of(path.parent / entry.slo) for name, entry in file.services.items() if entry.slo}
        catalog = Catalog(
            services=services_of(file, self._now(), slos),
            roster=roster_of(file),
            policy=policy_of(read(policy)) if policy else POLICY,
            rubric=rubric_of(read(rubric)) if rubric else RUBRIC,
            owners=self._owners,
        )
        self.warnings = tuple(warnings(file))
        return catalog

    def _stamps(self) -> _Stamp:
        """When and how large each file is; None for one that is not there."""
        return tuple(_stamp(path) for path in (*self._paths, *self._slos) if path is not None)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
