"""`metrics [service]`: the figures of delivery of the last 90 days, and the list of releases that they count (A3, A5)."""

from bot.messages import answers
from bot.messages.delivery import metrics as shown
from bot.messages.heard import Heard
from bot.plan.delivery import delivery
from flows.context import Context, choice_of, words
from flows.dialog import Reply, Step
from flows.parse_words import near
from flows.verb import Group, Verb


def metrics(heard: Heard, ctx: Context) -> Step:
    """Of one service, or of all. Nobody is counted, only releases."""
    name = words(heard).strip().lower() or choice_of(ctx)
    if name and name not in ctx.catalog.services:
        known = ctx.catalog.services
        return Reply(answers.unknown_name(name, near(name, known), sorted(known)))
    found = delivery((r for r in ctx.releases if not name or r.service == name), ctx.now)
    counted = {r.id for r in found.started}
    late = [a for a in ctx.announcements if a.key.partition(":")[0] in counted]
    return Reply(shown(found, late, name, ctx.now))


VERB = Verb("metrics", metrics, Group.RECORD, ("figures", "stats"), needs=("releases",), reads_only=True)
