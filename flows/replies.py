"""From a step, or a decision, to the answer that the person who spoke gets."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.decide.result import Decision, Refused
from bot.domain.events import DetailsGiven, PlanRevised, QuestionAsked, TalkHeard
from bot.domain.links import owner_of
from bot.domain.release import Phase
from bot.messages import answers, forms
from bot.messages.cards.naming import sources
from bot.messages.cards.so_far import so_far
from bot.messages.heard import Answer, Errors, Filled, Heard, Open, Pressed, Quiet, Say
from bot.messages.model import Actions, Button, Form, Message, Text
from bot.messages.telling import flat, told
from bot.messages.tokens import Token
from bot.messages.view import View
from bot.messages.words import known, say
from flows.dialog import Ask, Done, GiveUp, Reply

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "reason_short": ("reason", "note"),
    "reason_boilerplate": ("reason", "note"),
    "reason_copied": ("reason", "note"),
    "overrule_needs_reason": ("note", "reason"),
    "time_past": ("time", "start_at", "text"),
    "same_time": ("time",),
    "resume_needs_time": ("time",),
    "person_unknown": ("owner", "person", "text"),
    "expiry_before_start": ("expires",),
    "expiry_out_of_range": ("expires",),
    "test_belittled": ("reason",),
    "no_failed_check": ("check", "what"),
    "nothing_to_except": ("what",),
    "exception_details": ("details",),
    "exception_link": ("test_link",),
    "exception_mitigation": ("mitigation",),
    "exception_nobody": ("owner",),
    "exception_one_person": ("owner",),
    "vague": ("text", "link"),
    "not_attestable": ("kind",),
    "percent": ("percent",),
    "health_metric": ("metric",),
    "incident_missing": ("incident",),
    "review_happened": ("happened",),
    "review_skipped": ("skipped",),
    "review_change": ("change",),
}
"""Refusals that belong to a field of the form, which then stays open with what was typed."""

_ASKS_FOR_MORE = frozenset({"overrule_needs_reason", "resume_needs_time"})
"""Refusals of a press that one more field would lift: the form opens."""


def of_decision(decision: Decision, view: View | None, heard: Heard, step: Done, notes: Sequence[str]) -> Answer:
    """Accepted: what was recorded. Refused: at the field where there is one, else why and what to do."""
    said = (*notes, *summed_up(decision, view), *step.notes, *voided(decision), *unplaced(decision, view))
    if not isinstance(decision, Refused):
        if view is not None and decision.code in {"plan_started", "plan_continued"}:
            r = view.release
            checking = {"release": r.id, "sources": sources(len(r.gathers))}
            # Nothing is judged in words before the sources answered: their absence is no finding yet.
            if r.gathers and r.phase is Phase.PLANNING:
                return Say(with_notes(answers.line(f"talk.{decision.code}_checking", checking), said))
            # Nor before the first question was chosen: whoever else could close the first gap is not what comes next.
            if r.phase is Phase.PLANNING and not r.questions and decision.code == "plan_started":
                return Say(with_notes(answers.line("talk.plan_started_asking", checking), said))
        return Say(with_notes(answers.decided(decision, view), said))
    sentence = told(f"refused.{decision.code}", decision.params)
    field = _field(step.form, decision.code)
    if step.form is not None and field and isinstance(heard, Filled):
        return Errors({field: sentence}, _noted(forms.kept(step.form, heard.values), notes))
    if step.form is not None and isinstance(heard, Pressed) and decision.code in _ASKS_FOR_MORE:
        return Open(_noted(step.form, (sentence, *said)))
    known = decision.code not in {"not_in_roster", "guest"}
    return Say(with_notes(answers.refused(decision, view if known else None), said))


def summed_up(decision: Decision, view: View | None) -> tuple[str, ...]:
    """The decisions so far, where they are due (Q8); the next question carries them itself."""
    events = () if isinstance(decision, Refused) else decision.events
    due = any(isinstance(x, TalkHeard) and x.summed_up for x in events)
    asks = any(isinstance(x, QuestionAsked) for x in events)
    return so_far(view) if due and not asks and view is not None else ()


def voided(decision: Decision) -> tuple[str, ...]:
    """What the speaker's own act took from others is said at once, not in the thread alone (G8)."""
    events = () if isinstance(decision, Refused) else decision.events
    count = sum(len(x.voided) for x in events if isinstance(x, PlanRevised))
    return (say("talk.voided", {"count": str(count)}),) if count else ()


def unplaced(decision: Decision, view: View | None) -> tuple[str, ...]:
    """A pasted link that is no item's evidence and that no source looks up is kept, and said to prove nothing (Q4)."""
    if isinstance(decision, Refused) or view is None:
        return ()
    used = {one.url for one in view.release.evidence}
    given = dict.fromkeys(u for x in decision.events if isinstance(x, DetailsGiven) for u in x.links)
    loose = [flat(u, 120) for u in given if u not in used and owner_of(u, view.facts.owners) is None]
    return (say("talk.link_loose", {"links": ", ".join(loose), "release": view.release.id}),) if loose else ()


def of_step(step: Ask | Reply | GiveUp, view: View | None, notes: Sequence[str]) -> Answer:
    """An answer without a command."""
    if isinstance(step, Ask):
        if step.form is not None:
            return Open(_noted(step.form, notes))
        return Say(with_notes(_question(step, view), notes))
    if isinstance(step, GiveUp):
        if step.form is not None:
            return Open(_noted(step.form, (*notes, say(f"talk.give_up.{step.code}"))))
        return Say(with_notes(answers.line(f"talk.give_up.{step.code}"), notes))
    if step.form is not None:
        return Errors(step.errors, _noted(step.form, notes))
    return Say(with_notes(step.message, notes)) if step.message is not None else Quiet()


def with_notes(message: Message, notes: Sequence[str]) -> Message:
    """The notes first: they are what the person has to know."""
    if not notes:
        return message
    blocks = (*(Text(n) for n in notes), *(message.blocks or (Text(message.text),)))
    return replace(message, text=" ".join((*notes, message.text)), blocks=blocks, private=True)


def _question(step: Ask, view: View | None) -> Message:
    text = say(f"talk.{step.code}")
    because = say(f"talk.{step.because}") if step.because else ""
    release = view.release.id if view else ""
    labels = {c: say(f"choice.{c}") if known(f"choice.{c}") else c for c in step.choices}
    buttons = tuple(Button(c, labels[c], Token(verb=step.slot, release=release, choice=c).pack()) for c in step.choices)
    blocks = (Text(text), *((Text(because),) if because else ()), *((Actions(buttons),) if buttons else ()))
    return Message(text, blocks, private=True)


def _field(form: Form | None, code: str) -> str:
    names = [f.name for f in form.fields] if form else []
    return next((n for n in _FIELDS.get(code, ()) if n in names), "")


def _noted(form: Form, notes: Sequence[str]) -> Form:
    return replace(form, intro=(*(Text(n) for n in notes), *form.intro)) if notes else form
