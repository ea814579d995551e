"""The pull side of the distribution API: manifests and blobs, with the token that the registry asks for."""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.evidence.registry.reference import DIGEST
from adapters.http.answers import Answer, Seen, Unavailable
from adapters.http.fetch import Remote
from adapters.http.sites import origin_of

INDEX = "application/vnd.oci.image.index.v1+json"
_TYPES = (
    "application/vnd.oci.image.manifest.v1+json",
    INDEX,
    "application/vnd.docker.distribution.manifest.v2+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
)
ACCEPT = ", ".join(_TYPES)
"""All four: without the right one a registry says 404 of an image that is there."""

_CHALLENGE = re.compile(r'(\w+)="([^"]*)"')
_UNAUTHORISED = 401


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a tag or digest leads to. `children`: digests of the images of an index; `blobs`: config and layers of an image."""

    digest: str
    children: tuple[str, ...] = ()
    blobs: tuple[str, ...] = ()


class Registry:
    """One repository of a registry. A token is asked for once, for pulling from this repository and nothing else."""

    def __init__(self, remote: Remote, repository: str, realm: Remote | None = None) -> None:
        """`realm`: where tokens come from, if the operator named another host than the registry itself."""
        self._remote = remote
        self._repository = repository
        self._realm = realm
        self._token: str | None = None
        self._asked = False
        self.granted: tuple[str, ...] | None = None
        """What the token that it gave may do, by the token itself; None where it does not tell, or none was wanted."""

    async def manifest(self, reference: str) -> Manifest | Unavailable:
        """The manifest, read whole and checked against its digest."""
        refused = await self.ready()
        if refused is not None:
            return refused
        # A registry may say "unchanged" (304) of a manifest that it has deleted: it compares names before it looks.
        path = self._path("manifests", reference)
        answer = await self._remote.json(path, accept=ACCEPT, bearer=self._token, fresh=True)
        if isinstance(answer, Unavailable):
            return answer
        said = answer.headers.get("docker-content-digest", "")
        own = f"sha256:{answer.sha256}"
        if (said and said != own) or (DIGEST.fullmatch(reference) and reference != own):
            return Unavailable("malformed", f"{self._remote.site.name}: the manifest is not what its digest says")
        return _manifest(own, answer.data) or Unavailable(
            "malformed", f"{self._remote.site.name}: no manifest of an image"
        )

    async def blob(self, digest: str) -> Answer:
        """Whether it is there: HEAD alone."""
        return await self._remote.head(self._path("blobs", digest), bearer=self._token)

    async def referrers(self, digest: str) -> Answer:
        """What refers to that manifest (OCI 1.1); not_found also of a registry that knows no referrers."""
        return await self._remote.json(self._path("referrers", digest), accept=INDEX, bearer=self._token, fresh=True)

    async def index(self, tag: str) -> Answer:
        """The index behind a tag."""
        return await self._remote.json(self._path("manifests", tag), accept=ACCEPT, bearer=self._token, fresh=True)

    async def tag(self, tag: str) -> Answer:
        """Whether the tag is there: HEAD alone."""
        return await self._remote.head(self._path("manifests", tag), accept=ACCEPT, bearer=self._token)

    def _path(self, kind: str, reference: str) -> str:
        return f"/v2/{self._repository}/{kind}/{reference}"

    async def ready(self) -> Unavailable | None:
        """Ask once what the registry wants; a token only from its own host, or from the realm that the operator named."""
        if self._asked:
            return None
        answer = await self._remote.any("/v2/", also={_UNAUTHORISED})
        if isinstance(answer, Unavailable):
            return answer
        if answer.status != _UNAUTHORISED:
            self._asked = True
            return None
        challenge = answer.headers.get("www-authenticate", "")
        if not challenge.lower().startswith("bearer "):
            return Unavailable("unauthorised", f"{self._remote.site.name} does not take this credential", _UNAUTHORISED)
        token = await self._asked_for(dict(_CHALLENGE.findall(challenge)))
        if isinstance(token, Unavailable):
            return token
        self._token, self._asked = token, True
        self.granted = _granted(token)
        return None

    async def _asked_for(self, challenge: Mapping[str, str]) -> str | Unavailable:
        source, realm = self._realm_of(challenge.get("realm", ""))
        if source is None:
            return Unavailable(
                "link_elsewhere", f"{self._remote.site.name} gives its tokens at a host that is not configured"
            )
        query = {"scope": f"repository:{self._repository}:pull"}
        if challenge.get("service"):
            query["service"] = challenge["service"][:200]
        answer = await source.json(realm, query)
        if isinstance(answer, Unavailable):
            return answer
        data = answer.data if isinstance(answer.data, dict) else {}
        token = str(data.get("token") or data.get("access_token") or "")
        if not token or not token.isascii() or not token.isprintable():
            return Unavailable("unauthorised", f"{self._remote.site.name} gave no token")
        return token

    def _realm_of(self, realm: str) -> tuple[Remote | None, str]:
        """The door to the realm and the path there; none where it is neither of the two hosts."""
        for one in (self._remote, self._realm):
            if one is None:
                continue
            base = one.site.base.rstrip("/")
            try:
                same = origin_of(realm) == one.site.origin and realm.startswith(f"{base}/")
            except ValueError:
                return None, ""
            if same:
                return one, realm[len(base) :]
        return None, ""


def _granted(token: str) -> tuple[str, ...] | None:
    """The actions that a token of the distribution specification lists. Read, not trusted: it is the registry that checks it."""
    try:
        middle = token.split(".")[1]
        said = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
        return tuple(sorted({str(action) for one in said["access"] for action in one["actions"]}))
    except (ValueError, IndexError, KeyError, TypeError):
        return None


def _manifest(digest: str, said: Any) -> Manifest | None:  # noqa: ANN401 - what a foreign server sent
    if not isinstance(said, dict):
        return None
    if isinstance(said.get("manifests"), list):
        listed = [m for m in said["manifests"] if not _is_attestation(m)]
        children = tuple(_digest(m) for m in listed)
        return Manifest(digest, children=children) if children and "" not in children else None
    if not isinstance(said.get("layers"), list) or not said["layers"]:
        return None
    blobs = tuple(dict.fromkeys(_digest(b) for b in (said.get("config"), *said["layers"])))
    return Manifest(digest, blobs=blobs) if blobs and "" not in blobs else None


def _digest(said: object) -> str:
    found = said.get("digest") if isinstance(said, dict) else None
    return found if isinstance(found, str) and DIGEST.fullmatch(found) else ""


def _is_attestation(said: object) -> bool:
    """What describes an image is installed by nobody."""
    platform = said.get("platform") if isinstance(said, dict) else None
    return isinstance(platform, dict) and platform.get("architecture") == "unknown"


def there(answer: Answer) -> bool | Unavailable:
    """Whether a blob is there. A registry that sends on to its storage knows the blob; the storage itself is not asked."""
    if isinstance(answer, Seen):
        page = answer.headers.get("content-type", "").lower().startswith("text/html")
        return Unavailable("content_type", "a web page in the place of a layer", answer.status) if page else True
    if answer.code == "redirect":
        return True
    return False if answer.code == "not_found" else answer
