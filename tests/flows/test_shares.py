"""Shares of a rollout: figures, words, later steps; and percentages that measure something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.shares import find_percent, later_steps


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("ten percent of the users first", "10"),
        ("canary twenty-five percent", "25"),
        ("to a quarter of users first", "25"),
        ("start with half of the traffic", "50"),
        ("one in ten users", "10"),
        ("canary 5 per cent", "5"),
        ("canary 5% because 3% of users see errors", "5"),
    ],
)
def test_a_share_in_words_is_read(text: str, percent: str) -> None:
    assert find_percent(text).value == percent


@pytest.mark.parametrize(
    "text",
    [
        "it fixes the error that 3% of users see",
        "cuts p95 latency by 30 percent",
        "half of the users are affected by the bug",
        "20% faster checkout",
        "coverage is 81%",
        "VAT goes to 19%",
    ],
)
def test_a_percentage_that_measures_something_is_no_canary(text: str) -> None:
    found = find_percent(text)
    assert (found.value, found.trouble) == ("", "")
    assert find_percent(f"{text}, canary 10%").value == "10"


@pytest.mark.parametrize(
    ("text", "first", "later"),
    [
        ("canary 5% 25% 50% 100%", "5", (25, 50, 100)),
        ("canary: 5 -> 25 -> 100", "5", (25, 100)),
        ("canary at twenty percent, then fifty, then all", "20", (50, 100)),
        ("canary 10%, 50%, everyone", "10", (50, 100)),
        ("canary 10% then 50%", "10", (50, 100)),
        ("canary 10% at 15:00 with 20 pods", "10", ()),
        ("canary 10%", "10", ()),
        ("2.4.1 to prod, 10/50/100", "10", (50, 100)),
    ],
)
def test_the_steps_behind_the_first_are_read_with_it(text: str, first: str, later: tuple[int, ...]) -> None:
    found = find_percent(text)
    assert (found.value, later_steps(found)) == (first, later)


@given(
    st.lists(st.integers(1, 99), min_size=1, max_size=5, unique=True).map(sorted),
    st.sampled_from([" -> ", ", ", " then "]),
)
def test_any_growing_steps_come_back(steps: list[int], between: str) -> None:
    found = find_percent(f"canary {between.join(f'{s}%' for s in steps)}")
    assert (found.value, found.trouble) == (str(steps[0]), "")
    assert later_steps(found) == ((*steps[1:], 100) if len(steps) > 1 else ())


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    find_percent(f"canary 10% {text}")
    find_percent(text)
