"""What somebody who may not see a release gets: nothing, by whatever verb; and who is let in gets all of it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.people import ActorKind, Place, Role, Roster
from bot.domain.release import Phase
from bot.messages.heard import Asked, Pressed
from bot.messages.tokens import Token
from bot.store import open_store
from tests.flows.given import CATALOG
from tests.flows.talk import OpenRooms, Talk, seeing, text
from tests.sqlite import fresh_sqlite_url
from tests.world import HOME

ELSEWHERE = Place("sandbox", "#releases")
ELSEWHERE_TOO, ALONE = Place("sandbox", "#general"), Place("sandbox", "@sam")
NAMES = ("payments", "Payments (", "2.4.1", "Ana", "Kai")
ASKED = (
    "status R-1",
    "list",
    "list week",
    "list payments",
    "home",
    "audit R-1",
    "export R-1",
    "full-plan R-1",
    "arithmetic R-1",
    "rollcall R-1",
    "preview R-1",
    "status",
    "service payments",
    "hold R-1 the alert of the ledger is flapping",
    "approve R-1 the drill was read, and the limits of the canary fit",
)


@pytest.fixture
async def private(tmp_path: Path) -> AsyncIterator[Talk]:
    """Payments is released in a private channel, in which sam is not."""
    async with open_store(fresh_sqlite_url(tmp_path)) as store:
        talk = Talk(store, OpenRooms({"#payments": frozenset()}))
        await talk.planned()
        yield talk


async def test_nothing_of_a_private_release_is_told_until_one_is_let_in(private: Talk) -> None:
    told = {}
    for words in ASKED:
        told[words] = text(await private.ask("sam", words, ELSEWHERE))
        known = NAMES if "payments" not in words else NAMES[1:]  # what was typed may be said back
        assert not [name for name in known if name in told[words]], told[words]
    private.rooms.closed["#payments"] = frozenset({"sam"})
    for words in ASKED:
        assert text(await private.ask("sam", words, ELSEWHERE)) != told[words], words


async def test_a_refused_attempt_of_somebody_outside_is_on_record_all_the_same(private: Talk) -> None:
    told = text(await private.ask("sam", "hold R-1 the alert of the ledger is flapping", ELSEWHERE))
    assert "There is no release R-1" in told
    rows = await private.store.ledger("release:R-1")
    assert [(r.what, r.person) for r in rows if r.what == "refused"] == [("refused", "sam")]
    assert "R-1" in text(await private.ask("kai", "hold R-1 the alert of the ledger is flapping", ELSEWHERE))


async def test_a_button_and_free_words_of_somebody_outside_show_nothing(private: Talk) -> None:
    told = text(await private.press("sam", Token(verb="full_plan", release="R-1")))
    assert "R-1" in told  # the press comes from the channel itself: who is in it sees it
    private.count += 1
    actor, _, receipt, at = private.who("sam", ELSEWHERE)
    told = text(await private.hear(Asked(actor, ELSEWHERE, receipt, at, verb="status", words="R-1")))
    assert "There is no release R-1" in told


async def test_metrics_count_only_what_one_may_see(private: Talk) -> None:
    before = text(await private.ask("sam", "metrics", ELSEWHERE))
    assert "payments" not in before
    private.rooms.closed.clear()
    assert "R-1" in text(await private.ask("sam", "status R-1", ELSEWHERE))


async def test_planning_a_private_service_again_shows_nothing_of_the_open_plan(private: Talk) -> None:
    told = text(await private.ask("sam", "plan payments 2.4.1", ELSEWHERE))
    assert "R-1" not in told, told
    assert "R-1" in text(await private.ask("ben", "plan payments 2.4.1"))


async def test_somebody_outside_is_not_told_who_the_people_of_a_private_service_are(private: Talk) -> None:
    tried = (
        "plan payments 2.5.0",
        "breakglass payments 2.5.0 INC-7 the checkout is down for everybody",
        "freeze payments 2027-03-01 2027-03-02 the yearly audit of the books",
    )
    for words in tried:
        told = text(await private.ask("sam", words, ELSEWHERE))
        assert "That is for the people of Payments" in told
        assert not [name for name in ("Ana", "Kai", "Lena", "Mia", "Ben") if name in told], told
    rows = [r for stream in ("service:payments", "calendar", "system") for r in await private.store.ledger(stream)]
    codes = {r.body["code"] for r in rows if r.what == "refused" and r.body}
    assert codes == {"not_engineer", "not_freezer"}, "on record it is what it was"
    private.rooms.closed["#payments"] = frozenset({"sam"})
    assert "Ana" in text(await private.ask("sam", tried[0], ELSEWHERE)), "who is let in reads whom to ask"
    private.rooms.closed.clear()
    assert "Ana" in text(await private.ask("sam", tried[1], ELSEWHERE))
    assert "R-2" in text(await private.ask("kai", tried[0], ELSEWHERE))


async def test_the_only_open_release_is_not_meant_by_somebody_who_may_not_see_it(private: Talk) -> None:
    told = text(await private.ask("sam", "status", ELSEWHERE))
    assert "R-1" not in told
    assert "R-1" in text(await private.ask("ana", "status", ELSEWHERE))


async def test_an_id_at_the_end_of_the_words_shows_nothing_of_it_to_somebody_outside(private: Talk) -> None:
    words = "hold it, the alert is flapping on R-1"
    await private.ask("sam", words, ELSEWHERE)
    assert (await private.release()).phase is Phase.PLANNED
    await private.ask("kai", words, ELSEWHERE)
    assert (await private.release()).phase is Phase.HELD


async def test_guests_and_strangers_see_nothing_of_open_releases_either(talk: Talk) -> None:
    await talk.planned()
    for who, kind in (("visitor", ActorKind.GUEST), ("", ActorKind.HUMAN), ("sam", ActorKind.GUEST)):
        actor, place, receipt, at = talk.who(who or "sam", ELSEWHERE)
        actor = replace(actor, person=who, kind=kind)
        told = text(await talk.hear(Asked(actor, place, receipt, at, verb="status", words="R-1")))
        assert "payments" not in told
        assert "roster" in told
    assert "2.4.1" in text(await talk.ask("sam", "status R-1", ELSEWHERE))


async def test_a_place_of_which_nobody_can_say_is_private(private: Talk) -> None:
    """The platform is not joined: nobody but the people of the release sees it."""
    private.forget_rooms()
    private.rooms.closed.clear()
    assert "There is no release" in text(await private.ask("sam", "status R-1", ELSEWHERE))
    assert "2.4.1" in text(await private.ask("priya", "status R-1", ELSEWHERE))


async def test_a_place_that_subscribed_hears_nothing_more_once_the_channel_turned_private(talk: Talk) -> None:
    await talk.planned()
    await talk.ask("sam", "subscribe payments", ELSEWHERE_TOO)
    await talk.ask("sam", "subscribe payments", ALONE)
    places = (Place("sandbox", "#payments"), ELSEWHERE, ELSEWHERE_TOO, ALONE)
    assert await heard_in(talk, places) == places
    talk.rooms.closed["#payments"] = frozenset()
    assert await heard_in(talk, places) == places[:2], "the catalogue's own places are the operator's word"
    talk.rooms.closed["#payments"] = frozenset({"sam"})
    assert await heard_in(talk, places) == (*places[:2], ALONE), "sam was let in, and reads it alone"
    talk.rooms.closed.clear()
    assert await heard_in(talk, places) == places


async def heard_in(talk: Talk, places: tuple[Place, ...]) -> tuple[Place, ...]:
    view = await talk.service.view("R-1")
    assert view is not None
    return tuple([place for place in places if await talk.seeing.hears(view, place)])


async def test_who_left_the_roster_sees_nothing_of_what_they_had_a_part_in(talk: Talk) -> None:
    await talk.planned()
    view = await talk.service.view("R-1")
    assert view is not None
    left = Roster({who: person for who, person in CATALOG.roster.people.items() if who != "kai"})
    assert Role.ON_CALL in CATALOG.services["payments"].roles
    assert await seeing(lambda: CATALOG, talk.rooms).sees(view, "kai")
    assert not await seeing(lambda: replace(CATALOG, roster=left), talk.rooms).sees(view, "kai")
    assert not await seeing(lambda: CATALOG, talk.rooms).sees(view, "visitor"), "a guest of the roster"


@pytest.mark.parametrize("act", ["status", "go", "approve", "hold", "cancel", "rollback"])
async def test_a_stranger_and_a_guest_are_told_the_same_of_what_is_there_and_of_what_is_not(
    talk: Talk, act: str
) -> None:
    await talk.planned()
    for who in ("nobody", "guest"):
        told = [text(await talk.ask(who, f"{act} {name} the canary has no traffic yet")) for name in ("R-1", "R-77")]
        assert told[0] == told[1], f"{who} learns by {act} which releases there are"
    assert "2.4.1" in text(await talk.ask("lena", "status R-1"))


async def test_an_unreadable_button_is_answered_alike_where_a_release_is_hidden_and_where_there_is_none(
    private: Talk,
) -> None:
    async def pressed(who: str, place: Place) -> str:
        garbled = "nonsense"
        return text(await private.hear(Pressed(*private.who(who, place), token=garbled)))

    alone = "That button cannot be read any more, so nothing was done. What is open: /release list."
    for place in (ELSEWHERE, ELSEWHERE_TOO, ALONE):
        said = await pressed("sam", place)
        assert said.startswith(alone)
        assert "R-1" not in said
    assert "R-1 payments 2.4.1" in await pressed("kai", HOME), "who may see it reads the state"
    await private.ask("ana", "cancel R-1 the change is not needed any more")
    assert (await pressed("kai", HOME)).startswith(alone)
