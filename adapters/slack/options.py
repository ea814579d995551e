"""What the operator sets for Slack; the composition root fills it from the settings."""

from dataclasses import dataclass, field

from adapters.slack.api import SLACK


@dataclass(frozen=True, slots=True)
class SlackOptions:
    """One workspace by `bot_token`, or many by OAuth (`client_id`, `client_secret`, `token_key`).

    `mode`: http, with `signing_secret`; or socket, with `app_token`. `teams`: ids of the workspaces that are allowed; empty
    with a bot token: that token's own. Secrets are kept out of what is printed of it. `token_key`: a key on each line, the
    first of which encrypts; the others only read what they encrypted before.
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

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of `token_key`, the newest first."""
        return tuple(line.strip() for line in self.token_key.splitlines() if line.strip())
