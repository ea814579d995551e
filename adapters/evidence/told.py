"""Reading JSON of others without trusting its shape: what is not there, or of another kind, is empty.

Where something empty would be good news (no failed check, no changed file), a list is read whole or not at all: `listed`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from adapters.http.answers import Paged, Seen, Unavailable

Json = Mapping[str, Any]


def table(found: object) -> Json:
    """The object, or an empty one."""
    return found if isinstance(found, dict) else {}


def rows(found: object, key: str | None = None) -> Sequence[Json]:
    """The objects of a list, or of the list under that key; what is no object is left out."""
    inside = table(found).get(key) if key is not None else found
    return [one for one in inside if isinstance(one, dict)] if isinstance(inside, list) else []


def listed(found: object, key: str | None = None) -> Sequence[Json] | Unavailable:
    """All objects of a list, or of the list under that key; a list with anything else in it, or none, cannot be read."""
    inside = table(found).get(key) if key is not None else found
    if isinstance(inside, list) and all(isinstance(one, dict) for one in inside):
        return inside
    return Unavailable("malformed", f"no list of {(key or 'objects').replace('_', ' ')} in its answer that can be read")


def listed_all(paged: Paged | Unavailable, key: str | None = None) -> Sequence[Json] | Unavailable:
    """The objects of all pages. A list that goes on behind the last page that was read is none."""
    if isinstance(paged, Unavailable):
        return paged
    if not paged.complete:
        return Unavailable("too_large", f"not all {(key or 'pages').replace('_', ' ')} could be read")
    found: list[Json] = []
    for page in paged.pages:
        part = listed(page.data, key)
        if isinstance(part, Unavailable):
            return part
        found += part
    return found


def counted(found: object) -> int | None:
    """A whole number that counts something, or None: a text of digits is none, and neither is true."""
    return found if isinstance(found, int) and not isinstance(found, bool) and found >= 0 else None


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
