"""What a person can look at: status, list, full plan, arithmetic, roll call, record, preview, service."""

from bot.domain.release import TERMINAL
from bot.messages import answers
from bot.messages.full_plan import full_plan as plan_message
from bot.messages.heard import Heard
from bot.messages.model import Block, Divider, Message
from bot.messages.telling import flat
from bot.messages.view import View
from bot.messages.words import say
from flows.context import Context, choice_of, subject_of, words
from flows.dialog import Reply, Step
from flows.parse_words import near
from flows.record import record
from flows.verb import Group, OnRelease, Verb

_MINE = frozenset({"mine", "my", "me"})


def status(heard: Heard, ctx: Context, view: View) -> Step:
    """The living card; what is T-minus now."""
    del heard, ctx
    return Reply(answers.status(view))


STATUS = Verb(
    "status",
    OnRelease(status),
    Group.LOOK,
    ("show", "card"),
    tokens=("details",),
    ended_too=True,
    reads_only=True,
    alike=True,
)


def full_plan(heard: Heard, ctx: Context, view: View) -> Step:
    """The whole plan, with its files."""
    del heard, ctx
    return Reply(plan_message(view))


FULL_PLAN = Verb("full_plan", OnRelease(full_plan), Group.LOOK, ("document",), ended_too=True, reads_only=True)


def arithmetic(heard: Heard, ctx: Context, view: View) -> Step:
    """The risk score, part by part (P6)."""
    del heard, ctx
    return Reply(answers.arithmetic(view))


ARITHMETIC = Verb("arithmetic", OnRelease(arithmetic), Group.LOOK, ("risk", "score"), ended_too=True, reads_only=True)


def roll_call(heard: Heard, ctx: Context, view: View) -> Step:
    """Votes and sign-offs, a row for each role."""
    del heard, ctx
    return Reply(answers.roll_call(view))


ROLL_CALL = Verb("rollcall", OnRelease(roll_call), Group.LOOK, ("roll-call", "votes"), ended_too=True, reads_only=True)


def preview(heard: Heard, ctx: Context, view: View) -> Step:
    """Every message of the timeline as it would be sent now, to nobody."""
    del heard, ctx
    drawn = answers.preview(view)
    blocks: list[Block] = []
    for message in drawn:
        blocks += [*([Divider()] if blocks else []), *message.blocks]
    text = say("talk.preview", {"release": view.release.id, "count": str(len(drawn))})
    return Reply(drawn[0] if len(drawn) == 1 else Message(text, tuple(blocks), private=True))


PREVIEW = Verb("preview", OnRelease(preview), Group.LOOK, ("timeline",), reads_only=True)


def audit(heard: Heard, ctx: Context, view: View) -> Step:
    """The record (A1)."""
    del heard
    return Reply(record(ctx, view))


AUDIT = Verb(
    "audit",
    OnRelease(audit),
    Group.RECORD,
    ("record", "ledger", "history"),
    needs=("ledger",),
    ended_too=True,
    reads_only=True,
)


def list_releases(heard: Heard, ctx: Context) -> Step:
    """`list [mine|today|week|<service>]`: open ones, and emergencies without a review; with a service also its ended ones."""
    text = words(heard).lower().strip(" .!?") or subject_of(ctx)
    shown = [v for v in ctx.views if v.release.phase not in TERMINAL or v.release.review_open]
    service = ctx.catalog.services.get(text)
    person = heard.actor.person
    if text in _MINE:
        shown = [v for v in shown if person in {v.release.owner, v.release.requested_by, v.release.rollback_owner}]
    elif text in {"today", "week", "this week"}:
        days = 1 if text == "today" else 7
        shown = [
            v for v in shown if v.release.start_at and 0 <= (v.release.start_at.date() - ctx.now.date()).days < days
        ]
    elif service is not None:
        shown = [v for v in ctx.views if v.release.service == service.id]
    elif text and text not in {"all", "open"}:
        return Reply(answers.line("talk.list_usage", {"word": flat(text, 40)}))
    return Reply(answers.release_list(shown, ctx.corrupt))


LIST = Verb("list", list_releases, Group.LOOK, ("ls", "releases"), needs=("views",), reads_only=True)


def service(heard: Heard, ctx: Context) -> Step:
    """`service [name]`: a catalogue entry; without a name the channel's own, else the names of all that the speaker may see."""
    name = words(heard) or choice_of(ctx) or (ctx.here.id if ctx.here else "")
    services = {s.id: s for s in ctx.catalog.services.values() if s.id not in ctx.unseen}
    if not name:
        return Reply(answers.line("talk.services", {"services": ", ".join(sorted(services))}))
    found = services.get(name) or next(
        (s for s in services.values() if name.casefold() in {s.id.casefold(), s.name.casefold()}), None
    )
    if found is None:
        return Reply(answers.unknown_service(name, near(name, services) or sorted(services)[:5], show=True))
    return Reply(answers.service_card(found, ctx.catalog.roster, ctx.orders, ctx.now))


SERVICE = Verb(
    "service", service, Group.LOOK, ("services", "catalogue", "catalog"), needs=("orders", "services"), reads_only=True
)
