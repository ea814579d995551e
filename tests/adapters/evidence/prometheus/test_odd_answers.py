"""Answers of another shape are no answers: what a proxy or another program says in Prometheus' place counts for nothing."""

import json

import pytest
from aiohttp import web

from adapters.evidence.prometheus import api, silences
from adapters.http.answers import Unavailable
from tests.adapters.http.site import remote, serving

SUCCESS = {"status": "success"}
RULES = [
    {"status": "error"},
    [],
    {**SUCCESS, "data": {}},
    {**SUCCESS, "data": {"groups": [{"rules": [{"type": "alerting"}]}]}},
    {**SUCCESS, "data": {"groups": [{"rules": [{"type": "alerting", "name": 7, "query": "up", "state": "firing"}]}]}},
    {**SUCCESS, "warnings": ["a part"], "data": {"groups": []}},
]
VECTORS = [
    {"status": "error"},
    {**SUCCESS, "data": {"resultType": "vector", "result": [{"metric": {}, "value": [1]}]}},
    {**SUCCESS, "data": {"resultType": "vector", "result": [{"metric": {}, "value": [1, "many"]}]}},
    {**SUCCESS, "data": {"resultType": "vector", "result": [{"metric": {}, "value": [True, "1"]}]}},
    {**SUCCESS, "data": {"resultType": "vector", "result": [{"metric": {}, "value": [1, 1]}]}},
    {**SUCCESS, "data": {"resultType": "vector", "result": 7}},
    {**SUCCESS, "data": {"resultType": "matrix", "result": []}},
]
ALERTS: list[object] = [{"data": []}, [{}], [7], "none"]
REGEX = {
    "status": {"state": "active"}, "createdBy": "bob", "endsAt": "2026-11-24T20:04:00Z",
    "matchers": [{"name": "alertname", "value": "Err.*", "isRegex": True, "isEqual": True}],
}  # fmt: skip


@pytest.mark.parametrize("said", RULES, ids=json.dumps)
async def test_rules_of_another_shape_are_unavailable(said: object) -> None:
    async with serving(lambda _: _said(said)) as server, remote(server.base()) as door:
        assert isinstance(await api.rules(door), Unavailable)


@pytest.mark.parametrize("said", VECTORS, ids=json.dumps)
async def test_values_of_another_shape_are_unavailable(said: object) -> None:
    async with serving(lambda _: _said(said)) as server, remote(server.base()) as door:
        assert isinstance(await api.query(door, "up"), Unavailable)


@pytest.mark.parametrize("said", ALERTS, ids=json.dumps)
async def test_alerts_and_silences_of_another_shape_are_unavailable(said: object) -> None:
    async with serving(lambda _: _said(said)) as server, remote(server.base()) as door:
        assert isinstance(await silences.silences(door), Unavailable)
        assert isinstance(await silences.firing(door), Unavailable)


async def test_a_scalar_is_one_value() -> None:
    said = {**SUCCESS, "data": {"resultType": "scalar", "result": [1, "0.5"]}}
    async with serving(lambda _: _said(said)) as server, remote(server.base()) as door:
        found = await api.query(door, "scalar(up)")
        assert isinstance(found, api.Vector)
        assert [s.value for s in found.samples] == [0.5]


@pytest.mark.parametrize(
    ("value", "equal", "hides"),
    [("Err.*", True, True), ("Other.*", True, False), ("Err.*", False, False), ("(?P<x", True, False)],
)
async def test_a_silence_by_pattern_hides_what_it_fits(value: str, equal: bool, hides: bool) -> None:  # noqa: FBT001 - a table
    matcher = {**REGEX["matchers"][0], "value": value, "isEqual": equal}  # type: ignore[index]  # a list, as above
    async with serving(lambda _: _said([{**REGEX, "matchers": [matcher]}])) as server, remote(server.base()) as door:
        found = await silences.silences(door)
        assert not isinstance(found, Unavailable)
        assert found[0].may_hide({"alertname": "Errors", "job": "x"}) is hides
        assert found[0].told() == "silenced by bob until 2026-11-24 20:04 UTC"


async def test_a_silence_that_names_nothing_is_none_until_it_names_something() -> None:
    async with serving(lambda _: _said([{**REGEX, "matchers": []}])) as server, remote(server.base()) as door:
        assert isinstance(await silences.silences(door), Unavailable)
    async with serving(lambda _: _said([REGEX])) as server, remote(server.base()) as door:
        found = await silences.silences(door)
        assert not isinstance(found, Unavailable)
        assert len(found) == 1


def test_a_silence_of_a_label_that_is_not_known_yet_may_hide_only_together_with_one_that_is() -> None:
    job, instance = (
        silences.Matcher("job", "x", regex=False, equal=True),
        silences.Matcher("i", "1", regex=False, equal=True),
    )
    assert silences.Silence((job, instance), "bob", None).may_hide({"job": "x"})
    assert not silences.Silence((instance,), "bob", None).may_hide({"job": "x"})
    assert silences.Silence((job,), "", None).told() == "silenced by UNKNOWN until UNKNOWN"


async def _said(body: object) -> web.Response:
    """It is the first second of 1970 there, as in the bodies."""
    return web.json_response(body, headers={"Date": "Thu, 01 Jan 1970 00:00:01 GMT"})
