"""A private service in a whole sandbox: its API, its panel and its conversations show a release to who has a part in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app.house import DEMO_CATALOGUE
from bot.clock import machine_time
from tests.bot.app.talk import Talk, sandbox_of
from tests.days import workday

PATHS = ("", "/R-1", "/R-1/plan", "/R-1/ledger", "/R-1/risk")


async def seen(talk: Talk, person: str | None) -> list[bool]:
    who = "" if person is None else f"?person={person}"
    answers = [await talk.text(f"/api/releases{path}{who}") for path in PATHS]
    answers.append(await talk.text(f"/api/panels{who}"))
    return ["2.4.1" in answer or "PlanStarted" in answer or "block" in answer for answer in answers]


NEXT_YEAR = machine_time().year + 1
TRIED = (
    "plan payments 2.4.2",
    "plan paymentz 2.4.2",
    "breakglass payments INC-7 the checkout is down for everybody",
    f"freeze payments {NEXT_YEAR}-03-01 {NEXT_YEAR}-03-02 the yearly audit of the books",
    "unfreeze F-1 the audit of the books is over",
    "freezes",
    "metrics payments",
    "metrics paymentz",
    "service payments",
    "subscribe payments",
    "list payments",
    "home",
    "doctor",
    "plan",
    "freeze",
)
"""What might tell somebody that there is such a service."""


@asynccontextmanager
async def private_payments(tmp_path: Path) -> AsyncIterator[Talk]:
    file = tmp_path / "catalogue.yaml"
    text = DEMO_CATALOGUE.read_text()
    at = text.index("\n  payments:\n") + len("\n  payments:\n")
    file.write_text(f"{text[:at]}    private: true\n{text[at:]}")
    async with sandbox_of(tmp_path, catalogue=file) as (talk, _):
        yield talk


async def test_no_verb_tells_somebody_outside_that_a_private_service_exists(tmp_path: Path) -> None:
    async with private_payments(tmp_path) as talk:
        await talk.say(
            "ana", f"/release freeze payments {NEXT_YEAR}-02-01 {NEXT_YEAR}-02-02 the yearly audit of the books"
        )
        assert "F-1" in talk.heard()
        for words in TRIED:
            told = await talk.say("sam", f"/release {words}", "#releases") + str(talk.form)
            assert "Payments" not in told, (words, told)
            assert "#payments" not in told, (words, told)
            assert "audit of the books" not in told, (words, told)
            assert "payments" in words or "payments" not in told, (words, told)
        assert "Payments" in await talk.say("kai", "/release service payments", "#releases")
        assert "audit of the books" in await talk.say("kai", "/release freezes", "#releases")
        assert "is ended" in await talk.say("ana", "/release unfreeze F-1 the audit of the books is over")


async def test_the_cards_of_a_release_beside_a_private_one_name_neither_it_nor_its_service(tmp_path: Path) -> None:
    day = workday()
    async with private_payments(tmp_path) as talk:
        await talk.say("ana", f"/release freeze payments {day} 15:00 {day} 15:59 the yearly audit of the books")
        await talk.say("ana", f"/release plan payments 2.4.1 at {day} 15:10 canary 10%")
        await talk.say("ana", f"/release plan ledger 7.1.0 at {day} 15:10", "#ledger")
        await talk.clock(advance_s=10)
        told = await talk.say("sam", "/release full-plan R-2", "#ledger")
        seen = await talk.text("/api/releases/R-2?person=sam") + await talk.text("/api/releases/R-2/plan?format=md")
        cards = str(await talk.posts("#ledger"))
        for text in (told, seen, cards):
            assert "7.1.0" in text
            assert not [word for word in ("ayments", "R-1", "audit of the books") if word in text], text
        assert "a private release" in told
        assert "a private service" in told


async def test_the_card_of_a_private_release_stands_in_its_own_channel_wherever_it_was_planned(tmp_path: Path) -> None:
    async with private_payments(tmp_path) as talk:
        told = await talk.say("ana", f"/release plan payments 2.4.1 at {workday()} 15:00 canary 10%", "#releases")
        assert "R-1" in told, "who planned it is answered alone"
        assert not any("2.4.1" in post for post in await talk.posts("#releases"))
        assert "2.4.1" in str(await talk.get("/api/messages?place=%23payments&person=kai"))
        await talk.say("ana", f"/release plan search 3.1.0 at {workday()} 15:00", "#releases")
        assert any("3.1.0" in post for post in await talk.posts("#releases")), (
            "a public one stands where it was planned"
        )


async def test_nobody_outside_sees_a_private_release_by_any_path_and_its_people_see_it_by_all(tmp_path: Path) -> None:
    async with private_payments(tmp_path) as talk:
        await talk.say("ana", f"/release plan payments 2.4.1 to production at {workday()} 15:00 canary 10%")
        for person in (None, "guest", "sam"):
            assert not any(await seen(talk, person)), person
        for words in ("status R-1", "list", "home", "export R-1", "audit R-1", "metrics"):
            told = await talk.say("sam", f"/release {words}", "#releases")
            assert "2.4.1" not in told
        assert all(await seen(talk, "kai"))
        assert "2.4.1" in await talk.say("kai", "/release status R-1", "#releases")
