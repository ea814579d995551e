"""Planning: start or continue, and ask (Q1-Q7). Planning is a phase of the release (decision 8)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from datetime import time as daytime

from bot.decide.result import Decided, Decision, Refused
from bot.decide.settle import Judge
from bot.decide.vouched import recorded
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.builds import named_build
from bot.domain.evidence import Evidence
from bot.domain.evolve import begun, fold
from bot.domain.facts import Facts
from bot.domain.people import Place
from bot.domain.release import CORE_BUDGET, QUESTION_BUDGET, Phase, Release
from bot.domain.service import Audience, Service, StandingEvidence
from bot.plan.gaps import next_question
from bot.plan.patterns import open_items
from bot.policy.people import engineers, entitled, is_human, team

NEEDS_VERSION = frozenset({"ci", "scm", "registry"})
"""Sources that cannot be asked before the version is known."""

PLAN_ROLES = ("scm", "ci", "registry", "incidents", "prometheus")
WHOLE = 100
"""All traffic, in percent."""


def start_plan(release: Release | None, command: c.StartPlan, facts: Facts, now: datetime) -> Decision:
    """Begin, or go on with the open plan; what was said is kept, what is known is not asked (Q1, Q4)."""
    service = facts.service
    if service is None:
        return Refused("service_unknown", {"service": command.service})
    if command.start_at is not None and command.start_at <= now:
        return Refused("time_past", {"local": command.local_time})
    stranger = no_owner(command.rollback_owner, facts) if command.rollback_owner is not None else None
    if stranger is not None:
        return stranger
    if release is not None and release.phase is not Phase.PLANNING:
        return Decided((), "plan_exists", {"phase": release.phase.value.replace("_", " ")})
    if release is None:
        return Decided(tuple(begin(command, service, facts, now)), "plan_started")
    said = _said(command, release, facts, now)
    state = fold(said, release)
    if state.version is not None and (state.version, state.digest) != (release.version, release.digest):
        said += ask_sources(state, service, PLAN_ROLES, "plan", now)
    return Decided(tuple(said), "plan_continued")


def no_owner(person: str, facts: Facts) -> Refused | None:
    """An owner acts for the release (G27): a human being of the service's team, or whom the catalogue names for it."""
    if not is_human(facts.roster, person):
        return Refused("person_unknown", {"person": person})
    service = facts.service
    if service is None or person == service.rollback_owner or entitled(person, team(service)):
        return None
    names = ", ".join(facts.roster.name(p) for p in engineers(service)[:4])
    return Refused("owner_not_team", {"person": facts.roster.name(person), "who": names})


def begin(command: c.StartPlan, service: Service, facts: Facts, now: datetime) -> list[e.Event]:
    """A new release: what catalogue and words say of it, and the requests to its sources."""
    events: list[e.Event] = [
        _started(command, service, facts, now),
        *(_standing(item, service, facts, now) for item in service.standing),
        *_said(command, None, facts, now),
    ]
    return [*events, *ask_sources(begun(events), service, PLAN_ROLES, "plan", now)]


def _said(command: c.StartPlan, release: Release | None, facts: Facts, now: datetime) -> list[e.Event]:
    details = _details(command, release, now)
    claims = recorded(command.claims, command.actor, release, facts, now)
    return [details, *claims] if details is not None else claims


def _started(command: c.StartPlan, service: Service, facts: Facts, now: datetime) -> e.PlanStarted:
    return e.PlanStarted(
        at=now,
        release=command.release,
        service=service.id,
        environment=command.environment or service.environment,
        requested_by=command.actor.person,
        owner=command.actor.person,
        home=_home(command, service, facts),
        time_zone=command.time_zone or service.time_zone,
        version=named_build(command.version)[0],
        rollback_owner=command.rollback_owner or service.rollback_owner,
        strategy=_strategy(command) or (service.strategy.value if service.strategy else None),
        steps=_steps(command, service.steps) or service.steps,
    )


def _strategy(command: c.StartPlan) -> str | None:
    return command.strategy if command.canary_percent is None else "canary"


def _steps(command: c.StartPlan, known: tuple[int, ...]) -> tuple[int, ...] | None:
    """The share that was named and what follows it: the steps that were said, else those that are known. None: none was named."""
    first = command.canary_percent
    return None if first is None else (first, *(s for s in command.later_steps or known if first < s < WHOLE), WHOLE)


def _home(command: c.StartPlan, service: Service, facts: Facts) -> Place:
    """Where its card and its thread stand: where planning was asked for; of a private service never in a place of others.

    Who plans it elsewhere than in its channels, or alone with the bot, finds it in the first of its channels.
    """
    rooms = service.channels.get(Audience.TEAM, ())
    person = facts.roster.person(command.actor.person)
    direct = person.direct.get(command.home.platform) if person is not None else None
    alone = command.home.id in {command.actor.account, direct}
    if not service.private or not rooms or command.home in rooms or alone:
        return command.home
    return next((room for room in rooms if room.platform == command.home.platform), rooms[0])


def _details(command: c.StartPlan, release: Release | None, now: datetime) -> e.DetailsGiven | None:
    """What the words add to what is there; on a fresh release version, strategy and steps already stand in PlanStarted."""
    fresh = release is None
    version, digest = named_build(command.version)
    details = e.DetailsGiven(
        at=now,
        by=command.actor.person,
        version=None if fresh else version,
        digest=digest,
        start_at=command.start_at,
        local_time=command.local_time or None,
        time_zone=command.time_zone if command.start_at else None,
        rollback_owner=None if fresh else command.rollback_owner,
        strategy=None if fresh else _strategy(command),
        steps=None if release is None else _steps(command, release.steps),
        summary=command.text or None,
        links=command.links,
        data_change=command.data_change,
    )
    return (
        details if replace(details, local_time=None, time_zone=None) != e.DetailsGiven(at=now, by=details.by) else None
    )


def _standing(item: StandingEvidence, service: Service, facts: Facts, now: datetime) -> e.EvidenceRecorded:
    """Dated evidence of the catalogue counts until it is stale (G12)."""
    dated = datetime.combine(item.dated, daytime(12), tzinfo=UTC)
    fresh = facts.policy.freshness.get(item.kind)
    evidence = Evidence(
        kind=item.kind,
        standing=item.standing,
        source="catalogue",
        by=item.by,
        observed_at=now,
        url=item.url,
        subject=service.id,
        dated=dated,
        stale_after=dated + fresh if fresh else None,
        text=item.text,
        facts=dict(item.facts),
    )
    return e.EvidenceRecorded(at=now, evidence=evidence)


def ask_sources(release: Release, service: Service, roles: Sequence[str], purpose: str, now: datetime) -> list[e.Event]:
    """One request to each configured source that can be asked now; the keys name the round."""
    able = [r for r in roles if r in service.sources and (release.version or r not in NEEDS_VERSION)]
    keys = tuple(f"{release.id}:gather:{role}:{purpose}:{release.gather_round + 1}" for role in able)
    return [e.SourcesAsked(at=now, gathers=keys, purpose=purpose)] if keys else []


def ask_next(release: Release, facts: Facts, now: datetime, judge: Judge, *, waited: bool) -> tuple[e.Event, ...]:
    """The next question, or the end of planning. Waits for the sources unless it `waited` long enough (decision 6)."""
    if release.phase is not Phase.PLANNING or release.open_question is not None:
        return ()
    if release.gathers and not waited:
        return ()
    judgement = judge(release, facts, now)
    question = None if spent(release) else next_question(release, facts, judgement, now)
    if question is None or (question.core and core_spent(release)):
        return (e.Planned(at=now, gaps=open_items(judgement)),)
    return (e.QuestionAsked(at=now, question=question),)


def spent(release: Release) -> bool:
    """Q1, as a fact of the engine: it does not matter what the gaps would like to ask."""
    return len(release.questions) >= QUESTION_BUDGET


def core_spent(release: Release) -> bool:
    """Q2, the same of the core artifacts."""
    return sum(q.core for q in release.questions) >= CORE_BUDGET


def close_question(release: Release, now: datetime, how: str) -> tuple[e.Event, ...]:
    """Ends the open question without an answer: a source answered it, or planning is over."""
    question = release.open_question
    if question is None:
        return ()
    return (e.QuestionAnswered(at=now, number=question.number, by="t-minus", how=how, text=""),)


def end_planning(release: Release, now: datetime) -> tuple[e.Event, ...]:
    """Planning ends here and now, whatever is open: the verdict lists it (Q6)."""
    if release.phase is not Phase.PLANNING:
        return ()
    gaps = open_items(release.judgement) if release.judgement else ()
    return (*close_question(release, now, "moot"), e.Planned(at=now, gaps=gaps))
