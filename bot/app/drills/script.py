"""What a drill is made of: steps, with what persons and demo sources do in each. Scripts are values; the director plays them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.domain.consent import ConsentState
from bot.domain.release import Phase, Release


@dataclass(frozen=True, slots=True)
class Say:
    """That person types it. {release}, {service}, {version}, {start}, {later} and {today} are filled in."""

    person: str
    words: str


@dataclass(frozen=True, slots=True)
class Press:
    """That person presses the newest button of that id which stands on a card of this release."""

    person: str
    button: str


@dataclass(frozen=True, slots=True)
class Fill:
    """The same person sends off the form that opened last."""

    person: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """What a demo source answers from now on, for the service of the drill; an empty set resets it."""

    name: str
    given: Mapping[str, object] = field(default_factory=dict)


Act = Say | Press | Fill | Source
Until = Callable[[Release], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """`at`: minutes from the planned start, to which the clock is turned first. `away`: minutes before it that the bot is away.

    `until`: true once the step is done, whoever did it; without it the step is done when the clock is there.
    """

    at: int
    acts: tuple[Act, ...] = ()
    until: Until | None = None
    away: int = 0


@dataclass(frozen=True, slots=True)
class Drill:
    """A script. `lead`: how many minutes before the start it begins. `drilled`: the way back was tested lately.

    `of`: the service itself, instead of one made for the rehearsal: the tour is a real release. `stage`: what that one is called,
    where it is not the drill's name.
    """

    name: str
    steps: tuple[Step, ...]
    lead: int = 60
    drilled: bool = True
    of: str = ""
    stage: str = ""


def planned(release: Release) -> bool:
    """The verdict is given: nothing is asked and no source is awaited any more."""
    return release.phase is not Phase.PLANNING


def asked(release: Release) -> bool:
    """A question is open, or the verdict is given."""
    return release.open_question is not None or planned(release)


def in_phase(*phases: Phase) -> Until:
    """It is in one of these phases."""
    return lambda release: release.phase in phases


def consented(*people: str) -> Until:
    """Each of them gave a consent that is valid."""

    def given(release: Release) -> bool:
        return set(people) <= {c.by for c in release.consents if c.state is ConsentState.VALID}

    return given


WHY = "I read the drill of the way back and the limits of the canary"
PLAN = Step(
    -60,
    (Say("ana", "/release plan {service} {version} to production at {start} canary 10% no data change"),),
    planned,
)
SIGN = Step(-50, (Say("kai", f"/release approve {{release}} {WHY}"),), consented("kai"))
GO = Step(-45, (Say("lena", "/release go {release}"),), in_phase(Phase.CLEARED))
START = Step(0, (Say("ana", "/release start {release}"),), in_phase(Phase.LIVE))
READY = (PLAN, SIGN, GO)
"""An uneventful way to a release that is cleared."""
