"""Is this really from Microsoft's connector? The token of an inbound request, checked before anything of it is believed.

Our own check on PyJWT: the SDK's answers 500 to most forgeries, blocks the event loop while it fetches keys, and takes tokens
without an end and activities without a service URL.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from enum import StrEnum
from http import HTTPStatus
from typing import Any, Final

import aiohttp
import jwt
from yarl import URL

from adapters.http.tasks import Tasks
from adapters.teams.connector import whole
from adapters.teams.options import TeamsOptions

ENDORSED: Final = "msteams"
"""A key signs for the channels that it is endorsed for."""
LEEWAY_S: Final = 300
FRESH_S: Final = 24 * 3600.0
AGAIN_S: Final = 60.0
"""An unknown key makes us look for new ones, but not more often than that: anybody can name an unknown key."""

FIRST_S: Final = 1.0
"""The same where no key is known yet."""

log = logging.getLogger(__name__)


class Flaw(StrEnum):
    """What is wrong with a token: for our log, never for the answer."""

    NO_BEARER = "nothing bears it"
    ALGORITHM = "not signed as the connector signs"
    SERVICE_URL = "made for no service URL"
    UNKNOWN_KEY = "an unknown key"
    OTHER_CHANNEL = "a key for other channels"
    CLAIMS = "its claims or its signature are wrong"


class Forged(Exception):
    """Not to be believed."""

    def __init__(self, flaw: Flaw) -> None:
        """The flaw is all that is told: nothing of the token itself."""
        super().__init__(flaw.value)
        self.flaw = flaw


class InboundKeys:
    """The connector's public keys, and the check. `session` gives the adapter's own; `now` is monotonic seconds."""

    def __init__(
        self,
        options: TeamsOptions,
        session: Callable[[], aiohttp.ClientSession],
        now: Callable[[], float],
        tasks: Tasks,
    ) -> None:
        """Fetches when it is first needed."""
        self._options = options
        self._session = session
        self._now = now
        self._tasks = tasks
        self._keys: dict[str, Mapping[str, Any]] = {}
        self._tried_at: float | None = None
        self._read_at = 0.0
        self._reading = asyncio.Lock()

    async def check(self, authorization: str) -> str:
        """The service URL that the token was made for: only an activity of that one may be believed. Raises Forged."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Forged(Flaw.NO_BEARER)
        try:
            header = jwt.get_unverified_header(token)
            kid = header.get("kid")
            if header.get("alg") != "RS256" or not isinstance(kid, str):
                raise Forged(Flaw.ALGORITHM)
            key = await self._key(kid)
            claims = jwt.decode(
                token,
                jwt.PyJWK.from_dict(dict(key)).key,
                algorithms=["RS256"],
                audience=self._options.app_id,
                issuer=self._options.framework,
                leeway=LEEWAY_S,
                options={"require": ["exp", "nbf", "iss", "aud"]},
            )
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise Forged(Flaw.CLAIMS) from error
        claimed = claims.get("serviceurl") or claims.get("serviceUrl")
        if not isinstance(claimed, str) or not claimed:
            raise Forged(Flaw.SERVICE_URL)
        return claimed

    async def ready(self) -> bool:
        """True where keys are there; fetches them."""
        async with self._reading:
            await self._read()
        return bool(self._keys)

    async def _key(self, kid: str) -> Mapping[str, Any]:
        """A key that is known serves while the list is read again: a list that hangs holds nobody up."""
        if kid not in self._keys and self._may_try():
            async with self._reading:
                if kid not in self._keys and self._may_try():
                    await self._read()
        elif self._stale() and not self._reading.locked():
            self._tasks.start(self._renew(), "reading the connector's keys")
        key = self._keys.get(kid)
        if key is None:
            raise Forged(Flaw.UNKNOWN_KEY)
        endorsements = key.get("endorsements")
        if not isinstance(endorsements, list) or ENDORSED not in endorsements:
            raise Forged(Flaw.OTHER_CHANNEL)
        return key

    async def _renew(self) -> None:
        async with self._reading:
            if self._stale():
                await self._read()

    def _may_try(self) -> bool:
        wait_s = AGAIN_S if self._keys else FIRST_S
        return self._tried_at is None or self._now() - self._tried_at >= wait_s

    def _stale(self) -> bool:
        return self._now() - self._read_at >= FRESH_S and self._may_try()

    async def _read(self) -> None:
        """Keys that cannot be fetched leave the old ones."""
        try:
            about = await self._json(self._options.openid_url)
            where = about.get("jwks_uri")
            if not isinstance(where, str) or not _same_site(where, self._options.openid_url):
                log.error("the connector's key list is said to be elsewhere: not followed")
                return
            listed = (await self._json(where)).get("keys")
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.warning("the connector's keys could not be read: %s", type(error).__name__)
            return
        finally:
            self._tried_at = self._now()
        found = listed if isinstance(listed, list) else []
        keys: dict[str, Mapping[str, Any]] = {
            k["kid"]: k for k in found if isinstance(k, dict) and isinstance(k.get("kid"), str)
        }
        if keys:
            self._keys = keys
            self._read_at = self._now()

    async def _json(self, url: str) -> Mapping[str, Any]:
        async with self._session().get(url, allow_redirects=False) as answer:
            if answer.status != HTTPStatus.OK:
                msg = f"status {answer.status}"
                raise ValueError(msg)
            raw = await whole(answer)
        found = json.loads(raw)
        return found if isinstance(found, dict) else {}


def _same_site(one: str, other: str) -> bool:
    a, b = URL(one), URL(other)
    return (a.scheme, a.host) == (b.scheme, b.host)
