"""The approval request: what is asked, why now, what could go wrong, the way back; after the press the outcome (G7, G22, G24)."""

from collections.abc import Iterator

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.evidence import Kind
from bot.domain.people import Role
from bot.domain.release import Phase, Release
from bot.messages.cards.audience import reader_of
from bot.messages.cards.buttons import button
from bot.messages.cards.exceptions import exception_lines, held, why
from bot.messages.cards.frame import framed
from bot.messages.cards.naming import item, object_of, person, signed_by, start, strategy
from bot.messages.cards.reading import next_line, outage_word, risk_line, way_back
from bot.messages.cards.state import accepted_as_true, consent_name, consent_title, open_consents, revision_line, word
from bot.messages.model import Block, Bullets, Button, Fields, Message, Text
from bot.messages.telling import flat
from bot.messages.times import clock, moment
from bot.messages.view import View
from bot.messages.words import say
from bot.policy.budget import accepted_of_team, over_budget
from bot.policy.consents import Wanted

_OPEN = frozenset({Phase.PLANNING, Phase.PLANNED, Phase.CLEARED})
_DECIDED = frozenset({ConsentState.VALID, ConsentState.DECLINED, ConsentState.WITHDRAWN, ConsentState.EXPIRED})
BUTTON_IDS = {
    ConsentKind.RISK: "approve_risk",
    ConsentKind.SIGN_OFF: "sign_off",
    ConsentKind.EXCEPTION: "approve_exception",
    ConsentKind.CONFIRM: "confirm",
    ConsentKind.QA: "qa",
    ConsentKind.BREAKGLASS: "breakglass",
}
_GO = f"{ConsentKind.VOTE.value}:go"


def approval(view: View) -> Message:
    """The request as it stands now: open items with buttons, decided ones with who and why, or that it decides nothing."""
    r = view.release
    if _outdated(view):
        values = {"then": view.params.get("revision", "?"), "now": str(r.plan_revision)}
        lead = say("lead.approval_old", values)
        return framed(view, word(view), lead, (Text(next_line(view), label=say("card.label_next")),))
    asked = _asked(view)
    decided = _decided(view)
    if r.phase not in _OPEN or not asked:
        lead = say("lead.approval_decided" if decided else "lead.approval_moot")
        return framed(view, word(view), lead, _outcome(view, decided), small=revision_line(view))
    lead = say("lead.approval", {"what": ", ".join(dict.fromkeys(_name(w) for w in asked)), "object": object_of(r)})
    blocks = [*_request(view, asked), *_outcome(view, decided)]
    people = [p for w in asked for p in w.people[:1]]
    return framed(
        view,
        word(view),
        lead,
        blocks,
        buttons=_buttons(r, asked),
        mentions=(reader_of(view),) if reader_of(view) else people,
        small=revision_line(view),
    )


def outcome(view: View, c: Consent) -> str:
    """`on-call engineer sign-off APPROVED by Kai, 13:40 UTC: drill seen, thresholds fit.`; a GO needs no reason."""
    going = c.vote == "go" and c.role is not None
    if going and c.state is ConsentState.VALID:
        given = {"who": signed_by(view, c.by, c.on_behalf), "at": clock(c.at, view.now) if c.at else "UNKNOWN"}
        return say("card.go_outcome", given | {"why": why(c.reason, "")})
    values = {
        "what": consent_title(c.kind, "go" if going else c.subject),
        "state": say(f"state.{c.state.value}"),
        "who": signed_by(view, c.by, c.on_behalf),
        "at": clock(c.at, view.now) if c.at else "UNKNOWN",
        "reason": flat(c.reason, 160) or say("card.no_reason"),
    }
    return say("card.consent_outcome", values)


def _outdated(view: View) -> bool:
    revision = view.params.get("revision", "")
    return revision.isdigit() and int(revision) < view.release.plan_revision


def _asked(view: View) -> tuple[Wanted, ...]:
    """The open consents that this post asks for: those it names, of a direct message only those of its reader."""
    found = tuple(w for w in open_consents(view) if w.kind in BUTTON_IDS or w.name == _GO)
    names = _names(view)
    if names:
        found = tuple(w for w in found if w.name in names)
    reader = reader_of(view)
    if reader:
        found = tuple(w for w in found if reader in w.people)
    return found


def _names(view: View) -> frozenset[str]:
    """`kind:subject` of what the post was made for; empty: all that is open."""
    listed = view.params.get("wanted", "")
    if view.params.get("kind"):
        listed = f"{view.params['kind']}:{view.params.get('subject', '')}"
    return frozenset(n.strip() for n in listed.split(",") if n.strip())


def _decided(view: View) -> tuple[Consent, ...]:
    names = _names(view)
    return tuple(
        c
        for c in view.release.consents
        if c.state in _DECIDED and c.plan_hash in {None, view.release.plan_hash} and _was_asked(c, names)
    )


def _was_asked(c: Consent, names: frozenset[str]) -> bool:
    if c.kind is ConsentKind.VOTE:
        return _GO in names and c.vote == "go" and c.role is Role.DECISION_MAKER
    return c.kind in BUTTON_IDS and (not names or f"{c.kind.value}:{c.subject}" in names)


def _outcome(view: View, decided: tuple[Consent, ...]) -> tuple[Block, ...]:
    return (Bullets(tuple(outcome(view, c) for c in decided), label=say("card.label_decided")),) if decided else ()


def _described(view: View) -> str:
    """Where the change is described, for who has to decide and was told no more."""
    found = (view.release.latest(kind) for kind in (Kind.CHANGE, Kind.NOTES))
    links = list(dict.fromkeys(flat(one.url, 160) for one in found if one is not None and one.url))
    return say("card.summary_at", {"links": " · ".join(links)}) if links else say("card.summary_unknown")


def _request(view: View, asked: tuple[Wanted, ...]) -> Iterator[Block]:
    r = view.release
    yield Bullets(tuple(consent_name(view, w) for w in asked), label=say("card.label_asked"))
    standing_in = tuple(dict.fromkeys(_delegates(view, asked)))
    if standing_in:
        yield Bullets(standing_in, label=say("card.label_delegates"))
    changes = flat(r.summary, 200) or _described(view)
    yield Fields(
        (
            (say("card.label_why_now"), say("card.why_now", {"start": start(view)})),
            (say("card.label_changes"), changes),
            (say("card.label_risk"), risk_line(view)),
            (say("card.label_way_back"), way_back(view)),
            (say("card.label_exposure"), f"{strategy(r)}; {outage_word(view)}"),
            (say("card.label_accepted"), accepted_by_team(view)),
        ),
        at=r.start_at,
    )
    no_return = r.data_change in {"contract", "irreversible"}
    if no_return:
        # The tag says what is wanted (G6); where the danger was accepted, that is what is to be read.
        taken = any(held(c, view) and c.kind is ConsentKind.RISK and c.subject == Kind.MIGRATION for c in r.consents)
        label = say("card.label_no_return" if taken else "card.label_approval_tag")
        yield Text(say("card.no_return", {"change": r.data_change or ""}), label=label)
    exceptions = exception_lines(view)
    if exceptions:
        yield Bullets(exceptions, label=say("card.label_exceptions"))
    attested = accepted_as_true(view)
    if attested:
        yield Bullets(attested, label=say("card.label_accept_true"))


def _delegates(view: View, asked: tuple[Wanted, ...]) -> Iterator[str]:
    """`Lena signs for Kai until Fri 4 Dec 18:00 UTC`."""
    for one in asked:
        for d in view.facts.delegations:
            if one.standing_in.get(d.to) == d.of and d.to in one.people:
                values = {
                    "who": person(view, d.to),
                    "of": person(view, d.of),
                    "until": moment(d.until, "UTC", view.now),
                }
                yield say("card.delegate", values)


def accepted_by_team(view: View) -> str:
    """`3 in 30 days (risks and exceptions), limit 5` (G21)."""
    policy = view.facts.policy
    values = {
        "count": str(accepted_of_team(view.release, view.facts, view.now)),
        "days": str(policy.accepted_within.days),
        "limit": str(policy.accepted_limit),
    }
    over = over_budget(view.release, view.facts, view.now)
    return say("card.accepted_over" if over else "card.accepted_by_team", values)


def _name(one: Wanted) -> str:
    return consent_title(one.kind, one.subject) if one.name == _GO else say(f"consent.{one.kind.value}")


def _buttons(r: Release, asked: tuple[Wanted, ...]) -> Iterator[Button]:
    """One button for each kind; where several roles sign off, the flow finds the presser's own (subject left empty)."""
    for kind, ident in BUTTON_IDS.items():
        group = [w for w in asked if w.kind is kind]
        single = {w.name: w for w in group}.values() if kind is not ConsentKind.SIGN_OFF else group[:1]
        for w in single:
            subject = w.name if len(group) == 1 or kind is not ConsentKind.SIGN_OFF else f"{kind.value}:"
            what = item(w.subject)
            yield button(r, "approve", subject=subject, code=f"button.{ident}", ident=ident, what=what, style="primary")
    if any(w.name == _GO for w in asked):
        yield from (button(r, "go", style="primary"), button(r, "no_go"))
    if len(asked) > 1 or asked[0].name != _GO:
        yield button(r, "decline", subject=asked[0].name if len(asked) == 1 else "")
    yield button(r, "add_evidence")
    yield button(r, "full_plan")
