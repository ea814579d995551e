"""The release that is asked about, the sources that are asked, and one look through all of them at once."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.evidence.index import evidence_sources
from adapters.http.fetch import Transport
from bot.domain.evidence import Evidence, Standing
from bot.domain.people import Place, Roster
from bot.domain.release import Phase, Release
from bot.domain.service import Service, Threshold
from bot.policy.defaults import POLICY, RUBRIC
from bot.ports import Catalog, EvidenceSource, Inquiry, SourceSettings

KINDS = ("prometheus", "prometheus", "prometheus", "registry", "registry", "kubernetes", "kubernetes", "kubernetes",
         "health", "health", "health")  # fmt: skip
ROLES = {"prometheus": "prometheus", "registry": "registry", "kubernetes": "rollout", "health": "health"}
NOW = datetime(2026, 11, 24, 15, 15, tzinfo=UTC)
SHOP = Service(
    "shop", "Shop", 1, "UTC", ("ana",), {}, previous_version="2.4.0", names={"namespace": "shop", "image": "acme/shop"},
    thresholds=tuple(Threshold(m, 5.0, "%", query=f"sum({m})") for m in ("errors", "p95", "p99")),
)  # fmt: skip
RELEASE = Release(
    id="R-1", service="shop", environment="production", version="2.4.1", phase=Phase.LIVE, requested_by="ana",
    owner="ana", home=Place("sandbox", "#x"), created_at=NOW, time_zone="UTC",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """One source, and what it is asked for."""

    role: str
    source: EvidenceSource

    async def gather(self, timeout_s: float = 10.0) -> tuple[Evidence, ...]:
        """What it saw of the release; `timeout_s`: when whoever asks gives up."""
        return await self.source.gather(Inquiry(RELEASE, SHOP, self.role, "watch", NOW, timeout_s))


def eleven(base: str, transport: Transport) -> Sequence[Asked]:
    """Eleven sources behind one address, each with connections of its own."""
    alerts = {"alertmanager": "alerts"}
    settings = {
        f"{kind}-{n}": SourceSettings(f"{kind}-{n}", kind, base, (), allow_private=True, timeout_s=9,
                                      options=alerts if kind == "prometheus" else {})
        for n, kind in enumerate(KINDS)
    }  # fmt: skip
    alertmanager = SourceSettings("alerts", "alertmanager", base, (), allow_private=True, timeout_s=9)
    made = made_of({**settings, "alerts": alertmanager}, transport)
    return [Asked(ROLES[settings[name].kind], one) for name, one in made.items()]


def made_of(settings: Mapping[str, SourceSettings], transport: Transport) -> Mapping[str, EvidenceSource]:
    """The sources of those settings, made as the bot makes them."""
    return evidence_sources(settings, transport, lambda: Catalog({"shop": SHOP}, Roster({}), POLICY, RUBRIC))


async def looked(every: Sequence[Asked]) -> int:
    """One release: all sources at once. Gives how many of them saw nothing."""
    return sum(map(saw_nothing, await asyncio.gather(*(one.gather() for one in every))))


def saw_nothing(items: Sequence[Evidence]) -> bool:
    """True where a source could not be asked."""
    return any(one.standing is Standing.UNAVAILABLE for one in items)
