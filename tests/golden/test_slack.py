"""Cards as Block Kit, against files that people have read. UPDATE_GOLDEN=1 writes them anew; Slack's own types check them."""

import json

import pytest

from adapters.slack.modal import modal
from adapters.slack.render import payload
from bot.messages import forms
from bot.messages.cards.index import render
from bot.messages.full_plan import full_plan
from tests.golden import releases as r
from tests.golden.test_golden import HERE, RELEASES, same

FORMS = {
    "approve": forms.approve,
    "add_evidence": forms.add_evidence,
    "move": forms.move,
    "exception": forms.exception,
    "done": forms.done,
}


def written(made: object) -> str:
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("name", sorted(RELEASES))
@pytest.mark.parametrize("card", ["living", "verdict", "approval"])
def test_a_card_as_block_kit(name: str, card: str) -> None:
    shown = payload(render(card, r.view(RELEASES[name]())), account={"kai": "U0KAI"}.get)
    same(HERE / "slack" / f"message-{name}-{card}.json", written(shown))


@pytest.mark.parametrize("mark", ["T-30", "T=0", "T+30"])
def test_a_mark_as_block_kit(mark: str) -> None:
    view = r.view(r.cleared(), params={"mark": mark, "audience": "team", "passed": ""})
    same(HERE / "slack" / f"message-{mark.replace('=', '')}.json", written(payload(render("mark", view))))


def test_the_full_plan_as_block_kit() -> None:
    same(HERE / "slack" / "message-plan.json", written(payload(full_plan(r.view(r.possible())))))


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_form_as_a_modal(form: str) -> None:
    made = modal(FORMS[form](r.view(r.unverified())), "C1", "17.1")
    same(HERE / "slack" / f"view-{form}.json", written(made))
