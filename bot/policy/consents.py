"""Which consents are wanted now, and from whom. Cards ask for exactly these; `decide` accepts exactly these (G27)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.facts import Facts
from bot.domain.finding import Finding, Verdict, go_possible
from bot.domain.people import Role
from bot.domain.release import Phase, Release
from bot.policy.budget import sign_off_roles
from bot.policy.emergency import confirmed, seconds
from bot.policy.exceptions import still_to_sign
from bot.policy.lately import lately
from bot.policy.people import (
    counting,
    decision_makers,
    delegates,
    eligible,
    entitled,
    open_places,
    qa_people,
    risk_takers,
    signed,
    team,
)
from bot.policy.standing import BY_SOURCE, needs_risk_consent, sights

CONFIRMED_BY_ANOTHER = frozenset({Kind.CI, Kind.ROLLBACK})
"""What the requester attested and another person has to confirm (G24)."""

UNCONFIRMED, UNAGREED = "_unconfirmed", "_na_unagreed"
"""How the codes of findings end that only another person's confirmation closes (G24, G25)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One open consent: `people` may give it, first choice first; empty: nobody can, and the card says so.

    `standing_in`: who of them would give it for whom.
    """

    kind: ConsentKind
    subject: str
    people: tuple[str, ...]
    role: Role | None = None
    consent: str | None = None
    standing_in: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """`kind:subject`, as tokens and events carry it."""
        return f"{self.kind.value}:{self.subject}"


@lately
def wanted(release: Release, facts: Facts, now: datetime) -> tuple[Wanted, ...]:
    """All open consents in fixed order: exceptions, risks, confirmations, QA, sign-offs, then the decision maker's go.

    In an emergency the second person stands in for exceptions, QA, sign-offs and go (G16).
    """
    if release.in_emergency(now):
        return (
            *_risks(release, facts, now),
            *_confirmations(release, facts, now),
            *_breakglass(release, facts, now),
            *(_go(release, facts) if standing_no_go(release, now) else ()),
        )
    return (
        *_exceptions(release, facts, now),
        *_risks(release, facts, now),
        *_confirmations(release, facts, now),
        *_qa(release, facts, now),
        *_sign_offs(release, facts, now),
        *_go(release, facts),
    )


def own_first(facts: Facts, who: str, asked: Iterable[Wanted]) -> tuple[Wanted, ...]:
    """Those of them that this person may give: what is theirs in their own right, then as a deputy, then for somebody else."""
    return tuple(sorted((w for w in asked if entitled(who, w.people)), key=lambda w: _standing(facts, who, w).value))


def stands_in(facts: Facts, who: str, one: Wanted) -> bool:
    """True where that person would give it as a deputy, not in a role of their own."""
    return _standing(facts, who, one) is _Right.DEPUTY


class _Right(IntEnum):
    """By what right somebody gives a consent."""

    OWN = 0
    DEPUTY = 1
    DELEGATE = 2


def _standing(facts: Facts, who: str, one: Wanted) -> _Right:
    if who in one.standing_in:
        return _Right.DELEGATE
    named = facts.service.roles.get(one.role, ()) if facts.service and one.role else ()
    # Any engineer is a peer, and a rule that names no role has no deputy.
    everybody = one.role in {None, Role.PEER}
    return _Right.OWN if everybody or who in named else _Right.DEPUTY


def attested_items(release: Release, facts: Facts, now: datetime) -> tuple[Evidence, ...]:
    """The items that a sign-off accepts as true: "you accept as true: …" (G24).

    Only what decides and counts: not where a source verified it, or is there to do so, and not without a link or a date.
    """
    sources = facts.service.sources if facts.service else {}
    seen = (sight for kind, sight in sights(release, facts, now).items() if BY_SOURCE.get(kind) not in sources)
    decides = (sight.evidence for sight in seen if sight.standing is Standing.ATTESTED and sight.evidence)
    return tuple(one for one in decides if one.url or one.dated)


def _exceptions(release: Release, facts: Facts, now: datetime) -> Iterator[Wanted]:
    for c in release.consents:
        live = c.expires_at is None or now < c.expires_at
        if c.kind is ConsentKind.EXCEPTION and c.state is ConsentState.REQUESTED and live:
            people = still_to_sign(release, facts, c)
            yield Wanted(ConsentKind.EXCEPTION, c.subject, people, role=c.role, consent=c.id)


def _risks(release: Release, facts: Facts, now: datetime) -> Iterator[Wanted]:
    given = {c.subject for c in counting(release, facts, now, ConsentKind.RISK)}
    for risk in needs_risk_consent(release, sights(release, facts, now)):
        if risk not in given:
            yield Wanted(ConsentKind.RISK, risk, risk_takers(release, facts))


def _confirmations(release: Release, facts: Facts, now: datetime) -> Iterator[Wanted]:
    """Exactly what the rules of G24 and G25 found open. Where a sign-off is still to come, it confirms what it lists."""
    judged = release.judgement
    if facts.service is None or judged is None:
        return
    stands_in = release.in_emergency(now)
    signing = confirmed(release, facts, now) is None if stands_in else any(_sign_offs(release, facts, now))
    for finding in judged.findings:
        agrees = finding.code.endswith(UNAGREED)
        if not agrees and (signing or not finding.code.endswith(UNCONFIRMED)):
            continue
        by = release.not_applicable[finding.subject][0] if agrees else release.requested_by
        people = tuple(p for p in eligible(release, facts, team(facts.service)) if not facts.roster.same(p, by))
        yield Wanted(ConsentKind.CONFIRM, finding.subject, people)


def _breakglass(release: Release, facts: Facts, now: datetime) -> Iterator[Wanted]:
    """The second person; and who said no, while that stands: a no may become a yes (G26)."""
    if release.started:
        return
    kind = ConsentKind.BREAKGLASS
    given = [k.by for k in counting(release, facts, now, kind)]
    against = [k.by for k in release.consents if k.kind is kind and k.state is ConsentState.DECLINED and k.by]
    people = seconds(release, facts) if not given else tuple(p for p in dict.fromkeys(against) if p not in given)
    if people or not given:
        yield Wanted(kind, kind.value, people)


def _qa(release: Release, facts: Facts, now: datetime) -> Iterator[Wanted]:
    judged = release.judgement
    if judged and any(f.subject == Kind.QA and f.open for f in judged.findings):
        people = qa_people(release, facts, now)
        for_ = _standing_in(release, facts, Role.QA_LEAD, now)
        yield Wanted(ConsentKind.QA, "qa", people, role=Role.QA_LEAD, standing_in=for_)


def _sign_offs(release: Release, facts: Facts, now: datetime) -> Iterator[Wanted]:
    if release.judgement is None:
        return
    roles = sign_off_roles(release, facts, now, release.judgement.score.band)
    filled = signed(release, facts, now, roles)
    for role, free in open_places(release, facts, now, filled).items():
        for_ = _standing_in(release, facts, role, now)
        yield Wanted(ConsentKind.SIGN_OFF, role.value, free, role=role, standing_in=for_)


def _standing_in(release: Release, facts: Facts, role: Role, now: datetime) -> Mapping[str, str]:
    return {d.to: d.of for d in delegates(release, facts, role, now)}


def _go(release: Release, facts: Facts) -> Iterator[Wanted]:
    judged = release.judgement
    if judged is None or release.phase is not Phase.PLANNED:
        return
    if judged.verdict is Verdict.GO or _only_votes_against(judged.findings):
        yield Wanted(ConsentKind.VOTE, "go", decision_makers(release, facts), role=Role.DECISION_MAKER)


def _only_votes_against(findings: tuple[Finding, ...]) -> bool:
    """True if nothing but no-go votes is in the way: the decision maker may overrule them (G26)."""
    rest = [f for f in findings if f.subject != "votes"]
    return len(rest) < len(findings) and all(not f.open for f in rest if f.level == "MUST") and go_possible(rest)


def standing_no_go(release: Release, now: datetime) -> tuple[Consent, ...]:
    """The no-go votes that stand and that nobody overruled."""
    return tuple(
        c
        for c in release.consents
        if c.kind is ConsentKind.VOTE and c.vote == "no-go" and c.valid_at(now) and c.overruled_by is None
    )
