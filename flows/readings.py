"""What an answer to a question can turn out to be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.evidence import Evidence, Kind
from flows.parse_time import TimeTrouble


@dataclass(frozen=True, slots=True)
class Given:
    """An answer. Fields as in AnswerQuestion."""

    claims: tuple[Evidence, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    start_at: datetime | None = None
    local_time: str = ""
    data_change: str | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """No answer to the question, but something else that is worth keeping; the question stays open."""

    claims: tuple[Evidence, ...] = ()
    data_change: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """*Who does?*: that person. `item`: where another item was spoken of than the one which was asked about."""

    person: str
    item: Kind | None = None


@dataclass(frozen=True, slots=True)
class Vague:
    """No evidence; the phrase is quoted (Q7)."""

    phrase: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """`I don't know`: an answer too (Q6)."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Not understood, or not usable: nothing is recorded, the question stays open. `time`: why a time cannot be used."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    time: TimeTrouble | None = None


Reading = Given | Beside | Named | Vague | Unknown | Unclear
