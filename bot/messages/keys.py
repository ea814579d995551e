"""The names of outbox rows. A key is what makes *once* mean something (T2): the same occasion always has the same key."""

from typing import Final

from bot.domain.people import Place

EDIT: Final = "#edit"
"""The key of an edit is the key of its post and this."""


def card(release: str, place: Place) -> str:
    """The living card of a release in one place."""
    return f"{release}:card:{place}"


def post(release: str, schedule_revision: int, occasion: str, n: int, audience: str, place: Place) -> str:
    """A post of one generation of the schedule to one audience at one place."""
    return f"{release}:{schedule_revision}:{occasion}:{n}:{audience}:{place}"


def act(release: str, schedule_revision: int, name: str, subject: str) -> str:
    """Something that is to be done later."""
    return f"{release}:{schedule_revision}:cmd:{name}:{subject}"
