"""`python -m bot verify-go`: whether a GO record is genuine, still holds, and is of the build that is to be deployed (A4)."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from adapters.web.signing import Forged, Over, checked, is_unsigned, public_key
from bot.messages.times import stamp
from bot.messages.words import say


@dataclass(frozen=True, slots=True)
class Verdict:
    """One sentence, and whether the record may be relied on."""

    good: bool
    text: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """`record`: its file, "-" for standard input. `expected`: field of the record -> value that it must have."""

    record: Path
    key: Path
    expected: Mapping[str, str] = field(default_factory=dict)


def verify_go(wanted: Wanted, now: datetime) -> Verdict:
    """Checks signature, time and each expected field. Nothing is asked over the network."""
    try:
        key = public_key(wanted.key.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return _refused("not_read", path=str(wanted.key), what="a key of the kind Ed25519 in PEM")
    try:
        token = sys.stdin.read() if str(wanted.record) == "-" else wanted.record.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return _refused("not_read", path=str(wanted.record), what="a record")
    try:
        claims = checked(token.strip(), key, now)
    except Forged:
        return _refused("unsigned" if is_unsigned(token.strip()) else "forged")
    except Over:
        return _refused("old")
    record = claims["go"]
    for name, value in wanted.expected.items():
        if str(record.get(name)) != value:
            return _refused("other", field=name, found=str(record.get(name)), wanted=value)
    until = datetime.fromtimestamp(float(claims["exp"]), UTC)
    values = {name: str(record.get(name)) for name in ("release", "service", "version", "environment")}
    values |= {"by": str(record.get("go_by")), "at": str(record.get("go_at")), "until": stamp(until)}
    return Verdict(good=True, text=say("clearance.genuine", values))


def _refused(code: str, **values: str) -> Verdict:
    return Verdict(good=False, text=say(f"clearance.{code}", values))
