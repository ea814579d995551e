"""The health endpoint of a service: its status, what it says of itself, and whether it is the version that is released."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from adapters.evidence.item import Facts, item, unavailable
from adapters.evidence.place import elsewhere
from adapters.evidence.rights import answers
from adapters.evidence.sites import credential, named, site_of
from adapters.evidence.source_kind import SourceKind
from adapters.http.answers import Seen, Unavailable
from adapters.http.bodies import JSON, is_type
from adapters.http.fetch import Remote, Transport
from adapters.http.sites import KIB
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.service import Service
from bot.ports import Check, Inquiry
from bot.ports.sources import SourceSettings

MOST: Final = 64 * KIB
LONGEST_S: Final = 3.0
OLDEST_S: Final = 60
"""An answer that a cache has kept for longer says nothing about now (header Age, seconds)."""

_SICK: Final = frozenset({"fail", "failed", "down", "error", "unhealthy", "out_of_service", "critical"})
_WELL: Final = frozenset({"pass", "ok", "up", "healthy", "warn", "true"})
_SERVER: Final = range(500, 600)
_WRONG: Final = range(400, 600)
_RIGHT: Final = range(200, 300)
_BAD: Final = frozenset({"not_found", "refused"})
"""What the service itself says. That our credential is refused (401, 403), or that it asks for patience, is no news of it."""

_FLAGS: Final = ("healthy", "ok", "success")
_SHORT: Final = 40
_LONGEST_VALUE: Final = 100


def health(settings: SourceSettings, transport: Transport) -> "HealthSource":
    """The source of those settings; `header` names the one that carries the token."""
    header = settings.options.get("header")
    headers = named(settings, header) if header else credential(settings)
    site = replace(site_of(settings, headers), most_bytes=MOST, timeout_s=min(settings.timeout_s, LONGEST_S))
    return HealthSource(settings.name, transport.remote(site))


KIND = SourceKind(
    "health",
    lambda settings, given: health(settings, given.transport),
    {"header": "the name of the header that carries the token"},
)


@dataclass(slots=True)
class HealthSource:
    """The health checks of services behind one address."""

    name: str
    remote: Remote

    async def gather(self, inquiry: Inquiry) -> tuple[Evidence, ...]:
        """One item. A check that fails is bad news; one that does not answer is none at all."""
        other = elsewhere(inquiry, self.name, Kind.HEALTH)
        if other is not None:
            return (other,)
        path = inquiry.service.evidence.get("health", "/healthz")
        answer = await self.remote.any(path, also=_SERVER)
        url = f"{self.remote.site.base.rstrip('/')}{path}"
        if isinstance(answer, Unavailable):
            if answer.code not in _BAD and answer.status not in _SERVER:
                return (unavailable(inquiry, self.name, Kind.HEALTH, answer),)
            text, status = f"{path} answers with {answer.status}", answer.status or 0
            return (self._item(inquiry, Standing.FAILED, url, text, {"healthy": False, "status": status}),)
        standing, text, facts = self._judged(inquiry, answer)
        if standing is not Standing.INCONCLUSIVE:
            facts["healthy"] = standing is Standing.VERIFIED
        return (self._item(inquiry, standing, url, f"{path}: {text}", facts),)

    async def checks(self, services: Sequence[Service]) -> Sequence[Check]:
        """Whether the check of each service answers; what it says is asked while a rollout runs."""
        paths = sorted({one.evidence.get("health", "/healthz") for one in services})
        found = await asyncio.gather(*(self.remote.any(path, also=_SERVER) for path in paths))
        worst = next((one for one in found if isinstance(one, Unavailable)), None)
        return [answers(self.name, worst)] if paths else []

    def _item(self, asked: Inquiry, standing: Standing, url: str, text: str, facts: Facts) -> Evidence:
        subject = asked.release.version if "version" in facts else None
        return item(asked, self.name, Kind.HEALTH, standing, url=url, subject=subject, text=text, facts=facts)

    def _judged(self, asked: Inquiry, seen: Seen) -> tuple[Standing, str, Facts]:
        facts: Facts = {"status": seen.status}
        said = _word(seen)
        if seen.status in _SERVER:
            return Standing.FAILED, f"answers with {seen.status}", facts
        if said is not None and said.partition(" (")[0] in _SICK:
            return Standing.FAILED, f"says {said}", facts
        untold = _untold(seen)
        if untold is not None:
            return Standing.INCONCLUSIVE, untold, facts
        age = seen.headers.get("age", "")
        if age.isascii() and age.isdigit() and int(age) > OLDEST_S:
            return Standing.INCONCLUSIVE, f"the answer is {age} s old: a cache gave it", facts
        if said is not None and said not in _WELL:
            return Standing.INCONCLUSIVE, f"says {said}, which is not known", facts
        pointer = asked.service.evidence.get("health_version")
        if pointer is None:
            return Standing.VERIFIED, said or f"answers with {seen.status}", facts
        return self._of_version(asked, seen, pointer, facts)

    def _of_version(self, asked: Inquiry, seen: Seen, pointer: str, facts: Facts) -> tuple[Standing, str, Facts]:
        """During a rollout both versions answer; the other one is healthy, and no news of this one."""
        found, version = _at(seen.data, pointer), asked.release.version
        if found is None:
            return Standing.INCONCLUSIVE, f"has no version at {pointer}", facts
        facts["version"] = found
        if version is None or found.removeprefix("v") != version.removeprefix("v"):
            return Standing.INCONCLUSIVE, f"version {found} answers, not {version or 'UNKNOWN'}", facts
        return Standing.VERIFIED, f"version {found} is well", facts


def _word(seen: Seen) -> str | None:
    """What the body says of itself: `{"status": "UP"}`, `{"healthy": false}`, or the one word `DOWN`; None: nothing."""
    data = seen.data
    if isinstance(data, dict):
        if any(data.get(name) is False for name in _FLAGS):
            return "unhealthy"
        said = data.get("status")
        if isinstance(said, int) and said in _WRONG:
            return f"error ({said})"
        return str(said).strip().casefold()[:_LONGEST_VALUE] if isinstance(said, str | bool) else None
    text = (data if isinstance(data, str) else seen.text).strip().casefold()
    return text if len(text) <= _SHORT and text in _SICK else None


def _untold(seen: Seen) -> str | None:
    """Why an answer with a good status still tells nothing: it is not the check that answers, or it cannot be read."""
    kind = seen.headers.get("content-type", "")
    if is_type(kind, ("text/html", "application/xhtml+xml")):
        return "answers with a web page, which may be a login page: the check has to answer with JSON, text or nothing"
    if is_type(kind, (JSON,)) and seen.text:
        return "its JSON cannot be read"
    said = seen.data.get("status") if isinstance(seen.data, dict) else None
    if said is None or isinstance(said, str | bool) or said in _RIGHT:
        return None
    shown = said if isinstance(said, int | float) else "a list or object"
    return f"its status is {shown}, no known word"


def _at(data: Any, pointer: str) -> str | None:  # noqa: ANN401 - what a foreign server sent
    """The value at a JSON pointer, as text."""
    for raw in pointer.strip("/").split("/"):
        name = raw.replace("~1", "/").replace("~0", "~")
        if isinstance(data, dict):
            data = data.get(name)
        elif isinstance(data, list) and name.isdigit() and int(name) < len(data):
            data = data[int(name)]
        else:
            return None
    return str(data)[:_LONGEST_VALUE] if isinstance(data, str | int | float) and not isinstance(data, bool) else None
