"""ports.Unit and ports.Reads count the accepted risks and exceptions of a team, on every database (G21)."""

from datetime import timedelta

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.events import ConsentEnded, ConsentGiven
from bot.store import Database
from tests.contracts.given import NOON, after, keep, plan_started


def given(number: int, kind: ConsentKind, subject: str, minutes: float) -> ConsentGiven:
    at = after(minutes)
    return ConsentGiven(at, Consent(f"c{number}", kind, subject, ConsentState.VALID, by="lena", at=at))


async def test_accepted_counts_each_release_of_the_services_since_an_instant(store: Database) -> None:
    risk, exception = ConsentKind.RISK, ConsentKind.EXCEPTION
    await keep(
        store, plan_started("R-1"), given(1, risk, "migration", 1), given(2, exception, "freeze", 9), release="R-1"
    )
    await keep(store, plan_started("R-2", "ledger"), given(1, risk, "restore", 5), release="R-2")
    await keep(store, plan_started("R-3", "web"), given(1, risk, "restore", 5), release="R-3")
    await keep(store, plan_started("R-4"), given(1, ConsentKind.SIGN_OFF, "peer", 5), release="R-4")
    team = ("payments", "ledger")
    assert await store.accepted(team, NOON) == {"R-1": 2, "R-2": 1}
    assert await store.accepted(team, after(9)) == {"R-1": 1}
    assert await store.accepted(team, after(9) + timedelta(seconds=1)) == {}
    assert await store.accepted((), NOON) == {}
    async with store.unit() as unit:
        assert await unit.accepted(("web",), NOON) == {"R-3": 1}


async def test_what_was_withdrawn_counts_no_more(store: Database) -> None:
    await keep(store, plan_started(), given(1, ConsentKind.RISK, "restore", 5))
    ended = ConsentEnded(after(6), "c1", "withdrawn", "lena", "the restore was never rehearsed")
    assert await store.accepted(("payments",), NOON) == {"R-1": 1}
    await keep(store, ended, version=1)
    assert await store.accepted(("payments",), NOON) == {}
