"""Who agrees that a MUST does not apply agrees to the reason that stands there (G25)."""

from dataclasses import replace

from bot.decide.result import Decided
from bot.domain import commands as c
from bot.domain.consent import ConsentKind
from bot.domain.evidence import Kind
from tests.driver import Driver
from tests.world import actor, facts

WHY = "there is no load to speak of"


def is_open(d: Driver) -> bool:
    """True while another person has to agree."""
    judged = d.state.judgement
    return judged is not None and any(f.code == "capacity_na_unagreed" for f in judged.findings)


def test_another_reason_for_a_must_that_was_declared_away_is_agreed_to_again() -> None:
    known = facts()
    assert known.service is not None
    standing = tuple(s for s in known.service.standing if s.kind is not Kind.CAPACITY)
    d = Driver(facts=replace(known, service=replace(known.service, standing=standing))).ready()
    d.do(c.DeclareNotApplicable(actor("ana"), Kind.CAPACITY, WHY))
    assert is_open(d)
    assert isinstance(d.sign("kai", kind=ConsentKind.CONFIRM), Decided)
    assert not is_open(d)
    d.do(c.DeclareNotApplicable(actor("ana"), Kind.CAPACITY, WHY))
    assert not is_open(d)
    d.do(c.DeclareNotApplicable(actor("ana"), Kind.CAPACITY, "nobody looked at the capacity this time"))
    assert is_open(d)
    assert isinstance(d.sign("mia", kind=ConsentKind.CONFIRM), Decided)
    assert not is_open(d)
