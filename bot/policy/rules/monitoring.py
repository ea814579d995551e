"""Somebody would see it fail: dashboards and alerts exist, have data now, and are not already firing (G20)."""

from collections.abc import Iterable
from datetime import timedelta

from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.finding import Finding, Result
from bot.policy.case import Case
from bot.policy.rules.item import by_standing
from bot.policy.standing import STANDING_SOURCE

LIVE = timedelta(hours=24)
"""How old a look at the live metrics may be; each mark looks again 60 s before (G12)."""


def monitoring(case: Case) -> Iterable[Finding]:
    """Dashboards, and the alert that would show the failure, are active. One that fires already is a finding of G20."""
    sight = case.sight(Kind.MONITORING)
    if sight.standing is not Standing.FAILED or sight.fact("firing") is not True:
        yield from by_standing(case, Kind.MONITORING, "G1")
    looked = max((e for e in sight.all if "alerts" in e.facts), key=lambda e: e.observed_at, default=None)
    # Somebody's word for the dashboard would hide that the source sees nothing that could raise an alarm.
    if sight.standing is Standing.ATTESTED and looked is not None and looked.facts["alerts"] == 0:
        yield case.finding("monitoring_no_alert", Result.WARN, Kind.MONITORING, "G1", source=looked.source)


def monitoring_live(case: Case) -> Iterable[Finding]:
    """G20: monitoring has data now and is not firing; unchecked never passes."""
    kind = Kind.MONITORING
    seen = case.sight(kind).all
    firing = [e for e in (*seen, *case.sight(Kind.HEALTH).all) if e.facts.get("firing") is True]
    if firing:
        alert = str(firing[-1].facts.get("alert") or "UNKNOWN")
        yield case.finding("monitoring_firing", Result.BLOCKED, kind, "G20", how="clear_alert", alert=alert)
        return
    source = case.configured("prometheus")
    live = [e for e in seen if e.source not in {STANDING_SOURCE, "person"} or not source]
    looked = [e for e in live if e.source != STANDING_SOURCE and case.now - e.observed_at < LIVE]
    newest = max(looked, key=lambda e: e.observed_at, default=None)
    if newest is None:
        yield case.finding(
            "monitoring_unchecked",
            Result.MISSING,
            kind,
            "G20",
            how="source_back" if source else "add_monitoring",
            source=source or "UNKNOWN",
        )
    else:
        yield _seen(case, newest)


def _seen(case: Case, newest: Evidence) -> Finding:
    kind, source = Kind.MONITORING, newest.source
    standing = newest.standing_at(case.now)
    if newest.facts.get("has_data") is False or standing is Standing.FAILED:
        return case.finding("monitoring_no_data", Result.MISSING, kind, "G20", how="restore_metrics", source=source)
    # What else is missing, such as an alert, is a finding of the item itself.
    if standing in {Standing.VERIFIED, Standing.MISSING} and newest.facts.get("has_data") is True:
        return case.finding("monitoring_live", Result.CLEAR, kind, "G20", source=source)
    if standing is Standing.ATTESTED:
        return case.finding("monitoring_live_attested", Result.WARN, kind, "G20", by=case.name(newest.by))
    if standing is Standing.INCONCLUSIVE and newest.text:
        return case.finding(
            "monitoring_unclear", Result.INCONCLUSIVE, kind, "G20", how="measure_again", source=source, seen=newest.text
        )
    result = Result.PENDING if standing is Standing.PENDING else Result.UNAVAILABLE
    return case.finding("monitoring_unchecked", result, kind, "G20", how="source_back", source=source)
