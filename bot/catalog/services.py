"""Entries of the file -> domain values. Days that are counted back become dates here."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.catalog.entries import CatalogueFile, OutcomeEntry, PersonEntry, ServiceEntry, StandingEntry
from bot.domain.people import Person, Place, Roster
from bot.domain.service import Outcome, Service, StandingEvidence, Threshold


def roster_of(file: CatalogueFile) -> Roster:
    """All persons of the file."""
    return Roster({who: _person(who, entry) for who, entry in file.people.items()})


def services_of(
    file: CatalogueFile, now: datetime, slos: Mapping[str, tuple[Threshold, ...]] | None = None
) -> Mapping[str, Service]:
    """All services of the file, in its order. `slos`: what the OpenSLO file of each service asks for."""
    given = slos or {}
    return {name: _service(name, entry, now, given.get(name, ())) for name, entry in file.services.items()}


def _person(who: str, entry: PersonEntry) -> Person:
    return Person(
        id=who,
        name=entry.name,
        email=entry.email,
        directory_id=entry.directory_id,
        title=entry.title,
        kind=entry.kind,
        accounts=entry.accounts,
        direct={**entry.accounts, **entry.direct},
        formerly=entry.formerly,
    )


def _service(name: str, entry: ServiceEntry, now: datetime, slos: tuple[Threshold, ...]) -> Service:
    return Service(
        id=name,
        name=entry.name or name,
        tier=entry.tier,
        time_zone=entry.time_zone,
        team=entry.team,
        roles=entry.roles,
        deputies=entry.deputies,
        groups=entry.groups,
        environment=entry.environment,
        strategy=entry.strategy,
        steps=entry.steps,
        tool=entry.tool,
        data_store=entry.data_store,
        uses_flags=entry.uses_flags,
        outage_visible=entry.outage_visible,
        regulated=entry.regulated,
        private=entry.private,
        criticality=entry.criticality,
        novelty=entry.novelty,
        span=entry.span,
        depends_on=entry.depends_on,
        channels={audience: tuple(map(_place, places)) for audience, places in entry.channels.items()},
        thresholds=_thresholds(entry, slos),
        sources={str(role): source for role, source in entry.sources.items()},
        suppliers=entry.suppliers,
        standing=tuple(_standing(one, now) for one in entry.standing),
        rollback_owner=entry.rollback_owner,
        restore_minutes=entry.restore_minutes,
        previous_version=entry.previous_version,
        history=tuple(_outcome(name, one, now) for one in entry.history),
        repository=entry.repository,
        flag_tool=entry.flag_tool,
        names={str(name): said for name, said in entry.names.items()},
        evidence={str(name): said for name, said in entry.evidence.items()},
        checks=entry.checks,
    )


def _thresholds(entry: ServiceEntry, slos: tuple[Threshold, ...]) -> tuple[Threshold, ...]:
    """The catalogue's own limits, and those of the SLOs that it does not overrule by the same metric."""
    own = tuple(
        Threshold(t.metric, t.limit, t.unit, t.above, t.minutes, query=t.query, success=t.success)
        for t in entry.thresholds
    )
    named = {t.metric.casefold() for t in own}
    return (*own, *(t for t in slos if t.metric.casefold() not in named))


def _place(said: str) -> Place:
    platform, _, name = said.partition(":")
    return Place(platform, name)


def _standing(entry: StandingEntry, now: datetime) -> StandingEvidence:
    return StandingEvidence(
        kind=entry.kind,
        dated=entry.dated or now.date() - timedelta(days=entry.dated_days_ago or 0),
        by=entry.by,
        url=entry.url,
        text=entry.text,
        facts=entry.facts,
        standing=entry.standing,
    )


def _outcome(service: str, entry: OutcomeEntry, now: datetime) -> Outcome:
    return Outcome(
        release=entry.release or f"{service} {entry.version}",
        version=entry.version,
        ended_at=entry.ended_at or now - timedelta(days=entry.ended_days_ago or 0),
        result=entry.result,
        incident=entry.incident,
        lesson=entry.lesson,
    )
