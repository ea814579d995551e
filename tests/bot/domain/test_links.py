"""What a pasted link leads to: the host decides, look-alikes are nobody's, and every shape that names evidence is known."""

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.evidence import Kind
from bot.domain.link_shapes import KINDS, shape_of
from bot.domain.links import Owner, host_of, kind_of_host, owner_of, parts_of

OWNERS = {
    host: Owner(f"our-{kind}", kind)
    for host, kind in {
        "github.com": "github",
        "ghe.acme.example": "github",
        "gitlab.acme.example": "gitlab",
        "jenkins.acme:8080": "jenkins",
        "grafana.acme": "grafana",
        "argocd.acme": "argocd",
        "prom.acme:9090": "prometheus",
        "am.acme:9093": "alertmanager",
        "unleash.acme": "unleash",
        "spin.acme": "spinnaker",
        "images.acme:5000": "registry",
    }.items()
}
SHA = "fefa9f6ad49b8c1c3a5bea1ea6c000e553b47917"


@pytest.mark.parametrize(
    ("url", "name", "fields"),
    [
        ("https://github.com/o/r/actions/runs/1", "github.run", {"run": "1"}),
        ("https://www.github.com/o/r/actions/runs/1/", "github.run", {"owner": "o", "repo": "r"}),
        ("HTTPS://GitHub.COM./o/r.js/actions/runs/1/attempts/2", "github.run", {"attempt": "2", "repo": "r.js"}),
        ("https://github.com:443/o/r/actions/runs/1/workflow", "github.run", {"run": "1"}),
        ("https://ghe.acme.example/o/r/actions/runs/1/job/2#step:3:1", "github.job", {"run": "1", "job": "2"}),
        ("https://github.com/o/r/actions/runs/1/attempts/3/jobs/2?pr=9", "github.job", {"attempt": "3"}),
        ("https://github.com/o/r/runs/99?check_suite_focus=true", "github.check_run", {"check": "99"}),
        ("https://github.com/o/r/commit/fefa9f6/checks/1", "github.check_run", {"check": "1", "sha": "fefa9f6"}),
        ("https://github.com/o/r/pull/7/checks", "github.pull", {"number": "7"}),
        ("https://github.com/o/r/pull/7", "github.pull", {"number": "7"}),
        (f"https://github.com/o/r/commit/{SHA}", "github.commit", {"sha": SHA}),
        ("https://github.com/o/r/compare/v1.2.2...v1.2.3", "github.compare", {"base": "v1.2.2", "head": "v1.2.3"}),
        ("https://github.com/o/r/compare/a%2Fb..c/d", "github.compare", {"base": "a/b", "head": "c/d"}),
        ("https://github.com/o/r/releases/tag/v1.2.3%2Bbuild", "github.release", {"tag": "v1.2.3+build"}),
        ("https://github.com/o/r/blob/main/docs/rollback.md#steps", "github.file", {"path": "docs/rollback.md"}),
        ("https://github.com/o/r/attestations/1234", "github.attestation", {"id": "1234"}),
        ("https://github.com/o/r/deployments/production", "github.deployments", {"environment": "production"}),
        ("https://gitlab.acme.example/a/b/c/-/pipelines/55", "gitlab.pipeline", {"project": "a/b/c"}),
        ("https://gitlab.com/a/b/-/jobs/5/artifacts/browse", "gitlab.job", {"job": "5"}),
        ("https://gitlab.acme.example/a/b/-/merge_requests/5/diffs", "gitlab.merge_request", {"number": "5"}),
        (f"https://gitlab.com/a/b/-/commit/{SHA}", "gitlab.commit", {"sha": SHA}),
        ("https://gitlab.com/a/b/-/environments/12", "gitlab.environment", {"id": "12"}),
        ("https://gitlab.com/a/b/-/blob/main/x/y.md", "gitlab.file", {"ref": "main", "path": "x/y.md"}),
        ("https://gitlab.com/a/b/-/releases/v1", "gitlab.release", {"tag": "v1"}),
        ("http://jenkins.acme:8080/job/shop/job/main/123/", "jenkins.build", {"jobs": "/job/shop/job/main"}),
        (
            "http://jenkins.acme:8080/ci/view/all/job/shop/job/feature%2Fx/123/console",
            "jenkins.build",
            {"before": "/ci", "jobs": "/view/all/job/shop/job/feature%2Fx", "build": "123"},
        ),
        ("http://jenkins.acme:8080/job/shop/lastSuccessfulBuild/", "jenkins.build", {"build": "lastSuccessfulBuild"}),
        (
            "http://jenkins.acme:8080/blue/organizations/jenkins/shop%2Fapi/detail/main/12/pipeline",
            "jenkins.blueocean",
            {"pipeline": "shop/api", "branch": "main", "build": "12"},
        ),
        ("https://grafana.acme/d/aBc_d-1/my-dash?orgId=1&viewPanel=4", "grafana.dashboard", {"viewPanel": "4"}),
        ("https://acme.grafana.net/alerting/grafana/xyz123/view", "grafana.alert_rule", {"uid": "xyz123"}),
        ("https://grafana.acme/sub/explore?panes=%7B%7D", "grafana.explore", {}),
        ("https://app.datadoghq.com/monitors/155844758?group=x", "datadog.monitor", {"monitor": "155844758"}),
        ("https://us5.datadoghq.com/dashboard/abc-def-ghi/t", "datadog.dashboard", {"dashboard": "abc-def-ghi"}),
        ("https://app.datadoghq.eu/slo/manage?slo_id=abc", "datadog.slo", {"slo_id": "abc"}),
        ("https://app.ddog-gov.com/notebook/12", "datadog.notebook", {"notebook": "12"}),
        ("https://images.acme:5000/team/shop:2.4.1", "registry.image", {"repository": "team/shop", "tag": "2.4.1"}),
        (f"https://ghcr.io/acme/shop@sha256:{'a' * 64}", "registry.image", {"digest": f"sha256:{'a' * 64}"}),
        ("https://argocd.acme/applications/argocd/shop?view=tree", "argocd.application", {"namespace": "argocd"}),
        ("https://argocd.acme/applications/shop", "argocd.application", {"name": "shop"}),
        ("https://argocd.acme/rollouts/rollout/shop/api", "argocd.rollout", {"namespace": "shop", "name": "api"}),
        ("http://prom.acme:9090/graph?g0.expr=up&g0.tab=1", "prometheus.graph", {"g0.expr": "up"}),
        ("http://prom.acme:9090/query?g0.expr=up%3D%3D1", "prometheus.graph", {"g0.expr": "up==1"}),
        ("http://prom.acme:9090/alerts", "prometheus.alerts", {}),
        ("http://am.acme:9093/#/alerts?filter=%7Balertname%3D%22X%22%7D", "alertmanager.alerts", {"filter": '{alertname="X"}'}),
        (f"http://am.acme:9093/#/silences/{'0' * 8}-0000-0000-0000-{'0' * 12}", "alertmanager.silence", {}),
        ("https://app.launchdarkly.com/default/production/features/new/targeting", "launchdarkly.flag", {"flag": "new"}),
        ("https://app.launchdarkly.com/projects/p/flags/new/targeting?env=prod", "launchdarkly.flag", {"env": "prod"}),
        ("https://unleash.acme/projects/default/features/new", "unleash.flag", {"flag": "new"}),
        ("https://spin.acme/#/applications/shop/executions/details/01GXYZABCDEFGHJKMNPQRSTVWX", "spinnaker.execution", {}),
        ("https://acme.pagerduty.com/incidents/Q2ABC", "pagerduty.incident", {"incident": "Q2ABC"}),
        ("https://acme.pagerduty.com/service-directory/PABC", "pagerduty.service", {"service": "PABC"}),
    ],
)  # fmt: skip
def test_every_shape_is_known_by_its_host(url: str, name: str, fields: dict[str, str]) -> None:
    shape = shape_of(url, OWNERS)
    assert shape is not None
    assert shape.name == name
    assert fields.items() <= shape.fields.items()


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/o/r/actions/runs/1",
        "https://github.com@evil.example/o/r/actions/runs/1",
        "https://user:pw@github.com/o/r/actions/runs/1",
        "https://github.com:x@evil.example/o/r/pull/1",
        "https://github.com.evil.example/o/r/pull/1",
        "https://evilgithub.com/o/r/pull/1",
        "https://github.com:8443/o/r/pull/1",
        "http://github.com:443/o/r/pull/1",
        "https://github.com:0/o/r/pull/1",
        "https://github.com:/o/r/pull/1",
        "https://github.com../o/r/pull/1",
        "https://gіthub.com/o/r/pull/1",  # noqa: RUF001 - a Cyrillic letter that looks like an i
        "https://github。com/o/r/pull/1",
        "https://xn--gthub-n4a.com/o/r/pull/1",
        "https://github.com\\@evil.example/o/r/pull/1",
        "https://github.com%2eevil.example/o/r/pull/1",
        "https://github.com\n/o/r/pull/1",
        "https://git\u200bhub.com/o/r/pull/1",
        "https://[::1/o/r/pull/1",
        "https://github.com:99999/o/r/pull/1",
        "https:///o/r/pull/1",
        "https:github.com/o/r/pull/1",
        "//github.com/o/r/pull/1",
        "ftp://github.com/o/r/pull/1",
        "javascript:alert(1)//github.com/o/r/pull/1",
        "https://github.com/o/r/pull/1" + "x" * 2000,
        "https://jenkins.acme/job/shop/1/",
        "https://github.com/o/../../r/pull/1",
        "https://github.com/o/r/blob/main/%2e%2e/%2E%2e/x",
        "https://github.com/o/r/blob/main/a%00b",
    ],
)
def test_a_look_alike_is_nobodys(url: str) -> None:
    assert shape_of(url, OWNERS) is None


def test_an_address_of_numbers_is_a_host_of_its_own() -> None:
    assert host_of("http://[2001:DB8::1]:9090/graph") == "[2001:db8::1]:9090"
    assert host_of("http://10.0.0.1/graph") == "10.0.0.1"
    assert owner_of("http://10.0.0.1/graph", OWNERS) is None


def test_the_settings_go_before_what_everybody_knows() -> None:
    assert kind_of_host("https://github.com/o/r", {"github.com": Owner("ours", "gitlab")}) == "gitlab"
    assert kind_of_host("https://github.com/o/r", {}) == "github"
    found = shape_of("https://github.com/o/r/pull/1", {})
    assert found is not None
    assert found.kind is Kind.CHANGE
    assert {name.partition(".")[0] for name in KINDS} <= {o.kind for o in OWNERS.values()} | {"datadog", "launchdarkly"}


@given(st.text(max_size=60), st.sampled_from(["https://", "http://", "", "https://github.com", "https://github.com@"]))
@example("evil.example/github.com", "https://")
def test_only_the_whole_host_owns_a_link(rest: str, start: str) -> None:
    url = start + rest
    owner = owner_of(url, OWNERS)
    host = host_of(url)
    assert (owner is None) or (host in OWNERS)
    if host is not None:
        parts = parts_of(url)
        assert parts is not None
        assert "@" not in parts.netloc
        assert urlsplit(url).hostname == parts.hostname
        assert host.isascii()
    shape_of(url, OWNERS)


@given(st.from_regex(r"https://github\.com/[a-z]{1,5}/[a-z]{1,5}/actions/runs/[0-9]{1,12}", fullmatch=True))
def test_a_run_is_found_in_any_repository(url: str) -> None:
    shape = shape_of(url, OWNERS)
    assert shape is not None
    assert f"/{shape.fields['owner']}/{shape.fields['repo']}/actions/runs/{shape.fields['run']}" in url
