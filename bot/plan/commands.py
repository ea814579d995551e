"""Suggested commands for the service's tools: one annotated line each, shell-quoted, for a person to run (P4, P5).

Nothing here is ever executed. What the bot does not know stands in capital letters (YOUR_IMAGE) for the person to fill in.
"""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.builds import is_digest, whole_name
from bot.domain.evidence import Kind
from bot.domain.release import Release
from bot.domain.service import Service
from bot.plan.tools.flags import FLAGD, LAUNCHDARKLY, UNLEASH
from bot.plan.tools.kubernetes import ARGO_CD, ARGO_ROLLOUTS, FLAGGER, HELM, KUBECTL
from bot.plan.tools.shell import Act, Manual, Suggested, Target, Tool, flat
from bot.plan.tools.spinnaker import SPINNAKER
from bot.policy.case import Case
from bot.policy.factors import strategy_name

TOOLS: Final[Mapping[str, Tool]] = {
    t.name: t for t in (ARGO_ROLLOUTS, ARGO_CD, FLAGGER, HELM, KUBECTL, SPINNAKER, LAUNCHDARKLY, UNLEASH, FLAGD)
}
_NAMES: Final[Mapping[str, str]] = {
    "argocd": "argo-cd",
    "argo": "argo-cd",
    "argo-rollout": "argo-rollouts",
    "kubernetes": "kubectl",
    "k8s": "kubectl",
    "spin": "spinnaker",
    "launch-darkly": "launchdarkly",
    "ldcli": "launchdarkly",
    "openfeature": "flagd",
}
_MOVES: Final[Mapping[str, Act]] = {
    "canary": Act.BEGIN,
    "staged": Act.BEGIN,
    "ring": Act.BEGIN,
    "blue-green": Act.BESIDE,
}
"""How the strategies begin that give a part of the traffic, or a second side, to the new version."""

FLAG_ACTS: Final = frozenset({Act.OPEN, Act.SHUT, Act.FLAG_STATUS})
"""What a flag tool is told; everything else is for the rollout tool."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What a step can be told: a `line` to run, or "" and the code of the sentence that says why it is MANUAL."""

    tool: str
    line: str = ""
    manual: str = ""


def tool_of(service: Service | None) -> str:
    """The rollout tool's name in our spelling; "" where the catalogue names none that is known here."""
    return _known(service.tool if service else None)


def flag_tool_of(service: Service | None) -> str:
    """The same of the flag tool."""
    return _known(service.flag_tool if service else None)


def target_of(release: Release, service: Service | None, percent: int = 100) -> Target:
    """What the release is about, each name on one line; the catalogue's `names` win over the service's own id."""
    own = flat(release.service)
    base = Target(
        service=own,
        version=flat(whole_name(release.version, release.digest) or "YOUR_VERSION"),
        environment=flat(release.environment),
        percent=percent,
        app=own,
        workload=own,
        container=own,
    )
    named = {key: flat(value) for key, value in (service.names.items() if service else ())}
    if service and service.previous_version:
        named["previous"] = flat(service.previous_version)
    return replace(base, **named)  # type: ignore[arg-type]  # the catalogue allows only these names


def advise(case: Case, act: Act, percent: int = 100) -> Advice:
    """The line for that act with the service's tool, or why it is done by hand."""
    service = case.service
    tool = flag_tool_of(service) if act in FLAG_ACTS else tool_of(service)
    found = TOOLS[tool].acts.get(act) if tool else None
    if found is None:
        return Advice(tool, manual="no_flag_tool" if act in FLAG_ACTS else "no_tool" if not tool else "no_command")
    if not isinstance(found, Suggested):
        return Advice(tool, manual=found.code)
    target = target_of(case.release, service, percent)
    said = case.sight(Kind.ROLLBACK_TARGET).fact("target")
    target = replace(target, previous=flat(str(said))) if said else target
    switch = case.sight(Kind.FLAGS).fact("kill_switch")
    if isinstance(switch, str) and switch and not (service and service.names.get("flag")):
        target = replace(target, flag=flat(switch))
    return Advice(tool, line=annotated(found, target))


def by_hand(case: Case) -> bool:
    """True where the strategy moves traffic for which the tool has no line: its other lines then speak of something else.

    `undo` of a Deployment, or `helm rollback`, would take back the version that still serves everybody.
    """
    act, tool = _MOVES.get(strategy_name(case.release.strategy) or ""), tool_of(case.service)
    return act is not None and bool(tool) and isinstance(TOOLS[tool].acts.get(act), Manual)


def can(service: Service | None, act: Act) -> bool:
    """True where the service's tool has a line for it."""
    tool = flag_tool_of(service) if act in FLAG_ACTS else tool_of(service)
    return bool(tool) and isinstance(TOOLS[tool].acts.get(act), Suggested)


def annotated(suggested: Suggested, target: Target) -> str:
    """The line with what it does behind it. The note holds no value that a shell could read."""
    values = {name: shlex.quote(getattr(target, name)) for name in ("version", "previous")}
    called = "digest" if is_digest(target.version) else "tag"
    note = suggested.note.format(percent=target.percent, called=called, **values)
    return f"{suggested.line(target)}  # {shlex.quote(target.environment)}: {note}"


def _known(name: str | None) -> str:
    plain = (name or "").strip().casefold().replace("_", "-").replace(" ", "-")
    plain = _NAMES.get(plain, plain)
    return plain if plain in TOOLS else ""
