"""What may go wrong in a world, and how often; rolled once for each world, so that some are calm and some are bad."""

from dataclasses import dataclass
from random import Random


class Died(BaseException):
    """The process died here. No `except Exception` may survive it, as none survives kill -9."""


class Struck(Exception):
    """A source that is down."""


@dataclass(frozen=True, slots=True)
class Chances:
    """Probabilities of one call. `can_look`: the platform answers look-backs at all. `health`: the watch has data at all."""

    timeout_before: float = 0.0
    timeout_after: float = 0.0
    throttled: float = 0.0
    blind: float = 0.0
    slow: float = 0.0
    rival: float = 0.0
    death: float = 0.0
    busy: float = 0.0
    source_down: float = 0.0
    twice: float = 0.0
    delayed: float = 0.0
    away: float = 0.0
    jump: float = 0.0
    gone: tuple[str, ...] = ()
    can_look: bool = True
    health: bool = True


def rolled(rng: Random) -> Chances:
    """The weather of one world."""

    def sometimes(most: float, share: float = 0.6) -> float:
        return rng.random() * most if rng.random() < share else 0.0

    return Chances(
        timeout_before=sometimes(0.15),
        timeout_after=sometimes(0.15),
        throttled=sometimes(0.2),
        blind=sometimes(0.3),
        slow=sometimes(0.3),
        rival=sometimes(0.2),
        death=sometimes(0.03),
        busy=sometimes(0.02),
        source_down=sometimes(0.5),
        twice=sometimes(0.4),
        delayed=sometimes(0.3),
        away=sometimes(0.06, 0.4),
        jump=sometimes(0.05, 0.2),
        gone=tuple(p for p in ("#payments", "#releases", "@kai", "@ana") if rng.random() < 0.08),
        can_look=rng.random() < 0.85,
        health=rng.random() < 0.7,
    )
