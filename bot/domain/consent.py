"""Consents: what a named person gave, bound to the plan hash (G8). One type serves roll call, approvals and exceptions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.people import Role


class ConsentKind(StrEnum):
    """What is given."""

    VOTE = "vote"
    SIGN_OFF = "sign_off"
    RISK = "risk"
    EXCEPTION = "exception"
    QA = "qa"
    CONFIRM = "confirm"
    BREAKGLASS = "breakglass"


class ConsentState(StrEnum):
    """Only a valid consent counts."""

    REQUESTED = "requested"
    VALID = "valid"
    VOID = "void"
    EXPIRED = "expired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Consent:
    """One consent. `subject`: the role of a sign-off, the named risk, `freeze`/`clash`/`test:<check>`, or the attested kind.

    `vote` is "go" or "no-go" for votes, else None. `overruled_by`: the decision maker who gave GO over this no-go vote; the
    vote stays visible (G26). `account`: "platform:id" of the chat account that gave it, "" where none is on record.
    `on_behalf`: whose sign-off a delegate gave. Of an exception: its `owner`, the `justification` it
    was asked for with, what it `covers` (freezes or releases by id, "" for all), and of a failed test its `details`, `link` and
    `mitigation` (G5). An exception that two people sign is two consents with the same terms, one for each role.
    """

    id: str
    kind: ConsentKind
    subject: str
    state: ConsentState
    role: Role | None = None
    by: str | None = None
    vote: str | None = None
    reason: str = ""
    at: datetime | None = None
    plan_hash: str | None = None
    expires_at: datetime | None = None
    owner: str | None = None
    requested_by: str | None = None
    overruled_by: str | None = None
    justification: str = ""
    covers: str = ""
    details: str = ""
    link: str = ""
    mitigation: str = ""
    on_behalf: str | None = None
    account: str = ""

    def valid_at(self, now: datetime) -> bool:
        """True if it counts at that instant; an alarm that is late extends nothing."""
        return self.state is ConsentState.VALID and (self.expires_at is None or now < self.expires_at)
