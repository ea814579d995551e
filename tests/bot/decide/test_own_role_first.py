"""G27: who holds one of the open roles and is a deputy of another signs in their own, and reads how to give the other."""

from dataclasses import replace

from bot.decide.result import Decided
from bot.domain import commands as c
from bot.domain.consent import ConsentKind
from bot.domain.facts import Facts
from bot.domain.orders import Delegation
from bot.domain.people import Role
from bot.domain.release import Phase
from bot.messages import answers
from tests.bot.decide.test_decision_maker_signs import around, high
from tests.driver import REASON, Driver
from tests.world import START, actor, facts

SIGN, SO, LEAD = ConsentKind.SIGN_OFF, Role.SERVICE_OWNER, Role.ENGINEERING_LEAD
HELD = around({LEAD: ("mia",)}, {SO: ("mia",), LEAD: ("priya",)})
"""Mia leads the engineers and is a deputy of the service owner, whose place comes first in order."""


def answered(d: Driver, command: c.Command) -> str:
    done = d.do(command)
    assert isinstance(done, Decided), done
    return answers.decided(done, None).text


def signed(d: Driver) -> list[tuple[Role | None, str | None]]:
    return [(k.role, k.by) for k in d.state.consents if k.kind is SIGN and k.valid_at(d.now)]


def test_the_own_role_is_signed_before_one_that_is_held_as_a_deputy_and_the_answer_says_how_to_give_the_other() -> None:
    d = high(HELD)
    told = answered(d, c.Approve(actor("mia"), REASON, SIGN))
    assert signed(d) == [(LEAD, "mia")]
    assert told == (
        "Recorded: engineering lead sign-off. You could sign as service owner instead, and each person signs once: "
        "`/release withdraw R-1 <reason>`, then `approve as service owner <reason>`. It is bound to this plan; a later change of "
        "the plan voids it."
    )
    d.do(c.Withdraw(actor("mia"), "the lead's place is for Priya today"))
    told = answered(d, c.Approve(actor("mia"), REASON + " twice", SIGN, SO.value))
    assert told.startswith("Recorded, as deputy: service owner sign-off. You could sign as engineering lead instead")
    assert signed(d) == [(SO, "mia")]
    assert answered(d, c.Approve(actor("priya"), REASON, SIGN)).startswith(
        "Recorded, as deputy: engineering lead sign-off. It"
    )
    assert answered(d, c.Approve(actor("kai"), REASON, SIGN)).startswith("Recorded: on-call engineer sign-off. It")
    assert isinstance(d.do(c.Approve(actor("lena"), REASON, ConsentKind.RISK)), Decided)
    assert isinstance(d.go("lena"), Decided)
    assert d.phase() is Phase.CLEARED


def test_a_refusal_without_a_name_is_of_the_own_role_too() -> None:
    d = high(HELD)
    d.do(c.Decline(actor("mia"), REASON, SIGN))
    (said,) = [k for k in d.state.consents if k.kind is SIGN]
    assert (said.role, said.by) == (LEAD, "mia")


def test_a_delegate_signs_the_own_role_first_and_reads_for_whom_the_other_was_given() -> None:
    known: Facts = around({LEAD: ("mia",)}, {Role.ON_CALL: ("priya",)})
    known = replace(known, delegations=(Delegation("D-1", "lena", "kai", START),))
    d = high(known)
    assert answered(d, c.Approve(actor("kai"), REASON, SIGN)).startswith("Recorded: on-call engineer sign-off.")
    low = Driver(facts=replace(facts(), delegations=known.delegations)).ready()
    assert answered(low, c.Approve(actor("kai"), REASON, SIGN)).startswith("Recorded: peer sign-off. It")
    ended = high(known)
    assert answered(ended, c.Approve(actor("kai"), REASON, SIGN, SO.value)).startswith(
        "Recorded, for Lena: service owner sign-off."
    )
