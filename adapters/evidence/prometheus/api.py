"""The answers of Prometheus' HTTP API, read strictly: what has another shape is unavailable, and no number is ever made up."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from adapters.evidence.item import moment
from adapters.http.answers import Unavailable
from adapters.http.fetch import Remote

Labels = Mapping[str, str]
_LATEST = 253402300799
"""The last second of the year 9999: later instants are none."""

_LONGEST_S = 31 * 86_400.0


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


@dataclass(frozen=True, slots=True)
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
            return Vector((_sample({}, data["result"]),), partial)
        if data.get("resultType") != "vector":
            return Unavailable("malformed", f"{remote.site.name}: the query gives no single value for each series")
        return Vector(tuple(_sample(one["metric"], one["value"]) for one in data["result"]), partial)
    except (KeyError, TypeError, ValueError, IndexError, OverflowError):
        return _odd(remote)


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


def quoted(value: str) -> str:
    """A string of PromQL."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _data(said: Any) -> tuple[Any, str]:  # noqa: ANN401 - what a foreign server sent
    if not isinstance(said, dict) or said.get("status") != "success":
        return None, ""
    warned = said.get("warnings")
    return said.get("data"), "; ".join(str(w) for w in warned)[:200] if isinstance(warned, list) else ""


def _sample(labels: Any, pair: Any) -> Sample:  # noqa: ANN401 - what a foreign server sent
    value = float(pair[1])
    at = float(pair[0])
    if not 0 <= at <= _LATEST:
        msg = "no instant"
        raise ValueError(msg)
    return Sample(dict(labels), value if math.isfinite(value) else None, at)


def _rules(group: Mapping[str, Any]) -> Iterator[Rule]:
    interval = timedelta(seconds=min(float(group.get("interval") or 60), _LONGEST_S))
    for said in group["rules"]:
        if said.get("type") == "alerting":
            yield Rule(
                name=str(said["name"]),
                query=str(said["query"]),
                labels=dict(said.get("labels") or {}),
                state=str(said["state"]),
                health=str(said.get("health") or "unknown"),
                error=str(said.get("lastError") or ""),
                evaluated_at=moment(said.get("lastEvaluation") or ""),
                interval=interval,
                alerts=tuple(dict(a["labels"]) for a in said.get("alerts") or ()),
            )


def _odd(remote: Remote) -> Unavailable:
    return Unavailable("malformed", f"{remote.site.name} answers in another shape")
