"""An answer to the open question of planning: what it brings, and what is asked next (Q3, Q6, Q7)."""

from dataclasses import replace
from datetime import datetime

from bot.decide.planning import PLAN_ROLES, ask_next, ask_sources, core_spent, no_owner, spent
from bot.decide.result import Decided, Decision, Refused
from bot.decide.settle import Judge
from bot.decide.vouched import recorded
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.builds import named_build
from bot.domain.evolve import fold
from bot.domain.facts import Facts
from bot.domain.release import Phase, Question, Release
from bot.plan.questions import SLOTS
from bot.policy.people import is_human, is_one_of


def answer(release: Release, command: c.AnswerQuestion, facts: Facts, now: datetime, judge: Judge) -> Decision:
    """An answer to the open question; the first one counts, a late one is told who answered."""
    question = next((q for q in release.questions if q.number == command.number), None)
    if question is None or question.answer is not None or release.phase is not Phase.PLANNING:
        by = facts.roster.name(question.answered_by) if question and question.answered_by else "UNKNOWN"
        return Refused("question_closed", {"number": str(command.number), "by": by})
    if command.start_at is not None and command.start_at <= now:
        return Refused("time_past", {"local": command.local_time})
    if question.slot == "rollback_owner" and command.how == "given":
        stranger = no_owner(command.details.get("rollback_owner", ""), facts)
        if stranger is not None:
            return stranger
    if command.how == "person" and not is_human(facts.roster, command.person or ""):
        return Refused("person_unknown", {"person": command.person or ""})
    events = _closing(release, question, command, facts, now)
    state = fold(events, release)
    if command.how == "vague":
        follow_up = _measure(state, question, command.text)
        if follow_up is not None:
            events.append(e.QuestionAsked(at=now, question=follow_up))
            return Decided(tuple(events), "vague_asked", {"phrase": command.text})
    code = {"dont_know": "answer_unknown", "vague": "vague_listed", "person": "person_asked"}.get(
        command.how, "answered"
    )
    said = {"number": str(question.number), "phrase": command.text}
    for asked in (x for x in events if isinstance(x, e.SupplyRequested)):
        said |= {"who": facts.roster.name(asked.of), "item": asked.kind}
        if command.how == "dont_know":
            one = facts.roster.person(asked.of)
            code = "answer_asked" if one is not None and one.direct else "answer_unreached"
    events += ask_next(state, facts, now, judge, waited=not state.gathers)
    return Decided(tuple(events), code, said)


def _closing(
    release: Release, question: Question, command: c.AnswerQuestion, facts: Facts, now: datetime
) -> list[e.Event]:
    """What the answer brings, and the end of the question."""
    how = "given" if command.how == "person" else command.how
    events = _given(release, command, facts, now) if command.how == "given" else []
    events.append(
        e.QuestionAnswered(at=now, number=question.number, by=command.actor.person, how=how, text=command.text)
    )
    if command.how == "person" and command.person is not None:
        events.append(e.SupplyRequested(at=now, kind=question.slot.removeprefix("who:"), of=command.person))
    if command.how == "dont_know":
        events += _request(question, command.actor.person, facts, now)
    return events


def _given(release: Release, command: c.AnswerQuestion, facts: Facts, now: datetime) -> list[e.Event]:
    events = recorded(command.claims, command.actor, release, facts, now)
    version, digest = named_build(command.details.get("version"))
    details = e.DetailsGiven(
        at=now,
        by=command.actor.person,
        version=version,
        digest=digest,
        start_at=command.start_at,
        local_time=command.local_time or None,
        rollback_owner=command.details.get("rollback_owner"),
        strategy=command.details.get("strategy"),
        data_change=command.data_change,
    )
    if details != e.DetailsGiven(at=now, by=command.actor.person):
        events.append(details)
    if details.version is not None and release.version is None and facts.service is not None:
        events += ask_sources(replace(release, version=version), facts.service, PLAN_ROLES, "plan", now)
    return events


def _request(question: Question, said: str, facts: Facts, now: datetime) -> list[e.Event]:
    """Q6: "I don't know" sends a request to the person whom the catalogue names; never to the one who just said so."""
    slot = SLOTS.get(question.slot)
    if slot is None or slot.kind is None or facts.service is None:
        return []
    supplier = facts.service.suppliers.get(slot.kind)
    if supplier is None or facts.roster.person(supplier) is None:
        return []
    if is_one_of(facts.roster, supplier, (said,)):
        return []
    return [e.SupplyRequested(at=now, kind=slot.kind.value, of=supplier)]


def _measure(release: Release, question: Question, phrase: str) -> Question | None:
    """Q7: asks for the measure instead of the vague claim; it counts as a question (Q1), so it may not be left."""
    if spent(release) or (question.core and core_spent(release)):
        return None
    return replace(
        question,
        number=len(release.questions) + 1,
        code="measure",
        because="vague",
        params={**question.params, "phrase": phrase, "item": question.slot},
        answer=None,
        answered_by=None,
        text="",
    )
