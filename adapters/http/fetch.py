"""The one way to ask a foreign system for evidence: GET and HEAD, to configured sites only, and answers are values.

A `Remote` is bound to one site. It cannot be given another host, follows no redirect and no page to one, and sends its
credential nowhere else. The only other verb in here is the access review of Kubernetes, which asks what we may do.
"""

import asyncio
from collections.abc import Container
from typing import Final, Self

from yarl import URL

from adapters.http.addresses import Lookup, system_lookup
from adapters.http.answers import Answer, Paged, Seen, Unavailable
from adapters.http.bodies import JSON, is_type
from adapters.http.calls import Call, Caller
from adapters.http.limits import Limits
from adapters.http.remembered import Remembered
from adapters.http.sites import Query, Site, next_link, same_site, url_in

AT_ONCE: Final = 128
PAGES: Final = 10
REVIEW: Final = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
TEXT: Final = ("text/*", "application/yaml", "application/x-yaml", "application/octet-stream")
_NONE: Final[frozenset[int]] = frozenset()


class Transport:
    """All connections to sources. Opened and closed by the composition root: `async with Transport() as transport`."""

    def __init__(self, lookup: Lookup = system_lookup, *, at_once: int = AT_ONCE) -> None:
        """`lookup` tells the addresses of a name. `at_once`: calls under way at the same time, over all sites."""
        self._lookup = lookup
        self._remembered = Remembered()
        self._limits = Limits()
        self._all = asyncio.Semaphore(at_once)
        self._callers: list[Caller] = []

    def remote(self, site: Site) -> "Remote":
        """The door to one site."""
        caller = Caller(site, self._lookup, self._all, self._remembered, self._limits)
        self._callers.append(caller)
        return Remote(site, caller)

    async def close(self) -> None:
        """Close all connections."""
        for caller in self._callers:
            await caller.close()
        self._limits.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


class Remote:
    """One site, read only. Each method answers within the site's time limit, and raises nothing but cancellation."""

    def __init__(self, site: Site, caller: Caller) -> None:
        self.site = site
        self._caller = caller

    async def json(
        self,
        path: str,
        query: Query = (),
        *,
        accept: str = JSON,
        also: Container[int] = _NONE,
        bearer: str | None = None,
        fresh: bool = False,
    ) -> Answer:
        """GET, and the answer has to be JSON. `also`: statuses that are an answer too; `bearer`: in place of the credential.

        `fresh`: never "unchanged since" (304), for servers that say so of what is gone.
        """
        url = url_in(self.site, path, query)
        if url is None:
            return self._no_path()
        return await self._caller.ask(Call("GET", url, accept, (JSON,), also, bearer, fresh=fresh))

    async def text(self, path: str, query: Query = (), *, accept: str = "text/plain, */*;q=0.1") -> Answer:
        """GET, and the answer has to be text; a web page is none."""
        answer = await self._get(url_in(self.site, path, query), accept, TEXT)
        if isinstance(answer, Seen) and is_type(answer.headers.get("content-type", ""), ("text/html",)):
            return Unavailable("content_type", f"{self.site.name} answers with a web page", answer.status)
        return answer

    async def any(self, path: str, query: Query = (), *, also: Container[int] = _NONE) -> Answer:
        """GET of whatever type, for health checks. JSON is read where it is JSON."""
        return await self._get(url_in(self.site, path, query), "*/*", ("*",), also)

    async def head(self, path: str, *, accept: str = "*/*", bearer: str | None = None) -> Answer:
        """HEAD: status and headers."""
        url = url_in(self.site, path)
        return (
            self._no_path() if url is None else await self._caller.ask(Call("HEAD", url, accept, ("*",), _NONE, bearer))
        )

    async def pages(
        self, path: str, query: Query = (), *, accept: str = JSON, most: int = PAGES
    ) -> Paged | Unavailable:
        """All pages by rel="next", on this site alone. If one fails, the whole is unavailable: half is no whole."""
        found: list[Seen] = []
        url = url_in(self.site, path, query)
        while True:
            answer = await self._get(url, accept, (JSON,))
            if isinstance(answer, Unavailable) or url is None:
                return answer if isinstance(answer, Unavailable) else self._no_path()
            found.append(answer)
            said = next_link(answer.headers.get("link", ""))
            if said is None:
                # GitLab says in a header of its own that there is more: a proxy may have taken the Link away.
                return Paged(tuple(found), complete=not answer.headers.get("x-next-page", "").strip())
            if len(found) >= most:
                return Paged(tuple(found), complete=False)
            url = same_site(self.site, said, url)
            if url is None:
                return Unavailable("link_elsewhere", f"{self.site.name} names a next page on another host")

    async def may(self, verb: str, resource: str, *, group: str = "", namespace: str = "") -> Answer:
        """Kubernetes: whether our credential may do that. The only POST there is: it changes nothing, it only asks.

        `resource` may name a part of one: `pods/exec`.
        """
        url = url_in(self.site, REVIEW)
        if url is None:
            return self._no_path()
        name, _, part = resource.partition("/")
        asked = {"verb": verb, "resource": name, "subresource": part, "group": group, "namespace": namespace}
        review: dict[str, object] = {
            "apiVersion": "authorization.k8s.io/v1",
            "kind": "SelfSubjectAccessReview",
            "spec": {"resourceAttributes": {name: value for name, value in asked.items() if value}},
        }
        return await self._caller.ask(Call("REVIEW", url, JSON, (JSON,), review=review))

    async def _get(
        self,
        url: URL | None,
        accept: str,
        types: tuple[str, ...],
        also: Container[int] = _NONE,
    ) -> Answer:
        return self._no_path() if url is None else await self._caller.ask(Call("GET", url, accept, types, also))

    def _no_path(self) -> Unavailable:
        return Unavailable("bad_path", f"no path of {self.site.name}")
