"""The platforms that the bot knows, each made from its settings."""

from typing import Protocol

from adapters.http.platform import Given, Platform
from adapters.slack.app import SlackPlatform
from adapters.slack.options import SlackOptions
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


class _Secret(Protocol):
    def get_secret_value(self) -> str: ...


def _open(secret: _Secret | None) -> str:
    return secret.get_secret_value() if secret is not None else ""
