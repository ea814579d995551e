"""The shapes of links that name a piece of evidence. The host says which table holds; a path alone says nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

from bot.domain.evidence import Kind
from bot.domain.links import Owners, kind_of_host, parts_of


@dataclass(frozen=True, slots=True)
class Shape:
    """`name` is `kind.thing`, such as github.run; `fields` are what the link names, decoded once; `url`: the link."""

    name: str
    fields: Mapping[str, str] = field(default_factory=dict)
    url: str = ""

    @property
    def kind(self) -> Kind | None:
        """The item that it speaks of; None where it could be any."""
        return KINDS.get(self.name)


_REPO = r"/(?P<owner>[\w.-]+)/(?P<repo>[\w.-]+)"
_PROJECT = r"/(?P<project>[\w.-]+(?:/[\w.-]+)+?)/-"
_SHA = r"(?P<sha>[0-9a-f]{7,40})"
_JOBS = r"(?P<before>(?:/(?!job/|view/)[^/]+)*?)(?P<jobs>(?:(?:/view/[^/]+)*/job/[^/]+)+)"
_BUILD = r"(?P<build>\d+|last(?:Successful|Stable|Completed|Failed|Unsuccessful|Unstable)?Build)"

_PATHS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "github": (
        ("job", rf"{_REPO}/actions/runs/(?P<run>\d+)(?:/attempts/(?P<attempt>\d+))?/jobs?/(?P<job>\d+)/?"),
        ("run", rf"{_REPO}/actions/runs/(?P<run>\d+)(?:/attempts/(?P<attempt>\d+))?(?:/.*)?"),
        ("check_run", rf"{_REPO}/runs/(?P<check>\d+)/?"),
        ("check_run", rf"{_REPO}/(?:commit/{_SHA}|pull/\d+)/checks/(?P<check>\d+)/?"),
        ("pull", rf"{_REPO}/pull/(?P<number>\d+)(?:/.*)?"),
        ("commit", rf"{_REPO}/commit/{_SHA}(?:/checks)?/?"),
        ("compare", rf"{_REPO}/compare/(?P<base>[^?#]+?)\.\.\.?(?P<head>[^?#]+?)/?"),
        ("release", rf"{_REPO}/releases/tag/(?P<tag>.+?)/?"),
        ("file", rf"{_REPO}/(?:blob|raw)/(?P<ref>[^/]+)/(?P<path>.+)"),
        ("attestation", rf"{_REPO}/attestations/(?P<id>\d+)/?"),
        ("deployments", rf"{_REPO}/deployments(?:/(?P<environment>[^/]+))?/?"),
    ),
    "gitlab": (
        ("pipeline", rf"{_PROJECT}/pipelines/(?P<pipeline>\d+)(?:/.*)?"),
        ("job", rf"{_PROJECT}/jobs/(?P<job>\d+)(?:/.*)?"),
        ("merge_request", rf"{_PROJECT}/merge_requests/(?P<number>\d+)(?:/.*)?"),
        ("commit", rf"{_PROJECT}/commit/{_SHA}(?:/.*)?"),
        ("compare", rf"{_PROJECT}/compare/(?P<base>[^?#]+?)\.\.\.?(?P<head>[^?#]+?)/?"),
        ("release", rf"{_PROJECT}/releases/(?P<tag>[^/]+)/?"),
        ("file", rf"{_PROJECT}/(?:blob|raw)/(?P<ref>[^/]+)/(?P<path>.+)"),
        ("environment", rf"{_PROJECT}/environments/(?P<id>\d+)/?"),
    ),
    "jenkins": (
        (
            "blueocean",
            r"(?P<before>.*?)/blue/organizations/(?P<org>[^/]+)/(?P<pipeline>[^/]+)/detail/(?P<branch>[^/]+)/(?P<build>\d+)(?:/.*)?",
        ),
        ("build", rf"{_JOBS}/{_BUILD}(?:/.*)?"),
    ),
    "grafana": (
        ("alert_rule", r".*?/alerting/(?:grafana/)?(?P<uid>[\w-]+)/view/?"),
        ("dashboard", r".*?/d(?:-solo)?/(?P<uid>[\w-]{1,40})(?:/(?P<slug>[^/]*))?/?"),
        ("explore", r".*?/explore/?"),
    ),
    "datadog": (
        ("monitor", r"/monitors/(?P<monitor>\d+)(?:/.*)?"),
        ("dashboard", r"/dashboard/(?P<dashboard>[a-z0-9]{3}-[a-z0-9]{3}-[a-z0-9]{3})(?:/.*)?"),
        ("slo", r"/slo(?:/manage)?/?"),
        ("notebook", r"/notebook/(?P<notebook>\d+)(?:/.*)?"),
    ),
    "prometheus": (("graph", r".*?/(?:graph|query)/?"), ("alerts", r".*?/alerts/?")),
    "argocd": (
        ("rollout", r".*?/rollouts/rollout/(?P<namespace>[a-z0-9-]+)/(?P<name>[a-z0-9.-]+)/?"),
        ("application", r".*?/applications/(?:(?P<namespace>[a-z0-9-]+)/)?(?P<name>[a-z0-9.-]+)/?"),
    ),
    "launchdarkly": (
        ("flag", r"/projects/(?P<project>[^/]+)/flags/(?P<flag>[^/]+)(?:/.*)?"),
        ("flag", r"/(?P<project>[^/]+)/(?P<environment>[^/]+)/features/(?P<flag>[^/]+)(?:/.*)?"),
    ),
    "unleash": (("flag", r".*?/projects/(?P<project>[^/]+)/features/(?P<flag>[^/]+)(?:/.*)?"),),
    "registry": (
        (
            "image",
            r"/(?=[^:@]+[:@])(?P<repository>[a-z0-9._/-]+)(?::(?P<tag>\w[\w.-]{0,127}))?(?:@(?P<digest>sha256:[0-9a-f]{64}))?",
        ),
    ),
    "pagerduty": (
        ("incident", r"/incidents/(?P<incident>[A-Z0-9]+)/?"),
        ("service", r"/(?:service-directory|services)/(?P<service>[A-Z0-9]+)(?:/.*)?"),
    ),
}
_FRAGMENTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "alertmanager": (("silence", r"/silences/(?P<silence>[0-9a-f-]{36})"), ("alerts", r"/(?:alerts|silences)?")),
    "spinnaker": (
        (
            "execution",
            r"/applications/(?P<application>[^/]+)/executions/(?:details/)?(?P<execution>[0-9A-HJKMNP-TV-Z]{26})",
        ),
    ),
}
"""Their pages are named behind the #."""

_QUERY: Mapping[str, tuple[str, ...]] = {
    "prometheus": ("g0.expr",),
    "datadog": ("slo_id",),
    "grafana": ("viewPanel", "from", "to"),
    "launchdarkly": ("env",),
    "alertmanager": ("filter",),
}
KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("github.run", "github.job", "github.check_run", "gitlab.pipeline", "gitlab.job"), Kind.CI),
    **dict.fromkeys(("jenkins.build", "jenkins.blueocean"), Kind.CI),
    **dict.fromkeys(("github.pull", "github.compare", "gitlab.merge_request", "gitlab.compare"), Kind.CHANGE),
    **dict.fromkeys(("github.release", "gitlab.release"), Kind.NOTES),
    **dict.fromkeys(("github.commit", "github.attestation", "gitlab.commit", "registry.image"), Kind.ARTIFACT),
    **dict.fromkeys(("grafana.alert_rule", "grafana.dashboard", "grafana.explore"), Kind.MONITORING),
    **dict.fromkeys(("datadog.monitor", "datadog.dashboard", "datadog.slo"), Kind.MONITORING),
    **dict.fromkeys(("prometheus.graph", "prometheus.alerts", "alertmanager.alerts"), Kind.MONITORING),
    "alertmanager.silence": Kind.MONITORING,
    **dict.fromkeys(("launchdarkly.flag", "unleash.flag"), Kind.FLAGS),
}
"""What each shape speaks of, where it can be nothing else."""

_COMPILED = {
    kind: tuple(
        (name, re.compile(pattern, re.ASCII)) for name, pattern in (*_PATHS.get(kind, ()), *_FRAGMENTS.get(kind, ()))
    )
    for kind in (*_PATHS, *_FRAGMENTS)
}
LINKED = frozenset(_COMPILED)
"""Every kind of system whose links are recognised."""

_ENCODED = frozenset({"jobs", "before", "path"})
"""These stay as they are in the address: a branch with a slash is one segment of a job."""


def shape_of(url: str, owners: Owners) -> Shape | None:
    """What the link names; None where its host is not known, or the path is none of its shapes."""
    kind = kind_of_host(url, owners)
    parts = parts_of(url)
    if kind is None or parts is None:
        return None
    where, query = parts.path, parts.query
    if kind in _FRAGMENTS:
        where, _, inner = (parts.fragment or parts.path).partition("?")
        query = inner or query
    if any(unquote(part) in {".", ".."} for part in where.split("/")) or "%00" in where:
        return None
    for name, pattern in _COMPILED.get(kind, ()):
        found = pattern.fullmatch(where)
        if found is not None:
            said = {k: v if k in _ENCODED else unquote(v) for k, v in found.groupdict().items() if v}
            asked = dict(parse_qsl(query))
            return Shape(f"{kind}.{name}", {**said, **{k: asked[k] for k in _QUERY.get(kind, ()) if k in asked}}, url)
    return None
