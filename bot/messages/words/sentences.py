"""Joins the pages of sentences into one book; the same code on two pages is an error at import."""

from collections.abc import Mapping

from bot.messages.words import (
    acks,
    answers,
    audit,
    calendar,
    cards,
    chat,
    clearance,
    doctor,
    documents,
    drills,
    emergency,
    findings,
    first,
    help_pages,
    home,
    hows,
    item_findings,
    items,
    looking,
    marks,
    metrics,
    orders,
    plan,
    questions,
    reasons,
    refusals,
    risks,
    rollout,
    serving,
    talk,
    teams,
    unknowns,
    watch,
    way_back,
)

PAGES: Mapping[str, Mapping[str, str]] = {
    "acks": acks.SENTENCES,
    "answers": answers.SENTENCES,
    "audit": audit.SENTENCES,
    "calendar": calendar.SENTENCES,
    "orders": orders.SENTENCES,
    "cards": cards.SENTENCES,
    "chat": chat.SENTENCES,
    "clearance": clearance.SENTENCES,
    "teams": teams.SENTENCES,
    "items": items.SENTENCES,
    "marks": marks.SENTENCES,
    "metrics": metrics.SENTENCES,
    "doctor": doctor.SENTENCES,
    "documents": documents.SENTENCES,
    "drills": drills.SENTENCES,
    "emergency": emergency.SENTENCES,
    "findings": findings.SENTENCES,
    "first": first.SENTENCES,
    "home": home.SENTENCES,
    "hows": hows.SENTENCES,
    "item_findings": item_findings.SENTENCES,
    "help": help_pages.SENTENCES,
    "looking": looking.SENTENCES,
    "plan": plan.SENTENCES,
    "questions": questions.SENTENCES,
    "reasons": reasons.SENTENCES,
    "refusals": refusals.SENTENCES,
    "talk": talk.SENTENCES,
    "risks": risks.SENTENCES,
    "serving": serving.SENTENCES,
    "rollout": rollout.SENTENCES,
    "unknowns": unknowns.SENTENCES,
    "watch": watch.SENTENCES,
    "way_back": way_back.SENTENCES,
}


def joined(pages: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """All sentences by their codes; ValueError where two pages hold the same code."""
    book: dict[str, str] = {}
    for page in pages.values():
        twice = book.keys() & page.keys()
        if twice:
            msg = f"these codes stand on two pages: {sorted(twice)}"
            raise ValueError(msg)
        book.update(page)
    return book


ALL: Mapping[str, str] = joined(PAGES)
