"""A document that is answered as it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A document: its media type ("text/html") and its text."""

    media_type: str
    text: str
