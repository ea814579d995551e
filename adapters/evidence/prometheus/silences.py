"""Alertmanager: which alerts are silenced, by whom, until when; and those that fire there."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.evidence.item import moment
from adapters.http.answers import Unavailable
from adapters.http.fetch import Remote

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Matcher:
    """One condition of a silence."""

    name: str
    value: str
    regex: bool
    equal: bool

    def holds(self, labels: Labels) -> bool | None:
        """Whether the label fits; None where the label is not known yet (an instance that has raised no alert)."""
        if self.name not in labels:
            return None
        seen = labels[self.name]
        try:
            same = re.fullmatch(self.value, seen) is not None if self.regex else seen == self.value
        except re.error:  # Go's patterns are not Python's: what cannot be compared may fit
            return None
        return same is self.equal


@dataclass(frozen=True, slots=True)
class Silence:
    """A silence that is active now."""

    matchers: tuple[Matcher, ...]
    by: str
    until: datetime | None

    def may_hide(self, labels: Labels) -> bool:
        """True where nothing of what is known of the alert keeps it from being hidden, and something of it is named."""
        held = [m.holds(labels) for m in self.matchers]
        return False not in held and True in held

    def told(self) -> str:
        """By whom and until when, UTC."""
        return f"silenced by {self.by or 'UNKNOWN'} until {f'{self.until:%Y-%m-%d %H:%M} UTC' if self.until else 'UNKNOWN'}"


async def silences(remote: Remote) -> tuple[Silence, ...] | Unavailable:
    """The silences that are active."""
    answer = await remote.json("/api/v2/silences")
    if isinstance(answer, Unavailable):
        return answer
    try:
        return tuple(_silence(s) for s in _listed(answer.data) if s["status"]["state"] == "active")
    except (KeyError, TypeError, ValueError):
        return _odd(remote)


async def firing(remote: Remote) -> tuple[Labels, ...] | Unavailable:
    """The labels of every alert that fires, silenced and inhibited ones too: a silence hides an alert, and ends nothing."""
    answer = await remote.json("/api/v2/alerts", {"active": "true", "silenced": "true", "inhibited": "true"})
    if isinstance(answer, Unavailable):
        return answer
    try:
        return tuple(dict(a["labels"]) for a in _listed(answer.data))
    except (KeyError, TypeError, ValueError):
        return _odd(remote)


def _silence(said: Mapping[str, Any]) -> Silence:
    matchers = tuple(
        Matcher(str(m["name"]), str(m["value"]), bool(m["isRegex"]), bool(m.get("isEqual", True)))
        for m in said["matchers"]
    )
    return Silence(matchers, str(said.get("createdBy") or ""), moment(str(said.get("endsAt"))))


def _listed(said: object) -> Sequence[Any]:
    if not isinstance(said, list):
        raise TypeError
    return said


def _odd(remote: Remote) -> Unavailable:
    return Unavailable("malformed", f"{remote.site.name} answers in another shape")
