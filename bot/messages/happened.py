"""What a reaction is given, and how it writes a post that is due now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.facts import Facts
from bot.domain.people import Place
from bot.domain.release import Release
from bot.messages import keys
from bot.messages.effects import Effect, Post, ReviseOccasion, Routes
from bot.timeline.marks import T_5, T_30


@dataclass(frozen=True, slots=True)
class Happened:
    """What a reaction is given: the state after all events of the decision, and where people are reached."""

    before: Release | None
    after: Release
    facts: Facts
    routes: Routes
    now: datetime

    def team(self) -> tuple[Place, ...]:
        """Where the release team reads: the service's channels, and where planning was asked for."""
        return tuple(dict.fromkeys((*self.routes.team, self.after.home)))

    def post(
        self,
        occasion: str,
        place: Place,
        card: str,
        *,
        audience: str = "team",
        n: int = 1,
        params: Mapping[str, str] | None = None,
        in_thread: bool = False,
        useful_for: timedelta | None = None,
    ) -> Post:
        """A post that is due now."""
        revision = self.after.schedule_revision
        return Post(
            key=keys.post(self.after.id, revision, occasion, n, audience, place),
            release=self.after.id,
            occasion=occasion,
            audience=audience,
            place=place,
            due_at=self.now,
            card=card,
            useful_until=self.now + useful_for if useful_for else None,
            params=params or {},
            n=n,
            parent=keys.card(self.after.id, place) if in_thread else None,
        )

    def approval_cards(self) -> Iterator[Effect]:
        """Draw anew what carries the buttons of the decision: the requests, their reminders, T-30 and T-5 (G22)."""
        for occasion in ("APPROVAL", "REMINDER", T_30, T_5):
            yield ReviseOccasion(self.after.id, occasion, self.now)

    def stakeholders_heard(self) -> bool:
        """True once a post to stakeholders was due in any generation of the schedule, or an emergency was broadcast."""
        start = (self.before.start_at if self.before else None) or self.after.start_at
        told = self.after.started or self.after.emergency is not None
        return told or (start is not None and self.now >= start)
