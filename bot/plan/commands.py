"""Suggested commands for the service's rollout tool: one annotated line each, shell-quoted, for a person to run (P4, P5).

Nothing here is ever executed. What the bot does not know stands in capital letters (YOUR_IMAGE) for the person to fill in.
"""

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.domain.release import Release
from bot.domain.service import Service

_ALL = 100
_NAMES: Mapping[str, str] = {
    "argocd": "argo-cd",
    "argo-rollout": "argo-rollouts",
    "kubernetes": "kubectl",
    "spin": "spinnaker",
}


@dataclass(frozen=True, slots=True)
class Target:
    """What a command is about; every text is one line, and is quoted where it stands in a command."""

    service: str
    version: str
    environment: str
    previous: str | None = None


Tool = Mapping[str, Callable[[Target, int], str]]
"""deploy (to that percentage), step (to that percentage), status, abort, rollback: what a tool can be told."""


def tool_of(service: Service | None) -> str:
    """The tool's name in our spelling; "" where the catalogue names none that is known here."""
    plain = (service.tool or "").strip().casefold().replace("_", "-").replace(" ", "-") if service else ""
    name = _NAMES.get(plain, plain)
    return name if name in TOOLS else ""


def target_of(release: Release, service: Service | None) -> Target:
    """The service, version and environment of the release, each on one line."""
    previous = service.previous_version if service else None
    return Target(
        service=_flat(release.service),
        version=_flat(release.version or "YOUR_VERSION"),
        environment=_flat(release.environment),
        previous=_flat(previous) if previous else None,
    )


def suggest(tool: str, verb: str, target: Target, percent: int = _ALL) -> str | None:
    """The line for that verb, or None where the tool has no command for it: then the step is MANUAL."""
    made = TOOLS.get(tool, {}).get(verb)
    if made is None:
        return None
    return f"{made(target, percent)}  # {_NOTES[verb].format(percent=percent)}, in {shlex.quote(target.environment)}"


def _flat(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _q(text: str) -> str:
    return shlex.quote(text)


def _image(t: Target, version: str) -> str:
    return _q(f"{t.service}=YOUR_IMAGE:{version}")


_NOTES: Mapping[str, str] = {
    "deploy": "deploy, first step {percent} %",
    "step": "go on to {percent} %",
    "status": "look, changes nothing",
    "abort": "stop here, traffic goes back to the old version",
    "rollback": "go back to the version before",
}

_ARGO_ROLLOUTS: Tool = {
    "deploy": lambda t, _: f"kubectl argo rollouts set image {_q(t.service)} {_image(t, t.version)}",
    "step": lambda t, p: f"kubectl argo rollouts promote {_q(t.service)}{' --full' if p >= _ALL else ''}",
    "status": lambda t, _: f"kubectl argo rollouts get rollout {_q(t.service)}",
    "abort": lambda t, _: f"kubectl argo rollouts abort {_q(t.service)}",
    "rollback": lambda t, _: f"kubectl argo rollouts undo {_q(t.service)}",
}
_ARGO_CD: Tool = {
    "deploy": lambda t, _: f"argocd app sync {_q(t.service)} --revision {_q(t.version)}",
    "status": lambda t, _: f"argocd app get {_q(t.service)}",
    "abort": lambda t, _: f"argocd app terminate-op {_q(t.service)}",
    "rollback": lambda t, _: f"argocd app rollback {_q(t.service)}",
}
_HELM: Tool = {
    "deploy": lambda t, _: (
        f"helm upgrade {_q(t.service)} YOUR_CHART --reuse-values --set {_q(f'image.tag={t.version}')} --wait"
    ),
    "status": lambda t, _: f"helm status {_q(t.service)}",
    "rollback": lambda t, _: f"helm rollback {_q(t.service)} --wait",
}
_KUBECTL: Tool = {
    "deploy": lambda t, _: f"kubectl set image {_q(f'deployment/{t.service}')} {_image(t, t.version)}",
    "status": lambda t, _: f"kubectl rollout status {_q(f'deployment/{t.service}')}",
    "abort": lambda t, _: f"kubectl rollout pause {_q(f'deployment/{t.service}')}",
    "rollback": lambda t, _: f"kubectl rollout undo {_q(f'deployment/{t.service}')}",
}
_SPINNAKER: Tool = {
    "deploy": lambda t, _: (
        f"spin pipeline execute --application {_q(t.service)} --name YOUR_PIPELINE --parameter {_q(f'version={t.version}')}"
    ),
    "status": lambda t, _: f"spin pipeline list --application {_q(t.service)}",
    "rollback": lambda t, _: (
        f"spin pipeline execute --application {_q(t.service)} --name YOUR_ROLLBACK_PIPELINE"
        f" --parameter {_q('version=' + (t.previous or 'YOUR_VERSION'))}"
    ),
}

TOOLS: Mapping[str, Tool] = {
    "argo-rollouts": _ARGO_ROLLOUTS,
    "argo-cd": _ARGO_CD,
    "helm": _HELM,
    "kubectl": _KUBECTL,
    "spinnaker": _SPINNAKER,
}
"""Flags have no command of their own: each flag service has another tool, so those steps are MANUAL."""
