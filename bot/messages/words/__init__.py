"""Every sentence that a person reads, by its code. A code without a sentence is an error (a test walks all codes)."""

import string
from collections.abc import Mapping, Sequence

from bot.messages.words import sentences


class UnknownCode(KeyError):
    """No sentence is kept under that code."""


class _Strict(string.Formatter):
    """Fills {name} with plain text; no attribute access, no indexing, so a value can never reach into an object."""

    def get_field(self, field_name: str, args: Sequence[object], kwargs: Mapping[str, object]) -> tuple[str, str]:  # noqa: ARG002 - the formatter's signature
        if field_name not in kwargs:
            raise KeyError(field_name)
        return str(kwargs[field_name]), field_name


_STRICT = _Strict()


def say(code: str, params: Mapping[str, str] | None = None) -> str:
    """The sentence of that code, filled. Raises UnknownCode, or KeyError where a value is missing."""
    sentence = sentences.ALL.get(code)
    if sentence is None:
        raise UnknownCode(code)
    return _STRICT.vformat(sentence, (), params or {}) if "{" in sentence or "}" in sentence else sentence


def known(code: str) -> bool:
    """True if there is a sentence under that code."""
    return code in sentences.ALL


def fields_of(code: str) -> frozenset[str]:
    """The names of the values that the sentence needs."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(sentences.ALL[code]) if name)
