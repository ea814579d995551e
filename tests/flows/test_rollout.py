"""Reports during the rollout."""

import pytest

from bot.domain.commands import Finish, ReportHealth, ReportStep, Start
from bot.domain.release import Phase
from bot.messages.tokens import Token, unpack
from tests.flows.given import fill, press, release, typed
from tests.flows.steps import command, errors, form, reply

LIVE = release(Phase.LIVE)


def test_a_start_is_reported() -> None:
    assert command(typed("start", release()), Start).started_at is None


@pytest.mark.parametrize("text", ["25%", "25", "to 25 %", "25 percent", "reached 25%"])
def test_a_step_is_reported(text: str) -> None:
    assert command(typed(f"step {text}", LIVE), ReportStep).percent == 25


def test_a_step_out_of_range_is_refused_and_one_within_is_taken() -> None:
    for text in ("0%", "150%", "half"):
        assert "percentage" in reply(typed(f"step {text}", LIVE)).text
    token = unpack(form(typed("step", LIVE)).token)
    assert set(errors(fill(token, {"percent": "all"}, LIVE))) == {"percent"}
    assert command(fill(token, {"percent": "100"}, LIVE), ReportStep).percent == 100
    assert command(press(Token("step", "R-1", subject="50"), LIVE), ReportStep).percent == 50


def test_health_is_reported_good_or_bad_with_its_metric() -> None:
    assert command(typed("health ok", LIVE), ReportHealth).ok
    bad = command(typed("health bad: error rate 4 %", LIVE), ReportHealth)
    assert (bad.ok, bad.metric) == (False, "error rate 4 %")
    assert command(press(Token("health_ok", "R-1"), LIVE), ReportHealth).ok


def test_health_without_a_word_says_how_and_bad_by_button_asks_for_the_metric() -> None:
    assert "health R-1 ok" in reply(typed("health maybe", LIVE)).text
    opened = form(press(Token("health_bad", "R-1"), LIVE))
    assert command(fill(unpack(opened.token), {"metric": "p95 900 ms"}, LIVE), ReportHealth).metric == "p95 900 ms"


def test_done_takes_a_lesson_or_opens_the_closing_form() -> None:
    assert command(typed("done warm the cache first", LIVE), Finish).lesson == "warm the cache first"
    opened = form(press(Token("done", "R-1"), LIVE))
    filled = fill(unpack(opened.token), {"worked": "the canary", "lesson": "warm the cache"}, LIVE)
    assert command(filled, Finish).lesson == "the canary · warm the cache"
    assert command(fill(unpack(opened.token), {}, LIVE), Finish).lesson == ""
