"""Hold, resume, move, cancel, and what the clock itself does: escalation, the stop at T=0, reminders (G15, T4, T12)."""

from datetime import datetime

from bot.decide.planning import end_planning
from bot.decide.result import Decided, Decision, Refused
from bot.decide.settle import Judge
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.facts import Facts
from bot.domain.finding import Verdict
from bot.domain.lifecycle import may
from bot.domain.release import Phase, Release
from bot.plan.hash import same_plan
from bot.policy.consents import wanted

_BEFORE_START = frozenset({Phase.PLANNING, Phase.PLANNED, Phase.CLEARED})


def hold(release: Release, command: c.Hold, now: datetime) -> Decision:
    """Stops the clock; never refused for its reason (G9)."""
    if release.phase is Phase.HELD:
        return Refused("already_held", {"reason": release.held_reason})
    if release.phase is Phase.ROLLING_BACK:
        return Refused("wrong_phase", {"phase": "rolling back", "what": "hold"})
    ended = end_planning(release, now)
    return Decided((*ended, e.Held(at=now, by=command.actor.person, reason=command.reason)), "held")


def resume(release: Release, command: c.Resume, now: datetime) -> Decision:
    """Goes on; before the start only with a start time that is still to come (T4)."""
    if release.phase is not Phase.HELD:
        return Refused("not_held", {"phase": release.phase.value.replace("_", " ")})
    if release.started:
        return Decided((e.ResumedLive(at=now, by=command.actor.person),), "resumed")
    events: list[e.Event] = []
    start_at = command.start_at or release.start_at
    if start_at is None or start_at <= now:
        return Refused("resume_needs_time", {"local": release.local_time or "UNKNOWN"})
    if command.start_at is not None:
        events.append(
            _moved(
                release,
                command.actor.person,
                command.start_at,
                command.local_time,
                command.time_zone,
                "resumed with a new time",
                now,
            )
        )
    events.append(e.ResumedPlanned(at=now, by=command.actor.person))
    return Decided(tuple(events), "resumed")


def move(release: Release, command: c.Move, facts: Facts, now: datetime) -> Decision:
    """A new start time: all pending posts move with it, and what was said is corrected (T4, T7)."""
    if release.started or release.phase not in {*_BEFORE_START, Phase.HELD}:
        return Refused("wrong_phase", {"phase": release.phase.value.replace("_", " "), "what": "move"})
    if command.start_at <= now:
        return Refused("time_past", {"local": command.local_time})
    if command.start_at == release.start_at:
        return Refused("same_time", {"local": command.local_time})
    moved = _moved(
        release,
        command.actor.person,
        command.start_at,
        command.local_time,
        command.time_zone,
        command.reason,
        now,
        facts,
    )
    return Decided((moved,), "moved")


def _moved(
    release: Release,
    by: str,
    start_at: datetime,
    local_time: str,
    time_zone: str,
    reason: str,
    now: datetime,
    facts: Facts | None = None,
) -> e.Moved:
    """The start window stays where it is while the new time lies inside it: consents are kept (decision 11)."""
    anchor = release.window_start
    inside = facts is not None and anchor is not None and anchor <= start_at <= anchor + facts.policy.start_window
    return e.Moved(
        at=now,
        by=by,
        start_at=start_at,
        local_time=local_time,
        time_zone=time_zone or release.time_zone,
        reason=reason,
        was=release.start_at,
        window_start=anchor if inside else start_at,
    )


def cancel(release: Release, command: c.Cancel, now: datetime) -> Decision:
    """Given up before the start; afterwards only a rollback ends it."""
    if release.started or not may(release.phase, e.Cancelled):
        return Refused("cancel_after_start", {"phase": release.phase.value.replace("_", " ")})
    return Decided((e.Cancelled(at=now, by=command.actor.person, reason=command.reason),), "cancelled")


def stop_without_go(release: Release, command: c.StopWithoutGo, now: datetime, judge: Judge, facts: Facts) -> Decision:
    """G15: no GO at T=0 is a NO-GO; also where drift took the GO back. Never an automatic approval."""
    old = command.schedule_revision != release.schedule_revision
    if old or release.started or release.phase not in _BEFORE_START:
        return Decided(())
    cleared = release.phase is Phase.CLEARED and same_plan(release, facts, now)
    if cleared and judge(release, facts, now).verdict is Verdict.GO:
        return Decided(())
    ended = end_planning(release, now)
    return Decided((*ended, e.Held(at=now, by="t-minus", reason="", code="no_go_at_start")))


def escalate(release: Release, command: c.Escalate, facts: Facts, now: datetime) -> Decision:
    """G15: the named approver, then the backup. Whoever may give an open consent and did not."""
    old = command.schedule_revision != release.schedule_revision
    if old or release.phase not in {Phase.PLANNED, Phase.PLANNING}:
        return Decided(())
    open_now = wanted(release, facts, now)
    first = 0 if command.rung == "approver" else 1
    people = tuple(dict.fromkeys(p for w in open_now for p in w.people[first : first + 1]))
    if not people:
        return Decided(())
    return Decided((e.Reminded(at=now, code=f"approval_{command.rung}", of=people),))


def remind_outcome(release: Release, command: c.RemindOutcome, now: datetime) -> Decision:
    """T12: three reminders to the owner, then the outcome is UNKNOWN."""
    old = command.schedule_revision != release.schedule_revision
    if old or not release.started or release.phase not in {Phase.LIVE, Phase.HELD}:
        return Decided(())
    if command.number > len(("first", "second", "third")):
        return Decided((e.OutcomeUnknown(at=now),))
    of = (release.owner,)
    return Decided((e.Reminded(at=now, code="outcome", of=of, params={"number": str(command.number)}),))
