"""`audit verify` from the command line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.app.kept import kept
from bot.messages.words import say
from bot.store import open_store
from bot.store.audit import AuditReport, verify
from bot.store.audit_rows import Broken
from bot.store.restore import set_asides
from bot.store.seals import Seal, read_seal

_MOST = 20
"""Faults that are printed one by one."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What `audit verify` prints."""

    sound: bool
    text: str


async def verify_ledger(data: Path | None, database: str | None) -> Audit:
    """Check the ledger against the seals outside the database. Raises BadFile where there is nothing to check."""
    found = kept(data, database)
    file = found.seals
    outside, unreadable = _outside(file.read_text(encoding="utf-8", errors="replace") if file.exists() else "")
    store = open_store(found.url)
    try:
        report = await verify(store, found.key, outside)
        return _audit(replace(report, broken=(*report.broken, *unreadable)), set_asides(file))
    finally:
        await store.close()


def _outside(text: str) -> tuple[list[Seal], list[Broken]]:
    """The seals of the file, and the lines that are none."""
    seals: list[Seal] = []
    broken: list[Broken] = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            seals.append(read_seal(line))
        except (ValueError, KeyError, TypeError, AttributeError):
            broken.append(Broken("seals.jsonl", number, "line"))
    return seals, broken


def _audit(report: AuditReport, restores: Sequence[Path]) -> Audit:
    counted = say(
        "audit.counted",
        {name: str(getattr(report, name)) for name in ("rows", "streams", "seals", "unsealed")},
    )
    if report.first is not None:
        lines = [say("audit.broken", {"count": str(len(report.broken)), "counted": counted})]
        lines += [_line(fault) for fault in report.broken[:_MOST]]
        if len(report.broken) > _MOST:
            lines.append(say("audit.more", {"count": str(len(report.broken) - _MOST)}))
        lines.append(say("audit.then"))
    elif report.behind:
        lines = [say("audit.behind", {"streams": ", ".join(report.behind), "counted": counted})]
    else:
        lines = [say("audit.sound", {"counted": counted})]
    if restores:
        lines.append(say("audit.restored", {"files": ", ".join(str(one) for one in restores)}))
    if not report.key_checked:
        lines.append(say("audit.no_key"))
    return Audit(sound=report.ok, text="\n".join(lines))


def _line(fault: Broken) -> str:
    meaning = say(f"audit.why.{fault.why}")
    return say("audit.at", {"stream": fault.stream, "seq": str(fault.seq), "meaning": meaning, "why": fault.why})
