"""What the bot does with a phrase, as a label, and the figures of a corpus.

A phrase is said in the thread of a release, once with no question open and once with one; the label is read off the answer that
the person would see, not off the recogniser.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.domain.commands import AnswerQuestion
from bot.messages.words import say
from flows.context import Context
from flows.dialog import Done, Reply
from flows.said import Command, read_said
from flows.skip_requests import SUBJECTS
from tests.flows.given import asking, context, release, said

LABELS = ("skip", "vague", "off_topic", "none")


@dataclass(frozen=True, slots=True)
class Row:
    """A phrase of a corpus: `what` is asked to be left out (skip), `phrase` is no evidence (vague)."""

    text: str
    label: str
    what: str = ""
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of it."""

    label: str
    what: str = ""
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """`confusion` counts (label, heard as). `what`: share of skips with the right subject; `overlap`: mean of quoted words."""

    rows: int
    confusion: Mapping[tuple[str, str], int]
    what: float
    overlap: float
    missed: tuple[tuple[Row, Heard], ...]

    def precision(self, label: str) -> float:
        """Of all that was heard as that label, the share that is it."""
        return _share(
            self.confusion.get((label, label), 0), sum(n for (_, h), n in self.confusion.items() if h == label)
        )

    def recall(self, label: str) -> float:
        """Of all that is that label, the share that was heard as it."""
        return _share(
            self.confusion.get((label, label), 0), sum(n for (w, _), n in self.confusion.items() if w == label)
        )

    @property
    def scolded(self) -> float:
        """The share of ordinary talk that was taken for a request to skip, a vague claim or small talk."""
        return 1 - self.recall("none")


def read(path: Path) -> list[Row]:
    """The rows of a corpus."""
    return [Row(**row) for row in yaml.safe_load(path.read_text(encoding="utf-8"))]


def classify(text: str, *, asked: bool = False) -> Heard:
    """What the bot does with a text in a release's thread. `asked`: while its question on the rollback is open."""
    of = asking("rollback") if asked else release()
    ctx: Context = context(of)
    step = read_said(said(text), ctx)
    if isinstance(step, Command):
        return Heard("none")
    if isinstance(step, Done):
        command = step.command
        vague = isinstance(command, AnswerQuestion) and command.how == "vague"
        return Heard("vague", phrase=command.text) if isinstance(command, AnswerQuestion) and vague else Heard("none")
    if not isinstance(step, Reply) or step.message is None:
        return Heard("none")
    return _told(step.message.text)


def score(rows: Sequence[Row], *, asked: bool = False) -> Figures:
    """Hears every row and counts."""
    heard = [(row, classify(row.text, asked=asked)) for row in rows]
    skips = [h.what == r.what for r, h in heard if r.label == h.label == "skip"]
    quoted = [_overlap(r.phrase, h.phrase) for r, h in heard if r.label == h.label == "vague" and r.phrase]
    return Figures(
        len(rows),
        Counter((r.label, h.label) for r, h in heard),
        _share(sum(skips), len(skips)),
        _share(sum(quoted), len(quoted)),
        tuple((r, h) for r, h in heard if r.label != h.label),
    )


def _told(text: str) -> Heard:
    for label, code, what in _CODES:
        found = re.fullmatch(_pattern(say(code, {"phrase": "\0"})), text)
        if found is not None:
            phrase = found.group(1) if found.groups() else ""
            return Heard(label, what, phrase)
    return Heard("none")


def _pattern(sentence: str) -> str:
    before, mark, after = sentence.partition("\0")
    return f"{re.escape(before)}(.+){re.escape(after)}" if mark else re.escape(before)


_CODES = (
    *(("skip", f"talk.skip.{what}", what) for what in SUBJECTS),
    ("vague", "talk.vague", ""),
    *(("off_topic", code, "") for code in ("talk.off_topic", "talk.off_topic_plan", "talk.off_topic_missing")),
)


def _overlap(wanted: str, quoted: str) -> float:
    """The shared words of two phrases as a share of all of them."""
    one, other = (set(re.findall(r"\w+", t.casefold())) for t in (wanted, quoted))
    return _share(len(one & other), len(one | other))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0
