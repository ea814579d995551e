"""Whether a source speaks of the place that is released to: the catalogue names one environment of a service."""

from adapters.evidence.item import item
from bot.domain.evidence import Evidence, Kind, Standing
from bot.ports import Inquiry


def elsewhere(asked: Inquiry, source: str, kind: Kind) -> Evidence | None:
    """The item for a release to another environment: what runs in production says nothing of staging. None: it is the one."""
    release, service = asked.release, asked.service
    if release.environment == service.environment:
        return None
    text = f"the catalogue says where {service.environment} is, and nothing of {release.environment}"
    return item(asked, source, kind, Standing.INCONCLUSIVE, text=text)
