"""What doctor says of Slack: token, scopes, channels, and whether the roster's accounts may approve."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from adapters.http.platform import Given
from adapters.slack.api import Api, Refused, TooFast, Unsure
from adapters.slack.inbound import PLATFORM
from adapters.slack.installations import Installation, Installations
from adapters.slack.options import SlackOptions
from bot.domain.people import ActorKind, Person
from bot.messages.words import say
from bot.ports import Check

SCOPES: Final = (
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "chat:write.public",
    "commands",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "usergroups:read",
    "users:read",
    "users:read.email",
)
"""What the manifest asks for; docs/how-to/slack.md says why, scope by scope."""
_MOST: Final = 50
Failure = Refused | TooFast | Unsure


class Checks:
    """Asks Slack, and never raises."""

    def __init__(self, options: SlackOptions, given: Given, api: Api, installations: Installations) -> None:
        """May be asked before the platform was started."""
        self._options = options
        self._given = given
        self._api = api
        self._installations = installations

    async def all(self) -> Sequence[Check]:
        """One line for each thing that can be wrong, the worst first."""
        await self._api.start()
        if not self._installations.all():
            await self._installations.start()
        homes = self._installations.all()
        if not homes:
            return [await self._no_home()]
        found: list[Check] = []
        for home in homes:
            found += [*await self._token(home), *await self._channels(home), *await self._people(home)]
        return found

    async def _no_home(self) -> Check:
        if not self._options.bot_token:
            return _bad("slack_not_installed", {})
        try:
            await self._installations.identify()
        except (Refused, TooFast, Unsure) as error:
            return _bad("slack_token", {"why": _why(error)})
        return _bad("slack_team", {"teams": ", ".join(self._options.teams)})

    async def _token(self, home: Installation) -> list[Check]:
        try:
            scopes = await self._api.scopes(home.token)
        except (Refused, TooFast, Unsure) as error:
            return [_bad("slack_token", {"why": _why(error)})]
        found = [_good("slack_token", {"team": home.name or home.team})]
        if scopes is None:
            return found
        missing = [one for one in SCOPES if one not in scopes]
        if missing:
            return [*found, _bad("slack_scopes", {"scopes": ", ".join(missing)})]
        return [*found, _good("slack_scopes", {"count": str(len(SCOPES))})]

    async def _channels(self, home: Installation) -> list[Check]:
        named = {
            place.id
            for service in self._given.catalog().services.values()
            for places in service.channels.values()
            for place in places
            if place.platform == PLATFORM
        }
        found: list[Check] = []
        for channel in sorted(named)[:_MOST]:
            try:
                answer = await self._api.call(home.token, "conversations.info", channel=channel)
            except (Refused, TooFast, Unsure) as error:
                found.append(_bad("slack_channel", {"channel": channel, "why": _why(error)}))
                continue
            found.append(_channel(channel, answer.get("channel")))
        return found

    async def _people(self, home: Installation) -> list[Check]:
        """Accounts that the catalogue names and that could approve nothing: gone, guests, bots."""
        found: list[Check] = []
        for person in tuple(_accounts(self._given.catalog().roster.people))[:_MOST]:
            values = {"person": person.id, "account": person.accounts[PLATFORM]}
            try:
                answer = await self._api.call(home.token, "users.info", user=person.accounts[PLATFORM])
            except (Refused, TooFast, Unsure) as error:
                found.append(_bad("slack_account", {**values, "why": _why(error)}))
                continue
            user = answer.get("user")
            wrong = _no_approver(user if isinstance(user, Mapping) else {})
            if wrong:
                found.append(_bad("slack_account", {**values, "why": wrong}))
        return found or [_good("slack_accounts", {})]


def _accounts(people: Mapping[str, Person]) -> Iterator[Person]:
    return (p for p in people.values() if p.accounts.get(PLATFORM) and p.kind is ActorKind.HUMAN)


def _channel(name: str, channel: object) -> Check:
    facts: Mapping[str, Any] = channel if isinstance(channel, Mapping) else {}
    if facts.get("is_archived"):
        return _bad("slack_channel", {"channel": name, "why": "is_archived"})
    if facts.get("is_private") and not facts.get("is_member"):
        return _bad("slack_channel", {"channel": name, "why": "not_in_channel"})
    return _good("slack_channel", {"channel": name, "name": str(facts.get("name") or name)})


def _no_approver(user: Mapping[str, Any]) -> str:
    signs = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger")
    return next((sign for sign in signs if user.get(sign)), "")


def _why(error: Failure) -> str:
    return error.code if isinstance(error, Refused) else str(error)


def _good(code: str, values: Mapping[str, str]) -> Check:
    return Check(code, ok=True, sentence=say(f"check.{code}", values))


def _bad(code: str, values: Mapping[str, str]) -> Check:
    return Check(code, ok=False, sentence=say(f"check.{code}_bad", values), remedy=say(f"check.{code}_fix", values))
