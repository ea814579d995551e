"""What the tests of conversations start from: a catalogue, people, and releases made by the pure core."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from bot.domain.facts import Window
from bot.domain.release import Judgement, Phase, Question, Release
from bot.messages.heard import Asked, Filled, Heard, Pressed, Said
from bot.messages.tokens import Token
from bot.messages.view import View
from bot.policy import judge
from bot.policy.defaults import POLICY, RUBRIC
from bot.ports import Catalog
from flows.context import Context
from flows.dialog import Step
from flows.index import NAMES
from flows.parse_claims import Speaker
from tests import world

NOW = world.NOW
HOME = world.HOME
CATALOG = Catalog({n: world.service(n) for n in ("payments", "ledger", "search")}, world.roster(), POLICY, RUBRIC)
ANA = Speaker("ana", NOW, POLICY.freshness)
_receipts = count(1)
_PARAMS = {"item": "rollback", "phrase": "fine", "previous": "2.4.0", "service": "payments", "person": "Kai"}


def release(phase: Phase = Phase.PLANNED, **changes: Any) -> Release:  # noqa: ANN401 - any field of a Release
    """R-1: payments 2.4.1 at 15:00 in Berlin, in that phase."""
    base = Release(
        id="R-1",
        service="payments",
        environment="production",
        version="2.4.1",
        phase=phase,
        requested_by="ana",
        owner="ana",
        home=HOME,
        created_at=NOW,
        time_zone="Europe/Berlin",
        start_at=world.START,
        local_time="2026-11-24 15:00",
        rollback_owner="kai",
        strategy="canary",
        steps=(10, 50, 100),
        plan_revision=1,
        plan_hash="a91c",
    )
    return replace(base, **changes)


def asking(slot: str, *choices: str, number: int = 1, **changes: Any) -> Release:  # noqa: ANN401 - any field of a Release
    """The same, while its question is open."""
    code = changes.pop("code", "") or slot.partition(":")[0]
    question = Question(
        number, slot, code, core=False, because="missing", choices=(*choices, "dont_know"), params=_PARAMS
    )
    return release(Phase.PLANNING, questions=(question,), **changes)


def seen(of: Release, now: datetime = NOW) -> View:
    """The release as a flow sees it."""
    facts = world.facts()
    judgement: Judgement = judge(of, facts, now)
    return View(of, facts, judgement, now, HOME)


def context(of: Release | None = None, **changes: Any) -> Context:  # noqa: ANN401 - any field of a Context
    """What a flow is given, in the channel of payments."""
    base = Context(CATALOG, NOW, view=seen(of) if of else None, here=CATALOG.services["payments"])
    return replace(base, **changes)


def asked(text: str, who: str = "ana", thread: str | None = None) -> Asked:
    """`/release <text>`."""
    verb, _, words = text.partition(" ")
    return Asked(world.actor(who), HOME, f"r{next(_receipts)}", NOW, thread, verb=verb, words=words)


def said(text: str, who: str = "ana", thread: str | None = "m1") -> Said:
    """Free words in the release's thread."""
    return Said(world.actor(who), HOME, f"r{next(_receipts)}", NOW, thread, text=text)


def pressed(token: Token, who: str = "ana") -> Pressed:
    """A button."""
    return Pressed(world.actor(who), HOME, f"r{next(_receipts)}", NOW, token=token.pack(), message="m1")


def filled(token: Token | str, values: Mapping[str, str], who: str = "ana") -> Filled:
    """A form."""
    packed = token.pack() if isinstance(token, Token) else token
    return Filled(world.actor(who), HOME, f"r{next(_receipts)}", NOW, token=packed, values=values)


def typed(text: str, of: Release | None = None, who: str = "ana", **changes: Any) -> Step:  # noqa: ANN401 - any field of a Context
    """The step that follows typed words; an id in them is already taken out, as the runner does."""
    heard = asked(text, who)
    here = changes.pop("here", CATALOG.services["payments"])
    return NAMES[heard.verb].step(heard, context(of, **changes, here=here))


def press(token: Token, of: Release | None = None, who: str = "ana") -> Step:
    """The step that follows a press."""
    return NAMES[token.verb].step(pressed(token, who), context(of, token=token))


def fill(token: Token, values: Mapping[str, str], of: Release | None = None, who: str = "ana") -> Step:
    """The step that follows a form."""
    return NAMES[token.verb].step(filled(token, values, who), context(of, token=token))


def run(heard: Heard, ctx: Context, verb: str) -> Step:
    """The step of a verb for anything heard."""
    return NAMES[verb].step(heard, ctx)


def freeze(owner: str | None = "mia") -> Window:
    """A freeze of everything around Christmas."""
    return Window(
        "F-1",
        "*",
        datetime(2026, 12, 20, tzinfo=NOW.tzinfo),
        datetime(2027, 1, 2, tzinfo=NOW.tzinfo),
        "holidays",
        owner,
    )
