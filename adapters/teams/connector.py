"""Microsoft's connector, over one aiohttp session: posts, edits, conversations and members, and the token for them.

One request, one answer: nothing is sent again here (the SDK's own client sends anew behind our back, or hides a failure). The
outbox decides what becomes of an answer. The token goes to hosts that the options trust, and nowhere else.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

import aiohttp

from adapters.teams.elements import Json
from adapters.teams.options import TeamsOptions
from bot.ports import Clock

EARLY_S: Final = 300.0
"""So long before its end a token is fetched anew."""
LIFE_S: Final = 600.0
"""Of a token that does not say when it ends."""
AGAIN_S: Final = 5.0
"""After an answer that asks for patience without saying how long."""
_MOST: Final = 1_000_000
_DIGITS: Final = 12
_TOO_FAST: Final = frozenset({412, 429})
"""412 is the connector's word for two writers at once: nothing was written."""

log = logging.getLogger(__name__)


class Refused(Exception):
    """A clear no. `status` is HTTP's; `code` and `sub` are the connector's words."""

    def __init__(self, status: int, code: str = "", sub: str = "") -> None:
        """Nothing of a message or token is told."""
        super().__init__(f"{status} {code} {sub}".strip())
        self.status = status
        self.code = code
        self.sub = sub


class TooFast(Exception):
    """Nothing was done; again after so many seconds."""

    def __init__(self, seconds: float) -> None:
        """Seconds."""
        super().__init__(f"again after {seconds:.0f} s")
        self.seconds = seconds


class Unsure(Exception):
    """It may have been done: a time-out, a lost connection, a 5xx."""


class NoToken(Exception):
    """The operator's registration gives no token: nothing was sent. The text says why, and no secret."""


class Connector:
    """Asks the connector. `session` gives the adapter's own."""

    def __init__(self, options: TeamsOptions, session: Callable[[], aiohttp.ClientSession], clock: Clock) -> None:
        """Fetches a token when it is first needed."""
        self._options = options
        self._session = session
        self._clock = clock
        self._now = clock.monotonic
        self._token = ""
        self._good_until = self._ends_at = 0.0
        self._fetching = asyncio.Lock()

    async def post(self, service_url: str, conversation: str, activity: Json) -> str:
        """A message into a conversation; its id. One with a `recipient` is seen by that member of it alone.

        Raises Refused, TooFast, Unsure, NoToken.
        """
        path = f"v3/conversations/{_part(conversation)}/activities"
        whispered = "?isTargetedActivity=true" if "recipient" in activity else ""
        return _id(await self._ask("POST", service_url, path + whispered, activity))

    async def edit(self, service_url: str, conversation: str, message: str, activity: Json) -> None:
        """Another content for a message of ours."""
        path = f"v3/conversations/{_part(conversation)}/activities/{_part(message)}"
        await self._ask("PUT", service_url, path, activity | {"id": message})

    async def open(self, service_url: str, person: str, tenant: str) -> str:
        """The conversation with a person alone, made where there is none; its id."""
        body = {
            "bot": {"id": f"28:{self._options.app_id}"},
            "members": [{"id": person}],
            "channelData": {"tenant": {"id": tenant}},
            "tenantId": tenant,
            "isGroup": False,
        }
        return _id(await self._ask("POST", service_url, "v3/conversations", body))

    async def member(self, service_url: str, conversation: str, person: str) -> Mapping[str, Any]:
        """What Teams says of a member of a conversation: aadObjectId, email, userPrincipalName, userRole."""
        return await self._ask("GET", service_url, f"v3/conversations/{_part(conversation)}/members/{_part(person)}")

    async def token(self) -> str:
        """A token for the connector, kept until it nears its end; to the end where no new one is given. Raises NoToken."""
        if self._now() < self._good_until:
            return self._token
        async with self._fetching:
            if self._now() >= self._good_until:
                try:
                    self._token, life_s = await self._fetched()
                except NoToken as error:
                    if self._now() >= self._ends_at:
                        raise
                    log.warning("no new token, the old one still holds: %s", error)
                    self._good_until = min(self._ends_at, self._now() + AGAIN_S)
                else:
                    self._ends_at = self._now() + life_s
                    self._good_until = self._now() + max(life_s - EARLY_S, life_s / 2)
        return self._token

    async def _ask(self, method: str, service_url: str, path: str, body: Json | None = None) -> Mapping[str, Any]:
        """A token that is not taken is given up, and nothing was done: once more with a new one."""
        if not self._options.trusts(service_url):
            raise Refused(HTTPStatus.FORBIDDEN, "service_url_not_trusted")
        token = await self.token()
        try:
            return await self._asked(method, service_url, path, body, token)
        except Refused as error:
            if error.status != HTTPStatus.UNAUTHORIZED:
                raise
        if token == self._token:
            log.warning("the connector does not take the bot's token: asking for another")
            self._good_until = self._ends_at = self._now()
        return await self._asked(method, service_url, path, body, await self.token())

    async def _asked(
        self, method: str, service_url: str, path: str, body: Json | None, token: str
    ) -> Mapping[str, Any]:
        headers = {"Authorization": f"Bearer {token}"}
        url = f"{service_url.rstrip('/')}/{path}"
        try:
            async with self._session().request(
                method, url, json=body, headers=headers, allow_redirects=False
            ) as answer:
                raw = await whole(answer)
                status, after = answer.status, answer.headers.get("Retry-After", "")
        except aiohttp.ClientConnectorError as error:
            raise TooFast(AGAIN_S) from error  # never connected, so nothing was done
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unsure(type(error).__name__) from error
        if status == HTTPStatus.UNAUTHORIZED:
            self._good_until = self._ends_at = 0.0
        return _judged(status, after, _object(raw))

    async def _fetched(self) -> tuple[str, float]:
        """The token, and the seconds that it holds."""
        try:
            async with self._token_request() as answer:
                found = _object(await whole(answer))
                status = answer.status
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NoToken(type(error).__name__) from error
        token = found.get("access_token")
        if status != HTTPStatus.OK or not isinstance(token, str) or not token:
            raise NoToken(_word(found.get("error")) or f"status {status}")
        life, end = _number(found.get("expires_in")), _number(found.get("expires_on"))
        return token, life or max(end - self._clock.real().timestamp(), 0.0) or LIFE_S

    def _token_request(self) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        """To Entra with the client secret; of a managed identity to Azure's own address on this machine, without any."""
        o = self._options
        if o.kind == "msi":
            header = o.identity_header.get_secret_value() if o.identity_header else ""
            asks = {"resource": o.framework, "client_id": o.app_id}
            values = asks | {"api-version": "2019-08-01" if header else "2018-02-01"}
            named = {"X-IDENTITY-HEADER": header} if header else {"Metadata": "true"}
            return self._session().get(o.identity_url, params=values, headers=named, allow_redirects=False)
        form = {
            "grant_type": "client_credentials",
            "client_id": o.app_id,
            "client_secret": o.secret.get_secret_value() if o.secret else "",
            "scope": f"{o.framework}/.default",
        }
        url = f"{o.login_url.rstrip('/')}/{_part(o.authority)}/oauth2/v2.0/token"
        return self._session().post(url, data=form, allow_redirects=False)


async def whole(answer: aiohttp.ClientResponse) -> bytes:
    """The body; nothing where it is larger than anything that is expected here."""
    found = bytearray()
    async for part in answer.content.iter_chunked(64 * 1024):
        found += part
        if len(found) > _MOST:
            return b""
    return bytes(found)


def _judged(status: int, after: str, found: Mapping[str, Any]) -> Mapping[str, Any]:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return found
    if status in _TOO_FAST:
        raise TooFast(min(float(after), 3600.0) if after.isdigit() else AGAIN_S)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        msg = f"status {status}"
        raise Unsure(msg)
    error = found.get("error")
    code = error.get("code") if isinstance(error, Mapping) else error
    inner = error.get("innerHttpError") if isinstance(error, Mapping) else None
    sub = found.get("subCode") or (error.get("subCode") if isinstance(error, Mapping) else None)
    raise Refused(status, _word(code), _word(sub) or ("inner" if inner else ""))


def _object(raw: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(raw) if raw.strip() else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _number(found: object) -> float:
    """A number, or its digits: Entra says seconds as a number, a managed identity as text. 0: none."""
    told = str(found)
    return float(told) if told.isascii() and told.isdigit() and len(told) <= _DIGITS else 0.0


def _id(answer: Mapping[str, Any]) -> str:
    found = answer.get("id")
    if not isinstance(found, str) or not found:
        msg = "done, but the connector did not say where"
        raise Unsure(msg)
    return found


def _word(found: object) -> str:
    """An error's code: letters and digits of it, short enough for a log."""
    return "".join(c for c in found if c.isalnum() or c in "._-")[:60] if isinstance(found, str) else ""


def _part(name: str) -> str:
    return quote(name, safe="")
