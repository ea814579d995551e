"""One configured place that may be asked: its origin, its credential, its limits; and what a path in it may look like."""

import re
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import quote, unquote, urlsplit

from yarl import URL

Query = Mapping[str, str] | Sequence[tuple[str, str]]

KIB = 1024
MIB = 1024 * KIB
_PORTS = {"http": 80, "https": 443}
_LONGEST = 4000
_NO_PATH = re.compile(r"[?#\\ ]|^//")
_LINK = re.compile(r"<([^<>]*)>\s*((?:;[^,<>]*)*)")
_NEXT = re.compile(r";\s*rel\s*=\s*\"?(?:[^\";]*\s)?next(?:\s[^\";]*)?\"?\s*(?:;|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Site:
    """`base`: scheme, host, port and the path in front of all paths. Durations are seconds, sizes bytes after unpacking.

    `headers` gives the headers of the credential each time (a token may be renewed on disk); it may raise OSError.
    `allow_private`: it stands in our own network. `trust`: the certificates that it may show; None: those of the system.
    """

    name: str
    base: str
    headers: Callable[[], Mapping[str, str]] = field(default=dict, repr=False)
    allow_private: bool = False
    trust: ssl.SSLContext | None = None
    timeout_s: float = 5.0
    most_bytes: int = 8 * MIB
    at_once: int = 8

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port."""
        return origin_of(self.base)


def origin_of(url: str) -> tuple[str, str, int]:
    """Scheme, host (lower case, without a closing dot) and port. Raises ValueError where it has none."""
    parts = urlsplit(url)
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower().rstrip(".")
    if scheme not in _PORTS or not host or "@" in parts.netloc:
        msg = "an http or https address with a host and no user in it"
        raise ValueError(msg)
    return scheme, host, parts.port or _PORTS[scheme]


def literal_of(host: str) -> str | None:
    """The address where the host is one itself, else None."""
    try:
        return str(ip_address(host.strip("[]").partition("%")[0]))
    except ValueError:
        return None


def path_of(*parts: str | int) -> str:
    """A path of these segments, each encoded whole: a slash inside of one stays a part of it."""
    return "".join(f"/{quote(str(part), safe='')}" for part in parts)


def url_in(site: Site, path: str, query: Query = ()) -> URL | None:
    """The address of that path on the site; None where it would lead out of it or is no path."""
    return _address(site.base, path, tuple(query.items() if isinstance(query, Mapping) else query))


@lru_cache(maxsize=512)
def _address(base: str, path: str, query: tuple[tuple[str, str], ...]) -> URL | None:
    """Kept, since a release that is watched asks for the same things again and again."""
    if not path.startswith("/") or len(path) > _LONGEST or not path.isascii() or not path.isprintable():
        return None
    if _NO_PATH.search(path):
        return None
    if ("%" in path or "/." in path) and any(unquote(part) in {".", ".."} for part in path.split("/")):
        return None
    url = URL(base.rstrip("/") + path, encoded=True)
    return url.with_query(query) if query else url


def same_site(site: Site, said: str, asked: URL) -> URL | None:
    """Where a Location or Link leads, if that is on the same scheme, host and port, below the same base; else None."""
    try:
        there = asked.join(URL(said, encoded=True))
        if origin_of(str(there)) != site.origin:
            return None
    except ValueError:
        return None
    base = URL(site.base).raw_path.rstrip("/")
    if any(unquote(part) in {".", ".."} for part in there.raw_path.split("/")):
        return None
    return there.with_fragment(None) if there.raw_path.startswith(f"{base}/") else None


def next_link(header: str) -> str | None:
    """The address of rel="next" in a Link header, or None."""
    return next((m.group(1) for m in _LINK.finditer(header) if _NEXT.search(m.group(2))), None)
