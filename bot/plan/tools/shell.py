"""What a suggested command is about, and the quoting that keeps every name one word of it (P4, P5)."""

import json
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote as percent_encoded


class Act(StrEnum):
    """What a person wants of a tool. The strategies begin differently; the rest is the same for all."""

    BEGIN = "begin"
    BESIDE = "beside"
    ROLL = "roll"
    ALL = "all"
    STEP = "step"
    SWITCH = "switch"
    STATUS = "status"
    PAUSE = "pause"
    ABORT = "abort"
    ROLLBACK = "rollback"
    OPEN = "open"
    SHUT = "shut"
    FLAG_STATUS = "flag_status"


@dataclass(frozen=True, slots=True)
class Target:
    """What a command is about. Every text is one line; what nobody told us stands in capital letters (YOUR_IMAGE)."""

    service: str
    version: str
    environment: str
    previous: str = "YOUR_PREVIOUS_VERSION"
    percent: int = 100
    app: str = ""
    workload: str = ""
    container: str = ""
    namespace: str = "YOUR_NAMESPACE"
    image: str = "YOUR_IMAGE"
    chart: str = "YOUR_CHART"
    chart_version: str = "YOUR_CHART_VERSION"
    pipeline: str = "YOUR_PIPELINE"
    rollback_pipeline: str = "YOUR_ROLLBACK_PIPELINE"
    pipeline_id: str = "YOUR_PIPELINE_ID"
    flag: str = "YOUR_FLAG"
    flag_project: str = "YOUR_PROJECT"
    flag_environment: str = "YOUR_FLAG_ENVIRONMENT"


@dataclass(frozen=True, slots=True)
class Suggested:
    """A line that a person may run, and what it does: the note behind it."""

    line: Callable[[Target], str]
    note: str


@dataclass(frozen=True, slots=True)
class Manual:
    """The tool has no command for it; `code` names the sentence that says so, and what would automate it."""

    code: str


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool: `checked` is the version whose own pages were read, `source` where they are."""

    name: str
    checked: str
    source: str
    acts: Mapping[Act, Suggested | Manual]


def word(text: str) -> str:
    """The text as one word of a shell."""
    return shlex.quote(text)


def segment(text: str) -> str:
    """The text as one part of the path of an address."""
    return percent_encoded(text, safe="")


def body(value: object) -> str:
    """The value as JSON, as one word of a shell."""
    return word(json.dumps(value, ensure_ascii=True, separators=(",", ":")))


def flat(text: str) -> str:
    """The text on one line, without control characters."""
    printable = text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())
