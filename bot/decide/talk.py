"""Counts what is heard while a plan is made, and says when the decisions so far are due (Q8)."""

from datetime import datetime

from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.release import Phase, Release

MOST_MESSAGES = 6
"""After more messages than these the decisions are summed up."""

MOST_TOKENS = 2000
"""Or after about as many tokens."""


def heard(release: Release | None, command: c.Command, now: datetime) -> tuple[e.Event, ...]:
    """One message more, or the summary and a count from nothing again. Only words count, and only while planning."""
    if release is None or release.phase is not Phase.PLANNING or command.tokens <= 0:
        return ()
    due = release.talk_messages >= MOST_MESSAGES or release.talk_tokens + command.tokens > MOST_TOKENS
    return (e.TalkHeard(at=now, tokens=command.tokens, summed_up=due),)
