"""Who got another id in the catalogue is still the human being who signed before, where an account tells (G7)."""

from dataclasses import replace

import pytest

from bot.decide.result import Decided, Refused
from bot.domain.commands import Approve
from bot.domain.consent import ConsentKind
from bot.domain.facts import Facts
from bot.domain.people import Actor, Person, Role, Roster
from bot.policy.people import recalled
from tests.driver import REASON, Driver
from tests.world import facts, roster, service

OLD = Actor("kai", "slack", "U1", "C1")
OBJECT_ID = "9f1c6a8e-6c1f-4f0e-8a55-1d2b8f4f9b11"


RISKIER = replace(service(), outage_visible=True, regulated=True, span="several", novelty="new")
"""Of the band that needs more than a peer."""


def renamed(person: Person) -> Facts:
    """The catalogue in which kai is somebody of another id, who holds both roles that are still to sign."""
    people = {who: p for who, p in roster().people.items() if who != "kai"} | {person.id: person}
    before = RISKIER
    roles = {**before.roles, Role.SERVICE_OWNER: ("kai.m",), Role.ON_CALL: ("kai.m",)}
    team = (*(p for p in before.team if p != "kai"), "kai.m")
    entry = replace(before, team=team, roles=roles, deputies={Role.SERVICE_OWNER: ("lena",)}, rollback_owner="kai.m")
    return facts(roster=Roster(people), service=entry, services={"payments": entry})


def signed_by_kai(old: Actor) -> Driver:
    d = Driver(facts=facts(service=RISKIER)).ready()
    d.do(Approve(old, f"{REASON}, says kai", ConsentKind.SIGN_OFF))
    given = [c for c in d.state.consents if c.kind is ConsentKind.SIGN_OFF and c.by == "kai"]
    assert [c.role for c in given] == [Role.ON_CALL]
    return d


def sign(d: Driver, new: Actor, role: Role) -> str:
    decision = d.do(Approve(new, f"{REASON}, says {new.person}", ConsentKind.SIGN_OFF, role.value))
    assert isinstance(decision, Decided | Refused)
    return decision.code


@pytest.mark.parametrize(
    ("person", "old", "new"),
    [
        (Person("kai.m", "Kai", accounts={"slack": "U1"}), OLD, Actor("kai.m", "teams", "T9", "19:x")),
        (
            Person("kai.m", "Kai", directory_id=OBJECT_ID.upper()),
            Actor("kai", "teams", OBJECT_ID, "19:x"),
            Actor("kai.m", "slack", "U9", "C1"),
        ),
        (Person("kai.m", "Kai", email="kai@acme.example"), OLD, Actor("kai.m", "slack", "u1", "C1")),
        (Person("kai.m", "Kai", formerly=("kai",)), Actor("kai", "", "", ""), Actor("kai.m", "slack", "U9", "C1")),
    ],
    ids=["account-of-the-catalogue", "directory-id", "the-account-that-acts-now", "formerly"],
)
def test_a_renamed_person_does_not_fill_a_second_place(person: Person, old: Actor, new: Actor) -> None:
    d = signed_by_kai(old)
    d.facts = renamed(person)
    d.facts = replace(d.facts, roster=recalled(d.facts.roster, d.state, new))
    assert d.facts.roster.same("kai", "kai.m")
    assert sign(d, new, Role.SERVICE_OWNER) in {"already_given", "not_entitled"}
    assert sign(d, Actor("lena", "slack", "U2", "C1"), Role.SERVICE_OWNER).startswith("approved")


def test_where_nothing_tells_they_are_two_and_the_catalogue_can_say_that_they_are_one() -> None:
    d = signed_by_kai(OLD)
    new = Actor("kai.m", "teams", "T9", "19:x")
    unknown = recalled(renamed(Person("kai.m", "Kai")).roster, d.state, new)
    assert not unknown.same("kai", "kai.m")
    told = recalled(renamed(Person("kai.m", "Kai", formerly=("kai",))).roster, d.state, new)
    assert told.same("kai", "kai.m")


def test_who_is_still_in_the_roster_is_recalled_by_nothing() -> None:
    d = signed_by_kai(OLD)
    same = Roster({**roster().people, "mia": Person("mia", "Mia", accounts={"slack": "U1"})})
    assert recalled(same, d.state, Actor("mia", "slack", "U1", "C1")) is same
    assert recalled(same, None) is same


def test_who_gave_a_consent_is_recalled_whoever_asks_and_a_stranger_lends_no_account() -> None:
    d = signed_by_kai(OLD)
    known = renamed(Person("kai.m", "Kai", accounts={OLD.platform: OLD.account})).roster
    for actor in (None, Actor("", OLD.platform, OLD.account, OLD.place), Actor("kai.m", "teams", "T9", "19:x")):
        assert recalled(known, d.state, actor).same("kai", "kai.m")
    unknown = renamed(Person("kai.m", "Kai")).roster
    assert not recalled(unknown, d.state, Actor("", OLD.platform, OLD.account, OLD.place)).same("kai", "kai.m")
