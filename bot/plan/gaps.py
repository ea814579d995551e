"""What is missing, and which missing fact is worth one of three questions (G1, Q1-Q6)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.evidence import Kind, Standing
from bot.domain.facts import Facts
from bot.domain.finding import Finding, Level, Result
from bot.domain.people import Role
from bot.domain.plan import Gap
from bot.domain.release import CORE_BUDGET, QUESTION_BUDGET, Band, Judgement, Question, Release
from bot.plan.items import kind_of
from bot.plan.questions import DONT_KNOW, SLOTS, WHO, Slot, slot_of
from bot.plan.suppose import NEEDS_VERSION, found_by_version, pending_kinds, with_evidence, with_start, with_version
from bot.plan.way import cheapest_way, open_musts
from bot.policy import assess, judge
from bot.policy.people import holders, is_human, is_one_of

__all__ = ["cheapest_way", "deadline", "gaps", "next_question", "open_musts"]

LEADS = (timedelta(minutes=30), timedelta(minutes=5), timedelta(0))
"""What is missing has to be there at T-30; later than that at T-5; at last at T=0."""

OFFERED = 3
"""How many persons a question offers as buttons."""

_ORDER = {Level.MUST: 0, Level.SHOULD: 1, Level.OPTIONAL: 2}
_ASK_A_ROLE: Mapping[Kind, Role] = {Kind.CUSTOMER_NOTICE: Role.PRODUCT_OWNER, Kind.SECURITY: Role.ENGINEERING_LEAD}


@dataclass(frozen=True, slots=True)
class _Option:
    """A question that could be asked: its rank by Q5, smallest first; `answered` is the release with the best answer."""

    name: str
    slot: Slot
    level: Level
    swing: int
    unlocks: bool
    place: int
    answered: Release

    @property
    def rank(self) -> tuple[int, int, int, int]:
        return (_ORDER[self.level], -self.swing, 0 if self.unlocks else 1, self.place)


def gaps(release: Release, facts: Facts, judgement: Judgement, now: datetime) -> tuple[Gap, ...]:
    """All of them, MUST first, then in the fixed order of items: a limit of questions never hides a gap (Q6).

    Each names who closes it, how, and by when; `by` is None where no start is known (so: set a start time) or it is past.
    """
    del facts
    by = deadline(release, now)
    kinds = list(Kind)
    found = [_gap(f, by) for f in judgement.findings if f.open]
    return tuple(sorted(found, key=lambda g: (_ORDER[g.level], kinds.index(g.kind))))


def deadline(release: Release, now: datetime) -> datetime | None:
    """By when a gap has to be closed; None where no start is known or it is past."""
    if release.start_at is None:
        return None
    return next((release.start_at - lead for lead in LEADS if release.start_at - lead > now), None)


def next_question(release: Release, facts: Facts, judgement: Judgement, now: datetime) -> Question | None:
    """The one question that is worth asking now, or None: nothing that only a person knows is open, or the budget is spent.

    MUST before SHOULD, then the largest swing of the score, then what unlocks other items, then the fixed order (Q5).
    """
    if release.open_question is not None or len(release.questions) >= QUESTION_BUDGET:
        return None
    follow_up = _who_does(release, facts)
    if follow_up is not None:
        return follow_up
    options = sorted(_options(release, facts, judgement, now), key=lambda o: o.rank)
    first = next((o for o in options if _helps(o, facts, judgement, now)), None)
    if first is None:
        return None
    if first.level is not Level.MUST and (first.swing <= 0 or _low_at_best(release, facts, judgement, now)):
        return None
    because, params = _because(first, release, facts, judgement)
    return Question(
        number=len(release.questions) + 1,
        slot=first.name,
        code=first.slot.code,
        core=first.slot.core,
        because=because,
        choices=_choices(first, facts),
        params=params,
    )


def _gap(finding: Finding, by: datetime | None) -> Gap:
    return Gap(
        kind=kind_of(finding),
        code=finding.code,
        level=finding.level,
        result=finding.result,
        who=finding.who,
        how=finding.how or f"add_{kind_of(finding).value}",
        by=by,
        params=finding.params,
    )


def _options(release: Release, facts: Facts, judgement: Judgement, now: datetime) -> Iterator[_Option]:
    """Open, not asked before, not asked of somebody else, not what the bot finds out itself (Q4), within Q2."""
    asked = {q.slot for q in release.questions}
    core_left = sum(q.core for q in release.questions) < CORE_BUDGET
    elsewhere = {kind for kind, _ in release.asked_of}
    found_out = pending_kinds(release) | (found_by_version(facts) if release.version is None else frozenset())
    for place, (name, slot) in enumerate(SLOTS.items()):
        if name in asked or (slot.core and not core_left) or (slot.kind and slot.kind.value in elsewhere):
            continue
        if slot.kind in found_out:
            continue
        level = _open_level(name, slot, release, judgement)
        if level is None:
            continue
        answered = _answered(name, slot, release, facts, now)
        swing = judgement.score.score - assess(answered, facts, now).score
        unlocks = name == "version" and bool(_needing_version(facts))
        yield _Option(name, slot, level, swing, unlocks, place, answered)


def _open_level(name: str, slot: Slot, release: Release, judgement: Judgement) -> Level | None:
    """The highest level at which it is open; None where it is not, or only a consent is."""
    if name == "version":
        return None if release.version else Level.MUST
    if name == "start_at":
        return None if release.start_at else Level.MUST
    if name == "rollback_owner":
        return None if release.rollback_owner else Level.MUST
    found = [f for f in judgement.findings if f.open and not f.consent and f.subject == slot.kind]
    levels = [Level.MUST if f.result is Result.BLOCKED else f.level for f in found]
    wanted = [level for level in levels if level is not Level.OPTIONAL]
    return min(wanted, key=lambda level: _ORDER[level], default=None)


def _answered(name: str, slot: Slot, release: Release, facts: Facts, now: datetime) -> Release:
    if name == "version":
        return with_version(release, facts, now)
    if name == "start_at":
        return with_start(release, facts, now)
    return with_evidence(release, (slot.kind,) if slot.kind else (), now, facts=facts, attested=True)


def _helps(option: _Option, facts: Facts, judgement: Judgement, now: datetime) -> bool:
    """True if a person's answer would close something: where only a source can, nobody is asked (Q4)."""
    return option.slot.kind is None or _count(judge(option.answered, facts, now)) < _count(judgement)


def _count(judgement: Judgement) -> int:
    return sum(f.open and not f.consent and f.level is not Level.OPTIONAL for f in judgement.findings)


def _needing_version(facts: Facts) -> frozenset[str]:
    return NEEDS_VERSION & frozenset(facts.service.sources if facts.service else ())


def _low_at_best(release: Release, facts: Facts, judgement: Judgement, now: datetime) -> bool:
    """True if with every MUST given it would be LOW: then no SHOULD is worth a question."""
    kinds = tuple(dict.fromkeys(kind_of(f) for f in open_musts(judgement)))
    return assess(with_evidence(release, kinds, now, facts=facts), facts, now).band is Band.LOW


def _who_does(release: Release, facts: Facts) -> Question | None:
    """Q6: nobody is named for what the person does not know: who does?"""
    last = release.questions[-1] if release.questions else None
    if last is None or last.answer != DONT_KNOW or last.slot.startswith(WHO):
        return None
    slot, name = slot_of(last.slot), f"{WHO}{last.slot}"
    kind = slot.kind if slot else None
    if slot is None or kind in {None, Kind.OWNERS, Kind.STRATEGY} or any(k == kind for k, _ in release.asked_of):
        return None
    if slot.core and sum(q.core for q in release.questions) >= CORE_BUDGET:
        return None
    people = _people(facts, kind, besides=(last.answered_by or release.owner, release.owner))
    return Question(
        number=len(release.questions) + 1,
        slot=name,
        code="who",
        core=slot.core,
        because="nobody_named",
        choices=(*people, DONT_KNOW),
        params={**_common(release, facts), "item": last.slot.replace("_", " ")},
    )


def _people(facts: Facts, kind: Kind | None, besides: tuple[str, ...]) -> tuple[str, ...]:
    """Up to three persons who may know or do it, first choice first."""
    service = facts.service
    if service is None:
        return ()
    role = _ASK_A_ROLE.get(kind, Role.ON_CALL) if kind else Role.ON_CALL
    named = service.rollback_owner if kind is Kind.OWNERS else service.suppliers.get(kind) if kind else None
    able = (*((named,) if named else ()), *holders(service, role), *holders(service, Role.SERVICE_OWNER), *service.team)
    fit = (p for p in dict.fromkeys(able) if is_human(facts.roster, p) and not is_one_of(facts.roster, p, besides))
    return tuple(fit)[:OFFERED]


def _choices(option: _Option, facts: Facts) -> tuple[str, ...]:
    if option.name == "rollback_owner":
        return (*_people(facts, Kind.OWNERS, besides=()), *option.slot.choices)
    return option.slot.choices


def _common(release: Release, facts: Facts) -> dict[str, str]:
    service = facts.service
    return {
        "release": release.id,
        "service": service.name if service else release.service,
        "version": release.version or "UNKNOWN",
        "environment": release.environment,
        "previous": (service.previous_version if service else None) or "the last version",
        "zone": service.time_zone if service else release.time_zone,
    }


def _because(option: _Option, release: Release, facts: Facts, judgement: Judgement) -> tuple[str, Mapping[str, str]]:
    """Why this is asked (Q3): a code, and the values of its sentence together with those of the question."""
    points = {p.factor: p.points for p in judgement.score.parts}
    params = {
        **_common(release, facts),
        "band": judgement.score.band.value,
        "data_points": str(points.get("data_change", 0)),
        "way_points": str(points.get("way_back", 0)),
    }
    evidence = release.latest(option.slot.kind) if option.slot.kind else None
    if option.name == "migration":
        changed = any(e.kind is Kind.MIGRATION and e.facts.get("models_changed") for e in release.evidence)
        return ("models_changed" if changed else "migration_unknown"), params
    if option.name == "rollback":
        if evidence is not None and evidence.standing in {Standing.ATTESTED, Standing.VERIFIED} and evidence.dated:
            return "rollback_old", {**params, "date": evidence.dated.date().isoformat()}
        return "rollback_unproven", params
    if option.name == "version":
        return ("version_unlocks" if option.unlocks else "version_needed"), params
    if option.name in {"start_at", "rollback_owner", "strategy"}:
        return f"{option.name}_needed", params
    return ("must_open" if option.level is Level.MUST else "should_open"), params
