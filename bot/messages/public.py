"""The public JSON of a release, schema 1: what API, board, exports and the signed GO record show (docs/reference)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.domain.consent import Consent
from bot.domain.evidence import Evidence
from bot.domain.facts import Facts
from bot.domain.finding import Finding
from bot.domain.release import Judgement, Phase, Release
from bot.domain.service import Strategy
from bot.messages.telling import finding_text, how_text
from bot.messages.times import stamp
from bot.policy.emergency import confirmed

SCHEMA = 1


class Announced(Protocol):
    """A post as the store knows it (ports.Announcement): its mark, where, when due, what became of it."""

    @property
    def mark(self) -> str:
        """T-30 … T+30, or the occasion."""

    @property
    def occasion(self) -> str:
        """CARD, T-30, ROLLBACK, …"""

    @property
    def schedule_revision(self) -> int | None:
        """The generation of the schedule, None outside it."""

    @property
    def n(self) -> int:
        """Which of several of the same occasion."""

    @property
    def audience(self) -> str:
        """team, stakeholders or direct."""

    @property
    def platform(self) -> str:
        """Where."""

    @property
    def place(self) -> str:
        """The platform's id of the place."""

    @property
    def due_at(self) -> datetime:
        """UTC."""

    @property
    def state(self) -> str:
        """A state of the outbox."""

    @property
    def sent_at(self) -> datetime | None:
        """UTC, None while not sent."""

    @property
    def message(self) -> str | None:
        """The platform's id of the message."""


def public_release(
    release: Release,
    facts: Facts,
    judgement: Judgement,
    now: datetime,
    announcements: Sequence[Announced] = (),
    ledger_events: int = 0,
    ledger_head: str = "",
) -> dict[str, Any]:
    """The document, JSON-ready: instants as ISO 8601 UTC, enumerations as their values, codes with their sentences.

    Persons are ids only (A6). `emergency` is null where nobody declared break-glass (G16).
    """
    return {
        "schema": SCHEMA,
        "id": release.id,
        "service": release.service,
        "version": release.version,
        "environment": release.environment,
        "phase": release.phase.value,
        "start_at": _when(release.start_at),
        "time_zone": release.time_zone,
        "owner": release.owner,
        "rollback_owner": release.rollback_owner,
        "requested_by": release.requested_by,
        "strategy": release.strategy,
        "canary_percent": _canary(release),
        "artifact": {"commit": release.commit, "digest": release.digest},
        "authors": list(release.authors),
        "verdict": judgement.verdict.value,
        "cleared": release.phase is Phase.CLEARED,
        "questions_asked": len(release.questions),
        "plan": {"revision": release.plan_revision, "hash": release.plan_hash},
        "schedule_revision": release.schedule_revision,
        "risk": _risk(judgement),
        "findings": [_finding(f) for f in judgement.findings],
        "evidence": [_evidence(e, now) for e in release.evidence],
        "consents": [_consent(c, now) for c in release.consents],
        "emergency": _emergency(release, facts, now),
        "announcements": [_announcement(a) for a in announcements],
        "ledger": {"events": ledger_events, "head": ledger_head},
    }


def _risk(judgement: Judgement) -> Mapping[str, Any]:
    score = judgement.score
    parts = {"inherent": score.inherent, "evidence_gap": score.gap}
    return {"score": score.score, "band": score.band.value, "rubric": score.rubric, "parts": parts}


def _finding(f: Finding) -> Mapping[str, Any]:
    """`consent`: it is open, and only a consent or a vote closes it (G26): no evidence is missing here."""
    return {
        "code": f.code,
        "result": f.result.value,
        "subject": f.subject,
        "level": f.level.value,
        "explanation": finding_text(f),
        "how": how_text(f) if f.how else None,
        "who": f.who,
        "consent": f.consent and f.open,
    }


def _evidence(e: Evidence, now: datetime) -> Mapping[str, Any]:
    return {
        "kind": e.kind.value,
        "standing": e.standing_at(now).value,
        "source": e.source,
        "url": e.url,
        "subject": e.subject,
        "observed_at": stamp(e.observed_at),
        "by": e.by,
        "stale_after": _when(e.stale_after),
    }


def _consent(c: Consent, now: datetime) -> Mapping[str, Any]:
    """An expiry counts at its instant, also where its alarm is late: what is over is not shown as valid.

    `on_behalf`: whose sign-off a delegate gave, null where nobody was stood in for.
    """
    over = c.state.value == "valid" and not c.valid_at(now)
    return {
        "id": c.id,
        "kind": c.kind.value,
        "subject": c.subject,
        "role": c.role.value if c.role else None,
        "by": c.by,
        "on_behalf": c.on_behalf,
        "vote": c.vote,
        "reason": c.reason,
        "at": _when(c.at),
        "plan_hash": c.plan_hash,
        "state": "expired" if over else c.state.value,
        "expires_at": _when(c.expires_at),
    }


def _emergency(release: Release, facts: Facts, now: datetime) -> Mapping[str, Any] | None:
    """`in_force`: a second person confirmed it for this very plan, and it is not over; only then it waives anything."""
    declared = release.emergency
    if declared is None:
        return None
    second, review = confirmed(release, facts, now), release.review
    return {
        "incident": declared.incident,
        "reason": declared.reason,
        "declared_by": declared.by,
        "declared_at": stamp(declared.at),
        "expires_at": stamp(declared.expires_at),
        "in_force": second is not None,
        "confirmed_by": second.by if second else None,
        "review": {
            "state": "written"
            if review
            else "overdue"
            if release.review_overdue
            else "owed"
            if release.started
            else "none",
            "due_at": _when(release.review_due_at),
            "by": review.by if review else None,
        },
    }


def _announcement(a: Announced) -> Mapping[str, Any]:
    return {
        "mark": a.mark,
        "occasion": a.occasion,
        "schedule_revision": a.schedule_revision,
        "n": a.n,
        "audience": a.audience,
        "platform": a.platform,
        "place": a.place,
        "due_at": stamp(a.due_at),
        "state": a.state,
        "sent_at": _when(a.sent_at),
        "message": a.message,
    }


def _canary(release: Release) -> int | None:
    """The first share of a canary, percent 0-100; None where it is no canary or has no steps."""
    canary = release.strategy == Strategy.CANARY.value
    return release.steps[0] if canary and release.steps else None


def _when(at: datetime | None) -> str | None:
    return stamp(at) if at is not None else None
