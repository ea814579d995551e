"""Posts of an emergency: declared, confirmed, over, and its review (G16). For stakeholders in plain words (V1)."""

from collections.abc import Iterator

from bot.domain.consent import Consent, ConsentKind
from bot.domain.emergency import Emergency
from bot.domain.release import TERMINAL
from bot.messages.cards.audience import for_stakeholders, reader_of
from bot.messages.cards.buttons import button
from bot.messages.cards.frame import framed
from bot.messages.cards.naming import item, object_of, people, person, service_name
from bot.messages.cards.reading import next_line
from bot.messages.cards.state import word
from bot.messages.model import Block, Bullets, Button, Message, Text
from bot.messages.telling import flat
from bot.messages.times import moment
from bot.messages.view import View
from bot.messages.words import say
from bot.policy.emergency import seconds


def emergency_declared(view: View) -> Message:
    """Declared: for which incident, by whom, who can confirm it; nothing is waived before."""
    declared = view.release.emergency
    if declared is None:
        return _over(view)
    second = _second(view)
    who = seconds(view.release, view.facts)
    values = _values(view, declared) | {"names": people(view, who)}
    if for_stakeholders(view):
        return _plain(view, "emergency.declared_plain", values)
    if second is not None:
        return _turn(view, say("emergency.declared_then", values | {"second": person(view, second.by)}), ())
    confirm = button(view.release, "approve", subject="breakglass:breakglass", code="button.breakglass", style="danger")
    return framed(
        view,
        word(view),
        say("emergency.declared", values),
        _body(view),
        occasion="BREAK-GLASS",
        buttons=(
            confirm,
            button(view.release, "decline", subject="breakglass:breakglass"),
            button(view.release, "full_plan"),
        ),
        mentions=who[:2],
    )


def emergency_confirmed(view: View) -> Message:
    """Confirmed by a second person: what is waived, and what never is."""
    declared, second = view.release.emergency, _second(view)
    if declared is None or second is None:
        return _over(view)
    values = _values(view, declared) | {"second": person(view, second.by), "why": flat(second.reason, 160)}
    if for_stakeholders(view):
        return _plain(view, "emergency.confirmed_plain", values)
    return _turn(view, say("emergency.confirmed", values), ("start", "hold", "full_plan"))


def emergency_lapsed(view: View) -> Message:
    """Not started in time: it is no emergency any more."""
    if for_stakeholders(view):
        lead = say("emergency.lapsed_plain", {"service": service_name(view)})
        return framed(view, say("emergency.word_over"), lead, ())
    return framed(
        view,
        word(view),
        say("emergency.lapsed", {"object": object_of(view.release)}),
        (Text(next_line(view), label=say("card.label_next")),),
        buttons=(button(view.release, "full_plan"),),
    )


def review_reminder(view: View) -> Message:
    """To who can write the review; once it is there it says so."""
    if view.release.review is not None:
        return framed(view, word(view), say("emergency.review_there"), ())
    lead = say("emergency.review_due", {"object": object_of(view.release), "due": _due(view)})
    mentions = (reader_of(view),) if reader_of(view) else ()
    return framed(view, word(view), lead, (_next(view),), buttons=(_write(view),), mentions=mentions)


def review_overdue(view: View) -> Message:
    """The review is overdue: the next break-glass of the service is blocked until it is there."""
    if view.release.review is not None:
        return framed(view, word(view), say("emergency.review_there"), ())
    values = {"object": object_of(view.release), "due": _due(view), "service": service_name(view)}
    return framed(
        view,
        say("emergency.word_overdue"),
        say("emergency.review_overdue", values),
        (_next(view),),
        buttons=(_write(view),),
        mentions=(view.release.owner,),
    )


def review_recorded(view: View) -> Message:
    """What happened, what was skipped, what will change."""
    review = view.release.review
    if review is None:
        return review_reminder(view)
    lead = say("emergency.reviewed", {"who": person(view, review.by), "object": object_of(view.release)})
    names = ("happened", "skipped", "change")
    body = tuple(Text(flat(getattr(review, n), 600), label=say(f"field.review_{n}")) for n in names)
    return framed(view, word(view), lead, body)


def _body(view: View) -> Iterator[Block]:
    waived = dict.fromkeys(item(f.subject) for f in view.judgement.findings if f.code == "emergency_waived")
    if waived:
        yield Bullets(tuple(waived), label=say("emergency.label_waived"))
    yield Text(say("emergency.never"), label=say("emergency.label_never"))
    yield Text(next_line(view), label=say("card.label_next"))


def _turn(view: View, lead: str, verbs: tuple[str, ...]) -> Message:
    over = view.release.phase in TERMINAL
    buttons = () if over else tuple(button(view.release, v) for v in verbs)
    return framed(view, word(view), lead, _body(view), occasion="BREAK-GLASS", buttons=buttons)


def _plain(view: View, code: str, values: dict[str, str]) -> Message:
    return framed(view, say("emergency.word"), say(code, values), ())


def _over(view: View) -> Message:
    return framed(view, word(view), say("turn.over", {"occasion": "BREAK-GLASS"}), ())


def _values(view: View, declared: Emergency) -> dict[str, str]:
    return {
        "object": object_of(view.release),
        "service": service_name(view),
        "incident": flat(declared.incident, 40),
        "who": person(view, declared.by),
        "reason": flat(declared.reason, 200),
        "until": moment(declared.expires_at, view.release.time_zone, view.now),
    }


def _second(view: View) -> Consent | None:
    given = [c for c in view.release.consents if c.kind is ConsentKind.BREAKGLASS and c.valid_at(view.now)]
    return given[-1] if given else None


def _due(view: View) -> str:
    due = view.release.review_due_at
    return moment(due, view.release.time_zone, view.now) if due else "UNKNOWN"


def _write(view: View) -> Button:
    return button(view.release, "review", style="primary")


def _next(view: View) -> Text:
    return Text(next_line(view), label=say("card.label_next"))
