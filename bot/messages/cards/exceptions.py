"""The exceptions of a release, a line each: what, until when, who signed and who is still to sign (G5, G11, G21)."""

from collections.abc import Sequence

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.messages.cards.naming import item, people, person, role
from bot.messages.telling import flat
from bot.messages.times import clock
from bot.messages.view import View
from bot.messages.words import say
from bot.policy.exceptions import TEST_SIGNERS, is_test, of_one_request, still_to_sign

_SHOWN = frozenset({ConsentState.REQUESTED, ConsentState.VALID})


def exception_lines(view: View, *, waiting_only: bool = False) -> tuple[str, ...]:
    """One line for each request that is neither over nor ended. `waiting_only`: those that somebody has still to sign."""
    groups = _requests(view)
    if waiting_only:
        groups = tuple(g for g in groups if any(c.state is ConsentState.REQUESTED for c in g))
    return tuple(_line(view, group) for group in groups)


def accepted_exceptions(view: View) -> tuple[tuple[Consent, ...], ...]:
    """The exceptions that hold, or under which it was released: each with all its signatures."""
    found = [c for c in view.release.consents if c.kind is ConsentKind.EXCEPTION and c.by and held(c, view)]
    groups = _grouped(found)
    return tuple(g for g in groups if not is_test(g[0].subject) or {c.role for c in g} >= set(TEST_SIGNERS))


def held(c: Consent, view: View) -> bool:
    """True if it counts now, or counted when the rollout began: what was released under it stays amber for good (G21)."""
    began = view.release.started_at
    given = c.state in {ConsentState.VALID, ConsentState.EXPIRED} and c.at is not None
    then = given and began is not None and c.at is not None and c.at <= began
    return c.valid_at(view.now) or (then and (c.expires_at is None or began is None or began < c.expires_at))


def why(reason: str, said: str) -> str:
    """`: the reason`; nothing where the message says it already."""
    short = flat(reason, 120)
    return "" if not short or short.removesuffix("…") in said else say("card.why", {"reason": short})


def accepted_line(view: View, group: tuple[Consent, ...], said: str = "") -> str:
    """The amber line of an exception that holds: what, who signed, why, until when, and what is done instead."""
    mitigation = flat(group[0].mitigation, 120)
    values = {
        "what": item(group[0].subject),
        "who": " and ".join(person(view, c.by) for c in group),
        "why": why(group[0].justification or group[0].reason, said),
        "until": _until(view, group[0]),
        "mitigation": mitigation,
    }
    telling = mitigation and mitigation.removesuffix("…") not in said
    return say("card.accepted_test" if telling else "card.accepted_exception", values)


def _requests(view: View) -> tuple[tuple[Consent, ...], ...]:
    shown = (c for c in view.release.consents if c.kind is ConsentKind.EXCEPTION and c.state in _SHOWN)
    return _grouped([c for c in shown if c.expires_at is None or view.now < c.expires_at])


def _grouped(found: Sequence[Consent]) -> tuple[tuple[Consent, ...], ...]:
    """The signatures of one request together."""
    groups: list[list[Consent]] = []
    for c in found:
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
