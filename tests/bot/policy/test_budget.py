"""The team's amber of 30 days: counted, shown, and beyond the limit one signature more (G21)."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.evidence import Kind
from bot.domain.facts import Facts
from bot.domain.finding import Verdict
from bot.domain.people import Role
from bot.domain.release import Band, Release
from bot.policy import judge
from bot.policy.budget import (
    accepted_of_team,
    accepted_since,
    last_accepted,
    over_budget,
    services_of_team,
    sign_off_roles,
)
from bot.policy.consents import wanted
from tests.bot.policy.releases import LATER, attested, consent, having, ready
from tests.world import NOW, START, facts, service

SINCE = NOW - timedelta(days=30)
LONG_AGO = SINCE - timedelta(seconds=1)
RISK = consent(ConsentKind.RISK, "lena", "migration")


def accepting(*consents: Consent) -> Release:
    return replace(ready(), consents=(*ready().consents, *consents))


def final() -> Release:
    """A release whose data change cannot be taken back, with all that it needs but the accepted risk."""
    base = replace(ready(), data_change="contract")
    return having(base, attested(Kind.MIGRATION, facts={"dry_run": True, "backup": True}))


def excepted(role: Role, by: str | None) -> Consent:
    state = ConsentState.VALID if by else ConsentState.REQUESTED
    base = consent(ConsentKind.EXCEPTION, by or "", "test:coverage", role)
    return replace(base, by=by, state=state, expires_at=START + timedelta(days=1))


def codes(release: Release, around: Facts) -> set[str]:
    return {f.code for f in judge(release, around, LATER).findings}


def test_what_was_accepted_and_held_for_a_time_counts_and_what_was_not_does_not() -> None:
    assert accepted_since(accepting(), SINCE) == 0
    assert accepted_since(accepting(RISK, consent(ConsentKind.EXCEPTION, "lena", "freeze")), SINCE) == 2
    assert accepted_since(accepting(replace(RISK, state=ConsentState.EXPIRED)), SINCE) == 1
    for state in (ConsentState.VOID, ConsentState.DECLINED, ConsentState.WITHDRAWN, ConsentState.REQUESTED):
        assert accepted_since(accepting(replace(RISK, state=state)), SINCE) == 0
    assert accepted_since(accepting(replace(RISK, at=LONG_AGO)), SINCE) == 0
    assert accepted_since(accepting(consent(ConsentKind.QA, "quinn", "qa")), SINCE) == 0


def test_the_exception_of_a_test_counts_once_and_only_with_both_signatures() -> None:
    owner, lead = excepted(Role.PRODUCT_OWNER, "priya"), excepted(Role.QA_LEAD, "quinn")
    assert accepted_since(accepting(owner, excepted(Role.QA_LEAD, None)), SINCE) == 0
    assert accepted_since(accepting(owner, lead), SINCE) == 1


def test_when_the_last_was_given() -> None:
    assert last_accepted(accepting()) is None
    assert last_accepted(accepting(RISK, replace(RISK, id="c9", at=LONG_AGO))) == LATER


def test_the_services_of_a_team_are_those_with_the_same_members() -> None:
    other = replace(service("search"), team=("sam",))
    services = {"payments": service(), "ledger": replace(service("ledger"), team=service().team[::-1]), "search": other}
    assert set(services_of_team(service(), services)) == {"payments", "ledger"}


def test_other_releases_and_this_one_are_counted_once_each() -> None:
    around = facts(accepted={"R-1": 2, "R-2": 1, "R-142": 1})
    assert accepted_of_team(accepting(RISK), around, LATER) == 4
    assert accepted_of_team(accepting(), around, LATER) == 3


def test_beyond_the_limit_the_engineering_lead_signs_too_and_then_it_is_go() -> None:
    spent = facts(accepted={"R-1": 3, "R-2": 2})
    lead = Role.ENGINEERING_LEAD
    without_lead = tuple(c for c in ready().consents if c.role is not lead)
    frozen = replace(ready(), consents=(*without_lead, consent(ConsentKind.EXCEPTION, "lena", "freeze")))
    assert sign_off_roles(frozen, facts(), LATER, Band.LOW) == (Role.PEER,)
    assert sign_off_roles(frozen, spent, LATER, Band.LOW) == (Role.PEER, lead)
    judged = judge(frozen, spent, LATER)
    assert judged.score.band is Band.LOW
    assert judged.verdict is Verdict.UNVERIFIED
    assert "accepted_over_budget" in codes(frozen, spent)
    open_now = wanted(replace(frozen, judgement=judged), spent, LATER)
    assert [(w.role, w.people) for w in open_now if w.kind is ConsentKind.SIGN_OFF] == [(lead, ("mia",))]
    signed = replace(frozen, consents=(*frozen.consents, consent(ConsentKind.SIGN_OFF, "mia", lead, lead)))
    assert judge(signed, spent, LATER).verdict is Verdict.GO


def test_it_is_asked_before_the_risk_is_accepted_and_never_of_a_release_without_one() -> None:
    spent = facts(accepted={"R-1": 5})
    assert over_budget(final(), spent, LATER)
    assert not over_budget(final(), facts(accepted={"R-1": 4}), LATER)
    assert not over_budget(ready(), facts(accepted={"R-1": 99}), LATER)
    assert "accepted_in_budget" in codes(ready(), spent)
    strict = replace(spent, policy=replace(spent.policy, accepted_limit=0), accepted={})
    assert over_budget(final(), strict, LATER)
