"""What happens to the data (G6, G19)."""

from collections.abc import Iterable

from bot.domain.consent import ConsentKind
from bot.domain.evidence import Kind
from bot.domain.finding import Finding, Level, Result
from bot.policy.case import Case
from bot.policy.people import counting, risk_takers
from bot.policy.rules.item import by_standing, missing
from bot.policy.standing import needs_risk_consent

_SUBJECTS = {"migration": Kind.MIGRATION, "restore": Kind.ROLLBACK}


def migration(case: Case) -> Iterable[Finding]:
    """A data migration is compatible backwards, rehearsed in staging, and backed up where the data could be lost."""
    change, sight = case.data_change, case.sight(Kind.MIGRATION)
    if change == "none":
        if sight.fact("models_changed") and not sight.good:
            yield case.finding("migration_disputed", Result.WARN, Kind.MIGRATION, "G1")
        elif sight.declared:
            yield from by_standing(case, Kind.MIGRATION, "G1")
        else:
            yield case.finding("migration_none", Result.CLEAR, Kind.MIGRATION, "G1")
        return
    if change is None and not sight.good:
        yield missing(case, Kind.MIGRATION, "G1")
        return
    if change is None:
        yield case.finding("migration_unclassed", Result.MISSING, Kind.MIGRATION, "G19", how="add_migration")
        return
    if sight.good and sight.fact("dry_run") is False:
        yield case.finding(
            "migration_untested", Result.MISSING, Kind.MIGRATION, "G1", how="add_migration", change=change
        )
    elif sight.good and change != "expand" and sight.fact("backup") is False:
        yield case.finding("migration_no_backup", Result.MISSING, Kind.MIGRATION, "G1", how="add_backup", change=change)
    else:
        yield from by_standing(case, Kind.MIGRATION, "G1")


def destructive(case: Case) -> Iterable[Finding]:
    """G6: what destroys data or cannot be undone needs `Approve-Risk: <reason>`; accepted, it stays amber (G21)."""
    given = {c.subject: c for c in counting(case.release, case.facts, case.now, ConsentKind.RISK)}
    able = risk_takers(case.release, case.facts)
    for risk in needs_risk_consent(case.release, case.sights):
        kind = _SUBJECTS.get(risk, Kind.ROLLBACK)
        change = case.data_change or "UNKNOWN"
        if risk in given:
            by = case.name(given[risk].by)
            yield case.finding(
                f"risk_{risk}_accepted",
                Result.WARN,
                kind,
                "G6",
                level=Level.MUST,
                who=given[risk].by,
                by=by,
                reason=given[risk].reason,
                change=change,
            )
        else:
            yield case.finding(
                f"risk_{risk}_open",
                Result.MISSING,
                kind,
                "G6",
                level=Level.MUST,
                how="approve_risk" if able else "add_approver",
                who=able[0] if able else case.owner,
                consent=bool(able),
                change=change,
            )
