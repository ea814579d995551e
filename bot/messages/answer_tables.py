"""Answers that are lists: releases, arithmetic, roll call, record, and a service's entry."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.orders import Delegation, Orders
from bot.domain.people import Role, Roster
from bot.domain.release import Part
from bot.domain.service import Service, Threshold
from bot.messages.cards.buttons import actions, button
from bot.messages.cards.exceptions import why
from bot.messages.cards.naming import item, person, role, signed_by, start, title
from bot.messages.cards.reading import next_line, risk_line
from bot.messages.cards.state import GO_POSSIBLE, consent_title, open_consents, word
from bot.messages.model import Block, Bullets, Context, Fields, Heading, Message, Table, Text
from bot.messages.telling import flat
from bot.messages.times import clock, day, moment
from bot.messages.view import View
from bot.messages.words import known, say
from bot.policy.budget import sign_off_roles
from bot.policy.people import decision_makers, delegations_of, holders
from bot.policy.score import GAP_PARTS

_MOST_ROWS, _MOST_LISTED = 40, 20
_RECORD = ("seq", "when", "who", "what", "about", "result", "reason", "account", "request")
"""The columns of the record (A1)."""
_WHOLE = 8_000


def release_list(views: Sequence[View], corrupt: Sequence[str] = ()) -> Message:
    """Each release, as they come, in two lines, which fit a phone; those whose record is corrupt are named above them."""
    lost = say("answer.list_corrupt", {"releases": flat(", ".join(corrupt), 200)}) if corrupt else ""
    warning = (Text(lost),) if lost else ()
    if not views:
        empty = say("answer.list_empty")
        return Message(f"{lost} {empty}".strip(), (*warning, Text(empty)), private=True)
    shown = views[:_MOST_LISTED]
    text = "; ".join(f"{title(v.release)}: {word(v)}" for v in shown)
    label = say("answer.list_title")
    rest = (
        (Context(say("answer.list_more", {"count": str(len(views) - len(shown))})),)
        if len(views) > _MOST_LISTED
        else ()
    )
    blocks = (*warning, Heading(label), *(in_list(v) for v in shown), *rest, Context(say("answer.list_next")))
    return Message(f"{lost} {label}: {flat(text, 800)}".strip(), blocks, private=True)


def in_list(view: View) -> Fields:
    """A release in a list: its word and title with the start and the owner, and what comes next."""
    name = flat(f"{word(view)} · {title(view.release)}", 140)
    values = {"start": start(view), "owner": person(view, view.release.owner)}
    pairs = ((name, say("answer.list_line", values)), (say("answer.head_next"), next_line(view)))
    return Fields(pairs, at=view.release.start_at)


def arithmetic(view: View) -> Message:
    """The risk score, part by part (P6): what was known, and what took the worst answer because it was not."""
    score = view.judgement.score
    heading = say("answer.arithmetic_title", {"title": title(view.release)})
    head = tuple(say(f"answer.head_{c}") for c in ("factor", "answer", "points"))
    rows = tuple((_factor(p.factor), _answer(p), str(p.points)) for p in score.parts)
    sum_row = (say("card.label_risk"), score.band.value, str(score.score))
    small = [say("answer.rubric", {"rubric": flat(score.rubric, 20)})]
    if score.floor:
        small.append(say("answer.floor", {"floor": flat(score.floor.replace("_", " "), 60)}))
    blocks = (Heading(heading), Text(risk_line(view)), Table(head, (*rows, sum_row)), Context(" ".join(small)))
    return Message(f"{word(view)}: {heading}. {risk_line(view)}", blocks, private=True)


def roll_call(view: View) -> Message:
    """A row for each consent in fixed order with vote, name, time and note; the decision row last.

    Exceptions, risks, confirmations and QA first: who gave each, who is still to give it, and until when it holds (G21).
    """
    heading = say("answer.roll_call", {"title": title(view.release)})
    head = tuple(say(f"answer.head_{c}") for c in ("role", "vote", "name", "time", "note"))
    rows = [*_other_rows(view), *_sign_off_rows(view), *_vote_rows(view), _decision_row(view)]
    table = Table(head, tuple(rows))
    style = "primary" if word(view) == GO_POSSIBLE else "default"
    buttons = (button(view.release, "go", style=style), button(view.release, "no_go"))
    blocks: list[Block] = [Heading(heading), table, Text(next_line(view), label=say("card.label_next"))]
    blocks += actions(buttons) if open_consents(view) else ()
    return Message(f"{word(view)}: {heading}. {next_line(view)}", tuple(blocks), private=True)


def audit(view: View, rows: Sequence[tuple[str, ...]], head: str = "") -> Message:
    """The record, oldest first; each row has the cells of _RECORD, and is filled up where it is shorter.

    The table shows the newest rows without account and request; the file has everything, and reasons verbatim.
    """
    heading = say("answer.audit_title", {"title": title(view.release)})
    names = tuple(say(f"answer.head_{c}") for c in _RECORD)
    width, shown = len(names), len(names) - 2
    filled = tuple((*row, *("",) * width)[:width] for row in rows)
    small = say("answer.audit_head", {"head": head or view.head or "UNKNOWN", "count": str(len(rows))})
    newest = tuple(tuple(flat(c, 160) for c in row[:shown]) for row in filled[-_MOST_ROWS:])
    body: tuple[Table | Text, ...] = (Table(names[:shown], newest),) if newest else (Text(say("answer.audit_empty")),)
    whole = tuple(tuple(flat(c, _WHOLE) for c in row) for row in filled)
    files = ((f"{view.release.id}-record.csv", csv((names, *whole))),) if filled else ()
    return Message(f"{heading}. {small}", (Heading(heading), *body, Context(small)), private=True, attachments=files)


def service_card(service: Service, roster: Roster, orders: Orders, now: datetime) -> Message:
    """The catalogue entry: owners, approvers, channels, thresholds, tools, standing evidence; who signs for whom, who listens."""
    heading = say("answer.service_title", {"name": f"{flat(service.name, 40)} ({flat(service.id, 40)})"})
    pairs = (
        (say("answer.label_tier"), str(service.tier)),
        (say("answer.label_strategy"), service.strategy.value if service.strategy else "UNKNOWN"),
        (say("answer.label_needs"), ", ".join(flat(s, 40) for s in service.depends_on) or say("answer.none")),
        (say("answer.label_tools"), ", ".join(f"{r}: {flat(n, 40)}" for r, n in service.sources.items()) or "UNKNOWN"),
        (say("answer.label_channels"), _channels(service)),
    )
    roles = tuple(_role_line(service, roster, r) for r in Role if service.roles.get(r) or service.deputies.get(r))
    standing = tuple(f"{item(s.kind.value)}: {day(s.dated)}, {flat(roster.name(s.by), 40)}" for s in service.standing)
    limits = tuple(f"{flat(t.metric, 40)} {_limits(t)} {flat(t.unit, 12)}" for t in service.thresholds)
    standing_in = tuple(_delegate(d, roster, now) for d in delegations_of(service, orders.delegations, now))
    lists = (("roles", roles), ("delegates", standing_in), ("thresholds", limits), ("standing", standing))
    blocks = [Bullets(lines or (say("answer.none"),), label=say(f"answer.label_{name}")) for name, lines in lists]
    return Message(heading, (Heading(heading), Fields(pairs), *blocks), private=True)


def _delegate(one: Delegation, roster: Roster, now: datetime) -> str:
    names = {"who": flat(roster.name(one.to), 40), "of": flat(roster.name(one.of), 40)}
    return say("card.delegate", {**names, "until": moment(one.until, "UTC", now)})


def _limits(t: Threshold) -> str:
    """The stop limit; where the catalogue gives one of its own, the success limit before it (G4)."""
    return f"{t.limit:g}" if t.success is None else f"{t.success:g} / {t.limit:g}"


def _factor(name: str) -> str:
    if known(f"factor.{name}"):
        return say(f"factor.{name}")
    return flat(name.replace("_", " "), 60)


def _answer(part: Part) -> str:
    """What was known; how many items are missing is always known."""
    counted = part.known or part.factor in GAP_PARTS
    return flat(part.answer.replace("_", " "), 60) if counted else say("answer.part_unknown")


_OTHERS = (ConsentKind.EXCEPTION, ConsentKind.RISK, ConsentKind.CONFIRM, ConsentKind.QA, ConsentKind.BREAKGLASS)
_GONE = frozenset({ConsentState.REQUESTED, ConsentState.VOID, ConsentState.WITHDRAWN})


def _other_rows(view: View) -> Iterable[tuple[str, ...]]:
    given = [c for c in view.release.consents if c.kind in _OTHERS and c.state not in _GONE]
    for c in sorted(given, key=lambda c: _OTHERS.index(c.kind)):
        yield _row(view, _named(c.kind, c.subject, c.role), c)
    asked = {c.id: c for c in view.release.consents}
    for w in (w for w in open_consents(view) if w.kind in _OTHERS):
        names = " / ".join(person(view, p) for p in w.people[:3]) or say("card.nobody")
        note = _until(view, asked[w.consent]) if w.consent in asked else ""
        yield (_named(w.kind, w.subject, w.role), say("answer.vote_open"), names, "", note)


def _named(kind: ConsentKind, subject: str, of: Role | None) -> str:
    """`exception for failed check coverage (QA lead)`."""
    name = consent_title(kind, subject)
    return f"{name} ({role(of.value)})" if of is not None and kind is ConsentKind.EXCEPTION else name


def _until(view: View, c: Consent) -> str:
    return say("answer.holds_until", {"until": clock(c.expires_at, view.now)}) if c.expires_at else ""


def _sign_off_rows(view: View) -> Iterable[tuple[str, ...]]:
    given = [c for c in view.release.consents if c.kind is ConsentKind.SIGN_OFF]
    wanted = {w.subject: w for w in open_consents(view)}
    for needed in sign_off_roles(view.release, view.facts, view.now, view.judgement.score.band):
        found = [c for c in given if c.role is needed and c.valid_at(view.now)]
        if found:
            yield _row(view, role(needed.value), found[-1])
        elif needed.value in wanted:
            names = " / ".join(person(view, p) for p in wanted[needed.value].people[:3])
            yield (role(needed.value), say("answer.vote_open"), names or say("card.nobody"), "", "")


def _vote_rows(view: View) -> Iterable[tuple[str, ...]]:
    for c in view.release.consents:
        if c.kind is ConsentKind.VOTE and c.role is not Role.DECISION_MAKER:
            yield _row(view, role(c.role.value) if c.role else say("consent.vote"), c)


def _decision_row(view: View) -> tuple[str, ...]:
    name = role(Role.DECISION_MAKER.value)
    votes = [c for c in view.release.consents if c.kind is ConsentKind.VOTE and c.role is Role.DECISION_MAKER]
    if votes:
        return _row(view, name, votes[-1])
    makers = " / ".join(person(view, p) for p in decision_makers(view.release, view.facts)[:3])
    return (name, say("answer.vote_open"), makers or say("card.nobody"), "", "")


def _row(view: View, name: str, c: Consent) -> tuple[str, ...]:
    vote = (c.vote or "yes").upper() if c.valid_at(view.now) else say(f"state.{c.state.value}")
    note = " ".join(t for t in (flat(c.reason, 120), _until(view, c)) if t)
    if c.overruled_by:
        values = {"who": person(view, c.by), "why": why(note, ""), "over": person(view, c.overruled_by)}
        note = say("card.dissent_overruled", values)
    return (name, vote, signed_by(view, c.by, c.on_behalf), clock(c.at, view.now) if c.at else "", note)


def _channels(service: Service) -> str:
    named = [f"{a.value}: {', '.join(flat(p.id, 40) for p in places)}" for a, places in service.channels.items()]
    return "; ".join(named) or say("answer.none")


def _role_line(service: Service, roster: Roster, one: Role) -> str:
    def names(ids: Iterable[str]) -> str:
        return ", ".join(flat(roster.name(p), 40) for p in ids) or say("answer.none")

    held = service.roles.get(one, ()) or tuple(
        p for p in holders(service, one) if p not in service.deputies.get(one, ())
    )
    values = {"role": role(one.value), "people": names(held), "deputies": names(service.deputies.get(one, ()))}
    return say("answer.role_line", values)


def csv(rows: Iterable[Sequence[str]]) -> str:
    """The rows as comma separated values, every cell quoted."""
    return "\n".join(",".join(_cell(c) for c in row) for row in rows)


def _cell(text: str) -> str:
    """A CSV cell that no spreadsheet takes for a formula."""
    safe = f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text
    return f'"{safe.replace(chr(34), chr(34) * 2)}"'
