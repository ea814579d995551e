"""What a Rollout or a Deployment says of itself; a status that is older than its spec says nothing. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.evidence.registry.reference import image_of, tags_of

WHOLE = 100
"""All traffic, in percent."""

_BROKEN_RUNS = frozenset({"Failed", "Error"})
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """`state`: not_started, progressing, paused, degraded, completed, aborted; None where it cannot be told, and `why` says so.

    `percent`: how much of the traffic or of the instances the new version has; None where it is not known.
    """

    state: str | None
    why: str
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """Whether the spec asks for the version of the release. `by`: digest or tag, what was compared; `image`: as written."""

    same: bool | None
    by: str
    image: str


def running(
    spec: Json, version: str | None, digest: str | None, repository: str | None, container: str | None
) -> Running:
    """Compares what the spec asks for with what the release is about; None where neither digest nor tag tells."""
    images = _images(spec, repository, container)
    if not images:
        return Running(None, "", "no container of that image")
    if len(images) > 1:
        return Running(
            None, "", f"several containers ({', '.join(images)[:100]}): the catalogue does not say which one"
        )
    named = image_of(images[0])
    if named is None:
        return Running(None, "", images[0])
    if named.digest is not None and digest is not None:
        return Running(named.digest == digest, "digest", images[0])
    if named.tag is not None and version is not None and named.tag != "latest":
        return Running(named.tag in tags_of(version), "tag", images[0])
    return Running(None, "", images[0])


def _images(spec: Json, repository: str | None, container: str | None) -> Sequence[str]:
    """The images that may be the one: of the container by its name, else of the repository, else the only one."""
    listed = _list(_part(spec, "template", "spec").get("containers"))
    every = [(str(c.get("name")), str(c.get("image") or "")) for c in listed if isinstance(c, dict)]
    if container is not None:
        return [image for name, image in every if name == container]
    if repository is not None:
        own = [image for _, image in every if (named := image_of(image)) and named.repository == repository]
        if own:
            return own
    return [image for _, image in every]


def observed(found: Json) -> bool:
    """True where the controller has seen this very spec. Argo writes the number as text, Kubernetes as a number."""
    seen, now = _part(found, "status").get("observedGeneration"), _part(found, "metadata").get("generation")
    return now is not None and seen is not None and str(seen) == str(now)


def of_rollout(found: Json) -> State:
    """The state of a Rollout whose spec asks for the new version."""
    spec, status = _part(found, "spec"), _part(found, "status")
    phase, message = str(status.get("phase") or ""), str(status.get("message") or "")
    percent = _weight(spec, status)
    why = f"{phase or 'no phase'}{f': {message}' if message else ''}"
    broken = [r for r in _analyses(status) if r[1] in _BROKEN_RUNS]
    if status.get("abort") is True:
        return State("aborted", f"aborted{f': {message}' if message else ''}", percent)
    if phase == "Degraded" or broken:
        return State("degraded", f"analysis {broken[0][0]} {broken[0][1]}" if broken else why, percent)
    if phase == "Paused" or spec.get("paused") is True:
        reasons = [str(p.get("reason")) for p in _list(status.get("pauseConditions")) if isinstance(p, dict)]
        return State("paused", f"paused ({', '.join(reasons)})" if reasons else why, percent)
    if phase == "Progressing":
        return State("progressing", why, percent)
    if phase == "Healthy":
        stable = status.get("stableRS")
        promoted = isinstance(stable, str) and stable != "" and stable == status.get("currentPodHash")
        return (
            State("completed", why, WHOLE)
            if promoted
            else State("progressing", "healthy, and not promoted yet", percent)
        )
    return State(None, why)


def _analyses(status: Json) -> list[tuple[str, str]]:
    """Name and phase of the analyses that run now."""
    seen = [
        _part(status, part).get(run)
        for part, runs in {
            "canary": ("currentStepAnalysisRunStatus", "currentBackgroundAnalysisRunStatus"),
            "blueGreen": ("prePromotionAnalysisRunStatus", "postPromotionAnalysisRunStatus"),
        }.items()
        for run in runs
    ]
    return [(str(r.get("name")), str(r.get("status"))) for r in seen if isinstance(r, dict)]


def _weight(spec: Json, status: Json) -> int | None:
    """What the traffic router says; else the last weight that the steps have set."""
    routed = _part(status, "canary", "weights", "canary").get("weight")
    if isinstance(routed, int):
        return routed
    steps, at = _part(spec, "strategy", "canary").get("steps"), status.get("currentStepIndex")
    if not isinstance(steps, list) or not isinstance(at, int):
        return None
    if at >= len(steps) and steps:
        return WHOLE
    set_so_far = [
        s["setWeight"] for s in steps[: at + 1] if isinstance(s, dict) and isinstance(s.get("setWeight"), int)
    ]
    return set_so_far[-1] if set_so_far else 0


def of_deployment(found: Json) -> State:
    """The state of a Deployment whose spec asks for the new version."""
    spec, status = _part(found, "spec"), _part(found, "status")
    wanted = spec.get("replicas", 1)
    conditions = {str(c.get("type")): c for c in _list(status.get("conditions")) if isinstance(c, dict)}
    updated, available, every = (_count(status, k) for k in ("updatedReplicas", "availableReplicas", "replicas"))
    if isinstance(wanted, bool) or not isinstance(wanted, int) or wanted < 1:
        return State(None, "no instance is asked for")
    percent = min(WHOLE * updated // wanted, WHOLE)
    progress, failure = conditions.get("Progressing", {}), conditions.get("ReplicaFailure", {})
    if progress.get("reason") == "ProgressDeadlineExceeded" or failure.get("status") == "True":
        bad = failure if failure.get("status") == "True" else progress
        return State("degraded", f"{bad.get('reason')}: {bad.get('message') or 'no message'}", percent)
    if spec.get("paused") is True:
        return State("paused", "paused", percent)
    told = f"{updated} of {wanted} updated, {available} available"
    if updated == wanted and every == wanted and available == wanted:
        return State("completed", told, WHOLE)
    return State("progressing", told, min(percent, WHOLE - 1))


def _count(status: Json, name: str) -> int:
    """Kubernetes leaves a zero out."""
    found = status.get(name, 0)
    return found if isinstance(found, int) and not isinstance(found, bool) else -1


def _part(found: Json, *names: str) -> Json:
    """The object behind these names; empty where there is none."""
    for name in names:
        inner = found.get(name)
        if not isinstance(inner, dict):
            return {}
        found = inner
    return found


def _list(found: object) -> Sequence[Any]:
    return found if isinstance(found, list) else ()
