"""Reminders: an approval that nobody gave (G15), an outcome that nobody reported (T12); and what the bot owes an account of."""

from bot.domain.release import Phase
from bot.messages.cards.approval import approval
from bot.messages.cards.audience import for_stakeholders, reader_of
from bot.messages.cards.buttons import button
from bot.messages.cards.frame import framed
from bot.messages.cards.health import measured
from bot.messages.cards.naming import object_of, person, start
from bot.messages.cards.reading import deadline, next_line
from bot.messages.cards.state import consent_name, open_consents, word
from bot.messages.model import Block, Bullets, Message, Text
from bot.messages.telling import flat
from bot.messages.times import clock, instant, span
from bot.messages.view import View
from bot.messages.words import known, say


def reminder(view: View) -> Message:
    """To who has not answered: what waits for that person, until when. Where nothing waits any more it says so."""
    reader = reader_of(view)
    waiting = tuple(consent_name(view, w) for w in open_consents(view) if not reader or reader in w.people)
    if not waiting:
        return framed(view, word(view), say("remind.nothing"), ())
    by = deadline(view) or view.release.start_at
    until = clock(by, view.now) if by else say("card.at_once")
    code = view.params.get("code", "")
    rung = f"remind.{code}"
    lead = say(
        rung if known(rung) and code.startswith("approval") else "remind.approval",
        {"object": object_of(view.release), "by": until},
    )
    blocks: list[Block] = [
        Bullets(waiting, label=say("card.label_waiting")),
        Text(start(view), label=say("card.label_start"), at=view.release.start_at),
    ]
    asks = approval(view).buttons
    r = view.release
    buttons = [b for b in asks if b.id != "full_plan"] or [button(r, "go", style="primary"), button(r, "no_go")]
    return framed(
        view, word(view), lead, blocks, buttons=(*buttons, button(r, "full_plan")), mentions=(reader_of(view),)
    )


def outcome_reminder(view: View) -> Message:
    """After T+30 without `done`: the owner is asked how it ended."""
    r = view.release
    if r.phase is not Phase.LIVE:
        return framed(view, word(view), say("remind.outcome_known"), ())
    number = view.params.get("number", "") or str(max(r.reminders, 1))
    lead = say("remind.outcome", {"object": object_of(r), "number": flat(number, 4)})
    blocks: list[Block] = [
        Text(measured(view), label=say("card.label_health")),
        Text(next_line(view), label=say("card.label_next")),
    ]
    buttons = (button(r, "done", style="primary"), button(r, "rollback", style="danger"), button(r, "hold"))
    return framed(view, word(view), lead, blocks, buttons=buttons, mentions=(reader_of(view) or r.owner,))


def outcome_unknown(view: View) -> Message:
    """Nobody said how it ended (T12): said aloud, never taken as a success."""
    r = view.release
    if r.phase in {Phase.CLOSED, Phase.ROLLED_BACK, Phase.ROLLING_BACK}:
        return framed(view, word(view), say("remind.outcome_known"), ())
    lead = say("remind.outcome_unknown", {"object": object_of(r), "who": person(view, r.owner)})
    plain = for_stakeholders(view)
    blocks: tuple[Block, ...] = () if plain else (Text(next_line(view), label=say("card.label_next")),)
    buttons = () if plain else (button(r, "done", style="primary"), button(r, "rollback", style="danger"))
    mentions = () if plain else (r.owner, r.rollback_owner or "")
    return framed(view, "OUTCOME UNKNOWN", lead, blocks, buttons=buttons, mentions=mentions)


def downtime(view: View) -> Message:
    """T8: from when to when the bot was away, what went out late, what was withdrawn."""
    p = view.params
    begun, ended = instant(p.get("from", "")), instant(p.get("until", "") or p.get("to", ""))
    values = {
        "from": clock(begun, view.now) if begun else "UNKNOWN",
        "until": clock(ended, view.now) if ended else "UNKNOWN",
        "length": span(ended - begun) if begun and ended else "UNKNOWN",
    }
    named = (("late", "remind.label_late"), ("merged", "remind.label_merged"), ("withdrawn", "remind.label_withdrawn"))
    blocks: list[Block] = [
        Text(", ".join(flat(x, 60) for x in p[key].split(",")), label=say(code)) for key, code in named if p.get(key)
    ]
    if not blocks:
        blocks.append(Text(say("remind.nothing_missed")))
    blocks.append(Text(start(view), label=say("card.label_start"), at=view.release.start_at))
    return framed(view, word(view), say("remind.away", values), blocks)


def delivery_failed(view: View) -> Message:
    """To the owner: a post did not reach its place; what it was, why, what to do (timeline.md, step 4)."""
    p = view.params
    values = {
        "occasion": flat(p.get("occasion", ""), 40) or "UNKNOWN",
        "place": flat(p.get("place", ""), 60) or "UNKNOWN",
        "reason": _why(p.get("reason", "")),
    }
    unsure = p.get("reason") in _UNSURE
    mend = f"mend.{p.get('reason', '')}"
    values["mend"] = say(mend if known(mend) else "mend.other", values)
    fix = say("remind.unsure_fix" if unsure else "remind.failed_fix", values)
    lead = say("remind.unsure" if unsure else "remind.failed", values)
    mentions = (reader_of(view) or view.release.owner,)
    return framed(view, word(view), lead, (Text(fix, label=say("card.label_how")),), mentions=mentions)


_UNSURE = frozenset({"cannot_look", "unknown", "ambiguous"})
"""It may have been posted, and nobody can look: neither sent nor failed is claimed."""


def _why(code: str) -> str:
    """The reason in words where we have them, else the platform's own code."""
    known_code = f"undelivered.{code}"
    return say(known_code) if known(known_code) else flat(code, 120) or "UNKNOWN"
