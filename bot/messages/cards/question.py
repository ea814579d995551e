"""One of at most three questions (Q1, Q3): what, why, known answers as buttons; once answered, its answer and no buttons."""

from collections.abc import Iterator

from bot.domain.release import QUESTION_BUDGET, TERMINAL, Question
from bot.messages.cards.buttons import button, chosen
from bot.messages.cards.frame import framed
from bot.messages.cards.living import living
from bot.messages.cards.naming import person
from bot.messages.cards.so_far import so_far
from bot.messages.cards.state import word
from bot.messages.model import Block, Button, Message, Text
from bot.messages.telling import flat, told
from bot.messages.view import View
from bot.messages.words import known, say

DONT_KNOW = "dont_know"


def question(view: View) -> Message:
    """The question that the post was made for; the open one where it does not say which."""
    asked = _asked(view)
    if asked is None:
        return living(view)
    lead = question_line(asked)
    live = asked.answer is None and view.release.phase not in TERMINAL
    blocks: list[Block] = [Text(told(f"because.{asked.because}", asked.params), label=say("card.because"))]
    if not live:
        blocks = [Text(answer_line(view, asked), label=say("card.label_answer"))]
    if live and asked.number in view.release.summed_up:
        blocks = [*(Text(line) for line in so_far(view)), *blocks]
    buttons = _choices(view, asked) if live else ()
    mentions = (view.release.requested_by,) if live else ()
    return framed(view, word(view), lead, blocks, buttons=buttons, mentions=mentions)


def question_line(asked: Question) -> str:
    """`Question 1 of at most 3. Is there a data migration, …?`"""
    values = {
        "number": str(asked.number),
        "most": str(QUESTION_BUDGET),
        "question": told(f"q.{asked.code}", asked.params),
    }
    return say("card.question", values)


def answer_line(view: View, asked: Question) -> str:
    """How it ended and who said so."""
    code = asked.answer if asked.answer in _ENDS else "moot"
    values = {"who": person(view, asked.answered_by), "text": flat(asked.text, 160) or say("card.no_words")}
    return say(f"card.answer_{code}", values)


def choice_label(view: View, choice: str) -> str:
    """A known answer in words; a person's name where the choice is a person."""
    return say(f"choice.{choice}") if known(f"choice.{choice}") else person(view, choice)


_ENDS = frozenset({"given", "dont_know", "vague", "moot", "person"})


def _choices(view: View, asked: Question) -> Iterator[Button]:
    r = view.release
    choices = tuple(c for c in dict.fromkeys(asked.choices) if c != DONT_KNOW)
    for choice in choices:
        yield chosen(r, asked.number, choice, choice_label(view, choice))
    label = choice_label(view, DONT_KNOW) if known(f"choice.{DONT_KNOW}") else say("card.dont_know")
    yield chosen(r, asked.number, DONT_KNOW, label)
    if not choices:
        yield button(r, "add_evidence", subject=asked.slot)


def _asked(view: View) -> Question | None:
    number = view.params.get("number") or view.params.get("n") or ""
    found = [q for q in view.release.questions if str(q.number) == number]
    return found[0] if found else view.release.open_question or next(reversed(view.release.questions), None)
