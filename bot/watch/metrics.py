"""From the name of a metric, as a catalogue writes it, to the value that a source measured."""

import math
import re

from bot.domain.evidence import Evidence

_KNOWN = (("p99", "p99_ms"), ("p95", "p95_ms"), ("error", "error_rate"))


def key_of(metric: str) -> str:
    """The name under which sources give it: "p95 latency" is p95_ms, "error rate" is error_rate, others as they stand."""
    word = re.sub(r"[\s\-]+", "_", metric.strip().casefold())
    return next((key for mark, key in _KNOWN if mark in word), word)


def measured(sample: Evidence, metric: str) -> float | None:
    """The value, or None where the sample holds no number for it (NaN is no number)."""
    value = sample.facts.get(key_of(metric), sample.facts.get(metric))
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        return None
    return float(value)
