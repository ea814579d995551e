"""What follows from every decision: a new plan hash, a new judgement, and the requests that are open then (decision 4)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import events as e
from bot.domain.consent import ConsentKind, ConsentState
from bot.domain.evolve import evolve, fold
from bot.domain.facts import Facts
from bot.domain.finding import Verdict, go_possible
from bot.domain.lifecycle import ended
from bot.domain.people import Role
from bot.domain.release import Judgement, Phase, Release
from bot.plan.hash import plan_hash
from bot.policy.consents import wanted
from bot.policy.people import excluded, is_one_of

Judge = Callable[[Release, Facts, datetime], Judgement]

_BOUND = (ConsentState.VALID, ConsentState.DECLINED)


@dataclass(frozen=True, slots=True)
class Settled:
    """The events with their consequences, and the state after all of them."""

    events: tuple[e.Event, ...]
    release: Release


def settle(before: Release | None, events: Sequence[e.Event], facts: Facts, now: datetime, judge: Judge) -> Settled:
    """Adds PlanRevised, Uncleared, Judged and ApprovalsRequested where they follow. Nothing follows after the end."""
    release = fold(events, before)
    if release is None:
        msg = "a decision without a release"
        raise ValueError(msg)
    out = list(events)

    def add(event: e.Event) -> None:
        nonlocal release
        out.append(event)
        release = evolve(release, event)

    if ended(release.phase):
        return Settled(tuple(out), release)
    if release.phase is not Phase.PLANNING:
        fresh = plan_hash(release, facts)
        if fresh != release.plan_hash:
            void = tuple(k.id for k in release.consents if k.state in _BOUND and k.plan_hash != fresh)
            add(e.PlanRevised(at=now, revision=release.plan_revision + 1, hash=fresh, voided=void))
            if release.phase is Phase.CLEARED:
                add(e.Uncleared(at=now, code="plan_changed", by="t-minus"))
    for event in _barred_since(release, facts, now):
        add(event)
    judgement = judge(release, facts, now)
    if judgement != release.judgement:
        add(e.Judged(at=now, judgement=judgement))
    asked = _requests(release, facts, now)
    if asked:
        add(asked)
    return Settled(tuple(out), release)


def _barred_since(release: Release, facts: Facts, now: datetime) -> Iterator[e.Event]:
    """G7: who turns out to be an author after an approval or a go loses it, and the clearance with it; a no-go stands."""
    barred = excluded(release)
    cleared = release.phase is Phase.CLEARED
    for k in release.consents:
        approves = k.state is ConsentState.VALID and (k.kind is not ConsentKind.VOTE or k.vote == "go")
        if not approves or k.by is None or not is_one_of(facts.roster, k.by, barred):
            continue
        yield e.ConsentEnded(at=now, consent=k.id, state=ConsentState.VOID.value, by="t-minus")
        if cleared and k.vote == "go" and k.role is Role.DECISION_MAKER:
            cleared = False
            yield e.Uncleared(at=now, code="go_of_author", by="t-minus")


def _requests(release: Release, facts: Facts, now: datetime) -> e.ApprovalsRequested | None:
    """Approvals are asked for as soon as only they are open, once for each plan revision. For a NO-GO only exceptions are."""
    judged = release.judgement
    if judged is None or release.phase is not Phase.PLANNED:
        return None
    open_now = wanted(release, facts, now)
    if judged.verdict is not Verdict.GO and not go_possible(judged.findings):
        # An exception lifts what blocks: it cannot wait until nothing blocks any more.
        open_now = tuple(w for w in open_now if w.kind is ConsentKind.EXCEPTION)
    fresh = [w for w in open_now if f"{release.plan_revision}:{w.name}" not in release.approvals_asked]
    if not fresh:
        return None
    people = tuple(dict.fromkeys(p for w in fresh for p in w.people[:2]))
    return e.ApprovalsRequested(at=now, revision=release.plan_revision, wanted=tuple(w.name for w in fresh), of=people)
