"""The marks T-30 … T+30 (T1): the first word is the verdict or the state; only what is true when it is sent."""

from collections.abc import Callable, Iterator, Mapping

from bot.domain.consent import ConsentKind
from bot.domain.finding import Verdict
from bot.domain.release import Phase
from bot.messages.cards.audience import for_stakeholders
from bot.messages.cards.buttons import button
from bot.messages.cards.drift import drift
from bot.messages.cards.frame import corrected, framed
from bot.messages.cards.living import lead as state_lead
from bot.messages.cards.naming import person, start
from bot.messages.cards.reading import evidence_is_next, next_action, next_line, owners, waiting_for
from bot.messages.cards.rollout_marks import ledger_head, rollout_mark
from bot.messages.cards.state import missing, open_consents, open_items, word
from bot.messages.cards.verdict import gap_lines
from bot.messages.model import Block, Bullets, Button, Message, Text
from bot.messages.times import clock
from bot.messages.view import View
from bot.messages.words import say
from bot.timeline.marks import FOR_TEAM, MARKS, T_0, T_5, T_30

_GONE_BACK = frozenset({Phase.ROLLING_BACK, Phase.ROLLED_BACK})
_STOPPED = frozenset({Phase.HELD, Phase.CANCELLED, Phase.ROLLING_BACK, Phase.ROLLED_BACK})


def mark(view: View) -> Message:
    """The post of `params["mark"]`; an old one after a move, hold or cancel says that it no longer stands (T7)."""
    name = view.params.get("mark", T_0)
    if view.corrected:
        return corrected(view, name)
    if view.release.phase in _GONE_BACK and view.release.started_at is not None:
        began = say("mark.called_back", {"at": clock(view.release.started_at, view.now)})
        return framed(view, word(view), began, (), occasion=name, small=ledger_head(view, name))
    if view.release.phase in _STOPPED:
        return framed(
            view,
            word(view),
            state_lead(view),
            (Text(start(view), label=say("card.label_start"), at=view.release.start_at),),
            occasion=name,
            small=ledger_head(view, name),
        )
    if name in {T_30, T_5}:
        return _decided_mark(view, name) if view.release.started else _decision_mark(view, name)
    return rollout_mark(view, name, tuple(_notes(view, name)), following(view, name))


def following(view: View, name: str) -> str:
    """When the next post comes, also where an older one is drawn again; "" after the last, or where no start is known."""
    at = view.release.start_at
    if at is None or name not in MARKS:
        return ""
    later = [m for m in MARKS if MARKS[m] > MARKS[name] and at + MARKS[m] > view.now]
    if not later:
        return ""
    return say("card.next_post", {"mark": later[0], "at": clock(at + MARKS[later[0]], view.now)})


def _decision_mark(view: View, name: str) -> Message:
    """T-30 and T-5, for the team: pre-checks and decision as they stand."""
    gaps = missing(view)
    blocks: list[Block] = [Text(line) for line in _notes(view, name)]
    blocks.append(Text(start(view), label=say("card.label_start"), at=view.release.start_at))
    blocks += drift(view)
    if gaps:
        blocks.append(Bullets(gap_lines(view, under_drift=True), label=say("card.label_missing_must")))
    waiting = waiting_for(view)
    if waiting:
        blocks.append(Bullets(waiting, label=say("card.label_waiting")))
    blocks += [Text(owners(view), label=say("card.label_owner")), Text(next_line(view), label=say("card.label_next"))]
    lead = _LEADS[name](view)
    acting = [p for w in open_consents(view) for p in w.people[:1]] if not gaps else [*next_action(view).who[:1]]
    starts = name == T_5 and _given(view)
    if starts:
        acting = [view.release.owner]  # nobody else acts now, and the start is five minutes away
    return framed(
        view,
        word(view),
        lead,
        blocks,
        occasion=name,
        buttons=_buttons(view, starts=starts),
        mentions=acting,
        small=following(view, name),
    )


def _decided_mark(view: View, name: str) -> Message:
    """T-30 and T-5 once the rollout began: what was decided, and no button that would decide anything (G22)."""
    r = view.release
    at = clock(r.started_at, view.now) if r.started_at else "UNKNOWN"
    values = {"who": _by(view), "at": at}
    first = "STARTED WITHOUT GO" if r.started_without_go else Verdict.GO.value
    lead = say("mark.decided_without_go" if r.started_without_go else "mark.decided_go", values)
    return framed(view, first, lead, (), occasion=name, buttons=(button(r, v) for v in ("status", "full_plan")))


def _pre_checks(view: View) -> str:
    """T-30: complete or not; awaiting the decision, or who gave it."""
    if missing(view):
        return say("mark.pre_checks_incomplete", {"count": str(open_items(view))})
    if _given(view):
        return say("mark.pre_checks_go", {"who": _by(view)})
    return say("mark.pre_checks_complete")


def _final(view: View) -> str:
    """T-5: who decided, or that no GO at T=0 means NO-GO (G15)."""
    if missing(view):
        return say("mark.final_missing", {"count": str(open_items(view))})
    if _given(view):
        return say("mark.final_given", {"who": _by(view)})
    return say("mark.final_open", {"at": clock(view.release.start_at, view.now) if view.release.start_at else T_0})


_LEADS: Mapping[str, Callable[[View], str]] = {T_30: _pre_checks, T_5: _final}


def _given(view: View) -> bool:
    return view.release.phase is Phase.CLEARED and view.judgement.verdict is Verdict.GO


def _by(view: View) -> str:
    goes = [c for c in view.release.consents if c.vote == "go" and c.valid_at(view.now)]
    deciding = [c for c in goes if c.role == "decision_maker"] or goes
    return person(view, deciding[-1].by if deciding else None)


def _notes(view: View, name: str) -> Iterator[str]:
    """The first post of a schedule says which marks of its readers were already past when it was planned (T10)."""
    passed = tuple(m for m in view.params.get("passed", "").split(",") if m)
    unpassed = [m for m in MARKS if m not in passed]
    plain = for_stakeholders(view)
    missed = [m for m in passed if not (plain and m in FOR_TEAM)]
    if missed and unpassed and unpassed[0] == name:
        yield say("mark.passed_plain" if plain else "mark.passed", {"marks": ", ".join(missed)})


def _buttons(view: View, *, starts: bool) -> Iterator[Button]:
    r = view.release
    if starts:
        yield button(r, "start", style="primary")
    if missing(view):
        yield button(r, "add_evidence", style="primary" if evidence_is_next(view) else "default")
    elif r.phase is not Phase.CLEARED:
        unsigned = any(w.kind is not ConsentKind.VOTE for w in open_consents(view))
        if unsigned:
            yield button(r, "request_sign_off", style="primary")
        yield from (button(r, "go", style="default" if unsigned else "primary"), button(r, "no_go"))
    yield from (button(r, verb) for verb in ("hold", "status", "full_plan"))
