"""`calendar import` and `calendar export` from the command line: the freezes as a calendar file."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.app.kept import Kept, kept
from bot.app.sandbox import CLOCK
from bot.catalog.file import CatalogFile
from bot.catalog.ics import read_ics, write_ics
from bot.clock import SimulatedClock, SystemClock
from bot.decide.result import Refused
from bot.domain.commands.calendar import DeclareFreeze, ImportFreezes
from bot.domain.errors import BadFile
from bot.domain.people import Actor
from bot.freezing import FreezeService
from bot.messages.telling import told
from bot.messages.words import say
from bot.ports import Clock
from bot.store import Database, open_store
from bot.store.move import is_moved


@dataclass(frozen=True, slots=True)
class CalendarOptions:
    """Where the freezes are kept; for an import also the file, who gives it, and what holds where an event says nothing."""

    data: Path | None
    database: str | None
    catalogue: Path | None = None
    policy: Path | None = None
    file: Path | None = None
    by: str = ""
    scope: str = ""
    zone: str = "UTC"

    @property
    def kept(self) -> Kept:
        """Where the record is. Raises BadFile where there is none."""
        return kept(self.data, self.database)


async def export_calendar(options: CalendarOptions) -> str:
    """The freezes that people entered and those of the policy that are not over, as a calendar file."""
    async with open_store(options.kept.url) as store:
        now = (await _clock(store)).now()
        entered = await store.freezes()
    catalog = _catalog(options, now)()
    return write_ics([w for w in (*entered, *catalog.policy.freezes) if w.ends_at > now], now)


async def import_calendar(options: CalendarOptions) -> str:
    """Enter all freezes of the file, or none. Raises BadFile, also where a rule refuses it."""
    if options.file is None:
        msg = "name the calendar file"
        raise BadFile(msg)
    try:
        text = options.file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{options.file}: a readable UTF-8 file is needed"
        raise BadFile(msg) from error
    async with open_store(options.kept.url) as store:
        if await is_moved(store):
            raise BadFile(say("calendar.moved"))
        clock = await _clock(store)
        found = read_ics(text, str(options.file), options.scope, options.zone, clock.now())
        actor = Actor(person=options.by, platform="cli", account=options.by, place="command line")
        given = tuple(
            DeclareFreeze(actor, f.scope, f.starts_at, f.ends_at, f.reason, uid=f.uid) for f in found if not f.cancelled
        )
        command = ImportFreezes(actor, given, tuple(f.uid for f in found if f.cancelled))
        request = f"calendar import {options.file.name} {secrets.token_hex(4)}"
        outcome = await FreezeService(store, _catalog(options, clock.now()), clock, write_ics).handle(command, request)
    decision = outcome.decision
    if decision is None or isinstance(decision, Refused):
        raise BadFile(told(f"refused.{decision.code}", decision.params) if decision else "nothing was done")
    return told(f"ack.{decision.code}", decision.params)


def _catalog(options: CalendarOptions, now: datetime) -> CatalogFile:
    found = options.kept
    return CatalogFile(options.catalogue or found.catalogue, lambda: now, options.policy or found.policy, found.rubric)


async def _clock(store: Database) -> Clock:
    """The clock of that database: of a sandbox it is simulated, and stands in it."""
    kept = await store.get_meta(CLOCK)
    return SimulatedClock(datetime.fromisoformat(kept)) if kept else SystemClock()
