"""The bot's own token: of a tenant, of many tenants, of a managed identity; kept to its end, fetched anew in time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import aiohttp
import pytest
from pydantic import SecretStr

from adapters.teams.connector import AGAIN_S, Connector, NoToken
from adapters.teams.options import TeamsOptions
from bot.clock import SimulatedClock
from bot.settings import Settings
from tests.adapters.teams_server import APP, SECRET, TENANT, Teams, teams_server
from tests.adapters.teams_world import options_of

GOVERNMENT = "https://login.botframework.azure.us/v1/.well-known/openidconfiguration"
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


class Moved(SimulatedClock):
    """Its seconds go as its instants do."""

    def monotonic(self) -> float:
        return self.now().timestamp()

    def real(self) -> datetime:
        return self.now()


class Registration:
    """The connector of a bot with that registration, and its clock."""

    def __init__(self, teams: Teams, options: TeamsOptions, session: aiohttp.ClientSession) -> None:
        self.teams = teams
        self.clock = Moved(NOW)
        self.connector = Connector(options, lambda: session, self.clock)

    async def after(self, seconds: float) -> str:
        self.clock.advance(timedelta(seconds=seconds))
        return await self.connector.token()


@asynccontextmanager
async def registered(**over: object) -> AsyncIterator[Registration]:
    async with teams_server() as teams, aiohttp.ClientSession() as session:
        told = {k: v.format(base=teams.base) if isinstance(v, str) else v for k, v in over.items()}
        yield Registration(teams, replace(options_of(teams), **told), session)  # type: ignore[arg-type]  # fields by name


async def test_a_token_is_kept_and_fetched_anew_before_it_ends() -> None:
    async with registered() as r:
        assert [await r.after(s) for s in (0, 3000, 250)] == ["bearer-1"] * 3
        assert await r.after(100) == "bearer-2", "five minutes before its end"
        assert r.teams.asked_of == [TENANT] * 2


async def test_where_no_new_token_is_given_the_old_one_serves_to_its_end() -> None:
    async with registered() as r:
        await r.after(0)
        r.teams.token_status = 503
        assert await r.after(3400) == "bearer-1"
        assert await r.after(1) == "bearer-1"
        assert r.teams.tokens == 2, "the authority is not asked with every message"
        with pytest.raises(NoToken):
            await r.after(250)
        r.teams.token_status = 200
        assert await r.after(AGAIN_S) == f"bearer-{r.teams.tokens}"


@pytest.mark.parametrize(
    ("life", "kept_s"),
    [
        ({"expires_in": "86399", "expires_on": "1"}, 86_000),
        ({"expires_on": str(int(NOW.timestamp()) + 7200)}, 6_800),
        ({}, 200),
    ],
)
async def test_a_token_says_its_end_in_seconds_or_as_an_instant_or_not_at_all(
    life: dict[str, str], kept_s: float
) -> None:
    async with registered() as r:
        r.teams.token_life = life
        assert await r.after(0) == await r.after(kept_s) == "bearer-1"
        assert await r.after(200) == "bearer-2"


async def test_a_registration_of_many_tenants_asks_microsoft_s_own_tenant() -> None:
    async with registered(kind="multi", tenant="", tenants=("a", "b")) as r:
        assert await r.after(0) == "bearer-1"
        assert r.teams.asked_of == ["botframework.com"]


@pytest.mark.parametrize(
    ("keys", "kind", "framework", "authority"),
    [
        (None, "multi", "https://api.botframework.com", "botframework.com"),
        (None, "single", "https://api.botframework.com", TENANT),
        (GOVERNMENT, "multi", "https://api.botframework.us", "MicrosoftServices.onmicrosoft.us"),
        (GOVERNMENT, "single", "https://api.botframework.us", TENANT),
    ],
)
def test_each_cloud_has_its_own_issuer_and_authority(
    keys: str | None, kind: Literal["single", "multi"], framework: str, authority: str
) -> None:
    options = TeamsOptions(app_id=APP, tenant=TENANT, kind=kind)
    options = replace(options, openid_url=keys) if keys else options
    assert (options.framework, options.authority) == (framework, authority)


async def test_a_managed_identity_asks_the_machine_and_sends_no_secret() -> None:
    async with registered(kind="msi", secret=None, identity_url="{base}/metadata/identity/oauth2/token") as r:
        r.teams.token_life = {"expires_in": "86399", "expires_on": "1795770000", "token_type": "Bearer"}
        assert await r.after(0) == "bearer-1"
        assert r.teams.asked_of == ["metadata"]


async def test_a_managed_identity_of_a_container_sends_the_header_that_its_machine_was_given() -> None:
    async with registered(kind="msi", identity_url="{base}/msi/token", identity_header=SecretStr("wrong")) as r:
        with pytest.raises(NoToken, match="invalid_client"):
            await r.after(0)
    async with registered(kind="msi", identity_url="{base}/msi/token", identity_header=SecretStr(SECRET)) as r:
        r.teams.token_life = {"expires_on": str(int(NOW.timestamp()) + 3600)}
        assert await r.after(0) == await r.after(3000) == "bearer-1"
        assert r.teams.asked_of == ["container"]


def test_azure_s_own_variables_say_where_the_identity_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def made() -> Settings:
        return Settings(teams_app_id=APP, teams_app_type="msi", teams_tenant=TENANT)

    assert made().teams_identity == ("http://169.254.169.254/metadata/identity/oauth2/token", None)
    monkeypatch.setenv("IDENTITY_ENDPOINT", "http://127.0.0.1:41/msi/token")
    assert made().teams_identity[0].startswith("http://169.254."), "the endpoint alone serves another kind of machine"
    monkeypatch.setenv("IDENTITY_HEADER", "h")
    assert made().teams_identity == ("http://127.0.0.1:41/msi/token", SecretStr("h"))
    monkeypatch.setenv("T_MINUS_TEAMS_IDENTITY_URL", "http://127.0.0.1:42/token")
    assert made().teams_identity == ("http://127.0.0.1:42/token", None)
