"""`python -m bot doctor` and the verb `doctor`: what is there, what lacks, and the remedy of each. Nothing is changed.

A database that cannot be opened (not made yet, or held by the bot that serves) is told; the platforms are then asked over an
empty one in a temporary folder.
"""

import json
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from adapters.http.health import asked_state
from adapters.http.platform import Platform
from bot.app.checks import beat_check, catalogue_check, checked, clock_check, key_check, one_line
from bot.app.house import MARKED_SANDBOX, Rooms, rooms
from bot.app.looking import Looking
from bot.app.opening import catalogue_of
from bot.app.patience import Patience
from bot.app.running import joined_checks
from bot.app.serve import FACTORIES, Factory, given_of
from bot.catalog.file import CatalogFile
from bot.clock import SystemClock
from bot.domain.errors import BadFile, SecondProcess
from bot.messages.words import say
from bot.outbox.absence import HEARTBEAT
from bot.ports import Check
from bot.settings import BadSettings, Settings, load, misspelt
from bot.store import Database, open_store
from bot.store.migrate import head, revisions, upgrade
from bot.store.move import is_moved
from bot.store.ready import NoAnswer, revision_of


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found, in order."""

    checks: tuple[Check, ...]

    @property
    def well(self) -> bool:
        """True where nothing lacks."""
        return all(check.ok for check in self.checks)

    def text(self) -> str:
        """For the terminal: a line for each check, and the remedy under what lacks."""
        lines = []
        for check in self.checks:
            state = say("doctor.ok" if check.ok else "doctor.lacks")
            lines.append(f"{state:<6} {check.code}: {check.sentence}")
            lines += [f"       -> {check.remedy}"] if check.remedy and not check.ok else []
        lacks = sum(not check.ok for check in self.checks)
        values = {"lacks": str(lacks), "count": str(len(self.checks))}
        return "\n".join([*lines, say("doctor.title_lacks" if lacks else "doctor.title_well", values)])

    def json(self) -> str:
        """For scripts: {"ok", "checks": [{"code", "ok", "sentence", "remedy"}]}."""
        return json.dumps({"ok": self.well, "checks": [asdict(c) for c in self.checks]}, ensure_ascii=False, indent=2)


async def examined(factories: Sequence[Factory] = FACTORIES, settings: Callable[[], Settings] = load) -> Examination:
    """From the settings on; each step that cannot be taken is told, and the others are taken all the same."""
    try:
        given = settings()
    except BadSettings as error:
        bad = checked("settings_bad", ok=False, remedy="settings_do", error=one_line(error))
        return Examination((bad,))
    slips = ", ".join(f"{wrong} ({meant}?)" for wrong, meant in misspelt().items())
    found = [checked("settings", ok=True), key_check(given)]
    if slips:
        found[0] = checked("settings_misspelt", ok=False, remedy="settings_misspelt_do", error=slips)
    catalog: CatalogFile | None = None
    try:
        catalog = catalogue_of(given)
        found.append(catalogue_check(catalog))
    except BadFile as error:
        found.append(checked("catalogue_bad", ok=False, remedy="catalogue_do", error=one_line(error)))
    async with _database(given, found) as store:
        if catalog is not None:
            found += await _with_platforms(given, rooms(store, catalog, SystemClock()), factories)
    return Examination(tuple(found))


async def _with_platforms(settings: Settings, house: Rooms, factories: Sequence[Factory]) -> Sequence[Check]:
    async def problems() -> Sequence[str]:
        return ()

    given = given_of(settings, house, Patience(house.runner.hear), problems)
    platforms = [p for make in factories if (p := make(settings, given)) is not None]
    async with AsyncExitStack() as stack:
        for platform in platforms:
            stack.push_async_callback(platform.stop)
        return await _looked_at(settings, house, platforms)


async def _looked_at(settings: Settings, house: Rooms, platforms: Sequence[Platform]) -> Sequence[Check]:
    try:
        looking = Looking(settings.sources)
        looking.sources(house.catalog)
    except BadFile as error:
        bad = checked("sources_bad", ok=False, remedy="sources_do", error=one_line(error))
        return (bad, *await joined_checks(settings, house, platforms, None))
    async with looking:
        return await joined_checks(settings, house, platforms, looking)


@asynccontextmanager
async def _database(settings: Settings, found: list[Check]) -> AsyncIterator[Database]:
    """The database where it can be used, else an empty one; what it is like is added to what was found."""
    usable = await _state_of(settings, found)
    if usable:
        async with open_store(settings.database) as store:
            if await store.get_meta(MARKED_SANDBOX):
                found.append(checked("database_sandbox", ok=False, remedy="database_sandbox_do"))
            if await is_moved(store):
                found.append(checked("database_moved", ok=False, remedy="database_moved_do"))
            clock = SystemClock()
            found.append(clock_check(clock.now(), await store.time()))
            found.append(beat_check(await store.get_meta(HEARTBEAT), clock.now()))
            yield store
        return
    with tempfile.TemporaryDirectory(prefix="t-minus-doctor-") as folder:
        url = f"sqlite:///{Path(folder) / 'empty.db'}"
        await upgrade(url)
        async with open_store(url) as store:
            yield store


async def _state_of(settings: Settings, found: list[Check]) -> bool:
    """True where it is at the newest revision and can be opened."""
    file = settings.database_file
    if file is not None and not file.exists():
        found.append(checked("database_none", ok=False, remedy="database_none_do"))
        return False
    try:
        at = await revision_of(settings.database)
    except SecondProcess:
        found.append(checked("database_held", ok=True))
        found.append(await _held(settings))
        return False
    except NoAnswer as error:
        found.append(checked("database_away", ok=False, remedy="database_away_do", error=str(error)))
        return False
    if at is None:
        found.append(checked("database_none", ok=False, remedy="database_none_do"))
    elif at == head():
        found.append(checked("database", ok=True, revision=at))
    elif at in revisions():
        found.append(checked("database_behind", ok=False, remedy="database_behind_do", revision=at, head=head()))
    else:
        found.append(checked("database_newer", ok=False, remedy="database_newer_do", revision=at))
    return at == head()


async def _held(settings: Settings) -> Check:
    """The bot that holds the file answers for itself."""
    state = await asked_state(settings.own_host, settings.port)
    if state is None:
        return checked("scheduler_none", ok=False, remedy="scheduler_do", limit="5")
    if not state.ready or state.told:
        problems = "; ".join([", ".join(state.problems), *state.told])
        return checked("health_bad", ok=False, remedy="health_do", problems=problems)
    return checked("scheduler_held", ok=True, host=settings.own_host, port=str(settings.port))
