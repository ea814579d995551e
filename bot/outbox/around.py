"""What stands around a post of the timeline in the same place: marks still to come, marks that it speaks for, its lateness."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages.effects import Post
from bot.ports import Announcement
from bot.timeline.late import LaterMark
from bot.timeline.marks import MARKS

_TO_COME = frozenset({"pending", "sending", "unknown"})
_SHOWN = frozenset({"sent", "late"})


@dataclass(frozen=True, slots=True)
class Around:
    """`later`: marks after this one that are not over. `merged`: earlier marks that this one speaks for.

    `late_s`: for an edit, how late its post went out; 0 where that was on time. `said`: an earlier schedule posted this very
    mark for this very instant (a resume in the second of T-30); its post stands, and saying it again would only be noise.
    """

    later: tuple[LaterMark, ...] = ()
    merged: tuple[str, ...] = ()
    late_s: int = 0
    said: bool = False


def around(all_posts: Sequence[Announcement], post: Post) -> Around:
    """Only marks of the same schedule, audience and place count. `post` is a mark."""
    mine = MARKS[post.occasion]
    same = [
        a
        for a in all_posts
        if a.occasion in MARKS
        and (a.schedule_revision, a.audience) == (post.schedule_revision, post.audience)
        and (a.platform, a.place) == (post.place.platform, post.place.id)
    ]
    later = [LaterMark(a.occasion, a.due_at) for a in same if MARKS[a.occasion] > mine and a.state in _TO_COME]
    spoken = [MARKS[a.occasion] for a in same if MARKS[a.occasion] < mine and a.state in _SHOWN]
    since = max(spoken, default=None)
    merged = [
        a.occasion
        for a in same
        if MARKS[a.occasion] < mine and a.state == "merged" and (since is None or MARKS[a.occasion] > since)
    ]
    return Around(tuple(later), tuple(merged), _lateness(same, post), _said(all_posts, post))


def _said(all_posts: Sequence[Announcement], post: Post) -> bool:
    return any(
        (a.occasion, a.due_at, a.audience) == (post.occasion, post.due_at, post.audience)
        and (a.platform, a.place) == (post.place.platform, post.place.id)
        and (a.schedule_revision or 0) < (post.schedule_revision or 0)
        and a.state in _SHOWN
        for a in all_posts
    )


def _lateness(same: Sequence[Announcement], post: Post) -> int:
    shown = next((a for a in same if a.key == post.key and a.state == "late" and a.sent_at), None)
    return int((shown.sent_at - shown.due_at).total_seconds()) if shown and shown.sent_at else 0
