"""Every verb, in the order of help. Help, typing, buttons and the reference all come from this one table.

What a verb is called, and what it needs, stands beside its conversation: `VERB` in its own file.
"""

from collections.abc import Mapping

from bot.messages.heard import Heard
from flows import (
    amend,
    answer,
    approve_risk,
    ask_someone,
    breakglass,
    cancel,
    delegate,
    doctor,
    drill,
    evidence,
    exception,
    export,
    freeze,
    freezes,
    go_no_go,
    hold,
    home,
    lesson,
    metrics,
    move,
    plan,
    rollback,
    rollout,
    status,
    subscribe,
    withdraw,
)
from flows.context import Context, words
from flows.dialog import Reply, Step
from flows.help import help_page, verb_page
from flows.unknown_verb import unknown_verb
from flows.verb import Group, Verb
from flows.verb_names import find_verb, names


def _help(heard: Heard, ctx: Context) -> Step:
    """`help [verb]`; an unknown verb gets the nearest ones. It speaks of the table itself, so it stands here."""
    word = (words(heard) or (ctx.token.subject if ctx.token else "")).strip().strip("/").lower()
    if not word:
        return Reply(help_page(VERBS.values()))
    verb = find_verb(word.split()[0], NAMES)
    return Reply(verb_page(verb) if verb else unknown_verb(word.split()[0], "", ctx, NAMES))


_ALL = (
    plan.VERB,
    answer.VERB,
    evidence.EVIDENCE,
    evidence.NOT_APPLICABLE,
    ask_someone.ASK,
    amend.AMEND,
    amend.OWNER,
    move.MOVE,
    cancel.VERB,
    ask_someone.SIGN_OFF,
    go_no_go.GO,
    go_no_go.NO_GO,
    approve_risk.APPROVE,
    approve_risk.DECLINE,
    exception.VERB,
    withdraw.VERB,
    delegate.DELEGATE,
    delegate.UNDELEGATE,
    rollout.START,
    rollout.STEP,
    rollout.HEALTH,
    hold.VERB,
    move.RESUME,
    rollback.ROLLBACK,
    rollback.ROLLEDBACK,
    rollout.DONE,
    lesson.VERB,
    status.AUDIT,
    export.VERB,
    metrics.VERB,
    breakglass.BREAKGLASS,
    breakglass.REVIEW,
    freeze.FREEZE,
    freeze.UNFREEZE,
    freezes.VERB,
    status.STATUS,
    status.LIST,
    home.VERB,
    subscribe.SUBSCRIBE,
    subscribe.UNSUBSCRIBE,
    status.FULL_PLAN,
    status.ARITHMETIC,
    status.ROLL_CALL,
    status.PREVIEW,
    status.SERVICE,
    doctor.VERB,
    drill.VERB,
    Verb("help", _help, Group.LOOK, ("?", "usage", "commands", "--help", "-h"), reads_only=True),
)
VERBS: Mapping[str, Verb] = {verb.name: verb for verb in _ALL}
"""By name."""

NAMES: Mapping[str, Verb] = names(_ALL)
"""By every name that people type or buttons carry."""
