"""What is said on Teams alone."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "teams.mine": "Show what I can do",
    "teams.needed": "Fill in: {what}",
    "teams.back": "Back to the release",
    "teams.window": "Open in a window",
    "teams.closed": "Closed. Nothing was changed.",
    "teams.noted": "Noted. The release's card shows it.",
    "teams.alone": "Answered in our own chat, for you alone. Later answers to you in this thread go there without this "
    "line.",
    "teams.cannot_write_alone": "My answer is for you alone, and I cannot write to you. Open a chat with T-Minus once, then "
    "ask again.",
    "teams.edited": "I do not read what is edited: your message was heard as it was first sent, and the new words were not "
    "recorded. Send them as a message of their own.",
    "teams.welcome": "T-Minus is here. In a channel I hear only what mentions me: @T-Minus release plan, or @T-Minus release "
    "help.",
    # ---- doctor
    "check.teams_token": "Teams: the registration {app} gives a token.",
    "check.teams_token_bad": "Teams: the registration {app} gives no token ({why}).",
    "check.teams_token_fix": "Compare T_MINUS_TEAMS_APP_ID, _APP_PASSWORD, _APP_TYPE and _TENANT with the registration in "
    "Entra; a client secret ends on its date. Where nothing answered, let the bot reach {url}.",
    "check.teams_keys": "Teams: the connector's public keys can be read.",
    "check.teams_keys_bad": "Teams: the connector's public keys cannot be read, so nothing that Teams sends is believed.",
    "check.teams_keys_fix": "Let the bot reach {url}.",
    "check.teams_channel": "Teams: {channel} was heard, so it can be written to.",
    "check.teams_channel_bad": "Teams: {channel} was never heard.",
    "check.teams_channel_fix": "Add the app to the team of {channel}, mention it there once, or correct the id in the "
    "catalogue.",
    "check.teams_person": "Teams: every person of the roster with an Entra object id can be written to.",
    "check.teams_person_bad": "Teams: {person} was never heard, so a direct message may not arrive.",
    "check.teams_person_fix": "Ask {person} to open a chat with T-Minus once, or install the app for everybody.",
}
