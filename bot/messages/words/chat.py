"""What a platform says around a message: what did not fit, where the rest is, how a window is closed."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "chat.cut": "Cut to fit one message; lines left out: {count}. The full plan has them: press it, or ask for it.",
    "chat.cut_thread": "Cut to fit one message; lines left out: {count}. They follow in this thread.",
    "chat.cut_file": "Cut to fit one message; lines left out: {count}. The whole is in the attached file.",
    "chat.rest": "What did not fit above, part {number}",
    "chat.your_time": "your time",
    "chat.bot": "T-Minus",
    "chat.attached": "Attached: {names}. The files are in your direct messages with T-Minus.",
    "chat.no_form": "The form could not be opened: Slack gives it three seconds. Nothing was changed; press or type it again.",
    "chat.press_for_form": "This needs a form. Press to open it.",
    "chat.not_here": "T-Minus does not serve this workspace. Ask its operator to install it here and to allow it.",
    "chat.cancel": "Cancel",
    "chat.close": "Close",
    # ---- installing
    "chat.installed": "T-Minus is installed in {team}. Type `/release help` in any channel.",
    "chat.install_state": "This page was not opened from the start of the installation, or ten minutes are over. Start again.",
    "chat.install_failed": "Slack did not finish the installation ({why}). Start again.",
    "chat.install_not_allowed": "Workspace {team} is not allowed here. The operator adds it to T_MINUS_SLACK_TEAMS first.",
    # ---- doctor
    "check.slack_not_installed_bad": "Slack: no workspace is installed.",
    "check.slack_not_installed_fix": "Open /slack/install at the public address, or set T_MINUS_SLACK_BOT_TOKEN.",
    "check.slack_token": "Slack: the token of {team} is good.",
    "check.slack_token_bad": "Slack: the token is not taken ({why}).",
    "check.slack_token_fix": "Install the app again and set T_MINUS_SLACK_BOT_TOKEN to its new bot token.",
    "check.slack_team_bad": "Slack: the token belongs to a workspace that is not among {teams}.",
    "check.slack_team_fix": "Add its id to T_MINUS_SLACK_TEAMS, or use a token of one of them.",
    "check.slack_scopes": "Slack: all {count} scopes are there.",
    "check.slack_scopes_bad": "Slack: scopes are missing: {scopes}.",
    "check.slack_scopes_fix": "Bring the app up to deploy/slack/manifest.yaml and install it again.",
    "check.slack_channel": "Slack: channel {channel} (#{name}) can be reached.",
    "check.slack_channel_bad": "Slack: channel {channel} cannot be reached ({why}).",
    "check.slack_channel_fix": "Invite T-Minus to {channel}, or correct the channel's id in the catalogue.",
    "check.slack_accounts": "Slack: every account of the roster belongs to a member.",
    "check.slack_account_bad": "Slack: {person} can approve nothing as {account} ({why}).",
    "check.slack_account_fix": "Correct the account of {person} in the catalogue ({account} is no full member).",
}
