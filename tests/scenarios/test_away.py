"""The bot was away, stopped or killed: what is late says so, what is past is not sent as if on time, and nothing is lost."""

import asyncio
from collections import Counter

import pytest

from bot.app.audit import verify_ledger
from tests.scenarios.conftest import Bot, Day, marks, posts, question, words_of

pytestmark = pytest.mark.unmeasured


def test_down_over_t5_and_t0_says_so_and_sends_nothing_as_if_on_time(bot: Bot, day: Day) -> None:
    release = day.cleared("1.50.0")
    day.mark(-30)
    day.mark(3, down=True)
    found = bot.release(release)
    states = {(m, a): s for m, a, s in marks(found)}
    assert states["T-30", "team"] == "sent"
    assert states["T-5", "team"] in {"merged", "skipped"}
    assert states["T=0", "stakeholders"] in {"late", "merged", "skipped"}
    downtime = posts(found, "DOWNTIME")
    assert downtime
    by_id = {m["id"]: m for m in bot.messages()}
    told = words_of(by_id[downtime[0]["message"]])
    assert "13:30" in told
    assert "14:03" in told
    late = [a for a in found["announcements"] if a["state"] == "late"]
    for post in late:
        words = words_of(by_id[post["message"]]).lower()
        assert "late" in words
        assert post["due_at"][11:16] in words


def test_down_for_hours_sends_no_mark_as_if_on_time_and_holds_what_had_no_go(bot: Bot, day: Day) -> None:
    release = day.search("1.51.0")
    day.mark(240, down=True)
    found = bot.release(release)
    assert found["phase"] == "held"
    assert not [m for m, _, s in marks(found) if s == "sent"]
    assert posts(found, "DOWNTIME") or posts(found, "HOLD")


def test_a_stop_and_a_start_keep_time_and_state(bot: Bot, day: Day) -> None:
    release = day.plan(f"payments 5.0.0 {day.when}")
    before, time = bot.release(release), bot.now()
    messages = bot.messages()
    bot.stop()
    bot.start()
    assert bot.now() == time
    after = bot.release(release)
    # The demo's standing evidence is dated back from the day on which the process reads the catalogue.
    assert {**after, "findings": []} == {**before, "findings": []}
    assert [(f["code"], f["result"]) for f in after["findings"]] == [
        (f["code"], f["result"]) for f in before["findings"]
    ]
    assert bot.messages() == messages
    asked = question(bot, release)
    assert asked is not None
    bot.press("ana", asked["id"], "no_data_change")
    assert bot.release(release)["questions_asked"] == 2


def test_a_kill_between_any_two_steps_loses_nothing_and_doubles_nothing(bot: Bot, day: Day) -> None:
    release = day.cleared("1.52.0")
    for minutes in (-30, -5, 0):
        bot.kill()
        bot.start()
        day.mark(minutes)
    bot.say("ana", f"/release start {release}", place="#search")
    bot.kill()
    bot.start()
    day.mark(31)
    found = bot.release(release)
    counted = Counter((m, a) for m, a, s in marks(found) if s == "sent")
    assert set(counted.values()) == {1}
    assert len(counted) == 8
    sent = [a["message"] for a in found["announcements"] if a["message"]]
    assert len(sent) == len(set(sent))


def test_the_record_is_sound_after_all_that(bot: Bot, day: Day) -> None:
    release = day.cleared("1.53.0")
    bot.stop()
    try:
        assert asyncio.run(verify_ledger(bot.data, None)).sound
    finally:
        bot.start()
    assert bot.release(release)["cleared"] is True


def test_planned_after_a_mark_that_mark_is_not_made_and_the_first_post_says_so(bot: Bot, day: Day) -> None:
    day.mark(-12)
    release = day.search("1.54.0")
    found = bot.release(release)
    assert "T-30" not in {m for m, _, _ in marks(found)}
    day.sign_off(release)
    bot.say("lena", f"/release go {release}", place="#search")
    day.mark(-5)
    post = posts(bot.release(release), "T-5")[0]
    assert post["state"] == "sent"
    told = words_of(next(m for m in bot.messages("#search") if m["id"] == post["message"]))
    assert "already over, so they were not posted: T-30" in told
