"""The questions that planning may ask: one table of slots (Q1-Q6). `who:<kind>` is built from it (who does?)."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.evidence import CORE_ARTIFACTS, Kind

WHO = "who:"
DONT_KNOW = "dont_know"
_LINK = ("add_link", DONT_KNOW)


@dataclass(frozen=True, slots=True)
class Slot:
    """What is asked: `code` names the sentence, `kind` the item that the answer fills (None: a detail of the release).

    `core`: it counts against the two questions of Q2. `choices` are buttons, all of them known answers.
    """

    code: str
    kind: Kind | None
    core: bool
    choices: tuple[str, ...]


def _evidence(kind: Kind, choices: tuple[str, ...] = _LINK) -> Slot:
    return Slot(kind.value, kind, kind in CORE_ARTIFACTS, choices)


SLOTS: Mapping[str, Slot] = {
    "version": Slot("version", None, core=False, choices=("type_it", DONT_KNOW)),
    "start_at": Slot("start_at", None, core=False, choices=("type_it", DONT_KNOW)),
    "ci": _evidence(Kind.CI),
    "migration": _evidence(Kind.MIGRATION, ("no_data_change", "tested", "not_tested", DONT_KNOW)),
    "rollback": _evidence(Kind.ROLLBACK, ("add_link", "not_tested", DONT_KNOW)),
    "monitoring": _evidence(Kind.MONITORING, ("add_link", "none", DONT_KNOW)),
    "flags": _evidence(Kind.FLAGS, ("no_flags", "add_link", DONT_KNOW)),
    "rollback_owner": Slot("rollback_owner", Kind.OWNERS, core=False, choices=(DONT_KNOW,)),
    "strategy": Slot("strategy", Kind.STRATEGY, core=False, choices=("canary", "feature_flag", "staged", DONT_KNOW)),
    "change": _evidence(Kind.CHANGE),
    "notes": _evidence(Kind.NOTES),
    "artifact": _evidence(Kind.ARTIFACT),
    "dependencies": _evidence(Kind.DEPENDENCIES),
    "on_call": _evidence(Kind.ON_CALL),
    "runbook": _evidence(Kind.RUNBOOK),
    "capacity": _evidence(Kind.CAPACITY),
    "rollback_target": _evidence(Kind.ROLLBACK_TARGET),
    "security": _evidence(Kind.SECURITY),
    "customer_notice": _evidence(Kind.CUSTOMER_NOTICE),
    "failure_modes": _evidence(Kind.FAILURE_MODES),
    "third_parties": _evidence(Kind.THIRD_PARTIES),
}
"""In the fixed order that decides between equals (Q5)."""


def slot_of(name: str) -> Slot | None:
    """The slot of that name; for `who:<kind>` the question who supplies it. None where there is no such slot."""
    if not name.startswith(WHO):
        return SLOTS.get(name)
    about = SLOTS.get(name.removeprefix(WHO))
    return Slot("who", about.kind, about.core, (DONT_KNOW,)) if about else None
