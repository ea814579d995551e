"""The living card: one for each release and place, edited in place. Under 150 words for the ordinary case (P2)."""

import re
from collections.abc import Iterable, Iterator

from bot.domain.consent import ConsentKind
from bot.domain.finding import Finding, Result, Verdict
from bot.domain.release import Phase
from bot.messages.cards.buttons import button, rolling
from bot.messages.cards.exceptions import exception_lines
from bot.messages.cards.frame import framed
from bot.messages.cards.health import measured, state
from bot.messages.cards.naming import item, person, sources, start
from bot.messages.cards.reading import (
    confidence,
    evidence_is_next,
    four_lines,
    next_line,
    outcome_is_next,
    owners,
    risk_line,
    waiting_for,
    way_on,
    who_supplies,
)
from bot.messages.cards.state import GO_POSSIBLE, missing, open_consents, open_items, revision_line, word
from bot.messages.model import Block, Bullets, Button, Context, Fields, Heading, Message, Text
from bot.messages.telling import flat, how_text
from bot.messages.times import moment
from bot.messages.view import View
from bot.messages.words import say
from bot.plan.patterns import PRESSING, patterns
from bot.watch import State

_MOST_WORDS = 148
"""The card stays below 150 words (P2): where more is missing, the last gaps leave out how they are closed; the verdict tells."""


def living(view: View) -> Message:
    """Verdict, when, owners, risk, what is missing, the four labels, next action, confidence, buttons, revision."""
    after: list[Block] = [*_recurring(view), *(Text(line, label=label) for label, line in four_lines(view))]
    after.append(Text(next_line(view), label=say("card.label_next")))
    after.append(Context(say("card.confidence", {"level": confidence(view)})))
    first: Block = Fields(_facts(view), at=view.release.start_at)
    told, buttons = lead(view), tuple(_buttons(view))

    def card(rows: Iterable[str]) -> Message:
        blocks = (first, *_open(view, tuple(rows)), *after)
        return framed(view, word(view), told, blocks, buttons=buttons, small=revision_line(view))

    gaps = _gaps(view)
    shortest = card(short for short, _ in gaps)
    room = _MOST_WORDS - sum(_words(block) for block in shortest.blocks)
    longer = [len(full.split()) - len(short.split()) for short, full in gaps]
    if sum(longer) <= room or len(gaps) <= 1:
        return card(full for _, full in gaps)
    # The verdict is posted at the end of planning; before it there is none to point at.
    rest = say("card.gap_rest_planning" if view.release.phase is Phase.PLANNING else "card.gap_rest")
    room -= len(rest.split()) + 1
    rows = []
    for n, ((short, full), more) in enumerate(zip(gaps, longer, strict=True)):
        room -= more
        rows.append(full if room >= 0 or n == 0 else short)
    rows.append(rest)
    return card(rows)


def _words(block: Block) -> int:
    """Words that a person reads, buttons aside."""
    match block:
        case Heading(text=text) | Context(text=text):
            return len(text.split())
        case Text():
            return len(f"{block.label} {block.text}".split())
        case Bullets():
            # Each item has its mark.
            return sum(len(item.split()) + 1 for item in (block.label, *block.items))
        case Fields():
            return sum(len(f"{label} {value}".split()) for label, value in block.pairs)
    return 0


def _gaps(view: View) -> list[tuple[str, str]]:
    """Each open item once: named with who closes it, and the same with how. One alone has its whole how."""
    found = tuple({f.subject: f for f in reversed(missing(view))}.values())[::-1]
    return [_gap(view, f, alone=len(found) == 1) for f in found]


def lead(view: View) -> str:
    """One sentence on where the release stands; the fallback text carries it."""
    r = view.release
    due = r.review_due_at
    if due is not None:
        over = r.review_overdue or view.now >= due
        return say("lead.review_overdue" if over else "lead.review_due", {"due": moment(due, r.time_zone, view.now)})
    if r.phase is Phase.HELD:
        code = "lead.no_go_at_start" if r.held_code == "no_go_at_start" else "lead.held"
        return say(code, {"who": person(view, r.held_by), "reason": _reason(r.held_reason)})
    if r.phase is Phase.CANCELLED:
        return say("lead.cancelled", {"who": person(view, r.cancelled_by), "reason": _reason(r.cancel_reason)})
    if r.phase in {Phase.ROLLING_BACK, Phase.ROLLED_BACK}:
        who = {"who": person(view, r.rollback_by), "reason": _reason(r.rollback_reason)}
        return say(f"lead.{r.phase.value}", who)
    if r.phase is Phase.LIVE:
        percent = r.progress[-1].percent if r.progress else None
        reached = say("lead.live_at", {"percent": str(percent)}) if percent is not None else say("lead.live")
        bad = state(view) is State.BAD
        return say("lead.live_bad", {"reached": reached, "health": measured(view)}) if bad else reached
    if r.phase is Phase.CLOSED:
        return say("lead.closed")
    return _before_start(view)


def _reason(text: str) -> str:
    """Holds and rollbacks are never refused for their reason (G9): where none was given, that is said."""
    return flat(text, 160) or say("card.no_reason")


def _before_start(view: View) -> str:
    gaps = missing(view)
    if view.release.gathers and view.release.phase is Phase.PLANNING:
        return say("lead.gathering", {"sources": sources(len(view.release.gathers))})
    if gaps:
        return say("lead.missing", {"count": str(open_items(view))})
    consents = open_consents(view)
    if word(view) == GO_POSSIBLE:
        # In an emergency the second person stands in for the go (G16).
        asked = (w.kind for w in consents)
        kinds = dict.fromkeys(asked if view.release.in_emergency(view.now) else (*asked, ConsentKind.VOTE))
        names = ", ".join(_short(kind) for kind in kinds)
        return say("lead.go_possible", {"open": names}) if kinds else say("lead.nothing_open")
    if view.release.phase is Phase.CLEARED:
        return say("lead.cleared" if view.judgement.verdict is Verdict.GO else "lead.drifted")
    return say("lead.consents") if consents else ""


def _short(kind: ConsentKind) -> str:
    return say("lead.the_go") if kind is ConsentKind.VOTE else say(f"consent.{kind.value}")


def _facts(view: View) -> tuple[tuple[str, str], ...]:
    return (
        (say("card.label_start"), start(view)),
        (say("card.label_owner"), owners(view)),
        (say("card.label_risk"), risk_line(view)),
    )


def _open(view: View, rows: tuple[str, ...]) -> Iterator[Block]:
    """What is missing, with who and how; then the open consents, with who may give them."""
    if view.release.phase not in {Phase.PLANNING, Phase.PLANNED, Phase.CLEARED, Phase.HELD}:
        return
    if rows:
        yield Bullets(rows, label=say("card.label_missing"))
    pending = exception_lines(view, waiting_only=True)
    if pending:
        yield Bullets(pending, label=say("card.label_exceptions"))
    waiting = () if rows else waiting_for(view)
    if waiting:
        yield Bullets(waiting, label=say("card.label_waiting"))


def _recurring(view: View) -> Iterator[Block]:
    """What keeps being open, before the start: the most frequent, from three times on (P7)."""
    pressing = [p for p in patterns(view.facts) if p.count >= PRESSING]
    if pressing and view.release.phase in {Phase.PLANNING, Phase.PLANNED}:
        values = {**pressing[0].params, "item": item(pressing[0].kind.value)}
        yield Text(say("card.pattern", values), label=say("card.label_pattern"))


def _gap(view: View, f: Finding, *, alone: bool) -> tuple[str, str]:
    code = _NAMED_AS.get(f.result)
    what = say(code, {"item": item(f.subject)}) if code else item(f.subject)
    values = {"item": what, "who": who_supplies(view, f)}
    how = how_text(f)
    short = how if alone else re.split(r"; or |, such as ", how.removeprefix(say("card.add_it")))[0].rstrip(".")
    return say("card.gap", values), say("card.gap_how", values | {"how": short})


_NAMED_AS = {Result.BLOCKED: "card.blocked_item", Result.UNAVAILABLE: "card.unavailable_item"}
"""A source that is down is neither red nor simply missing: it is said to be unavailable."""


def _buttons(view: View) -> Iterator[Button]:
    r = view.release
    verbs = _verbs(view)
    styles = {_stands_out(view, verbs): "primary", "rollback": "danger"}
    yield from (button(r, verb, style=styles.get(verb, "default")) for verb in verbs)
    if r.phase is Phase.LIVE:
        yield from rolling(r, bad=state(view) is State.BAD, ending=outcome_is_next(view))
    if r.review_due_at is not None:
        yield button(r, "review", style="primary")
    yield button(r, "full_plan")
    yield button(r, "arithmetic")


def _stands_out(view: View, verbs: tuple[str, ...]) -> str:
    """The verb that is the next action; none while something is open that no button here closes."""
    if view.release.phase is Phase.HELD:
        return way_on(view)
    if missing(view) or view.release.open_question is not None:
        return "add_evidence" if evidence_is_next(view) else ""
    return next((verb for verb in verbs if verb in _STAND_OUT), "")


def _verbs(view: View) -> tuple[str, ...]:
    r = view.release
    if r.phase is Phase.PLANNED:
        consents = {w.kind for w in open_consents(view)}
        first: tuple[str, ...] = ("add_evidence", "ask_someone") if missing(view) else ()
        if consents - {ConsentKind.VOTE}:
            first = (*first, "request_sign_off")
        go: tuple[str, ...] = () if missing(view) else ("go",)
        return (*first, *go, "no_go", "hold", "move", "cancel")
    if r.phase is Phase.HELD:
        next_verb = way_on(view)
        other = "resume" if next_verb == "move" else "move"
        return (next_verb, other, "cancel") if next_verb else ("resume", "rollback")
    if r.phase is Phase.CLOSED and r.review_due_at is None and not r.lessons:
        return ("lesson",)
    return _BY_PHASE.get(r.phase, ())


_BY_PHASE = {
    Phase.PLANNING: ("add_evidence", "cancel"),
    Phase.CLEARED: ("start", "no_go", "hold", "move"),
    Phase.ROLLING_BACK: ("rolledback",),
}
_STAND_OUT = frozenset({"request_sign_off", "go", "start", "rolledback", "lesson"})
