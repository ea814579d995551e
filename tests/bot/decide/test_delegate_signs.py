"""A delegate's sign-off from the card to the go: given as delegate, shown as that, and never by a hand in the release."""

from dataclasses import replace
from datetime import timedelta

from bot.decide.result import Decided
from bot.domain import commands as c
from bot.domain.consent import ConsentKind
from bot.domain.orders import Delegation
from bot.domain.people import Place, Role
from bot.domain.release import Phase
from bot.messages.answer_tables import roll_call
from bot.messages.cards.approval import approval
from bot.messages.view import View
from bot.policy import judge
from tests.bot.decide.test_decision_maker_signs import around, high
from tests.driver import REASON, Driver
from tests.golden.plain import visible
from tests.world import actor

SIGN = ConsentKind.SIGN_OFF
ROLES: dict[Role, tuple[str, ...]] = {
    Role.SERVICE_OWNER: ("priya",),
    Role.ON_CALL: ("kai",),
    Role.ENGINEERING_LEAD: ("mia",),
}


def delegated(d: Driver, of: str, to: str, hours: int = 48) -> Driver:
    d.facts = replace(d.facts, delegations=(Delegation("D-1", of, to, d.now + timedelta(hours=hours)),))
    return d


def seen(d: Driver) -> View:
    place = Place("sandbox", "#payments")
    return View(d.state, d.facts, judge(d.state, d.facts, d.now), d.now, place)


def test_a_delegate_signs_off_in_somebodys_place_and_the_release_reaches_its_go() -> None:
    d = high(around(ROLES))
    d.sign("lena", "a backup of the old table is kept", ConsentKind.RISK)
    quinn = c.Approve(actor("quinn"), REASON, SIGN, "on_call")
    assert d.refused(quinn) == "not_entitled"
    delegated(d, "kai", "quinn")
    assert "Quinn signs for Kai until" in visible(approval(seen(d)))
    assert isinstance(d.do(quinn), Decided)
    assert "Quinn for Kai" in visible(roll_call(seen(d)))
    assert "Quinn for Kai" in visible(approval(seen(d)))
    delegated(d, "kai", "quinn", hours=0)
    for who in ("priya", "mia"):
        assert isinstance(d.sign(who, kind=SIGN), Decided)
    assert isinstance(d.go("lena"), Decided), "what was signed in time stays when the delegation is over"
    assert d.phase() is Phase.CLEARED


def test_a_delegation_that_is_over_or_of_the_requester_lets_nobody_sign_until_somebody_entitled_does() -> None:
    d = high(around({**ROLES, Role.ON_CALL: ("ana", "kai")}))
    d.sign("lena", "a backup of the old table is kept", ConsentKind.RISK)
    quinn = c.Approve(actor("quinn"), REASON, SIGN, "on_call")
    assert d.refused(quinn) == "not_entitled"
    delegated(d, "kai", "quinn", hours=0)
    assert d.refused(quinn) == "not_entitled"
    delegated(d, "ana", "quinn")
    assert d.refused(quinn) == "not_entitled", "Ana asked for the release: she chooses nobody who approves it"
    assert isinstance(d.sign("kai", kind=SIGN, subject="on_call"), Decided)


def test_a_delegate_of_the_decision_maker_gives_no_go_and_takes_no_risk() -> None:
    d = delegated(high(around(ROLES)), "lena", "quinn")
    assert d.refused(c.Approve(actor("quinn"), REASON, ConsentKind.RISK)) == "not_entitled"
    d.sign("lena", "a backup of the old table is kept", ConsentKind.RISK)
    for who in ("priya", "kai", "mia"):
        d.sign(who, kind=SIGN)
    d.do(c.Vote(actor("quinn"), "go"))
    assert d.phase() is Phase.PLANNED
    assert isinstance(d.go("lena"), Decided)
    assert d.phase() is Phase.CLEARED
