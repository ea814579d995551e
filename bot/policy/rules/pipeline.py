"""The pipeline passes, and QA confirms what it says (G2, G13)."""

from collections.abc import Iterable

from bot.domain.consent import ConsentKind
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.finding import Finding, Result
from bot.domain.people import Role
from bot.policy.case import Case
from bot.policy.people import candidates, counting, is_one_of
from bot.policy.rules.item import by_standing


def pipeline(case: Case) -> Iterable[Finding]:
    """G2: a pipeline that does not pass blocks, always; a required check that is absent is named missing."""
    sight = case.sight(Kind.CI)
    failed = _named(case, sight.all, "failed")
    if failed:
        names = ", ".join(failed)
        yield case.finding("ci_check_failed", Result.BLOCKED, Kind.CI, "G2", how="fix_pipeline", checks=names)
        return
    if sight.standing is Standing.FAILED:
        yield case.finding(
            "ci_failed", Result.BLOCKED, Kind.CI, "G2", how="fix_pipeline", source=_source(sight.evidence)
        )
        return
    yield from by_standing(case, Kind.CI, "G2")
    absent = _absent(case, sight.evidence) if sight.good and sight.evidence else ()
    if absent:
        names = ", ".join(absent)
        yield case.finding("ci_checks_absent", Result.MISSING, Kind.CI, "G2", how="add_checks", checks=names)


def qa(case: Case) -> Iterable[Finding]:
    """G13: QA confirms the test results, by a consent or by a test report that the bot checked."""
    given = counting(case.release, case.facts, case.now, ConsentKind.QA)
    report = case.sight(Kind.CI)
    if given and given[-1].by:
        yield case.finding("qa_confirmed", Result.CLEAR, Kind.QA, "G13", by=case.name(given[-1].by))
    elif report.standing is Standing.VERIFIED and report.fact("test_report"):
        yield case.finding("qa_report", Result.CLEAR, Kind.QA, "G13", source=_source(report.evidence))
    elif case.sight(Kind.QA).standing is Standing.VERIFIED or _by_qa(case):
        yield from by_standing(case, Kind.QA, "G13")
    else:
        able = candidates(case.release, case.facts, Role.QA_LEAD)
        yield case.finding(
            "qa_missing" if able else "qa_nobody",
            Result.MISSING,
            Kind.QA,
            "G13",
            how="qa" if able else "add_approver",
            consent=bool(able),
        )


def _by_qa(case: Case) -> bool:
    """True where the QA lead, and nobody with an interest in the release, vouches for the results."""
    sight = case.sight(Kind.QA)
    if sight.standing is not Standing.ATTESTED or sight.evidence is None:
        return False
    return is_one_of(case.facts.roster, sight.evidence.by, candidates(case.release, case.facts, Role.QA_LEAD))


def _named(case: Case, found: Iterable[Evidence], state: str) -> tuple[str, ...]:
    said = {c for one in found for c in case.facts.policy.required_checks if one.facts.get(c) == state}
    return tuple(_plain(c) for c in case.facts.policy.required_checks if c in said)


def _absent(case: Case, one: Evidence) -> tuple[str, ...]:
    """The required checks that it does not show as passed. A person who vouches speaks for all that are not named absent."""
    spoken = one.standing is Standing.ATTESTED
    return tuple(
        _plain(c)
        for c in case.facts.policy.required_checks
        if one.facts.get(c) != "passed" and not (spoken and c not in one.facts)
    )


def _plain(check: str) -> str:
    return check.replace("_", " ")


def _source(one: Evidence | None) -> str:
    return one.source if one else "UNKNOWN"
