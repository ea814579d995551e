"""The checks of doctor that need no platform: each a value with its sentence and, where something lacks, its remedy."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime

from bot.catalog.file import CatalogFile
from bot.domain.people import Person
from bot.health import Health
from bot.messages.words import say
from bot.policy.reach import gates
from bot.ports import Catalog, CatalogReader, Check
from bot.settings import Settings

BEAT_LIMIT_S = 90.0
"""Three heartbeats."""

APART_S = 2.0


def checked(code: str, *, ok: bool, remedy: str = "", **values: str) -> Check:
    """The check with the sentence of that code; its own code is the first word: whatever is found, a line keeps its name."""
    sentence = say(f"doctor.{code}", values)
    return Check(code.partition("_")[0], ok, sentence, "" if ok else say(f"doctor.{remedy}", values))


def gate_checks(catalog: Catalog, knows: Callable[[Person], bool]) -> Iterator[Check]:
    """One line where all is well, else one for each gate that one absence would close."""
    every = tuple(gates(catalog.services, catalog.roster, knows))
    shut = [gate for gate in every if not gate.open]
    if not shut:
        yield checked("gates", ok=True, count=str(len(every)))
    for gate in shut:
        values = {"service": gate.service, "role": gate.role.value, "able": ", ".join(gate.able)}
        sentence = say("doctor.gate_one" if gate.able else "doctor.gate_none", values)
        if gate.unable:
            sentence = say("doctor.gate_unable", {"sentence": sentence, "unable": ", ".join(gate.unable)})
        yield Check("gates", ok=False, sentence=sentence, remedy=say("doctor.gate_do", values))


def place_check(catalog: Catalog, platforms: Collection[str]) -> Check:
    """Channels whose platform nobody joined."""
    services = catalog.services.values()
    named = {str(p): p.platform for s in services for places in s.channels.values() for p in places}
    lost = sorted(place for place, platform in named.items() if platform not in platforms)
    if lost:
        return checked("places_bad", ok=False, remedy="places_do", places=", ".join(lost))
    return checked("places", ok=True)


def platform_check(platforms: Sequence[str]) -> Check:
    """Whether there is one at all."""
    if not platforms:
        return checked("platforms_none", ok=False, remedy="platforms_do")
    return checked("platforms", ok=True, platforms=", ".join(platforms))


def source_checks(catalog: Catalog, sources: Collection[str]) -> Iterator[Check]:
    """What is asked, and what the catalogue names that is not there."""
    if sources:
        yield checked("sources", ok=True, sources=", ".join(sources))
    else:
        yield checked("sources_none", ok=True)
    wanted = {name for service in catalog.services.values() for name in service.sources.values()}
    unknown = sorted(wanted - set(sources))
    if unknown:
        yield checked("sources_unknown", ok=False, remedy="sources_unknown_do", names=", ".join(unknown))


def catalogue_check(catalog: CatalogReader) -> Check:
    """Whether the files on disk are the ones in force."""
    now = catalog()
    if isinstance(catalog, CatalogFile) and catalog.bad is not None:
        return checked("catalogue_bad", ok=False, remedy="catalogue_do", error=one_line(catalog.bad))
    values = {"services": str(len(now.services)), "people": str(len(now.roster.people))}
    return checked("catalogue", ok=True, **values, policy=now.policy.version, rubric=now.rubric.version)


def one_line(error: Exception) -> str:
    """What several lines said."""
    return " · ".join(str(error).splitlines())


def key_check(settings: Settings) -> Check:
    """Where the sealing key is."""
    if settings.sealing_key is not None:
        return checked("key", ok=True)
    if settings.on_postgres:
        return checked("key_none", ok=False, remedy="key_do")
    return checked("key_file", ok=True, path=str(settings.data_dir / "sealing.key"))


def clock_check(ours: datetime, theirs: datetime) -> Check:
    """How far the clocks are apart."""
    apart = abs((ours - theirs).total_seconds())
    return checked(
        "clock" if apart <= APART_S else "clock_bad", ok=apart <= APART_S, remedy="clock_do", seconds=f"{apart:.1f}"
    )


def beat_check(heartbeat: str | None, now: datetime) -> Check:
    """Whether some bot worked on this database a moment ago."""
    age = (now - datetime.fromisoformat(heartbeat)).total_seconds() if heartbeat else None
    if age is None or age > BEAT_LIMIT_S:
        return checked("scheduler_none", ok=False, remedy="scheduler_do", limit=f"{BEAT_LIMIT_S:.0f}")
    return checked("scheduler", ok=True, seconds=f"{max(age, 0.0):.0f}")


def health_check(health: Health) -> Check:
    """What bot.health says."""
    if health.problems:
        return checked("health_bad", ok=False, remedy="health_do", problems=", ".join(health.problems))
    return checked("health", ok=True)
