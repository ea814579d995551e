"""Exceptions of a freeze or a clash: what they cover, who signs them, and until when (G11)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.consent import Consent, ConsentKind
from bot.domain.evidence import Kind, Standing
from bot.domain.facts import Facts, Neighbour, Window
from bot.domain.finding import Verdict
from bot.domain.people import Role
from bot.domain.release import Phase, Release
from bot.policy import judge
from bot.policy.exceptions import asked_for, signers
from tests.bot.policy.releases import LATER, consent, having, ready
from tests.world import NOW, START, facts, observed


def verdict(release: Release, around: Facts) -> Verdict:
    return judge(release, around, LATER).verdict


def found(release: Release, code: str, around: Facts) -> bool:
    return any(f.code == code for f in judge(release, around, LATER).findings)


def closing(name: str, owner: str | None) -> Window:
    """A freeze over the start."""
    return Window(name, "production", START - timedelta(days=1), START + timedelta(days=1), "year-end closing", owner)


def given(by: str, what: str, covers: str = "") -> Consent:
    """A signed exception of this plan."""
    return replace(consent(ConsentKind.EXCEPTION, by, what), covers=covers, expires_at=START + timedelta(hours=1))


def holding(*consents: Consent) -> Release:
    """A release that is GO but for what these except."""
    return replace(ready(), consents=(*ready().consents, *consents))


@pytest.mark.parametrize("what", ["freeze", "clash", "dependency"])
def test_a_freeze_or_clash_is_excepted_until_the_exception_expires(what: str) -> None:
    window = closing("f", "lena")
    service = "ledger" if what == "dependency" else "payments"
    other = Neighbour("R-9", service, "production", "1.0", Phase.LIVE, None, "mia", None, started=True)
    around = facts(calendar=(window,)) if what == "freeze" else facts(neighbours=(other,))
    assert verdict(ready(), around) is Verdict.NO_GO
    subject = "freeze" if what == "freeze" else "clash"
    signed = given("lena", subject)
    excepted = holding(signed)
    assert verdict(excepted, around) is Verdict.GO
    assert judge(excepted, around, START + timedelta(hours=1)).verdict is Verdict.NO_GO
    short = replace(signed, expires_at=START + timedelta(minutes=29))
    assert found(holding(short), "exception_short", around)


def test_each_freeze_is_excepted_by_its_own_owner() -> None:
    around = facts(calendar=(closing("F-1", "lena"), closing("F-2", "priya")))
    blockers = asked_for(ready(), around, LATER, "freeze")
    assert [(b.names, b.people) for b in blockers] == [(("F-1",), ("lena",)), (("F-2",), ("priya",))]
    one = holding(given("lena", "freeze", "F-1"))
    assert verdict(one, around) is Verdict.NO_GO
    assert [b.names for b in asked_for(one, around, LATER, "freeze")] == [("F-2",)]
    assert verdict(holding(given("lena", "freeze", "F-1"), given("priya", "freeze", "F-2")), around) is Verdict.GO


def test_a_freeze_that_was_entered_later_is_not_covered() -> None:
    signed = holding(given("lena", "freeze", "F-1"))
    assert verdict(signed, facts(calendar=(closing("F-1", "lena"),))) is Verdict.GO
    assert verdict(signed, facts(calendar=(closing("F-1", "lena"), closing("F-3", "lena")))) is Verdict.NO_GO


def test_a_freeze_without_an_owner_who_may_sign_falls_to_the_decision_maker() -> None:
    for owner in (None, "ana", "release-bot"):
        assert signers(ready(), facts(calendar=(closing("F-1", owner),)), "freeze") == ("lena", "mia")
    assert signers(ready(), facts(calendar=(closing("F-1", "lena"),)), "freeze", besides=("lena",)) == ("mia",)


def test_a_freeze_of_a_dependency_is_signed_by_its_owner() -> None:
    frozen = replace(closing("F-9", "quinn"), scope="ledger")
    around = facts(calendar=(frozen,))
    assert verdict(ready(), around) is Verdict.NO_GO
    assert [b.people for b in asked_for(ready(), around, LATER, "freeze")] == [("quinn",)]
    assert verdict(holding(given("quinn", "freeze", "F-9")), around) is Verdict.GO


def test_a_clash_is_signed_by_the_owner_of_the_other_release_or_the_decision_maker() -> None:
    other = Neighbour("R-9", "payments", "production", "1.0", Phase.LIVE, None, "quinn", None, started=True)
    around = facts(neighbours=(other,))
    assert signers(ready(), around, "clash") == ("quinn", "lena", "mia")
    assert signers(ready(), facts(neighbours=(replace(other, owner="ana"),)), "clash") == ("lena", "mia")
    signed = holding(given("quinn", "clash", "R-9"))
    assert verdict(signed, around) is Verdict.GO
    assert verdict(signed, facts(neighbours=(other, replace(other, id="R-8")))) is Verdict.NO_GO


def test_two_signatures_of_two_requests_are_no_exception_of_a_check() -> None:
    """G5: both sign the same terms. Who signed another justification, owner or expiry did not sign this one."""
    checks = {"tests": "passed", "coverage": "failed", "code_analysis": "passed", "security_scan": "passed"}
    run = observed(Kind.CI, NOW, Standing.FAILED, **checks)

    def signed(by: str, role: Role, mitigation: str) -> Consent:
        return replace(given(by, "test:coverage"), role=role, owner="kai", requested_by="ana", mitigation=mitigation)

    first = signed("priya", Role.PRODUCT_OWNER, "Kai watches the refunds")
    other = signed("quinn", Role.QA_LEAD, "refunds are switched off")
    failing = having(holding(first, other), run)
    assert found(failing, "ci_check_failed", facts())
    same = replace(other, mitigation=first.mitigation)
    assert found(having(holding(first, same), run), "ci_check_excepted", facts())
