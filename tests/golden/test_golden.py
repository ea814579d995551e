"""Rendered cards and plans against files that people have read. UPDATE_GOLDEN=1 writes them anew; then read the diff."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.release import Release
from bot.messages.cards.index import render
from bot.messages.documents.files import plan_files
from bot.plan.draft import draft
from bot.timeline.marks import MARKS
from tests.golden import releases as r
from tests.golden.plain import plain

HERE = Path(__file__).parent
RELEASES: dict[str, Callable[[], Release]] = {
    "possible": r.possible,
    "unverified": r.unverified,
    "risky": r.risky,
    "hostile": r.hostile,
}


def same(path: Path, text: str) -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", sorted(RELEASES))
@pytest.mark.parametrize("card", ["living", "verdict", "approval"])
def test_a_card_before_the_start(name: str, card: str) -> None:
    same(HERE / "cards" / f"{name}-{card}.txt", plain(render(card, r.view(RELEASES[name]()))))


@pytest.mark.parametrize("audience", ["team", "stakeholders"])
@pytest.mark.parametrize("mark", list(MARKS))
def test_a_mark_of_a_good_day(mark: str, audience: str) -> None:
    now = r.START + MARKS[mark]
    good = r.live(r.healthy(now)) if MARKS[mark] >= timedelta(0) else r.cleared()
    view = r.view(good, params={"mark": mark, "audience": audience, "passed": ""}, now=now)
    same(HERE / "marks" / f"{mark.replace('=', '')}-{audience}.txt", plain(render("mark", view)))


@pytest.mark.parametrize("name", ["possible", "unverified", "risky"])
@pytest.mark.parametrize("kind", ["md", "html", "json"])
def test_a_plan(name: str, kind: str) -> None:
    view = r.view(RELEASES[name]())
    plan = draft(view.release, view.facts, view.judgement, view.now)
    same(HERE / "plans" / f"{name}.{kind}", plan_files(plan, view.release, view.facts, view.now)[kind])
