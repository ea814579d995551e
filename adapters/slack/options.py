"""What the operator sets for Slack; the composition root fills it from the settings."""

from dataclasses import dataclass, field

from adapters.slack.api import SLACK


@dataclass(frozen=True, slots=True)
class SlackOptions:
    """One workspace by `bot_token`, or many by OAuth (`client_id`, `client_secret`, `token_key`).

    `mode`: http, with `signing_secret`; or socket, with `app_token`. `teams`: ids of the workspaces that are allowed; empty
    with a bot token: that token's own. Secrets are kept out of what is printed of it.
    """

    mode: str = "http"
    bot_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    token_key: str = field(default="", repr=False)
    teams: tuple[str, ...] = ()
    api_url: str = SLACK
