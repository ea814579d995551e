"""The answer to the open question: a button, a form, `/release answer …`, or free words in the thread (Q3, Q6, Q7)."""

from dataclasses import replace

from bot.domain.commands import AddEvidence, Amend, AnswerQuestion, AskPerson
from bot.domain.release import Question
from bot.messages import answers, forms
from bot.messages.cards.question import choice_label
from bot.messages.heard import Heard
from bot.messages.model import Actions, Button, Form, Message, Text
from bot.messages.telling import flat, told
from bot.messages.tokens import Token
from bot.messages.view import View
from bot.messages.words import say
from flows.answer_words import read_answer, read_choice, read_proof
from flows.context import Context, choice_of, filled, pressed, subject_of, value, words
from flows.dialog import Ask, Done, Reply, Step
from flows.parse_build import find_build, linked_build
from flows.parse_links import take_links
from flows.parse_time import TimeFound, find_time
from flows.readings import Beside, Given, Named, Reading, Unclear, Unknown, Vague
from flows.skip import refusal, refuse_skip
from flows.skip_requests import skip_request
from flows.times_said import trouble_text
from flows.verb import Group, OnRelease, Verb

_PROOF = frozenset({"add_link", "tested"})


def answer(heard: Heard, ctx: Context, view: View) -> Step:
    """Read by the question's slot. A closed question says who answered it; what is not understood records nothing."""
    question = _question(ctx, view)
    if question is None:
        return Reply(answers.line("talk.no_question", {"release": view.release.id}))
    if question.answer is not None or question != view.release.open_question:
        return Reply(_closed(question, view))
    if pressed(heard):
        return _pressed(heard, ctx, view, question)
    if filled(heard):
        return _filled(heard, ctx, view, question)
    skip = skip_request(take_links(words(heard)).text)
    if skip is not None:
        return refuse_skip(skip, view)
    return answered(heard, question, read_question(heard, ctx, view, question, words(heard)), words(heard), view)


VERB = Verb("answer", OnRelease(answer), Group.PLANNING, ("reply",))


def answered(
    heard: Heard, question: Question, reading: Reading, text: str, view: View, form: Form | None = None
) -> Step:
    """The command for a reading, or the explanation of what is expected."""
    number = question.number
    if isinstance(reading, Unclear):
        if form is not None:
            return Reply(form=form, errors={_field(form, reading): _reason(reading, question)})
        return Reply(expected(view, question, reading))
    if isinstance(reading, Beside):
        return _beside(heard, question, reading, view)
    if isinstance(reading, Unknown):
        return Done(AnswerQuestion(heard.actor, number, "dont_know", text), form)
    if isinstance(reading, Vague):
        return Done(AnswerQuestion(heard.actor, number, "vague", reading.phrase), form)
    if isinstance(reading, Named) and reading.item is not None:
        return Done(AskPerson(heard.actor, reading.item, reading.person), notes=(_still_open(question),))
    if isinstance(reading, Named):
        return Done(AnswerQuestion(heard.actor, number, "person", text, person=reading.person), form)
    return Done(_given(heard, number, reading, text), form)


def expected(view: View, question: Question, reading: Unclear) -> Message:
    """No new question: what was not understood, what is expected, and the known answers as buttons. Nothing is recorded."""
    first = _reason(reading, question)
    then = expectation(question)
    values = {"number": str(question.number), "question": told(f"q.{question.code}", question.params)}
    buttons = choices_of(view, question)
    blocks = (Text(first), Text(then), Text(say("talk.still_open", values)), *((Actions(buttons),) if buttons else ()))
    return Message(f"{first} {then}", blocks, private=True)


def expectation(question: Question) -> str:
    """What would be an answer."""
    return say(f"talk.expect.{_expectation(question.slot)}")


def choices_of(view: View, question: Question) -> tuple[Button, ...]:
    """The known answers, as buttons."""
    return tuple(_choice(view, question, choice) for choice in dict.fromkeys(question.choices))


def _beside(heard: Heard, question: Question, reading: Beside, view: View) -> Step:
    """Keeps the other thing that was said; what was asked is still open."""
    note = _still_open(question)
    if not reading.claims:
        return Done(Amend(heard.actor, "data_change", reading.data_change or ""), notes=(note,))
    if len(reading.claims) == 1:
        return Done(AddEvidence(heard.actor, reading.claims[0], reading.data_change), notes=(note,))
    return Reply(expected(view, question, Unclear("several")))


def _still_open(question: Question) -> str:
    return say("talk.beside", {"number": str(question.number), "question": told(f"q.{question.code}", question.params)})


def _question(ctx: Context, view: View) -> Question | None:
    number = subject_of(ctx)
    if ctx.token is not None and ctx.token.verb == "answer":
        return next((q for q in view.release.questions if str(q.number) == number), None)
    return view.release.open_question


def _closed(question: Question, view: View) -> Message:
    by = view.facts.roster.name(question.answered_by) if question.answered_by != "t-minus" else say("talk.by_source")
    said = flat(question.text, 160) or say(f"talk.ended.{question.answer or 'moot'}")
    return answers.line("talk.already_answered", {"number": str(question.number), "by": by, "text": said})


def _pressed(heard: Heard, ctx: Context, view: View, question: Question) -> Step:
    choice = choice_of(ctx)
    reading = read_choice(question.slot, choice, ctx.speaker(heard))
    if reading is None:
        return Ask(question.slot, form=forms.answer(view, question.number, choice))
    return answered(heard, question, reading, choice_label(view, choice), view)


def _filled(heard: Heard, ctx: Context, view: View, question: Question) -> Step:
    choice = choice_of(ctx)
    given = {n: value(heard, n) for n in ("link", "date", "text")}
    form = forms.kept(forms.answer(view, question.number, choice), given)
    skip = skip_request(given["text"])
    if skip is not None:
        return Reply(form=form, errors={"text": refusal(skip)})
    if choice in _PROOF:
        reading = read_proof(question.slot, choice, given["link"], given["date"], given["text"], ctx.speaker(heard))
    else:
        reading = read_question(heard, ctx, view, question, given["text"])
    text = " ".join(v for v in given.values() if v)
    return answered(heard, question, reading, text, view, form)


def read_question(heard: Heard, ctx: Context, view: View, question: Question, text: str) -> Reading:
    """What a text answers to that question."""
    measure = question.code == "measure"
    zone = view.release.time_zone
    reading = read_answer(question.slot, text, ctx.catalog, zone, ctx.speaker(heard), measure=measure)
    if question.slot == "version" and not isinstance(reading, Given):
        services, owners = ctx.catalog.services, ctx.catalog.owners
        build = linked_build(take_links(text).links, services.get(view.release.service), None, services, owners).value
        kept = reading.claims if isinstance(reading, Beside) else ()
        reading = Given(claims=kept, details={"version": build}) if build else reading
    if not isinstance(reading, Given):
        return reading
    if question.slot == "version" and view.release.start_at is None:
        when = find_time(text, zone, ctx.now)
        if isinstance(when, TimeFound):
            return replace(reading, start_at=when.start_at, local_time=when.local_time)
    if question.slot == "start_at" and view.release.version is None:
        version = find_build(text, ignore=ctx.catalog.services).value
        return replace(reading, details={"version": version}) if version else reading
    return reading


def _given(heard: Heard, number: int, reading: Given, text: str) -> AnswerQuestion:
    return AnswerQuestion(
        heard.actor,
        number,
        "given",
        text,
        claims=reading.claims,
        details=reading.details,
        start_at=reading.start_at,
        local_time=reading.local_time,
        data_change=reading.data_change,
    )


def _field(form: Form, reading: Unclear) -> str:
    names = [f.name for f in form.fields]
    wanted = {"future": "date", "proof": "link"}.get(reading.code, "text")
    return wanted if wanted in names else names[0]


def _reason(reading: Unclear, question: Question) -> str:
    del question
    if reading.time is not None:
        return trouble_text(reading.time)
    return say(f"talk.unclear.{reading.code}", reading.params)


def _expectation(slot: str) -> str:
    if slot.startswith("who:") or slot == "rollback_owner":
        return "person"
    return (
        slot
        if slot in {"version", "start_at", "strategy", "migration", "rollback", "monitoring", "flags"}
        else "evidence"
    )


def _choice(view: View, question: Question, choice: str) -> Button:
    token = Token(verb="answer", release=view.release.id, subject=str(question.number), choice=choice)
    return Button(id=choice, label=flat(choice_label(view, choice), 75), token=token.pack())
