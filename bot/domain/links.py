"""What a pasted link leads to, by its host alone. Nothing is fetched here, and nothing of a link is ever repaired.

A host that is written in a way that two programs may read differently (a user in front, other letters, a backslash, a line
break) is no host: such a link is nobody's, and is kept as what somebody said.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from bot.domain.release import Release

LONGEST = 2000
_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"^(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*$")
_SIX = re.compile(r"^[0-9a-f:.]+$")
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\ufeff\\]")

PUBLIC: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (r"^(?:www\.)?github\.com$", "github"),
        (r"^gitlab\.com$", "gitlab"),
        (r"^(?:[a-z0-9-]+\.)*datadoghq\.(?:com|eu)$|^app\.ddog-gov\.com$", "datadog"),
        (r"^[a-z0-9-]+\.grafana\.net$", "grafana"),
        (r"^app\.launchdarkly\.(?:com|us)$|^app\.eu\.launchdarkly\.com$", "launchdarkly"),
        (r"^[a-z0-9-]+(?:\.eu)?\.pagerduty\.com$", "pagerduty"),
        (r"^(?:ghcr|docker|(?:[a-z]+\.)?gcr|quay)\.io$|^public\.ecr\.aws$|^registry\.gitlab\.com$", "registry"),
        (r"^[0-9]{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com$|^[a-z0-9]+\.azurecr\.io$", "registry"),
        (r"^[a-z0-9-]+-docker\.pkg\.dev$", "registry"),
    )
)
"""Hosts that everybody knows, and what stands there. A host of the operator's settings goes before them."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who looks up the links of a host: the name of the source, and its kind."""

    source: str
    kind: str


Owners = Mapping[str, Owner]


def parts_of(url: str) -> SplitResult | None:
    """The parts of an http or https address that can be read in one way only; else None."""
    if len(url) > LONGEST or _UNSEEN.search(url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in _PORTS or "@" in parts.netloc or port == 0 or parts.netloc.endswith(":"):
        return None
    host = (parts.hostname or "").removesuffix(".")
    return parts if _NAME.fullmatch(host) or (":" in host and _SIX.fullmatch(host)) else None


def host_of(url: str) -> str | None:
    """The host in lower case, with its port where that is not the usual one of the scheme; None where it cannot be told."""
    parts = parts_of(url)
    if parts is None:
        return None
    host = (parts.hostname or "").removesuffix(".")
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in {None, _PORTS[parts.scheme.lower()]} else f"{host}:{parts.port}"


def owner_of(url: str, owners: Owners) -> Owner | None:
    """The source that looks up this link, by its whole host and port; None: nobody does."""
    host = host_of(url)
    return owners.get(host) if host is not None else None


def kind_of_host(url: str, owners: Owners) -> str | None:
    """What stands at that host: by the settings, else where it is a host that everybody knows."""
    owner = owner_of(url, owners)
    if owner is not None:
        return owner.kind
    host = host_of(url)
    return next((kind for pattern, kind in PUBLIC if host is not None and pattern.fullmatch(host)), None)


def links_of(release: Release) -> Iterator[str]:
    """Every link that a person gave, in the order in which they came."""
    yield from release.links
    yield from (one.url for one in release.evidence if one.url is not None and one.by != "bot")
