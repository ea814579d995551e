"""Who waits too long reads "not confirmed yet"; what was heard is done all the same (decision 9)."""

import asyncio

from bot.app.patience import Patience
from bot.domain.people import Place
from bot.messages.heard import Answer, Heard, Quiet, Said, Say
from tests.contracts.given import ANA, NOON

HEARD = Said(ANA, Place("sandbox", "#payments"), "r1", NOON, text="go")


async def test_a_late_answer_is_told_as_not_confirmed_and_the_work_is_finished() -> None:
    done: list[Heard] = []
    let_go = asyncio.Event()

    async def hear(heard: Heard) -> Answer:
        await let_go.wait()
        done.append(heard)
        return Quiet()

    patience = Patience(hear, budget_s=0.01)
    answer = await patience.hear(HEARD)
    assert isinstance(answer, Say)
    assert answer.message.text.startswith("Not confirmed yet")
    assert done == []
    let_go.set()
    await patience.finish()
    assert done == [HEARD]
    assert await patience.hear(HEARD) == Quiet()
