"""What is wrong with a file: file, line, field, what was expected. Pydantic's findings are turned into these here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from bot.domain.errors import BadFile


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong. `field` is the dotted path, empty for the file as a whole; `line` counts from 1."""

    file: str
    line: int
    field: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}{f', {self.field}' if self.field else ''}: expected {self.expected}"


class BadCatalogue(BadFile):
    """A file that cannot be used. `troubles`: everything that is wrong with it; `stays`: what is in force meanwhile."""

    def __init__(self, troubles: Iterable[Trouble], stays: str = "") -> None:
        self.troubles = tuple(troubles)
        self.stays = stays
        super().__init__("\n".join([*map(str, self.troubles), *([stays] if stays else [])]))


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean "x"?` where one of the known words is near, else which there are."""
    words = sorted(known)
    near = get_close_matches(word, words, n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else f"; known: {', '.join(words)}"


def expected(error: Mapping[str, Any], siblings: Iterable[str]) -> str:
    """What pydantic would have accepted, in words. `siblings`: the keys that are known where the error stands."""
    kind, found = error["type"], error.get("input")
    name = str(error["loc"][-1]) if error["loc"] else ""
    if kind == "extra_forbidden":
        return f'no key "{name}"{nearest(name, siblings)}'
    if kind == "missing":
        return f'the key "{name}"'
    if kind in _EXPECTED:
        return f"{_EXPECTED[kind]}, found {_shown(found)}"
    context = error.get("ctx", {})
    if kind in {"enum", "literal_error"}:
        return f"one of {context.get('expected', '')}, found {_shown(found)}"
    if kind == "value_error":
        return f"{context.get('error', error['msg'])}, found {_shown(found)}"
    message = str(error["msg"]).removeprefix("Input should be ").removeprefix("Input should ")
    return f"{message}, found {_shown(found)}"


_EXPECTED: Mapping[str, str] = {
    "string_type": "text (a number needs quotes)",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "dict_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
    "tuple_type": "a list",
    "list_type": "a list",
    "date_type": "a date such as 2026-11-03",
    "datetime_type": "an instant such as 2026-12-24T00:00:00Z",
    "timezone_aware": "an instant with its offset, such as 2026-12-24T00:00:00Z",
}


def _shown(found: object) -> str:
    text = repr(found)
    most = 60
    return text if len(text) <= most else f"{text[:most]}…"
