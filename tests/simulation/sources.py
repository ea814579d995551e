"""Evidence sources that answer, answer badly, or do not answer."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.evidence import Evidence, Kind, Standing
from bot.ports import Inquiry
from tests.simulation.chances import Struck
from tests.simulation.nature import Nature
from tests.world import good_observations, observed

ROLES = {
    "ci": (Kind.CI,),
    "scm": (Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES, Kind.FLAGS, Kind.MIGRATION),
    "prometheus": (Kind.MONITORING,),
    "registry": (Kind.ROLLBACK_TARGET,),
    "incidents": (Kind.DEPENDENCIES,),
}


@dataclass
class Source:
    """One of them. `healthy` keeps (release, when) of every health sample that was good."""

    name: str
    nature: Nature
    healthy: list[tuple[str, datetime]] = field(default_factory=list)

    async def gather(self, inquiry: Inquiry) -> tuple[Evidence, ...]:
        """What it saw. Raises Struck."""
        nature, rng = self.nature, self.nature.rng
        nature.may_die("at the source")
        if nature.strikes("source_down"):
            if rng.random() < 0.5:
                await nature.waits(2 * inquiry.timeout_s)
            raise Struck(self.name)
        await nature.waits(rng.uniform(0, 3))
        if inquiry.purpose == "watch":
            return self._watched(inquiry)
        seen = [e for e in good_observations(inquiry.now) if e.kind in ROLES.get(inquiry.role, ())]
        if inquiry.role == "ci" and rng.random() < 0.1:
            return (observed(Kind.CI, inquiry.now, Standing.FAILED, tests="failed"),)
        return tuple(seen)

    def _watched(self, inquiry: Inquiry) -> tuple[Evidence, ...]:
        at, good = inquiry.now, self.nature.rng.random() < 0.8
        if inquiry.role == "rollout":
            state, percent = ("completed", 100) if good else ("progressing", 50)
            return (observed(Kind.ROLLOUT, at, state=state, percent=percent),)
        if not self.nature.chances.health:
            return ()
        if good:
            self.healthy.append((inquiry.release.id, at))
        rate = 0.1 if good else 7.5
        return (observed(Kind.HEALTH, at, error_rate=rate, p95_ms=200.0, p99_ms=300.0, firing=False, healthy=good),)

    def saw_health(self, release: str, at: datetime, fresh: timedelta) -> bool:
        """True if a good sample of that release was taken within that time before."""
        return any(r == release and timedelta(0) <= at - when <= fresh for r, when in self.healthy)
