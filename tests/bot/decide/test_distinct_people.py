"""G7: however many accounts people hold, no human being fills two places, and none approves what is their own.

The people are drawn: who holds which role, which entries share an e-mail or a directory id. Who is one human being is worked out
here once more, by a way of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import commands as c
from bot.domain.consent import Consent, ConsentKind
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.facts import Facts
from bot.domain.people import Person, Role, Roster
from bot.policy.exceptions import excepted_check
from bot.policy.people import free_for, required_sign_offs, signed
from tests.bot.decide.test_exception_of_a_test import ask, failed
from tests.driver import Driver
from tests.world import NOW, actor, drilled_rollback, facts, good_observations, observed, service

IDS = ("ana", "kai", "lena", "mia", "ben", "priya", "quinn", "sam", "tom")
ACCOUNTS = st.lists(
    st.tuples(st.sampled_from([None, "a", "b", "c", "d"]), st.sampled_from([None, "x", "y", "z"])),
    min_size=len(IDS),
    max_size=len(IDS),
)
HOLDERS = st.lists(st.sampled_from(IDS), min_size=1, max_size=3, unique=True).map(tuple)
SIGNED_BY = (Role.SERVICE_OWNER, Role.ON_CALL, Role.ENGINEERING_LEAD, Role.PRODUCT_OWNER, Role.QA_LEAD)
ORDER = st.permutations(IDS)
CHECKS = ("tests", "coverage", "code_analysis", "security_scan")


def humans(people: Mapping[str, Person]) -> list[frozenset[str]]:
    """Entries that share an e-mail or a directory id, grown until nothing joins any more."""
    groups = [{who} for who in people]
    signs = {who: {("e", (p.email or who).casefold()), ("d", p.directory_id or who)} for who, p in people.items()}
    grown = True
    while grown:
        grown = False
        for one, other in combinations(groups, 2):
            if any(signs[a] & signs[b] for a in one for b in other):
                groups[groups.index(one)] = one | other
                groups.remove(other)
                grown = True
                break
    return [frozenset(g) for g in groups]


def same(people: Mapping[str, Person], one: str, other: str) -> bool:
    """True if they are one human being."""
    return any({one, other} <= group for group in humans(people))


@st.composite
def companies(draw: st.DrawFn) -> Facts:
    """Facts in which people hold several accounts, and roles overlap."""
    people = {
        who: Person(who, who.title(), email=mail and f"{mail}@ACME.example", directory_id=directory)
        for who, (mail, directory) in zip(IDS, draw(ACCOUNTS), strict=True)
    }
    roles = {role: draw(HOLDERS) for role in SIGNED_BY} | {Role.DECISION_MAKER: ("lena",)}
    base = facts()
    return replace(base, service=replace(service(), roles=roles, deputies={}), roster=Roster(people))


def all_different(people: Mapping[str, Person], given_: Iterable[Consent | None]) -> bool:
    """True if each of these consents is of another human being."""
    named = [k.by for k in given_ if k is not None and k.by is not None]
    return not any(same(people, a, b) for a, b in combinations(named, 2))


def own(d: Driver) -> set[str]:
    """Requester, owner and authors, with all their accounts."""
    people, r = d.facts.roster.people, d.state
    return {who for who in people for mine in (r.requested_by, r.owner, *r.authors) if same(people, who, mine)}


@given(companies())
def test_who_is_one_human_being_is_found_out_also_by_way_of_a_third_account(around: Facts) -> None:
    people = around.roster.people
    assert all(around.roster.same(a, b) == same(people, a, b) for a in IDS for b in IDS)


@settings(deadline=None, max_examples=60)
@given(companies(), ORDER, ORDER)
def test_sign_offs_and_qa_are_of_different_people_none_of_them_of_the_release(
    around: Facts, first: list[str], second: list[str]
) -> None:
    d = Driver(facts=around).plan()
    quiet = tuple(x for x in good_observations(d.now, "contract") if x.kind is not Kind.CI)
    checks: dict[str, Any] = dict.fromkeys(CHECKS, "passed")
    d.sources(*quiet, observed(Kind.CI, d.now, **checks)).answer_all()
    for who in (*first, *second):
        d.sign(who)
    judged = d.state.judgement
    assert judged is not None
    given_ = [k for k in d.state.consents if k.valid_at(d.now) and k.kind is not ConsentKind.VOTE]
    assert not [k for k in given_ if k.by in own(d)]
    filled = signed(d.state, d.facts, d.now, required_sign_offs(judged.score.band))
    qa = [k for k in given_ if k.kind is ConsentKind.QA]
    assert all_different(around.roster.people, (*filled.values(), *qa))


@settings(deadline=None, max_examples=60)
@given(companies(), ORDER)
def test_the_two_who_except_a_test_are_two_people(around: Facts, order: list[str]) -> None:
    d = failed("coverage", driver=Driver(facts=around))
    people = around.roster.people
    asked = d.refused(ask(owner="tom"))
    for who in (*order, *order):
        d.do(c.Approve(actor(who), f"refunds are off, seen by {who}", ConsentKind.EXCEPTION))
    pair = excepted_check(d.state, d.facts, d.now, "coverage")
    if asked:
        assert not pair
        return
    assert len(pair) == 2
    assert all_different(people, pair)
    barred = own(d) | {who for who in people if same(people, who, "tom")}
    assert not {k.by for k in pair} & barred
    assert not [k for k in d.state.consents if k.kind is ConsentKind.EXCEPTION and k.by in barred]


@settings(deadline=None, max_examples=60)
@given(companies(), ORDER)
def test_what_one_person_said_is_confirmed_by_another(around: Facts, order: list[str]) -> None:
    """G24, G25: the requester's own drill, and a MUST that somebody declared away."""
    assert around.service is not None
    bare = replace(around, service=replace(around.service, standing=()))
    d = Driver(facts=bare).plan().sources()
    d.answer_all()
    d.do(c.AddEvidence(actor("ana"), drilled_rollback(d.now, by="ana")))
    d.do(c.DeclareNotApplicable(actor("kai"), Kind.CAPACITY, "there is no load to speak of"))
    for who in order:
        d.do(c.Approve(actor(who), f"this was read and weighed by {who}", ConsentKind.CONFIRM))
    people = around.roster.people
    for k in d.state.consents:
        if k.kind is ConsentKind.CONFIRM and k.by is not None:
            declared = d.state.not_applicable.get(k.subject)
            by = declared[0] if declared else d.state.requested_by
            assert not same(people, k.by, by)


@given(companies())
def test_a_place_that_only_one_person_can_fill_is_kept_for_them(around: Facts) -> None:
    roles = (Role.SERVICE_OWNER, Role.ON_CALL, Role.ENGINEERING_LEAD)
    assert around.service is not None
    places = {role: around.service.roles[role] for role in roles}
    free = free_for(places, around.roster)
    people = around.roster.people
    ways = [
        (a, b, x)
        for a in places[roles[0]]
        for b in places[roles[1]]
        for x in places[roles[2]]
        if not (same(people, a, b) or same(people, a, x) or same(people, b, x))
    ]
    if not ways:
        assert free == places
    else:
        assert [set(free[role]) for role in roles] == [{way[n] for way in ways} for n in range(3)]


def test_an_account_that_may_be_theirs_gives_nobody_a_right() -> None:
    base = facts()
    people = {**base.roster.people, "lena-2": replace(base.roster.people["lena"], id="lena-2", name="Lena (old)")}
    d = Driver(facts=replace(base, roster=Roster(people))).signed()
    second = replace(actor("lena"), person="lena-2", account="lena-2")
    assert d.refused(c.Hold(second, "")) == "not_team"
    assert d.refused(c.Vote(second, "go")) == "not_team"
    d.do(c.Hold(actor("kai"), "the alert is flapping"))
    assert d.refused(c.Resume(second)) == "not_decision_maker"
    assert d.refused(c.Resume(actor("lena"))) == ""


def test_who_confirmed_as_qa_leaves_the_peers_place_to_another() -> None:
    roles = {**service().roles, Role.QA_LEAD: ("kai",)}
    d = Driver(facts=replace(facts(), service=replace(service(), roles=roles, history=service().history))).plan()
    silent: tuple[Evidence, ...] = tuple(x for x in good_observations(NOW) if x.kind is not Kind.CI)
    checks: dict[str, Any] = dict.fromkeys(CHECKS, "passed")
    d.sources(*silent, observed(Kind.CI, NOW, Standing.VERIFIED, **checks)).answer_all()
    d.sign("kai", kind=ConsentKind.QA)
    assert d.refused(c.Approve(actor("kai"), "and I sign it off as well", ConsentKind.SIGN_OFF)) == "not_entitled"
    assert d.refused(c.Approve(actor("mia"), "and I sign it off instead", ConsentKind.SIGN_OFF)) == ""


def test_two_entries_with_one_account_or_with_one_as_the_others_directory_id_are_one_human_being() -> None:
    people = {
        "ana": Person("ana", "Ana", accounts={"slack": "U1", "teams": "AAD-1"}),
        "ana2": Person("ana2", "A. Na", accounts={"slack": "u1"}),
        "ana3": Person("ana3", "A. N.", directory_id="aad-1"),
        "kai": Person("kai", "Kai", accounts={"slack": "U2"}),
    }
    roster = Roster(people)
    assert roster.same("ana", "ana2")
    assert roster.same("ana2", "ana3")
    assert not roster.same("ana", "kai")
