"""What a conversation step can be. A flow is a pure function from what was heard to one Step; it does nothing itself.

The budget of planning questions (Q1) is kept in the release's events, not here: `advance` is the last gate before anything that
asks, and turns a question too many into a handover.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.domain.commands import Command
from bot.domain.release import QUESTION_BUDGET, Release
from bot.messages.heard import Heard
from bot.messages.model import Form, Message
from bot.messages.view import View
from flows.context import Context

__all__ = ["QUESTION_BUDGET", "Ask", "Done", "Flow", "GiveUp", "ReleaseFlow", "Reply", "Step", "advance"]


@dataclass(frozen=True, slots=True)
class Ask:
    """Needs one more thing from the person who spoke. With a form: the form opens, and nothing is counted.

    Without one it is a question: `code` its sentence (`talk.<code>`), `choices` its buttons, `because` why it is asked.
    `slot`: what it fills; a slot of planning counts against the budget.
    """

    slot: str
    code: str = ""
    choices: tuple[str, ...] = ()
    because: str = ""
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """The command that follows. `form`: what was filled in, shown again where a field is refused; `notes`: said first."""

    command: Command
    form: Form | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; nothing happens. `errors`: by field of `form`, which stays open with what was typed."""

    message: Message | None = None
    form: Form | None = None
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GiveUp:
    """No further question: `code` says why (`talk.give_up.<code>`); `form` is the way on, never a dead end (Q6)."""

    code: str
    form: Form | None = None


Step = Ask | Done | Reply | GiveUp
Flow = Callable[[Heard, Context], Step]
ReleaseFlow = Callable[[Heard, Context, View], Step]


def advance(step: Step, release: Release | None) -> Step:
    """The step, unless it would be a fourth question of planning: then the conversation gives up and hands over (Q1, Q6)."""
    if not isinstance(step, Ask) or step.form is not None or release is None:
        return step
    if len(release.questions) < QUESTION_BUDGET and release.open_question is None:
        return step
    return GiveUp("budget" if release.open_question is None else "question_open")
