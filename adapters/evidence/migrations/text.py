"""SQL text into statements of words: comments gone, strings and bodies opaque. For PostgreSQL, MySQL, SQLite, Oracle, SQL Server.

Where dialects read the same text differently, and one reading could hide a statement, the text is refused as ambiguous.
"""

import re
from collections.abc import Iterator

MOST = 300_000
"""Characters of one text that are read."""

_TOKEN = re.compile(
    r"""
    (?P<line>--[^\n]*)
  | (?P<run>/\*!\d*)                              # MySQL runs what stands in such a comment
  | (?P<open>/\*)
  | (?P<close>\*/)
  | (?P<escaped>\b[eE]'(?:[^'\\]|\\.|'')*')
  | (?P<string>'(?:[^']|'')*')
  | (?P<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`)
  | (?P<dollar>(?<![\w$])\$(?:[A-Za-z_]\w*)?\$)
  | (?P<hole>\$\{[^}\n]{0,200}\}|\{\{[^}\n]{0,200}\}\})
  | (?P<word>[^\W\d][\w$\#]*|\d[\w.]*)
  | (?P<space>\s+)
  | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)

STRING = "'…'"
BODY = "$…$"
HOLE = "${…}"
"""Opaque words: a string, a quoted body, a placeholder that a tool fills in."""


class Ambiguous(ValueError):
    """The text cannot be read with certainty; the sentence says why."""


def statements(text: str) -> list[list[str]]:
    """Each statement as its words and marks, in order; names keep their quotes. Raises Ambiguous."""
    found: list[list[str]] = []
    now: list[str] = []
    for word in _words(text):
        if word == ";":
            found.append(now)
            now = []
        else:
            now.append(word)
    found.append(now)
    return [s for s in found if s]


def _words(text: str) -> Iterator[str]:
    if len(text) > MOST:
        msg = f"it is longer than {MOST} characters"
        raise Ambiguous(msg)
    text = re.sub(r"(?m)^[ \t]*#[^;\n]*$", "", text)
    text = re.sub(r"(?im)^[ \t]*go[ \t]*(?=\r?$)", ";", text)
    text = re.sub(r"(?m)^[ \t]*/[ \t]*(?=\r?$)", ";", text)
    at, runs = 0, 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:  # pragma: no cover - the last branch of the pattern takes any character
            break
        kind, word = str(found.lastgroup), found.group()
        at = found.end()
        if kind == "dollar":
            at = _after(text, word, at, "a body does not end")
            yield BODY
        elif kind == "open":
            at = _after_comment(text, at)
        elif kind in {"run", "close"}:
            runs += 1 if kind == "run" else -1
            if runs < 0:
                msg = "a comment ends that did not begin"
                raise Ambiguous(msg)
        elif kind not in {"line", "space"}:
            yield _opaque(kind, word)
    if runs:
        msg = "a comment does not end"
        raise Ambiguous(msg)


def _opaque(kind: str, word: str) -> str:
    """The word, or what stands for it. Raises Ambiguous."""
    if kind == "mark" and word in "'\"`":
        msg = "a quote does not end"
        raise Ambiguous(msg)
    if kind == "string" and "\\'" in word:
        msg = "a backslash before a quote: databases disagree on where that string ends"
        raise Ambiguous(msg)
    return {"string": STRING, "escaped": STRING, "hole": HOLE}.get(kind, word)


def _after(text: str, mark: str, at: int, why: str) -> int:
    end = text.find(mark, at)
    if end < 0:
        raise Ambiguous(why)
    return end + len(mark)


def _after_comment(text: str, at: int) -> int:
    """PostgreSQL nests comments and MySQL does not: a comment that opens another is read by neither, for safety."""
    end = _after(text, "*/", at, "a comment does not end")
    if "/*" in text[at : end - 2]:
        msg = "a comment in a comment: databases disagree on where it ends"
        raise Ambiguous(msg)
    return end
