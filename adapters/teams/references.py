"""Where conversations are: service URL, tenant and ids, kept in the database, so that they survive a new deployment."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final

from adapters.teams.inbound import PERSON, Spot
from adapters.teams.options import TeamsOptions
from bot.ports import Notebook

PLACES: Final = "teams.places"
PEOPLE: Final = "teams.people"
CARDS: Final = "teams.cards"
"""Whole cards of which most people see a smaller one."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A conversation, or a person. `conversation`: "" for a person with whom none was opened yet. `user`: a person's id.

    `app`: the registration to which the ids of persons belong; "" where that was not noted yet.
    """

    service_url: str
    tenant: str
    conversation: str = ""
    kind: str = ""
    user: str = ""
    name: str = ""
    app: str = ""


class References:
    """Kept in the notebook, remembered here. Only service URLs that the options trust are ever kept."""

    def __init__(self, options: TeamsOptions, notebook: Notebook) -> None:
        """Empty until somebody was heard, or the notebook is read."""
        self._options = options
        self._notebook = notebook
        self._known: dict[tuple[str, str], Reference] = {}

    async def learn(self, spot: Spot) -> None:
        """What an activity tells: it is written where it is new, and the service URL is fresh with each one."""
        if not self._options.trusts(spot.service_url) or not spot.conversation:
            return
        if not spot.direct:
            place = Reference(spot.service_url, spot.tenant, spot.channel, spot.kind)
            await self._keep(PLACES, spot.channel, place)
        if spot.directory and not spot.bot:
            before = await self.person(spot.directory)
            alone = spot.conversation if spot.direct else before.conversation if before else ""
            who = Reference(
                spot.service_url, spot.tenant, alone, "personal", spot.user, spot.name, self._options.app_id
            )
            await self._keep(PEOPLE, spot.directory, who)

    async def place(self, name: str) -> Reference | None:
        """Of a channel or a group chat. One that was never heard of stands at the service URL of any other."""
        found = await self._read(PLACES, name)
        if found is not None:
            return found
        others = [r for book in (PLACES, PEOPLE) for r in (await self._all(book)).values()]
        if not others:
            return None
        return Reference(others[0].service_url, others[0].tenant, name, "channel")

    async def person(self, directory: str) -> Reference | None:
        """Of a person, by the Entra object id."""
        return await self._read(PEOPLE, directory.casefold())

    def at_hand(self, spot: Spot) -> Reference:
        """Of who speaks, without the database: as remembered, else as the activity tells it, with no conversation opened."""
        alone = spot.conversation if spot.direct else ""
        told = Reference(spot.service_url, spot.tenant, alone, "personal", spot.user, spot.name)
        return self._known.get((PEOPLE, spot.directory), told)

    async def opened(self, directory: str, conversation: str) -> None:
        """The conversation with that person alone stands."""
        found = await self.person(directory)
        if found is not None:
            await self._keep(PEOPLE, directory.casefold(), replace(found, conversation=conversation))

    async def anybody(self, directory: str) -> Reference | None:
        """Of a person who was never heard: where others of the company are."""
        found = await self.person(directory)
        if found is not None:
            return found
        others = (await self._all(PEOPLE)) or (await self._all(PLACES))
        one = next(iter(others.values()), None)
        return None if one is None else Reference(one.service_url, one.tenant, "", "personal", directory)

    async def forget(self, spot: Spot) -> None:
        """The app was taken out of that conversation."""
        for book, name in ((PLACES, spot.channel), (PEOPLE, spot.directory)):
            if name and (book == PEOPLE) == spot.direct:
                self._known.pop((book, name), None)
                await self._notebook.remove(book, name)

    async def keep_card(self, key: str, card: Mapping[str, Any] | None) -> None:
        """The whole card of a message; None: there is no other any more."""
        if card is None:
            await self._notebook.remove(CARDS, key)
        else:
            await self._notebook.put(CARDS, key, card)

    async def card(self, key: str) -> Mapping[str, Any] | None:
        """The whole card, as it was sent last."""
        return await self._notebook.get(CARDS, key)

    async def _keep(self, book: str, name: str, reference: Reference) -> None:
        """Remembered once it is written: what could not be written is written with the next activity."""
        if await self._read(book, name) != reference:
            await self._notebook.put(book, name, asdict(reference))
            self._known[book, name] = reference

    async def _read(self, book: str, name: str) -> Reference | None:
        if (book, name) not in self._known:
            kept = await self._notebook.get(book, name)
            if kept is None:
                return None
            self._known[book, name] = self._of(kept)
        found = self._known[book, name]
        return found if self._options.trusts(found.service_url) else None

    async def _all(self, book: str) -> Mapping[str, Reference]:
        found = {name: self._of(kept) for name, kept in (await self._notebook.all(book)).items()}
        return {name: one for name, one in found.items() if self._options.trusts(one.service_url)}

    def _of(self, kept: Mapping[str, Any]) -> Reference:
        """Ids of a person, and the conversation with them, are those of one registration: under another they mean nobody."""
        found = Reference(**{one.name: str(kept.get(one.name, "")) for one in fields(Reference)})
        ours = found.app in {"", self._options.app_id}
        return found if ours or found.kind != "personal" else replace(found, conversation="", user="")


def is_person(place: str) -> bool:
    """True where the place is a person's own conversation."""
    return PERSON.fullmatch(place.casefold()) is not None
