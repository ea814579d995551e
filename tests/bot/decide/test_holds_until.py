"""What is said of a release stays the same for as long as the instant says in which it was worked out: in any state of any."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta

from hypothesis import Phase as Phases
from hypothesis import seed as seeded
from hypothesis import settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from bot.domain.passing import Length, Passing
from bot.messages.heard import Asked
from bot.messages.view import View
from bot.ports import Catalog
from flows.context import Context
from flows.index import VERBS
from tests.bot.decide.test_model import STEPS, Model
from tests.world import HOME, actor

LOOKS = tuple(verb for verb in VERBS.values() if verb.reads_only and not verb.needs and verb.of_release)
"""The first of them is `status`."""
LIVES = 16
_INSTANT = timedelta(microseconds=1)


class Looked(Model):
    """After each act everybody looks, and looks again when nothing but time went by."""

    longest = timedelta(0)
    said = 0

    @invariant()
    def what_was_said_holds_until(self) -> None:
        """Just before the instant that was noted, and in the middle."""
        if self.d.release is None:
            return
        number = len(self.d.done)
        at = self.d.now + timedelta(seconds=number * 7919 % 60, microseconds=number * 104729 % 10**6)
        for verb in (LOOKS[0], LOOKS[1 + number % (len(LOOKS) - 1)]):
            now = Passing.present(at)
            told = self.told(verb.name, now)
            until = now.until.at
            assert not list(passing_in(told)), f"{verb.name} shows what goes on"
            for later in (until - _INSTANT, at + (until - at) / 2):
                if later > at:
                    assert self.told(verb.name, later) == told, (
                        f"{verb.name} at {later}, worked out at {at}, until {until}"
                    )
            type(self).longest = max(self.longest, until - at)
            type(self).said += until > at

    def told(self, name: str, now: datetime) -> object:
        """What that verb answers then."""
        d = self.d
        judged = d.laws.judge(d.state, d.facts, now)
        view = View(release=d.state, facts=d.facts, judgement=judged, now=now, place=HOME)
        catalog = Catalog(d.facts.services, d.facts.roster, d.facts.policy, d.facts.rubric)
        verb = next(v for v in LOOKS if v.name == name)
        return verb.step(Asked(actor("ana"), HOME, "r", d.now, verb=name, words=""), Context(catalog, now, view))


def test_what_is_said_holds_as_long_as_its_instant_says() -> None:
    assert LOOKS[0].name == "status"
    assert {"status", "full_plan", "rollcall", "preview"} <= {verb.name for verb in LOOKS}
    phases = [p for p in Phases if p is not Phases.explain]
    every = settings(deadline=None, max_examples=LIVES, stateful_step_count=1 + STEPS, phases=phases)
    run_state_machine_as_test(seeded(11)(Looked), settings=every)
    assert Looked.said > 200
    assert Looked.longest > timedelta(seconds=50)


def passing_in(value: object) -> Iterator[object]:
    """Instants and lengths that go on, anywhere inside."""
    if isinstance(value, Passing | Length):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from passing_in(one)
    elif isinstance(value, tuple | list | frozenset | set):
        for one in value:
            yield from passing_in(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from passing_in(getattr(value, field.name))
