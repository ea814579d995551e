"""Accounts become persons by account, by directory id, by verified e-mail; in doubt nobody is entitled (decision 15, G7, G18)."""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.linking import RosterLinker
from bot.domain.people import Actor, ActorKind, Person, Place, Roster
from bot.policy.defaults import POLICY, RUBRIC
from bot.ports import Catalog, Linker, stranger

PLACE = Place("slack", "C1")
ANA = Person("ana", "Ana", email="ana@acme.example", directory_id="DIR-1", accounts={"slack": "U1"})
KAI = Person("kai", "Kai", email="kai@acme.example", accounts={"teams": "aad-2"})
LENA = Person("lena", "Lena", email="lena@acme.example")
BOT = Person("deployer", "Deployer", kind=ActorKind.BOT, accounts={"slack": "B1"})


def linker(*people: Person, verified: tuple[str, ...] = ("acme.example",)) -> Linker:
    catalog = Catalog({}, Roster({p.id: p for p in people or (ANA, KAI, LENA, BOT)}), POLICY, RUBRIC)
    return RosterLinker(lambda: catalog, verified)


async def who(found: Linker, account: str, **known: str) -> str | None:
    actor = await found.actor("slack", account, PLACE, **known)  # type: ignore[arg-type]  # only texts are given here
    return actor.person if actor else None


async def test_an_account_of_the_catalogue_is_its_person_in_any_case() -> None:
    assert await linker().actor("slack", "U1", PLACE) == Actor("ana", "slack", "U1", "C1")
    assert await who(linker(), "u1") == "ana"
    assert await who(linker(), "U2") is None
    teams = await linker().actor("teams", "U1", PLACE)
    assert teams is None, "an account counts on its own platform"


async def test_a_directory_id_links_whichever_platform_vouches_for_it() -> None:
    assert await who(linker(), "29:x", directory_id="dir-1") == "ana"
    assert await who(linker(), "29:x", directory_id="dir-9") is None


async def test_an_address_links_on_verified_domains_alone() -> None:
    assert await who(linker(), "U3", email="Lena@ACME.example") == "lena"
    assert await who(linker(verified=()), "U3", email="lena@acme.example") is None
    assert await who(linker(verified=("example",)), "U3", email="lena@acme.example") is None
    assert await who(linker(verified=("@Acme.Example",)), "U3", email="lena@acme.example") == "lena"
    assert await who(linker(), "U3", email="lena@evil.example") is None
    assert await who(linker(), "U3", email="lena@evil.example@acme.example") is None


async def test_an_address_makes_no_second_account_of_somebody_whose_account_is_named() -> None:
    assert await who(linker(), "U7", email="ana@acme.example") is None
    assert await who(linker(), "U7", email="kai@acme.example") == "kai", "Kai is named on another platform only"
    assert await who(linker(), "U1", email="ana@acme.example") == "ana"


async def test_what_points_to_two_human_beings_is_nobody_and_to_one_is_that_one() -> None:
    assert await who(linker(), "U1", email="kai@acme.example") is None
    assert await who(linker(), "U1", email="kai@elsewhere.example") == "ana", (
        "an address that nobody vouches for says nothing"
    )
    assert await who(linker(ANA, replace(KAI, directory_id="DIR-2")), "U1", directory_id="dir-2") is None
    twice = replace(LENA, id="lena2", name="Lena as well")
    assert await who(linker(LENA, twice), "U3", email="lena@acme.example") is None
    second = Person("ana-ops", "Ana", email="ana@acme.example")
    assert await who(linker(ANA, second), "U1", email="ana@acme.example") == "ana"


async def test_bots_and_guests_are_what_they_are_whoever_they_are_linked_to() -> None:
    found = linker()
    assert await found.actor("slack", "B1", PLACE) == Actor("deployer", "slack", "B1", "C1", ActorKind.BOT)
    assert await found.actor("slack", "B2", PLACE, kind=ActorKind.BOT) == stranger("slack", "B2", PLACE, ActorKind.BOT)
    assert await found.actor("slack", "U1", PLACE, kind=ActorKind.GUEST) == Actor(
        "ana", "slack", "U1", "C1", ActorKind.GUEST
    )
    assert await found.actor("slack", "B1", PLACE, kind=ActorKind.GUEST) == Actor(
        "deployer", "slack", "B1", "C1", ActorKind.GUEST
    )


async def test_who_was_taken_out_of_the_catalogue_acts_no_more() -> None:
    people: dict[str, Person] = {"ana": ANA}
    found = RosterLinker(lambda: Catalog({}, Roster(dict(people)), POLICY, RUBRIC))
    assert await found.actor("slack", "U1", PLACE) is not None
    people.clear()
    assert await found.actor("slack", "U1", PLACE) is None


IDS = st.sampled_from(["", "x", "y", "z"])
PERSONS: st.SearchStrategy[Mapping[str, tuple[str, str, str]]] = st.dictionaries(
    st.sampled_from("abcd"), st.tuples(IDS, IDS, IDS), max_size=4
)


@given(PERSONS, IDS.filter(bool), IDS, IDS)
def test_nobody_acts_as_a_person_whom_none_of_the_signs_names(
    given_people: Mapping[str, tuple[str, str, str]], account: str, directory: str, mail: str
) -> None:
    people = [
        Person(
            p, p, email=f"{m}@acme.example" if m else None, directory_id=d or None, accounts={"slack": a} if a else {}
        )
        for p, (a, d, m) in given_people.items()
    ]
    catalog = Catalog({}, Roster({p.id: p for p in people}), POLICY, RUBRIC)
    found = RosterLinker(lambda: catalog, ["acme.example"])
    address = f"{mail}@acme.example" if mail else None
    coroutine = found.actor("slack", account, PLACE, email=address, directory_id=directory or None)
    try:
        coroutine.send(None)
    except StopIteration as stopped:
        actor: Actor | None = stopped.value
    else:
        raise AssertionError
    if actor is None:
        return
    signs = given_people[actor.person]
    assert account == signs[0] or (directory and directory == signs[1]) or (mail and mail == signs[2])
    for other, (a, d, m) in given_people.items():
        named = account == a or (directory and directory == d) or (mail and mail == m)
        assert not named or catalog.roster.same(other, actor.person)
