"""While planning waits for its sources: what is being asked, and what a person asks of another (Q6)."""

from bot.domain.evidence import Kind
from bot.messages.cards.audience import reader_of
from bot.messages.cards.buttons import button
from bot.messages.cards.frame import framed
from bot.messages.cards.naming import item, person, sources, start
from bot.messages.cards.reading import deadline
from bot.messages.cards.state import word
from bot.messages.model import Block, Message, Text
from bot.messages.telling import finding_text, how_text
from bot.messages.times import moment
from bot.messages.view import View
from bot.messages.words import say


def gathering(view: View) -> Message:
    """`checking 4 sources`; once they answered, how many there were is no news any more, and the state is told."""
    count = len(view.release.gathers)
    lead = say("lead.gathering", {"sources": sources(count)}) if count else say("lead.gathered")
    blocks: tuple[Block, ...] = (Text(start(view), label=say("card.label_start"), at=view.release.start_at),)
    return framed(view, word(view), lead, blocks)


def supply_request(view: View) -> Message:
    """To the person whom the catalogue names for an item: what is needed, for what, by when, how to give it."""
    r = view.release
    kind = view.params.get("kind", "")
    subject = kind.removeprefix("who:")
    found = next((f for f in view.judgement.findings if f.subject == subject and f.open), None)
    if found is None:
        lead = say("lead.supplied", {"item": item(subject)})
        return framed(view, word(view), lead, ())
    by = deadline(view)
    lead = say("lead.supply", {"item": item(subject), "who": person(view, r.requested_by)})
    blocks: list[Block] = [
        Text(finding_text(found), label=say("card.label_why")),
        Text(how_text(found), label=say("card.label_how")),
        Text(moment(by, r.time_zone, view.now) if by else say("card.at_once"), label=say("card.label_by")),
        Text(start(view), label=say("card.label_start"), at=view.release.start_at),
    ]
    known_kind = subject if subject in set(Kind) else ""
    buttons = (
        button(r, "add_evidence", subject=known_kind, what=item(subject), code="button.add_item"),
        button(r, "full_plan"),
    )
    mentions = (reader_of(view) or found.who or "",)
    return framed(view, word(view), lead, blocks, buttons=buttons, mentions=mentions)
