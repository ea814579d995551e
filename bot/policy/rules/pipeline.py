"""The pipeline passes, or its failed check is excepted (G2, G5); QA confirms what it says (G13)."""

from collections.abc import Iterable

from bot.domain.consent import Consent, ConsentKind
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.finding import Finding, Result
from bot.policy.case import Case
from bot.policy.exceptions import TEST, excepted_check, failed_checks
from bot.policy.people import counting, entitled, qa_people
from bot.policy.rules.expiry import too_short
from bot.policy.rules.item import by_standing, date_of


def pipeline(case: Case) -> Iterable[Finding]:
    """G2: a pipeline that does not pass blocks, always; a required check that is absent is named missing.

    G5: a failed check whose exception holds is amber. It covers that check alone: all others have to be shown as passed.
    """
    sight = case.sight(Kind.CI)
    failed = failed_checks(case.facts, case.sights)
    excepted = {c: excepted_check(case.release, case.facts, case.now, c) for c in failed}
    blocking = [_plain(c) for c, given in excepted.items() if not given]
    if blocking:
        names = ", ".join(blocking)
        yield case.finding("ci_check_failed", Result.BLOCKED, Kind.CI, "G2", how="except_test", checks=names)
        yield from too_short(case, TEST)
        return
    if sight.standing is Standing.FAILED and not failed:
        yield case.finding(
            "ci_failed", Result.BLOCKED, Kind.CI, "G2", how="fix_pipeline", source=_source(sight.evidence)
        )
        return
    for check, given in excepted.items():
        yield _excepted(case, check, given)
    failing = sight.evidence if sight.standing is Standing.FAILED else None
    if failing is not None:
        yield from _failed_but_excepted(case, failing)
    else:
        yield from by_standing(case, Kind.CI, "G2")
    seen = sight.evidence if sight.good else failing
    absent = _absent(case, seen, failed) if seen else ()
    if absent:
        names = ", ".join(absent)
        yield case.finding("ci_checks_absent", Result.MISSING, Kind.CI, "G2", how="add_checks", checks=names)


def _excepted(case: Case, check: str, given: tuple[Consent, ...]) -> Finding:
    """Amber, until the exception expires; then the check blocks again by itself."""
    first = given[0]
    said = {
        "checks": _plain(check),
        "by": " and ".join(case.name(c.by) for c in given),
        "until": f"{first.expires_at:%Y-%m-%d %H:%M} UTC" if first.expires_at else "UNKNOWN",
        "owner": case.name(first.owner),
        "mitigation": first.mitigation or "UNKNOWN",
    }
    return case.finding("ci_check_excepted", Result.WARN, Kind.CI, "G5", who=first.owner, params=said)


def _failed_but_excepted(case: Case, one: Evidence) -> Iterable[Finding]:
    """The exception lifts the failed check, and nothing else: the run itself has to be fresh, and seen by the source."""
    source, fresh = case.configured("ci"), case.facts.policy.freshness.get(Kind.CI)
    if source and one.by != "bot":
        said = {"source": source, "by": case.name(one.by)}
        yield case.finding("ci_unverified", Result.MISSING, Kind.CI, "G24", how="source_confirms", params=said)
    elif fresh is not None and case.now >= (one.dated or one.observed_at) + fresh:
        yield case.finding("ci_stale", Result.MISSING, Kind.CI, "G12", how="add_ci", date=date_of(case, Kind.CI))


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
        able = qa_people(case.release, case.facts, case.now)
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
    return entitled(sight.evidence.by, qa_people(case.release, case.facts, case.now))


def _absent(case: Case, one: Evidence, failed: tuple[str, ...]) -> tuple[str, ...]:
    """The required checks that it does not show as passed. A person who vouches speaks for all that are not named absent."""
    spoken = one.standing is Standing.ATTESTED
    return tuple(
        _plain(c)
        for c in case.facts.policy.required_checks
        if one.facts.get(c) != "passed" and c not in failed and not (spoken and c not in one.facts)
    )


def _plain(check: str) -> str:
    return check.replace("_", " ")


def _source(one: Evidence | None) -> str:
    return one.source if one else "UNKNOWN"
