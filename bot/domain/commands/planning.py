"""What people say while a release is being planned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.command import Command
from bot.domain.evidence import Evidence, Kind
from bot.domain.people import Place


@dataclass(frozen=True, slots=True)
class StartPlan(Command):
    """Start planning, or continue the open plan of the same service, version and environment (Q1).

    `release` is the fresh id that is used where no open plan exists. None: not said.
    `later_steps`: percentages behind `canary_percent`, growing to 100; (): those of the catalogue.
    `claims` are items that the text itself gave ("rollback tested on 2026-11-03 https://…"), already read.
    """

    release: str
    service: str
    home: Place
    version: str | None = None
    environment: str | None = None
    start_at: datetime | None = None
    local_time: str = ""
    time_zone: str | None = None
    canary_percent: int | None = None
    later_steps: tuple[int, ...] = ()
    strategy: str | None = None
    rollback_owner: str | None = None
    text: str = ""
    links: tuple[str, ...] = ()
    claims: tuple[Evidence, ...] = ()
    data_change: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerQuestion(Command):
    """An answer to the open question `number`. `how`: given, dont_know, vague, person.

    given: `claims`, `details` or `data_change` say what; vague: `text` is the phrase that is not accepted (Q7);
    person: `person` was named as the one who supplies the item (*who does?*).
    """

    number: int
    how: str
    text: str
    claims: tuple[Evidence, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    start_at: datetime | None = None
    local_time: str = ""
    data_change: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class NoteTalk(Command):
    """Something was said in the thread of a plan, and answered in words; it changes nothing, but it is counted (Q8)."""


@dataclass(frozen=True, slots=True)
class AddEvidence(Command):
    """A person adds an item: attested, with a link or a date (G24). `vague`: the phrase that is no evidence (Q7).

    `more`: further items that the same words name, of the same link or of their own.
    """

    evidence: Evidence
    data_change: str | None = None
    vague: str = ""
    more: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclareNotApplicable(Command):
    """An item does not apply (G25)."""

    kind: Kind
    reason: str


@dataclass(frozen=True, slots=True)
class AskPerson(Command):
    """Send a request for an item to a person (Q6, button "Ask someone")."""

    kind: Kind
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Amend(Command):
    """Changes a field of the plan: version, environment, owner, rollback_owner, strategy, steps, summary, …"""

    field: str
    value: str
