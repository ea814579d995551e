"""P1: whatever a plan says comes from evidence that is there, the catalogue, a person of the roster, or a rule; or is UNKNOWN."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.evidence import Kind
from bot.domain.facts import Facts
from bot.domain.plan import Line, OriginKind, Plan
from bot.domain.release import Release
from bot.messages.documents.record import record
from bot.messages.telling import line_text
from bot.plan.draft import draft
from bot.plan.statements import open_questions, statements
from bot.policy import judge
from bot.policy.standing import sights
from docs.examples.company import NOW as DAY
from docs.examples.releases import EXAMPLES
from docs.pages.plans import files
from tests.bot.policy.releases import nothing_known, ready, serviced, without
from tests.world import NOW, facts

RULES = re.compile(r"Q[1-8]|G(?:[1-9]|1\d|2[0-7])|P[1-9]|V[1-4]|T(?:[1-9]|1[0-2])|A[1-6]|risk")
STRATEGIES = ("canary", "blue-green", "feature flag", "staged", "rolling", "all-at-once", None)


def unfounded(plan: Plan, release: Release, around: Facts) -> Iterator[Line]:
    """Statements whose origin is not there."""
    seen = sights(release, around, max(NOW, DAY))
    told = {(e.kind.value, e.source, e.observed_at) for s in seen.values() for e in s.all}
    for line in statements(plan):
        o = line.origin
        there = {
            OriginKind.EVIDENCE: (o.ref, o.source, o.at) in told,
            OriginKind.CATALOGUE: o.ref in around.services,
            OriginKind.PERSON: o.ref in around.roster.people,
            OriginKind.RULE: bool(RULES.fullmatch(o.ref)),
            OriginKind.UNKNOWN: bool(RULES.fullmatch(o.ref)) and "UNKNOWN — verify: " in line_text(line),
        }
        if not there[o.kind]:
            yield line


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_every_statement_of_the_ten_plans_has_its_source(name: str) -> None:
    example = EXAMPLES[name]()
    plan = draft(example.release, example.facts, judge(example.release, example.facts, DAY), DAY)
    assert list(unfounded(plan, example.release, example.facts)) == []
    for line in statements(plan):
        if line.origin.kind is OriginKind.EVIDENCE:
            assert line.origin.source
            assert line.origin.at


@given(
    st.sets(st.sampled_from(list(Kind)), max_size=10),
    st.sampled_from(STRATEGIES),
    st.sampled_from([None, "none", "expand", "locking", "contract", "irreversible"]),
    st.sampled_from(["argo-rollouts", "argo-cd", "flagger", "helm", "kubectl", "spinnaker", None]),
    st.sampled_from([facts(), nothing_known(facts())]),
)
def test_every_statement_of_any_plan_has_its_source(
    gone: set[Kind], strategy: str | None, change: str | None, tool: str | None, around: Facts
) -> None:
    known = serviced(around, tool=tool)
    release = replace(without(ready(), *gone), strategy=strategy, data_change=change)
    plan = draft(release, known, judge(release, known, NOW), NOW)
    assert list(unfounded(plan, release, known)) == []


def test_a_service_that_is_not_in_the_catalogue_is_no_source() -> None:
    around = replace(facts(), service=None, services={})
    plan = draft(ready(), around, judge(ready(), around, NOW), NOW)
    assert not [x for x in statements(plan) if x.origin.kind is OriginKind.CATALOGUE]


def _lines(node: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any part of the JSON
    if isinstance(node, dict):
        if "text" in node:
            yield node
        for value in node.values():
            yield from _lines(value)
    elif isinstance(node, list):
        for value in node:
            yield from _lines(value)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_the_json_says_where_each_line_comes_from(name: str) -> None:
    found = list(_lines(json.loads(files(EXAMPLES[name]())["json"])))
    assert found
    for line in found:
        assert line["origin"]["kind"] in set(OriginKind)
        assert line["origin"]["ref"]
        if line["origin"]["kind"] == OriginKind.EVIDENCE:
            assert line["origin"]["source"]
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", line["origin"]["at"])


def test_open_questions_stand_apart_and_each_only_once() -> None:
    example = EXAMPLES["10-nothing-known"]()
    plan = draft(example.release, example.facts, judge(example.release, example.facts, DAY), DAY)
    asked = open_questions(plan)
    assert len({x.code for x in asked}) == len(asked)
    assert all("UNKNOWN — verify: " in line_text(x) for x in asked)
    assert len(record(plan)["self_check"]["open_questions"]) == len(asked)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_no_plan_prints_a_code_or_an_empty_value(name: str) -> None:
    text = files(EXAMPLES[name]())["md"]
    assert "{" not in re.sub(r"```sh\n.*?\n```", "", text, flags=re.DOTALL)
    assert not re.search(r"\bNone\b|  \.|: ;", text)
    assert "no words for" not in text
