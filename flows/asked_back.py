"""A question back ("why do you ask?", "who knows that?") is answered: why it is asked, what counts, who has it."""

import re

from bot.domain.release import Question
from bot.messages.model import Actions, Button, Fields, Message, Text
from bot.messages.telling import told
from bot.messages.view import View
from bot.messages.words import say
from bot.plan.questions import slot_of

_LONGEST = 14
_BACK = re.compile(
    r"(?i)^\W*(?:(?:but|and|so|ok(?:ay)?|hm+|hey|sorry|wait|well|bot|@?t-minus|please|pls)[\s,:]+)*(?:"
    r"(?:why|how\s+come|what\s+for)\b|who\b|where\b|how\b|which\b|what\b"
    r"|(?:can|could|may|do|does|did|is|are|was|must|should|shall|would|will)\s+(?:i|we|you|it|this|that|there|the|a|an|somebody|someone)\b"
    r"|(?:i\s+)?(?:do(?:n'?t|\s+not)|can(?:not|'t))\s+(?:understand|get\s+(?:it|that)|follow)|(?:i'?m\s+|i\s+am\s+)?not\s+sure\s+(?:what|how|which|who|why|if)"
    r"|i\s+(?:do(?:n'?t|\s+not))\s+know\s+(?:what|how|which|why)\s|explain|help\s+me|huh|come\s+again|sorry\s*\?|example|e\.?g\.?\s*\?)"
)


_OF_THE_QUESTION = re.compile(
    r"(?i)^\W*(?:why\s+(?:do\s+you|are\s+you|is\s+(?:that|this|it)\s+being)\s+ask\w*|why\s+(?:this|that)\s+question"
    r"|why\s+do\s+you\s+(?:need|want)\s+(?:to\s+know\s+)?(?:that|this|it)|what\s+do\s+you\s+mean"
    r"|what\s+(?:kind|sort)\s+of\s+(?:link|evidence|answer))\b"
)


def about_the_question(text: str) -> bool:
    """True where words ask about the open question itself, in whatever place they are said."""
    return len(text.split()) <= _LONGEST and _OF_THE_QUESTION.match(text) is not None


def asks_back(text: str) -> bool:
    """True where words ask instead of answering: a short question, or "I do not understand"."""
    return len(text.split()) <= _LONGEST and (_BACK.match(text) is not None or text.rstrip().endswith("?"))


def explained(view: View, question: Question, buttons: tuple[Button, ...], expectation: str) -> Message:
    """The question, its because, what is expected, and who can supply it. Nothing is recorded, nothing is used up."""
    asked = say("talk.waits", {"number": str(question.number), "question": told(f"q.{question.code}", question.params)})
    because = told(f"because.{question.because}", question.params)
    who = _supplier(view, question)
    rows = ((say("talk.explained_why"), because), *(((say("talk.explained_who"), who),) if who else ()))
    blocks = (Text(asked), Fields(rows), Text(expectation), *((Actions(buttons),) if buttons else ()))
    return Message(f"{asked} {because}", blocks, private=True)


def _supplier(view: View, question: Question) -> str:
    """Who supplies it by the catalogue, and how they are asked (Q6)."""
    slot = slot_of(question.slot)
    service = view.facts.service
    person = service.suppliers.get(slot.kind) if slot and slot.kind and service else None
    if person is None or question.slot != (slot.kind.value if slot and slot.kind else ""):
        return ""
    return say("talk.explained_supplier", {"who": view.facts.roster.name(person)})
