"""Who only looks is answered without working it out again, and never with what is no longer so."""

import asyncio
import itertools
from dataclasses import replace
from datetime import timedelta

from bot.domain.people import Place
from bot.domain.release import Phase
from bot.messages.heard import Answer, Asked
from bot.ports import Delivery
from flows.context import Context
from flows.index import VERBS
from flows.runner import Runner
from tests.flows.given import CATALOG
from tests.flows.talk import HOME, Talk, text


async def test_the_same_question_gets_the_same_answer_until_something_is_committed(talk: Talk) -> None:
    await talk.planned()
    first = await talk.ask("ana", "status R-1")
    assert await talk.ask("ana", "status R-1") is first
    assert await talk.ask("kai", "status R-1", Place("sandbox", "#releases")) is first, (
        "the card is the same for everybody"
    )
    plan = await talk.ask("ana", "full_plan R-1")
    assert await talk.ask("ana", "full_plan R-1") is plan
    assert await talk.ask("kai", "full_plan R-1") is not plan, "only what is surely the same is given to somebody else"
    await talk.ask("ana", "hold R-1 the canary has no traffic yet")
    held = await talk.ask("ana", "status R-1")
    assert held is not first
    assert "HELD" in text(held).upper()


async def test_an_answer_counts_as_long_as_time_changes_nothing_in_it_and_never_for_ten_seconds(talk: Talk) -> None:
    await talk.planned()
    talk.clock.at = talk.clock.at.replace(second=20)
    first = await talk.ask("ana", "status R-1")
    talk.clock.at += timedelta(seconds=9.9)
    assert await talk.ask("ana", "status R-1") is first
    talk.clock.at += timedelta(seconds=0.1)
    second = await talk.ask("ana", "status R-1")
    assert second is not first
    assert text(second) == text(first)
    talk.clock.at -= timedelta(seconds=0.5)
    back = await talk.ask("ana", "status R-1")
    assert back is not second, "a clock that was set back is no reason to show what is to come"


async def test_what_shows_no_release_is_kept_too(talk: Talk) -> None:
    first = await talk.ask("ana", "help")
    assert await talk.ask("ana", "help") is first
    assert await talk.ask("kai", "help") is not first


async def test_who_looks_as_a_minute_ends_is_told_of_the_next_one(talk: Talk) -> None:
    await talk.planned()
    for before_the_minute in (5, 0.5):
        talk.clock.at = talk.clock.at.replace(minute=10, second=0) - timedelta(seconds=before_the_minute)
        first = await talk.ask("ana", "status R-1")
        assert "T-" in text(first)
        talk.clock.at += timedelta(seconds=min(before_the_minute, 1) + 0.5)
        second = await talk.ask("ana", "status R-1")
        assert (second is first) == (before_the_minute == 5)
        talk.clock.at = talk.clock.at.replace(minute=10, second=1)
        third = await talk.ask("ana", "status R-1")
        assert text(third) != text(first)


async def test_a_new_catalogue_is_seen_at_once(talk: Talk) -> None:
    await talk.planned()
    now = [CATALOG]
    runner = Runner(talk.service, talk.freezing, talk.store, lambda: now[0], talk.clock, talk.seeing, talk.ordering)

    async def asked() -> Answer:
        return await runner.hear(Asked(*talk.who("ana", HOME), verb="status", words="R-1"))

    before = await asked()
    assert await asked() is before
    now[0] = replace(CATALOG)
    assert await asked() is not before


async def test_who_may_see_the_release_no_more_is_not_shown_what_was_kept(talk: Talk) -> None:
    await talk.planned()
    elsewhere = Place("sandbox", "#elsewhere")
    shown = await talk.ask("sam", "status R-1", elsewhere)
    assert "2.4.1" in text(shown)
    talk.rooms.closed |= {HOME.id: frozenset(), "#releases": frozenset()}
    assert "2.4.1" not in text(await talk.ask("sam", "status R-1", elsewhere))
    talk.rooms.closed.clear()
    assert "2.4.1" in text(await talk.ask("sam", "status R-1", elsewhere))


async def test_what_acts_and_what_holds_a_secret_is_kept_by_no_one(talk: Talk) -> None:
    await talk.planned()
    again = [await talk.ask("ana", "hold R-1 the canary has no traffic yet") for _ in range(2)]
    assert again[0] is not again[1]
    secret = "status R-1 token=ghp_0123456789abcdefghijABCDEFGHIJ0123456"  # noqa: S105 - looks like one, and is none
    first = await talk.ask("ana", secret)
    assert "rotate" in text(first).lower()
    assert await talk.ask("ana", secret) is not first
    assert "ghp_" not in str(talk.runner._looks._kept)


async def test_many_who_ask_at_once_cause_few_answers_to_be_worked_out(talk: Talk) -> None:
    """Whatever is committed meanwhile: nobody gets an answer that was begun before the question."""
    await talk.planned()
    marks = (f"m{n}" for n in itertools.count())
    delivery = talk.store.delivery

    async def always_another(receipt: str) -> Delivery:
        return replace(await delivery(receipt), mark=next(marks))

    talk.store.delivery = always_another  # type: ignore[method-assign]  # a database in which somebody always commits
    answers = await asyncio.gather(*(talk.ask("ana", "status R-1") for _ in range(12)))
    assert len({id(a) for a in answers}) <= 3
    assert len({text(a) for a in answers}) == 1
    assert await talk.ask("ana", "status R-1") is not answers[-1]


async def test_what_is_asked_in_a_thread_is_heard_each_time(talk: Talk) -> None:
    await talk.ask("ana", "plan payments 2.4.1 at 15:00 canary 10%")
    await talk.delivered()
    thread = await talk.root("R-1")
    for _ in range(2):
        await talk.ask("ana", "status R-1 once more please", thread=thread)
    assert not talk.runner._looks._kept
    assert (await talk.release()).talk_messages == 2


async def test_no_more_than_a_few_hundred_answers_are_kept(talk: Talk) -> None:
    for n in range(300):
        await talk.ask("ana", f"help word{n}")
    assert len(talk.runner._looks._kept) == 256


async def test_an_answer_to_who_only_looked_is_kept_where_that_is_wanted(talk: Talk) -> None:
    await talk.planned()
    who = talk.who("ana", HOME)
    look = Asked(*who, verb="status", words="R-1")
    first = await talk.hear(look)
    assert (await talk.store.delivery(who[2])).answer is None
    talk.runner = talk.keeping()
    assert await talk.hear(look) == first
    assert (await talk.store.delivery(who[2])).answer == first
    await talk.ask("ana", "hold R-1 the canary has no traffic yet")
    assert await talk.hear(look) == first, "the same delivery again, which Slack sends where it heard nothing"
    assert "HELD" in text(await talk.ask("ana", "status R-1")).upper()
    for asked in ("full_plan R-1", "export R-1", "list", "help", "doctor", "gibberish", "evidence R-1"):
        heard = Asked(*(who := talk.who("kai", HOME)), verb=asked.partition(" ")[0], words=asked.partition(" ")[2])
        assert (await talk.store.delivery(who[2])).answer is None
        assert await talk.hear(heard) == (await talk.store.delivery(who[2])).answer


async def test_what_was_read_of_a_release_counts_until_something_is_committed(talk: Talk) -> None:
    await talk.planned()
    await talk.ask("ana", "status R-1")
    read = await talk.service._standings.of("R-1", (await talk.store.delivery("x")).mark)
    assert read is not None
    assert await talk.service._standings.of("R-1", (await talk.store.delivery("x")).mark) is read
    await talk.ask("ana", "hold R-1 the canary has no traffic yet")
    now = await talk.service._standings.of("R-1", (await talk.store.delivery("x")).mark)
    assert now is not None
    assert now.release.phase is Phase.HELD
    assert now.head != read.head


async def test_what_is_alike_for_everybody_is_so_in_every_phase(talk: Talk) -> None:
    """An answer that was given to one is given to others: it must not depend on who asks, nor on where."""

    async def compared() -> None:
        view = await talk.service.view("R-1", HOME)
        assert view is not None
        places = (HOME, Place("sandbox", "#releases"), Place("slack", "C9"))
        ctx = Context(CATALOG, talk.clock.now(), view)
        for verb in (v for v in VERBS.values() if v.alike):
            asked = [
                verb.step(Asked(*talk.who(who, place), verb=verb.name), replace(ctx, view=replace(view, place=place)))
                for who in ("ana", "kai", "quinn")
                for place in places
            ]
            assert asked == asked[:1] * len(asked)

    await talk.ask("ana", "plan payments 2.4.1 at 15:00 canary 10%")
    await compared()
    await talk.sources()
    await compared()
    for act in ("hold R-1 the canary has no traffic yet", "cancel R-1 the feature is not wanted any more"):
        await talk.ask("ana", act)
        await compared()
    assert (await talk.release()).phase is Phase.CANCELLED
