"""The rows of one generation of the schedule: marks, drift checks, watches, escalation, the stop at T=0, reminders."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain import commands as c
from bot.domain.events import Event, ResumedLive, ResumedPlanned
from bot.domain.facts import Facts
from bot.domain.people import SYSTEM, Place
from bot.domain.release import Phase, Release
from bot.domain.service import Audience
from bot.messages import keys
from bot.messages.effects import Effect, Gather, Later, Post, Routes
from bot.messages.happened import Happened
from bot.timeline.marks import DueAct, DueMark, due_acts, due_marks, passed_marks

WATCHED = ("prometheus", "rollout", "health")
"""Sources that are asked for health and progress just before T+15 and T+30."""


def replanned(seen: Happened, events: Sequence[Event]) -> Iterator[Effect]:
    """The marks are planned when the start becomes known, and anew for each generation of the schedule."""
    after, before = seen.after, seen.before
    if after.start_at is None or after.phase in {Phase.HELD, Phase.ROLLING_BACK}:
        return
    kinds = {type(x) for x in events}
    fresh = before is None or before.start_at is None
    again = before is not None and before.schedule_revision != after.schedule_revision
    if fresh or again or kinds & {ResumedLive, ResumedPlanned}:
        yield from _scheduled(after, after.start_at, seen)


def _scheduled(release: Release, start_at: datetime, seen: Happened) -> Iterator[Effect]:
    """Everything of this generation that is not past (T10). The same keys again change nothing.

    Where an earlier generation had the same start, it has sent or withdrawn its marks: of those nobody says "not sent" (T1).
    """
    told = seen.before is not None and seen.before.start_at == start_at
    passed = "" if told else ",".join(passed_marks(start_at, seen.now))
    for mark in due_marks(start_at, seen.now, dict(seen.facts.policy.grace)):
        for place in _places(mark, release, seen.routes):
            yield _post(release, mark, place, passed)
    for act in due_acts(start_at, seen.now):
        yield from _act(release, act, seen.facts)


def ahead(release: Release, place: Place, facts: Facts, now: datetime) -> Iterator[Post]:
    """The marks for stakeholders that are still to come, at a place that wants them from now on."""
    if release.start_at is None or release.phase in {Phase.HELD, Phase.ROLLING_BACK}:
        return
    passed = ",".join(passed_marks(release.start_at, now))
    for mark in due_marks(release.start_at, now, dict(facts.policy.grace)):
        if mark.audience is Audience.STAKEHOLDERS:
            yield _post(release, mark, place, passed)


def _places(mark: DueMark, release: Release, routes: Routes) -> tuple[Place, ...]:
    if mark.audience is Audience.STAKEHOLDERS:
        return routes.stakeholders
    return tuple(dict.fromkeys((*routes.team, release.home)))


def _post(release: Release, mark: DueMark, place: Place, passed: str) -> Post:
    return Post(
        key=keys.post(release.id, release.schedule_revision, mark.mark, 1, mark.audience.value, place),
        release=release.id,
        occasion=mark.mark,
        audience=mark.audience.value,
        place=place,
        due_at=mark.due_at,
        card="mark",
        useful_until=mark.useful_until,
        params={"mark": mark.mark, "audience": mark.audience.value, "passed": passed},
        schedule_revision=release.schedule_revision,
        parent=keys.card(release.id, place) if mark.copy else None,
    )


def _act(release: Release, act: DueAct, facts: Facts) -> Iterator[Effect]:
    revision = release.schedule_revision
    if act.name == "watch":
        for role in WATCHED:
            source = facts.service.sources.get(role) if facts.service else None
            if source:
                key = f"{release.id}:gather:{role}:watch:{revision}:{act.subject}"
                yield Gather(key, release.id, role, source, "watch", act.due_at, schedule_revision=revision)
        return
    command: c.Command
    if act.name == "drift":
        command = c.CheckDrift(SYSTEM, act.subject, revision)
    elif act.name == "escalate":
        command = c.Escalate(SYSTEM, act.subject, revision)
    elif act.name == "stop":
        command = c.StopWithoutGo(SYSTEM, revision)
    else:
        command = c.RemindOutcome(SYSTEM, int(act.subject), revision)
    yield Later(keys.act(release.id, revision, act.name, act.subject), release.id, command, act.due_at, revision)
