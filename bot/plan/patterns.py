"""What pattern keeps appearing (P7): items that were open in the first verdict of several of the last releases of a service."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.evidence import Kind
from bot.domain.facts import Facts
from bot.domain.finding import Level, Result
from bot.domain.release import Judgement
from bot.domain.service import Outcome
from bot.plan.items import kind_of

LAST = 5
"""So many earlier releases are looked at."""

RECURS = 2
"""From so many on it is told in the plan."""

PRESSING = 3
"""From so many on the first card says it too."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """`kind` was open in the first verdict of `ended` (when those releases ended, newest first), out of the last `of`."""

    kind: Kind
    ended: tuple[datetime, ...]
    of: int

    @property
    def count(self) -> int:
        """In how many."""
        return len(self.ended)

    @property
    def params(self) -> dict[str, str]:
        """What its sentences want."""
        dates = ", ".join(at.date().isoformat() for at in self.ended)
        item = self.kind.value.replace("_", " ")
        return {"item": item, "count": str(self.count), "of": str(self.of), "dates": dates}


def open_items(judgement: Judgement) -> tuple[str, ...]:
    """The MUST and SHOULD items that a verdict names open, in fixed order; consents come later and are no gap."""
    kinds = {
        kind_of(f)
        for f in judgement.findings
        if f.open and not f.consent and (f.level is not Level.OPTIONAL or f.result is Result.BLOCKED)
    }
    return tuple(k.value for k in Kind if k in kinds)


def earlier(facts: Facts) -> tuple[Outcome, ...]:
    """How earlier releases ended, newest first: what was recorded, and what the catalogue remembers; each once."""
    lasting = facts.service.history if facts.service else ()
    return tuple(dict.fromkeys((*facts.history, *lasting)))


def patterns(facts: Facts) -> tuple[Pattern, ...]:
    """What recurs, the most frequent first, then in fixed order."""
    last = earlier(facts)[:LAST]
    found = [Pattern(kind, tuple(o.ended_at for o in last if kind.value in o.gaps), len(last)) for kind in Kind]
    return tuple(sorted((p for p in found if p.count >= RECURS), key=lambda p: -p.count))
