"""Installing the bot into a workspace by OAuth: two pages, a signed state, and a token that is kept encrypted."""

import hashlib
import hmac
import html
import logging
import re
import secrets
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from adapters.http.platform import Given
from adapters.slack.api import Api, Refused, TooFast, Unsure
from adapters.slack.checks import SCOPES
from adapters.slack.installations import Installation, Installations
from adapters.slack.options import SlackOptions
from bot.messages.words import say

INSTALL: Final = "/slack/install"
REDIRECT: Final = "/slack/oauth_redirect"
_COOKIE: Final = "t-minus-slack-state"
_LIFE_S: Final = 600
_STATE: Final = re.compile(r"([0-9]{1,12})\.([0-9a-f]{32})\.([0-9a-f]{64})")
_CODE: Final = re.compile(r"[\w.-]{1,400}")
log = logging.getLogger(__name__)


class OAuth:
    """The two pages."""

    def __init__(self, options: SlackOptions, given: Given, api: Api, installations: Installations) -> None:
        """`given.public_url` is where Slack sends people back to."""
        self._options = options
        self._given = given
        self._api = api
        self._installations = installations
        self._used: list[str] = []

    def add_to(self, app: web.Application) -> None:
        """Both under /slack/."""
        app.router.add_get(INSTALL, self._install)
        app.router.add_get(REDIRECT, self._redirect)

    async def _install(self, _: web.Request) -> web.Response:
        """To Slack's own page, with a state that this browser alone can bring back."""
        state = self._state()
        base = urlsplit(self._api.base_url)
        asked = urlencode(
            {
                "client_id": self._options.client_id,
                "scope": ",".join(SCOPES),
                "state": state,
                "redirect_uri": f"{self._given.public_url}{REDIRECT}",
            }
        )
        answer = web.Response(
            status=302, headers={"Location": f"{base.scheme}://{base.netloc}/oauth/v2/authorize?{asked}"}
        )
        answer.set_cookie(
            _COOKIE, state, max_age=_LIFE_S, secure=self._given.public_url.startswith("https:"), httponly=True,
            samesite="Lax", path="/slack/",
        )  # fmt: skip
        return answer

    async def _redirect(self, request: web.Request) -> web.Response:
        """Slack sends the person back with a code, which is worth a token once."""
        state, code = request.query.get("state", ""), request.query.get("code", "")
        mine = hmac.compare_digest(state.encode(), request.cookies.get(_COOKIE, "").encode())
        if not mine or not self._good(state):
            return _page(400, say("chat.install_state"))
        self._used = [one for one in (*self._used, state) if self._young(one)]
        if request.query.get("error"):
            return _page(403, say("chat.install_refused", {"why": request.query["error"][:80]}))
        if not _CODE.fullmatch(code):
            return _page(400, say("chat.install_state"))
        try:
            answer = await self._api.exchange(
                self._options.client_id, self._options.client_secret, code, f"{self._given.public_url}{REDIRECT}"
            )
        except (Refused, TooFast, Unsure) as error:
            log.warning("an installation failed: %s %s", type(error).__name__, error)
            return _page(502, say("chat.install_failed", {"why": str(error)}))
        return await self._keep(answer)

    async def _keep(self, answer: Mapping[str, Any]) -> web.Response:
        team = answer.get("team")
        team_id = str(team.get("id") or "") if isinstance(team, Mapping) else ""
        name = str(team.get("name") or "") if isinstance(team, Mapping) else ""
        token = str(answer.get("access_token") or "")
        if answer.get("is_enterprise_install"):
            return _page(403, say("chat.org_wide"))
        if team_id not in self._options.teams:
            log.warning("workspace %s is not allowed, and was not installed", team_id)
            return _page(403, say("chat.install_not_allowed", {"team": team_id or "UNKNOWN"}))
        if not token:
            return _page(502, say("chat.install_failed", {"why": "no token"}))
        scopes = tuple(s for s in str(answer.get("scope") or "").split(",") if s)
        at = int(self._given.clock.real().timestamp())
        found = Installation(team_id, str(answer.get("bot_user_id") or ""), token, "", name, scopes, at)
        await self._installations.keep(found)
        log.info("workspace %s was installed", team_id)
        return _page(200, say("chat.installed", {"team": name or team_id}))

    def _state(self) -> str:
        stamp = f"{int(self._given.clock.real().timestamp())}.{secrets.token_hex(16)}"
        return f"{stamp}.{self._mark(stamp)}"

    def _good(self, state: str) -> bool:
        found = _STATE.fullmatch(state)
        if found is None or state in self._used:
            return False
        return self._young(state) and hmac.compare_digest(self._mark(f"{found[1]}.{found[2]}"), found[3])

    def _young(self, state: str) -> bool:
        age = self._given.clock.real().timestamp() - int(state.partition(".")[0])
        return 0 <= age + 1 <= _LIFE_S

    def _mark(self, stamp: str) -> str:
        return hmac.new(self._options.keys[0].encode(), b"state\0" + stamp.encode(), hashlib.sha256).hexdigest()


def _page(status: int, sentence: str) -> web.Response:
    title = html.escape(say("chat.bot"))
    text = f"<!doctype html><html lang=en><title>{title}</title><p>{html.escape(sentence)}</p></html>"
    return web.Response(status=status, text=text, content_type="text/html")
