"""The record of a release as people read it (A1): who, what about what, when, which result and reason, through which account."""

from bot.messages import answers, audited
from bot.messages.model import Message
from bot.messages.times import stamp
from bot.messages.view import View
from flows.context import Context


def record(ctx: Context, view: View) -> Message:
    """From the ledger that was read for it; its file holds every row."""
    rows = []
    for row in ctx.ledger:
        who = ctx.catalog.roster.name(row.person) if row.person else row.account
        through = f"{row.account} ({row.surface})"
        said = (audited.about(row.body), audited.result(row.what, row.body), audited.reason(row.body))
        rows.append((str(row.seq), stamp(row.at), who, row.name, *said, through, row.request))
    return answers.audit(view, rows, ctx.ledger[-1].hash if ctx.ledger else "")
