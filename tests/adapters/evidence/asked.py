"""What a source is asked in a test: the release of the demo company, whose code stands in acme/shop."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.facts import Policy, Rubric
from bot.domain.links import Owner
from bot.domain.release import Phase, Release
from bot.domain.service import Service
from bot.policy.defaults import POLICY, RUBRIC
from bot.ports import Catalog, Inquiry
from tests.world import HOME, NOW, roster, service

_POLICY: Policy = POLICY
_RUBRIC: Rubric = RUBRIC


def catalog() -> Catalog:
    owners = {"github.com": Owner("gh", "github")}
    return Catalog({"payments": service()}, roster(), _POLICY, _RUBRIC, owners)


def release(**changes: object) -> Release:
    base = Release(
        id="R-1",
        service="payments",
        environment="production",
        version="1.2.3",
        phase=Phase.PLANNING,
        requested_by="ana",
        owner="ana",
        home=HOME,
        created_at=NOW - timedelta(minutes=1),
        time_zone="Europe/Berlin",
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # the tests name fields of Release


def entry(**changes: object) -> Service:
    base = replace(service(), repository="acme/shop", previous_version="1.2.2", history=())
    return replace(base, **changes)  # type: ignore[arg-type]  # the tests name fields of Service


def inquiry(
    role: str, *, of: Release | None = None, about: Service | None = None, purpose: str = "plan", at: datetime = NOW
) -> Inquiry:
    return Inquiry(of or release(), about or entry(), role, purpose, at)
