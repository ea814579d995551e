"""The plan: what is published to people, as structured statements. Each knows where it comes from (P1).

A Line is a code of bot/messages/words plus its values; renderers turn it into a sentence. Nothing here is prose.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.evidence import Kind
from bot.domain.finding import Level, Result, Verdict
from bot.domain.release import Band, Score


class OriginKind(StrEnum):
    """Where a statement comes from; UNKNOWN prints `UNKNOWN — verify: …`."""

    EVIDENCE = "evidence"
    CATALOGUE = "catalogue"
    PERSON = "person"
    RULE = "rule"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Origin:
    """`ref`: the kind of the evidence, the service id, the person id, or the rule's number.

    `source` and `at` of evidence: who told it, and when that was observed (UTC).
    """

    kind: OriginKind
    ref: str
    source: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One statement: `code` names its sentence in words, `params` fill it."""

    code: str
    origin: Origin
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One row of the READINESS CHECKLIST. `consent`: nothing is missing but a person's consent."""

    kind: Kind
    level: Level
    result: Result
    line: Line
    consent: bool = False


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One row of the RISK ASSESSMENT: likelihood and impact are High, Medium or Low; one mitigation step with its owner."""

    cause: Line
    likelihood: str
    impact: str
    mitigation: Line
    owner: str | None


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One numbered step. `command`: one suggested line for a person to run, never run by us; None: a MANUAL step.

    `requires`: the role that is needed (Requires: …), or "". `approval`: tagged ⚠ REQUIRES APPROVAL (G6). `minutes`: duration;
    `at`: how many minutes after T=0 it begins (negative: before), None where a step before it has no known duration.
    """

    number: int
    action: Line
    rationale: Line
    evidence: Line
    owner: str | None
    minutes: int | None
    command: str | None = None
    tool: str = ""
    manual: Line | None = None
    requires: str = ""
    approval: bool = False
    percent: int | None = None
    at: int | None = None


@dataclass(frozen=True, slots=True)
class RollbackPlan:
    """The way back: one line on top, then trigger criteria, minimum steps, verification, communication.

    `restore`: the time to restore. `no_return`: the point of no return, None where no step is one (G19).
    """

    one_line: Line
    restore: Line
    no_return: Line | None
    triggers: tuple[Line, ...]
    steps: tuple[PlanStep, ...]
    verification: tuple[Line, ...]
    communication: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Confidence:
    """High, Medium or Low with its justification, the top two risks and uncertainties, and the next critical check."""

    level: str
    justification: Line
    risks: tuple[Line, ...]
    uncertainties: tuple[Line, ...]
    next_check: Line


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """Assumptions with mitigations; the five questions and the five lenses, each with yes/no and why."""

    assumptions: tuple[Line, ...]
    questions: tuple[tuple[str, bool, Line], ...]
    lenses: tuple[tuple[str, bool, Line], ...]


@dataclass(frozen=True, slots=True)
class NextAction:
    """The one next action, its owner and its deadline (P3)."""

    line: Line
    owner: str | None
    by: datetime | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan, in the order of rules.md. `failed_standards` names the standards of P9 that it does not meet.

    `pause`: what to do when a stop condition is crossed.
    """

    release: str
    revision: int
    hash: str
    verdict: Verdict
    score: Score
    risk_summary: Line
    summary: tuple[Line, ...]
    goal: Line
    preconditions: tuple[Line, ...]
    checklist: tuple[CheckRow, ...]
    risks: tuple[RiskRow, ...]
    rollout: tuple[PlanStep, ...]
    verification: tuple[Line, ...]
    stop_conditions: tuple[Line, ...]
    pause: PlanStep
    rollback: RollbackPlan
    confidence: Confidence
    lessons: tuple[Line, ...]
    self_check: SelfCheck
    closing: tuple[Line, ...]
    next_action: NextAction
    failed_standards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A missing, failed, stale or unavailable item (G1): who can supply it, how, by when."""

    kind: Kind
    code: str
    level: Level
    result: Result
    who: str | None
    how: str
    by: datetime | None
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WayToGo:
    """The cheapest set of items that would make it a GO (G1); `reaches`: the verdict and band with them."""

    kinds: tuple[Kind, ...]
    reaches: Verdict
    band: Band
