"""What a decision is: events, or a refusal with its code. Both are values (decision 2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.events import Event
from bot.domain.finding import Finding


@dataclass(frozen=True, slots=True)
class Decided:
    """The events to commit, in order. `code` names the sentence that answers the person; empty: the events tell."""

    events: tuple[Event, ...]
    code: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing changes. `code` names the sentence, `findings` what stands in the way; the attempt itself is recorded (A1)."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


Decision = Decided | Refused
