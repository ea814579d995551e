"""Rows that are no posts: commands that were due later, and sources that are to be asked (decisions 1 and 6).

The row's key is the request id and the receipt: a command whose worker died between commit and completion is recognised by
the service when it comes again, under whatever fence, and changes nothing.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from bot.decide.result import Refused
from bot.domain.commands import Command, RecordObservations
from bot.domain.errors import Conflict, Corrupt, UnknownSchema
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.people import SYSTEM
from bot.messages.effects import Gather, Later
from bot.outbox.receipts import again, done, ended
from bot.outbox.wiring import Parts
from bot.ports import Completion, Inquiry, Row, Subject

log = logging.getLogger(__name__)

CONFLICT_WAIT_S = 0.2

NOT_ASKED = "not_asked"
"""Why an item is unavailable where its source had no turn in time, because others were asked first."""

MOST_TURNS = 3
"""So often a source that had no turn is asked; then its items stay "not asked yet" until the next mark."""

EXPECTED: Mapping[str, Mapping[str, tuple[Kind, ...]]] = {
    "ci": {"": (Kind.CI,)},
    "scm": {"": (Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES)},
    "prometheus": {"": (Kind.MONITORING,), "watch": (Kind.HEALTH,)},
    "rollout": {"": (Kind.ROLLOUT,)},
    "registry": {"": (Kind.ROLLBACK_TARGET,)},
    "incidents": {"": (Kind.DEPENDENCIES,)},
    "health": {"": (Kind.HEALTH,)},
}
"""Role -> purpose ("" for any other) -> the kinds that stand as unavailable where the source could not be asked."""


async def command(parts: Parts, row: Row, effect: Later) -> Completion:
    """Do what was to be done at that time."""
    return await _guarded(parts, row, lambda: _handle(parts, row, effect.command))


async def gather(parts: Parts, row: Row, effect: Gather) -> Completion:
    """Ask a source and record what it saw; one that is down gives unavailable items: never green, never red."""

    async def ask() -> Completion:
        observed = await _observe(parts, effect)
        heard = RecordObservations(SYSTEM, effect.key, effect.source, observed, effect.purpose)
        crowded = any(one.facts.get("unavailable") == NOT_ASKED for one in observed)
        if not crowded or row.attempts >= MOST_TURNS:
            return await _handle(parts, row, heard)
        await parts.handle(row.release, heard, f"{row.key}~{row.attempts}")  # what was seen counts at once
        return again(row, parts.not_before(parts.settings.backoff_s(row.attempts)), NOT_ASKED)

    return await _guarded(parts, row, ask)


def unavailable(parts: Parts, effect: Gather, why: str) -> tuple[Evidence, ...]:
    """The items that this source would have given, standing as unavailable. `why`: not_configured, timeout, error."""
    purposes = EXPECTED.get(effect.role, {})
    kinds = purposes.get(effect.purpose, purposes.get("", ()))
    now = parts.clock.now()
    return tuple(
        Evidence(kind, Standing.UNAVAILABLE, effect.source, "bot", now, facts={"unavailable": why}) for kind in kinds
    )


async def _observe(parts: Parts, effect: Gather) -> tuple[Evidence, ...]:
    source = parts.sources.get(effect.source)
    of = await _subject(parts, effect.release)
    if source is None or of is None:
        return unavailable(parts, effect, "not_configured")
    timeout, now = parts.settings.http_timeout_s, parts.clock.now()
    inquiry = Inquiry(of.release, of.service, effect.role, effect.purpose, now, timeout, of.history)
    try:
        async with asyncio.timeout(timeout):
            return await source.gather(inquiry)
    except TimeoutError:
        log.warning("source %s did not answer within %s s", effect.source, timeout)
        return unavailable(parts, effect, "timeout")
    except Exception:
        log.exception("source %s could not be asked", effect.source)
        return unavailable(parts, effect, "error")


async def _subject(parts: Parts, release: str) -> Subject | None:
    if parts.subject is not None:
        return await parts.subject(release)
    loaded = await parts.reads.release(release)
    view = await parts.view(release, loaded.release.home) if loaded else None
    service = view.facts.service if view else None
    return Subject(view.release, service, view.facts.history) if view and service else None


async def _handle(parts: Parts, row: Row, wanted: Command) -> Completion:
    outcome = await parts.handle(row.release, wanted, row.key)
    decision = getattr(outcome, "decision", outcome)
    return done(row, f"refused: {decision.code}" if isinstance(decision, Refused) else "")


async def _guarded(parts: Parts, row: Row, work: Callable[[], Awaitable[Completion]]) -> Completion:
    """A conflict is tried again soon, any other error later and later, then given up: it fails, and doctor shows it."""
    try:
        return await work()
    except Conflict:
        return again(row, parts.not_before(CONFLICT_WAIT_S), "conflict", count_attempt=False)
    except (Corrupt, UnknownSchema) as error:
        log.exception("row %s: the release takes no further decision", row.key)
        return ended(row, "failed", parts.clock.now(), type(error).__name__)
    except Exception as error:
        log.exception("row %s could not be done (attempt %d)", row.key, row.attempts)
        if row.attempts >= parts.settings.attempts:
            return ended(row, "failed", parts.clock.now(), type(error).__name__)
        return again(row, parts.not_before(parts.settings.backoff_s(row.attempts)), type(error).__name__)
