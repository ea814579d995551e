"""A release: one planned change of one service, version and environment, with all that was said and seen about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.consent import Consent
from bot.domain.emergency import REVIEW_WITHIN, Emergency, Review
from bot.domain.evidence import Evidence, Kind
from bot.domain.finding import Finding, Verdict
from bot.domain.people import Place

QUESTION_BUDGET = 3
"""Q1: the most questions that planning one release may ask, ever."""

CORE_BUDGET = 2
"""Q2: how many of them may go to the core artifacts."""


class Phase(StrEnum):
    """Where a release is in its life; the moves between phases are in lifecycle.MOVES."""

    PLANNING = "planning"
    PLANNED = "planned"
    CLEARED = "cleared"
    LIVE = "live"
    HELD = "held"
    ROLLING_BACK = "rolling_back"
    ROLLED_BACK = "rolled_back"
    CLOSED = "closed"
    CANCELLED = "cancelled"


TERMINAL = frozenset({Phase.CLOSED, Phase.ROLLED_BACK, Phase.CANCELLED})


class Band(StrEnum):
    """Risk bands, from lowest to highest."""

    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"
    CRITICAL = "CRITICAL"

    @property
    def rank(self) -> int:
        """0 is lowest."""
        return list(Band).index(self)


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the printed arithmetic: `points` for `answer` to `factor`; `known` False: unknown took the worst answer."""

    factor: str
    answer: str
    points: int
    known: bool = True


@dataclass(frozen=True, slots=True)
class Score:
    """The risk score with its arithmetic: score = inherent + gap = the sum of the parts. `floor`: a code, or None."""

    score: int
    band: Band
    rubric: str
    inherent: int
    gap: int
    parts: tuple[Part, ...] = ()
    floor: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was asked (Q3). `answer`: None while open, else how it ended: given, dont_know, vague, moot."""

    number: int
    slot: str
    code: str
    core: bool
    because: str
    choices: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    answer: str | None = None
    answered_by: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Verdict, findings and score of one instant. `policy`: the version of the policy that it was made by; "" not on record."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    score: Score
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What held when nothing but consents was open last: the MUST items that were met, and of which build (G12)."""

    at: datetime
    met: tuple[Finding, ...]
    commit: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A reported rollout step: percent 0-100."""

    percent: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HealthReport:
    """What a person reported about the health during the rollout."""

    ok: bool
    metric: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Touch:
    """What a person did to a release last, of those acts that no other field dates; `what` is the event's kind."""

    at: datetime
    by: str
    what: str


@dataclass(frozen=True, slots=True)
class Release:
    """The state that the ledger folds to. Instants are UTC; `local_time` and `time_zone` keep what the person meant.

    The row's version and the ledger's seq are the store's, not the release's. `window_start` anchors the start
    window of the plan hash. `asked_of` lists (kind, person) pairs of requests that were sent (Q6).
    `not_applicable` maps a kind to (person, reason). `gathers` are the sources that have not answered yet,
    `gather_round` counts the rounds of asking. `approvals_asked` holds "revision:kind:subject" of requests that were sent.
    `first_gaps` are the items that were open in the first verdict: what keeps being open shows in the next plans (P7).
    `plan_parts` has a short digest of each field of the plan hash, so that a change of it can be named (G12).
    `talk_messages` and `talk_tokens` count what was heard since the decisions were last summed up (Q8); `summed_up` holds the
    numbers of the questions before which they were.
    """

    id: str
    service: str
    environment: str
    version: str | None
    phase: Phase
    requested_by: str
    owner: str
    home: Place
    created_at: datetime
    time_zone: str
    start_at: datetime | None = None
    local_time: str = ""
    window_start: datetime | None = None
    rollback_owner: str | None = None
    strategy: str | None = None
    steps: tuple[int, ...] = ()
    summary: str = ""
    links: tuple[str, ...] = ()
    commit: str | None = None
    digest: str | None = None
    authors: tuple[str, ...] = ()
    data_change: str | None = None
    evidence: tuple[Evidence, ...] = ()
    not_applicable: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    consents: tuple[Consent, ...] = ()
    questions: tuple[Question, ...] = ()
    asked_of: tuple[tuple[str, str], ...] = ()
    gathers: tuple[str, ...] = ()
    gather_round: int = 0
    approvals_asked: tuple[str, ...] = ()
    plan_revision: int = 0
    plan_hash: str = ""
    plan_parts: Mapping[str, str] = field(default_factory=dict)
    schedule_revision: int = 1
    judgement: Judgement | None = None
    baseline: Baseline | None = None
    held_reason: str = ""
    held_by: str | None = None
    held_code: str = ""
    started_at: datetime | None = None
    started_by: str | None = None
    started_without_go: bool = False
    progress: tuple[Step, ...] = ()
    health: tuple[HealthReport, ...] = ()
    done_at: datetime | None = None
    done_by: str | None = None
    rollback_at: datetime | None = None
    rollback_by: str | None = None
    rollback_reason: str = ""
    rolled_back_at: datetime | None = None
    cancel_reason: str = ""
    cancelled_by: str | None = None
    outcome_unknown: bool = False
    reminders: int = 0
    lessons: tuple[str, ...] = ()
    first_gaps: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    touched: Touch | None = None
    talk_messages: int = 0
    talk_tokens: int = 0
    summed_up: tuple[int, ...] = ()
    emergency: Emergency | None = None
    review: Review | None = None
    review_overdue: bool = False

    def latest(self, kind: Kind) -> Evidence | None:
        """The newest item of that kind, or None."""
        found = [e for e in self.evidence if e.kind is kind]
        return found[-1] if found else None

    @property
    def open_question(self) -> Question | None:
        """The one question that waits for its answer (Q3), or None."""
        return next((q for q in self.questions if q.answer is None), None)

    @property
    def started(self) -> bool:
        """True from the first reported start on."""
        return self.started_at is not None

    def in_emergency(self, now: datetime) -> bool:
        """True while break-glass counts: until it is over without a start, and for good once it was started (G16)."""
        return self.emergency is not None and (self.started or now < self.emergency.expires_at)

    @property
    def review_open(self) -> bool:
        """True for an emergency that was started and that nobody has reviewed yet (G16)."""
        return self.emergency is not None and self.started and self.review is None

    @property
    def review_due_at(self) -> datetime | None:
        """When its review is due: 24 hours after its end; None where none is owed, or it is not over."""
        end = self.rolled_back_at or self.done_at
        return end + REVIEW_WITHIN if self.review_open and end is not None else None
