"""Names of metrics as catalogues write them, and values as sources measure them."""

import pytest

from bot.domain.evidence import Kind
from bot.watch.metrics import key_of, measured
from tests.world import NOW, observed


@pytest.mark.parametrize(
    ("named", "key"),
    [
        ("error rate", "error_rate"),
        ("Errors", "error_rate"),
        ("p95 latency", "p95_ms"),
        ("latency-p99", "p99_ms"),
        ("CPU use", "cpu_use"),
    ],
)
def test_a_metric_is_found_under_the_name_that_sources_give_it(named: str, key: str) -> None:
    assert key_of(named) == key


def test_only_a_number_is_a_value() -> None:
    seen = observed(Kind.HEALTH, NOW, error_rate=1, p95_ms=True, p99_ms="320", cpu_use=float("nan"), queue=7.5)
    assert measured(seen, "error rate") == 1.0
    assert measured(seen, "queue") == 7.5
    assert [measured(seen, name) for name in ("p95", "p99", "CPU use", "memory")] == [None] * 4
