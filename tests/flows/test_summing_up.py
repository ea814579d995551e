"""Q8: a long planning conversation is summed up in two lines before it goes on, over restarts and repeated deliveries."""

from dataclasses import replace
from pathlib import Path

from bot.domain.release import Phase
from bot.messages.cards.index import render
from bot.messages.heard import Said
from bot.store import open_store
from tests.flows.given import NOW, asking, seen
from tests.flows.talk import HOME, Talk, text
from tests.sqlite import fresh_sqlite_url
from tests.world import actor

SO_FAR = "Decided so far: R-1 payments 2.4.1 → production"


async def planning(talk: Talk) -> str:
    """R-1 with its first question open; gives its thread."""
    await talk.ask("ana", "plan payments 2.4.1 at 15:00 canary 10%")
    await talk.sources()
    await talk.delivered()
    assert (await talk.release()).open_question is not None
    return await talk.root("R-1")


async def test_the_seventh_message_is_answered_with_the_decisions_so_far_and_the_next_six_are_not(talk: Talk) -> None:
    thread = await planning(talk)
    answers = [text(await talk.say("ana", f"what about number {n}", thread)) for n in range(14)]
    assert [n for n, answer in enumerate(answers, 1) if SO_FAR in answer] == [7, 14]
    summary = answers[6]
    assert "Settled: " in summary
    assert "Open: " in summary
    assert "Questions asked: 1 of 3." in summary


async def test_a_long_message_sums_up_at_once(talk: Talk) -> None:
    thread = await planning(talk)
    assert SO_FAR in text(await talk.say("ana", "the pipeline of the old service " * 260, thread))


async def test_an_answer_that_is_followed_by_a_question_leaves_the_summary_to_the_question(talk: Talk) -> None:
    thread = await planning(talk)
    for n in range(6):
        await talk.say("ana", f"what about number {n}", thread)
    answer = text(await talk.say("ana", "I don't know", thread))
    release = await talk.release()
    if release.phase is Phase.PLANNING:
        assert SO_FAR not in answer
        assert release.open_question is not None
        assert release.open_question.number in release.summed_up
    else:
        assert SO_FAR in answer


async def test_a_delivery_that_comes_twice_counts_once(talk: Talk) -> None:
    thread = await planning(talk)
    before = (await talk.release()).talk_messages
    heard = Said(actor("ana"), HOME, "the-same", talk.clock.now(), thread, text="what about it")
    assert await talk.hear(heard) == await talk.hear(heard)
    assert (await talk.release()).talk_messages == before + 1


async def test_strangers_and_talk_outside_the_thread_are_not_counted(talk: Talk) -> None:
    thread = await planning(talk)
    before = (await talk.release()).talk_messages
    await talk.say("nobody", "what about it", thread)
    await talk.say("ana", "what about it", None)
    assert (await talk.release()).talk_messages == before


async def test_the_count_survives_a_restart(tmp_path: Path) -> None:
    url = fresh_sqlite_url(tmp_path)
    async with open_store(url) as store:
        talk = Talk(store)
        thread = await planning(talk)
        for n in range(4):
            await talk.say("ana", f"what about number {n}", thread)
    async with open_store(url) as store:
        again = Talk(store)
        again.count = 100
        answers = [text(await again.say("ana", f"and what about {n}", thread)) for n in range(3)]
    assert [SO_FAR in answer for answer in answers] == [False, False, True]


def test_the_question_after_a_summary_carries_it_and_others_do_not() -> None:
    of = asking("rollback", number=2)
    shown = render("question", seen(replace(of, summed_up=(2,)), NOW))
    assert SO_FAR in repr(shown.blocks)
    assert SO_FAR not in repr(render("question", seen(replace(of, summed_up=(1,)), NOW)).blocks)
