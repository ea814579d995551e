"""Evidence comes in: from sources, from people, or as "does not apply"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.decide.linked import look_up
from bot.decide.planning import PLAN_ROLES, ask_next, ask_sources, close_question
from bot.decide.result import Decided, Decision, Refused
from bot.decide.settle import Judge
from bot.decide.vouched import NOT_FOR_PEOPLE, joined, vouched
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.builds import is_digest
from bot.domain.consent import ConsentKind, ConsentState
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.evolve import fold
from bot.domain.facts import Facts
from bot.domain.finding import Verdict
from bot.domain.lifecycle import may
from bot.domain.links import links_of, owner_of
from bot.domain.release import Phase, Release
from bot.plan.hash import same_plan
from bot.plan.questions import SLOTS
from bot.policy.calendar import PRESENCE
from bot.policy.people import is_human
from bot.policy.standing import NEVER_NA

UNDER_WAY = frozenset({"progressing", "paused", "degraded", "completed"})


def record(release: Release, command: c.RecordObservations, facts: Facts, now: datetime, judge: Judge) -> Decision:
    """What a source answered. It may end the open question, show a start that nobody reported (G23), or flip the verdict."""
    events: list[e.Event] = [e.EvidenceRecorded(at=now, evidence=item) for item in command.observations]
    events += _what_scm_says(release, command, now)
    events.append(e.SourceAnswered(at=now, gather=command.gather, source=command.source))
    state = fold(events, release)
    events += _ask_again(release, state, command, facts, now)
    events += _observed_start(state, command, facts, now, judge)
    if state.phase is Phase.PLANNING:
        events += _moot(state, facts, now, judge)
        state = fold(events, release)
        events += ask_next(state, facts, now, judge, waited=False)
    return Decided(tuple(events))


def _what_scm_says(release: Release, command: c.RecordObservations, now: datetime) -> list[e.Event]:
    """Commit, digest and authors are part of the release itself: the plan hash is bound to them (G8)."""
    found: list[e.Event] = []
    for item in command.observations:
        if item.kind is Kind.ARTIFACT and item.standing is Standing.VERIFIED and not _of_another_image(release, item):
            authors = tuple(a.strip() for a in str(item.facts.get("authors", "")).split(",") if a.strip())
            details = e.DetailsGiven(
                at=now,
                by="t-minus",
                commit=_text(item.facts.get("commit")),
                digest=_text(item.facts.get("digest")),
                authors=authors or None,
            )
            same = (details.commit in {None, release.commit}) and (details.digest in {None, release.digest})
            if not same or (authors and authors != release.authors):
                found.append(details)
        if item.kind is Kind.MIGRATION and item.standing is Standing.VERIFIED and release.data_change is None:
            data_change = _text(item.facts.get("data_change"))
            if data_change:
                found.append(e.DetailsGiven(at=now, by="t-minus", data_change=data_change))
    return found


def _of_another_image(release: Release, item: Evidence) -> bool:
    """Where a person named the build by its digest alone, no source puts another one in its place (G8)."""
    said = item.facts.get("digest")
    return is_digest(release.version or "") and bool(said) and said != release.digest


def _ask_again(
    before: Release, release: Release, command: c.RecordObservations, facts: Facts, now: datetime
) -> list[e.Event]:
    """A pipeline that could not say more before the commit was known is asked once more when it is."""
    waiting = {one.source for one in release.evidence if one.facts.get("needs") == "commit"}
    news = before.commit is None or any(one.facts.get("needs") == "commit" for one in command.observations)
    if not waiting or not news or release.commit is None or facts.service is None:
        return []
    by_role = ("ci",) if facts.service.sources.get("ci") in waiting else ()
    again = tuple(ask_sources(release, facts.service, by_role, "recheck", now))
    links = [u for u in links_of(release) if (o := owner_of(u, facts.owners)) and f"{o.source} (link)" in waiting]
    return [*again, *look_up(fold(again, release), links, facts, now)]


def _text(value: object) -> str | None:
    return str(value) if value not in (None, "") else None


def _observed_start(
    release: Release, command: c.RecordObservations, facts: Facts, now: datetime, judge: Judge
) -> list[e.Event]:
    if release.started or not may(release.phase, e.Started):
        return []
    for item in command.observations:
        seen = item.kind is Kind.ROLLOUT and item.standing is Standing.VERIFIED
        if seen and item.facts.get("state") in UNDER_WAY:
            verdict = verdict_of_start(release, item.observed_at, facts, now, judge)
            return start_events(release, "rollout tool", item.observed_at, now, verdict)
    return []


def verdict_of_start(release: Release, started_at: datetime, facts: Facts, now: datetime, judge: Judge) -> Verdict:
    """Of the moment, for the time at which it began; no GO where the plan is another one than people gave theirs to (G8)."""
    if release.phase is Phase.CLEARED and not same_plan(release, facts, now):
        return Verdict.UNVERIFIED
    return judge(as_begun(release, started_at), facts, now).verdict


def as_begun(release: Release, started_at: datetime) -> Release:
    """The release with the time at which it really began, for the judgement of its start (G11).

    The GO was given for the planned time. Who begins before it, or more than 30 minutes after it, may meet a freeze or a
    clash that nobody judged.
    """
    planned = release.start_at
    if planned is None or planned <= started_at <= planned + PRESENCE:
        return release
    return replace(release, start_at=started_at)


def start_events(release: Release, by: str, started_at: datetime, now: datetime, verdict: Verdict) -> list[e.Event]:
    """Started, with or without a GO of this moment (G12, G23). A release without a time gets it from the start itself."""
    with_go = release.phase is Phase.CLEARED and verdict is Verdict.GO
    events: list[e.Event] = []
    if release.start_at is None or release.phase is Phase.HELD:
        events.append(e.DetailsGiven(at=now, by=by, start_at=started_at, local_time=""))
    events += close_question(release, now, "moot")
    events.append(e.Started(at=now, by=by, started_at=started_at, without_go=not with_go))
    return events


def _moot(release: Release, facts: Facts, now: datetime, judge: Judge) -> tuple[e.Event, ...]:
    """A source answered what was being asked: the question is over, and it stays counted (Q1, Q4)."""
    question = release.open_question
    slot = SLOTS.get(question.slot) if question else None
    if question is None or slot is None or slot.kind is None:
        return ()
    judgement = judge(release, facts, now)
    if any(f.subject == slot.kind.value and f.open for f in judgement.findings):
        return ()
    return close_question(release, now, "moot")


def add(release: Release, command: c.AddEvidence, facts: Facts, now: datetime, judge: Judge) -> Decision:
    """A person attests an item (G24). A vague claim is no evidence and is quoted back (Q7)."""
    said = [vouched(one, command.actor, facts, now) for one in (command.evidence, *command.more)]
    if command.data_change == "none":
        # It is the whole answer, as at the question: an item without a proof beside it would only be one more gap.
        said = [one for one in said if one.kind is not Kind.MIGRATION or one.url or one.dated]
    items = [joined(one, release, facts) for one in said]
    if command.vague:
        return Refused("vague", {"phrase": command.vague, "item": command.evidence.kind.value})
    if any(one.kind in NOT_FOR_PEOPLE for one in items):
        kept_out = next(one.kind for one in items if one.kind in NOT_FOR_PEOPLE)
        return Refused("not_attestable", {"item": kept_out.value})
    events: list[e.Event] = [e.EvidenceRecorded(at=now, evidence=one) for one in items]
    if command.data_change is not None:
        events.append(e.DetailsGiven(at=now, by=command.actor.person, data_change=command.data_change))
    state = fold(events, release)
    if state.phase is Phase.PLANNING:
        events += _moot(state, facts, now, judge)
        state = fold(events, release)
        events += ask_next(state, facts, now, judge, waited=not state.gathers)
    code, params = _answer(release, said, items, facts) if items else ("data_none", {})
    return Decided(tuple(events), code, params)


def _answer(
    release: Release, said: Sequence[Evidence], items: Sequence[Evidence], facts: Facts
) -> tuple[str, dict[str, str]]:
    """What became of what was said: it proves nothing yet, what was known still counts, or another link took the place."""
    thin = [i for i in items if i.url is None and i.dated is None and i.standing is Standing.ATTESTED]
    if thin:
        return "evidence_thin", {"item": _kinds(thin)}
    for new, item in zip(said, items, strict=True):
        before = release.latest(item.kind)
        if item.dated is not None and new.dated is None:
            who = facts.roster.name(item.by)
            return "evidence_kept", {"item": item.kind.value, "day": f"{item.dated:%Y-%m-%d}", "who": who}
        if before is not None and before.source == item.source and _drops_a_test(before, item):
            return "evidence_other", {"item": item.kind.value, "day": f"{before.dated:%Y-%m-%d}"}
    return "evidence_added", {"item": _kinds(items)}


def _drops_a_test(before: Evidence, item: Evidence) -> bool:
    """True where a tested item gives way to one of which no test is known (G3)."""
    return before.dated is not None and item.dated is None and before.url != item.url


def _kinds(items: Sequence[Evidence]) -> str:
    return ", ".join(one.kind.value for one in items)


def not_applicable(
    release: Release, command: c.DeclareNotApplicable, facts: Facts, now: datetime, judge: Judge
) -> Decision:
    """G25: open by default only for some items; for a MUST another person has to agree (the card asks for it)."""
    if command.kind in NEVER_NA or command.kind in NOT_FOR_PEOPLE:
        return Refused("na_never", {"item": command.kind.value})
    declared = e.DeclaredNotApplicable(at=now, kind=command.kind, by=command.actor.person, reason=command.reason)
    events: list[e.Event] = [declared, *_agreed_to_other_words(release, command, now)]
    state = fold(events, release)
    if state.phase is Phase.PLANNING:
        events += _moot(state, facts, now, judge)
        state = fold(events, release)
        events += ask_next(state, facts, now, judge, waited=not state.gathers)
    alone = any(item.kind is command.kind and item.na_open for item in facts.policy.items)
    return Decided(tuple(events), "na_recorded" if alone else "na_needs_second", {"item": command.kind.value})


def _agreed_to_other_words(release: Release, command: c.DeclareNotApplicable, now: datetime) -> list[e.Event]:
    """G25: who agreed did so to the reason that stood there; another reason has to be agreed to again."""
    before = release.not_applicable.get(command.kind.value)
    if before is None or before == (command.actor.person, command.reason):
        return []
    return [
        e.ConsentEnded(at=now, consent=k.id, state=ConsentState.VOID.value, by="t-minus")
        for k in release.consents
        if k.kind is ConsentKind.CONFIRM and k.subject == command.kind.value and k.state is ConsentState.VALID
    ]


def ask_person(release: Release, command: c.AskPerson, facts: Facts, now: datetime) -> Decision:
    """A request for an item by direct message; not a question of planning (Q1)."""
    suppliers = facts.service.suppliers if facts.service else {}
    person = command.person or suppliers.get(command.kind) or release.owner
    if not is_human(facts.roster, person):
        # Who is asked may answer, and a bot vouches for nothing (G18).
        return Refused("person_unknown", {"person": person})
    asked = e.SupplyRequested(at=now, kind=command.kind.value, of=person)
    return Decided((asked,), "person_asked", {"who": facts.roster.name(person), "item": command.kind.value})


def check_drift(release: Release, command: c.CheckDrift, facts: Facts, now: datetime) -> Decision:
    """60 s before a mark all sources are asked again (G12); an alarm of an old schedule does nothing."""
    stale = command.schedule_revision != release.schedule_revision
    if stale or facts.service is None or release.phase not in {Phase.PLANNING, Phase.PLANNED, Phase.CLEARED}:
        return Decided(())
    asked = tuple(ask_sources(release, facts.service, (*PLAN_ROLES, "rollout"), "recheck", now))
    return Decided((*asked, *look_up(fold(asked, release), tuple(links_of(release)), facts, now)))
