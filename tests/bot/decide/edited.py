"""The part of the stateful model in which the operator edits the catalogue, whether anybody then looks at the release or not."""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.people import SYSTEM
from bot.domain.service import Threshold
from tests.driver import Driver


class Edited(RuleBasedStateMachine):
    """A release, and limits of its rollout that change under it (G8)."""

    def __init__(self) -> None:
        super().__init__()
        self.d = Driver()
        self.cleared_with = self.limits()

    def do(self, command: c.Command) -> None:
        """Decides; the model proper says what has to hold."""
        raise NotImplementedError

    def limits(self) -> tuple[Threshold, ...]:
        """As the catalogue has them now."""
        return self.d.facts.service.thresholds if self.d.facts.service else ()

    def starts_as_cleared(self, event: e.Event) -> None:
        """G8: a start counts as one with GO only under the limits that the GO was given for."""
        if isinstance(event, e.Cleared):
            self.cleared_with = self.limits()
        assert not isinstance(event, e.Started) or event.without_go or self.limits() == self.cleared_with

    @rule(limit=st.sampled_from([1.0, 9.0]), looked=st.booleans())
    def catalogue(self, limit: float, *, looked: bool) -> None:
        """Another limit of the error rate; the release is judged again, or not yet."""
        service = self.d.facts.service
        if service is not None:
            others = service.thresholds[1:]
            self.d.facts = replace(
                self.d.facts, service=replace(service, thresholds=(Threshold("error rate", limit, "%"), *others))
            )
        if looked:
            self.do(c.Judge(SYSTEM))
