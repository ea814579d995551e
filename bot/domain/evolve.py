"""evolve(release, event) -> release: the only way in which a release changes. It never refuses; `decide` did that."""

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from typing import overload

from bot.domain import events as e
from bot.domain.changes import consents, course, emergency, planning
from bot.domain.changes.change import Change
from bot.domain.lifecycle import after
from bot.domain.release import Release, Touch

CHANGES: dict[type[e.Event], Change] = {**planning.CHANGES, **consents.CHANGES, **course.CHANGES, **emergency.CHANGES}
"""What each event changes beside the phase; one that is not here changes nothing else."""


def evolve(release: Release | None, event: e.Event) -> Release:
    """The release after that event. Raises ValueError only where the stream does not begin with PlanStarted."""
    if isinstance(event, e.PlanStarted):
        return planning.begin(event)
    if release is None:
        msg = f"the stream begins with {type(event).__name__}, not with PlanStarted"
        raise ValueError(msg)
    change = CHANGES.get(type(event))
    changed = change(release, event) if change else release
    phase = after(release.phase, type(event))
    what = TOUCHES.get(type(event))
    by = str(getattr(event, "by", "")) if what else ""
    if not what or not by or by in _NOBODY:
        return replace(changed, phase=phase)
    return replace(changed, phase=phase, touched=Touch(event.at, by, what))


TOUCHES: dict[type[e.Event], str] = {
    e.DetailsGiven: "details",
    e.DeclaredNotApplicable: "na",
    e.QuestionAnswered: "answer",
    e.Held: "held",
    e.ResumedPlanned: "resumed",
    e.ResumedLive: "resumed",
    e.Moved: "moved",
    e.Cancelled: "cancelled",
    e.LessonRecorded: "lesson",
}
"""Acts that leave their author and moment nowhere else in the release: the revision line names them."""

_NOBODY = frozenset({"t-minus", "bot"})


@overload
def fold(events: Iterable[e.Event], release: Release) -> Release: ...
@overload
def fold(events: Iterable[e.Event], release: Release | None = None) -> Release | None: ...
def fold(events: Iterable[e.Event], release: Release | None = None) -> Release | None:
    """The state after all of them: what the ledger says (decision 2)."""
    return reduce(evolve, events, release)


def begun(events: Iterable[e.Event], release: Release | None = None) -> Release:
    """The same of a release that is there, or begins with these events. Raises ValueError where neither is so."""
    state = fold(events, release)
    if state is None:
        msg = "there is no release, and nothing begins one"
        raise ValueError(msg)
    return state
