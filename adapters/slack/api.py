"""The Web API: one session for everything, no retry inside, and three ways to fail that cannot be mistaken for each other.

The SDK's own retries are off: after a lost connection or a 500 they would send a post a second time.
"""

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

SLACK: Final = "https://slack.com/api/"
log = logging.getLogger(__name__)
_sdk = logging.getLogger(f"{__name__}.sdk")
_sdk.setLevel(logging.CRITICAL)  # The SDK logs bodies, and what goes wrong is logged here.

_TOO_FAST: Final = frozenset({"ratelimited", "rate_limited"})
_UNSURE: Final = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "unknown_error"})
"""Answers of a Slack that stumbled: what was asked may have been done all the same."""
_BROKEN: Final = (
    aiohttp.ClientError, TimeoutError, SlackClientError, ValueError, AttributeError, TypeError,
)  # fmt: skip
"""The line broke, or the answer is nothing that the SDK can read (it trusts that JSON is an object)."""
_FILES: Final = frozenset({"files.slack.com", "files.slack-gov.com"})
"""Where files are sent to."""
_WAIT_S: Final = 30.0
_LONGEST_WAIT_S: Final = 3600.0


class Refused(Exception):
    """Slack said no; `code` is its own word for why."""

    def __init__(self, code: str, body: Mapping[str, Any] | None = None) -> None:
        """`body`: all that it answered."""
        super().__init__(code)
        self.code = code
        self.body = body or {}


class TooFast(Exception):
    """429: again after so many seconds."""

    def __init__(self, seconds: float) -> None:
        """`seconds` from now."""
        super().__init__(f"{seconds} s")
        self.seconds = seconds


class Unsure(Exception):
    """It may have been done: a time-out, a lost connection, a 5xx, an answer that is no JSON."""


class Api:
    """Calls methods with a token each. `base_url` ends with a slash."""

    def __init__(self, base_url: str = SLACK, timeout_s: float = 8.0) -> None:
        """The session is opened by `start`."""
        self._base = base_url if base_url.endswith("/") else f"{base_url}/"
        self._timeout_s = timeout_s
        self._session: aiohttp.ClientSession | None = None
        self._clients: dict[str, AsyncWebClient] = {}

    @property
    def base_url(self) -> str:
        """Where the methods are."""
        return self._base

    @property
    def session(self) -> aiohttp.ClientSession:
        """The one session. Raises Unsure before `start` and after `stop`."""
        if self._session is None or self._session.closed:
            msg = "the session is not open"
            raise Unsure(msg)
        return self._session

    async def start(self) -> None:
        """Open the session."""
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=self._timeout_s)
            self._session = aiohttp.ClientSession(timeout=timeout, trust_env=False)
            self._clients.clear()

    async def stop(self) -> None:
        """Close it."""
        if self._session is not None:
            await self._session.close()
        self._clients.clear()

    def client(self, token: str) -> AsyncWebClient:
        """The SDK's client of a token, on the shared session."""
        found = self._clients.get(token)
        if found is None:
            found = AsyncWebClient(
                token=token,
                base_url=self._base,
                session=self.session,
                retry_handlers=[],
                timeout=int(self._timeout_s),
                logger=_sdk,
            )
            found.proxy = None  # What the environment says about proxies is not the operator's setting.
            self._clients[token] = found
        return found

    async def call(self, token: str, method: str, **values: object) -> Mapping[str, Any]:
        """The answer of that method. Raises Refused, TooFast, Unsure. Values that are None are left out."""
        form = {name: _as_form(value) for name, value in values.items() if value is not None}
        answer = await self._asked(token, method, form)
        body = answer.data
        if not isinstance(body, Mapping):
            msg = "no JSON object"
            raise Unsure(msg)
        return body

    async def _asked(self, token: str, method: str, form: Mapping[str, str]) -> AsyncSlackResponse:
        try:
            return await self.client(token).api_call(method, data=dict(form))
        except SlackApiError as error:
            raise _of(error) from error
        except _BROKEN as error:
            raise Unsure(type(error).__name__) from error

    async def scopes(self, token: str) -> frozenset[str] | None:
        """What a token may do; None where Slack does not say. Raises as `call`."""
        answer = await self._asked(token, "auth.test", {})
        headers = {str(k).lower(): v for k, v in (answer.headers or {}).items()}
        listed = headers.get("x-oauth-scopes")
        return frozenset(s.strip() for s in str(listed).split(",") if s.strip()) if listed else None

    def own(self, url: str, hosts: frozenset[str]) -> bool:
        """True for https on one of those hosts, and for the host of the Web API that the operator set."""
        try:
            parts, base = urlsplit(url), urlsplit(self._base)
        except ValueError:
            return False
        ours = (parts.scheme, parts.netloc) == (base.scheme, base.netloc)
        return ours or (parts.scheme == "https" and parts.netloc in hosts)

    async def exchange(self, client_id: str, secret: str, code: str, redirect: str) -> Mapping[str, Any]:
        """A code of the installation for a token. Raises as `call`."""
        values = {"client_id": client_id, "client_secret": secret, "code": code, "redirect_uri": redirect}
        return await self.call("", "oauth.v2.access", **values)

    async def upload(self, url: str, body: bytes) -> None:
        """The bytes of a file, to where Slack said, if that is a host of its own. Raises Unsure."""
        if not self.own(url, _FILES):
            msg = "the address for a file is none of Slack's"
            raise Unsure(msg)
        try:
            async with self.session.post(url, data=body, allow_redirects=False) as answer:
                if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
                    msg = f"status {answer.status}"
                    raise Unsure(msg)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Unsure(type(error).__name__) from error


def _as_form(value: object) -> str:
    """A form's value: structures are JSON, true and false as Slack reads them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value)


def _of(error: SlackApiError) -> Exception:
    answer = error.response
    status = int(getattr(answer, "status_code", 0) or 0)
    headers = {str(k).lower(): v for k, v in (getattr(answer, "headers", None) or {}).items()}
    data = answer if isinstance(answer, Mapping) else getattr(answer, "data", None)
    code = data.get("error", "") if isinstance(data, Mapping) else ""
    code = code if isinstance(code, str) else ""
    if status == HTTPStatus.TOO_MANY_REQUESTS or code in _TOO_FAST:
        return TooFast(_seconds(headers.get("retry-after")))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or code in _UNSURE or not code:
        return Unsure(code or f"status {status}")
    return Refused(code, data if isinstance(data, Mapping) else {})


def _seconds(given: object) -> float:
    """Retry-After; where it is no number of seconds, half a minute."""
    text = given[0] if isinstance(given, list) and given else given
    try:
        found = float(str(text))
    except ValueError:
        return _WAIT_S
    return min(found, _LONGEST_WAIT_S) if found >= 0 else _WAIT_S
