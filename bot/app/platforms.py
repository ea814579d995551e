"""The platforms that the bot knows, each made from its settings."""

from typing import Protocol

from adapters.http.platform import Given, Platform
from adapters.slack.app import SlackPlatform
from adapters.slack.options import SlackOptions
from adapters.teams.app import TeamsPlatform
from adapters.teams.options import SERVICE_HOSTS, TeamsOptions
from bot.settings import Settings


def slack(settings: Settings, given: Given) -> Platform | None:
    """Slack; None where no token and no client id is set."""
    if not settings.has_slack:
        return None
    options = SlackOptions(
        mode=settings.slack_mode,
        bot_token=_open(settings.slack_bot_token),
        signing_secret=_open(settings.slack_signing_secret),
        app_token=_open(settings.slack_app_token),
        client_id=settings.slack_client_id or "",
        client_secret=_open(settings.slack_client_secret),
        token_key=_open(settings.slack_token_key),
        teams=tuple(settings.slack_teams),
        api_url=settings.slack_api_url,
    )
    return SlackPlatform(options, given)


def teams(settings: Settings, given: Given) -> Platform | None:
    """Microsoft Teams; None where no application id is set."""
    if settings.teams_app_id is None:
        return None
    identity_url, identity_header = settings.teams_identity
    options = TeamsOptions(
        app_id=settings.teams_app_id,
        secret=settings.teams_app_password,
        kind=settings.teams_app_type,
        tenant=settings.teams_tenant or "",
        tenants=tuple(settings.teams_tenants),
        service_hosts=(*SERVICE_HOSTS, *settings.teams_service_hosts),
        openid_url=settings.teams_openid_url,
        login_url=settings.teams_login_url,
        identity_url=identity_url,
        identity_header=identity_header,
    )
    return TeamsPlatform(options, given)


class _Secret(Protocol):
    def get_secret_value(self) -> str: ...


def _open(secret: _Secret | None) -> str:
    return secret.get_secret_value() if secret is not None else ""
