"""One foreign system that is asked for evidence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.evidence import Evidence
from bot.domain.facts import Policy, Rubric
from bot.domain.links import Owners
from bot.domain.people import Roster
from bot.domain.release import Release
from bot.domain.service import Outcome, Service


@dataclass(frozen=True, slots=True)
class Subject:
    """The release as it stands, its catalogue entry, and how earlier releases of the service ended, newest first."""

    release: Release
    service: Service
    history: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What a source is asked about. `history`: how earlier releases of the service ended, newest first.

    `purpose`: plan, recheck, watch; or link: what do the links speak of that people gave?
    """

    release: Release
    service: Service
    role: str
    purpose: str
    now: datetime
    timeout_s: float = 10.0
    history: tuple[Outcome, ...] = ()


class EvidenceSource(Protocol):
    """One foreign system. A source that is down answers with items that stand as unavailable, or raises: both are kept."""

    name: str

    async def gather(self, inquiry: Inquiry) -> tuple[Evidence, ...]:
        """What it saw."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """Services, people, policy and rubric, as in force now; `owners`: which source looks up the links of which host."""

    services: Mapping[str, Service]
    roster: Roster
    policy: Policy
    rubric: Rubric
    owners: Owners = field(default_factory=dict)


CatalogReader = Callable[[], Catalog]
"""Gives the catalogue in force; a bad file never replaces a good one."""
