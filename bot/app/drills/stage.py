"""The services on which drills are played: copies of the demo's payments, with channels of their own and nobody real in them.

Every run has a service of its own, so that no run leaves evidence, an open release or a review owed to the next one, and the
demo sources can answer it otherwise than the rest. What was played stays in the catalogue: its releases can still be read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.evidence import Kind
from bot.domain.people import Place
from bot.domain.service import Audience, Service
from bot.ports import Catalog, CatalogReader

MODEL = "payments"
PEOPLE = frozenset({"ana", "kai", "lena", "priya", "quinn", "mia"})
PLATFORM = "sandbox"
TEAM, STAKEHOLDERS = "#drill", "#drill-audience"
_DRILLED = timedelta(days=20)


@dataclass(frozen=True, slots=True)
class Run:
    """One rehearsal: `service` is made for it; `begun_at`, from which its evidence is dated back."""

    service: str
    begun_at: datetime
    drilled: bool


class Stage:
    """The catalogue in force, with the services of the drills beside. `first`: from when the catalogue's own days count back."""

    def __init__(self, catalog: CatalogReader, first: datetime) -> None:
        self._catalog = catalog
        self._first = first
        self._runs: tuple[Run, ...] = ()
        self._on = ""
        self._made: tuple[Catalog, Catalog] | None = None

    def __call__(self) -> Catalog:
        """Catalogue and stage."""
        base = self._catalog()
        if not self._runs or MODEL not in base.services:
            return base
        if self._made is None or self._made[0] is not base:
            made = {run.service: self._service(base.services[MODEL], run) for run in self._runs}
            self._made = (base, replace(base, services={**base.services, **made}))
        return self._made[1]

    def lacks(self) -> Sequence[str]:
        """The persons and the service without which no drill can be played; empty with the demo catalogue."""
        base = self._catalog()
        return sorted(PEOPLE - base.roster.people.keys() | ({MODEL} - base.services.keys()))

    def set(self, runs: Sequence[Run], on: str) -> None:
        """What was played, and the service of the run that is on."""
        self._runs, self._on, self._made = tuple(runs), on, None

    def is_ours(self, service: str) -> bool:
        """True for a service of a drill."""
        return any(run.service == service for run in self._runs)

    def _service(self, model: Service, run: Run) -> Service:
        age = run.begun_at.date() - self._first.date()
        standing = tuple(
            replace(s, dated=run.begun_at.date() - _DRILLED)
            if s.kind is Kind.ROLLBACK and run.drilled
            else replace(s, dated=s.dated + age)
            for s in model.standing
        )
        # Only the run that is on has channels: where nothing is named, #drill means that one.
        channels: Mapping[Audience, tuple[Place, ...]] = {
            Audience.TEAM: (Place(PLATFORM, TEAM),),
            Audience.STAKEHOLDERS: (Place(PLATFORM, STAKEHOLDERS),),
        }
        return replace(
            model,
            id=run.service,
            name=f"DRILL {model.name}",
            depends_on=(),
            standing=standing,
            history=tuple(replace(o, ended_at=o.ended_at + age) for o in model.history),
            channels=channels if run.service == self._on else {},
        )


def service_id(drill: str, runs: Sequence[Run], taken: Callable[[str], bool]) -> str:
    """`drill-ci`, and `drill-ci-2` for the second time."""
    base = f"drill-{drill}"
    used = {run.service for run in runs}
    names = [base, *(f"{base}-{n}" for n in range(2, len(runs) + 3))]
    return next(n for n in names if n not in used and not taken(n))
