"""What a platform says around a message: what did not fit, where the rest is, how a window is closed."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "chat.cut": "Cut to fit one message; lines left out: {count}. The full plan has them: press it, or ask for it.",
    "chat.cut_thread": "Cut to fit one message; lines left out: {count}. They follow in this thread.",
    "chat.cut_file": "Cut to fit one message; lines left out: {count}. The whole is in the attached file.",
    "chat.cut_sections": "Left out to fit one message: {sections}. The full plan has them: press it, or ask for it.",
    "chat.cut_thread_sections": "Left out to fit one message: {sections}. They follow in this thread.",
    "chat.cut_file_sections": "Left out to fit one message: {sections}. The whole is in the attached files.",
    "chat.cut_alone": "Cut to fit one card; lines left out: {count}. The whole is sent to our own chat.",
    "chat.cut_alone_sections": "Left out to fit one card: {sections}. The whole is sent to our own chat.",
    "chat.rest": "What did not fit above, part {number}",
    "chat.your_time": "your time",
    "chat.bot": "T-Minus",
    "chat.attached": "Attached: {names}. The files are in your direct messages with T-Minus.",
    "chat.attach_failed": "Slack did not take all of the files, so your direct messages may lack them. Ask for them again.",
    "chat.no_form_late": "The form could not be opened: Slack gives it three seconds, and they were over. "
    "Nothing was changed; press or type it again.",
    "chat.no_form_unsure": "Slack did not say whether the form opened. Nothing was changed; "
    "if none is there, press or type it again.",
    "chat.no_form_fast": "The form could not be opened: Slack asks for a pause. Nothing was changed; "
    "press or type it again in {seconds} s.",
    "chat.no_form_gone": "The window with this button was closed meanwhile, so no form could be opened above it. "
    "Nothing was changed; ask `/release status`.",
    "chat.no_form_rights": "The form could not be opened: Slack does not allow it to T-Minus ({why}). Nothing was changed. "
    "Its operator has to install the app again; `/release doctor` says what it lacks.",
    "chat.no_form_refused": "The form could not be opened: Slack did not take it ({why}), which is a fault of T-Minus. "
    "Nothing was changed. Type the command with its words instead, and tell its operator.",
    "chat.press_for_form": "This needs a form. Press to open it.",
    "chat.not_here": "T-Minus does not serve this workspace. Ask its operator to install it here and to allow it.",
    "chat.org_wide": "T-Minus serves single workspaces, and this is an installation for a whole organisation. "
    "Ask its operator to install it in this workspace alone.",
    "chat.cancel": "Cancel",
    "chat.close": "Close",
    # ---- installing
    "chat.installed": "T-Minus is installed in {team}. Type `/release help` in any channel.",
    "chat.install_state": "This page was not opened from the start of the installation, or ten minutes are over. Start again.",
    "chat.install_failed": "Slack did not finish the installation ({why}). Start again.",
    "chat.install_refused": "Slack did not allow the installation ({why}). Somebody who may install apps there has to do it.",
    "chat.install_not_allowed": "Workspace {team} is not allowed here. The operator adds it to T_MINUS_SLACK_TEAMS first.",
    # ---- doctor
    "check.slack_not_installed_bad": "Slack: no workspace is installed.",
    "check.slack_not_installed_fix": "Open /slack/install at the public address, or set T_MINUS_SLACK_BOT_TOKEN.",
    "check.slack_token": "Slack: the token of {team} is good.",
    "check.slack_token_bad": "Slack: the token is not taken ({why}).",
    "check.slack_token_fix": "Install the app again, at /slack/install or with a new T_MINUS_SLACK_BOT_TOKEN.",
    "check.slack_away_bad": "Slack: it does not answer ({why}), so nothing else of it was checked.",
    "check.slack_away_fix": "See whether the machine reaches T_MINUS_SLACK_API_URL (firewall, proxy), then ask again.",
    "check.slack_socket": "Slack: the app-level token is good.",
    "check.slack_socket_bad": "Slack: the app-level token is not taken ({why}), so nothing that people do reaches the bot.",
    "check.slack_socket_fix": "Make one with connections:write (Basic Information), and set T_MINUS_SLACK_APP_TOKEN to it.",
    "check.slack_socket_down_bad": "Slack: no line of Socket Mode stands since {since} (tries: {tries}; the last: {why}), so "
    "nothing that people do in Slack reaches the bot. Its posts still go out.",
    "check.slack_socket_down_first": "the first one is under way",
    "check.slack_socket_down_fix_away": "It is tried again by itself. See whether the machine reaches slack.com and "
    "wss-primary.slack.com at port 443 (firewall, proxy), and status.slack.com.",
    "check.slack_socket_down_fix_token": "Make an app-level token with connections:write (Basic Information), set "
    "T_MINUS_SLACK_APP_TOKEN to it, and restart.",
    "check.slack_socket_down_fix_off": "Switch Socket Mode on in the app's settings, or set T_MINUS_SLACK_MODE to http.",
    "check.slack_socket_down_fix_full": "Slack gives an app ten lines at once: stop what else uses its app-level token.",
    "check.slack_team_bad": "Slack: the token belongs to a workspace that is not among {teams}.",
    "check.slack_team_fix": "Add its id to T_MINUS_SLACK_TEAMS, or use a token of one of them.",
    "check.slack_scopes": "Slack: all {count} scopes are there.",
    "check.slack_scopes_bad": "Slack: scopes are missing: {scopes}.",
    "check.slack_scopes_fix": "Bring the app up to deploy/slack/manifest.yaml and install it again.",
    "check.slack_channel": "Slack: channel {channel} (#{name}) can be reached.",
    "check.slack_channel_outside": "Slack: channel {channel} (#{name}) takes posts, but T-Minus is not in it: it hears no "
    "words in its threads, and cannot look for a post that may be lost. Invite it: /invite @T-Minus.",
    "check.slack_channel_bad": "Slack: channel {channel} cannot be reached ({why}).",
    "check.slack_channel_fix": "Invite T-Minus to {channel}, or correct its id in the catalogue; an archived one: name another.",
    "check.slack_scopes_unsaid": "Slack: it does not say what the token may do; all {count} scopes of the manifest are needed.",
    "check.slack_accounts": "Slack: known there, with every right that their roles give: {people}.",
    "check.slack_no_member": "Slack: no member has the address of {people}; on other platforms they may.",
    "check.slack_no_member_bad": "Slack: no member has the address of {people}, so they are asked nothing and approve nothing.",
    "check.slack_no_member_fix": "Invite them to the workspace, or correct their e-mail or accounts in the catalogue.",
    "check.slack_nobody_bad": "Slack: nobody of the catalogue is known there, so nobody can approve anything.",
    "check.slack_nobody_fix": "Name members in the catalogue (accounts: {{slack: U…}}), or set T_MINUS_EMAIL_DOMAINS.",
    "check.slack_account_of_another": "what Slack says of it points to another person, or to none",
    "check.slack_group": "Slack: user group {group} gives its role to {people}.",
    "check.slack_group_bad": "Slack: user group {group} cannot be read ({why}), so nobody holds a role by it.",
    "check.slack_group_fix": "Correct the group's id in the catalogue (S…); missing_scope: bring the app up to the manifest.",
    "check.slack_group_of_nobody_bad": "Slack: nobody in user group {group} is in the catalogue, so nobody holds a role by it.",
    "check.slack_group_of_nobody_fix": "Add its members to the people of the catalogue, with their accounts or e-mail.",
    "check.slack_account_bad": "Slack: {person} can approve nothing as {account} ({why}).",
    "check.slack_account_fix": "Correct the account of {person} in the catalogue ({account} is no full member).",
}
