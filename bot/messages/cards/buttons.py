"""Buttons of cards: each says its object, is unique on its card, and nominates without authorising (G22)."""

from collections.abc import Iterable, Iterator

from bot.domain.release import Release
from bot.messages.cards.naming import object_of
from bot.messages.model import Actions, Button
from bot.messages.telling import flat
from bot.messages.tokens import Token
from bot.messages.words import say

LABEL_LIMIT = 75
"""The shortest limit of our platforms for the text of a button."""

_BOUND = frozenset({"go", "no_go", "approve", "decline"})
"""Verbs whose token carries the plan revision: an old copy of such a button decides nothing (G22)."""

_SUBJECT, _CHOICE = 90, 60


def button(
    release: Release,
    verb: str,
    *,
    subject: str = "",
    choice: str = "",
    code: str = "",
    ident: str = "",
    style: str = "default",
    what: str = "",
) -> Button:
    """One button. `code`: the sentence of its label (default `button.<verb>`), which may name {object} and {what}.

    A subject or choice that would not fit into a token is left out: the flow then asks for it.
    """
    token = Token(
        verb=verb,
        release=release.id,
        revision=release.plan_revision if verb in _BOUND else 0,
        subject=_fitting(subject, _SUBJECT),
        choice=_fitting(choice, _CHOICE),
    )
    label = say(code or f"button.{verb}", {"object": object_of(release), "what": flat(what, 40)})
    shown = flat(label.replace("……", "…"), LABEL_LIMIT)  # a long name is cut already
    return Button(id=ident or verb, label=shown, token=token.pack(), style=style)


def rolling(release: Release, *, bad: bool, ending: bool = False) -> Iterator[Button]:
    """Of a rollout: the next share, how it goes, the ways to stop it, and its end.

    The next share stands out while there is one, then the end, which is asked for (`ending`) from T+30 on whatever the
    share; neither where the health is bad.
    """
    reached = release.progress[-1].percent if release.progress else -1
    share = next((str(s) for s in release.steps if s > reached), "")
    stands_out = "default" if bad else "primary"
    if share:
        yield button(release, "step", subject=share, what=share, style="default" if ending else stands_out)
    yield from (button(release, verb) for verb in ("health_ok", "health_bad", "hold"))
    yield button(release, "rollback", style="danger")
    yield button(release, "done", style="default" if share and not ending else stands_out)


def chosen(release: Release, number: int, choice: str, label: str) -> Button:
    """An answer to a question: the button's id is the choice."""
    token = Token(verb="answer", release=release.id, subject=str(number), choice=choice)
    return Button(id=choice, label=flat(label, LABEL_LIMIT), token=token.pack())


def actions(buttons: Iterable[Button]) -> tuple[Actions, ...]:
    """The row of buttons; labels that are the same get a number behind them. No buttons: no row."""
    seen: dict[str, int] = {}
    row: list[Button] = []
    for one in buttons:
        count = seen[one.label] = seen.get(one.label, 0) + 1
        label = one.label if count == 1 else f"{flat(one.label, LABEL_LIMIT - 5)} ({count})"
        row.append(Button(id=one.id, label=label, token=one.token, style=one.style))
    return (Actions(tuple(row)),) if row else ()


def _fitting(text: str, limit: int) -> str:
    packed = text.replace("%", "%25").replace("|", "%7C").replace("\n", "%0A")
    return text if len(packed) <= limit else ""
