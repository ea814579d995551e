"""What `POST /api/demo` may set for each demo source: its keys, read into one strict form.

`read(role, set)` gives the changes of a set: key -> value, None where the key goes back to its default.
"""

from collections.abc import Callable, Mapping
from typing import Any

from adapters.evidence import demo_words as w
from adapters.evidence.demo_keys import ALIASES, KEYS, OWN_ALIASES, ROLE_NAMES, ROLES
from adapters.evidence.demo_words import DemoRefused

Changes = dict[str, Any]
Reader = Callable[[str, object], Any]

_DOWN = "unavailable"


def role_of(source: str) -> str:
    """The role that the name means. Raises DemoRefused."""
    role = ROLE_NAMES.get(w.slug(source))
    if role is None:
        msg = f"there is no demo source {source[:40]!r}; one of {', '.join(ROLES)}"
        raise DemoRefused(msg)
    return role


def read(role: str, given: Mapping[str, object]) -> Changes:
    """The changes that a set makes. Raises DemoRefused, which lists the keys of that source."""
    changes: Changes = {}
    for raw, value in _flat(given).items():
        key = OWN_ALIASES.get((role, w.slug(raw))) or ALIASES.get(w.slug(raw), w.slug(raw))
        if key not in KEYS[role]:
            allowed = ", ".join(("service", *KEYS[role]))
            msg = f"the demo source {role} has no {str(raw)[:40]!r}; it takes: {allowed}"
            raise DemoRefused(msg)
        _READERS[role](key, value, changes)
    return changes


def _flat(given: Mapping[str, object]) -> dict[str, object]:
    flat: dict[str, object] = {}
    for key, value in given.items():
        if w.slug(key) in {"checks", "metrics", "data"} and isinstance(value, dict):
            flat.update(value)
        else:
            flat[key] = value
    return flat


def _up(changes: Changes) -> None:
    """Whoever sets what a source measures means that it can be asked again, unless the same set says that it is down."""
    changes.setdefault("available", None)


def _available(value: object, changes: Changes) -> None:
    changes["available"] = None if value is None or w.truth("available", value) else False


def _simple(readers: Mapping[str, Reader]) -> Callable[[str, object, Changes], None]:
    def fill(key: str, value: object, changes: Changes) -> None:
        if key == "available":
            _available(value, changes)
            return
        changes[key] = None if value is None else readers[key](key, value)
        if changes[key] == _DOWN:
            changes[key], changes["available"] = None, False
        else:
            _up(changes)

    return fill


def _check(key: str, value: object) -> str:
    return w.one_of(w.CHECK, key, value)


def _status(key: str, value: object) -> str:
    return w.one_of(w.STATUS, key, value)


def _age(key: str, value: object) -> float:
    return w.number(key, value)


def _data_change(key: str, value: object) -> str:
    return w.one_of({word: word for word in w.DATA_CHANGE}, key, value)


_ci = _simple({
    "status": _status,
    **dict.fromkeys(("tests", "coverage", "code_analysis", "security_scan"), _check),
    "test_report": w.link, "commit": w.words, "url": w.link, "finished_at": w.instant, "age_hours": _age,
})  # fmt: skip
_scm = _simple({
    "status": _status, "commit": w.words, "digest": w.words, "authors": w.words, "merge_request": w.link, "release_notes": w.link,
    "models_changed": w.truth, "data_change": _data_change, "flags_used": w.truth, "default": w.words, "kill_switch": w.words,
})  # fmt: skip
_registry = _simple({"status": _status, "installable": w.truth, "target": w.words})


def _prometheus(key: str, value: object, changes: Changes) -> None:
    if key == "available":
        _available(value, changes)
        return
    if key == "status":
        key, value = _health_word(value)
    if key == "has_data":
        changes["has_data"] = False if value is None else w.truth(key, value)
    elif value is None:
        changes[key] = None
    elif key == "available":
        changes["available"] = False
        return
    elif key == "firing":
        _firing(value, changes)
    elif key in {"alert", "healthy"}:
        changes[key] = w.words(key, value) if key == "alert" else w.truth(key, value)
    else:
        changes[key] = w.number(key, value)
    if key != "has_data":
        changes.setdefault("has_data", None)
    _up(changes)


def _health_word(value: object) -> tuple[str, object]:
    word = w.slug(value)
    if word in {"firing", "alerting"}:
        return "firing", True
    if word in {"no_data", "nodata", "empty", "missing", "absent", "none"}:
        return "has_data", False
    if word in {"unhealthy", "degraded", "healthy", "normal"}:
        return "healthy", word in {"healthy", "normal"}
    status = w.one_of(w.STATUS, "status", value)
    return ("available", False) if status == _DOWN else ("healthy", status == "passed")


def _firing(value: object, changes: Changes) -> None:
    if isinstance(value, list):
        value = str(value[0]) if value else False
    try:
        changes["firing"] = w.truth("firing", value)
    except DemoRefused:
        changes["firing"], changes["alert"] = True, w.words("firing", value)


def _rollout(key: str, value: object, changes: Changes) -> None:
    full = 100
    if key == "available":
        _available(value, changes)
        return
    if value is None:
        changes[key] = None
    elif key == "percent":
        changes[key] = w.percent(key, value)
        changes.setdefault(
            "state", "not_started" if changes[key] == 0 else "completed" if changes[key] == full else "progressing"
        )
    else:
        changes["state"] = w.one_of(w.ROLLOUT, key, value)
        if changes["state"] == _DOWN:
            changes["state"], changes["available"] = None, False
            return
        changes.setdefault("percent", None)
    _up(changes)


def _incidents(key: str, value: object, changes: Changes) -> None:
    if key == "available":
        _available(value, changes)
    elif key == "status":
        if w.slug(value) in w.STATUS and w.STATUS[w.slug(value)] == _DOWN:
            changes["available"] = False
        else:
            changes["open_incident"] = None
            _up(changes)
    elif key == "severity":
        changes["severity"] = None if value is None else w.one_of(w.SEVERITY, key, str(value).replace("-", ""))
        _up(changes)
    else:
        changes["open_incident"] = _incident(value)
        _up(changes)


def _incident(value: object) -> dict[str, str] | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if value is None or value is False or (isinstance(value, str) and w.slug(value) in {"", "none", "false"}):
        return None
    if not isinstance(value, dict):
        return {"id": "INC-7" if value is True else w.words("open_incident", value)}
    unknown = sorted(set(map(str, value)) - {"id", "severity", "service", "on"})
    if unknown:
        msg = f"open_incident has no {unknown[0][:40]!r}; it takes: id, severity, service"
        raise DemoRefused(msg)
    found = {"id": w.words("id", value.get("id", "INC-7"))}
    if "severity" in value:
        found["severity"] = w.one_of(w.SEVERITY, "severity", str(value["severity"]).replace("-", ""))
    service = value.get("service", value.get("on"))
    if service:
        found["service"] = w.words("service", service)
    return found


_READERS: Mapping[str, Callable[[str, object, Changes], None]] = {
    "ci": _ci,
    "scm": _scm,
    "prometheus": _prometheus,
    "rollout": _rollout,
    "registry": _registry,
    "incidents": _incidents,
}
