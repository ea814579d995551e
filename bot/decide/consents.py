"""Votes, approvals, signatures of exceptions: everything that a named person gives (decision 10). One way for all kinds."""

from dataclasses import replace
from datetime import datetime

from bot.decide.guards import poor
from bot.decide.ids import next_id
from bot.decide.result import Decided, Decision, Refused
from bot.decide.settle import Judge
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.evolve import evolve
from bot.domain.facts import Facts
from bot.domain.finding import Verdict
from bot.domain.people import Role
from bot.domain.release import Phase, Release
from bot.policy.consents import Wanted, own_first, standing_no_go, stands_in, wanted
from bot.policy.exceptions import of_one_request
from bot.policy.people import account_of, counting, decision_makers, entitled

BALLOTS = ("go", "no-go")
"""What a vote can say."""

DECIDING = frozenset({Phase.PLANNED, Phase.CLEARED})
"""When consents are given and refused: after the questions, before the start, and while nobody holds it."""


def vote(release: Release, command: c.Vote, facts: Facts, now: datetime, judge: Judge) -> Decision:
    """Roll call. The decision maker's go clears where the verdict is GO, and may overrule no-go votes with a reason (G26)."""
    if command.vote not in BALLOTS:
        return Refused("vote_word", {"vote": command.vote})
    if release.phase not in DECIDING:
        return _not_now("vote_phase", release)
    maker = entitled(command.actor.person, decision_makers(release, facts))
    consent = Consent(
        id=next_id(release),
        kind=ConsentKind.VOTE,
        subject="release",
        state=ConsentState.VALID,
        role=Role.DECISION_MAKER if maker else None,
        by=command.actor.person,
        vote=command.vote,
        reason=command.reason,
        at=now,
        plan_hash=release.plan_hash,
        account=account_of(command.actor),
    )
    given = e.ConsentGiven(at=now, consent=consent)
    if command.vote == "no-go":
        events: list[e.Event] = [given]
        if maker and release.phase is Phase.CLEARED:
            events.append(e.Uncleared(at=now, code="no_go", by=command.actor.person))
        return Decided(tuple(events), "voted_no_go")
    if not maker:
        return Decided((given,), "voted_go")
    return _clear(release, given, facts, now, judge)


def _clear(release: Release, given: e.ConsentGiven, facts: Facts, now: datetime, judge: Judge) -> Decision:
    by = given.consent.by or ""
    against = [k for k in standing_no_go(release, now) if k.by != by]
    state = evolve(release, given)
    events: list[e.Event] = [given]
    if against:
        if not given.consent.reason:
            names = ", ".join(facts.roster.name(k.by) for k in against)
            return Refused("overrule_needs_reason", {"who": names})
        bad = poor(given.consent.reason, facts)
        if bad is not None:
            return bad
        overruled = e.VotesOverruled(at=now, consents=tuple(k.id for k in against), by=by, reason=given.consent.reason)
        events.append(overruled)
        state = evolve(state, overruled)
    judgement = judge(state, facts, now)
    if judgement.verdict is not Verdict.GO:
        still = tuple(f for f in judgement.findings if f.open and f.level == "MUST")
        return Refused("go_not_yet", {"verdict": judgement.verdict.value}, findings=still)
    if release.phase is Phase.PLANNED:
        return Decided((*events, e.Cleared(at=now, by=by)), "cleared")
    if not against:
        return Refused("already_cleared", {"who": ", ".join(_gave_go(release, facts, now))})
    return Decided(tuple(events), "overruled")


def _gave_go(release: Release, facts: Facts, now: datetime) -> list[str]:
    goes = counting(release, facts, now, ConsentKind.VOTE)
    makers = dict.fromkeys(k.by for k in goes if k.vote == "go" and k.role is Role.DECISION_MAKER)
    return [facts.roster.name(by) for by in makers if by] or ["UNKNOWN"]


def _not_now(code: str, release: Release) -> Refused:
    """Why nothing is decided in this phase; a hold before the start has a way on."""
    if release.phase is Phase.HELD and not release.started:
        return Refused("held_first", {"release": release.id})
    return Refused(code, {"phase": release.phase.value.replace("_", " ")})


def choose(
    release: Release, actor: str, kind: ConsentKind | None, subject: str | None, facts: Facts, now: datetime
) -> Wanted | Refused:
    """The open consent that is meant, if that person may give it; else a refusal that says who may (G7, G27).

    Where several are meant: one of their own role before one that they would give as a deputy.
    """
    if release.phase not in DECIDING:
        return _not_now("approve_phase", release)
    every = wanted(release, facts, now)
    open_now = [w for w in every if w.kind is not ConsentKind.VOTE]
    meant = [w for w in open_now if (kind is None or w.kind is kind) and (subject is None or w.subject == subject)]
    if not meant:
        before = _given_before(release, kind, subject, facts, now)
        return before or _not_open(release, actor, kind, subject, every)
    able = own_first(facts, actor, meant)
    if able:
        return able[0]
    if kind is ConsentKind.SIGN_OFF or kind is None:
        signed = [k for k in release.consents if k.by and k.kind is ConsentKind.SIGN_OFF and k.valid_at(now)]
        gave = [k for k in signed if k.by and facts.roster.same(k.by, actor)]
        if gave:
            return Refused("already_given", {"by": facts.roster.name(actor), "reason": gave[-1].reason})
    names = ", ".join(facts.roster.name(p) for p in dict.fromkeys(p for w in meant for p in w.people[:3]))
    return Refused("not_entitled", {"who": names or "UNKNOWN — nobody in the catalogue", "consent": meant[0].name})


def _given_before(
    release: Release, kind: ConsentKind | None, subject: str | None, facts: Facts, now: datetime
) -> Refused | None:
    given = [
        k
        for k in release.consents
        if k.valid_at(now)
        and k.kind is not ConsentKind.VOTE
        and kind in {None, k.kind}
        and subject in {None, k.subject}
    ]
    if not given:
        return None
    return Refused("already_given", {"by": facts.roster.name(given[-1].by), "reason": given[-1].reason})


def _not_open(
    release: Release,
    actor: str,
    kind: ConsentKind | None,
    subject: str | None,
    every: tuple[Wanted, ...],
) -> Refused:
    """What was meant is not asked for: says the state, and what is open instead, for this person first."""
    phase = release.phase.value.replace("_", " ")
    if not every:
        return Refused("nothing_to_approve", {"phase": phase})
    tried = f"{kind.value if kind else ''}:{subject or ''}"
    own = [w for w in every if entitled(actor, w.people)]
    names = ",".join(w.name for w in own or every)
    return Refused("other_open" if own else "nothing_of_yours", {"consent": tried, "phase": phase, "consents": names})


def approve(release: Release, command: c.Approve, facts: Facts, now: datetime, meant: Wanted) -> Decision:
    """Gives the consent that was chosen, bound to the plan hash (G6, G8, G11, G13, G24). The answer says by what right."""
    who = command.actor.person
    given = (e.ConsentGiven(at=now, consent=_answer(release, command, now, meant, ConsentState.VALID)),)
    told = {"consent": meant.name}
    if meant.kind is ConsentKind.BREAKGLASS:
        return Decided(given, "breakglass_confirmed", told)
    if who in meant.standing_in:
        return Decided(given, "approved_for", told | {"who": facts.roster.name(meant.standing_in[who])})
    signing = [w for w in wanted(release, facts, now) if w.kind is ConsentKind.SIGN_OFF and w.name != meant.name]
    others = [w.subject for w in own_first(facts, who, signing)]
    code = "approved_as_deputy" if stands_in(facts, who, meant) else "approved"
    if meant.kind is not ConsentKind.SIGN_OFF or not others:
        return Decided(given, code, told)
    values = {"kind": ", ".join(others), "role": others[0], "release": release.id}
    return Decided(given, f"{code}_one_of", told | values)


def decline(release: Release, command: c.Decline, facts: Facts, now: datetime, meant: Wanted) -> Decision:
    """An entitled person says no, with a reason; it stands in the record and on every card until the plan changes.

    One no of the two who sign an exception ends it: the other signature is void (G5).
    """
    del facts
    consent = _answer(release, command, now, meant, ConsentState.DECLINED)
    live = {ConsentState.REQUESTED, ConsentState.VALID}
    partners = [
        e.ConsentEnded(at=now, consent=k.id, state=ConsentState.VOID.value, by=command.actor.person)
        for k in release.consents
        if meant.kind is ConsentKind.EXCEPTION
        and k.kind is meant.kind
        and k.id != consent.id
        and k.state in live
        and of_one_request(k, consent)
    ]
    return Decided((e.RiskDeclined(at=now, consent=consent), *partners), "declined", {"consent": meant.name})


def _answer(
    release: Release, command: c.Approve | c.Decline, now: datetime, meant: Wanted, state: ConsentState
) -> Consent:
    """The consent that is given or refused, by whom, for this very plan. What was asked for keeps its terms."""
    old = next((k for k in release.consents if k.id == meant.consent), None) if meant.consent else None
    blank = old or Consent(next_id(release), meant.kind, meant.subject, state, role=meant.role)
    if meant.kind is ConsentKind.BREAKGLASS and release.emergency is not None:
        blank = replace(blank, expires_at=release.emergency.expires_at)
    who = command.actor.person
    return replace(
        blank,
        state=state,
        by=who,
        reason=command.reason,
        at=now,
        plan_hash=release.plan_hash,
        on_behalf=meant.standing_in.get(who),
        account=account_of(command.actor),
    )


def request_sign_offs(release: Release, command: c.RequestSignOffs, facts: Facts, now: datetime) -> Decision:
    """Sends the approval request again, to everybody who is named for an open consent."""
    del command
    open_now = wanted(release, facts, now)
    people = tuple(dict.fromkeys(p for w in open_now for p in w.people))
    if not open_now or release.phase not in DECIDING:
        return Refused("nothing_to_approve", {"phase": release.phase.value.replace("_", " ")})
    names = ", ".join(facts.roster.name(p) for p in people[:4])
    asked = e.ApprovalsRequested(
        at=now, revision=release.plan_revision, wanted=tuple(w.name for w in open_now), of=people
    )
    return Decided((asked,), "sign_offs_requested", {"who": names})


def withdraw(release: Release, command: c.Withdraw, facts: Facts, now: datetime) -> Decision:
    """Takes back one's own valid consents, before the start."""
    if release.started or (release.start_at is not None and now >= release.start_at):
        return Refused("withdraw_late")
    own = [
        k
        for k in release.consents
        if k.by is not None
        and facts.roster.same(k.by, command.actor.person)
        and k.valid_at(now)
        and command.consent in {None, k.id}
    ]
    if not own:
        return Refused("nothing_to_withdraw")
    events: list[e.Event] = [
        e.ConsentEnded(at=now, consent=k.id, state="withdrawn", by=command.actor.person, reason=command.reason)
        for k in own
    ]
    gave_go = any(k.kind is ConsentKind.VOTE and k.vote == "go" and k.role is Role.DECISION_MAKER for k in own)
    if gave_go and release.phase is Phase.CLEARED:
        events.append(e.Uncleared(at=now, code="go_withdrawn", by=command.actor.person))
    return Decided(tuple(events), "withdrawn", {"count": str(len(own))})


def expired(release: Release, now: datetime) -> tuple[e.Event, ...]:
    """Consents whose time is over; decide checks them at each command, a late alarm extends nothing (decision 4)."""
    over = [
        k
        for k in release.consents
        if k.expires_at is not None and now >= k.expires_at and k.state in {ConsentState.VALID, ConsentState.REQUESTED}
    ]
    return tuple(e.ConsentEnded(at=now, consent=k.id, state="expired", by="t-minus") for k in over)
