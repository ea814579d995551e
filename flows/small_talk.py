"""A greeting or thanks, and nothing else: answered in kind, with what is open. It answers no question and uses up nothing."""

import re

from bot.messages import answers
from bot.messages.heard import Said
from bot.messages.model import Actions, Block, Message, Text
from bot.messages.telling import told
from bot.messages.words import say
from flows.answer import choices_of
from flows.context import Context
from flows.dialog import Reply, Step
from flows.parse_words import people_in


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HELLO = _words("hi hello hey hallo moin hola bonjour salut ciao morning tag morgen afternoon evening greetings")
_THANKS = _words("thanks thank thx ty danke merci gracias grazie cheers tack obrigado")
_BYE = _words("bye goodbye tschuess cya")
_AROUND = _words(
    "good guten guys all team everyone everybody folks there you so very much many a lot again bot t minus tminus and for the"
    " help ok okay great nice cool to u see later from me your dear"
)
_LONGEST = 8


def pleasantry(said: Said, ctx: Context) -> Step | None:
    """The answer to a greeting or thanks; None where the words say anything else."""
    words = re.findall(r"[^\W\d_]+", said.text.casefold().replace("ü", "ue"))
    names = {part.casefold() for p in people_in(said.text, ctx.catalog.roster) for part in p.name.split()}
    said_words = [w for w in words if w not in names]
    kind = next((k for k, of in _KINDS if any(w in of for w in said_words)), None)
    known = all(w in _HELLO | _THANKS | _BYE | _AROUND for w in said_words)
    if kind is None or not known or len(words) > _LONGEST or "?" in said.text or any(c.isdigit() for c in said.text):
        return None
    return Reply(_in_kind(kind, ctx))


_KINDS = (("thanks", _THANKS), ("hello", _HELLO), ("bye", _BYE))


def _in_kind(kind: str, ctx: Context) -> Message:
    first, view = say(f"talk.{kind}"), ctx.view
    if view is None:
        return answers.line(f"talk.{kind}_alone")
    question = view.release.open_question
    if question is None:
        return answers.with_next(first, view)
    values = {"number": str(question.number), "question": told(f"q.{question.code}", question.params)}
    then = say("talk.waits", values)
    buttons = choices_of(view, question)
    blocks: tuple[Block, ...] = (Text(first), Text(then), *((Actions(buttons),) if buttons else ()))
    return Message(f"{first} {then}", blocks, private=True)
