"""What the demo Prometheus, rollout tool and incident list answer while a version runs: pure, from what was set."""

import re
from collections.abc import Mapping

from adapters.evidence.demo_build import Settings
from adapters.evidence.demo_item import Facts, item
from bot.domain.evidence import Evidence, Kind, Standing
from bot.ports import Inquiry

HEALTHY: Mapping[str, float] = {"error_rate": 0.2, "p95_ms": 180.0, "p99_ms": 320.0}
SICK: Mapping[str, float] = {"error_rate": 7.5, "p95_ms": 1400.0, "p99_ms": 2900.0}
_FULL = 100


def prometheus(name: str, asked: Inquiry, settings: Settings) -> tuple[Evidence, ...]:
    """Before the start: is there data, is an alert firing already (G20). While it runs (purpose watch): the health."""
    watch = asked.purpose == "watch"
    kind = Kind.HEALTH if watch else Kind.MONITORING
    url = f"https://prometheus.demo.example/graph?service={asked.service.id}"
    if settings.get("has_data") is False:
        standing = Standing.INCONCLUSIVE if watch else Standing.MISSING
        return (item(name, asked, kind, standing, url=url, text="no samples", facts={"has_data": False}),)
    firing = bool(settings.get("firing", False))
    alert = str(settings.get("alert") or f"{asked.service.id}-errors")
    facts: Facts = {"has_data": True, "firing": firing, **({"alert": alert} if firing or settings.get("alert") else {})}
    if not watch:
        text = f"alert {alert} is firing" if firing else "has data, no alert is firing"
        standing = Standing.FAILED if firing else Standing.VERIFIED
        return (item(name, asked, kind, standing, url=url, text=text, facts=facts),)
    usual = SICK if settings.get("healthy") is False else HEALTHY
    samples = {metric: float(str(settings.get(metric, value))) for metric, value in usual.items()}
    crossed = _crossed(asked, samples)
    healthy = not firing and not crossed and settings.get("healthy") is not False
    text = ", ".join(
        (f"error rate {samples['error_rate']:g} %", f"p95 {samples['p95_ms']:g} ms", f"p99 {samples['p99_ms']:g} ms")
    )
    if firing:
        text += f", alert {alert} is firing"
    standing = Standing.VERIFIED if healthy else Standing.FAILED
    return (item(name, asked, kind, standing, url=url, text=text, facts={**facts, **samples, "healthy": healthy}),)


def _crossed(asked: Inquiry, samples: Mapping[str, float]) -> bool:
    """True if a threshold of the service is crossed; a service without thresholds is held to usual ones."""
    limits = [(_metric(t.metric), t.limit, t.above) for t in asked.service.thresholds]
    known = [(samples[metric], limit, above) for metric, limit, above in limits if metric in samples]
    if not known:
        known = [
            (samples["error_rate"], 2.0, True),
            (samples["p95_ms"], 800.0, True),
            (samples["p99_ms"], 1500.0, True),
        ]
    return any(value > limit if above else value < limit for value, limit, above in known)


def _metric(metric: str) -> str:
    word = re.sub(r"[\s\-]+", "_", metric.lower())
    for mark, key in (("p95", "p95_ms"), ("p99", "p99_ms"), ("error", "error_rate")):
        if mark in word:
            return key
    return word


def rollout(name: str, asked: Inquiry, settings: Settings) -> tuple[Evidence, ...]:
    """How far the rollout is. Where nothing was set, the demo tool shows what people reported: it never runs ahead of them."""
    state, percent = _reported(asked)
    if settings.get("state"):
        state = str(settings["state"])
        percent = {"not_started": 0, "completed": _FULL}.get(state, percent)
    percent = int(str(settings.get("percent", percent)))
    facts: Facts = {"state": state, "percent": percent}
    url = f"https://rollouts.demo.example/{asked.service.id}"
    standing = Standing.FAILED if state in {"degraded", "aborted"} else Standing.VERIFIED
    text = f"{state.replace('_', ' ')}, {percent} %"
    return (item(name, asked, Kind.ROLLOUT, standing, url=url, subject=asked.release.version, text=text, facts=facts),)


def _reported(asked: Inquiry) -> tuple[str, int]:
    release = asked.release
    percent = release.progress[-1].percent if release.progress else (release.steps[0] if release.steps else 0)
    if release.rollback_at is not None:
        return "aborted", percent
    if release.done_at is not None:
        return "completed", _FULL
    if not release.started:
        return "not_started", 0
    return "progressing", percent


def incidents(name: str, asked: Inquiry, settings: Settings, near: frozenset[str]) -> tuple[Evidence, ...]:
    """An open incident on the service, on one that it needs, or on one that needs it (G10); none is an answer too."""
    opened = settings.get("open_incident")
    on = str(opened.get("service", asked.service.id)) if isinstance(opened, dict) else ""
    if not isinstance(opened, dict) or on not in near:
        facts: Facts = {"open_incident": "", "severity": "", "on": ""}
        return (item(name, asked, Kind.DEPENDENCIES, Standing.VERIFIED, text="no open incident nearby", facts=facts),)
    severity = str(opened.get("severity") or settings.get("severity") or "SEV2")
    facts = {"open_incident": str(opened["id"]), "severity": severity, "on": on}
    url = f"https://incidents.demo.example/{opened['id']}"
    text = f"{opened['id']} ({severity}) is open on {on}"
    return (item(name, asked, Kind.DEPENDENCIES, Standing.FAILED, url=url, text=text, facts=facts),)
