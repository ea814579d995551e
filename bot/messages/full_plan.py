"""The whole plan, one press away from the card: readable in the thread, and as Markdown, HTML and JSON (P2)."""

from bot.messages.cards.naming import title
from bot.messages.cards.state import word
from bot.messages.documents.files import facts_line, plan_blocks, plan_files
from bot.messages.model import Context, Heading, Message
from bot.messages.telling import flat, line_text
from bot.messages.view import View
from bot.messages.words import say
from bot.plan.draft import draft


def full_plan(view: View) -> Message:
    """All labelled sections in order, and the three files. A plan that fails a standard says which (P9)."""
    r = view.release
    plan = draft(r, view.facts, view.judgement, view.now)
    files = plan_files(plan, r, view.facts, view.now)
    heading = say("answer.plan_title", {"title": title(r)})
    blocks = (
        Heading(flat(f"{word(view)} · {heading}", 140)),
        *plan_blocks(plan, r, view.facts),
        Context(facts_line(plan, r, view.now)),
    )
    attachments = tuple((f"{r.id}-plan.{name}", text) for name, text in files.items())
    text = f"{word(view)}: {heading}. {line_text(plan.risk_summary)}"
    return Message(flat(text, 900), blocks, private=True, attachments=attachments)
