"""Demo sources: they answer like a real CI, repository, Prometheus, … would, from a file that drills and scripts change.

Every item is marked `demo`. A source that is set to be down answers with items that stand as unavailable, never with a guess.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from adapters.evidence.demo_build import ci, registry, scm
from adapters.evidence.demo_file import DemoFile
from adapters.evidence.demo_keys import ROLES
from adapters.evidence.demo_run import incidents, prometheus, rollout
from bot.domain.evidence import Evidence, Kind, Standing
from bot.ports import CatalogReader, EvidenceSource, Inquiry

_KINDS: Mapping[str, tuple[Kind, ...]] = {
    "ci": (Kind.CI,),
    "scm": (Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES),
    "rollout": (Kind.ROLLOUT,),
    "registry": (Kind.ROLLBACK_TARGET,),
    "incidents": (Kind.DEPENDENCIES,),
}


def demo_sources(file: DemoFile, catalog: CatalogReader | None = None) -> Mapping[str, EvidenceSource]:
    """All demo sources by name (demo-ci, …). `catalog` tells which services need the one that is asked about (G10)."""
    return {f"demo-{role}": DemoSource(f"demo-{role}", role, file, catalog) for role in ROLES}


@dataclass(slots=True)
class DemoSource:
    """One demo source; `name` is what a catalogue entry calls it, `role` what it stands for."""

    name: str
    role: str
    file: DemoFile
    catalog: CatalogReader | None = None

    async def gather(self, inquiry: Inquiry) -> tuple[Evidence, ...]:
        """What it sees now."""
        settings = self.file.settings(self.role, inquiry.service.id)
        if settings.get("available") is False:
            return tuple(self._down(kind, inquiry) for kind in self._kinds(inquiry))
        if self.role == "incidents":
            return incidents(self.name, inquiry, settings, self._near(inquiry))
        return _ANSWERS[self.role](self.name, inquiry, settings)

    def _kinds(self, inquiry: Inquiry) -> tuple[Kind, ...]:
        if self.role == "prometheus":
            return (Kind.HEALTH,) if inquiry.purpose == "watch" else (Kind.MONITORING,)
        return _KINDS[self.role]

    def _down(self, kind: Kind, inquiry: Inquiry) -> Evidence:
        return Evidence(
            kind=kind,
            standing=Standing.UNAVAILABLE,
            source=self.name,
            by="bot",
            observed_at=inquiry.now,
            text=f"{self.name} did not answer",
            demo=True,
        )

    def _near(self, inquiry: Inquiry) -> frozenset[str]:
        services = self.catalog().services.values() if self.catalog else ()
        needing = {other.id for other in services if inquiry.service.id in other.depends_on}
        return frozenset({inquiry.service.id, *inquiry.service.depends_on, *needing})


_ANSWERS: Mapping[str, Callable[[str, Inquiry, Mapping[str, object]], tuple[Evidence, ...]]] = {
    "ci": ci,
    "scm": scm,
    "prometheus": prometheus,
    "rollout": rollout,
    "registry": registry,
}
