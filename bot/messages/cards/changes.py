"""Posts of a changed course: held, resumed, moved, cancelled, started without GO, done, verdict changed, plan voided."""

from collections.abc import Iterator

from bot.domain.consent import Consent, ConsentKind
from bot.domain.finding import Finding
from bot.domain.release import Phase
from bot.messages.cards.approval import outcome
from bot.messages.cards.audience import for_stakeholders
from bot.messages.cards.buttons import button
from bot.messages.cards.drift import drift
from bot.messages.cards.frame import corrected, framed
from bot.messages.cards.health import measured, only_said
from bot.messages.cards.living import lead as state_lead
from bot.messages.cards.naming import object_of, person, start
from bot.messages.cards.progress_of import percent
from bot.messages.cards.reading import evidence_is_next, next_action, next_line, way_back, way_on
from bot.messages.cards.state import GO_POSSIBLE, consent_title, missing, open_consents, word
from bot.messages.cards.verdict import gap_lines
from bot.messages.model import Block, Bullets, Button, Message, Text
from bot.messages.telling import flat
from bot.messages.times import clock, instant, moment
from bot.messages.view import View
from bot.messages.words import known, say
from bot.timeline.marks import FOR_TEAM, MARKS


def held(view: View) -> Message:
    """The release is held: by whom, why, who may resume it. Once it goes on, an old copy says so."""
    if view.corrected or view.release.phase is not Phase.HELD:
        return _over(view, "HOLD")
    other = "resume" if way_on(view) == "move" else "move"
    return _turn(view, "HOLD", state_lead(view), (way_on(view) or "resume", other, "full_plan"))


def no_go_at_start(view: View) -> Message:
    """T=0 without a valid GO: held by the rule, never started by silence (G15)."""
    if view.corrected or view.release.phase is not Phase.HELD:
        return _over(view, "HOLD")
    gaps: tuple[Block, ...] = ()
    if missing(view) and not for_stakeholders(view):
        lines = gap_lines(view, under_drift=True)
        gaps = (*drift(view), Bullets(lines, label=say("card.label_missing_must")))
    return _turn(view, "HOLD", state_lead(view), ("move", "resume", "cancel", "full_plan"), gaps)


def resumed(view: View) -> Message:
    """It goes on; the next post is named."""
    r = view.release
    if view.corrected or r.phase is Phase.HELD:
        return _over(view, "RESUMED")
    values = {
        "object": object_of(r),
        "start": start(view),
        "was": _was(view),
        "who": person(view, view.params.get("by")),
    }
    moved_too = bool(values["was"]) and not r.started
    code = "turn.resumed_live" if r.started else "turn.resumed_moved" if moved_too else "turn.resumed"
    heard = say("turn.resumed_heard", values) if moved_too else ""
    return _turn(view, "RESUMED", say(code, values), ("hold", "full_plan"), _next_post(view), heard=heard)


def moved(view: View) -> Message:
    """A new start time, the old one, and why."""
    r = view.release
    values = {"was": _was(view), "start": start(view), "who": person(view, view.params.get("by") or r.owner)}
    reason = flat(view.params.get("reason", "") or (r.moves[-1] if r.moves else "")) or say("card.no_reason")
    blocks = (Text(reason, label=say("card.label_reason")), *_next_post(view))
    if not values["was"]:
        return _turn(
            view, "MOVED", say("turn.timed", values), ("full_plan",), blocks, heard=say("turn.timed_heard", values)
        )
    return _turn(
        view, "MOVED", say("turn.moved", values), ("full_plan",), blocks, heard=say("turn.moved_heard", values)
    )


def _was(view: View) -> str:
    """The start before the new one; "" where there was none."""
    was = instant(view.params.get("was", ""))
    return moment(was, view.release.time_zone, view.now) if was else ""


def cancelled(view: View) -> Message:
    """Given up before the start."""
    return _turn(view, "CANCELLED", state_lead(view), ("full_plan",))


def started_without_go(view: View) -> Message:
    """G23: it started although nobody gave GO; owner and rollback owner are mentioned."""
    r = view.release
    values = {"who": person(view, r.started_by), "at": clock(r.started_at, view.now) if r.started_at else "UNKNOWN"}
    gaps = missing(view)
    blocks: list[Block] = [Text(view.judgement.verdict.value, label=say("card.label_verdict"))]
    if gaps:
        blocks.append(Bullets(gap_lines(view), label=say("card.label_missing_must")))
    blocks.append(Text(way_back(view), label="ROLLBACK"))
    mentions = tuple(p for p in (r.owner, r.rollback_owner) if p)
    lead = say("turn.without_go", values)
    return _turn(view, "", lead, ("rollback", "hold", "full_plan"), tuple(blocks), mentions, "STARTED WITHOUT GO")


def done(view: View) -> Message:
    """Reported as done; the health as far as it is known, never better (T1)."""
    r = view.release
    values = {"object": object_of(r), "who": person(view, r.done_by or r.owner)}
    lead = say("turn.done_by" if r.done_by else "turn.done", values)
    blocks: tuple[Block, ...] = (Text(measured(view), label=say("card.label_health")),)
    # Nothing is left to do where the lesson is there: nobody is called.
    return _turn(view, "DONE", lead, ("full_plan",), blocks, () if r.lessons else None)


def progress(view: View) -> Message:
    """A report during the rollout: share and health."""
    share = percent(view)
    values = {"who": person(view, view.params.get("by")), "metric": flat(view.params.get("metric", "")) or "-"}
    reported = say("turn.bad", values) if view.params.get("metric") else ""
    reached = say("lead.live_at", {"percent": str(share)}) if share is not None else say("lead.live")
    health = () if reported and only_said(view) else (Text(measured(view), label=say("card.label_health")),)
    blocks = (*health, Text(way_back(view), label="ROLLBACK"))
    mentions = tuple(p for p in (view.release.owner, view.release.rollback_owner) if p) if reported else ()
    return _turn(
        view,
        "BAD HEALTH" if reported else "PROGRESS",
        reported or reached,
        ("hold", "rollback", "full_plan") if view.release.phase is Phase.LIVE else ("full_plan",),
        blocks,
        mentions,
    )


def verdict_changed(view: View) -> Message:
    """GO was lost, or came back: what changed, who closes it (G12)."""
    was = flat(view.params.get("was", ""), 40) or say("turn.no_verdict")
    now = GO_POSSIBLE if word(view) == GO_POSSIBLE else view.judgement.verdict.value
    lead = say("turn.flipped", {"was": was, "now": now})
    gaps: tuple[Finding, ...] = missing(view)
    blocks: list[Block] = [*drift(view)]
    if gaps:
        label = say("card.label_missing_must" if blocks else "turn.label_changed")
        blocks.append(Bullets(gap_lines(view, under_drift=True), label=label))
    waiting = tuple(consent_title(w.kind, w.subject) for w in open_consents(view))
    if waiting:
        blocks.append(Text(", ".join(dict.fromkeys(waiting)), label=say("card.label_waiting")))
    # Against a clash, a freeze or an incident no evidence helps: another time does.
    first = ("add_evidence",) if evidence_is_next(view) else ("move",)
    verbs = (*first, "hold", "full_plan") if gaps else ("full_plan",)
    return _turn(view, "", lead, verbs, tuple(blocks))


def plan_voided(view: View) -> Message:
    """The plan changed: these consents are void (G8), and are asked for again where the rollout has not started."""
    ids = view.params.get("voided", "").split(",")
    void = tuple(c for c in view.release.consents if c.id in ids)
    late = view.release.started
    revision = view.params.get("revision", "") or str(view.release.plan_revision)
    lead = say("turn.voided_late" if late else "turn.voided", {"revision": revision})
    changed = [name for name in view.params.get("changed", "").split(",") if known(f"plan_field.{name}")]
    if changed:
        lead = f"{lead} {say('turn.voided_by', {'fields': ', '.join(say(f'plan_field.{name}') for name in changed)})}"
    lines = tuple(_void(view, c) for c in void)
    blocks: tuple[Block, ...] = (Bullets(lines, label=say("turn.label_void")),) if lines else ()
    mentions = tuple(c.by for c in void if c.by)
    verbs = ("full_plan",) if late else ("request_sign_off", "full_plan")
    return _turn(view, "", lead, verbs, blocks, mentions)


def _void(view: View, c: Consent) -> str:
    return outcome(view, c)


def _turn(
    view: View,
    occasion: str,
    lead: str,
    verbs: tuple[str, ...],
    blocks: tuple[Block, ...] = (),
    mentions: tuple[str, ...] | None = None,
    first: str = "",
    *,
    heard: str = "",
) -> Message:
    """A post of a changed course: for stakeholders without buttons and without who-does-what.

    `heard`: a new start stands on its line in the reader's own time; who reads the first words alone has it there.
    """
    plain = for_stakeholders(view)
    ended = view.release.phase in {Phase.CLOSED, Phase.CANCELLED, Phase.ROLLED_BACK}
    body: list[Block] = list(blocks)
    if not ended:
        label = say("card.label_new_start" if heard else "card.label_start")
        body.insert(0 if heard else len(body), Text(start(view), label=label, at=view.release.start_at))
    if not plain:
        body.append(Text(next_line(view), label=say("card.label_next")))
    acting = next_action(view).who[:1] if mentions is None else mentions
    return framed(
        view,
        first or word(view),
        lead,
        body,
        occasion=occasion if occasion != word(view) else "",
        heard=heard,
        buttons=() if plain else tuple(_buttons(view, verbs)),
        mentions=() if plain else acting,
    )


def _buttons(view: View, verbs: tuple[str, ...]) -> Iterator[Button]:
    over = view.release.phase in {Phase.CLOSED, Phase.CANCELLED, Phase.ROLLED_BACK}
    for verb in verbs:
        if not over or verb == "full_plan":
            yield button(view.release, verb, style=_style(view, verb))


def _style(view: View, verb: str) -> str:
    """The button of the next action stands out, as on the living card."""
    signing = any(w.kind is not ConsentKind.VOTE for w in open_consents(view)) and not missing(view)
    is_next = {
        "add_evidence": evidence_is_next(view),
        "request_sign_off": signing,
        way_on(view): view.release.phase is Phase.HELD,
    }
    return "danger" if verb == "rollback" else "primary" if is_next.get(verb) else "default"


def _over(view: View, occasion: str) -> Message:
    """The occasion is over: an old copy says what holds now, without buttons."""
    if view.corrected:
        return corrected(view, occasion)
    return framed(view, word(view), say("turn.over", {"occasion": occasion}), (), occasion=occasion)


def _next_post(view: View) -> tuple[Block, ...]:
    """The next post of this audience: stakeholders hear nothing of the team's own marks (T11)."""
    at = view.release.start_at
    heard = [m for m in MARKS if m not in FOR_TEAM] if for_stakeholders(view) else list(MARKS)
    coming = [m for m in heard if at is not None and at + MARKS[m] > view.now]
    if at is None or not coming:
        return ()
    values = {"mark": coming[0], "at": clock(at + MARKS[coming[0]], view.now)}
    return (Text(say("card.next_post", values)),)
