"""Uneventful days, from the plan to T+30: each mark once, true, and only after a go."""

from collections import Counter
from typing import Any

import pytest

from tests.scenarios.conftest import Bot, Day, events, marks, missing_musts, posts, question, said, words_of

pytestmark = pytest.mark.unmeasured

MARKS = {
    ("T-30", "team"),
    ("T-5", "team"),
    ("T=0", "stakeholders"),
    ("T=0", "team"),
    ("T+15", "stakeholders"),
    ("T+15", "team"),
    ("T+30", "stakeholders"),
    ("T+30", "team"),
}


def newest(messages: list[dict[str, Any]], button: str, release: str) -> dict[str, Any]:
    """The newest card of that release which carries the button; other releases stand in the same conversation."""
    fits = (
        m for m in reversed(messages) if f"{release} " in m["text"] and any(b["id"] == button for b in m["buttons"])
    )
    return next(fits)


def test_the_tour_goes_from_the_plan_to_t_plus_30_with_each_mark_once(bot: Bot, day: Day) -> None:
    run = "https://github.com/acme/payments/actions/runs/91"
    release = day.plan(f"payments 2.4.1 to production {day.when} canary 10% {run}")
    first = question(bot, release)
    assert first is not None
    assert "Question 1 of at most 3" in first["text"]
    bot.press("ana", first["id"], "no_data_change")
    second = question(bot, release)
    assert second is not None
    assert "Question 2 of at most 3" in second["text"]
    proof = f"https://scm.demo.example/payments/rollback.md tested on {bot.now():%Y-%m-%d}"
    bot.say("ana", proof, thread=second["id"])
    planned = bot.release(release)
    assert (planned["phase"], planned["questions_asked"], planned["verdict"]) == ("planned", 2, "NO-GO UNTIL VERIFIED")
    asked = newest(bot.messages("@kai", "kai"), "sign_off", release)
    form = bot.press("kai", asked["id"], "sign_off")["form"]
    reason = next(f["name"] for f in form["fields"] if f["required"])
    refused = bot.fill("kai", form["id"], **{reason: "ok"})
    assert reason in refused["errors"]
    assert bot.fill("kai", form["id"], **{reason: "I ran the drill of the way back with Ana today"})["errors"] == {}
    go = newest(bot.messages("@lena", "lena"), "go", release)
    bot.press("lena", go["id"], "go")
    cleared = bot.release(release)
    assert (cleared["phase"], cleared["verdict"], cleared["cleared"]) == ("cleared", "GO", True)
    day.mark(-30)
    day.mark(-5)
    day.mark(0)
    bot.say("ana", f"/release start {release}")
    day.mark(15)
    bot.say("ana", f"/release step {release} 100%")
    day.mark(30)
    bot.say("ana", f"/release done {release}")
    closed = bot.release(release)
    assert closed["phase"] == "closed"
    assert Counter((m, a) for m, a, _ in marks(closed)) == Counter(MARKS)
    assert {s for _, _, s in marks(closed)} == {"sent"}
    by_id = {m["id"]: m for m in bot.messages("#releases")}
    told = {a["mark"]: words_of(by_id[a["message"]]) for a in closed["announcements"] if a["place"] == "#releases"}
    assert "10 %" in told["T=0"]
    assert "UNKNOWN" not in told["T+30"]
    assert closed["ledger"]["events"] == len(bot.ledger(release))


def test_a_low_release_of_a_well_kept_service_needs_no_question(bot: Bot, day: Day) -> None:
    release = day.search("1.19.0")
    found = bot.release(release)
    assert (found["questions_asked"], found["phase"], found["risk"]["band"]) == (0, "planned", "LOW")
    day.sign_off(release)
    bot.say("lena", f"/release go {release}", place="#search")
    assert bot.release(release)["verdict"] == "GO"


def test_at_most_six_posts_stand_in_the_channel_itself_after_an_uneventful_day(bot: Bot, day: Day) -> None:
    before = len(_top(bot))
    release = day.cleared("1.19.7")
    for minutes in (-30, -5, 0):
        day.mark(minutes)
    bot.say("ana", f"/release start {release}", place="#search")
    day.mark(31)
    bot.say("ana", f"/release done {release}", place="#search")
    assert len(_top(bot)) - before <= 6


def _top(bot: Bot) -> list[str]:
    return [m["id"] for m in bot.messages("#search") if m["thread"] is None and m["author"] == "t-minus"]


def test_everything_in_one_message_leaves_nothing_to_ask(bot: Bot, day: Day) -> None:
    words = (
        f"payments 2.5.0 to production {day.when} canary 10% https://github.com/acme/payments/actions/runs/92 no data "
        f"change, rollback https://scm.demo.example/payments/rollback.md tested on {bot.now():%Y-%m-%d}"
    )
    release = day.plan(words)
    found = bot.release(release)
    assert found["questions_asked"] == 0
    assert found["phase"] == "planned"
    assert {f["subject"] for f in missing_musts(found)} <= {"approvals", "rollback", "ci"}


def test_without_metrics_t15_and_t30_say_unknown_and_never_green(bot: Bot, day: Day) -> None:
    release = day.cleared("1.19.1")
    for minutes in (-30, -5, 0):
        day.mark(minutes)
    bot.say("ana", f"/release start {release}", place="#search")
    bot.demo("prometheus", status="no_data")
    day.mark(15)
    bot.say("ana", f"/release step {release} 100%", place="#search")
    day.mark(30)
    by_id = {m["id"]: m for m in bot.messages()}
    for mark in ("T+15", "T+30"):
        for post in posts(bot.release(release), mark):
            words = words_of(by_id[post["message"]])
            assert "UNKNOWN" in words, words
            assert "green" not in words.lower()
            assert "health normal" not in words.lower()


def test_nobody_answers_and_the_release_is_held_at_t0_and_everybody_is_told(bot: Bot, day: Day) -> None:
    release = day.search("1.19.2")
    for minutes in (-30, -5, 0, 1):
        day.mark(minutes)
    found = bot.release(release)
    assert (found["phase"], found["cleared"]) == ("held", False)
    holds = posts(found, "HOLD")
    assert holds
    assert all(a["state"] == "sent" for a in holds)
    by_id = {m["id"]: m for m in bot.messages()}
    assert all("NO-GO" in words_of(by_id[a["message"]]) for a in holds)
    asking = [m for p in ("kai", "lena", "mia") for m in bot.messages(f"@{p}", p) if release in m["text"]]
    assert asking
    assert not [m["text"] for m in asking for b in m["buttons"] if b["id"] in {"sign_off", "go"}]
    day.mark(31)
    assert all(state != "sent" for mark, _, state in marks(bot.release(release)) if mark in {"T=0", "T+15", "T+30"})


def test_a_start_without_go_is_posted_as_such_and_recorded(bot: Bot, day: Day) -> None:
    release = day.search("1.19.3")
    answer = bot.say("ana", f"/release start {release}", place="#search")
    found = bot.release(release)
    assert found["phase"] == "live", said(answer)
    posted = posts(found, "WITHOUT-GO")
    assert posted
    by_id = {m["id"]: m for m in bot.messages()}
    message = by_id[posted[0]["message"]]
    assert "STARTED WITHOUT GO" in words_of(message)
    mentioned = [p for b in message["blocks"] if b["type"] == "mentions" for p in b["people"]]
    assert {"ana", "kai"} <= set(mentioned)
    assert any(e["name"] in {"StartedWithoutGo", "Started"} for e in bot.ledger(release))


def test_nobody_says_done_three_reminders_then_the_outcome_is_unknown(bot: Bot, day: Day) -> None:
    release = day.cleared("1.19.4")
    for minutes in (-30, -5, 0):
        day.mark(minutes)
    bot.say("ana", f"/release start {release}", place="#search")
    for minutes in (15, 30, 61, 91, 121, 151, 181, 240):
        day.mark(minutes)
    reminded = [m for m in bot.messages("@ana", "ana") if release in m["text"] and "Reminder" in m["text"]]
    assert len(reminded) == 3, [m["text"] for m in bot.messages("@ana", "ana")]
    by_id = {m["id"]: m for m in bot.messages()}
    outcome = posts(bot.release(release), "OUTCOME")
    assert {a["audience"] for a in outcome} == {"team", "stakeholders"}
    assert all("UNKNOWN" in words_of(by_id[a["message"]]) for a in outcome)
    bot.say("ana", f"/release done {release}", place="#search")
    assert bot.release(release)["phase"] == "closed"


def test_done_before_t_plus_30_keeps_the_t_plus_30_post(bot: Bot, day: Day) -> None:
    release = day.cleared("1.19.5")
    for minutes in (-30, -5, 0):
        day.mark(minutes)
    bot.say("ana", f"/release start {release}", place="#search")
    bot.say("ana", f"/release step {release} 100%", place="#search")
    day.mark(16)
    bot.say("ana", f"/release done {release}", place="#search")
    day.mark(31)
    assert ("T+30", "stakeholders", "sent") in marks(bot.release(release))


def test_the_record_of_a_day_can_be_read(bot: Bot, day: Day) -> None:
    release = day.cleared("1.19.6")
    ledger = bot.ledger(release)
    assert [e["seq"] for e in ledger] == sorted(e["seq"] for e in ledger)
    assert events(ledger, "post_sent")
    assert "kai" in {e["person"] for e in ledger}
