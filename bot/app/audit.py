"""`audit verify` from the command line."""

from dataclasses import dataclass
from pathlib import Path

from bot.app.options import SandboxOptions, sealing_key
from bot.domain.errors import BadFile
from bot.store import open_store
from bot.store.audit import AuditReport, verify
from bot.store.seals import read_seal


@dataclass(frozen=True, slots=True)
class Audit:
    """What `audit verify` prints."""

    sound: bool
    text: str


async def verify_ledger(data: Path, database: str | None) -> Audit:
    """Check the ledger against the seals in the data folder. Raises BadFile where there is nothing to check."""
    options = SandboxOptions(data=data, database=database)
    if database is None and not (data / "sandbox.sqlite").exists():
        msg = f"{data}: there is no database here; name one with --data or --database"
        raise BadFile(msg)
    file = data / "seals.jsonl"
    outside = [read_seal(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
    key = sealing_key(data) if (data / "sealing.key").exists() else None
    store = open_store(options.url)
    try:
        return _audit(await verify(store, key, outside))
    finally:
        await store.close()


def _audit(report: AuditReport) -> Audit:
    counted = (
        f"{report.rows} rows in {report.streams} streams, {report.seals} seals, {report.unsealed} rows not sealed yet"
    )
    if report.ok:
        return Audit(sound=True, text=f"ledger sound: {counted}")
    if report.first is not None:
        return Audit(sound=False, text=f"ledger BROKEN at {report.first}: {counted}")
    return Audit(
        sound=False, text=f"ledger BEHIND its seals ({', '.join(report.behind)}): restored from a backup? {counted}"
    )
