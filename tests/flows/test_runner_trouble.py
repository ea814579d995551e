"""What breaks is said, and hostile text is only text."""

import logging

import pytest
import sqlalchemy as sa

from adapters.web.releases import ReleasePages
from bot.domain.errors import Corrupt, Unwritable
from bot.messages.heard import Asked
from bot.ports import Delivery
from bot.service import ReleaseService
from bot.store import Database
from bot.store.tables import releases
from flows.runner import Runner
from tests.flows.given import CATALOG
from tests.flows.talk import HOME, Now, Talk, text


class Broken(ReleaseService):
    """A service that fails in one way."""

    def __init__(self, store: Database, clock: Now, error: Exception) -> None:
        super().__init__(store, store, lambda: CATALOG, clock)
        self.error = error

    async def delivery(self, receipt: str) -> Delivery:
        del receipt
        raise self.error


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (Unwritable("disk full"), "cannot be read or written"),
        (Corrupt("R-1"), "does not match"),
        (ValueError("password"), "Something went wrong"),
    ],
)
async def test_what_breaks_is_said_with_a_request_id_and_never_as_a_trace(
    talk: Talk, error: Exception, says: str, caplog: pytest.LogCaptureFixture
) -> None:
    runner = Runner(
        Broken(talk.store, talk.clock, error),
        talk.freezing,
        talk.store,
        lambda: CATALOG,
        talk.clock,
        talk.seeing,
        talk.ordering,
    )
    heard = Asked(*talk.who("ana", HOME), verb="status")
    with caplog.at_level(logging.ERROR):
        answer = text(await runner.hear(heard))
    assert says in answer
    assert heard.receipt in answer
    assert "Traceback" not in answer
    assert str(error) not in answer
    assert caplog.records
    assert "Nothing is open" in text(await talk.hear(heard))


async def test_the_list_names_a_corrupt_release_and_shows_the_others(talk: Talk) -> None:
    await talk.planned()
    assert "R-1" in text(await talk.hear(Asked(*talk.who("ana", HOME), verb="list")))
    async with talk.store.transaction() as connection:
        row = (await connection.execute(sa.select(releases))).mappings().one()
        lost = {**row, "id": "R-9", "number": 9, "corrupt": True, "state": row["state"].replace("R-1", "R-9")}
        await connection.execute(sa.insert(releases).values(lost))
    answer = text(await talk.hear(Asked(*talk.who("ana", HOME), verb="list")))
    assert "does not match the state: R-9" in answer
    assert "2.4.1" in answer


async def test_pages_show_a_corrupt_release_as_such_beside_the_others(talk: Talk) -> None:
    await talk.planned()
    pages = ReleasePages(talk.store, talk.service)
    async with talk.store.transaction() as connection:
        row = (await connection.execute(sa.select(releases))).mappings().one()
        await connection.execute(sa.insert(releases).values({**row, "id": "R-8", "number": 8, "state": "{}"}))
        await connection.execute(sa.insert(releases).values({**row, "id": "R-9", "number": 9, "corrupt": True}))
    shown = await pages.releases()
    assert [(r["id"], r.get("error")) for r in shown] == [("R-9", "corrupt"), ("R-8", "corrupt"), ("R-1", None)]
    assert "audit verify" in shown[0]["message"]
    assert shown[2]["version"] == "2.4.1"
    with pytest.raises(Corrupt, match="R-8"):
        await pages.plan("R-8", "md")
    answer = text(await talk.hear(Asked(*talk.who("ana", HOME), verb="list")))
    assert "does not match the state: R-9, R-8" in answer


async def test_a_refused_plan_or_emergency_uses_up_no_number(talk: Talk) -> None:
    assert "WHY" not in text(await talk.ask("sam", "plan payments 2.4.1 at 15:00"))
    why = "checkout is down for all customers"
    assert "INC" not in text(await talk.ask("sam", f"breakglass payments 2.4.2 INC-204 {why}"))
    assert await talk.store.release_ids() == []
    await talk.ask("ana", "plan payments 2.4.1 at 15:00")
    assert await talk.store.release_ids() == ["R-1"]


async def test_hostile_text_is_only_text(talk: Talk) -> None:
    await talk.planned()
    before = await talk.release()
    for words in (
        "<!channel> @here",
        "'; DROP TABLE releases; --",
        "{0.__class__}",
        "\u202egnp.exe",
        "a" * 9000,
        "\x00",
    ):
        for verb in ("status", "evidence R-1", "list", "help", "plan", "answer", words[:20] or "x"):
            assert "Something went wrong" not in repr(await talk.ask("ana", f"{verb} {words}"))
        assert "Something went wrong" not in repr(await talk.say("ana", words))
    after = await talk.release()
    assert after.phase is before.phase
    assert after.consents == before.consents


async def test_no_second_plan_starts_beside_a_release_whose_record_is_corrupt(talk: Talk) -> None:
    await talk.planned()
    for corrupt in (True, False):
        async with talk.store.transaction() as connection:
            await connection.execute(sa.update(releases).values(corrupt=corrupt))
        said = text(await talk.ask("ana", "plan payments 2.5.0 to production tomorrow 15:00"))
        if corrupt:
            assert "The record of R-1 does not match its state." in said
            assert "nothing of its service is planned beside it" in said
            assert [r.id for r in await talk.store.releases()] == ["R-1"]
    assert [r.id for r in await talk.store.releases()] == ["R-2", "R-1"]
