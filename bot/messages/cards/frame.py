"""The frame of every card: title with the verdict word first, late and merged lines, amber lines, buttons, small print."""

from collections.abc import Iterable
from datetime import timedelta

from bot.messages.cards.buttons import actions
from bot.messages.cards.naming import start, title
from bot.messages.cards.state import amber, word
from bot.messages.model import Block, Bullets, Button, Context, Fields, Heading, Message, Text
from bot.messages.telling import flat
from bot.messages.times import clock, span
from bot.messages.view import View
from bot.messages.words import say

HEADING_LIMIT = 140
"""Below the shortest limit of our platforms for a title (150)."""

_SAME = {"HELD": ("HOLD",), "ROLLED BACK": ("ROLLBACK",)}
"""First words that say the occasion already: nobody reads "HELD · HOLD"."""


def framed(  # noqa: PLR0913 - the parts of one card, each named where it is called
    view: View,
    first: str,
    lead: str,
    blocks: Iterable[Block],
    *,
    occasion: str = "",
    buttons: Iterable[Button] = (),
    mentions: Iterable[str] = (),
    small: str = "",
    with_amber: bool = True,
    heard: str = "",
) -> Message:
    """A card. `first`: the verdict or state word; `lead`: the sentence that follows and that the fallback text carries.

    `heard`: that sentence in the fallback text, where it has to say there what a line of the card says.
    """
    said = occasion in {first, *_SAME.get(first, ())}
    marked = say("emergency.word") if view.release.emergency and first != say("emergency.word") else ""
    name = " · ".join(part for part in (marked, "" if said else occasion, title(view.release)) if part)
    late = lateness(view)
    body: list[Block] = [Heading(flat(f"{first} · {name}", HEADING_LIMIT)), *(Text(line) for line in late)]
    if lead:
        body.append(Text(lead))
    body += blocks
    accepted = amber(view, _said(body)) if with_amber else ()
    if accepted:
        body.append(Bullets(accepted, label=say("card.label_amber")))
    body += actions(buttons)
    if small:
        body.append(Context(small))
    text = " ".join((f"{first}: {name}.", *late, heard or lead)).strip()
    return Message(flat(text, 900), tuple(body), mentions=tuple(dict.fromkeys(m for m in mentions if m)))


def _said(blocks: Iterable[Block]) -> str:
    """The words of a card so far, one text."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Text):
            lines.append(block.text)
        elif isinstance(block, Bullets):
            lines += block.items
        elif isinstance(block, Fields):
            lines += [text for _, text in block.pairs]
    return "\n".join(lines)


def lateness(view: View) -> tuple[str, ...]:
    """What a late post says first: how late, and when it was due (T3); and for which marks it also speaks."""
    lines = []
    if view.late_s > 0:
        due = clock(view.due_at, view.now) if view.due_at else "UNKNOWN"
        lines.append(say("card.late", {"late": span(timedelta(seconds=view.late_s)), "due": due}))
    if view.merged:
        lines.append(say("card.merged", {"marks": ", ".join(view.merged)}))
    return tuple(lines)


def corrected(view: View, occasion: str) -> Message:
    """An old post after move, hold or cancel: it says so on top, and nothing of what it said before stands (T7)."""
    r = view.release
    values = {"occasion": occasion, "state": word(view)}
    lead = say(
        "card.corrected_cancelled" if r.cancelled_by else "card.corrected_held" if r.held_by else "card.corrected",
        values,
    )
    blocks: list[Block] = []
    reason = r.cancel_reason or r.held_reason or (r.moves[-1] if r.moves else "")
    if reason:
        blocks.append(Text(flat(reason), label=say("card.label_reason")))
    if not r.cancelled_by:
        blocks.append(Text(start(view), label=say("card.label_start"), at=view.release.start_at))
    return framed(view, say("card.corrected_word"), lead, blocks, occasion=occasion)
