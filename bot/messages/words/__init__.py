"""Every sentence that a person reads, by its code. A code without a sentence is an error (a test walks all codes)."""

import string
from collections.abc import Mapping
from functools import cache

from bot.messages.words import sentences


class UnknownCode(KeyError):
    """No sentence is kept under that code."""


def say(code: str, params: Mapping[str, str] | None = None) -> str:
    """The sentence of that code, filled. Raises UnknownCode, or KeyError where a value is missing."""
    sentence = sentences.ALL.get(code)
    if sentence is None:
        raise UnknownCode(code)
    values = params or {}
    return "".join([text if name is None else f"{text}{values[name]}" for text, name in _parts(sentence)])


def known(code: str) -> bool:
    """True if there is a sentence under that code."""
    return code in sentences.ALL


def fields_of(code: str) -> frozenset[str]:
    """The names of the values that the sentence needs."""
    return frozenset(name for _, name in _parts(sentences.ALL[code]) if name is not None)


@cache
def _parts(sentence: str) -> tuple[tuple[str, str | None], ...]:
    """Text, and the name of the value after it. A name is a name: a value can never reach into an object."""
    return tuple((text, name) for text, name, _, _ in string.Formatter().parse(sentence))
