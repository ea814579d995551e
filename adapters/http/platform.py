"""A chat platform as it is joined to the bot: what it is given, and what it gives."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web

from bot.domain.people import Place
from bot.messages.heard import Answer, Heard
from bot.messages.view import View
from bot.ports import CatalogReader, Chat, Check, Clock, Groups, Linker, Notebook, Reads, Rooms


@dataclass(frozen=True, slots=True)
class Given:
    """What the bot gives a platform.

    `hear` is the runner's door: it commits before it returns, and never raises. `views` judges committed state for a place,
    for Home; `seen` gives those of them which a person may see, asking in that place: nothing else is ever shown.
    `first`: of a delivery that several processes may have heard, True for the one that is to post the answer (ports.Store).
    `problems`: codes of what is wrong with the bot now (bot.health), empty where it is healthy. `public_url`: where the
    platform and browsers reach this bot from outside, without a slash at its end; "" where the operator set none.
    `groups`: whose members hold roles; the platform keeps them up to date.
    """

    hear: Callable[[Heard], Awaitable[Answer]]
    linker: Linker
    catalog: CatalogReader
    clock: Clock
    notebook: Notebook
    reads: Reads
    view: Callable[[str, Place], Awaitable[View | None]]
    views: Callable[[Sequence[str]], Awaitable[Mapping[str, View]]]
    seen: Callable[[Sequence[View], str, Place], Awaitable[Sequence[View]]]
    first: Callable[[str], Awaitable[bool]]
    problems: Callable[[], Awaitable[Sequence[str]]]
    public_url: str = ""
    groups: Groups | None = None


class Platform(Protocol):
    """One platform. Its `chat` is used only between start and stop."""

    @property
    def name(self) -> str:
        """The platform's name in places: "slack:C024BE91L"."""

    @property
    def chat(self) -> Chat:
        """Outward."""

    @property
    def rooms(self) -> Rooms:
        """Which of its places are private, and who is in them."""

    def routes(self, app: web.Application) -> None:
        """Add what the platform calls, under a path of its own name; before the server starts."""

    async def start(self) -> None:
        """Open sessions and connections. Raises BadFile with a sentence where what is set cannot be used."""

    async def stop(self) -> None:
        """Take nothing new, finish what is being heard, close. Again does nothing."""

    @property
    def deaf(self) -> Check | None:
        """Why nothing that people do there reaches the bot now, since when, and what to do; None where it hears them."""

    async def checks(self) -> Sequence[Check]:
        """What doctor says of it: tokens, scopes, channels. Never raises; may be called without `start`, and is then stopped."""
