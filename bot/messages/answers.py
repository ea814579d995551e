"""What the person who spoke reads: acknowledgements, refusals, states, and the ways out of a dead end. All are private."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.decide.result import Decided, Refused
from bot.domain.consent import ConsentKind
from bot.domain.release import TERMINAL, Phase, Release
from bot.messages.answer_tables import arithmetic, audit, release_list, roll_call, service_card
from bot.messages.cards.buttons import actions, button
from bot.messages.cards.living import living
from bot.messages.cards.naming import item, role, start, title
from bot.messages.cards.reading import next_line
from bot.messages.cards.state import consent_title, word
from bot.messages.cards.verdict import gap_line
from bot.messages.full_plan import full_plan
from bot.messages.model import Block, Bullets, Button, Code, Context, Heading, Message, Text
from bot.messages.previewing import preview
from bot.messages.telling import flat, told
from bot.messages.times import countdown, instant, moment
from bot.messages.tokens import BadToken, Token
from bot.messages.view import View
from bot.messages.words import known, say

__all__ = [
    "after_end",
    "arithmetic",
    "audit",
    "decided",
    "full_plan",
    "line",
    "not_understood",
    "nothing_open",
    "preview",
    "refused",
    "release_list",
    "roll_call",
    "service_card",
    "status",
    "unknown_service",
    "which",
    "with_next",
]


def status(view: View) -> Message:
    """The living card, with what is T-minus now."""
    at = view.release.start_at
    now = say("answer.at", {"countdown": countdown(at, view.now)}) if at else say("answer.no_start")
    card = living(view)
    return Message(f"{card.text} {now}", (card.blocks[0], Text(now), *card.blocks[1:]), private=True)


def decided(decision: Decided, view: View | None) -> Message:
    """What was recorded, the state after it, the next action (P3)."""
    ack = told(f"ack.{decision.code}", _worded(decision.params)) if decision.code else say("answer.done")
    blocks: tuple[Block, ...] = (Text(ack),) if view is None else (Text(ack), *_state(view))
    return Message(ack, blocks, private=True)


def refused(refusal: Refused, view: View | None) -> Message:
    """What is refused and why, what stands in the way and how it is closed, the state now. Seen by the speaker alone."""
    reason = told(f"refused.{refusal.code}", _worded(refusal.params))
    first = say("answer.refused")
    blocks: list[Block] = [Text(reason, label=first)]
    if view is not None:
        lines = tuple(dict.fromkeys(gap_line(view, f) for f in refusal.findings))
        if lines:
            blocks.append(Bullets(lines, label=say("answer.label_stands")))
        if refusal.code == "ended":
            return after_end(view.release, view.now, reason)
        blocks += _state(view)
        blocks += actions((button(view.release, "status"), button(view.release, "full_plan")))
    return Message(f"{first}: {reason}", tuple(blocks), private=True)


def line(code: str, params: Mapping[str, str] | None = None, buttons: Sequence[Button] = ()) -> Message:
    """One sentence of the book, with buttons where they help."""
    text = told(code, params)
    return Message(text, (Text(text), *actions(buttons)), private=True)


def trouble(code: str, params: Mapping[str, str] | None = None) -> Message:
    """It was not done, or not yet, for all who could read what was asked for: to nobody may it look as if it were (G17)."""
    return replace(line(code, params), private=False)


def with_next(text: str, view: View) -> Message:
    """A sentence, and the one next action of the release (P3)."""
    return Message(text, (Text(text), Text(next_line(view), label=say("card.label_next"))), private=True)


def nothing_open() -> Message:
    """Nothing to act on here, and how to begin."""
    return line("answer.nothing_open")


def after_end(release: Release, now: datetime, refusal: str = "") -> Message:
    """Something was said of a release that is over: what became of it, and what can still be done."""
    at = release.rolled_back_at or release.done_at
    values = {
        "title": title(release),
        "release": release.id,
        "service": release.service,
        "phase": release.phase.value.replace("_", " "),
        "since": say("answer.since", {"at": moment(at, release.time_zone, now)}) if at else "",
    }
    first = say("answer.over", values)
    blocks: list[Block] = [Text(refusal, label=say("answer.refused"))] if refusal else []
    blocks += [Text(first), Text(say("answer.over_then", values), label=say("card.label_next"))]
    if release.phase is Phase.CLOSED:
        blocks.append(Text(say("answer.over_back", values)))
    verbs = (*(("review",) if release.review_open else ()), "lesson", "status", "full_plan")
    blocks += actions([button(release, verb) for verb in verbs])
    text = f"{say('answer.refused')}: {refusal}" if refusal else first
    return Message(text, tuple(blocks), private=True)


def not_understood(releases: Sequence[Release]) -> Message:
    """Free words whose meaning is not sure: buttons, and nothing is done."""
    offered = [button(r, verb, ident=f"{verb}:{r.id}") for r in releases[:4] for verb in _offered(r)]
    return line("answer.not_understood", buttons=offered)


def _offered(release: Release) -> tuple[str, ...]:
    """What may be meant by words that nobody is sure of: during the rollout they may be bad news."""
    if release.phase is Phase.LIVE:
        return ("status", "health_bad", "hold", "rollback")
    return ("status",) if release.phase in TERMINAL else ("status", "hold")


def export(view: View, files: Mapping[str, str]) -> Message:
    """The evidence pack, as files of one message (A3)."""
    heading = say("export.title", {"title": title(view.release)})
    note = say("export.note", {"count": str(len(files)), "head": view.head or "UNKNOWN"})
    blocks = (Heading(heading), Bullets(tuple(files)), Context(note))
    return Message(f"{heading}. {note}", blocks, private=True, attachments=tuple(files.items()))


def which(releases: Sequence[Release], verb: str = "status", here: str | None = None) -> Message:
    """Several releases could be meant: one button for each, which repeats the verb. `here`: the service of the channel."""
    elsewhere = here is not None and all(r.service != here for r in releases)
    sentence = "answer.which_elsewhere" if elsewhere else "answer.which"
    code = f"button.{verb}" if known(f"button.{verb}") else "button.status"
    return line(sentence, buttons=[button(r, verb, code=code, ident=f"{verb}:{r.id}") for r in releases[:8]])


def unknown_service(name: str, nearest: Sequence[str], words: str = "", *, show: bool = False) -> Message:
    """No dead end: names as buttons that go on with the same words (`show`: that show the entry), and an entry to fill in."""
    text = say("answer.unknown_service", {"name": flat(name, 60)})
    then = say("answer.nearest" if nearest else "answer.no_near")
    entry = Code(_entry(name), label=say("answer.label_entry"))
    names = list(dict.fromkeys(nearest))[:5]
    buttons = actions([_show_button(near) if show else _plan_button(near, words) for near in names])
    return Message(f"{text} {then}", (Text(text), Text(then), *buttons, entry), private=True)


def unknown_name(name: str, nearest: Sequence[str], services: Sequence[str]) -> Message:
    """The same for what is no plan: the names that may be meant, and nothing to fill in."""
    names = list(dict.fromkeys(nearest or services))[:8]
    values = {"name": flat(name, 60), "names": ", ".join(flat(near, 40) for near in names)}
    return line("answer.unknown_near" if nearest else "answer.unknown_all", values)


def _show_button(service: str) -> Button:
    label = say("button.show_service", {"what": flat(service, 40)})
    return Button(f"service:{service[:60]}", label, Token(verb="service", choice=service[:60]).pack())


def _plan_button(service: str, words: str) -> Button:
    """The rest of the words travels in the token; where it does not fit, the form asks for it again."""
    label = say("button.plan_service", {"what": flat(service, 40)})
    token = Token(verb="plan_service", choice=service[:60], subject=words)
    try:
        packed = token.pack()
    except BadToken:
        packed = replace(token, subject="").pack()
    return Button(id=f"plan_service:{service[:60]}", label=label, token=packed)


def _entry(name: str) -> str:
    """A catalogue entry with what is known; only letters, digits and - reach the file's key."""
    ident = (
        "".join(c if c.isascii() and c.isalnum() else "-" for c in flat(name, 40).lower()).strip("-") or "new-service"
    )
    lines = (
        f"{ident}:",
        f"  name: {ident}",
        "  tier: 2",
        "  time_zone: UTC",
        "  team: []            # person ids of the roster",
        "  roles:",
        "    service_owner: []",
        "    on_call: []",
        "    decision_maker: []",
        "  channels:",
        '    team: ["#…"]',
        '    stakeholders: ["#releases"]',
    )
    return "\n".join(lines)


def _state(view: View) -> tuple[Block, ...]:
    values = {"word": word(view), "title": title(view.release), "start": start(view)}
    return (
        Text(say("answer.state", values), label=say("answer.label_now")),
        Text(next_line(view), label=say("card.label_next")),
    )


def _worded(params: Mapping[str, str]) -> Mapping[str, str]:
    """Kinds, roles, phases and consents come as codes; people read words."""
    said = {**params, "reason": params["reason"] or say("card.no_reason")} if "reason" in params else params
    return {name: _WORDED[name](value) if name in _WORDED else value for name, value in said.items()}


def _named(code: str) -> str:
    return ", ".join(map(_one_named, code.split(", ")))


def _one_named(code: str) -> str:
    if known(f"item.{code}"):
        return item(code)
    return role(code) if known(f"role.{code}") else code


def _consents(names: str) -> str:
    """`risk:restore,sign_off:on_call` in words; a kind or a subject may be left out."""
    parts = [name.partition(":") for name in names.split(",")]
    return "; ".join(_consent(kind, subject) for kind, _, subject in parts)


def _consent(kind: str, subject: str) -> str:
    if kind and subject:
        return consent_title(ConsentKind(kind), subject)
    return say(f"consent.{kind}") if kind else _named(subject)


def _phase(word: str) -> str:
    return say("answer.phase_planning") if word == Phase.PLANNING.value else word


def _until(iso: str) -> str:
    at = instant(iso)
    return moment(at, "UTC") if at is not None else iso


_WORDED: Mapping[str, Callable[[str], str]] = {
    "item": _named,
    "what": _named,
    "kind": _named,
    "phase": _phase,
    "role": _named,
    "consent": _consents,
    "consents": _consents,
    "until_at": _until,
}
