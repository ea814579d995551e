"""What doctor says of Teams: the token, the keys, and whether channels and persons can be written to."""

from collections.abc import Mapping, Sequence
from typing import Final

from adapters.http.platform import Given
from adapters.teams.connector import Connector, NoToken
from adapters.teams.directory import directory_of
from adapters.teams.inbound import PLATFORM
from adapters.teams.keys import InboundKeys
from adapters.teams.options import TeamsOptions
from adapters.teams.references import PEOPLE, PLACES, References
from bot.messages.words import say
from bot.ports import Check

_MOST: Final = 50


class Checks:
    """Asks the authority, the key list and the notebook, and never raises."""

    def __init__(
        self, options: TeamsOptions, given: Given, connector: Connector, keys: InboundKeys, references: References
    ) -> None:
        """May be asked before the platform was started."""
        self._options = options
        self._given = given
        self._connector = connector
        self._keys = keys
        self._references = references

    async def all(self) -> Sequence[Check]:
        """One line for each thing that can be wrong."""
        return [await self._token(), await self._key_list(), *await self._channels(), *await self._people()]

    async def _token(self) -> Check:
        o = self._options
        values = {"app": o.app_id, "url": o.identity_url if o.kind == "msi" else o.login_url}
        try:
            await self._connector.token()
        except NoToken as error:
            return _bad("teams_token", {**values, "why": str(error)})
        return _good("teams_token", values)

    async def _key_list(self) -> Check:
        values = {"url": self._options.openid_url}
        return _good("teams_keys", values) if await self._keys.ready() else _bad("teams_keys", values)

    async def _channels(self) -> list[Check]:
        named = {
            place.id
            for service in self._given.catalog().services.values()
            for places in service.channels.values()
            for place in places
            if place.platform == PLATFORM
        }
        heard = await self._given.notebook.all(PLACES)
        shown = sorted(named)[:_MOST]
        return [(_good if one in heard else _bad)("teams_channel", {"channel": one}) for one in shown]

    async def _people(self) -> list[Check]:
        heard = await self._given.notebook.all(PEOPLE)
        people = self._given.catalog().roster.people.values()
        wanted = [(p.id, directory_of(p)) for p in people if directory_of(p)]
        missing = [_bad("teams_person", {"person": who}) for who, directory in wanted if directory not in heard]
        return missing[:_MOST] or [_good("teams_person", {})]


def _good(code: str, values: Mapping[str, str]) -> Check:
    return Check(code, ok=True, sentence=say(f"check.{code}", values))


def _bad(code: str, values: Mapping[str, str]) -> Check:
    return Check(code, ok=False, sentence=say(f"check.{code}_bad", values), remedy=say(f"check.{code}_fix", values))
