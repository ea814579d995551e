"""G27: the decision maker may give one sign-off beside the go: one place that they hold, never two, never for their own."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.decide.result import Decided
from bot.domain import commands as c
from bot.domain.consent import ConsentKind
from bot.domain.evidence import Kind
from bot.domain.facts import Facts
from bot.domain.people import Person, Role, Roster
from bot.domain.release import Band, Phase
from bot.policy.consents import wanted
from tests.driver import REASON, Driver
from tests.world import actor, drilled_rollback, facts, good_observations, observed, service

SIGN = ConsentKind.SIGN_OFF
PLACES = (Role.SERVICE_OWNER, Role.ON_CALL, Role.ENGINEERING_LEAD)


def around(roles: dict[Role, tuple[str, ...]], deputies: dict[Role, tuple[str, ...]] | None = None) -> Facts:
    """Facts in which these roles are held so, and nobody else stands in."""
    every = {**service().roles, Role.DECISION_MAKER: ("lena",), **roles}
    return replace(facts(), service=replace(service(), roles=every, deputies=deputies or {}))


def high(known: Facts) -> Driver:
    """Planned with all evidence; the final data change makes it HIGH, so that it needs three sign-offs and a risk."""
    d = Driver(facts=known).plan()
    change = observed(Kind.MIGRATION, d.now, data_change="contract", dry_run=True, backup=True)
    d.sources(*(x for x in good_observations(d.now) if x.kind is not Kind.MIGRATION), change)
    d.do(c.AddEvidence(actor("kai"), drilled_rollback(d.now, way="restore")))
    d.answer_all()
    judged = d.state.judgement
    assert judged is not None
    assert judged.score.band in {Band.HIGH, Band.CRITICAL}
    return d


def signers(d: Driver) -> dict[str, tuple[str, ...]]:
    """Who may give each sign-off that is open."""
    return {w.subject: w.people for w in wanted(d.state, d.facts, d.now) if w.kind is SIGN}


def test_the_decision_maker_signs_off_as_a_peer_and_gives_the_go() -> None:
    d = Driver().ready()
    assert "lena" in signers(d)["peer"]
    assert d.refused(c.Vote(actor("lena"), "go")) == "go_not_yet"
    assert isinstance(d.sign("lena", kind=SIGN), Decided)
    assert isinstance(d.go("lena"), Decided)
    assert d.phase() is Phase.CLEARED
    assert [(k.kind.value, k.by) for k in d.state.consents] == [("sign_off", "lena"), ("vote", "lena")]
    assert d.refused(c.Start(actor("ana"))) == ""
    assert not d.state.started_without_go


@pytest.mark.parametrize("place", PLACES)
def test_the_decision_maker_fills_one_place_and_the_others_need_others(place: Role) -> None:
    """Lena holds all three places; whichever she fills, the two others are for two other people."""
    others = dict(zip((r for r in PLACES if r is not place), ("kai", "mia"), strict=True))
    d = high(around({place: ("lena",)} | {role: ("lena", who) for role, who in others.items()}))
    d.sign("lena", "a backup of the old table is kept", ConsentKind.RISK)
    assert isinstance(d.sign("lena", kind=SIGN, subject=place.value), Decided)
    for role, who in others.items():
        assert signers(d)[role.value] == (who,)
        assert d.refused(c.Approve(actor("lena"), "and this place as well", SIGN, role.value)) == "already_given"
    assert d.refused(c.Vote(actor("lena"), "go")) == "go_not_yet"
    for role, who in others.items():
        d.sign(who, kind=SIGN, subject=role.value)
    assert isinstance(d.go("lena"), Decided)
    assert d.phase() is Phase.CLEARED


def test_a_place_that_the_decision_maker_does_not_hold_is_signed_by_its_role() -> None:
    d = high(around({Role.SERVICE_OWNER: ("priya",), Role.ON_CALL: ("kai",), Role.ENGINEERING_LEAD: ("mia",)}))
    d.sign("lena", "a backup of the old table is kept", ConsentKind.RISK)
    for place in PLACES:
        assert d.refused(c.Approve(actor("lena"), REASON, SIGN, place.value)) == "not_entitled"
    for who in ("priya", "kai", "mia"):
        assert isinstance(d.sign(who, kind=SIGN), Decided)
    assert isinstance(d.go("lena"), Decided)


def test_the_second_account_of_the_decision_maker_fills_no_second_place() -> None:
    known = around({Role.SERVICE_OWNER: ("lena",), Role.ON_CALL: ("lena-2", "kai"), Role.ENGINEERING_LEAD: ("mia",)})
    twin = Person("lena-2", "Lena (on call)", email="LENA@acme.example")
    d = high(replace(known, roster=Roster({**known.roster.people, "lena-2": twin})))
    d.sign("lena", "a backup of the old table is kept", ConsentKind.RISK)
    d.sign("lena", kind=SIGN)
    second = replace(actor("lena"), person="lena-2", account="lena-2")
    assert d.refused(c.Approve(second, REASON, SIGN, "on_call")) == "already_given"
    assert isinstance(d.sign("kai", kind=SIGN), Decided)
    assert isinstance(d.sign("mia", kind=SIGN), Decided)
    assert isinstance(d.go("lena"), Decided)


def test_the_decision_maker_who_asked_for_the_release_gives_neither_and_the_deputy_both() -> None:
    d = Driver(facts=around({}, {Role.DECISION_MAKER: ("mia",)})).plan("lena").sources().answer_all()
    assert d.refused(c.Approve(actor("lena"), REASON, SIGN)) == "own_release"
    assert d.refused(c.Vote(actor("lena"), "go")) == "own_release"
    assert isinstance(d.sign("mia", kind=SIGN), Decided)
    assert isinstance(d.go("mia"), Decided)


@settings(deadline=None, max_examples=25)
@given(
    st.fixed_dictionaries(
        {r: st.lists(st.sampled_from(("lena", "kai", "mia", "priya")), max_size=3, unique=True) for r in PLACES}
    ),
    st.permutations(("lena", "kai", "mia", "priya")),
)
def test_whoever_signs_first_the_decision_maker_never_fills_two_places(
    roles: dict[Role, list[str]], order: list[str]
) -> None:
    d = high(around({role: tuple(people) for role, people in roles.items()}))
    for turn in ("first", "second", "third"):
        for who in order:
            d.sign(who, f"seen in the {turn} round", SIGN)
    given_ = [k for k in d.state.consents if k.kind is SIGN and k.valid_at(d.now)]
    assert len([k for k in given_ if k.by == "lena"]) <= 1
    assert all(k.by in roles[k.role] for k in given_ if k.role)
