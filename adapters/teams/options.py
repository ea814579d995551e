"""What the Teams adapter is told by the operator."""

from dataclasses import dataclass, field
from typing import Final, Literal
from urllib.parse import urlsplit

from pydantic import SecretStr

SERVICE_HOSTS: Final = (
    "smba.trafficmanager.net",
    "smba.infra.gcc.teams.microsoft.com",
    "smba.infra.gov.teams.microsoft.us",
    "smba.infra.dod.teams.microsoft.us",
    "*.botframework.com",
)
"""Where Microsoft's connector is. A token of ours goes nowhere else."""


@dataclass(frozen=True, slots=True)
class TeamsOptions:
    """`kind`: single or multi tenant registration, or a managed identity. `tenants`: those whose people are heard.

    `identity_url`: where a managed identity gets its token; `identity_header`: what App Service and Container Apps want with it.
    `service_hosts`: where the connector may be ("*." for any name below); http is taken on loopback alone.
    """

    app_id: str
    secret: SecretStr | None = None
    kind: Literal["single", "multi", "msi"] = "single"
    tenant: str = ""
    tenants: tuple[str, ...] = ()
    service_hosts: tuple[str, ...] = SERVICE_HOSTS
    openid_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    login_url: str = "https://login.microsoftonline.com"
    identity_url: str = "http://169.254.169.254/metadata/identity/oauth2/token"
    identity_header: SecretStr | None = None
    public_url: str = ""
    timeout_s: float = field(default=9.0)

    @property
    def heard_tenants(self) -> frozenset[str]:
        """In lower case."""
        return frozenset(t.casefold() for t in (*self.tenants, *((self.tenant,) if not self.tenants else ())) if t)

    @property
    def government(self) -> bool:
        """True in the clouds of the United States' government (GCC High, DoD), by where the keys are."""
        return (urlsplit(self.openid_url).hostname or "").endswith(".us")

    @property
    def framework(self) -> str:
        """The Bot Framework's name in that cloud: it issues the connector's tokens, and the bot's own are for it."""
        return f"https://api.botframework.{'us' if self.government else 'com'}"

    @property
    def authority(self) -> str:
        """Whose directory gives the bot its tokens: the registration's own tenant, or Microsoft's where it has many."""
        if self.kind == "single":
            return self.tenant
        return "MicrosoftServices.onmicrosoft.us" if self.government else "botframework.com"

    def trusts(self, service_url: str) -> bool:
        """True where that URL is a connector of Microsoft's, as this bot knows them."""
        try:
            parts = urlsplit(service_url)
            host, port = (parts.hostname or "").rstrip("."), parts.port
        except ValueError:
            return False
        if parts.username or parts.password or parts.query or parts.fragment or not service_url.isprintable():
            return False
        named = any(host == one or (one.startswith("*.") and host.endswith(one[1:])) for one in self.service_hosts)
        loopback = parts.scheme == "http" and host in {"127.0.0.1", "localhost"}
        return named and (loopback or (parts.scheme == "https" and port in {None, 443}))
