"""Who may do what (G7, G18, G26, G27): the one place where rights are looked up, against the roster of the moment."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.domain.consent import Consent, ConsentKind
from bot.domain.facts import Facts
from bot.domain.orders import Delegation
from bot.domain.people import Actor, ActorKind, Role, Roster
from bot.domain.release import Band, Release
from bot.domain.service import Service

SIGN_OFFS: Mapping[Band, tuple[Role, ...]] = {
    Band.LOW: (Role.PEER,),
    Band.MEDIUM: (Role.SERVICE_OWNER, Role.ON_CALL),
    Band.HIGH: (Role.SERVICE_OWNER, Role.ON_CALL, Role.ENGINEERING_LEAD),
    Band.CRITICAL: (Role.SERVICE_OWNER, Role.ON_CALL, Role.ENGINEERING_LEAD),
}
"""Sign-offs by band (risk.md): distinct people, none of them requester, owner or author."""

_ENGINEERS = (Role.PEER, Role.SERVICE_OWNER, Role.ON_CALL, Role.ENGINEERING_LEAD, Role.DECISION_MAKER)


def required_sign_offs(band: Band) -> tuple[Role, ...]:
    """The roles whose sign-off that band needs, in fixed order."""
    return SIGN_OFFS[band]


def holders(service: Service, role: Role) -> tuple[str, ...]:
    """Who holds that role, deputies last, in catalogue order. Every engineer of the team is a peer."""
    named = (*service.roles.get(role, ()), *service.deputies.get(role, ()))
    if role is Role.PEER:
        named = (*named, *service.team, *(p for r in _ENGINEERS[1:] for p in service.roles.get(r, ())))
    if role is Role.DECISION_MAKER and not named:
        named = (*service.roles.get(Role.SERVICE_OWNER, ()), *service.deputies.get(Role.SERVICE_OWNER, ()))
    return tuple(dict.fromkeys(named))


def engineers(service: Service) -> tuple[str, ...]:
    """Who may plan releases of the service (G27)."""
    return tuple(dict.fromkeys((*service.team, *(p for role in _ENGINEERS for p in holders(service, role)))))


def team(service: Service) -> tuple[str, ...]:
    """Everybody with a place in the service: engineers and all role holders; may hold and roll back (G27)."""
    named = (p for role in Role for p in holders(service, role))
    suppliers = service.suppliers.values()
    return tuple(dict.fromkeys((*engineers(service), *named, *suppliers)))


def account_of(actor: Actor) -> str:
    """The chat account through which somebody acts, in one word."""
    return f"{actor.platform}:{actor.account}".casefold()


def recalled(roster: Roster, release: Release | None, actor: Actor | None = None) -> Roster:
    """The roster, in which whoever gave a consent under an id that is gone is the human being who has that account now (G7).

    `actor`: who acts now; that account is theirs, whatever the catalogue says of it. Where no account tells, nobody is recalled:
    then `formerly` in the catalogue has to.
    """
    given = {c.by: c.account for c in release.consents if c.by and c.account} if release is not None else {}
    left = {by: account for by, account in given.items() if by not in roster.humans}
    if not left:
        return roster
    now = {f"{platform}:{one}".casefold(): p.id for p in roster.people.values() for platform, one in p.accounts.items()}
    ids = {p.directory_id.casefold(): p.id for p in roster.people.values() if p.directory_id}
    if actor is not None and roster.person(actor.person) is not None:
        now[account_of(actor)] = actor.person
    found = {by: now.get(account) or ids.get(account.partition(":")[2]) for by, account in left.items()}
    return roster.recalling({by: who for by, who in found.items() if who is not None})


def excluded(release: Release) -> frozenset[str]:
    """Who can give no approval for this release: requester, owner, authors, and who declared an emergency (G7, G16)."""
    declared = (release.emergency.by,) if release.emergency else ()
    return frozenset({release.requested_by, release.owner, *release.authors, *declared})


def is_one_of(roster: Roster, who: str, people: Iterable[str]) -> bool:
    """True if that person is, or may be, one of them; two accounts of one person count as one (G7)."""
    return any(roster.same(who, other) for other in people)


def entitled(who: str, people: Iterable[str]) -> bool:
    """True if that very person is one of them. Rights follow the named person: an account that may be theirs has none (G7)."""
    return who in people


def is_human(roster: Roster, who: str) -> bool:
    """True for a person of the roster who is a human being (G18)."""
    person = roster.person(who)
    return person is not None and person.kind is ActorKind.HUMAN


def is_machine(roster: Roster, who: str) -> bool:
    """True for an account that the roster knows as no human being; who left the roster stays a human being (G18)."""
    person = roster.person(who)
    return person is not None and person.kind is not ActorKind.HUMAN


def eligible(release: Release, facts: Facts, people: Iterable[str]) -> tuple[str, ...]:
    """Those of them who may approve this release at all: human, in the roster, and not excluded (G7, G18)."""
    barred = excluded(release)
    return tuple(p for p in people if is_human(facts.roster, p) and not is_one_of(facts.roster, p, barred))


def candidates(release: Release, facts: Facts, role: Role) -> tuple[str, ...]:
    """Who may give the sign-off of that role for this release, first choice first."""
    return eligible(release, facts, holders(facts.service, role)) if facts.service else ()


def decision_makers(release: Release, facts: Facts) -> tuple[str, ...]:
    """Who may give the go: the decision maker and the deputy, never the requester (G26)."""
    return candidates(release, facts, Role.DECISION_MAKER)


def risk_takers(release: Release, facts: Facts) -> tuple[str, ...]:
    """Who may accept a risk: the decision maker or the engineering lead (G27)."""
    leads = candidates(release, facts, Role.ENGINEERING_LEAD)
    return tuple(dict.fromkeys((*decision_makers(release, facts), *leads)))


def stand_ins(release: Release, facts: Facts) -> tuple[str, ...]:
    """The release's owner and who stands in for the owner: rollback owner, then the deputies of the service owner."""
    deputies = facts.service.deputies.get(Role.SERVICE_OWNER, ()) if facts.service else ()
    rollback_owner = (release.rollback_owner,) if release.rollback_owner else ()
    return tuple(dict.fromkeys((release.owner, *rollback_owner, *deputies)))


def delegable(service: Service, who: str) -> tuple[Role, ...]:
    """The roles of that service which that person holds and may be stood in for; any engineer is a peer already."""
    return tuple(role for role in Role if role is not Role.PEER and who in holders(service, role))


def delegates(release: Release, facts: Facts, role: Role, now: datetime) -> tuple[Delegation, ...]:
    """The delegations by which somebody may give the sign-off of that role for this release now.

    Sign-offs alone: risks, exceptions and the go stay with the roles and their deputies (G26, G27). A delegate has a place in the
    service's team already, and signs nothing where either of the two is excluded: nobody chooses who approves their own release.
    """
    service = facts.service
    if service is None or role is Role.PEER:
        return ()
    named = candidates(release, facts, role)
    return tuple(
        d
        for d in facts.delegations
        if d.in_force(now)
        and d.of in named
        and d.to not in named
        and d.to in team(service)
        and not facts.roster.same(d.of, d.to)
        and eligible(release, facts, (d.to,))
    )


def signers(release: Release, facts: Facts, role: Role, now: datetime) -> tuple[str, ...]:
    """Who may give the sign-off of that role: its holders and deputies, each followed by who signs for them now."""
    named, standing_in = candidates(release, facts, role), delegates(release, facts, role, now)
    return tuple(dict.fromkeys(p for who in named for p in (who, *(d.to for d in standing_in if d.of == who))))


def delegations_of(service: Service, orders: Iterable[Delegation], now: datetime) -> tuple[Delegation, ...]:
    """Those in force that count for a service."""
    inside = team(service)
    return tuple(d for d in orders if d.in_force(now) and d.to in inside and delegable(service, d.of))


def open_places(
    release: Release, facts: Facts, now: datetime, filled: Mapping[Role, Consent | None]
) -> Mapping[Role, tuple[str, ...]]:
    """The sign-offs that are still open, with the people who may give them: nobody who filled another place (G7)."""
    given = [c for c in filled.values() if c is not None] + list(counting(release, facts, now, ConsentKind.QA))
    busy = [c.by for c in given if c.by is not None]
    places = {
        role: tuple(p for p in signers(release, facts, role, now) if not is_one_of(facts.roster, p, busy))
        for role, consent in filled.items()
        if consent is None
    }
    return free_for(places, facts.roster)


def qa_people(release: Release, facts: Facts, now: datetime) -> tuple[str, ...]:
    """Who may confirm as QA: the QA lead, unless that human being signed off in another role (G7)."""
    signed_off = [c.by for c in counting(release, facts, now, ConsentKind.SIGN_OFF) if c.by is not None]
    able = signers(release, facts, Role.QA_LEAD, now)
    return tuple(p for p in able if not is_one_of(facts.roster, p, signed_off))


def free_for(places: Mapping[Role, Iterable[str]], roster: Roster) -> Mapping[Role, tuple[str, ...]]:
    """Who may fill each open place, so that the others can still be filled by other human beings (G7).

    Who alone can fill one place is kept for it. Where the places cannot all be filled, nobody is kept back.
    """
    able = {role: tuple(people) for role, people in places.items()}
    if not _fillable(tuple(able.values()), (), roster):
        return able
    free = {}
    for role, people in able.items():
        others = tuple(p for other, p in able.items() if other is not role)
        free[role] = tuple(p for p in people if _fillable(others, (p,), roster))
    return free


def _fillable(places: tuple[tuple[str, ...], ...], taken: tuple[str, ...], roster: Roster) -> bool:
    if not places:
        return True
    first, *rest = sorted(places, key=len)
    return any(_fillable(tuple(rest), (*taken, p), roster) for p in first if not is_one_of(roster, p, taken))


def counting(release: Release, facts: Facts, now: datetime, kind: ConsentKind) -> tuple[Consent, ...]:
    """The consents of that kind that count now: valid, of this very plan, and of people who may still give them (G7, G8)."""
    barred = excluded(release)
    return tuple(
        c
        for c in release.consents
        if c.kind is kind
        and c.valid_at(now)
        and c.plan_hash == release.plan_hash
        and c.by is not None
        and not is_machine(facts.roster, c.by)
        and (kind is ConsentKind.VOTE or not any(is_one_of(facts.roster, p, barred) for p in (c.by, c.on_behalf) if p))
    )


def signed(release: Release, facts: Facts, now: datetime, roles: Iterable[Role]) -> Mapping[Role, Consent | None]:
    """For each required role the sign-off that fills it, or None; distinct people across the roles (G7).

    Who confirmed as QA fills no other place. A peer's place is filled by any sign-off, since whoever holds a role is a peer.
    """
    given = counting(release, facts, now, ConsentKind.SIGN_OFF)
    taken = [c.by for c in counting(release, facts, now, ConsentKind.QA) if c.by is not None]
    filled: dict[Role, Consent | None] = {}
    for role in roles:
        fits = (
            c
            for c in given
            if c.by is not None and (c.role is role or role is Role.PEER) and not is_one_of(facts.roster, c.by, taken)
        )
        chosen = next(fits, None)
        filled[role] = chosen
        if chosen is not None and chosen.by is not None:
            taken.append(chosen.by)
    return filled
