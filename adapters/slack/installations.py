"""Which workspaces the bot is installed in, and with what token. Tokens that OAuth gave are kept encrypted."""

import asyncio
import base64
import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from adapters.slack.api import Api, Refused, TooFast, Unsure
from adapters.slack.options import SlackOptions
from bot.ports import Notebook

BOOK: Final = "slack_installations"
KNOWN: Final = "slack_identity"
"""Who the bot is by the token of the settings, so that a slow Slack delays no first answer."""
KEPT_S: Final = 10.0
"""So long what another replica kept or forgot may be unknown here."""
AGAIN_S: Final = 1.0
"""A workspace that is not known is looked for again so soon."""
PATIENCE_S: Final = 1.0
"""So long who speaks waits for Slack to say who the bot is."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Installation:
    """A workspace, and the bot's account in it. `scopes`: what the token may do. `at`: installed then, seconds since 1970."""

    team: str
    bot_user: str
    token: str = field(repr=False)
    bot_id: str = ""
    name: str = ""
    scopes: tuple[str, ...] = ()
    at: int = 0


class Installations:
    """All of them, held in memory; the notebook is read at the start, and seldom again, since several replicas share it."""

    def __init__(self, options: SlackOptions, notebook: Notebook, api: Api, now: Callable[[], float]) -> None:
        """Empty until `start`. `now`: monotonic seconds."""
        self._options = options
        self._notebook = notebook
        self._api = api
        self._now = now
        self._read_at = 0.0
        self._introduced = False
        self._asked_at = now() - AGAIN_S
        self._known: dict[str, Installation] = {}
        self._team_of: dict[str, str] = {}
        keys = [Fernet(_key(line)) for line in options.keys]
        self._seal = MultiFernet(keys) if keys else None
        self._newest = keys[0] if keys else None

    async def start(self) -> None:
        """Read what is kept, and ask Slack who the token of the settings is. A Slack that does not answer stops nothing."""
        if self._seal is not None:
            await self._read()
        if self._options.bot_token:
            kept = await self._notebook.get(KNOWN, self._fingerprint())
            if kept is not None:
                self._learn(kept)
            try:
                await self.identify()
            except (Refused, TooFast, Unsure) as error:
                log.warning("Slack does not say who the bot is: %s", error)

    async def look(self, team: str = "") -> None:
        """Read again what is kept, where that is a while ago, or that workspace is not known. Never raises."""
        if team and self._options.bot_token and not self._introduced and self._now() - self._asked_at >= AGAIN_S:
            await self._identified()
        age = self._now() - self._read_at
        if self._seal is None or age < AGAIN_S or (age < KEPT_S and (not team or team in self._known)):
            return
        try:
            await self._read()
        except Exception:
            log.exception("installations could not be read; those that were read before count")

    async def identify(self) -> Mapping[str, Any]:
        """auth.test with the token of the settings; keeps the answer. Raises what Api.call raises."""
        answer = await self._api.call(self._options.bot_token, "auth.test")
        note = {name: str(answer.get(name) or "") for name in ("team_id", "user_id", "bot_id", "team")}
        if note != await self._notebook.get(KNOWN, self._fingerprint()):
            await self._notebook.put(KNOWN, self._fingerprint(), note)
        self._learn(note)
        return answer

    def allowed(self, team: str) -> bool:
        """True for a workspace that the settings name; with a bot token alone, for that token's own."""
        return team in self._options.teams if self._options.teams else team in self._known

    def of(self, team: str) -> Installation | None:
        """The installation in that workspace, or None."""
        return self._known.get(team) if self.allowed(team) else None

    def all(self) -> tuple[Installation, ...]:
        """Every one, by workspace."""
        return tuple(self._known[team] for team in sorted(self._known) if self.allowed(team))

    def seen(self, place: str, team: str) -> None:
        """The place was heard of from that workspace."""
        self._team_of[place] = team

    async def of_place(self, place: str) -> Installation | None:
        """Whose token reaches that channel or person. With several workspaces they are asked, once for each place.

        None: surely nobody's. Raises TooFast, Unsure where Slack does not say: a post is not lost for that.
        """
        await self.look()
        able = self.all()
        if not able and self._options.bot_token:
            try:
                await self.identify()
            except Refused as error:
                log.warning("Slack does not say who the bot is: %s", error)
            able = self.all()
        if len(able) < 2:  # noqa: PLR2004 - with one there is no choice
            return able[0] if able else None
        team = self._team_of.get(place) or await self._asked(place, able)
        return self.of(team) if team else None

    async def keep(self, found: Installation) -> None:
        """A workspace that was installed by OAuth; its token is kept encrypted."""
        if self._seal is None:
            msg = "there is no key to keep a token with"
            raise ValueError(msg)
        note = {
            "bot_user": found.bot_user,
            "bot_id": found.bot_id,
            "name": found.name,
            "scopes": list(found.scopes),
            "at": found.at,
            "token": self._seal.encrypt(found.token.encode()).decode(),
        }
        await self._notebook.put(BOOK, found.team, note)
        self._known[found.team] = found

    async def forget(self, team: str, happened: int | None = None) -> None:
        """Uninstalled, or its token revoked, at `happened` (seconds since 1970).

        Slack may tell of it late, and more than once: what was installed again since then stays.
        """
        known = self._known.get(team)
        if known is not None and happened is not None and happened < known.at:
            return
        self._known.pop(team, None)
        self._team_of = {place: of for place, of in self._team_of.items() if of != team}
        await self._notebook.remove(BOOK, team)
        if known is not None:
            log.warning("the bot was removed from workspace %s", known.team)

    async def _identified(self) -> None:
        """For who speaks first after a start at which Slack did not say it: soon, and not again within a second."""
        self._asked_at = self._now()
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self.identify()
        except (Refused, TooFast, Unsure, TimeoutError) as error:
            log.warning("Slack does not say who the bot is: %s %s", type(error).__name__, error)

    async def _asked(self, place: str, able: tuple[Installation, ...]) -> str | None:
        person = place[:1] in {"U", "W"}
        unsaid: TooFast | Unsure | None = None
        for one in able:
            try:
                if person:
                    await self._api.call(one.token, "users.info", user=place)
                else:
                    await self._api.call(one.token, "conversations.info", channel=place)
            except Refused:
                continue
            except (TooFast, Unsure) as error:
                unsaid = error
                continue
            self._team_of[place] = one.team
            return one.team
        if unsaid is not None:
            raise unsaid
        return None

    async def _read(self) -> None:
        """What is kept, and what is kept no more. The workspace of the settings' own token is none of them."""
        self._read_at = self._now()
        kept = await self._notebook.all(BOOK)
        for team, note in kept.items():
            found = self._opened(team, note)
            if found is not None and self.allowed(team):
                self._known[team] = found
                await self._sealed_anew(found, note)
        for team, known in tuple(self._known.items()):
            if team not in kept and known.token != self._options.bot_token:
                del self._known[team]

    async def _sealed_anew(self, found: Installation, note: Mapping[str, Any]) -> None:
        """A token that only an older key reads is kept with the newest: then the older one is needed no more."""
        try:
            if self._newest is not None:
                self._newest.decrypt(str(note.get("token", "")).encode())
        except InvalidToken:
            await self.keep(found)

    def _learn(self, note: Mapping[str, Any]) -> None:
        team, user = str(note.get("team_id", "")), str(note.get("user_id", ""))
        if team:
            self._introduced = True
            name = str(note.get("team", ""))
            self._known[team] = Installation(team, user, self._options.bot_token, str(note.get("bot_id", "")), name)

    def _opened(self, team: str, note: Mapping[str, Any]) -> Installation | None:
        try:
            token = self._seal.decrypt(str(note.get("token", "")).encode()).decode() if self._seal else ""
        except InvalidToken:
            log.warning("the token of workspace %s cannot be read with this key: install it again", team)
            return None
        scopes = tuple(str(one) for one in note.get("scopes", ()))
        told = {name: str(note.get(name, "")) for name in ("bot_user", "bot_id", "name")}
        return Installation(team, token=token, scopes=scopes, at=int(note.get("at") or 0), **told)

    def _fingerprint(self) -> str:
        return hashlib.sha256(self._options.bot_token.encode()).hexdigest()[:16]


def _key(secret: str) -> bytes:
    """Fernet's key out of any secret of the operator."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"t-minus slack tokens\0" + secret.encode()).digest())
