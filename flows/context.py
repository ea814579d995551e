"""Everything that a pure flow needs to know, read before it is called."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.facts import Window
from bot.domain.orders import Orders
from bot.domain.release import Release
from bot.domain.service import Service
from bot.messages.heard import Asked, Filled, Heard, Pressed, Said
from bot.messages.tokens import Token
from bot.messages.view import View
from bot.ports import Announcement, Catalog, Check, LedgerRow
from flows.parse_claims import Speaker


@dataclass(frozen=True, slots=True)
class Context:
    """`view`: the release that is spoken of, or None; `candidates`: open releases that could be meant, where it is not sure.

    `over`: the last one that ended here, where none is open. `named`: the id that was typed where no such release exists.
    `hidden`: the speaker may not see `view`: whatever a flow says of it is not said, and a command is refused on record.
    `catalog`: without the services that are none of the speaker's business, whose ids are `veiled`. `here`: the service of the
    channel. `token`: of the button or form. `views`, `corrupt` (ids of releases whose record
    does not match their state), `announcements`, `releases`, `ledger`, `freezes`, `calendar_file`, `checks` (of doctor),
    `problems` (of health), `unseen` (services that the speaker may not see), `orders`: filled for the verbs that need them
    (flows/verb.py).
    """

    catalog: Catalog
    now: datetime
    view: View | None = None
    candidates: tuple[Release, ...] = ()
    over: Release | None = None
    named: str = ""
    here: Service | None = None
    token: Token | None = None
    views: tuple[View, ...] = ()
    corrupt: tuple[str, ...] = ()
    announcements: Sequence[Announcement] = ()
    releases: tuple[Release, ...] = ()
    ledger: Sequence[LedgerRow] = ()
    freezes: tuple[Window, ...] = ()
    calendar_file: str = ""
    checks: tuple[Check, ...] = ()
    problems: tuple[str, ...] = ()
    hidden: bool = False
    unseen: frozenset[str] = frozenset()
    veiled: frozenset[str] = frozenset()
    orders: Orders = field(default_factory=Orders)

    def speaker(self, heard: Heard) -> Speaker:
        """Who vouches for what is said now."""
        return Speaker(heard.actor.person, self.now, self.catalog.policy.freshness)


def words(heard: Heard) -> str:
    """What was typed behind the verb, or said; "" for buttons and forms."""
    if isinstance(heard, Asked):
        return heard.words.strip()
    return heard.text.strip() if isinstance(heard, Said) else ""


def value(heard: Heard, name: str) -> str:
    """A field of a form; "" where it was left out."""
    return heard.values.get(name, "").strip() if isinstance(heard, Filled) else ""


def pressed(heard: Heard) -> bool:
    """True for a button, which opens a form where words are needed."""
    return isinstance(heard, Pressed)


def filled(heard: Heard) -> bool:
    """True for a form that was sent off."""
    return isinstance(heard, Filled)


def choice_of(ctx: Context) -> str:
    """The choice that a button stood for, or ""."""
    return ctx.token.choice if ctx.token else ""


def subject_of(ctx: Context) -> str:
    """The subject of the button or form, or ""."""
    return ctx.token.subject if ctx.token else ""


def revision_of(ctx: Context) -> int | None:
    """The plan revision that a button stood for (G22); None where words were typed."""
    return ctx.token.revision if ctx.token else None
