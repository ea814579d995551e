"""Break-glass: declared by one, confirmed by a second, reviewed by somebody else than who declared it (G16)."""

from datetime import datetime

from bot.decide.guards import poor
from bot.decide.planning import begin, end_planning
from bot.decide.result import Decided, Decision, Refused
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.consent import ConsentKind
from bot.domain.emergency import BREAKGLASS_FOR
from bot.domain.evolve import begun
from bot.domain.facts import Facts
from bot.domain.lifecycle import ended
from bot.domain.release import Phase, Release
from bot.policy.emergency import SECONDS_ASKED, reviewers, seconds

_BEFORE = frozenset({Phase.PLANNING, Phase.PLANNED, Phase.CLEARED, Phase.HELD})
_LONGEST_INCIDENT = 40


def declare(release: Release | None, command: c.DeclareEmergency, facts: Facts, now: datetime) -> Decision:
    """An emergency, from nothing or from the open release. It is asked of a second person at once; nothing is waived before."""
    if facts.service is None:
        return Refused("service_unknown", {"service": command.service})
    incident = " ".join(command.incident.split())
    if not any(c.isdigit() for c in incident) or len(incident) > _LONGEST_INCIDENT:
        return Refused("incident_missing", {"incident": incident})
    if release is not None:
        if release.started or release.phase not in _BEFORE:
            return Refused("breakglass_started", {"phase": release.phase.value.replace("_", " ")})
        if release.in_emergency(now):
            by = facts.roster.name(release.emergency.by if release.emergency else None)
            return Refused("breakglass_already", {"by": by})
    if facts.reviews_owed:
        return Refused("review_owed", {"release": facts.reviews_owed[0].release})
    began: list[e.Event] = []
    if release is None:
        wanted = c.StartPlan(
            command.actor,
            command.release,
            command.service,
            command.home,
            version=command.version,
            environment=command.environment,
            text=command.reason,
        )
        began = begin(wanted, facts.service, facts, now)
    state = begun(began, release)
    declared = e.EmergencyDeclared(
        at=now, by=command.actor.person, incident=incident, reason=command.reason, expires_at=now + BREAKGLASS_FOR
    )
    events = [*began, declared, *end_planning(state, now)]
    after = begun(events, release)
    people = seconds(after, facts)[:SECONDS_ASKED]
    kind = ConsentKind.BREAKGLASS.value
    asked = e.ApprovalsRequested(at=now, revision=after.plan_revision + 1, wanted=(f"{kind}:{kind}",), of=people)
    names = " or ".join(facts.roster.name(p) for p in people) or "UNKNOWN"
    return Decided((*events, asked), "breakglass_declared", {"who": names, "incident": incident})


def lapsed(release: Release, now: datetime) -> tuple[e.Event, ...]:
    """An emergency that was not started in time; checked at each command, a late alarm extends nothing (decision 4)."""
    declared = release.emergency
    if declared is None or release.started or now < declared.expires_at:
        return ()
    return (e.EmergencyLapsed(at=now, incident=declared.incident),)


def review(release: Release, command: c.RecordReview, facts: Facts, now: datetime) -> Decision:
    """Three answers, by anyone of the team but who declared it: nobody reviews alone what they themselves asked for."""
    if release.emergency is None or not release.started:
        return Refused("review_none")
    if not ended(release.phase):
        return Refused("review_early", {"phase": release.phase.value.replace("_", " ")})
    if release.review is not None:
        return Refused("review_done", {"by": facts.roster.name(release.review.by)})
    by = command.actor.person
    if facts.roster.same(by, release.emergency.by):
        names = ", ".join(facts.roster.name(p) for p in reviewers(release, facts)[:3])
        return Refused("review_own", {"who": names or "UNKNOWN"})
    for name in ("happened", "skipped", "change"):
        bad = poor(getattr(command, name), facts)
        if bad is not None:
            return Refused(f"review_{name}", {"minimum": str(facts.policy.minimum_reason)})
    recorded = e.ReviewRecorded(
        at=now, by=by, happened=command.happened, skipped=command.skipped, change=command.change
    )
    return Decided((recorded,), "reviewed")


def remind_review(release: Release, command: c.RemindReview, facts: Facts, now: datetime) -> Decision:
    """Two reminders to who can write it, then the team hears that it is overdue."""
    due = release.review_due_at
    if not release.review_open or due is None:
        return Decided(())
    if command.number > len(("first", "second")):
        return Decided((e.ReviewOverdue(at=now, due_at=due),))
    of = reviewers(release, facts)[:2]
    return Decided((e.Reminded(at=now, code="review", of=of, params={"number": str(command.number)}),))
