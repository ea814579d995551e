"""`exception`: asked for with reason, owner and expiry; of a failed test with its details and a mitigation too (G5, G11)."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.decide.guards import poor
from bot.decide.ids import next_id
from bot.decide.result import Decided, Decision, Refused
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.facts import Facts
from bot.domain.people import ActorKind
from bot.domain.release import Phase, Release
from bot.policy.calendar import PRESENCE
from bot.policy.exceptions import EXCEPTABLE, FREEZE, TEST, Blocker, asked_for, in_the_way, is_test

LONGEST_EXCEPTION = timedelta(days=30)

_BELITTLED = re.compile(
    r"(?i)\b(?:not|isn'?t|aren'?t|never|hardly|no)\s+(?:\w+\s+)?(?:important|relevant|critical|needed|necessary)\b"
    r"|\b(?:unimportant|irrelevant|pointless|useless)\b|\bdo(?:es)?(?:n'?t|\s+not)\s+(?:really\s+)?(?:matter|count)\b"
)
"""G2: "the test isn't important" is no justification, however it is put."""


def request_exception(release: Release, command: c.RequestException, facts: Facts, now: datetime) -> Decision:
    """Each part has to be there, something has to be in the way, and somebody has to be able to sign. Else it is refused."""
    refused = _not_possible(release, command, facts, now) or _incomplete(release, command, facts, now)
    if refused is not None:
        return refused
    # Who owns the exception of a test answers for it, so the owner signs none of it; a freeze has an owner of its own.
    besides = (command.actor.person, *((command.owner,) if command.what == TEST else ()))
    blockers = asked_for(release, facts, now, command.what, command.check, besides)
    nobody = _nobody(blockers, facts)
    if nobody is not None:
        return nobody
    events: list[e.Event] = [*_replaced(release, blockers, command.actor.person, now)]
    number = int(next_id(release)[1:])
    for n, blocker in enumerate(blockers):
        consent = Consent(
            id=f"c{number + n}",
            kind=ConsentKind.EXCEPTION,
            subject=blocker.subject,
            state=ConsentState.REQUESTED,
            role=blocker.role,
            reason=command.reason,
            at=now,
            expires_at=command.expires_at,
            owner=command.owner,
            requested_by=command.actor.person,
            justification=command.reason,
            covers=blocker.covers,
            details=command.details.strip(),
            link=command.link.strip(),
            mitigation=command.mitigation.strip(),
        )
        events.append(e.ConsentRequested(at=now, consent=consent))
    names = " and ".join(" or ".join(facts.roster.name(p) for p in b.people[:2]) for b in blockers)
    return Decided(tuple(events), "exception_requested", {"who": names})


def _not_possible(release: Release, command: c.RequestException, facts: Facts, now: datetime) -> Refused | None:
    if command.what not in EXCEPTABLE:
        return Refused("exception_never", {"what": command.what})
    if release.started or release.phase is Phase.ROLLING_BACK:
        return Refused("wrong_phase", {"phase": release.phase.value.replace("_", " "), "what": "an exception"})
    open_now = in_the_way(release, facts, now, command.what)
    if command.what == TEST:
        if release.commit is None and release.digest is None:
            return Refused("exception_no_build")
        if command.check not in open_now:
            known = ", ".join(n.replace("_", " ") for n in open_now) or "none"
            return Refused("no_failed_check", {"check": command.check or "UNKNOWN", "known": known})
    return None if open_now else Refused("nothing_to_except", {"what": command.what})


def _incomplete(release: Release, command: c.RequestException, facts: Facts, now: datetime) -> Refused | None:
    if command.what == TEST:
        if _BELITTLED.search(command.reason):
            return Refused("test_belittled", {"phrase": " ".join(command.reason.split())})
        if not command.details.strip():
            return Refused("exception_details")
        if not re.match(r"https?://\S+$", command.link.strip()):
            return Refused("exception_link")
        if poor(command.mitigation, facts) is not None:
            return Refused("exception_mitigation", {"minimum": str(facts.policy.minimum_reason)})
    owner = facts.roster.person(command.owner)
    if owner is None or owner.kind is not ActorKind.HUMAN:
        return Refused("person_unknown", {"person": command.owner})
    if command.expires_at <= now or command.expires_at > now + LONGEST_EXCEPTION:
        return Refused("expiry_out_of_range", {"days": str(LONGEST_EXCEPTION.days)})
    if release.start_at is not None and command.expires_at < release.start_at + PRESENCE:
        return Refused("expiry_before_start", {"end": f"{release.start_at + PRESENCE:%Y-%m-%d %H:%M} UTC"})
    return None


def _nobody(blockers: Sequence[Blocker], facts: Facts) -> Refused | None:
    """G7: where a place has nobody to fill it, or one person alone would fill both, asking would lead nowhere."""
    for b in blockers:
        if not b.people:
            who = b.role.value.replace("_", " ") if b.role else "owner" if b.subject == FREEZE else "decision maker"
            return Refused("exception_nobody", {"role": who})
    if blockers and is_test(blockers[0].subject):
        first, second = blockers
        if all(facts.roster.same(p, q) for p in first.people for q in second.people):
            return Refused("exception_one_person", {"who": facts.roster.name(first.people[0])})
    return None


def _replaced(release: Release, blockers: Sequence[Blocker], by: str, now: datetime) -> list[e.Event]:
    """A new request takes the place of an older one for the same: nobody signs two of them."""
    live = {ConsentState.REQUESTED, ConsentState.VALID}
    new = {(b.subject, b.covers) for b in blockers}
    old = [k for k in release.consents if k.kind is ConsentKind.EXCEPTION and k.state in live]
    return [
        e.ConsentEnded(at=now, consent=k.id, state=ConsentState.WITHDRAWN.value, by=by)
        for k in old
        if (k.subject, k.covers) in new
    ]
