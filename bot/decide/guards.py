"""What is checked before any command is looked at: one small function per gate, each with its number.

A guard answers None (go on) or a refusal. They stand in one table (laws.py), so that a test can take each of them out in turn
and see the model fail.
"""

from datetime import datetime

from bot.decide.result import Refused
from bot.decide.rights import OWN_REASON, Right, right_of
from bot.domain import commands as c
from bot.domain.consent import ConsentKind, ConsentState
from bot.domain.facts import Facts
from bot.domain.lifecycle import ended
from bot.domain.people import ActorKind, Role
from bot.domain.release import Release
from bot.domain.service import Service
from bot.policy.consents import wanted
from bot.policy.people import decision_makers, engineers, entitled, excluded, holders, is_one_of, stand_ins, team

CONSENTS = (c.Approve, c.Vote, c.Decline, c.RequestException, c.Withdraw)
SUPPLIES = (c.AddEvidence, c.AnswerQuestion, c.DeclareNotApplicable, c.NoteTalk)
_EMPTY_WORDS = frozenset(
    [
        *(
            "ok",
            "okay",
            "lgtm",
            "yes",
            "go",
            "ship",
            "it",
            "n/a",
            "na",
            "none",
            "test",
            "asdf",
            "done",
            "because",
            "reason",
        ),
        *(
            "approve",
            "approved",
            "accept",
            "accepted",
            "risk",
            "fine",
            "good",
            "all",
            "looks",
            "look",
            "sounds",
            "to",
            "me",
        ),
        *("by", "the", "is", "for", "release", "this", "i", "please"),
    ]
)
"""A reason that is made of nothing else gives none (G9)."""

_FEWEST_LETTERS = 4


def known_person(release: Release | None, command: c.Command, facts: Facts, now: datetime) -> Refused | None:
    """G27: who is not in the roster does nothing; guests do nothing either. The bot's own commands come from SYSTEM."""
    del release, now
    if command.actor.kind is ActorKind.SYSTEM:
        return None
    person = facts.roster.person(command.actor.person)
    if person is None:
        return Refused("not_in_roster")
    if ActorKind.GUEST in {person.kind, command.actor.kind}:
        return Refused("guest")
    return None


def bots_never_approve(release: Release | None, command: c.Command, facts: Facts, now: datetime) -> Refused | None:
    """G18: bots and apps can never approve, nor can an account of which nobody knows just now whether it is one."""
    del release, now
    if not isinstance(command, CONSENTS):
        return None
    if command.actor.kind is ActorKind.UNSURE:
        return Refused("account_unsure")
    person = facts.roster.person(command.actor.person)
    is_bot = command.actor.kind is not ActorKind.HUMAN or person is None or person.kind is not ActorKind.HUMAN
    return Refused("bot_cannot_approve") if is_bot else None


def has_right(release: Release | None, command: c.Command, facts: Facts, now: datetime) -> Refused | None:
    """G27: who may. The consents' own rights are looked up where the consent is chosen (decide/consents.py)."""
    del now
    right = right_of(command)
    if right is Right.SYSTEM:
        return None if command.actor.kind is ActorKind.SYSTEM else Refused("system_only")
    if command.actor.kind is ActorKind.SYSTEM or right is Right.CONSENT:
        return None
    if facts.service is None:
        # Where there is no release yet, the handler names the service that was asked for.
        return Refused("service_unknown", {"service": release.service}) if release else None
    allowed = _allowed(release, right, facts, facts.service)
    if right is Right.TEAM and release is not None and isinstance(command, SUPPLIES):
        # Who was asked for an item may answer for it, and has no other right by that.
        allowed = (*allowed, *(person for _, person in release.asked_of))
    if entitled(command.actor.person, allowed):
        return None
    names = ", ".join(facts.roster.name(p) for p in allowed[:4])
    return Refused(f"not_{right.value}", {"who": names, "service": facts.service.name})


def _allowed(release: Release | None, right: Right, facts: Facts, service: Service) -> tuple[str, ...]:
    if right is Right.ENGINEER:
        return engineers(service)
    if right is Right.OWNER and release is not None:
        return stand_ins(release, facts)
    if right is Right.DECISION_MAKER:
        return holders(service, Role.DECISION_MAKER)
    owners = (release.owner, release.rollback_owner or release.owner) if release else ()
    return (*team(service), *owners)


def not_ended(release: Release | None, command: c.Command, facts: Facts, now: datetime) -> Refused | None:
    """A release that is closed, rolled back or cancelled changes no more; only lesson and review may be written (T9, P7, G16)."""
    del facts, now
    if release is None or not ended(release.phase) or isinstance(command, c.RecordLesson | c.RecordReview):
        return None
    if command.actor.kind is ActorKind.SYSTEM:
        return None
    return Refused("ended", {"phase": release.phase.value.replace("_", " ")})


def own_release(release: Release | None, command: c.Command, facts: Facts, now: datetime) -> Refused | None:
    """G7: requester, owner and authors give no approval and no go for their own change; all who can are named."""
    if release is None or not isinstance(command, c.Approve | c.Vote):
        return None
    if isinstance(command, c.Vote) and command.vote == "no-go":
        return None
    if not is_one_of(facts.roster, command.actor.person, excluded(release)):
        return None
    others = _others(release, command, facts, now) or decision_makers(release, facts)
    return Refused("own_release", {"who": ", ".join(facts.roster.name(p) for p in others) or "UNKNOWN"})


def _others(release: Release, command: c.Approve | c.Vote, facts: Facts, now: datetime) -> tuple[str, ...]:
    """Everybody who may give what was tried: all who are named for the open consents that it could mean."""
    if isinstance(command, c.Vote):
        return decision_makers(release, facts)
    meant = (
        w
        for w in wanted(release, facts, now)
        if w.kind is not ConsentKind.VOTE and command.kind in {None, w.kind} and command.subject in {None, w.subject}
    )
    return tuple(dict.fromkeys(p for w in meant for p in w.people))


def current_button(release: Release | None, command: c.Command, facts: Facts, now: datetime) -> Refused | None:
    """G22: an old copy of a button decides nothing, and says what the state is now."""
    del facts, now
    revision = command.revision if isinstance(command, c.Approve | c.Decline | c.Vote) else None
    if release is None or revision is None or revision == release.plan_revision:
        return None
    return Refused("stale_button", {"pressed": str(revision), "current": str(release.plan_revision)})


def good_reason(release: Release | None, command: c.Command, facts: Facts, now: datetime) -> Refused | None:
    """G9: reasons are required, long enough, and no boilerplate. Hold and rollback are never refused for theirs."""
    del now
    reason = reason_of(command)
    if reason is None:
        return None
    return poor(reason, facts) or _copied(release, command.actor.person, reason, facts)


def poor(reason: str, facts: Facts) -> Refused | None:
    """A refusal where these words give no reason: too short, or boilerplate."""
    words = " ".join(reason.split())
    if len(words) < facts.policy.minimum_reason:
        return Refused("reason_short", {"minimum": str(facts.policy.minimum_reason), "got": str(len(words))})
    plain = _plain(words)
    parts = [w.strip(".,!;:") for w in plain.split(" ")]
    if all(w in _EMPTY_WORDS for w in parts) or len(set(plain.replace(" ", ""))) < _FEWEST_LETTERS:
        return Refused("reason_boilerplate", {"reason": words})
    return None


def reason_of(command: c.Command) -> str | None:
    """The reason of a command that needs one; None where it needs none."""
    if isinstance(command, c.Vote):
        return command.reason if command.vote == "no-go" else None
    if isinstance(command, OWN_REASON):
        return command.reason
    return None


def _copied(release: Release | None, person: str, reason: str, facts: Facts) -> Refused | None:
    """A refusal where that person's last reason here reads the same and still stands, or one on an earlier release does."""
    given = release.consents if release else ()
    own = [k for k in given if k.by == person and k.reason and k.kind is not ConsentKind.VOTE]
    copied = bool(own) and own[-1].state is ConsentState.VALID and _plain(own[-1].reason) == _plain(reason)
    copied = copied or any(_plain(earlier) == _plain(reason) for earlier in facts.reasons)
    return Refused("reason_copied", {"reason": " ".join(reason.split())}) if copied else None


def _plain(reason: str) -> str:
    return " ".join(reason.split()).casefold().strip(" .!")
