"""Answers to what must not be done and to what is no evidence (V2, V3, Q7): words and a way on, never an act."""

from bot.messages import answers
from bot.messages.cards.buttons import button
from bot.messages.model import Button
from bot.messages.view import View
from flows.dialog import Reply, Step
from flows.skip_requests import SkipRequest


def refuse_skip(request: SkipRequest, view: View | None) -> Step:
    """The principle that it breaks, and how to be fast and safe."""
    return Reply(answers.line(f"talk.skip.{request.what}", {"phrase": request.phrase}, _ways_on(view)))


def not_evidence(phrase: str, view: View | None) -> Step:
    """Quotes the phrase that is not accepted, and says what would be."""
    return Reply(answers.line("talk.vague", {"phrase": phrase}, _ways_on(view)))


def off_topic(view: View | None) -> Step:
    """One friendly sentence back to the subject."""
    return Reply(answers.line("talk.off_topic", buttons=[button(view.release, "status")] if view else []))


def _ways_on(view: View | None) -> list[Button]:
    if view is None:
        return []
    return [button(view.release, "add_evidence"), button(view.release, "status")]
