"""OpenSLO v1 files -> stop conditions: what a team promised already need not be written twice.

A `thresholdMetric` gives its `value`, by `op`. A `ratioMetric` gives an error rate: more than 100 % - target means that the
error budget burns faster than it is refilled. Other kinds of objects in the file are left alone.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.catalog.lines import Read, documents
from bot.catalog.shapes import shaped
from bot.catalog.trouble import BadCatalogue, Trouble
from bot.domain.service import Threshold

UNIT: Final = "t-minus/unit"
"""The annotation that says the unit of a thresholdMetric: OpenSLO itself has none."""

VERSION: Final = "openslo/v1"
_MINUTES: Final = 5
_DURATION: Final = re.compile(r"([1-9][0-9]*)(m|h)?")
_ROUND: Final = 6
_SERIES: Final = re.compile(r"[A-Za-z_:][A-Za-z0-9_:]*(\{[^{}]*\})?")


class _Open(BaseModel):
    """Part of a foreign file: what is not read here is not judged either."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _Metadata(_Open):
    name: str
    display_name: Annotated[str, Field(alias="displayName")] = ""
    annotations: dict[str, object] = {}


class _Indicator(_Open):
    threshold: Annotated[dict[str, object] | None, Field(alias="thresholdMetric")] = None
    ratio: Annotated[dict[str, object] | None, Field(alias="ratioMetric")] = None


class _Inline(_Open):
    spec: _Indicator


class _Sli(_Open):
    metadata: _Metadata
    spec: _Indicator


class _Objective(_Open):
    display_name: Annotated[str, Field(alias="displayName")] = ""
    op: Literal["lte", "gte", "lt", "gt"] | None = None
    value: float | None = None
    target: Annotated[float, Field(ge=0, lt=1)] | None = None
    percent: Annotated[Annotated[float, Field(ge=0, lt=100)] | None, Field(alias="targetPercent")] = None
    window: Annotated[str | int | None, Field(alias="timeSliceWindow")] = None
    indicator: _Inline | None = None
    ref: Annotated[str | None, Field(alias="indicatorRef")] = None


class _Spec(_Open):
    indicator: _Inline | None = None
    ref: Annotated[str | None, Field(alias="indicatorRef")] = None
    objectives: Annotated[tuple[_Objective, ...], Field(min_length=1)]


class _Slo(_Open):
    metadata: _Metadata
    spec: _Spec


class _Head(_Open):
    version: Annotated[str, Field(alias="apiVersion")]
    kind: str


def thresholds_of(path: Path) -> tuple[Threshold, ...]:
    """The stop conditions of every SLO of the file. Raises BadCatalogue with file, line and what was expected."""
    parts = documents(path)
    heads = [(source, shaped(source, _Head)) for source in parts]
    for source, head in heads:
        if head.version != VERSION:
            raise _bad(source, ("apiVersion",), f'"{VERSION}", found {head.version!r}')
    indicators = {sli.metadata.name: sli.spec for sli in (shaped(s, _Sli) for s, head in heads if head.kind == "SLI")}
    found = tuple(t for s, head in heads if head.kind == "SLO" for t in _slo(s, shaped(s, _Slo), indicators))
    if not found:
        raise BadCatalogue((Trouble(str(path), 1, "", 'at least one object of kind "SLO"'),))
    return found


def _slo(source: Read, slo: _Slo, indicators: Mapping[str, _Indicator]) -> Iterator[Threshold]:
    for n, one in enumerate(slo.spec.objectives):
        at = ("spec", "objectives", n)
        indicator = _indicator(source, slo, one, indicators, at)
        name = one.display_name or slo.metadata.display_name or slo.metadata.name
        minutes = _minutes(source, one, at)
        label = f"{Path(source.file).name}: {slo.metadata.name}"
        if indicator.threshold is not None:
            query = _query(indicator.threshold)
            yield _value(source, slo, one, at, Threshold(name, 0.0, "", minutes=minutes, slo=label, query=query))
        else:
            metric = name if "error" in name.casefold() else f"{name} error rate"
            query = _failing_query(indicator.ratio or {}, minutes)
            yield Threshold(metric, _failing(source, one, at), "%", minutes=minutes, slo=label, query=query)


def _indicator(
    source: Read, slo: _Slo, one: _Objective, indicators: Mapping[str, _Indicator], at: tuple[str | int, ...]
) -> _Indicator:
    """The objective's own (composite SLOs), else the SLO's; written in place or named."""
    for inline, ref, path in (
        (one.indicator, one.ref, (*at, "indicatorRef")),
        (slo.spec.indicator, slo.spec.ref, ("spec", "indicatorRef")),
    ):
        if inline is not None:
            found = inline.spec
        elif ref is not None:
            if ref not in indicators:
                raise _bad(source, path, f'an SLI "{ref}" in the same file')
            found = indicators[ref]
        else:
            continue
        if (found.threshold is None) == (found.ratio is None):
            raise _bad(source, path[:-1], "an indicator with either thresholdMetric or ratioMetric")
        return found
    raise _bad(source, ("spec",), "indicator or indicatorRef")


def _value(source: Read, slo: _Slo, one: _Objective, at: tuple[str | int, ...], base: Threshold) -> Threshold:
    if one.op is None or one.value is None:
        raise _bad(source, at, "op and value, since its indicator is a thresholdMetric")
    unit = str(slo.metadata.annotations.get(UNIT, ""))
    above = one.op in {"lte", "lt"}
    return Threshold(base.metric, one.value, unit, above=above, minutes=base.minutes, slo=base.slo, query=base.query)


def _failing(source: Read, one: _Objective, at: tuple[str | int, ...]) -> float:
    if (one.target is None) == (one.percent is None):
        raise _bad(source, at, "either target or targetPercent")
    good = one.percent if one.percent is not None else (one.target or 0.0) * 100
    return round(100 - good, _ROUND)


def _query(metric: object) -> str:
    """The query of a metric whose source is Prometheus; "" for others, and where there is none."""
    source = metric.get("metricSource") if isinstance(metric, dict) else None
    spec = source.get("spec") if isinstance(source, dict) else None
    if not isinstance(source, dict) or not isinstance(spec, dict):
        return ""
    kind = str(source.get("type") or "Prometheus").casefold()
    return str(spec.get("query") or spec.get("promql") or "").strip() if kind == "prometheus" else ""


def _failing_query(ratio: Mapping[str, object], minutes: int) -> str:
    """Percent of what failed: from bad or good over total. A counter is a plain series, of which the rate is taken."""
    counts = ratio.get("counter") is True
    bad, good, total = (_rate(_query(ratio.get(k)), minutes, counts=counts) for k in ("bad", "good", "total"))
    if not total or not (bad or good):
        return ""
    return f"100 * ({bad}) / ({total})" if bad else f"100 * (1 - ({good}) / ({total}))"


def _rate(query: str, minutes: int, *, counts: bool) -> str:
    return f"sum(rate({query}[{minutes}m]))" if counts and _SERIES.fullmatch(query) else query


def _minutes(source: Read, one: _Objective, at: tuple[str | int, ...]) -> int:
    """The window of a time slice in minutes: a number is minutes already."""
    if one.window is None:
        return _MINUTES
    found = _DURATION.fullmatch(str(one.window))
    if found is None:
        raise _bad(source, (*at, "timeSliceWindow"), f"a duration such as 5m or 1h, found {one.window!r}")
    return int(found[1]) * (60 if found[2] == "h" else 1)


def _bad(source: Read, path: tuple[str | int, ...], expected: str) -> BadCatalogue:
    return BadCatalogue((Trouble(source.file, source.line_of(path), ".".join(map(str, path)), expected),))
