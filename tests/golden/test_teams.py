"""Cards as Adaptive Cards, against files that people have read. UPDATE_GOLDEN=1 writes them anew."""

import json

import pytest

from adapters.teams.forms import dialog, inline
from adapters.teams.render import card
from bot.messages import forms
from bot.messages.cards.index import render
from tests.adapters.teams_oracles import faults
from tests.golden import releases as r
from tests.golden.test_golden import HERE, RELEASES, same

FORMS = {"approve": forms.approve, "add_evidence": forms.add_evidence, "exception": forms.exception}


def written(made: object) -> str:
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def known(person: str) -> tuple[str, str] | None:
    return ("29:kai", "Kai") if person == "kai" else None


@pytest.mark.parametrize("name", sorted(RELEASES))
@pytest.mark.parametrize("drawn", ["living", "verdict", "approval"])
def test_a_card_as_an_adaptive_card(name: str, drawn: str) -> None:
    shown = card(render(drawn, r.view(RELEASES[name]())), account=known)
    assert faults(shown) == []
    same(HERE / "teams" / f"card-{name}-{drawn}.json", written(shown))


@pytest.mark.parametrize("mark", ["T-30", "T=0", "T+30"])
def test_a_mark_as_an_adaptive_card(mark: str) -> None:
    view = r.view(r.cleared(), params={"mark": mark, "audience": "team", "passed": ""})
    same(HERE / "teams" / f"card-{mark.replace('=', '')}.json", written(card(render("mark", view))))


def test_an_approval_that_few_may_give() -> None:
    shown = card(render("approval", r.view(r.possible())), account=known, viewers=["29:kai"], key="k1")
    same(HERE / "teams" / "card-for-few.json", written(shown))


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_form_inline_and_as_a_dialog(form: str) -> None:
    made = FORMS[form](r.view(r.unverified()))
    same(HERE / "teams" / f"form-{form}.json", written(inline(made)))
    same(HERE / "teams" / f"dialog-{form}.json", written(dialog(made)))
