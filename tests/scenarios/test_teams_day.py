"""What can go wrong on a release day on Teams: old buttons, slow and double presses, a connector in trouble, a bot taken out."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.adapters.teams_bot import directory_id
from tests.adapters.teams_day import CHANNEL, Day, teams_day
from tests.adapters.teams_oracles import faults, texts
from tests.bot.app.talk import REASON

SIGN_OFF = "1|approve|R-1|1|sign_off:peer|"
ANA = "a:29:ana"


@pytest.fixture
async def day(tmp_path: Path) -> AsyncIterator[Day]:
    async with teams_day(tmp_path) as made:
        await made.planned()
        yield made


async def consents(day: Day) -> int:
    """As the ledger has them."""
    return sum(row.name == "ConsentGiven" for row in await day.bot.house.store.ledger("release:R-1"))


async def test_a_press_counts_once_however_often_it_comes_and_the_slower_one_is_told_who_decided(day: Day) -> None:
    press = day.filled("kai", SIGN_OFF, REASON)
    first = await day.send(press)
    assert await day.send(press) == first, "Teams repeats a delivery: the same answer, and nothing done"
    await day.until(lambda: "APPROVED by Kai" in day.shown())
    assert await consents(day) == 1
    again = await day.send(day.filled("kai", SIGN_OFF, REASON))
    slower = await day.send(day.filled("lena", SIGN_OFF, REASON))
    for answer in (again, slower):
        assert "Kai" in json.dumps(answer), "who decided"
    assert await consents(day) == 1


async def test_a_button_of_an_older_plan_decides_nothing_and_says_what_the_state_is(day: Day) -> None:
    await day.say("ana", "release amend R-1 steps 5, 50, 100")
    revision = (await day.release()).plan_revision
    assert revision > 1
    answer = await day.send(day.filled("kai", SIGN_OFF, REASON))
    assert any("R-1 payments 2.4.1" in t for t in texts(answer["value"])), "the state as it is now"
    assert await consents(day) == 0
    newer = SIGN_OFF.replace("|R-1|1|", f"|R-1|{revision}|")
    await day.send(day.filled("kai", newer, REASON))
    await day.until(lambda: "APPROVED by Kai" in day.shown())


async def test_a_form_in_a_window_says_at_the_field_what_is_missing_and_is_kept_once_it_is_there(day: Day) -> None:
    opened = await day.in_window("kai", "task/fetch", {"t": SIGN_OFF})
    form = opened["task"]["value"]["card"]["content"]
    assert faults(form) == []
    token = form["body"][-1]["actions"][0]["data"]["t"]
    short = await day.in_window("kai", "task/submit", {"t": token, "f.reason": "ok"})
    body = short["task"]["value"]["card"]["content"]["body"]
    at = next(n for n, one in enumerate(body) if one.get("id") == "f.reason")
    assert any(t.startswith("⚠ ") for t in texts({"body": body[at - 2 : at]})), "the error stands above its field"
    assert "APPROVED" not in day.shown()
    done = await day.in_window("kai", "task/submit", {"t": token, "f.reason": REASON})
    assert done["task"]["type"] == "continue"
    await day.until(lambda: "APPROVED by Kai" in day.shown())


async def test_a_mark_waits_as_long_as_teams_asks_and_stands_once(day: Day) -> None:
    day.microsoft.faults_at = {("POST", CHANNEL): [(429, {"Retry-After": "0"}, {}), (412, {"Retry-After": "0"}, {})]}
    await day.bot.time.to(await day.start_at() - timedelta(minutes=29), down=False)
    await day.until(lambda: bool(day.posts("T-30")))
    assert day.microsoft.faults_at[("POST", CHANNEL)] == []
    assert len(day.posts("T-30")) == 1


async def test_a_mark_of_which_nobody_knows_is_never_sent_again_and_the_next_one_stands(day: Day) -> None:
    day.microsoft.faults_at = {("POST", CHANNEL): ["drop after commit"]}
    start = await day.start_at()
    await day.bot.time.to(start - timedelta(minutes=29), down=False)
    await day.until(lambda: bool(day.posts("T-30")))
    await day.bot.time.to(start - timedelta(minutes=4), down=False)
    await day.until(lambda: bool(day.posts("T-5")))
    assert len(day.posts("T-30")) == 1


async def test_a_card_that_somebody_deleted_is_told_to_its_owner_and_the_release_goes_on(day: Day) -> None:
    day.microsoft.faults_at = {("PUT", CHANNEL): [(404, {}, {"error": {"code": "ActivityNotFoundInConversation"}})] * 9}
    await day.send(day.filled("kai", SIGN_OFF, REASON))
    await day.until(lambda: "the message was deleted" in day.shown(ANA))
    await day.say("lena", "release go R-1")
    assert (await day.release()).phase.value == "cleared"


async def test_a_bot_taken_out_of_the_team_tells_the_owner_and_posts_again_once_it_is_back(day: Day) -> None:
    await day.send(day.activity("ana", type="installationUpdate", action="remove"))
    day.microsoft.faults_at = {("POST", CHANNEL): [(403, {}, {"error": {"code": "BotNotInConversationRoster"}})] * 9}
    start = await day.start_at()
    await day.bot.time.to(start - timedelta(minutes=29), down=False)
    await day.until(lambda: "T-30" in day.shown(ANA))
    assert day.posts("T-30") == []
    day.microsoft.faults_at = {}
    await day.send(day.activity("ana", type="installationUpdate", action="add"))
    await day.bot.time.to(start - timedelta(minutes=4), down=False)
    await day.until(lambda: bool(day.posts("T-5")))


async def test_one_of_another_company_is_refused_and_a_stranger_of_this_one_may_not_decide(day: Day) -> None:
    outside = day.filled("kai", SIGN_OFF, REASON) | {"channelData": {"tenant": {"id": "another"}}}
    headers = {"Authorization": f"Bearer {day.microsoft.token()}"}
    async with day.session.post(f"{day.bot.base}/teams/messages", json=outside, headers=headers) as answer:
        assert answer.status == 401
    unknown = {"id": "29:zoe", "name": "Zoe", "aadObjectId": directory_id("quinn").replace("6", "9")}
    told = await day.send(day.filled("kai", SIGN_OFF, REASON) | {"from": unknown})
    assert "APPROVED" not in json.dumps(told) + day.shown()
    await day.send(day.filled("kai", SIGN_OFF, REASON))
    await day.until(lambda: "APPROVED by Kai" in day.shown())
