"""The verdict at the end of planning: NO-GO UNTIL VERIFIED with each gap (G1), NO-GO, or GO POSSIBLE (G26)."""

from collections.abc import Iterator

from bot.domain.consent import ConsentKind
from bot.domain.finding import Finding, Result
from bot.messages.cards.buttons import button
from bot.messages.cards.cheapest import cheapest
from bot.messages.cards.drift import drifted
from bot.messages.cards.exceptions import exception_lines
from bot.messages.cards.frame import framed
from bot.messages.cards.living import lead
from bot.messages.cards.naming import item
from bot.messages.cards.reading import (
    confidence,
    deadline,
    evidence_is_next,
    four_lines,
    listing,
    next_action,
    next_line,
    risk_line,
    waiting_for,
    who_supplies,
)
from bot.messages.cards.state import GO_POSSIBLE, missing, missing_should, open_consents, revision_line, word
from bot.messages.model import Block, Bullets, Button, Context, Message, Text
from bot.messages.telling import finding_text, how_text
from bot.messages.times import clock
from bot.messages.view import View
from bot.messages.words import say
from bot.plan.coverage import coverage
from bot.policy.standing import sights


def verdict(view: View) -> Message:
    """All that stands in the way, who can supply it, how and by when; the cheapest way to GO; one next action."""
    blocks = list(_go_possible(view) if word(view) == GO_POSSIBLE else _until_verified(view))
    should = missing_should(view)
    if should:
        blocks.append(Text(listing(should, most=12), label=say("card.label_should")))
    blocks.append(Text(risk_line(view), label=say("card.label_risk")))
    blocks.append(Text(next_line(view), label=say("card.label_next")))
    counted = coverage(view.release, view.judgement.findings, sights(view.release, view.facts, view.now))
    blocks.append(Context(say("card.coverage", counted.params)))
    blocks.append(Context(say("card.confidence", {"level": confidence(view)})))
    acting = next_action(view).who[:1]
    return framed(
        view, word(view), lead(view), blocks, buttons=_buttons(view), mentions=acting, small=revision_line(view)
    )


def gap_lines(view: View, *, under_drift: bool = False) -> tuple[str, ...]:
    """All gaps, each once. `under_drift`: below what changed, where cause and impact of those items stand already."""
    told = drifted(view) if under_drift else frozenset[str]()
    return tuple(dict.fromkeys(gap_line(view, f, told=f.subject in told) for f in missing(view)))


def gap_line(view: View, f: Finding, *, told: bool = False) -> str:
    """One gap: item, cause and impact (where they are not `told` already), required fix, who, by when (V4)."""
    by = deadline(view)
    what = say("card.blocked_item", {"item": item(f.subject)}) if f.result is Result.BLOCKED else item(f.subject)
    why = finding_text(f)
    how = how_text(f).removeprefix(say("card.add_it"))  # "Fix:" stands before it
    named = f"{what}." if told else why if _names(why, what) else f"{what}: {why}"
    values = {"what": named, "how": how, "who": who_supplies(view, f)}
    if by is None:
        return say("card.gap_no_start" if view.release.start_at is None else "card.gap_now", values)
    return say("card.gap_full", values | {"by": clock(by, view.now)})


def _names(sentence: str, what: str) -> bool:
    """True where the sentence begins with the item's own name: `Rollback: …`."""
    head, found, _ = sentence.partition(":")
    return bool(found) and head.casefold() in what.casefold()


def _until_verified(view: View) -> Iterator[Block]:
    gaps = missing(view)
    if gaps:
        yield Bullets(gap_lines(view), numbered=True, label=say("card.label_missing_must"))
    pending = exception_lines(view, waiting_only=True)
    if pending:
        yield Bullets(pending, label=say("card.label_exceptions"))
    waiting = waiting_for(view)
    if waiting:
        yield Text("; ".join(waiting), label=say("card.label_then"))
    way = cheapest(view)
    if way:
        yield Text(way, label=say("card.label_cheapest"))


def _go_possible(view: View) -> Iterator[Block]:
    waiting = waiting_for(view)
    if waiting:
        yield Bullets(waiting, label=say("card.label_waiting"))
    yield from (Text(line, label=label) for label, line in four_lines(view))


def _buttons(view: View) -> Iterator[Button]:
    r = view.release
    consents = {w.kind for w in open_consents(view)}
    gaps = missing(view)
    if gaps:
        # The form opens at the first gap: with the questions spent, this is how the rest comes in (Q6).
        style = "primary" if evidence_is_next(view) else "default"
        yield button(r, "add_evidence", subject=gaps[0].subject, style=style)
        yield from (button(r, verb) for verb in ("ask_someone", "request_exception", "postpone"))
    else:
        if consents - {ConsentKind.VOTE}:
            yield button(r, "request_sign_off", style="primary")
        if ConsentKind.VOTE in consents:
            yield from (button(r, "go", style="primary"), button(r, "no_go"))
    yield button(r, "full_plan")
    yield button(r, "arithmetic")
