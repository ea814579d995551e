"""The answers of Prometheus' HTTP API, read strictly: what has another shape is unavailable, and no number is ever made up."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from adapters.evidence.item import moment
from adapters.http.answers import Seen, Unavailable
from adapters.http.fetch import Remote

Labels = Mapping[str, str]
_LATEST = 253402300799
"""The last second of the year 9999: later instants are none."""

APART_S = 300.0
"""So far the time of a value and that of the answer that brings it may be apart."""
_LONGEST_S = 31 * 86_400.0
_STATES = frozenset({"inactive", "pending", "firing"})
"""An alert in another state (Prometheus 3 knows `unknown`, before the first evaluation) is not known to be quiet."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One series at the instant of the question. A value that is no finite number is None."""

    labels: Labels
    value: float | None
    at: float


@dataclass(frozen=True, slots=True)
class Vector:
    """What a query gave. `partial`: the server itself warned that something is missing."""

    samples: tuple[Sample, ...]
    partial: str = ""


@dataclass(slots=True)  # not frozen: a server may have thousands, and freezing one costs more than filling it
class Rule:
    """An alerting rule. `state`: inactive, pending, firing; `health`: ok, err, unknown; `alerts`: labels of what is active."""

    name: str
    query: str
    labels: Labels
    state: str
    health: str
    error: str
    evaluated_at: datetime | None
    interval: timedelta
    alerts: tuple[Labels, ...]


async def query(remote: Remote, expression: str) -> Vector | Unavailable:
    """The value of the expression now, by the server's clock."""
    answer = await remote.json("/api/v1/query", {"query": expression, "timeout": "3s"})
    if isinstance(answer, Unavailable):
        return answer
    data, partial = _data(answer.data)
    if not isinstance(data, dict):
        return _odd(remote)
    try:
        if data.get("resultType") == "scalar":
            return _of_now(remote, answer, Vector((_sample({}, data["result"]),), partial))
        if data.get("resultType") != "vector":
            return Unavailable("malformed", f"{remote.site.name}: the query gives no single value for each series")
        return _of_now(
            remote, answer, Vector(tuple(_sample(one["metric"], one["value"]) for one in data["result"]), partial)
        )
    except (KeyError, TypeError, ValueError, IndexError, OverflowError):
        return _odd(remote)


def _of_now(remote: Remote, answer: Seen, found: Vector) -> Vector | Unavailable:
    """The vector, unless it was made long before it was sent: then it is the answer of another day, whatever it says of ages."""
    try:
        sent = parsedate_to_datetime(answer.headers["date"]).timestamp()
    except (KeyError, ValueError, TypeError):
        return found
    if all(abs(sent - one.at) <= APART_S for one in found.samples):
        return found
    return Unavailable("malformed", f"{remote.site.name} sends an answer of another time than now")


async def rules(remote: Remote) -> tuple[Rule, ...] | Unavailable:
    """All alerting rules."""
    answer = await remote.json("/api/v1/rules", {"type": "alert"})
    if isinstance(answer, Unavailable):
        return answer
    data, partial = _data(answer.data)
    if partial:
        return Unavailable("malformed", f"{remote.site.name} gives a part of its rules: {partial}")
    try:
        return tuple(one for group in data["groups"] for one in _rules(group))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return _odd(remote)


def labels_of(said: Any) -> Labels:  # noqa: ANN401 - what a foreign server sent
    """The labels; by one that is no text it could not be told whose an alert is. Raises ValueError."""
    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        msg = "no labels"
        raise ValueError(msg)
    return said


def quoted(value: str) -> str:
    """A string of PromQL."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _data(said: Any) -> tuple[Any, str]:  # noqa: ANN401 - what a foreign server sent
    if not isinstance(said, dict) or said.get("status") != "success":
        return None, ""
    warned = said.get("warnings")
    return said.get("data"), "; ".join(str(w) for w in warned)[:200] if isinstance(warned, list) else ""


def _sample(labels: Any, pair: Any) -> Sample:  # noqa: ANN401 - what a foreign server sent
    at, text = pair
    if isinstance(at, bool) or not isinstance(at, int | float) or not isinstance(text, str) or not 0 <= at <= _LATEST:
        msg = "no instant with a number in writing"
        raise ValueError(msg)
    value = float(text)
    return Sample(labels_of(labels), value if math.isfinite(value) else None, float(at))


def _is_alert(said: Mapping[str, Any]) -> bool:
    """A rule of a kind that is not known may be an alert that fires."""
    if said["type"] not in {"alerting", "recording"}:
        raise ValueError(said["type"])
    return bool(said["type"] == "alerting")


def _rules(group: Mapping[str, Any]) -> Iterator[Rule]:
    interval = timedelta(seconds=min(float(group.get("interval") or 60), _LONGEST_S))
    for said in group["rules"]:
        if _is_alert(said):
            yield Rule(
                name=text_of(said["name"]),
                query=text_of(said["query"]),
                labels=labels_of(said.get("labels") or {}),
                state=str(said["state"]),
                health=str(said.get("health") or "unknown") if said["state"] in _STATES else f"state {said['state']}",
                error=str(said.get("lastError") or ""),
                evaluated_at=moment(said.get("lastEvaluation") or ""),
                interval=interval,
                alerts=tuple(labels_of(a["labels"]) for a in said.get("alerts") or ()),
            )


def text_of(said: object) -> str:
    """The text. Raises TypeError for anything else."""
    if not isinstance(said, str):
        msg = "no text"
        raise TypeError(msg)
    return said


def _odd(remote: Remote) -> Unavailable:
    return Unavailable("malformed", f"{remote.site.name} answers in another shape")
