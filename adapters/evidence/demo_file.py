"""The file in which the demo sources keep what they answer from now on: durable, and the same after a restart.

Shape: {"ci": {"*": {"status": "failed"}, "payments": {"status": "passed"}}, …}: role, then service ("*": all), then keys.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from adapters.evidence.demo_keys import KEYS, ROLES
from adapters.evidence.demo_set import Changes, read, role_of
from adapters.evidence.demo_words import DemoRefused, words
from bot.domain.errors import BadFile

EVERYWHERE = "*"
Kept = dict[str, dict[str, Changes]]


class DemoFile:
    """What was set, by role and service. Every change is on the disk before `apply` returns."""

    def __init__(self, path: Path, services: tuple[str, ...] = ()) -> None:
        """`services`: the ids that an override may name; empty: any. Raises BadFile where the file cannot be read."""
        self._path = path
        self._services = services
        self._kept = _load(path)

    def admit(self, service: str) -> None:
        """From now on an override may name that service too."""
        if self._services and service not in self._services:
            self._services = (*self._services, service)

    def apply(self, source: str, given: Mapping[str, object], service: str | None = None) -> Mapping[str, object]:
        """Changes what a source answers; an empty set resets it, of that service or of all. Gives what is set now.

        Raises DemoRefused: a name, key or value that the source does not take.
        """
        role = role_of(source)
        changes = dict(given)
        scope = self._scope(role, changes, service)
        kept: Kept = {name: dict(scopes) for name, scopes in self._kept.items()}
        if not changes:
            _reset(kept, role, scope)
        else:
            merged = {**kept.get(role, {}).get(scope, {}), **read(role, changes)}
            # Nothing is dropped that overrides a set for all services: there null means "the default, here".
            if scope == EVERYWHERE:
                merged = {key: value for key, value in merged.items() if value is not None}
            kept.setdefault(role, {})[scope] = merged
        _write(self._path, kept)
        self._kept = kept
        return {"source": role, "set": kept.get(role, {})}

    def settings(self, role: str, service: str) -> Changes:
        """What is set for that service: its own over what holds for all."""
        scopes = self._kept.get(role, {})
        found = {**scopes.get(EVERYWHERE, {}), **scopes.get(service, {})}
        return {key: value for key, value in found.items() if value is not None}

    def all_of(self, role: str, key: str) -> dict[str, Any]:
        """That key in every scope of the role."""
        return {scope: found[key] for scope, found in self._kept.get(role, {}).items() if found.get(key) is not None}

    def describe(self) -> Mapping[str, object]:
        """Every source with the keys that it takes and what is set now."""
        return {role: {"takes": KEYS[role], "set": self._kept.get(role, {})} for role in ROLES}

    def _scope(self, role: str, changes: dict[str, object], service: str | None) -> str:
        named = changes.pop("service", None) if role != "incidents" else None
        if role == "incidents" and changes.get("service"):
            # An incident is *on* a service; that is no override of one.
            _name_incident(changes)
        scope = words("service", named or service or EVERYWHERE)
        if scope != EVERYWHERE and self._services and scope not in self._services:
            msg = f"there is no service {scope[:40]!r}; one of {', '.join(self._services)}"
            raise DemoRefused(msg)
        return EVERYWHERE if role == "incidents" else scope


def _name_incident(changes: dict[str, object]) -> None:
    on = changes.pop("service")
    opened = changes.get("open_incident")
    if isinstance(opened, str) and opened:
        changes["open_incident"] = {"id": opened, "service": on}
    elif isinstance(opened, dict):
        changes["open_incident"] = {"service": on, **opened}


def _reset(kept: Kept, role: str, scope: str) -> None:
    if scope == EVERYWHERE:
        kept.pop(role, None)
    else:
        kept.get(role, {}).pop(scope, None)


def _load(path: Path) -> Kept:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        msg = f"{path}: the file of the demo sources is no JSON ({error}); remove it to start with the defaults"
        raise BadFile(msg) from error
    if not isinstance(found, dict) or not all(isinstance(scopes, dict) for scopes in found.values()):
        msg = f"{path}: an object of demo sources is expected; remove it to start with the defaults"
        raise BadFile(msg)
    return {role: {scope: dict(keys) for scope, keys in scopes.items()} for role, scopes in found.items()}


def _write(path: Path, kept: Kept) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(kept, file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
