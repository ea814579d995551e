"""Dataclasses to plain values and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import pytest

from bot.store.shapes import Shapes

SHAPES = Shapes({})


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Leaf:
    day: date
    extra: Any = None


@dataclass(frozen=True)
class Other:
    name: str


@dataclass(frozen=True)
class Tree:
    one: Leaf | Other
    maybe: Leaf | Other | None
    pair: tuple[str, int]
    by_colour: Mapping[Colour, tuple[Leaf, ...]]
    number: int | float | None = None


@dataclass(frozen=True)
class Odd:
    value: complex


def test_nested_values_come_back() -> None:
    tree = Tree(Other("x"), Leaf(date(2026, 1, 2)), ("a", 1), {Colour.RED: (Leaf(date(2026, 1, 3)),)}, 0.5)
    plain = SHAPES.encoder(Tree)(tree)
    assert plain["one"] == {"type": "Other", "name": "x"}
    assert plain["by_colour"] == {"red": [{"day": "2026-01-03", "extra": None}]}
    assert SHAPES.decoder(Tree)(plain) == tree


def test_nothing_is_nothing() -> None:
    tree = Tree(Other("x"), None, ("a", 1), {})
    assert SHAPES.decoder(Tree)(SHAPES.encoder(Tree)(tree)) == tree


def test_a_type_without_a_json_shape_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="no JSON shape for"):
        SHAPES.encoder(Odd)(Odd(1j))
    with pytest.raises(TypeError, match="no JSON shape for"):
        SHAPES.decoder(Odd)({"value": 1})
