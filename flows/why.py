"""A plain question for the reason of a rule is answered with the reason; it asks for nothing to be left out."""

import re

from bot.messages import answers
from bot.messages.cards.buttons import button
from flows.context import Context
from flows.dialog import Reply, Step
from flows.speech.safety import LEXICON, WHAT
from flows.speech.spelling import plain

_ASKS = re.compile(
    r"^ (?:(?:and|but|so|ok|hm|hey|hi|sorry|please|ah|well|just curious|question|one question|explain|tell me) |, )*"
    r"(?:why (?:do|does|must|is|are|did|was)|what (?:is|are)(?! the (?:point|use|sense|benefit|value|harm) )"
    r"|what do (?:we|i|you) need|how come) "
)
_FOR_WHAT = re.compile(
    r" (?:for|good for|about|need(?:ed|s)?|required|mandatory|must|necessary|have to|important|blocking) "
)
_PRESSES = re.compile(
    r" (?:even|really|actually|seriously|honestly|bother|bothering|waste|should|would|not|no|"
    r"never|without|only|just|typo|small|tiny|trivial|one line|one liner|css|anyway|again|"
    r"always|so many|so much|all these|all this|all that|stupid|silly|annoying|damn|such|"
    r"friday|hurry|urgent|skip|still|hotfix|config) "
)
_SAFETY = re.compile(f"(?<= )({LEXICON['safety']})(?= )")


def why(text: str, ctx: Context) -> Step | None:
    """The reason, where a question ends in its mark, names one thing that keeps a release safe, and presses for nothing."""
    if not text.rstrip().endswith("?") or text.count("?") > 1:
        return None
    words = plain(text).words
    if _ASKS.search(words) is None or _FOR_WHAT.search(words) is None or _PRESSES.search(words) is not None:
        return None
    about = {WHAT[m.group(1)] for m in _SAFETY.finditer(words)}
    if len(about) != 1:
        return None
    buttons = [button(ctx.view.release, "full_plan")] if ctx.view else []
    return Reply(answers.line(f"talk.why.{about.pop()}", buttons=buttons))
