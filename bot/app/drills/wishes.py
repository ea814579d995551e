"""What a person wants of a drill, read from what was heard; and when a drill may start."""

from datetime import datetime, timedelta

from bot.messages.heard import Asked, Heard, Pressed
from bot.messages.tokens import BadToken, unpack
from flows import drill
from flows.index import NAMES
from flows.verb_names import find_verb

_QUARTER = timedelta(minutes=15)
_WORKDAYS, _FIRST_HOUR, _LAST_HOUR = range(4), 8, 14


def wish_of(heard: Heard) -> tuple[str, str] | None:
    """What is wanted of the director; None: nothing."""
    if isinstance(heard, Pressed):
        try:
            token = unpack(heard.token)
        except BadToken:
            return None
        return (token.choice, token.subject) if token.verb == drill.VERB.name else None
    if not isinstance(heard, Asked) or find_verb(heard.verb, NAMES) is not drill.VERB:
        return None
    words = heard.words.lower().split()
    if heard.verb.lower() == "tour":
        words = ["tour", *words]
    if not words or words[0] == "list":
        return "list", ""
    meant = {"resume": "play", "stop": "end", "continue": "play", "go": "play"}.get(words[0], words[0])
    return (
        (meant, "")
        if meant in {"next", "play", "pause", "end"}
        else ("begin", words[-1] if words[0] == "start" else words[0])
    )


def quarter(at: datetime) -> datetime:
    """The next full quarter of an hour."""
    floor = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
    return floor if floor == at else floor + _QUARTER


def _fits(start: datetime) -> bool:
    """Monday to Thursday, 08:00 to 14:59 UTC: at night or on a Friday afternoon the risk would be another."""
    return start.weekday() in _WORKDAYS and _FIRST_HOUR <= start.hour <= _LAST_HOUR


def start_after(now: datetime, lead: timedelta) -> tuple[datetime, datetime]:
    """When a drill begins that is told now, and when its release starts: at once, or on the next morning of a workday."""
    start = quarter(now + lead)
    if _fits(start):
        return now, start
    day = now.replace(hour=_FIRST_HOUR, minute=0, second=0, microsecond=0)
    while day <= now or not _fits(quarter(day + lead)):
        day += timedelta(days=1)
    return day, quarter(day + lead)
