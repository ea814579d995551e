"""Plain SQL with a way back beside it: files that come in pairs (`.up.sql`, `.down.sql`), or one file with two parts."""

import re

_PAIR = re.compile(r"(?P<stem>.+)\.(?P<way>up|down)\.sql$", re.IGNORECASE)
_MARK = re.compile(r"(?im)^[ \t]*--[ \t]*(?:\+goose|\+migrate|migrate:)[ \t]*(?P<way>up|down)\b.*$")


def is_down(path: str) -> bool:
    """True for the half of a pair that takes the other one back: it runs only when somebody goes back."""
    found = _PAIR.match(path)
    return found is not None and found["way"].lower() == "down"


def forward(path: str, text: str, others: frozenset[str]) -> tuple[str, bool | None]:
    """The SQL that goes forward, and whether a way back is written; None where the file is of no tool that has one."""
    marks = list(_MARK.finditer(text))
    if marks:
        ends = [m.start() for m in marks[1:]] + [len(text)]
        parts = [(m["way"].lower(), text[m.end() : end]) for m, end in zip(marks, ends, strict=True)]
        back = "".join(part for way, part in parts if way == "down")
        return "".join([text[: marks[0].start()], *(p for way, p in parts if way == "up")]), _says_something(back)
    pair = _PAIR.match(path)
    if pair is None:
        return text, None
    return text, any(o.lower() == f"{pair['stem']}.down.sql".lower() for o in others)


def _says_something(sql: str) -> bool:
    return bool(re.sub(r"(?m)--.*$|[\s;]", "", sql))
