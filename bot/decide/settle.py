"""What follows from every decision: a new plan hash, a new judgement, and the requests that are open then (decision 4)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import events as e
from bot.domain.consent import ConsentKind, ConsentState
from bot.domain.evolve import begun, evolve
from bot.domain.facts import Facts
from bot.domain.finding import Verdict, go_possible
from bot.domain.lifecycle import ended
from bot.domain.people import Role
from bot.domain.release import Judgement, Phase, Release
from bot.plan.hash import plan_hash, plan_parts
from bot.policy.consents import Wanted, wanted
from bot.policy.emergency import SECONDS_ASKED, confirmed
from bot.policy.people import excluded, is_one_of

Judge = Callable[[Release, Facts, datetime], Judgement]

_BOUND = (ConsentState.VALID, ConsentState.DECLINED)


@dataclass(frozen=True, slots=True)
class Settled:
    """The events with their consequences, and the state after all of them."""

    events: tuple[e.Event, ...]
    release: Release


def settle(
    before: Release | None,
    events: Sequence[e.Event],
    facts: Facts,
    now: datetime,
    judge: Judge,
    *,
    asking: bool = False,
) -> Settled:
    """Adds PlanRevised, Uncleared, Judged and ApprovalsRequested where they follow. Nothing follows after the end.

    `asking`: sources are being asked again; what they answer is judged, and not that the evidence before it is old (G12).
    """
    release = begun(events, before)
    out = list(events)

    def add(event: e.Event) -> None:
        nonlocal release
        out.append(event)
        release = evolve(release, event)

    if ended(release.phase):
        return Settled(tuple(out), release)
    for event in _revised(release, facts, now):
        add(event)
    for event in _barred_since(release, facts, now):
        add(event)
    if asking:
        return Settled(tuple(out), release)
    judgement = judge(release, facts, now)
    if judgement != release.judgement:
        add(e.Judged(at=now, judgement=judgement))
    for event in _stood_in(release, facts, now):
        add(event)
    for asked in _requests(release, facts, now):
        add(asked)
    return Settled(tuple(out), release)


def _revised(release: Release, facts: Facts, now: datetime) -> Iterator[e.Event]:
    """G8, G26: another plan hash voids what was given to the old one, and the clearance with it."""
    fresh = release.plan_hash if release.phase is Phase.PLANNING else plan_hash(release, facts, now)
    if fresh == release.plan_hash:
        return
    void = tuple(k.id for k in release.consents if k.state in _BOUND and k.plan_hash != fresh)
    parts, old = plan_parts(release, facts, now), release.plan_parts
    changed = tuple(name for name in parts if old and old.get(name) != parts[name])
    revision = release.plan_revision + 1
    yield e.PlanRevised(at=now, revision=revision, hash=fresh, voided=void, parts=parts, changed=changed)
    if release.phase is Phase.CLEARED:
        yield e.Uncleared(at=now, code="plan_changed", by="t-minus")


def _barred_since(release: Release, facts: Facts, now: datetime) -> Iterator[e.Event]:
    """G7: who turns out to be an author after an approval or a go loses it, and the clearance with it; a no-go stands.

    So does what a delegate gave for such a person.
    """
    barred = excluded(release)
    cleared = release.phase is Phase.CLEARED
    for k in release.consents:
        approves = k.state is ConsentState.VALID and (k.kind is not ConsentKind.VOTE or k.vote == "go")
        given_for = [who for who in (k.by, k.on_behalf) if who]
        if not approves or not any(is_one_of(facts.roster, who, barred) for who in given_for):
            continue
        yield e.ConsentEnded(at=now, consent=k.id, state=ConsentState.VOID.value, by="t-minus")
        if cleared and k.vote == "go" and k.role is Role.DECISION_MAKER:
            cleared = False
            yield e.Uncleared(at=now, code="go_of_author", by="t-minus")


def _stood_in(release: Release, facts: Facts, now: datetime) -> Iterator[e.Event]:
    """G16: the second person's break-glass stands in for the go; without it, the clearance that it gave is over."""
    if release.emergency is None or release.judgement is None:
        return
    second = confirmed(release, facts, now)
    if release.phase is Phase.PLANNED and second is not None and release.judgement.verdict is Verdict.GO:
        yield e.Cleared(at=now, by=second.by or "")
    if release.phase is Phase.CLEARED and second is None:
        yield e.Uncleared(at=now, code="breakglass_over", by="t-minus")


def _requests(release: Release, facts: Facts, now: datetime) -> Iterator[e.ApprovalsRequested]:
    """Approvals are asked for as soon as only they are open, once for each plan revision.

    For a NO-GO only exceptions and break-glass are.
    """
    judged = release.judgement
    if judged is None or release.phase is not Phase.PLANNED:
        return
    open_now = wanted(release, facts, now)
    if judged.verdict is not Verdict.GO and not go_possible(judged.findings):
        # An exception lifts what blocks: it cannot wait until nothing blocks any more. Nor does the second person of an
        # emergency, who was asked when it was declared, stay with a request for a plan that is another one by now.
        open_now = tuple(w for w in open_now if w.kind in {ConsentKind.EXCEPTION, ConsentKind.BREAKGLASS})
    fresh = [w for w in open_now if f"{release.plan_revision}:{w.name}" not in release.approvals_asked]
    if not fresh:
        return
    people = tuple(dict.fromkeys(p for w in fresh for p in w.people[: _asked_at_once(w)]))
    yield e.ApprovalsRequested(at=now, revision=release.plan_revision, wanted=tuple(w.name for w in fresh), of=people)


def _asked_at_once(one: Wanted) -> int:
    """The first choice and the one after it, for each consent."""
    return SECONDS_ASKED if one.kind is ConsentKind.BREAKGLASS else 2
