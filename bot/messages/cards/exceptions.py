"""The exceptions of a release, a line each: what, until when, who signed and who is still to sign (G5, G11, G21)."""

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.messages.cards.naming import item, people, person, role
from bot.messages.telling import flat
from bot.messages.times import clock
from bot.messages.view import View
from bot.messages.words import say
from bot.policy.exceptions import of_one_request, still_to_sign

_SHOWN = frozenset({ConsentState.REQUESTED, ConsentState.VALID})


def exception_lines(view: View, *, waiting_only: bool = False) -> tuple[str, ...]:
    """One line for each request that is neither over nor ended. `waiting_only`: those that somebody has still to sign."""
    groups = _requests(view)
    if waiting_only:
        groups = tuple(g for g in groups if any(c.state is ConsentState.REQUESTED for c in g))
    return tuple(_line(view, group) for group in groups)


def accepted_exceptions(view: View) -> tuple[tuple[Consent, ...], ...]:
    """The exceptions that hold: each with all its signatures."""
    return tuple(g for g in _requests(view) if all(c.valid_at(view.now) for c in g))


def accepted_line(view: View, group: tuple[Consent, ...]) -> str:
    """The amber line of an exception that holds: what, who signed, why, until when, and what is done instead."""
    values = {
        "what": item(group[0].subject),
        "who": " and ".join(person(view, c.by) for c in group),
        "reason": flat(group[0].justification or group[0].reason, 120),
        "until": _until(view, group[0]),
        "mitigation": flat(group[0].mitigation, 120),
    }
    return say("card.accepted_test" if group[0].mitigation else "card.accepted_exception", values)


def _requests(view: View) -> tuple[tuple[Consent, ...], ...]:
    groups: list[list[Consent]] = []
    for c in view.release.consents:
        over = c.expires_at is not None and view.now >= c.expires_at
        if c.kind is not ConsentKind.EXCEPTION or c.state not in _SHOWN or over:
            continue
        group = next((g for g in groups if c.role is not None and of_one_request(g[0], c)), None)
        if group is None:
            groups.append([c])
        else:
            group.append(c)
    return tuple(tuple(g) for g in groups)


def _line(view: View, group: tuple[Consent, ...]) -> str:
    first = group[0]
    values = {
        "what": item(first.subject),
        "owner": person(view, first.owner),
        "until": _until(view, first),
        "reason": flat(first.justification or first.reason, 160),
        "details": flat(" ".join(t for t in (first.details, first.link) if t), 200),
        "mitigation": flat(first.mitigation, 160),
        "signatures": "; ".join(_signature(view, c) for c in group),
    }
    return say("card.exception_test" if first.mitigation else "card.exception", values)


def _signature(view: View, c: Consent) -> str:
    """`signed by Priya (product owner) at 13:40 UTC` or `to sign: Quinn or Lena (QA lead)`."""
    place = f" ({role(c.role.value)})" if c.role is not None else ""
    if c.state is ConsentState.VALID:
        at = clock(c.at, view.now) if c.at else "UNKNOWN"
        return say("card.exception_signed", {"who": f"{person(view, c.by)}{place}", "at": at})
    able = people(view, still_to_sign(view.release, view.facts, c))
    return say("card.exception_to_sign", {"who": f"{able}{place}"})


def _until(view: View, c: Consent) -> str:
    return clock(c.expires_at, view.now) if c.expires_at else "UNKNOWN"
