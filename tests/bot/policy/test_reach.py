"""A gate is open where two people could pass it: known by an account or a verified address, and to be reached."""

from dataclasses import replace

from bot.domain.people import ActorKind, Person, Role, Roster
from bot.policy.reach import Gate, gates, linked, reached
from tests.world import service

ANA = Person("ana", "Ana", email="ana@acme.example", accounts={"slack": "U1"}, direct={"slack": "U1"})
KAI = Person("kai", "Kai", email="kai@acme.example", direct={"slack": "D2"})
TWIN = Person("ana2", "Ana as well", email="ana@acme.example", accounts={"slack": "U9"}, direct={"slack": "U9"})
ROBOT = Person("robot", "Robot", kind=ActorKind.BOT, accounts={"slack": "B1"}, direct={"slack": "B1"})


def leads(*people: Person, verified: tuple[str, ...] = ()) -> Gate:
    held = replace(service(), roles={Role.ENGINEERING_LEAD: tuple(p.id for p in people)}, deputies={})
    roster = Roster({p.id: p for p in people})
    found = gates({"payments": held}, roster, lambda p: linked(p, ["slack"], verified) and reached(p, ["slack"]))
    return next(gate for gate in found if gate.role is Role.ENGINEERING_LEAD)


def test_two_people_who_are_known_and_reached_open_it() -> None:
    alone = leads(ANA, KAI)
    assert (alone.able, alone.unable, alone.open) == (("ana",), ("kai",), False)
    both = leads(ANA, KAI, verified=("@ACME.example",))
    assert (both.able, both.unable, both.open) == (("ana", "kai"), (), True)


def test_two_entries_of_one_human_being_and_a_bot_do_not_open_it_and_a_second_person_does() -> None:
    assert leads(ANA, TWIN, ROBOT).able == ("ana",)
    assert leads(ANA, TWIN, ROBOT, KAI, verified=("acme.example",)).open


def test_who_cannot_be_reached_is_told() -> None:
    hermit = Person("kai", "Kai", accounts={"slack": "U2"})
    assert leads(ANA, hermit).unable == ("kai",)
    assert leads().able == ()
