"""The settings of the chat platforms. A platform takes part when its settings are there; half of them is a mistake."""

import os
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode

from bot.settings.files import PREFIX


def _split(given: Any) -> Any:  # noqa: ANN401 - whatever was given
    return tuple(part.strip() for part in given.split(",") if part.strip()) if isinstance(given, str) else given


METADATA_URL: Final = "http://169.254.169.254/metadata/identity/oauth2/token"
"""Where a virtual machine of Azure gets the token of its managed identity."""
_SHORTEST_KEY: Final = 32
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
"""Names that commas separate."""


class SlackSettings(BaseSettings):
    """Slack: one workspace by its bot token, or many by OAuth."""

    slack_bot_token: SecretStr | None = Field(
        default=None, description="Bot token (`xoxb-…`) of the one workspace. Unset with OAuth (how-to/deploy.md)."
    )
    slack_mode: Literal["http", "socket"] = Field(
        default="http",
        description="`http`: Slack calls the bot at `T_MINUS_PUBLIC_URL`; `socket`: the bot calls Slack (Socket Mode).",
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None, description="Signing secret of the app; needed with `http`."
    )
    slack_app_token: SecretStr | None = Field(
        default=None, description="App-level token (`xapp-…`) with `connections:write`; needed with `socket`."
    )
    slack_client_id: str | None = Field(default=None, description="Client id of the app, to install it by OAuth.")
    slack_client_secret: SecretStr | None = Field(default=None, description="Client secret of the app; with OAuth.")
    slack_token_key: SecretStr | None = Field(
        default=None,
        min_length=_SHORTEST_KEY,
        description="Key that encrypts the tokens of installed workspaces; with OAuth. On a line of its own each: the new key, "
        "then the old one, which only reads.",
    )
    slack_teams: Names = Field(
        default=(),
        description="Ids of the workspaces (`T…`) that are allowed; all others are refused. "
        "Unset with a bot token: that token's own workspace.",
    )
    slack_api_url: str = Field(default="https://slack.com/api/", description="Where Slack's Web API is.")

    @property
    def has_slack(self) -> bool:
        """True where Slack takes part."""
        return bool(self.slack_bot_token or self.slack_client_id)

    @model_validator(mode="after")
    def _whole_slack(self) -> Self:
        _refuse(self._slack_lacks())
        return self

    def _slack_lacks(self) -> Iterator[tuple[str, str]]:
        if not self.has_slack:
            others = (
                "slack_signing_secret",
                "slack_app_token",
                "slack_client_secret",
                "slack_token_key",
                "slack_teams",
            )
            yield from (("slack_bot_token", f"a bot token beside {_variable(o)}") for o in others if getattr(self, o))
            return
        if self.slack_mode == "http" and not self.slack_signing_secret:
            yield "slack_signing_secret", "the app's signing secret, since T_MINUS_SLACK_MODE is http"
        if self.slack_mode == "socket" and not self.slack_app_token:
            yield "slack_app_token", "an app-level token, since T_MINUS_SLACK_MODE is socket"
        if self.slack_client_id:
            for name in ("slack_client_secret", "slack_token_key", "slack_teams", "public_url"):
                if not getattr(self, name):
                    yield name, "a value beside T_MINUS_SLACK_CLIENT_ID"
        keys = self.slack_token_key.get_secret_value().splitlines() if self.slack_token_key else []
        if any(len(key.strip()) < _SHORTEST_KEY for key in keys if key.strip()):
            yield "slack_token_key", f"{_SHORTEST_KEY} characters or more on each line"


class TeamsSettings(BaseSettings):
    """Microsoft Teams: the registration of the bot in Entra."""

    teams_app_id: str | None = Field(default=None, description="Application (client) id of the bot's registration.")
    teams_app_password: SecretStr | None = Field(
        default=None, description="Client secret of the registration; not with `msi`."
    )
    teams_app_type: Literal["single", "multi", "msi"] = Field(
        default="single",
        description="The registration's type: `single` tenant, `multi` tenant, or `msi` (a managed identity).",
    )
    teams_tenant: str | None = Field(
        default=None, description="Entra tenant id of the registration; needed with `single` and `msi`."
    )
    teams_tenants: Names = Field(
        default=(),
        description="Entra tenants whose people are heard; all others are refused. Unset: `T_MINUS_TEAMS_TENANT` alone.",
    )
    teams_service_hosts: Names = Field(
        default=(),
        description="Further hosts of Microsoft's connector beside the public and the government clouds'. Tokens of the bot "
        "go there: name no other.",
    )
    teams_openid_url: str = Field(
        default="https://login.botframework.com/v1/.well-known/openidconfiguration",
        description="Where the connector's public keys are listed; another in a government cloud, whose name as the tokens' "
        "issuer follows from it.",
    )
    teams_login_url: str = Field(
        default="https://login.microsoftonline.com", description="The authority that gives the bot its tokens."
    )

    teams_identity_url: str | None = Field(
        default=None,
        description="Where a managed identity gets its token (`msi`). Unset: `IDENTITY_ENDPOINT`, which App Service and "
        "Container Apps set with its `IDENTITY_HEADER`; else the metadata address of a virtual machine.",
    )

    @property
    def teams_identity(self) -> tuple[str, SecretStr | None]:
        """Where a managed identity is asked, and the header that App Service and Container Apps want with it."""
        if self.teams_identity_url:
            return self.teams_identity_url, None
        header = os.environ.get("IDENTITY_HEADER", "")
        found = os.environ.get("IDENTITY_ENDPOINT", "") if header else ""
        return (found, SecretStr(header)) if found else (METADATA_URL, None)

    @property
    def has_teams(self) -> bool:
        """True where Teams takes part."""
        return self.teams_app_id is not None

    @model_validator(mode="after")
    def _whole_teams(self) -> Self:
        _refuse(self._teams_lacks())
        return self

    def _teams_lacks(self) -> Iterator[tuple[str, str]]:
        if not self.has_teams:
            others = ("teams_app_password", "teams_tenant", "teams_tenants")
            yield from (
                ("teams_app_id", f"an application id beside {_variable(o)}") for o in others if getattr(self, o)
            )
            return
        if self.teams_app_type != "msi" and not self.teams_app_password:
            yield "teams_app_password", f"the client secret, since T_MINUS_TEAMS_APP_TYPE is {self.teams_app_type}"
        if self.teams_app_type != "multi" and not self.teams_tenant:
            yield "teams_tenant", f"the tenant's id, since T_MINUS_TEAMS_APP_TYPE is {self.teams_app_type}"
        if self.teams_app_type == "multi" and not (self.teams_tenants or self.teams_tenant):
            yield "teams_tenants", "the tenants that are allowed, since T_MINUS_TEAMS_APP_TYPE is multi"


def _refuse(lacks: Iterator[tuple[str, str]]) -> None:
    """Raises ValueError, one line for each."""
    lines = [f"{_variable(name)}: expected {what}" for name, what in lacks]
    if lines:
        raise ValueError("\n".join(lines))


def _variable(name: str) -> str:
    return f"{PREFIX}{name.upper()}"
