"""A mutation is one small change, and the module can still be read."""

import ast
from pathlib import Path

import pytest

from tests.mutants.__main__ import ROOMS, ROOT
from tests.mutants.sites import sites


@pytest.mark.parametrize(
    ("source", "mutated"),
    [
        ("a < b", "(a <= b)"),
        ("a is None", "(a is not None)"),
        ("a and b", "(a or b)"),
        ("a - b", "(a + b)"),
        ("not a", "(a)"),
        ("f(True)", "f(False)"),
        ("'é' in a", "('é' not in a)"),
        ("ä = 3", "ä = 4"),
    ],
)
def test_each_slip_is_made_once(source: str, mutated: str) -> None:
    assert [site.applied(source) for site in sites(source)] == [mutated]


@pytest.mark.parametrize(
    "source", ["@frozen(slots=True)\nclass A: ...", "a: Literal[1]", "zip(a, strict=True)", "'text'"]
)
def test_what_decides_nothing_is_left_alone(source: str) -> None:
    assert sites(source) == []


def test_every_mutated_module_of_the_core_can_still_be_read() -> None:
    modules = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    assert modules
    assert all(_reads(path) for path in modules)


def _reads(path: Path) -> bool:
    source = path.read_text()
    planted = [site.applied(source) for site in sites(source)]
    return all(mutated != source and ast.parse(mutated) for mutated in planted)
