"""An attack that one gate alone stops: refused with all laws, and through as soon as that gate is taken out."""

from collections import Counter
from collections.abc import Callable

from bot.decide.laws import Laws
from bot.decide.result import Decision, Refused
from tests.driver import Driver

Attack = Callable[[Driver], bool]
"""True: it got through."""


def stopped_by_it_alone(gate: str, attack: Attack, without: Laws) -> None:
    """Fails with the gate, what was done step by step, and what to do. `without`: all laws but that gate."""
    whole, lacking = Driver(), Driver(laws=without)
    assert not attack(whole), (
        f"the attack got through: {gate} does not stop it any more, and nothing else does. Mend the gate; where the attack "
        f"is now allowed on purpose, give the gate another one. What was done:{_told(whole)}"
    )
    assert attack(lacking), (
        f"the attack is stopped also without {gate}, so it says nothing of it: something else refuses one of these steps, or the "
        f"release does not get as far as it should. Change the attack so that this gate alone is in its way:{_told(lacking)}"
    )


def _told(driver: Driver) -> str:
    lines = [
        f"{at:%d %b %H:%M} {type(command).__name__} by {command.actor.person or 'nobody'}: {_came(decision)}; {phase}"
        for at, command, decision, phase in driver.done
    ]
    return "".join(f"\n  {line}" for line in lines)


def _came(decision: Decision) -> str:
    if isinstance(decision, Refused):
        return f"refused, {' '.join((decision.code, *(f.code for f in decision.findings)))}"
    counted = Counter(type(event).__name__ for event in decision.events)
    return ", ".join(f"{name} ×{count}" if count > 1 else name for name, count in counted.items()) or "nothing changed"
