"""Every finding, remedy and question that can be emitted has words, and brings all the values that they need."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given

import bot.policy.rules
from bot.domain.evidence import Kind
from bot.domain.finding import Finding
from bot.domain.release import Release
from bot.messages.words import fields_of, known, say
from bot.plan.questions import SLOTS
from bot.policy import judge
from bot.policy.rules.item import STATES
from tests.bot.policy.releases import BLANK, LATER, nothing_known, ready
from tests.bot.policy.spoiled import SPOILED
from tests.bot.policy.test_never import releases
from tests.world import facts

RULES = Path(bot.policy.rules.__file__).parent


def said(finding: Finding) -> None:
    assert say(f"finding.{finding.code}", finding.params)
    if finding.how is not None:
        assert say(f"how.{finding.how}", finding.params)


def literals(keyword: str | None) -> Iterator[str]:
    """The codes that stand literally in the rules: the first argument of `case.finding`, or that keyword of it."""
    for path in RULES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "finding":
                values = node.args[:1] if keyword is None else [k.value for k in node.keywords if k.arg == keyword]
                for value in values:
                    yield from (
                        n.value for n in ast.walk(value) if isinstance(n, ast.Constant) and isinstance(n.value, str)
                    )


@pytest.mark.parametrize("code", sorted({c for c in literals(None) if not c.startswith("_") and c != "risk_"}))
def test_every_code_that_stands_in_a_rule_has_words(code: str) -> None:
    assert known(f"finding.{code}"), f"write finding.{code} into bot/messages/words/findings.py"


@pytest.mark.parametrize("how", sorted({h for h in literals("how") if h != "add_"}))
def test_every_remedy_that_stands_in_a_rule_has_words(how: str) -> None:
    assert known(f"how.{how}"), f"write how.{how} into bot/messages/words/hows.py"


@pytest.mark.parametrize("kind", list(Kind))
def test_every_state_of_every_item_has_words(kind: Kind) -> None:
    endings = (*STATES, "stale", "unsupported", "unverified", "unconfirmed", "na_unagreed")
    assert [e for e in endings if not known(f"finding.{kind.value}_{e}")] == []
    assert known(f"how.add_{kind.value}")
    assert known(f"unknown.{kind.value}")


@pytest.mark.parametrize("name", sorted(SPOILED))
def test_what_each_rule_finds_can_be_said(name: str) -> None:
    release, around = SPOILED[name]()
    for finding in judge(release, around, LATER).findings:
        said(finding)


def test_what_is_found_where_nothing_is_known_can_be_said() -> None:
    for around in (facts(), nothing_known(facts())):
        for release in (BLANK, ready()):
            for finding in judge(release, around, LATER).findings:
                said(finding)


@given(releases())
def test_whatever_is_found_can_be_said(release: Release) -> None:
    for finding in judge(release, facts(), LATER).findings:
        said(finding)


def test_every_question_and_every_choice_has_words() -> None:
    common = {"release", "service", "version", "environment", "previous", "zone", "item", "phrase"}
    for code in (*(slot.code for slot in SLOTS.values()), "who", "measure"):
        assert fields_of(f"q.{code}") <= common
    assert [c for slot in SLOTS.values() for c in slot.choices if not known(f"choice.{c}")] == []
    assert known("because.vague")
