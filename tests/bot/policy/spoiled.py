"""For each rule a release that only this rule keeps from GO."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.consent import ConsentKind, ConsentState
from bot.domain.emergency import Emergency
from bot.domain.evidence import Kind, Standing
from bot.domain.facts import Facts, Neighbour, Rubric, Window
from bot.domain.release import Phase, Release
from tests.bot.policy.releases import attested, bare_of, consent, having, ready, serviced, without
from tests.world import NOW, START, drilled_rollback, facts, good_observations, observed

Spoiled = tuple[Release, Facts]
CHECKS: dict[str, Any] = dict.fromkeys(("tests", "coverage", "code_analysis", "security_scan"), "passed")
REPORT = "https://ci.acme.example/report"


DECLARED = Emergency("INC-204", "customers cannot pay", "ana", NOW, NOW + timedelta(days=2))
"""Nobody confirmed it."""


def _ci(**changes: Any) -> Release:  # noqa: ANN401 - whatever a source measures
    return having(ready(), observed(Kind.CI, NOW, **{"test_report": REPORT, **CHECKS, **changes}))


def _no_report() -> Spoiled:
    return having(ready(), observed(Kind.CI, NOW, **CHECKS)), facts()


def _final_data() -> Spoiled:
    given = attested(Kind.MIGRATION, facts={"dry_run": True, "backup": True})
    return replace(having(ready(), given, drilled_rollback(NOW, way="restore")), data_change="contract"), facts()


def _untested() -> Spoiled:
    return having(ready(), replace(drilled_rollback(NOW), facts={"tested": False})), facts()


def _target_gone() -> Spoiled:
    gone = observed(Kind.ROLLBACK_TARGET, NOW, Standing.FAILED, target="2.4.0", installable=False)
    return having(ready(), gone), facts()


def _monitoring_failed() -> Spoiled:
    bad = attested(Kind.MONITORING, at=NOW - timedelta(hours=1), source="audit", standing=Standing.FAILED)
    live = observed(Kind.MONITORING, NOW, has_data=True, firing=False)
    return having(ready(), bad, live), facts()


def _no_data() -> Spoiled:
    return having(ready(), observed(Kind.MONITORING, NOW, Standing.MISSING, has_data=False)), facts()


def _incident(severity: str, on: str) -> Spoiled:
    found = observed(Kind.DEPENDENCIES, NOW, Standing.FAILED, open_incident="INC-7", severity=severity, on=on)
    return having(ready(), found), facts()


def _frozen() -> Spoiled:
    window = Window(
        "f1", "payments", START - timedelta(hours=1), START + timedelta(hours=1), "year-end closing", "lena"
    )
    return ready(), facts(calendar=(window,))


def _clashing() -> Spoiled:
    other = Neighbour("R-9", "payments", "production", "2.4.2", Phase.PLANNED, START, "mia", "ben")
    return ready(), facts(neighbours=(other,))


def _rolling() -> Spoiled:
    return replace(ready(), strategy="rolling"), serviced(facts(), novelty="never", span="many")


def _critical() -> Spoiled:
    base = bare_of(facts(), Kind.FAILURE_MODES)
    rubric = Rubric(base.rubric.version, base.rubric.factors, bands=(1, 2, 3))
    return ready(), replace(base, rubric=rubric)


def _stale_ci() -> Spoiled:
    old = replace(observed(Kind.CI, NOW, test_report=REPORT, **CHECKS), dated=NOW - timedelta(hours=25))
    given = (*ready().consents, consent(ConsentKind.QA, "quinn", "qa"))
    return replace(having(ready(), old), consents=given), facts()


def _word_only() -> Spoiled:
    return having(ready(), attested(Kind.CAPACITY, url=None, dated=None)), bare_of(facts(), Kind.CAPACITY)


def _unverified_ci() -> Spoiled:
    given = (*ready().consents, consent(ConsentKind.QA, "quinn", "qa"))
    return replace(having(ready(), attested(Kind.CI)), consents=given), facts()


def _own_word() -> Spoiled:
    release = having(ready(), drilled_rollback(NOW, by="ana"))
    before = tuple(replace(c, at=NOW - timedelta(minutes=5)) for c in release.consents)
    return replace(release, consents=before), facts()


def _declared_away() -> Spoiled:
    alone = {"capacity": ("ana", "There is no load to speak of.")}
    return replace(ready(), not_applicable=alone), bare_of(facts(), Kind.CAPACITY)


def _refused() -> Spoiled:
    no = replace(consent(ConsentKind.SIGN_OFF, "priya", "product_owner"), state=ConsentState.DECLINED)
    return replace(ready(), consents=(*ready().consents, no)), facts()


def _voted_down() -> Spoiled:
    no = consent(ConsentKind.VOTE, "priya", "roll call", vote="no-go")
    return replace(ready(), consents=(*ready().consents, no)), facts()


SPOILED: Mapping[str, Callable[[], Spoiled]] = {
    "version_named": lambda: (replace(ready(), version=None), facts()),
    "artifact": lambda: (without(ready(), Kind.ARTIFACT), facts()),
    "documented": lambda: (without(ready(), Kind.NOTES), facts()),
    "owners": lambda: (replace(ready(), rollback_owner=None), facts()),
    "pipeline": lambda: (_ci(tests="failed"), facts()),
    "qa": _no_report,
    "migration": lambda: (replace(without(ready(), Kind.MIGRATION), data_change="expand"), facts()),
    "destructive": _final_data,
    "rollback_validated": _untested,
    "rollback_target": _target_gone,
    "monitoring": _monitoring_failed,
    "monitoring_live": _no_data,
    "dependencies": lambda: _incident("SEV3", "ledger"),
    "incidents": lambda: _incident("SEV2", "payments"),
    "start_known": lambda: (replace(ready(), start_at=None), facts()),
    "freeze": _frozen,
    "clash": _clashing,
    "staged_rollout": _rolling,
    "critical_alternative": _critical,
    "flags": lambda: (without(ready(), Kind.FLAGS), serviced(facts(), uses_flags=True)),
    "items": lambda: (ready(), bare_of(facts(), Kind.CAPACITY)),
    "stale": _stale_ci,
    "supported": _word_only,
    "verified_by_source": _unverified_ci,
    "confirmed": _own_word,
    "na_agreed": _declared_away,
    "declined": _refused,
    "votes": _voted_down,
    "sign_offs": lambda: (replace(ready(), consents=()), facts()),
    "breakglass": lambda: (replace(ready(), emergency=DECLARED), facts()),
}
"""By the name of the rule. `known_service` has none: without a service many rules refuse at once."""

GOOD = good_observations(NOW)
