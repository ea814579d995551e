"""The lines that several cards print about a release: next action, the four labels, confidence, the way back (P3, P8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.consent import ConsentKind
from bot.domain.evidence import Kind, Standing
from bot.domain.finding import Finding, Level, Result, Verdict
from bot.domain.release import TERMINAL, Phase
from bot.domain.service import Threshold
from bot.messages.cards.health import state
from bot.messages.cards.naming import item, people, person, strategy
from bot.messages.cards.progress_of import complete
from bot.messages.cards.state import accepted_count, consent_name, consent_title, missing, open_consents
from bot.messages.telling import flat
from bot.messages.times import moment
from bot.messages.view import View
from bot.messages.words import say
from bot.plan.gaps import deadline as lead_of
from bot.policy.consents import Wanted
from bot.policy.emergency import reviewers
from bot.policy.people import decision_makers
from bot.watch import State

END = timedelta(minutes=30)
"""After T+30 the outcome is due (T12)."""


@dataclass(frozen=True, slots=True)
class Next:
    """The one next action (P3): a sentence without its owner and deadline, who does it, by when (None: at once)."""

    what: str
    who: tuple[str, ...]
    by: datetime | None


def next_action(view: View) -> Next:
    """The one thing that has to happen now, by the phase; then the first gap; then the first open consent."""
    r = view.release
    fixed = "next.over" if r.phase is Phase.CLOSED and r.lessons else _NEXT.get(r.phase)
    if r.review_due_at is not None:
        return Next(say("next.review"), reviewers(r, view.facts)[:1], r.review_due_at)
    if r.phase is Phase.LIVE:
        return _while_live(view)
    if r.phase is Phase.HELD:
        return _after_hold(view)
    if fixed:
        return Next(say(fixed), (r.rollback_owner or r.owner,) if r.phase is Phase.ROLLING_BACK else (r.owner,), None)
    question = r.open_question
    if question is not None:
        return Next(say("next.answer", {"number": str(question.number)}), (r.requested_by,), deadline(view))
    gaps = missing(view)
    if gaps:
        code = "next.close" if gaps[0].subject in set(Kind) else "next.clear"
        return Next(say(code, {"item": item(gaps[0].subject)}), _who(gaps[0], view), deadline(view))
    if r.phase is Phase.CLEARED and view.judgement.verdict is Verdict.GO:
        return Next(say("next.start"), (r.owner,), r.start_at)
    wanted = open_consents(view)
    if wanted:
        first = wanted[0]
        by = r.start_at if first.kind is ConsentKind.VOTE else deadline(view)
        return Next(_decision(first), first.people, by)
    return Next(say("next.wait"), (r.owner,), r.start_at)


def evidence_is_next(view: View) -> bool:
    """True where the next action is that evidence is added: no question is open, and no vote or clash has to go first."""
    gaps = missing(view)
    return bool(gaps) and gaps[0].subject in set(Kind) and view.release.open_question is None


def next_line(view: View) -> str:
    """`Kai: give the sign-off by 14:30 UTC (15:30 Europe/Berlin).`"""
    step = next_action(view)
    values = {"who": people(view, step.who), "what": step.what}
    if step.by is None:
        return say("card.next_ended" if view.release.phase in TERMINAL else "card.next_now", values)
    return say("card.next", values | {"by": moment(step.by, view.release.time_zone, view.now)})


def deadline(view: View) -> datetime | None:
    """When what is missing has to be there: T-30, later T-5, at last T=0; None where no start is known or it is past."""
    return lead_of(view.release, view.now)


def who_supplies(view: View, finding: Finding) -> str:
    """Who can close that gap: the person whom the catalogue names, else the owner."""
    return people(view, _who(finding, view))


def four_lines(view: View) -> tuple[tuple[str, str], ...]:
    """The four labels with a line each (P8)."""
    return (
        ("PRECONDITIONS", preconditions(view)),
        ("ROLLOUT PLAN", strategy(view.release)),
        ("VERIFICATION", thresholds(view)),
        ("ROLLBACK", way_back(view)),
    )


def preconditions(view: View) -> str:
    """`11 of 14 MUST items met, 2 amber; waiting for people: 1`: attested is never shown as green (G21, G24).

    A consent that is open is a MUST too: it is counted, so that nobody reads "all met" before somebody signed.
    """
    must = [f for f in view.judgement.findings if f.level is Level.MUST]
    if not must:
        return say("card.preconditions_none")
    amber = sum(f.result is Result.WARN for f in must)
    values = {"met": str(sum(not f.open for f in must)), "all": str(len(must)), "amber": str(amber)}
    met = say("card.preconditions_amber" if amber else "card.preconditions", values)
    waiting = sum(f.open and f.consent for f in must)
    return say("card.preconditions_waiting", {"met": met, "count": str(waiting)}) if waiting else met


def thresholds(view: View) -> str:
    """`error_rate ≤ 1 % · p95 ≤ 400 ms`: what has to hold during the rollout."""
    limits = view.facts.service.thresholds if view.facts.service else ()
    return (
        " · ".join(_limit(t, "≤" if t.above else "≥", t.good) for t in limits[:4])
        if limits
        else say("card.thresholds_unknown")
    )


def stop_conditions(view: View) -> str:
    """`error rate > 1 %`: what pauses the rollout."""
    limits = view.facts.service.thresholds if view.facts.service else ()
    return (
        " · ".join(_limit(t, ">" if t.above else "<", t.limit) for t in limits[:4])
        if limits
        else say("card.thresholds_unknown")
    )


def way_back(view: View) -> str:
    """The way back with its time and the date of its test; UNKNOWN where it is not tested (G3).

    A test that does not count for this change, since it touches what was tested or cannot be taken back so, is said to.
    """
    found = view.release.latest(Kind.ROLLBACK)
    standing = found.standing_at(view.now) if found else Standing.MISSING
    tried = found.facts.get("tested") if found else None
    if found is None or tried is False or standing not in {Standing.VERIFIED, Standing.ATTESTED}:
        return say("card.way_back_unknown")
    way = str(found.facts.get("way") or "procedure")
    code = f"way.{way}" if way in _WAYS else "way.procedure"
    tested = found.dated.date().isoformat() if found.dated and tried else say("card.no_date")
    counts = all(f.subject != Kind.ROLLBACK for f in missing(view))
    values = {"way": say(code), "minutes": restore_time(view), "tested": tested}
    return say("card.way_back" if counts else "card.way_back_other", values)


def restore_time(view: View) -> str:
    """`12 min`: the time to restore from the last drill; UNKNOWN where no drill told it."""
    found = view.release.latest(Kind.ROLLBACK)
    minutes = found.facts.get("minutes") if found else None
    if minutes is None and view.facts.service:
        minutes = view.facts.service.restore_minutes
    return f"{minutes} min" if minutes is not None else say("card.restore_unknown")


def confidence(view: View) -> str:
    """`Medium: the rollback is attested, not verified.` Attested items cap it at Medium (G24)."""
    gaps = missing(view)
    if gaps:
        return say("confidence.low", {"items": listing(gaps)})
    attested = [f for f in view.judgement.findings if f.result is Result.WARN and f.level is Level.MUST]
    if attested:
        return say("confidence.medium", {"items": listing(attested, most=2)})
    return say("confidence.amber" if accepted_count(view) else "confidence.high")


def listing(findings: Iterable[Finding], most: int = 3) -> str:
    """`tested rollback, CI result (+2)`."""
    names = list(dict.fromkeys(item(f.subject) for f in findings))
    rest = len(names) - most
    return f"{', '.join(names[:most])} (+{rest})" if rest > 0 else ", ".join(names)


def risk_line(view: View) -> str:
    """`28 LOW = inherent 18 + missing evidence 10`."""
    s = view.judgement.score
    values = {"score": str(s.score), "band": s.band.value, "inherent": str(s.inherent), "gap": str(s.gap)}
    return say("card.risk_floor" if s.floor else "card.risk", values)


def waiting_for(view: View) -> tuple[str, ...]:
    """Each open consent in a line: what, and who may give it."""
    return tuple(consent_name(view, one) for one in open_consents(view))


def owners(view: View) -> str:
    """`Ana · rollback Kai`."""
    r = view.release
    back = person(view, r.rollback_owner) if r.rollback_owner else say("card.rollback_owner_unknown")
    return say("card.owners", {"owner": person(view, r.owner), "back": back})


def outage_word(view: View) -> str:
    """Whether customers notice; from the catalogue, UNKNOWN where it does not say."""
    seen = view.facts.service.outage_visible if view.facts.service else None
    return say({True: "card.outage_yes", False: "card.outage_no", None: "card.outage_unknown"}[seen])


_WAYS = frozenset({"flag", "redeploy", "restore"})

_NEXT = {
    Phase.ROLLING_BACK: "next.rolled_back",
    Phase.ROLLED_BACK: "next.after_rollback",
    Phase.CLOSED: "next.none",
    Phase.CANCELLED: "next.plan_anew",
}


def _after_hold(view: View) -> Next:
    r = view.release
    makers = decision_makers(r, view.facts)
    if r.started:
        return Next(say("next.held_live"), (r.rollback_owner or r.owner,), None)
    if way_on(view) == "move":
        return Next(say("next.held_move"), (r.owner,), None)
    return Next(say("next.held"), makers, None)


def way_on(view: View) -> str:
    """The verb that ends a hold: a start that is over needs another time first; "" once the rollout began, as there are two."""
    r = view.release
    if r.started:
        return ""
    return "move" if r.start_at is not None and r.start_at <= view.now else "resume"


def _decision(one: Wanted) -> str:
    if one.kind is ConsentKind.VOTE:
        return say("next.go")
    return say("next.consent", {"what": consent_title(one.kind, one.subject)})


def _while_live(view: View) -> Next:
    """The rollout has until T+30 to be reported; health that is bad comes before all else."""
    r = view.release
    if outcome_is_next(view):
        return Next(say("next.outcome"), (r.owner,), None)
    if state(view) is State.BAD:
        return Next(say("next.bad"), tuple(dict.fromkeys((r.owner, r.rollback_owner or r.owner))), None)
    end = r.start_at + END if r.start_at is not None else None
    return Next(say("next.done" if complete(view) else "next.watch"), (r.owner,), end)


def outcome_is_next(view: View) -> bool:
    """True from T+30 on, and where nobody reported an end: how it ended counts more than another share."""
    at = view.release.start_at
    return view.release.outcome_unknown or (at is not None and view.now >= at + END)


def _who(finding: Finding, view: View) -> tuple[str, ...]:
    return (finding.who,) if finding.who else (view.release.owner,)


def _limit(t: Threshold, sign: str, value: float) -> str:
    return f"{flat(t.metric.replace('_', ' '), 40)} {sign} {value:g} {flat(t.unit, 12)}".rstrip()
