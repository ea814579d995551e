"""What one rule says about one subject, and the verdict that follows from all of them (G26)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Result(StrEnum):
    """From best to worst. Clear and warn satisfy a MUST; everything after them does not."""

    CLEAR = "clear"
    WARN = "warn"
    PENDING = "pending"
    INCONCLUSIVE = "inconclusive"
    UNAVAILABLE = "unavailable"
    MISSING = "missing"
    BLOCKED = "blocked"

    @property
    def rank(self) -> int:
        """0 is best."""
        return _RANKS[self]


class Level(StrEnum):
    """How much an item matters (risk.md)."""

    MUST = "MUST"
    SHOULD = "SHOULD"
    OPTIONAL = "OPTIONAL"

    @property
    def rank(self) -> int:
        """0 is the strictest."""
        return _RANKS[self]


class Verdict(StrEnum):
    """The three verdicts, from best to worst."""

    GO = "GO"
    UNVERIFIED = "NO-GO UNTIL VERIFIED"
    NO_GO = "NO-GO"

    @property
    def rank(self) -> int:
        """0 is best."""
        return _RANKS[self]


_RANKS: Mapping[StrEnum, int] = {one: rank for kind in (Result, Level, Verdict) for rank, one in enumerate(kind)}
"""Asked for thousands of times in one judgement, so counted once."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Code + result + level + subject + the values that its sentence needs; from one rule.

    `code` names the sentence in bot/messages/words.py. `subject` is mostly a Kind value. `who` is the person id who can
    close the gap. `how` is a code of words.py for how to close it. `consent`: only a consent or a vote is still open here,
    so a card may say GO POSSIBLE (G26).
    """

    code: str
    result: Result
    level: Level
    subject: str
    rule: str
    params: Mapping[str, str] = field(default_factory=dict)
    how: str | None = None
    who: str | None = None
    consent: bool = False

    @property
    def open(self) -> bool:
        """True where it does not satisfy a MUST."""
        return self.result not in {Result.CLEAR, Result.WARN}


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """G26: any blocked -> NO-GO; else any open MUST -> NO-GO UNTIL VERIFIED; else GO. The worst of them all."""
    return max(map(_alone, findings), key=lambda verdict: verdict.rank, default=Verdict.GO)


def _alone(finding: Finding) -> Verdict:
    if finding.result is Result.BLOCKED:
        return Verdict.NO_GO
    return Verdict.UNVERIFIED if finding.level is Level.MUST and finding.open else Verdict.GO


def go_possible(findings: Iterable[Finding]) -> bool:
    """True if nothing but consents stands between this release and GO (wording of a card only, G26)."""
    open_musts = [f for f in findings if f.result is Result.BLOCKED or (f.level is Level.MUST and f.open)]
    return all(f.consent and f.result is not Result.BLOCKED for f in open_musts)
