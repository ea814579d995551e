"""Who only looks is answered without working it out again, and never with what is no longer so."""

import asyncio
import itertools
from dataclasses import replace
from datetime import timedelta

from bot.domain.people import Place
from bot.messages.heard import Answer, Asked
from bot.ports import Delivery
from flows.runner import Runner
from tests.flows.given import CATALOG
from tests.flows.talk import HOME, Talk, text


async def test_the_same_question_gets_the_same_answer_until_something_is_committed(talk: Talk) -> None:
    await talk.planned()
    first = await talk.ask("ana", "status R-1")
    assert await talk.ask("ana", "status R-1") is first
    assert await talk.ask("kai", "status R-1") is not first, "each reads what is said to them"
    await talk.ask("ana", "hold R-1 the canary has no traffic yet")
    held = await talk.ask("ana", "status R-1")
    assert held is not first
    assert "HELD" in text(held).upper()


async def test_an_answer_is_never_a_second_old(talk: Talk) -> None:
    await talk.planned()
    first = await talk.ask("ana", "status R-1")
    talk.clock.at += timedelta(seconds=0.9)
    assert await talk.ask("ana", "status R-1") is first
    talk.clock.at += timedelta(seconds=0.1)
    second = await talk.ask("ana", "status R-1")
    assert second is not first
    talk.clock.at -= timedelta(seconds=0.5)
    back = await talk.ask("ana", "status R-1")
    assert back is not first
    assert back is not second, "a clock that was set back is no reason to show what is to come"


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
