"""Who hears what as a release takes its course: holds, new times, rollout, end."""

from collections.abc import Iterator

from bot.domain import events as e
from bot.domain.release import Phase
from bot.domain.service import Audience
from bot.messages import keys
from bot.messages.effects import CorrectSent, Effect, Revise, ReviseOccasion, Supersede
from bot.messages.happened import Happened
from bot.messages.reactions.emergency import review_rows
from bot.messages.reactions.reaction import Reactions
from bot.timeline.marks import MARKS, T_0, T_15, T_30_AFTER

_OF_THE_ROLLOUT = (T_0, T_15, T_30_AFTER, "PROGRESS")
"""Posts that carry the buttons of a rollout."""

_WHOLE = 100
"""All traffic, in percent."""


def _held(seen: Happened, event: e.Held) -> Iterator[Effect]:
    revision = seen.after.schedule_revision
    yield Supersede(seen.after.id, revision + 1, "held")
    card = "no_go_at_start" if event.code == "no_go_at_start" else "held"
    n = int(seen.now.timestamp())
    for place in seen.team():
        yield seen.post("HOLD", place, card, n=n)
    if seen.stakeholders_heard():
        for place in seen.routes.stakeholders:
            yield seen.post("HOLD", place, card, audience="stakeholders", n=n)
    if seen.after.started:
        yield from _of_the_rollout(seen)
    yield from seen.approval_cards()


def _resumed(seen: Happened, event: e.ResumedPlanned | e.ResumedLive) -> Iterator[Effect]:
    """One post, also where it goes on with another start: that one tells the new time (quiet)."""
    was = seen.before.start_at if seen.before else None
    params = {"was": was.isoformat() if was else "", "by": event.by} if was != seen.after.start_at else {}
    for place in seen.team():
        yield seen.post("RESUMED", place, "resumed", params=params)
    if seen.stakeholders_heard():
        for place in seen.routes.stakeholders:
            yield seen.post("RESUMED", place, "resumed", audience="stakeholders", params=params)
    yield ReviseOccasion(seen.after.id, "HOLD", seen.now)
    if seen.after.started:
        yield from _of_the_rollout(seen)
    yield from seen.approval_cards()


def _moved(seen: Happened, event: e.Moved) -> Iterator[Effect]:
    revision = seen.after.schedule_revision
    yield Supersede(seen.after.id, revision, "moved")
    yield CorrectSent(seen.after.id, revision, seen.now)
    if seen.before is not None and seen.before.phase is Phase.HELD and seen.after.phase is not Phase.HELD:
        return
    params = {"was": event.was.isoformat() if event.was else "", "reason": event.reason, "by": event.by}
    for place in seen.team():
        yield seen.post("MOVED", place, "moved", params=params)
    if event.was is not None and seen.now >= event.was:
        for place in seen.routes.stakeholders:
            yield seen.post("MOVED", place, "moved", audience="stakeholders", params=params)


def _cancelled(seen: Happened, _: e.Cancelled) -> Iterator[Effect]:
    revision = seen.after.schedule_revision + 1
    yield Supersede(seen.after.id, revision, "cancelled")
    yield CorrectSent(seen.after.id, revision, seen.now)
    for place in seen.team():
        yield seen.post("CANCELLED", place, "cancelled")
    if seen.stakeholders_heard():
        for place in seen.routes.stakeholders:
            yield seen.post("CANCELLED", place, "cancelled", audience="stakeholders")
    yield ReviseOccasion(seen.after.id, "HOLD", seen.now)
    yield from seen.approval_cards()


def _started(seen: Happened, event: e.Started) -> Iterator[Effect]:
    """A start that is reported late edits the T=0 post (T4); without GO it is said aloud (G23)."""
    after = seen.after
    if after.start_at is not None and seen.now >= after.start_at:
        for place in seen.routes.stakeholders:
            key = keys.post(after.id, after.schedule_revision, T_0, 1, Audience.STAKEHOLDERS.value, place)
            yield Revise(key, after.id, seen.now)
        for place in seen.team():
            key = keys.post(after.id, after.schedule_revision, T_0, 1, Audience.TEAM.value, place)
            yield Revise(key, after.id, seen.now)
    if event.without_go:
        for place in seen.team():
            yield seen.post("WITHOUT-GO", place, "started_without_go")
    yield from seen.approval_cards()


def _stepped(seen: Happened, event: e.Stepped) -> Iterator[Effect]:
    """Until T+15 has its own, the post of T=0 says the share that was reached; the team's posts offer the next one."""
    yield from _for_the_team(seen)
    start = seen.after.start_at
    if event.percent < _WHOLE and start is not None and start <= seen.now < start + MARKS[T_15]:
        yield ReviseOccasion(seen.after.id, T_0, seen.now)


def _health(seen: Happened, event: e.HealthReported) -> Iterator[Effect]:
    if not event.ok:
        for place in seen.team():
            n = len(seen.after.health)
            yield seen.post("PROGRESS", place, "progress", n=n, params={"metric": event.metric, "by": event.by})


def _closed(seen: Happened, _: e.Closed) -> Iterator[Effect]:
    """The team hears it in the thread; stakeholders hear it at T+30, or now where T+30 is over (T4, T9)."""
    for place in seen.team():
        yield seen.post("DONE", place, "done", in_thread=True)
    start = seen.after.start_at
    if start is not None and seen.now > start + MARKS[T_30_AFTER]:
        for place in seen.routes.stakeholders:
            yield seen.post("DONE", place, "done", audience="stakeholders")
    yield ReviseOccasion(seen.after.id, "OUTCOME", seen.now)
    yield from _for_the_team(seen)
    yield from review_rows(seen)
    yield from _closing_form(seen)


def _closing_form(seen: Happened) -> Iterator[Effect]:
    """The closing form goes to the owner as soon as it is over; who wrote the lesson with `done` is not asked again (P7)."""
    if seen.after.lessons:
        return
    direct = seen.routes.direct.get(seen.after.owner)
    if direct is not None:
        yield seen.post("CLOSING", direct, "closing", audience="direct", params={"person": seen.after.owner})
    else:
        yield seen.post("CLOSING", seen.after.home, "closing", in_thread=True)


def _lesson(seen: Happened, _: e.LessonRecorded) -> Iterator[Effect]:
    yield ReviseOccasion(seen.after.id, "CLOSING", seen.now)


def _rollback(seen: Happened, _: e.RollbackDeclared) -> Iterator[Effect]:
    yield Supersede(seen.after.id, seen.after.schedule_revision + 1, "rollback")
    for place in seen.routes.stakeholders:
        yield seen.post("ROLLBACK", place, "rollback", audience="stakeholders")
    for place in seen.team():
        yield seen.post("ROLLBACK", place, "rollback")
    yield ReviseOccasion(seen.after.id, "HOLD", seen.now)
    yield ReviseOccasion(seen.after.id, "OUTCOME", seen.now)
    yield from _of_the_rollout(seen)


def _of_the_rollout(seen: Happened) -> Iterator[Effect]:
    """What was posted of a rollout that stands still, goes on or goes back: its next post and its buttons are others now."""
    for occasion in _OF_THE_ROLLOUT:
        yield ReviseOccasion(seen.after.id, occasion, seen.now)


def _for_the_team(seen: Happened) -> Iterator[Effect]:
    """The same where the team reads, who have its buttons; what stakeholders were told of a healthy rollout stays."""
    for occasion in _OF_THE_ROLLOUT:
        yield from (ReviseOccasion(seen.after.id, occasion, seen.now, place) for place in seen.team())


def _rolled_back(seen: Happened, _: e.RollbackFinished) -> Iterator[Effect]:
    for place in seen.routes.stakeholders:
        yield seen.post("ROLLED-BACK", place, "rolled_back", audience="stakeholders")
    for place in seen.team():
        yield seen.post("ROLLED-BACK", place, "rolled_back")
    yield ReviseOccasion(seen.after.id, "ROLLBACK", seen.now)
    yield from _of_the_rollout(seen)
    yield from _closing_form(seen)
    yield from review_rows(seen)


_REMINDERS = {"outcome": ("outcome_reminder", "OUTCOME"), "review": ("review_reminder", "REVIEW")}
"""Code of the reminder -> card and occasion; any other one is of an approval."""


def _reminded(seen: Happened, event: e.Reminded) -> Iterator[Effect]:
    card, occasion = _REMINDERS.get(event.code, ("reminder", "REMINDER"))
    for person in event.of:
        direct = seen.routes.direct.get(person)
        if direct is not None:
            params = {"code": event.code, "person": person, **event.params}
            n = seen.after.reminders
            yield seen.post(occasion, direct, card, audience="direct", n=n, params=params)


def _outcome_unknown(seen: Happened, _: e.OutcomeUnknown) -> Iterator[Effect]:
    for place in seen.team():
        yield seen.post("OUTCOME", place, "outcome_unknown", n=99)
    for place in seen.routes.stakeholders:
        yield seen.post("OUTCOME", place, "outcome_unknown", audience="stakeholders", n=99)


REACTIONS: Reactions = {
    e.Held: _held,
    e.ResumedPlanned: _resumed,
    e.ResumedLive: _resumed,
    e.Moved: _moved,
    e.Cancelled: _cancelled,
    e.Started: _started,
    e.HealthReported: _health,
    e.Closed: _closed,
    e.Stepped: _stepped,
    e.RollbackDeclared: _rollback,
    e.RollbackFinished: _rolled_back,
    e.LessonRecorded: _lesson,
    e.Reminded: _reminded,
    e.OutcomeUnknown: _outcome_unknown,
}
