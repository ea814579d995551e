"""Alertmanager: which alerts are silenced, by whom, until when; and those that fire there."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.evidence.item import moment
from adapters.evidence.prometheus.api import labels_of, text_of
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
        return tuple(_silence(s) for s in _listed(answer.data) if _is_active(s))
    except (KeyError, TypeError, ValueError):
        return _odd(remote)


async def firing(remote: Remote) -> tuple[Labels, ...] | Unavailable:
    """The labels of every alert that fires, silenced and inhibited ones too: a silence hides an alert, and ends nothing."""
    answer = await remote.json("/api/v2/alerts", {"active": "true", "silenced": "true", "inhibited": "true"})
    if isinstance(answer, Unavailable):
        return answer
    try:
        return tuple(labels_of(a["labels"]) for a in _listed(answer.data))
    except (KeyError, TypeError, ValueError):
        return _odd(remote)


def _is_active(said: Mapping[str, Any]) -> bool:
    """A silence in a state that is not known may hide an alert."""
    state = said["status"]["state"]
    if state not in ("active", "pending", "expired"):
        raise ValueError(state)
    return bool(state == "active")


def _silence(said: Mapping[str, Any]) -> Silence:
    matchers = tuple(
        Matcher(text_of(m["name"]), text_of(m["value"]), m["isRegex"] is True, m.get("isEqual", True) is not False)
        for m in said["matchers"]
    )
    if not matchers:
        msg = "a silence of nothing"
        raise ValueError(msg)
    return Silence(matchers, str(said.get("createdBy") or ""), moment(str(said.get("endsAt"))))


def _listed(said: object) -> Sequence[Any]:
    if not isinstance(said, list):
        raise TypeError
    return said


def _odd(remote: Remote) -> Unavailable:
    return Unavailable("malformed", f"{remote.site.name} answers in another shape")
