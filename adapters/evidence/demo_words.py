"""What people may write for a demo source, and the one word that each of it means. Liberal in, strict out."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime


class DemoRefused(ValueError):
    """A demo source cannot be set like that; the sentence says what is allowed."""


STATUS: Mapping[str, str] = {
    **dict.fromkeys(("passed", "pass", "success", "successful", "succeeded", "green", "ok", "good", "true"), "passed"),
    **dict.fromkeys(("failed", "fail", "failure", "failing", "red", "broken", "error", "bad", "false"), "failed"),
    **dict.fromkeys(("pending", "running", "in_progress", "queued", "waiting"), "pending"),
    **dict.fromkeys(("unavailable", "down", "offline", "unreachable", "timeout", "timed_out"), "unavailable"),
    **dict.fromkeys(("missing", "absent", "none", "not_found", "no_run"), "missing"),
}
CHECK: Mapping[str, str] = {
    word: {"missing": "absent"}.get(to, to) for word, to in STATUS.items() if to != "unavailable"
}
ROLLOUT: Mapping[str, str] = {
    **dict.fromkeys(("not_started", "idle", "none", "waiting", "pending"), "not_started"),
    **dict.fromkeys(("progressing", "progress", "running", "in_progress", "started", "rolling"), "progressing"),
    **dict.fromkeys(("paused", "pause", "suspended", "held"), "paused"),
    **dict.fromkeys(("degraded", "failed", "failing", "failure", "unhealthy", "error", "bad", "red"), "degraded"),
    **dict.fromkeys(("completed", "complete", "done", "healthy", "succeeded", "success", "green", "full"), "completed"),
    **dict.fromkeys(("aborted", "abort", "rolled_back", "rollback", "cancelled"), "aborted"),
    **dict.fromkeys(("unavailable", "down", "offline", "unreachable", "timeout"), "unavailable"),
}
DATA_CHANGE = ("none", "expand", "locking", "contract", "irreversible")
SEVERITY: Mapping[str, str] = {
    "critical": "SEV1",
    "major": "SEV2",
    "minor": "SEV3",
    "low": "SEV4",
    **{f"{prefix}{n}": f"SEV{n}" for prefix in ("", "p", "s", "sev") for n in range(1, 6)},
}


def slug(word: object) -> str:
    """Lower case, with underscores: "In-Progress" and "in progress" are one word."""
    return re.sub(r"[\s\-]+", "_", str(word).strip().lower())


def one_of(words: Mapping[str, str], key: str, value: object) -> str:
    """The one word that `value` means. Raises DemoRefused with the words that are allowed."""
    found = words.get(slug(value))
    if found is None:
        allowed = ", ".join(sorted(set(words.values())))
        msg = f"{key}: {str(value)[:40]!r} is not known; one of {allowed}"
        raise DemoRefused(msg)
    return found


def truth(key: str, value: object) -> bool:
    """True or False. Raises DemoRefused."""
    if isinstance(value, bool):
        return value
    word = slug(value)
    if word in {"true", "yes", "on", "1", "up", "present", "available", "ok"}:
        return True
    if word in {"false", "no", "off", "0", "down", "none", "absent", "unavailable"}:
        return False
    msg = f"{key}: {str(value)[:40]!r} is neither true nor false"
    raise DemoRefused(msg)


def number(key: str, value: object) -> float:
    """A finite number of at least 0; "4.2 %" and "350 ms" are numbers too. Raises DemoRefused."""
    text = re.sub(r"(?:\s*(?:%|percent|ms))$", "", str(value).strip().lower())
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if isinstance(value, bool) or not math.isfinite(found) or found < 0:
        msg = f"{key}: {str(value)[:40]!r} is no number of at least 0"
        raise DemoRefused(msg)
    return found


def percent(key: str, value: object) -> int:
    """A whole number from 0 to 100. Raises DemoRefused."""
    most = 100
    found = number(key, value)
    if found > most:
        msg = f"{key}: {found:g} is more than 100"
        raise DemoRefused(msg)
    return round(found)


def words(key: str, value: object) -> str:
    """A short line of text. Raises DemoRefused."""
    longest = 300
    if isinstance(value, list | tuple):
        value = ",".join(str(part).strip() for part in value)
    if isinstance(value, dict) or len(str(value)) > longest:
        msg = f"{key}: a text of at most {longest} characters is expected"
        raise DemoRefused(msg)
    return "".join(c for c in str(value).strip() if c.isprintable())


def link(key: str, value: object) -> str:
    """An http(s) address; true: the source's own; false: there is none (""). Raises DemoRefused."""
    if isinstance(value, bool):
        return "own" if value else ""
    text = words(key, value)
    if text and not re.match(r"https?://\S+$", text):
        if slug(text) in {"none", "missing", "absent"}:
            return ""
        msg = f"{key}: an http or https address, true or false is expected"
        raise DemoRefused(msg)
    return text


def instant(key: str, value: object) -> str:
    """An ISO 8601 instant, kept in UTC. Raises DemoRefused."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError as error:
        msg = f"{key}: a time like 2026-11-24T15:00:00Z is expected"
        raise DemoRefused(msg) from error
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
