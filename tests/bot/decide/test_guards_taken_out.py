"""Each guard is carried by itself: an attack that the laws refuse succeeds as soon as that guard alone is taken out."""

from collections.abc import Mapping
from dataclasses import fields, replace

import pytest

from bot.decide import guards
from bot.decide.laws import LAWS, Laws
from bot.decide.result import Decided
from bot.domain import commands as c
from bot.domain.evidence import Kind
from bot.domain.people import ActorKind
from tests.bot.decide.taken_out import Attack, stopped_by_it_alone
from tests.driver import Driver
from tests.world import actor, facts


def _stranger(d: Driver) -> bool:
    d.ready()
    guest = replace(actor("visitor"), kind=ActorKind.GUEST)
    with_right = replace(d.facts, service=replace(d.facts.services["payments"], team=("ana", "kai", "visitor")))
    d.facts = with_right
    return isinstance(d.do(c.Hold(guest, "I do not like it")), Decided)


def _bot(d: Driver) -> bool:
    d.signed()
    d.facts = replace(d.facts, service=replace(d.facts.services["payments"], team=("ana", "kai", "release-bot")))
    return isinstance(d.do(c.Vote(actor("release-bot"), "go")), Decided)


def _without_right(d: Driver) -> bool:
    d.live()
    return isinstance(d.do(c.Hold(actor("sam"), "support does not like it")), Decided)


def _after_the_end(d: Driver) -> bool:
    d.live()
    d.do(c.Finish(actor("ana")))
    return isinstance(d.do(c.DeclareNotApplicable(actor("kai"), Kind.FLAGS, "no flag is in this change")), Decided)


def _own(d: Driver) -> bool:
    d.signed()
    return isinstance(d.do(c.Vote(actor("ana"), "go")), Decided)


def _old_button(d: Driver) -> bool:
    d.signed()
    d.do(c.Amend(actor("ana"), "steps", "5, 100"))
    d.sign("kai")
    return isinstance(d.do(c.Vote(actor("lena"), "go", revision=1)), Decided)


ATTACKS: Mapping[str, Attack] = {
    "known_person": _stranger,
    "bots_never_approve": _bot,
    "has_right": _without_right,
    "not_ended": _after_the_end,
    "own_release": _own,
    "current_button": _old_button,
}


@pytest.mark.parametrize("name", [g.__name__ for g in LAWS.guards])
def test_each_guard_alone_stops_its_attack(name: str) -> None:
    assert name in ATTACKS, f"give the guard {name} an attack that it alone stops, in ATTACKS of this file"
    without = Laws(guards=tuple(g for g in LAWS.guards if g.__name__ != name))
    stopped_by_it_alone(f"the guard {name} (bot/decide/guards.py)", ATTACKS[name], without)


def test_every_guard_has_its_attack() -> None:
    gone = ATTACKS.keys() - {g.__name__ for g in LAWS.guards}
    assert not gone, f"take these out of ATTACKS, or put the guards back into Laws (bot/decide/laws.py): {sorted(gone)}"
    assert {f.name for f in fields(Laws)} == {"guards", "judge", "good_reason"}, (
        "a new part of Laws needs its own test here"
    )


def test_without_the_guard_of_reasons_boilerplate_would_do() -> None:
    command = c.Approve(actor("kai"), "lgtm")
    assert Driver().ready().refused(command) == "reason_short"
    lax = replace(LAWS, good_reason=lambda *_: None)
    assert Driver(laws=lax).ready().refused(command) == ""
    assert guards.good_reason(None, c.Hold(actor("kai"), ""), facts(), Driver().now) is None
