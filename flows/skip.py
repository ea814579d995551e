"""Answers to what must not be done and to what is no evidence (V2, V3, Q7): words and a way on, never an act."""

from collections.abc import Mapping

from bot.domain.release import TERMINAL
from bot.messages import answers
from bot.messages.cards.buttons import button
from bot.messages.model import Button
from bot.messages.view import View
from bot.messages.words import say
from flows.dialog import Reply, Step
from flows.skip_requests import SkipRequest

_OFF_TOPIC = ("talk.off_topic", "talk.off_topic_plan", "talk.off_topic_missing")
_WAYS_ON: Mapping[str, tuple[tuple[str, str], ...]] = {
    "tests": (("add_evidence", "ci"), ("request_exception", "test"), ("postpone", "")),
    "canary": (("status", ""), ("postpone", "")),
    "rollback": (("add_evidence", "rollback"), ("ask_someone", "rollback"), ("postpone", "")),
    "monitoring": (("add_evidence", "monitoring"), ("ask_someone", "monitoring"), ("postpone", "")),
    "approval": (("request_sign_off", ""), ("postpone", "")),
    "notes": (("add_evidence", "notes"), ("postpone", "")),
    "all": (("add_evidence", ""), ("postpone", ""), ("status", "")),
}
"""The verbs, each with its subject, that are the fast and safe way."""


def refuse_skip(request: SkipRequest, view: View | None) -> Step:
    """The principle that it breaks, and how to be fast and safe."""
    return Reply(answers.line(f"talk.skip.{request.what}", {"phrase": request.phrase}, _ways_on(request, view)))


def refusal(request: SkipRequest) -> str:
    """The same as one sentence, for the field of a form."""
    return say(f"talk.skip.{request.what}", {"phrase": request.phrase})


def not_evidence(phrase: str, view: View | None) -> Step:
    """Quotes the phrase that is not accepted, and says what would be."""
    buttons = [button(view.release, "add_evidence"), button(view.release, "status")] if view else []
    return Reply(answers.line("talk.vague", {"phrase": phrase}, buttons))


def off_topic(view: View | None, text: str = "") -> Step:
    """One friendly sentence back to the subject; which one depends on the text alone, so the same text gets the same."""
    code = _OFF_TOPIC[sum(map(ord, text)) % len(_OFF_TOPIC)]
    return Reply(answers.line(code, buttons=[button(view.release, "status")] if view else []))


def _ways_on(request: SkipRequest, view: View | None) -> list[Button]:
    if view is None:
        return []
    if view.release.phase in TERMINAL:
        return [button(view.release, "status")]
    return [button(view.release, verb, subject=subject) for verb, subject in _WAYS_ON[request.what]]
