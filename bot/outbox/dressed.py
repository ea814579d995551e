"""What a card is drawn from beside the release: what only the row of its post knows."""

from dataclasses import replace

from bot.domain.release import Release
from bot.messages.effects import Post
from bot.messages.view import View
from bot.outbox.around import Around
from bot.ports import Row
from bot.timeline.late import Fate, SendLate
from bot.timeline.marks import MARKS


def dressed(view: View, row: Row, post: Post, near: Around, told: Fate) -> View:
    """The view with what only the row knows: its own values, its lateness, and whether its schedule is over (T7)."""
    release, edit = view.release, row.kind == "edit"
    over = row.schedule_revision is not None and (
        (row.schedule_revision != release.schedule_revision and not _stands(release, post))
        or release.cancelled_by is not None
    )
    return replace(
        view,
        place=post.place,
        params=post.params,
        due_at=post.due_at,
        late_s=told.seconds if isinstance(told, SendLate) else near.late_s,
        merged=near.merged,
        corrected=edit and over,
        reader=post.params.get("person") or _reader(view, post),
    )


def _stands(release: Release, post: Post) -> bool:
    """True for a mark of an earlier schedule that a resume left at the same instant: what it says is true of this one too."""
    if post.occasion not in MARKS or release.start_at is None:
        return False
    return post.due_at == release.start_at + MARKS[post.occasion]


def _reader(view: View, post: Post) -> str | None:
    if post.audience != "direct":
        return None
    people = view.facts.roster.people.values()
    return next((p.id for p in people if p.direct.get(post.place.platform) == post.place.id), None)
