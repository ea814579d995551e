"""T-30 and T-5 ask for a decision: said once for each instant, and without buttons as soon as nothing is left to decide."""

from pathlib import Path

from tests.bot.app.talk import Json, Talk, talking

WHY = "the drill was read, and the thresholds of the canary are fine"


async def post_of(talk: Talk, mark: str) -> list[Json]:
    """The messages of that mark in the team's channel, oldest first."""
    seen = await talk.get("/api/messages?place=%23payments")
    return [m for m in seen if f"· {mark} ·" in str(m["blocks"]) and not m["to"]]


def buttons(message: Json) -> set[str]:
    """The ids of its buttons."""
    return {b["id"] for b in message["buttons"]}


async def test_the_go_buttons_of_a_mark_are_gone_once_the_go_is_given_and_nothing_decides_after_the_start(
    tmp_path: Path,
) -> None:
    async with talking(tmp_path) as talk:
        await talk.planned()
        await talk.say("kai", f"/release approve R-1 {WHY}")
        await talk.until(-30)
        assert {"go", "no_go"} <= buttons((await post_of(talk, "T-30"))[0])
        await talk.say("lena", "/release go R-1")
        (given,) = await post_of(talk, "T-30")
        assert not {"go", "no_go"} & buttons(given)
        assert "GO given by Lena" in given["text"]
        await talk.until(0)
        await talk.say("ana", "/release start R-1")
        for mark in ("T-30", "T-5"):
            (told,) = await post_of(talk, mark)
            assert buttons(told) == {"status", "full_plan"}
            assert "Decided: GO given by Lena." in told["text"]


async def test_without_a_go_the_marks_lose_their_buttons_at_t0_and_a_new_time_asks_again(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.planned()
        await talk.say("kai", f"/release approve R-1 {WHY}")
        await talk.until(-5)
        assert "go" in buttons((await post_of(talk, "T-5"))[0])
        await talk.until(0)
        assert (await talk.release())["phase"] == "held"
        for mark in ("T-30", "T-5"):
            assert not buttons((await post_of(talk, mark))[0])
        await talk.say("lena", "/release resume R-1 tomorrow 18:00")
        await talk.until(-30)
        assert "go" in buttons((await post_of(talk, "T-30"))[-1])


async def test_a_finding_that_opens_takes_the_go_button_off_and_its_end_brings_it_back(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.planned()
        await talk.say("kai", f"/release approve R-1 {WHY}")
        await talk.until(-20)
        await talk.post("/api/demo", {"source": "ci", "set": {"status": "failed"}})
        await talk.until(-5.5)
        assert "go" not in buttons((await post_of(talk, "T-30"))[0])
        await talk.post("/api/demo", {"source": "ci", "set": {"status": "passed"}})
        await talk.until(-0.5)
        assert "go" in buttons((await post_of(talk, "T-5"))[0])


async def test_a_resume_in_the_second_of_a_mark_says_it_once_and_its_post_still_decides(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.planned()
        await talk.say("kai", f"/release approve R-1 {WHY}")
        await talk.until(-30)
        await talk.say("kai", "/release hold R-1 the alert of the ledger is flapping")
        assert not buttons((await post_of(talk, "T-30"))[0])
        await talk.say("lena", "/release resume R-1")
        (once,) = await post_of(talk, "T-30")
        assert "go" in buttons(once)
        assert "no longer stands" not in once["text"]
        states = [
            (a["schedule_revision"], a["state"]) for a in (await talk.release())["announcements"] if a["mark"] == "T-30"
        ]
        assert states == [(1, "sent"), (2, "superseded")]
        await talk.until(-5)
        assert len(await post_of(talk, "T-5")) == 1
