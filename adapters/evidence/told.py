"""Reading JSON of others without trusting its shape: what is not there, or of another kind, is empty."""

from collections.abc import Mapping, Sequence
from typing import Any

from adapters.http.answers import Seen, Unavailable

Json = Mapping[str, Any]


def table(found: object) -> Json:
    """The object, or an empty one."""
    return found if isinstance(found, dict) else {}


def rows(found: object, key: str | None = None) -> Sequence[Json]:
    """The objects of a list, or of the list under that key; what is no object is left out."""
    inside = table(found).get(key) if key is not None else found
    return [one for one in inside if isinstance(one, dict)] if isinstance(inside, list) else []


def number(found: object) -> int:
    """The whole number, or 0."""
    return found if isinstance(found, int) and not isinstance(found, bool) else 0


def words(found: object) -> str:
    """The text, or an empty one."""
    return found if isinstance(found, str) else ""


def one_field(answer: Seen | Unavailable, *path: str) -> str | Unavailable:
    """A text inside of an answer; an answer without it cannot be read."""
    if isinstance(answer, Unavailable):
        return answer
    found: object = answer.data
    for name in path:
        found = table(found).get(name)
    return found if isinstance(found, str) and found else Unavailable("malformed", f"no {path[-1]} in the answer")
