"""What happened to consents, and to the clearance that they carry (G5-G8, G26)."""

from dataclasses import dataclass

from bot.domain.consent import Consent
from bot.domain.event import Event


@dataclass(frozen=True, slots=True)
class ConsentRequested(Event):
    """A consent is asked for: an exception as requested (it is part of the plan), or approvals sent to persons."""

    consent: Consent


@dataclass(frozen=True, slots=True)
class ApprovalsRequested(Event):
    """Persons were asked for the consents that are still open: `wanted` holds "kind:subject", `of` the persons (G15)."""

    revision: int
    wanted: tuple[str, ...]
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsentGiven(Event):
    """A consent or a vote was given; a later vote of the same person replaces the earlier."""

    consent: Consent


@dataclass(frozen=True, slots=True)
class ConsentEnded(Event):
    """A consent was declined, withdrawn or expired: `state` says which."""

    consent: str
    state: str
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RiskDeclined(Event):
    """An entitled person refused a risk or a sign-off, with a reason; it blocks until they or the plan change."""

    consent: Consent


@dataclass(frozen=True, slots=True)
class VotesOverruled(Event):
    """The decision maker gave GO over these no-go votes; they stay visible (G26)."""

    consents: tuple[str, ...]
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cleared(Event):
    """Verdict GO and a valid go of the decision maker (G26)."""

    by: str


@dataclass(frozen=True, slots=True)
class Uncleared(Event):
    """The clearance ended: the plan changed, or the decision maker took the go back. `code` says why."""

    code: str
    by: str
