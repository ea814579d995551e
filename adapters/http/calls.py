"""One call to a site, from its limits to its answer. Only `Remote` makes calls; the verbs that it can make are in `_send`."""

import asyncio
from collections.abc import Container, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from math import inf
from typing import Final, Literal

import aiohttp
from yarl import URL

from adapters.http.addresses import Checked, Lookup, allowed
from adapters.http.answers import Answer, Seen, Unavailable
from adapters.http.bodies import JSON, bounded, is_type, json_of, text_of, unpacked
from adapters.http.broken import broken
from adapters.http.interim import Patient
from adapters.http.limits import Limit, Limits
from adapters.http.patience import Patience, patience
from adapters.http.remembered import Kept, Remembered
from adapters.http.sites import Site, literal_of, same_site

REDIRECTS: Final = 3
LONGEST_QUIET_S: Final = 900.0
_BY_STATUS: Mapping[int, str] = {401: "unauthorised", 403: "forbidden", 404: "not_found", 410: "not_found"}
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_LIMITED: Final = frozenset({403, 429, 503})
_CHUNK: Final = 64 * 1024
_NO_WAIT_S: Final = 0.05

Opened = AbstractAsyncContextManager[aiohttp.ClientResponse]


@dataclass(slots=True)  # not frozen: one is made for every call, and freezing it costs more than filling it
class Call:
    """What is asked. `types`: those that the answer may have; `also`: statuses that are an answer too.

    `fresh`: the answer is sent whole each time, for servers that call unchanged (304) what is not there any more.
    """

    verb: Literal["GET", "HEAD", "REVIEW"]
    url: URL
    accept: str
    types: tuple[str, ...]
    also: Container[int] = frozenset()
    bearer: str | None = field(default=None, repr=False)
    fresh: bool = False
    review: Mapping[str, object] | None = None


class Caller:
    """Calls to one site: a session of its own, so that nothing of one site reaches another."""

    def __init__(
        self, site: Site, lookup: Lookup, every: asyncio.Semaphore, remembered: Remembered, limits: Limits
    ) -> None:
        """`every` bounds the calls to all sites together, `limits` their time."""
        self._site = site
        self._lookup = lookup
        self._every = every
        self._own = asyncio.Semaphore(site.at_once)
        self._remembered = remembered
        self._limits = limits
        self._session: aiohttp.ClientSession | None = None
        self._quiet_until = 0.0
        self._closed = False
        self._never = _not_allowed(site)

    async def ask(self, call: Call) -> Answer:
        """The answer, within the site's time limit, which begins when it is this call's turn."""
        refused = self._alone() or self._never
        if refused is not None:
            return refused
        whole, turn = patience(), _Turn(asyncio.get_running_loop().time())
        waits = self._own.locked() or self._every.locked()
        due = (whole.until if whole else inf) if waits else turn.begins(self._site.timeout_s, whole)
        try:
            with Limit(self._limits, due) as limit:
                async with self._own, self._every:
                    if not waits:
                        return await self._followed(call)
                    limit.move(turn.begins(self._site.timeout_s, whole))
                    return self._alone() or await self._followed(call)
        except TimeoutError:
            return self._too_late(turn, whole)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return broken(self._site.name, error)
        except RuntimeError:
            if not self._closed:
                raise
            return self._ending()

    async def close(self) -> None:
        """Close the connections. Calls under way end as unavailable, and so do those that still wait for their turn."""
        self._closed = True
        if self._session is not None:
            await self._session.close()

    def _alone(self) -> Unavailable | None:
        """Why it is not asked now: others that waited for their turn may have been told to leave it alone meanwhile."""
        if self._closed:
            return self._ending()
        left = self._quiet_until - asyncio.get_running_loop().time()
        return Unavailable("rate_limited", f"{self._site.name} is left alone", retry_after_s=left) if left > 0 else None

    def _ending(self) -> Unavailable:
        return Unavailable("unreachable", f"{self._site.name}: the bot is ending")

    def _too_late(self, turn: "_Turn", whole: Patience | None) -> Unavailable:
        if not turn.came or (turn.cut_short and whole is not None and whole.waited):
            return Unavailable("not_asked", f"{self._site.name}: others were asked first")
        return Unavailable("timeout", f"{self._site.name} gave no whole answer in {self._site.timeout_s:g} s")

    async def _followed(self, call: Call) -> Answer:
        """The answer of where it leads, as long as that is this site."""
        try:
            headers = {**self._site.headers(), "Accept": call.accept}
        except OSError:
            return Unavailable("no_credential", f"{self._site.name}: its credential cannot be read")
        if call.bearer is not None:
            headers["Authorization"] = f"Bearer {call.bearer}"
        key = kept = None
        if call.verb == "GET" and not call.fresh:
            key = (self._site.name, str(call.url), call.accept, call.bearer or "")
            kept = self._remembered.get(key)
            if kept is not None:
                headers |= kept.conditions
        url = call.url
        for _ in range(REDIRECTS + 1):
            async with self._send(call, url, headers) as response:
                if response.status not in _MOVED:
                    return await self._understood(call, key, kept, response)
                onward = same_site(self._site, response.headers.get("Location", ""), url)
            if onward is None or call.verb == "REVIEW":
                return Unavailable("redirect", f"{self._site.name} sends us elsewhere", response.status)
            url = onward
        return Unavailable("redirect", f"{self._site.name} sends us round in circles")

    def _send(self, call: Call, url: URL, headers: Mapping[str, str]) -> Opened:
        session = self._ready()
        if call.verb == "REVIEW":
            return session.post(url, json=call.review, headers=headers, allow_redirects=False)
        if call.verb == "HEAD":
            return session.head(url, headers=headers, allow_redirects=False)
        return session.get(url, headers=headers, allow_redirects=False)

    def _ready(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                resolver=Checked(self._lookup, private=self._site.allow_private),
                use_dns_cache=False,
                ssl=self._site.trust or True,
                limit=self._site.at_once,
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": "t-minus", "Accept-Encoding": "gzip"},
                timeout=aiohttp.ClientTimeout(total=None),
                auto_decompress=False,
                trust_env=False,
                response_class=Patient,
            )
        return self._session

    async def _understood(
        self, call: Call, key: tuple[str, ...] | None, kept: Kept | None, response: aiohttp.ClientResponse
    ) -> Answer:
        headers = {name.lower(): value for name, value in response.headers.items()}
        status, name = response.status, self._site.name
        if status == HTTPStatus.NOT_MODIFIED and kept is not None:
            news = {name: value for name, value in headers.items() if not name.startswith("content-")}
            return _seen(call, HTTPStatus.OK, {**kept.headers, **news}, kept.raw, cached=True)
        limited = _patience(status, headers)
        if limited is not None:
            self._quiet_until = asyncio.get_running_loop().time() + limited
            return Unavailable("rate_limited", f"{name} asks for patience", status, limited)
        good = HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
        if not good and status not in call.also:
            server = status >= HTTPStatus.INTERNAL_SERVER_ERROR
            code = _BY_STATUS.get(status, "server_error" if server else "refused")
            return Unavailable(code, f"{name} answers with {status}", status)
        if call.verb == "HEAD" or status == HTTPStatus.NO_CONTENT:
            return Seen(status, _plain(call.url), headers=headers)
        if "*" not in call.types and not is_type(headers.get("content-type", ""), call.types):
            return Unavailable("content_type", f"{name} answers with another type", status)
        content, packed = response.content, headers.get("content-encoding", "")
        if content.is_eof():  # a small answer arrives whole with its headers: nothing to wait for
            body = unpacked(content.read_nowait(), packed, self._site.most_bytes)
        else:
            body = await bounded(content.iter_chunked(_CHUNK), packed, self._site.most_bytes)
        if isinstance(body, Unavailable):
            response.close()
            return Unavailable(body.code, f"{name}: {body.detail}", status)
        answer = _seen(call, status, headers, body)
        if key is not None and good and isinstance(answer, Seen):
            self._remembered.keep(key, body, headers)
        return answer


def _not_allowed(site: Site) -> Unavailable | None:
    """Why no call to that site is ever made: it is written as an address that its settings do not allow."""
    try:
        literal = literal_of(site.origin[1])
    except ValueError:
        return None
    if literal is None or allowed(literal, private=site.allow_private):
        return None
    return Unavailable("private_address", f"{site.name}: its settings do not allow that address")


@dataclass(slots=True)
class _Turn:
    """`asked_at`: when it began to wait, in the loop's seconds. `cut_short`: it has less than the site's own time."""

    asked_at: float
    came: bool = False
    cut_short: bool = False

    def begins(self, seconds: float, whole: Patience | None) -> float:
        """It is this call's turn. Gives when it has to be over."""
        now = asyncio.get_running_loop().time()
        self.came, until = True, now + seconds
        if whole is None:
            return until
        whole.waited |= now - self.asked_at > _NO_WAIT_S
        self.cut_short = whole.until < until
        return min(until, whole.until)


def _seen(call: Call, status: int, headers: Mapping[str, str], raw: bytes, *, cached: bool = False) -> Answer:
    url = _plain(call.url)
    if is_type(headers.get("content-type", ""), (JSON,)):
        data = json_of(raw)
        if not isinstance(data, Unavailable):
            return Seen(status, url, data, headers=headers, raw=raw, cached=cached)
        if "*" not in call.types:
            return Unavailable(data.code, data.detail, status)
    return Seen(status, url, text=text_of(raw), headers=headers, raw=raw, cached=cached)


def _plain(url: URL) -> str:
    return str(url).partition("?")[0]


def _patience(status: int, headers: Mapping[str, str]) -> float | None:
    """How many seconds the server wants to be left alone; None where it does not. A 403 counts only where it says so."""
    if status not in _LIMITED:
        return None
    said = _seconds(headers.get("retry-after", ""), headers.get("date", ""))
    if said is None and "0" in {headers.get("x-ratelimit-remaining"), headers.get("ratelimit-remaining")}:
        reset = headers.get("x-ratelimit-reset") or headers.get("ratelimit-reset") or ""
        said = _until(reset, headers.get("date", ""))
    if said is None and status == HTTPStatus.TOO_MANY_REQUESTS:
        said = 1.0
    return None if said is None else min(max(said, 0.0), LONGEST_QUIET_S)


def _seconds(after: str, date: str) -> float | None:
    """Seconds, or the time of day from which on: counted from the server's own Date, so that no clock has to agree."""
    if after.isascii() and after.isdigit():
        return float(after)
    try:
        return (parsedate_to_datetime(after) - parsedate_to_datetime(date)).total_seconds()
    except (TypeError, ValueError):
        return None


def _until(epoch: str, date: str) -> float:
    """Seconds until that epoch second by the server's own Date; a minute where it cannot be told."""
    try:
        return float(epoch) - parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError, OverflowError):
        return 60.0
