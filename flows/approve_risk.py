"""⚠: `approve R-142 <reason>`, a press on the card, or `Approve-Risk: <reason>` in a thread. Always with a reason (G6, G9)."""

import re

from bot.domain.commands import Approve, Decline
from bot.domain.consent import ConsentKind
from bot.domain.release import Phase
from bot.messages import forms
from bot.messages.heard import Heard, Said
from bot.messages.view import View
from bot.policy.consents import Wanted, own_first, wanted
from flows.context import Context, filled, revision_of, subject_of, value, words
from flows.dialog import Ask, Done, Step
from flows.verb import Group, OnRelease, Verb

APPROVE_RISK = re.compile(r"(?is)^\s*approve[\s-]*risk\s*(?:[:\-–—]\s*|\s+|$)(.*)$")
"""`Approve-Risk: <reason>`, as it is typed."""

_AS_A_ROLE = re.compile(
    r"(?is)^\s*as\s+(?:the\s+|an?\s+)?(peer|service[\s_-]owner|on[\s_-]call|engineering[\s_-]lead)"
    r"(?:\s+engineer)?\b[\s,:–—-]*(.*)$"
)
"""`as service owner <reason>`: which sign-off is given, where a person may give several."""

_ASKED_IN = frozenset({Phase.PLANNED, Phase.CLEARED})
"""The phases in which consents are asked for; elsewhere a press on an old card is answered with the state."""


def approve(heard: Heard, ctx: Context, view: View) -> Step:
    """Gives whatever consent is asked of that person; a button or form says which one (G27)."""
    subject = subject_of(ctx)
    kind, what = consent_named(subject)
    form = forms.approve(view, subject)
    reason = words(heard) or value(heard, "reason")
    typed = APPROVE_RISK.match(reason) if isinstance(heard, Said) or kind is None else None
    if typed is not None:
        kind, reason = ConsentKind.RISK, typed.group(1).strip()
        form = forms.approve(view, f"{ConsentKind.RISK.value}:")
    if kind is None:
        kind, what, reason = _as_a_role(view, reason)
    given = what_they_give(heard, ctx, view, kind, what)
    if not reason and not filled(heard) and given is not None:
        return Ask("reason", form=forms.approve(view, given.name))
    return Done(Approve(heard.actor, reason, kind, what, revision_of(ctx)), form)


APPROVE = Verb("approve", OnRelease(approve), Group.DECISION, ("approve-risk", "accept"))


def decline(heard: Heard, ctx: Context, view: View) -> Step:
    """Refuses a risk, a sign-off or an exception."""
    subject = subject_of(ctx)
    kind, what = consent_named(subject)
    form = forms.decline(view, subject)
    reason = words(heard) or value(heard, "reason")
    if not reason and not filled(heard) and what_they_give(heard, ctx, view, kind, what) is not None:
        return Ask("reason", form=form)
    return Done(Decline(heard.actor, reason, kind, what, revision_of(ctx)), form)


DECLINE = Verb("decline", OnRelease(decline), Group.DECISION, ("reject", "refuse"))


def what_they_give(heard: Heard, ctx: Context, view: View, kind: ConsentKind | None, what: str | None) -> Wanted | None:
    """The consent that the form is of: one of the person's own role before one that they would give as a deputy.

    None: no form is opened; decide refuses the press, says who may, and records the attempt (G7, G22).
    """
    if revision_of(ctx) not in {None, view.release.plan_revision} or view.release.phase not in _ASKED_IN:
        return None
    meant = [
        w
        for w in wanted(view.release, view.facts, view.now)
        if w.kind is not ConsentKind.VOTE and kind in {None, w.kind} and what in {None, w.subject}
    ]
    return next(iter(own_first(view.facts, heard.actor.person, meant)), None)


def _as_a_role(view: View, reason: str) -> tuple[ConsentKind | None, str | None, str]:
    """`as service owner <reason>`: the sign-off that is named, and the reason without it.

    Where none of that role is open, these are words of the reason.
    """
    typed = _AS_A_ROLE.match(reason)
    if typed is None:
        return None, None, reason
    role = re.sub(r"[\s-]+", "_", typed.group(1).casefold())
    for w in wanted(view.release, view.facts, view.now):
        if w.kind is ConsentKind.SIGN_OFF and w.subject == role:
            return w.kind, w.subject, typed.group(2).strip()
    return None, None, reason


def consent_named(subject: str) -> tuple[ConsentKind | None, str | None]:
    """`risk:migration` as kind and subject; (None, None) where a token names none."""
    kind, _, what = subject.partition(":")
    known = {k.value: k for k in ConsentKind}
    return (known[kind], what or None) if kind in known else (None, None)
