"""What tests ask of a step."""

from typing import TypeVar

from bot.domain.commands import Command
from bot.messages.model import Form, Message
from flows.dialog import Ask, Done, Reply, Step

C = TypeVar("C", bound=Command)


def command(step: Step, kind: type[C]) -> C:
    """The command of a step that is done."""
    assert isinstance(step, Done), step
    assert isinstance(step.command, kind)
    return step.command


def form(step: Step) -> Form:
    """The form that a step opens."""
    assert isinstance(step, Ask), step
    assert step.form is not None
    return step.form


def reply(step: Step) -> Message:
    """The message of a step that does nothing."""
    assert isinstance(step, Reply), step
    assert step.message is not None
    return step.message


def errors(step: Step) -> dict[str, str]:
    """The errors of a form that stays open."""
    assert isinstance(step, Reply), step
    assert step.form is not None
    return step.errors


def written(message: Message) -> str:
    """Everything that a message shows, as one text."""
    return f"{message.text} {message.blocks}"
