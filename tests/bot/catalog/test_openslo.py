"""OpenSLO v1 files become stop conditions; what is wrong with one is named with file, line and what was expected."""

from collections.abc import Callable
from datetime import datetime

import pytest

from bot.catalog.file import CatalogFile
from bot.catalog.openslo import thresholds_of
from bot.catalog.trouble import BadCatalogue
from bot.domain.service import Threshold
from tests.bot.catalog.conftest import Desk

Now = Callable[[], datetime]

FILE = """\
apiVersion: openslo/v1
kind: Service
metadata: {name: payments}
---
apiVersion: openslo/v1
kind: SLI
metadata: {name: requests}
spec:
  ratioMetric:
    counter: true
    good: {metricSource: {type: Prometheus, spec: {query: good}}}
    total: {metricSource: {type: Prometheus, spec: {query: all}}}
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: availability, displayName: Requests}
spec:
  service: payments
  indicatorRef: requests
  budgetingMethod: Occurrences
  timeWindow: [{duration: 28d, isRolling: true}]
  objectives:
    - {targetPercent: 99.95}
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: latency
  annotations: {t-minus/unit: ms}
spec:
  service: payments
  indicator:
    metadata: {name: p95}
    spec:
      thresholdMetric: {metricSource: {type: Prometheus, spec: {query: p95}}}
  budgetingMethod: Timeslices
  objectives:
    - displayName: p95 latency
      op: lte
      value: 400
      target: 0.99
      timeSliceTarget: 0.99
      timeSliceWindow: 10m
"""

FAILING = "100 * (1 - (sum(rate(good[5m]))) / (sum(rate(all[5m]))))"

MISTAKES = [
    ("targetPercent: 99.95", "targetPercent: 100", "line 23, spec.objectives.0.targetPercent: expected less than 100"),
    ("targetPercent: 99.95", "target: 1.5", "line 23, spec.objectives.0.target: expected less than 1, found 1.5"),
    ("targetPercent: 99.95", "weight: 1", "line 23, spec.objectives.0: expected either target or targetPercent"),
    ("indicatorRef: requests", "indicatorRef: reqests", 'line 19, spec.indicatorRef: expected an SLI "reqests"'),
    ("  indicatorRef: requests\n", "", "spec: expected indicator or indicatorRef"),
    ("ratioMetric", "ratiMetric", "expected an indicator with either thresholdMetric or ratioMetric"),
    (
        "op: lte",
        "op: below",
        "line 39, spec.objectives.0.op: expected one of 'lte', 'gte', 'lt' or 'gt', found 'below'",
    ),
    ("      value: 400\n", "", "line 38, spec.objectives.0: expected op and value"),
    ("value: 400", "value: fast", "line 40, spec.objectives.0.value: expected"),
    ("timeSliceWindow: 10m", "timeSliceWindow: 1d", "timeSliceWindow: expected a duration such as 5m or 1h"),
    (
        "apiVersion: openslo/v1\nkind: SLI",
        "apiVersion: openslo/v2\nkind: SLI",
        'line 5, apiVersion: expected "openslo/v1"',
    ),
    ("kind: SLO", "kind: Slo", 'expected at least one object of kind "SLO"'),
    ("metadata: {name: payments}", "metadata: {name: payments", "expected valid YAML"),
]


def test_objectives_become_stop_conditions(desk: Desk) -> None:
    assert thresholds_of(desk.write("slo.yaml", FILE)) == (
        Threshold("Requests error rate", 0.05, "%", slo="slo.yaml: availability", query=FAILING),
        Threshold("p95 latency", 400.0, "ms", minutes=10, slo="slo.yaml: latency", query="p95"),
    )


@pytest.mark.parametrize(
    ("before", "after", "query"),
    [
        ("counter: true\n    good", "counter: true\n    bad", "100 * (sum(rate(good[5m]))) / (sum(rate(all[5m])))"),
        ("counter: true", "counter: false", "100 * (1 - (good) / (all))"),
        ("query: all", "query: sum(all)", "100 * (1 - (sum(rate(good[5m]))) / (sum(all)))"),
        ("type: Prometheus, spec: {query: all", "type: Datadog, spec: {query: all", ""),
        ("    total: {metricSource: {type: Prometheus, spec: {query: all}}}\n", "", ""),
    ],
)
def test_a_ratio_is_measured_as_percent_of_what_failed(desk: Desk, before: str, after: str, query: str) -> None:
    assert thresholds_of(desk.write("slo.yaml", FILE.replace(before, after)))[0].query == query


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        (
            "op: lte",
            "op: gte",
            Threshold("p95 latency", 400.0, "ms", above=False, minutes=10, slo="slo.yaml: latency", query="p95"),
        ),
        ("10m", "1h", Threshold("p95 latency", 400.0, "ms", minutes=60, slo="slo.yaml: latency", query="p95")),
        (
            "timeSliceWindow: 10m",
            "",
            Threshold("p95 latency", 400.0, "ms", minutes=5, slo="slo.yaml: latency", query="p95"),
        ),
        (
            "  annotations: {t-minus/unit: ms}\n",
            "",
            Threshold("p95 latency", 400.0, "", minutes=10, slo="slo.yaml: latency", query="p95"),
        ),
        (
            "targetPercent: 99.95",
            "target: 0.995",
            Threshold("Requests error rate", 0.5, "%", slo="slo.yaml: availability", query=FAILING),
        ),
        (
            "{targetPercent: 99.95}",
            "{targetPercent: 99.95, displayName: Errors, indicatorRef: requests}",
            Threshold("Errors", 0.05, "%", slo="slo.yaml: availability", query=FAILING),
        ),
    ],
)
def test_each_part_of_an_objective_counts(desk: Desk, before: str, after: str, wanted: Threshold) -> None:
    assert wanted in thresholds_of(desk.write("slo.yaml", FILE.replace(before, after)))


@pytest.mark.parametrize(("before", "after", "message"), MISTAKES)
def test_each_mistake_is_named_and_mending_it_is_enough(desk: Desk, before: str, after: str, message: str) -> None:
    path = desk.write("slo.yaml", FILE.replace(before, after))
    with pytest.raises(BadCatalogue) as caught:
        thresholds_of(path)
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert len(thresholds_of(desk.write("slo.yaml", FILE))) == 2


def named(good: str) -> str:
    return good.replace("tier: 1", "tier: 1\n    slo: openslo/payments.yaml", 1)


def test_the_catalogue_names_the_file_and_overrules_it_by_metric(desk: Desk, good: str, now: Now) -> None:
    (desk.folder / "openslo").mkdir()
    desk.write("openslo/payments.yaml", FILE)
    catalog = CatalogFile(desk.write("c.yaml", named(good)), now)
    assert [t.metric for t in catalog().services["payments"].thresholds] == ["Requests error rate", "p95 latency"]
    own = "thresholds: [{metric: P95 latency, limit: 250, unit: ms}]"
    desk.write("c.yaml", named(good).replace("tier: 1", f"tier: 1\n    {own}", 1))
    limits = {t.metric: (t.limit, t.slo) for t in catalog().services["payments"].thresholds}
    assert limits == {"P95 latency": (250.0, ""), "Requests error rate": (0.05, "payments.yaml: availability")}


def test_a_changed_slo_is_taken_over_and_a_bad_one_is_not(desk: Desk, good: str, now: Now) -> None:
    (desk.folder / "openslo").mkdir()
    desk.write("openslo/payments.yaml", FILE)
    catalog = CatalogFile(desk.write("c.yaml", named(good)), now)
    desk.write("openslo/payments.yaml", FILE.replace("99.95", "99.5"))
    assert catalog().services["payments"].thresholds[0].limit == 0.5
    desk.write("openslo/payments.yaml", FILE.replace("99.95", "many"))
    assert catalog().services["payments"].thresholds[0].limit == 0.5
    assert catalog.bad is not None
    assert "openslo/payments.yaml, line 23" in str(catalog.bad)
    desk.write("openslo/payments.yaml", FILE)
    assert catalog().services["payments"].thresholds[0].limit == 0.05


@pytest.mark.parametrize("path", ["/etc/slo.yaml", "../slo.yaml", "a/../../slo.yaml", "slo.json", ".hidden/slo.yaml"])
def test_only_a_yaml_file_beside_the_catalogue_can_be_named(desk: Desk, good: str, now: Now, path: str) -> None:
    with pytest.raises(BadCatalogue, match=r"services\.payments\.slo"):
        CatalogFile(desk.write("c.yaml", good.replace("tier: 1", f"tier: 1\n    slo: {path}", 1)), now)
