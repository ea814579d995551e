"""Who waits too long reads "not confirmed yet"; what was heard is done all the same (decision 9)."""

import asyncio
from datetime import datetime

import pytest

from bot.app.house import DEFAULT_POLICY, DEFAULT_RUBRIC, DEMO_CATALOGUE
from bot.app.patience import Patience, alone
from bot.catalog.file import CatalogFile
from bot.domain.people import Place
from bot.messages import answers
from bot.messages.heard import Answer, Errors, Heard, Open, Quiet, Said, Say
from bot.messages.model import Form
from bot.messages.words import say
from bot.ports import CannotLook, Look, Outgoing, Rejected, SendResult, Sent, Throttled
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


class Wire:
    """A platform that takes what it is told to take."""

    platform = "sandbox"

    def __init__(self, *results: SendResult) -> None:
        self.results = list(results)
        self.sent: list[Outgoing] = []

    async def send(self, outgoing: Outgoing) -> SendResult:
        self.sent.append(outgoing)
        return self.results.pop(0)

    async def find(self, key: str, place: Place, since: datetime, thread: str | None = None) -> Look:
        return CannotLook(f"{key} in {place} since {since} under {thread}")


CATALOG = CatalogFile(DEMO_CATALOGUE, lambda: NOON, DEFAULT_POLICY, DEFAULT_RUBRIC)


async def told(wire: Wire, answer: Answer) -> list[str]:
    """What the person reads after having been told "not confirmed yet"."""
    let_go = asyncio.Event()

    async def hear(_: Heard) -> Answer:
        await let_go.wait()
        return answer

    patience = Patience(hear, budget_s=0.01, late=alone([wire], CATALOG))
    await patience.hear(HEARD)
    let_go.set()
    async with asyncio.timeout(20):
        await patience.finish()
    return [outgoing.message.text for outgoing in wire.sent]


async def test_what_came_of_it_is_told_to_the_person_alone_when_it_is_known() -> None:
    wire = Wire(Sent("1"))
    assert await told(wire, Say(answers.line("talk.unwritable", {"request": "r1"}))) == [
        f"Your request of 12:00 UTC, which took long: {say('talk.unwritable', {'request': 'r1'})}"
    ]
    assert wire.sent[0].place == Place("sandbox", "@ana")
    assert wire.sent[0].message.private
    form = Form("f", "A form", (), "token")
    for answer in (Open(form), Errors({}, form)):
        assert "ask once more" in (await told(Wire(Sent("1")), answer))[0]
    assert await told(Wire(), Quiet()) == []


async def test_a_late_answer_is_sent_again_where_the_platform_asks_for_patience_and_its_loss_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert len(await told(Wire(Throttled(0.01), Sent("1")), Say(answers.line("talk.old_button")))) == 2
    assert caplog.text == ""
    await told(Wire(Rejected("channel_not_found")), Say(answers.line("talk.old_button")))
    assert "did not get through" in caplog.text
    await told(Wire(), Say(answers.line("talk.old_button")))
    assert "could not be told" in caplog.text
