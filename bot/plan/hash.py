"""The plan hash (decision 11): what people commit to, and nothing that is only observed. Consents are bound to it (G8)."""

import hashlib
import json
from datetime import datetime
from typing import Any

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.facts import Facts
from bot.domain.release import Release
from bot.policy.factors import strategy_name
from bot.policy.standing import committed_change, way_back


def plan_hash(release: Release, facts: Facts, now: datetime) -> str:
    """SHA-256 in hexadecimal over canonical JSON of scope, digest, window, owners, strategy, thresholds, rollback, exceptions.

    Not in it: observations and their times, the score, wording, signatures. A move inside the start window keeps it. `now`
    tells which of several ways back is the one that counts, and which class of data change is known.
    """
    return hashlib.sha256(_text(committed(release, facts, now))).hexdigest()


def same_plan(release: Release, facts: Facts, now: datetime) -> bool:
    """True while what people committed to is what stands there now; the catalogue may have changed since the last look."""
    return plan_hash(release, facts, now) == release.plan_hash


def committed(release: Release, facts: Facts, now: datetime) -> dict[str, Any]:
    """What the hash covers, as plain JSON."""
    service = facts.service
    return {
        "schema": 1,
        "release": release.id,
        "service": release.service,
        "environment": release.environment,
        "version": release.version,
        "commit": release.commit,
        "digest": release.digest,
        "window": _window(release),
        "owner": release.owner,
        "rollback_owner": release.rollback_owner,
        "strategy": strategy_name(release.strategy),
        "steps": list(release.steps or (service.steps if service else ())),
        "thresholds": [
            [t.metric, t.limit, t.unit, t.above, t.minutes, *([t.success] if t.success is not None else [])]
            for t in (service.thresholds if service else ())
        ],
        "rollback": list(way_back(release, facts, now)),
        "data_change": committed_change(release, now),
        "exceptions": sorted(_exception(c) for c in release.consents if _requested(c)),
    }


def plan_parts(release: Release, facts: Facts, now: datetime) -> dict[str, str]:
    """What people commit to, field by field, each as a short digest: two of these tell which fields changed (G12)."""
    return {
        name: hashlib.sha256(_text(value)).hexdigest()[:12] for name, value in committed(release, facts, now).items()
    }


def _text(value: object) -> bytes:
    """Canonical JSON."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def _window(release: Release) -> str | list[str] | None:
    """The start window; of an emergency, which starts as soon as it can, the incident and until when it counts (G16)."""
    declared = release.emergency
    if declared is not None:
        return ["emergency", declared.incident, declared.by, declared.reason, declared.expires_at.isoformat()]
    return release.window_start.isoformat() if release.window_start else None


def _requested(c: Consent) -> bool:
    return c.kind is ConsentKind.EXCEPTION and c.state is not ConsentState.WITHDRAWN


def _exception(c: Consent) -> list[str]:
    asked = [c.subject, c.owner or "", c.expires_at.isoformat() if c.expires_at else ""]
    terms = [c.role.value if c.role else "", c.covers, c.justification, c.details, c.link, c.mitigation]
    return [*asked, *(terms if any(terms) else [])]
