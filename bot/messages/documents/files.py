"""The plan's three files and its chat blocks, from one outline."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.domain.facts import Facts
from bot.domain.plan import Plan
from bot.domain.release import Release
from bot.messages.cards.naming import title
from bot.messages.documents.markdown import markdown
from bot.messages.documents.outline import Context, Grid, Items, Section, Statement, outline
from bot.messages.documents.page import page
from bot.messages.documents.record import printed
from bot.messages.model import Block, Bullets, Code, Heading, Table, Text
from bot.messages.telling import flat
from bot.messages.times import moment
from bot.messages.words import say

_HASH = 16
"""Characters of the hash on a page: the JSON holds the whole of it."""

_SECTION = 2

_LINE = 240
"""Characters of a line in chat: the files hold the whole of it."""


def plan_files(plan: Plan, release: Release, facts: Facts, now: datetime) -> Mapping[str, str]:
    """`md`, `html` and `json`: the whole document in each format."""
    about = Context(facts.roster, release.time_zone, title(release))
    heading = say("doc.title_draft" if plan.failed_standards else "doc.title", {"title": about.title})
    sections = outline(plan, about)
    small = facts_line(plan, release, now)
    return {"md": markdown(heading, small, sections), "html": page(heading, small, sections), "json": printed(plan)}


def facts_line(plan: Plan, release: Release, now: datetime) -> str:
    """Revision, hash and risk of this plan, and when it was drawn."""
    values = {
        "revision": str(plan.revision),
        "hash": flat(plan.hash, 80)[:_HASH] or "UNKNOWN",
        "risk": f"{plan.score.score} {plan.score.band.value}",
        "at": moment(now, release.time_zone),
    }
    return say("doc.facts", values)


def plan_blocks(plan: Plan, release: Release, facts: Facts) -> tuple[Block, ...]:
    """The same outline for chat: one block for each part, without provenance."""
    about = Context(facts.roster, release.time_zone, title(release))
    return tuple(block for section in outline(plan, about) for block in _blocks(section))


def _blocks(section: Section) -> Iterator[Block]:
    """A section begins with its heading, so that a platform can leave out whole ones; a part of one has a label."""
    label = section.label
    if section.level == _SECTION:
        yield Heading(label, section.level)
        label = ""
    elif not section.parts:
        yield Text("", label=label)
    for part in section.parts:
        if isinstance(part, Statement):
            yield Text(_text(part), label=label)
        elif isinstance(part, Items):
            yield Bullets(tuple(_text(one) for one in part.items), numbered=part.numbered, label=label)
        elif isinstance(part, Grid):
            yield Table(part.head, tuple(tuple(_text(cell) for cell in row) for row in part.rows), label=label)
        else:
            yield Code(part.text, label=part.note)
        label = ""


def _text(one: Statement) -> str:
    label = one.label.removeprefix("CONFIDENCE ")  # the heading above says it
    return flat(f"{label}: {one.text}" if label else one.text, _LINE)
