"""Each drill, played with Next against the real process, tells what its golden timeline says; and what people may do beside."""

import os
from pathlib import Path

import pytest

from tests.scenarios.conftest import Bot, posts, said
from tests.scenarios.drills import begin, next_step, on, written

GOLDEN = Path(__file__).parents[1] / "golden" / "drills"
NAMES = ("tour", "ci", "rollback", "canary", "flip", "silence", "away", "moved", "breakglass")


@pytest.mark.parametrize("name", NAMES)
def test_a_drill_is_played_to_its_end_as_its_timeline_says(bot: Bot, name: str) -> None:
    told = written(bot, name)
    assert on(bot) is None
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(told, encoding="utf-8")
    assert told == file.read_text(encoding="utf-8")


def test_all_drills_are_listed_and_an_unknown_one_names_them(bot: Bot) -> None:
    listed = said(bot.say("sam", "/release drill"))
    unknown = begin(bot, "volcano")
    for name in NAMES:
        assert name in listed
        assert name in unknown


def test_no_post_of_a_drill_stands_where_real_people_read_and_each_is_marked(bot: Bot) -> None:
    before = {m["id"] for m in bot.messages()}
    begin(bot, "silence")
    for _ in range(4):
        next_step(bot)
    fresh = [m for m in bot.messages() if m["id"] not in before and m["author"] == "t-minus"]
    assert {m["place"] for m in fresh} == {"#drill", "#drill-audience"}
    assert all(m["text"].startswith("DRILL · ") for m in fresh)
    asked = [m for m in bot.messages("@kai", "kai") if "drill-silence" in m["text"]]
    assert asked
    assert all(m["text"].startswith("DRILL · ") for m in asked)


def test_a_step_that_a_person_did_is_not_done_again(bot: Bot) -> None:
    begin(bot, "canary")
    next_step(bot)
    found = on(bot)
    assert found is not None
    assert (found["step"], found["name"]) == (2, "canary")
    bot.say("kai", f"/release approve {found['release']} I did this step with my own hands", place="#drill")
    found = on(bot)
    assert found is not None
    assert found["step"] == 3
    consents = bot.release(found["release"])["consents"]
    assert [c["by"] for c in consents if c["state"] == "valid"] == ["kai"]


def test_an_old_button_does_no_step_twice(bot: Bot) -> None:
    begin(bot, "flip")
    card = [m for m in bot.messages("#drill") if any(b["id"] == "drill_next" for b in m["buttons"])][-1]
    token = next(b["token"] for b in card["buttons"] if b["id"] == "drill_next")
    bot.press("ana", card["id"], "drill_next")
    assert "a step that is over" in said(bot.press("ana", card["id"], "drill_next", token=token))
    found = on(bot)
    assert found is not None
    assert found["step"] == 2


def test_a_wish_that_is_delivered_twice_is_done_once(bot: Bot) -> None:
    begin(bot, "rollback")
    for _ in range(2):
        bot.say("ana", "/release drill next", place="#drill", receipt="the-same")
    found = on(bot)
    assert found is not None
    assert found["step"] == 2


def test_a_drill_that_plays_by_itself_is_paused_where_it_is_and_goes_on(bot: Bot) -> None:
    begin(bot, "silence")
    bot.call("/api/drills", {"do": "play"})
    found = bot.call("/api/drills", {"do": "pause"})
    assert found["on"]["playing"] is False
    stood = bot.now()
    assert bot.call("/api/clock")["rate"] == 0
    next_step(bot)
    now = on(bot)
    assert now is not None
    assert now["step"] == found["on"]["step"] + 1
    assert bot.now() >= stood


def test_the_tour_does_not_take_over_a_release_of_somebody_and_begins_when_that_is_over(bot: Bot) -> None:
    bot.call("/api/drills", {"do": "end"})
    before = {r["id"] for r in bot.call("/api/releases")}
    bot.say("ana", "/release plan payments 9.9.9 tomorrow 15:00 canary 10%")
    (mine,) = [r["id"] for r in bot.call("/api/releases") if r["id"] not in before]
    assert f"{mine} of payments is still open" in begin(bot, "tour")
    assert on(bot) is None
    bot.say("ana", f"/release cancel {mine} the tour is to be looked at first")
    begin(bot, "tour")
    found = on(bot)
    assert found is not None
    assert found["playing"] is True
    bot.call("/api/drills", {"do": "end"})


def test_a_drill_goes_on_after_a_restart_and_nothing_runs_by_itself(bot: Bot) -> None:
    begin(bot, "moved")
    bot.say("ana", "/release drill play", place="#drill")
    assert bot.call("/api/clock")["rate"] == 60
    bot.kill()
    bot.start()
    clock = bot.call("/api/clock")
    assert clock["rate"] == 0
    found = on(bot)
    assert found is not None
    assert (found["name"], found["playing"]) == ("moved", False)
    step = found["step"]
    next_step(bot)
    found = on(bot)
    assert found is not None
    assert found["step"] == step + 1


def test_the_end_of_a_drill_leaves_nothing_open_and_the_sources_as_they_were(bot: Bot) -> None:
    begin(bot, "ci")
    next_step(bot)
    found = on(bot)
    assert found is not None
    assert bot.release(found["release"])["verdict"] == "NO-GO"
    assert "is over" in said(bot.say("kai", "/release drill end"))
    assert bot.release(found["release"])["phase"] == "cancelled"
    assert posts(bot.release(found["release"]), "CANCELLED")
    assert not any("coverage" in keys for keys in bot.call("/api/demo")["ci"]["set"].values())
    assert "No drill is on" in said(bot.say("kai", "/release drill next"))
