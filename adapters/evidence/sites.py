"""From the settings of a source to the site that it may ask: its credential as headers, its certificates, its limits."""

import ssl
from base64 import b64encode
from collections.abc import Callable, Mapping

from adapters.http.sites import Site
from bot.ports.sources import SourceSettings

Headers = Callable[[], Mapping[str, str]]


def site_of(settings: SourceSettings, headers: Headers, url: str | None = None) -> Site:
    """The site of a source; `url`: another one beside its own. Raises OSError where `ca_file` holds no certificate."""
    trust = None
    if settings.ca_file is not None:
        trust = ssl.create_default_context()
        trust.load_verify_locations(cafile=settings.ca_file)
    return Site(
        name=settings.name,
        base=url or settings.url,
        headers=headers,
        allow_private=settings.allow_private,
        trust=trust,
        timeout_s=settings.timeout_s,
    )


def credential(settings: SourceSettings) -> Headers:
    """`Authorization`: Basic where the settings name a user, else Bearer; nothing without a token."""
    return basic(settings) if settings.user is not None else bearer(settings)


def bearer(settings: SourceSettings, extra: Mapping[str, str] | None = None) -> Headers:
    """`Authorization: Bearer …`, and what else each request carries."""
    return named(settings, "Authorization", "Bearer ", extra)


def named(settings: SourceSettings, header: str, before: str = "", extra: Mapping[str, str] | None = None) -> Headers:
    """The token in that header; nothing without a token."""
    fixed, token = dict(extra or {}), settings.token
    if token is None:
        return lambda: fixed
    return lambda: {**fixed, header: f"{before}{token()}"}


def basic(settings: SourceSettings) -> Headers:
    """`Authorization: Basic …` of user and token."""
    user, token = settings.user or "", settings.token

    def made() -> Mapping[str, str]:
        pair = f"{user}:{token() if token else ''}".encode()
        return {"Authorization": f"Basic {b64encode(pair).decode()}"}

    return made
