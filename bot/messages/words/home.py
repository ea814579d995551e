"""Sentences of the page that a platform keeps for each person."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "home.title": "T-Minus: what waits for you, your releases, the week ahead.",
    "home.waiting": "Waiting for you",
    "home.nothing_waits": "Nothing waits for you.",
    "home.question": "a question of planning is open: answer it in the thread of the release",
    "home.mine": "Your releases",
    "home.none": "You have no open release. `/release plan` starts one.",
    "home.more": "And {count} more: `/release list mine`.",
    "home.ahead": "The next seven days",
    "home.nothing_ahead": "No release is planned, and nothing is frozen.",
    "home.freeze": "{from}: FREEZE of {scope} until {to}: {reason}",
    "home.health": "T-Minus",
    "home.well": "well: everything that was due went out.",
    "home.unwell": "something is wrong ({problems}). Its operator runs `python -m bot doctor`.",
    "home.drawn": "As of {at}.",
    "home.stranger": "You are not in the roster of T-Minus, so it shows you nothing. Ask your release engineers to add you.",
}
