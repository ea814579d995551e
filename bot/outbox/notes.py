"""What the owner is told by another way when a post did not get through (timeline.md, steps 4 and 5)."""

from dataclasses import dataclass

from bot.domain.people import Place
from bot.messages.effects import Post
from bot.messages.view import View
from bot.outbox.wiring import Parts
from bot.ports import Row

OCCASION = "DELIVERY-FAILED"


@dataclass(frozen=True, slots=True)
class Note:
    """A post that did not get through, or perhaps did: `code` says why (channel_not_found, past_grace, cannot_look, …)."""

    row: Row
    post: Post
    code: str


async def tell(parts: Parts, note: Note) -> None:
    """Write the note to the owner as a row of its own. Its key is the failed row's: told once, however often it is tried.

    A note about a note is not written: it would go round in circles.
    """
    if note.post.occasion == OCCASION:
        return
    view = await parts.view(note.row.release, note.post.place)
    if view is None:
        return
    place = other_way(view, note.post.place, frozenset(parts.chats))
    if place is None:
        return
    await parts.enqueue([_post(note, view, place)])


def other_way(view: View, failed: Place, platforms: frozenset[str]) -> Place | None:
    """Where the owner hears of it: alone on another platform, alone on the same one, else where planning was asked for."""
    owner = view.facts.roster.person(view.release.owner)
    direct = [Place(p, i) for p, i in sorted(owner.direct.items())] if owner else []
    ways = [*(d for d in direct if d.platform != failed.platform), *direct, view.release.home]
    return next((way for way in ways if way != failed and way.platform in platforms), None)


def _post(note: Note, view: View, place: Place) -> Post:
    return Post(
        key=f"{note.row.key}#told:{place}",
        release=note.row.release,
        occasion=OCCASION,
        audience="direct",
        place=place,
        due_at=view.now,
        card="delivery_failed",
        params={
            "occasion": note.post.occasion,
            "place": note.post.place.id,
            "reason": note.code,
            "person": view.release.owner,
        },
    )
