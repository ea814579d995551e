"""How far three questions reached: what was asked, what sources told, what is still open (Q5, Q6)."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.evidence import Kind
from bot.domain.finding import Finding, Level
from bot.domain.release import Release
from bot.plan.items import kind_of
from bot.policy.rules.item import PERSON
from bot.policy.standing import Sights


@dataclass(frozen=True, slots=True)
class Coverage:
    """`asked`: questions of planning. `known`: items that sources, the catalogue or an earlier release settled without one.

    `open`: items, MUST or SHOULD, that are open and that are no consent. Each item counts once.
    """

    asked: int
    known: tuple[Kind, ...]
    open: tuple[Kind, ...]

    @property
    def params(self) -> dict[str, str]:
        """The three figures, as sentences want them."""
        return {"asked": str(self.asked), "known": str(len(self.known)), "open": str(len(self.open))}


def coverage(release: Release, findings: Iterable[Finding], seen: Sights) -> Coverage:
    """Counted from the findings: an item is known where no finding about it is open and no person had to say it."""
    weighing = [f for f in findings if not f.consent and f.level is not Level.OPTIONAL]
    open_ = {kind_of(f) for f in weighing if f.open}
    told = {kind_of(f) for f in weighing if _told_by_a_source(f, seen)} - open_
    return Coverage(len(release.questions), *(tuple(k for k in Kind if k in found) for found in (told, open_)))


def _told_by_a_source(finding: Finding, seen: Sights) -> bool:
    if finding.code == "qa_report":
        return True
    one = seen[kind_of(finding)].evidence
    return one is not None and one.source != PERSON
