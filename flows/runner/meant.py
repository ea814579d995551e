"""Which release is meant: by its id, by the button, by the thread, else the only one that can be, of those that are seen."""

from dataclasses import dataclass

from bot.domain.people import Place
from bot.domain.release import Release
from bot.domain.service import Audience, Service
from bot.messages.heard import Asked, Heard, Pressed, Said
from bot.messages.tokens import Token
from bot.ports import Catalog, Reads
from bot.seeing import Seeing
from flows.on_release import id_within, last_ended, leading_id, release_meant
from flows.verb import Verb


@dataclass(frozen=True, slots=True)
class Meant:
    """Which release: its id, as it was typed or is known; or the candidates; and the words without the id."""

    release: str = ""
    candidates: tuple[Release, ...] = ()
    over: Release | None = None
    words: str = ""


class Meaning:
    """Reads what is there, and gives what is meant."""

    def __init__(self, reads: Reads, seeing: Seeing) -> None:
        self._reads = reads
        self._seeing = seeing

    async def meant(self, heard: Heard, verb: Verb | None, token: Token | None, here: Service | None) -> Meant:
        """By the id that was typed, by the button, by the thread, else the one release that can be meant."""
        text = heard.words if isinstance(heard, Asked) else heard.text if isinstance(heard, Said) else ""
        if verb is not None and not verb.of_release and not (token and token.release):
            return Meant(words=text)
        if isinstance(heard, Asked):
            leading, rest = leading_id(text)
            if leading:
                return Meant(leading, words=rest)
        if token is not None and token.release:
            return Meant(token.release)
        implied, candidates, over = await self._implied(heard, verb, here)
        within, rest = id_within(text)
        other = await self._reads.release(within) if within else None
        if other is not None and not await self._seeing.releases((other.release,), heard.actor.person, heard.place):
            other = None
        if other is not None and implied in {"", within}:
            return Meant(within, words=rest)
        if other is not None:
            both = await self._reads.release(implied)
            return Meant(candidates=tuple(r.release for r in (other, both) if r), words=rest)
        return Meant(implied, candidates, over, words=text)

    async def _implied(
        self, heard: Heard, verb: Verb | None, here: Service | None
    ) -> tuple[str, tuple[Release, ...], Release | None]:
        spots = [heard.thread, heard.message if isinstance(heard, Pressed) else None]
        for spot in spots:
            found = await self._reads.release_of_message(heard.place.platform, heard.place.id, spot) if spot else None
            if found:
                return found, (), None
        everything = await self._reads.releases()
        releases = await self._seeing.releases(everything, heard.actor.person, heard.place)
        ended_too = verb is not None and verb.ended_too
        meant, candidates = release_meant(releases, heard.actor, here, ended_too=ended_too)
        over = last_ended(releases, here) if meant is None and not candidates else None
        return (meant.id if meant else ""), candidates, over


def service_of(catalog: Catalog, place: Place) -> Service | None:
    """The one service whose team talks in that place."""
    found = [s for s in catalog.services.values() if place in s.channels.get(Audience.TEAM, ())]
    return found[0] if len(found) == 1 else None
