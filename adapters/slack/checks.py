"""What doctor says of Slack: token, scopes, channels, and whether the roster's accounts may approve."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from adapters.http.platform import Given
from adapters.slack.api import Api, Refused, TooFast, Unsure
from adapters.slack.directory import SlackDirectory
from adapters.slack.groups import members
from adapters.slack.inbound import PLATFORM, Spot
from adapters.slack.installations import Installation, Installations
from adapters.slack.options import SlackOptions
from bot.domain.people import ActorKind, Person, Place
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
_NO_MEMBER: Final = "users_not_found"
Failure = Refused | TooFast | Unsure
Homes = Sequence[Installation]


class Checks:
    """Asks Slack, and never raises. What one of several workspaces has is there."""

    def __init__(
        self,
        options: SlackOptions,
        given: Given,
        api: Api,
        installations: Installations,
        deaf: Callable[[], Check | None] = lambda: None,
    ) -> None:
        """May be asked before the platform was started. `deaf`: see Platform."""
        self._deaf = deaf
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
        found = [*await self._socket(), *[check for home in homes for check in await self._token(home)]]
        asked = self._given
        now = SlackDirectory(self._api, asked.linker, asked.catalog, asked.clock.monotonic)  # it remembers nothing yet
        people = await self._people(homes, now)
        return [*found, *await self._channels(homes), *people, *await self._groups(homes, now)]

    async def _no_home(self) -> Check:
        if not self._options.bot_token:
            return _bad("slack_not_installed", {})
        try:
            await self._installations.identify()
        except (Refused, TooFast, Unsure) as error:
            return _unable(error)
        return _bad("slack_team", {"teams": ", ".join(self._options.teams)})

    async def _token(self, home: Installation) -> list[Check]:
        try:
            scopes = await self._api.scopes(home.token)
        except (Refused, TooFast, Unsure) as error:
            return [_unable(error)]
        found = _good("slack_token", {"team": home.name or home.team})
        known = scopes if scopes is not None else frozenset(home.scopes)
        missing = [one for one in SCOPES if one not in known]
        if not known:
            sentence = say("check.slack_scopes_unsaid", {"count": str(len(SCOPES))})
            return [found, Check("slack_scopes", ok=True, sentence=sentence)]
        if missing:
            return [found, _bad("slack_scopes", {"scopes": ", ".join(missing)})]
        return [found, _good("slack_scopes", {"count": str(len(SCOPES))})]

    async def _socket(self) -> list[Check]:
        """Whether the line stands, and Slack gives the app-level token an address to connect to; nothing is connected."""
        if self._options.mode != "socket":
            return []
        deaf = self._deaf()
        found = [deaf] if deaf is not None else []
        try:
            await self._api.call(self._options.app_token, "apps.connections.open")
        except (Refused, TooFast, Unsure) as error:
            code = "slack_socket" if isinstance(error, Refused) else "slack_away"
            return [*found, _bad(code, {"why": _why(error)})]
        return [*found, _good("slack_socket", {})]

    async def _channels(self, homes: Homes) -> list[Check]:
        named = {
            place.id
            for service in self._given.catalog().services.values()
            for places in service.channels.values()
            for place in places
            if place.platform == PLATFORM
        }
        found: list[Check] = []
        for channel in sorted(named)[:_MOST]:
            answer = await self._first(homes, "conversations.info", channel=channel)
            if isinstance(answer, Failure):
                found.append(_bad("slack_channel", {"channel": channel, "why": _why(answer)}))
            else:
                found.append(_channel(channel, answer[1].get("channel")))
        return found

    async def _people(self, homes: Homes, now: SlackDirectory) -> list[Check]:
        """Who of the roster can be asked here and may approve; and who was meant to, and cannot."""
        found: list[Check] = []
        able: list[str] = []
        absent: list[str] = []
        people = [p for p in self._given.catalog().roster.people.values() if p.kind is ActorKind.HUMAN]
        for person in people[:_MOST]:
            why = await self._wrong(person, homes, now)
            if why is None:
                continue
            if why == _NO_MEMBER and not person.accounts.get(PLATFORM):
                absent.append(person.id)
            elif why:
                account = person.accounts.get(PLATFORM) or person.email or ""
                found.append(_bad("slack_account", {"person": person.id, "account": account, "why": why}))
            else:
                able.append(person.id)
        if absent:
            make = _bad if self._alone() else _good
            found.append(make("slack_no_member", {"people": ", ".join(absent)}))
        told = _good("slack_accounts", {"people": ", ".join(able)}) if able else _bad("slack_nobody", {})
        return [*found, told]

    async def _wrong(self, person: Person, homes: Homes, now: SlackDirectory) -> str | None:
        """Why that person can approve nothing here; "" where nothing is wrong, None where the person has no part in Slack."""
        account = person.accounts.get(PLATFORM, "")
        if account:
            answer = await self._first(homes, "users.info", user=account)
        elif person.email and await self._vouched_for(person):
            answer = await self._first(homes, "users.lookupByEmail", email=person.email)
        else:
            return None
        if isinstance(answer, Failure):
            return _why(answer)
        home, body = answer
        given = body.get("user")
        user = given if isinstance(given, Mapping) else {}
        wrong = _no_approver(user)
        if wrong:
            return wrong
        actor = await now.actor(Spot(home.team, str(user.get("id") or account), "", ""), home)
        well = actor.person == person.id and actor.kind is ActorKind.HUMAN
        return "" if well else say("check.slack_account_of_another")

    def _alone(self) -> bool:
        """Whether everything of the catalogue stands on Slack."""
        services = self._given.catalog().services.values()
        return all(p.platform == PLATFORM for s in services for places in s.channels.values() for p in places)

    async def _vouched_for(self, person: Person) -> bool:
        """Whether the address alone would make an account this person's."""
        found = await self._given.linker.actor(PLATFORM, "-", Place(PLATFORM, "-"), email=person.email)
        return found is not None and found.person == person.id

    async def _groups(self, homes: Homes, now: SlackDirectory) -> list[Check]:
        """User groups that hold a role."""
        found: list[Check] = []
        named = self._given.groups.named(PLATFORM) if self._given.groups is not None else ()
        for group in named[:_MOST]:
            answer = await self._first(homes, "usergroups.users.list", usergroup=group)
            if isinstance(answer, Failure):
                found.append(_bad("slack_group", {"group": group, "why": _why(answer)}))
                continue
            people = await members(answer[1].get("users"), answer[0], now)
            values = {"group": group, "people": ", ".join(people)}
            found.append(_good("slack_group", values) if people else _bad("slack_group_of_nobody", values))
        return found

    async def _first(
        self, homes: Homes, method: str, **values: str
    ) -> tuple[Installation, Mapping[str, Any]] | Failure:
        """The answer of the workspace that has it; else the last no."""
        failure: Failure = Refused("not_installed")
        for home in homes:
            try:
                return home, await self._api.call(home.token, method, **values)
            except (Refused, TooFast, Unsure) as error:
                failure = error
        return failure


def _channel(name: str, channel: object) -> Check:
    facts: Mapping[str, Any] = channel if isinstance(channel, Mapping) else {}
    if facts.get("is_archived"):
        return _bad("slack_channel", {"channel": name, "why": "is_archived"})
    if facts.get("is_private") and not facts.get("is_member"):
        return _bad("slack_channel", {"channel": name, "why": "not_in_channel"})
    values = {"channel": name, "name": str(facts.get("name") or name)}
    if facts.get("is_member") is False:
        return Check("slack_channel", ok=True, sentence=say("check.slack_channel_outside", values))
    return _good("slack_channel", values)


def _no_approver(user: Mapping[str, Any]) -> str:
    signs = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger")
    return next((sign for sign in signs if user.get(sign)), "")


def _unable(error: Failure) -> Check:
    """The token was refused, or Slack did not say."""
    return _bad("slack_token" if isinstance(error, Refused) else "slack_away", {"why": _why(error)})


def _why(error: Failure) -> str:
    return error.code if isinstance(error, Refused) else str(error)


def _good(code: str, values: Mapping[str, str]) -> Check:
    return Check(code, ok=True, sentence=say(f"check.{code}", values))


def _bad(code: str, values: Mapping[str, str]) -> Check:
    return Check(code, ok=False, sentence=say(f"check.{code}_bad", values), remedy=say(f"check.{code}_fix", values))
