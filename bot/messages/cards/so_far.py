"""The decisions of a planning conversation so far, in two lines, said again when the conversation got long (Q8)."""

from bot.domain.finding import Level
from bot.domain.release import QUESTION_BUDGET
from bot.messages.cards.naming import person, start, strategy, title
from bot.messages.cards.reading import listing
from bot.messages.cards.state import missing, missing_should
from bot.messages.view import View
from bot.messages.words import say

_MOST = 5


def so_far(view: View) -> tuple[str, str]:
    """What is decided; what is settled, what is open, and how many questions were asked."""
    r = view.release
    back = person(view, r.rollback_owner) if r.rollback_owner else say("card.rollback_owner_unknown")
    decided = {
        "title": title(r),
        "start": start(view),
        "strategy": strategy(r),
        "owner": person(view, r.owner),
        "back": back,
    }
    still = (*missing(view), *missing_should(view))
    subjects = {f.subject for f in still}
    settled = [
        f
        for f in view.judgement.findings
        if f.level is not Level.OPTIONAL and not f.open and not f.consent and f.subject not in subjects
    ]
    items = {
        "settled": listing(settled, _MOST) or say("card.nothing"),
        "open": listing(still, _MOST) or say("card.nothing"),
        "asked": str(len(r.questions)),
        "most": str(QUESTION_BUDGET),
    }
    return say("card.so_far", decided), say("card.so_far_items", items)
