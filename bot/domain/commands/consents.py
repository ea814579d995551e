"""What people give, ask for and take back: votes, sign-offs, accepted risks, exceptions (G5-G8, G26)."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.command import Command
from bot.domain.consent import ConsentKind


@dataclass(frozen=True, slots=True)
class Vote(Command):
    """`go` or `no-go` in the roll call; the decision maker's go clears (G26)."""

    vote: str
    reason: str = ""
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Approve(Command):
    """Gives whatever consent is asked of that person: sign_off, risk, exception, qa, confirm (G27).

    `kind` and `subject` None: decide chooses what the card asks of that person, the first open one in fixed order,
    one of their own role before one that they hold as a deputy.
    """

    reason: str
    kind: ConsentKind | None = None
    subject: str | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Decline(Command):
    """Refuses a risk, sign-off or exception, with a reason."""

    reason: str
    kind: ConsentKind | None = None
    subject: str | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class RequestException(Command):
    """Asks for an exception: `what` is freeze or clash (G11), or test (G5), which also needs `check` and what follows it.

    `check`: the required check that failed; `details`: which test, and what it says; `link`: where that is seen;
    `mitigation`: what is done instead. `reason` is the justification.
    """

    what: str
    reason: str
    owner: str
    expires_at: datetime
    check: str = ""
    details: str = ""
    link: str = ""
    mitigation: str = ""


@dataclass(frozen=True, slots=True)
class RequestSignOffs(Command):
    """Send the approval request to everybody who is named for an open consent."""


@dataclass(frozen=True, slots=True)
class Withdraw(Command):
    """Takes back the actor's own valid consents (one by id, or all), before T=0."""

    reason: str
    consent: str | None = None
