"""An emergency day against the real process: declare, confirm, start, done, review, and the next one (G11, G16)."""

from datetime import timedelta

import pytest

from tests.scenarios.conftest import Bot, Day, events, posts, said, words_of

pytestmark = pytest.mark.unmeasured

WHY = "search answers nothing since the index is full"
FINE = "the index alone is enlarged, I read the change"


def emergency(bot: Bot, version: str, incident: str, *, person: str = "ana") -> str:
    before = {r["id"] for r in bot.call("/api/releases")}
    bot.say(person, f"/release breakglass search {version} {incident} {WHY}", place="#search")
    (fresh,) = (r["id"] for r in bot.call("/api/releases") if r["id"] not in before)
    return str(fresh)


def test_an_emergency_day(bot: Bot, day: Day) -> None:
    span = f"now to {day.start_at:%Y-%m-%d %H:%M} UTC"
    frozen = said(bot.say("lena", f"/release freeze search {span} stock taking in every warehouse", place="#search"))
    assert "is on record" in frozen
    ordinary = day.plan(f"search 7.0.0 at {bot.now():%Y-%m-%d} 13:00 UTC", place="#search")
    assert bot.release(ordinary)["verdict"] == "NO-GO"
    bot.say("ana", f"/release cancel {ordinary} the fix goes first", place="#search")
    release = emergency(bot, "7.0.1", "INC-204")
    told = bot.messages("#releases")[-1]
    assert "EMERGENCY" in told["text"]
    assert "INC-204" in told["text"]
    own = said(bot.say("ana", f"/release approve {release} {FINE}", place="#search"))
    assert "own release" in own
    assert bot.release(release)["cleared"] is False
    bot.say("kai", f"/release approve {release} {FINE}", place="#search")
    found = bot.release(release)
    assert (found["cleared"], found["verdict"]) == (True, "GO"), found["findings"]
    assert {f["result"] for f in found["findings"] if f["code"] == "emergency_waived"} == {"warn"}
    assert "Two people" in bot.messages("#releases")[-1]["text"]
    bot.say("ana", f"/release start {release}", place="#search")
    assert not posts(bot.release(release), "WITHOUT-GO")
    bot.say("ana", f"/release done {release}", place="#search")
    refused = said(bot.say("kai", f"/release breakglass search 7.0.2 INC-205 {WHY}", place="#search"))
    assert "no review yet" in refused
    assert release in said(bot.say("kai", "/release list", place="#search"))
    bot.turn(bot.now() + timedelta(hours=25))
    overdue = [m for m in bot.messages("#search") if "REVIEW OVERDUE" in m["text"]]
    assert overdue
    answers = "the index ran full unnoticed; the sign-offs and QA; an alert at 80 percent"
    assert "somebody else" in said(bot.say("ana", f"/release review {release} {answers}", place="#search"))
    bot.say("kai", f"/release review {release} {answers}", place="#search")
    assert events(bot.ledger(release), "ReviewRecorded")
    assert any("an alert at 80 percent" in words_of(m) for m in bot.messages("#search"))
    following = emergency(bot, "7.0.2", "INC-205", person="kai")
    assert bot.release(following)["verdict"] != "GO"
    bot.say("lena", f"/release approve {following} {FINE} too", place="#search")
    assert bot.release(following)["cleared"] is True
    bot.say("kai", f"/release cancel {following} the rehearsal is over now", place="#search")
