"""What people say to the whole bot, and who may; each test is a conversation over HTTP."""

from datetime import date
from pathlib import Path

import pytest

from tests.bot.app.talk import REASON, RUNBOOK, talking
from tests.days import workday


async def test_a_low_release_of_a_well_kept_service_needs_no_question(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        day = f"{date.fromisoformat(workday()):%A}".lower()
        heard = await talk.say("ana", f"/release plan search 1.8.0 {day} 16:00", "#search")
        release = await talk.release()
        assert release["questions_asked"] == 0
        assert release["risk"]["band"] == "LOW"
        assert "GO POSSIBLE" in heard


async def test_there_is_never_a_fourth_question_and_every_missing_must_is_named(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.say("ana", "/release plan payments")
        for _ in range(8):
            await talk.say("ana", "I don't know")
            await talk.say("ana", "/release plan payments")
        release = await talk.release()
        assert release["questions_asked"] <= 3
        assert not [r for r in await talk.get("/api/releases") if r["id"] != "R-1"]
        text = await talk.say("ana", "/release status R-1")
        missing = [f for f in release["findings"] if f["level"] == "MUST" and f["result"] == "missing"]
        assert missing
        assert all(f["how"] for f in missing)
        assert release["verdict"] == "NO-GO UNTIL VERIFIED"
        assert "NO-GO UNTIL VERIFIED" in text


async def test_who_may_not_approve_is_refused_on_record_and_who_may_is_heard(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.planned()
        for who in ("ana", "sam", "ben", "release-bot", "guest"):
            await talk.say(who, f"/release approve R-1 {REASON}")
        release = await talk.release()
        assert not [c for c in release["consents"] if c["state"] == "valid"]
        ledger = await talk.get("/api/releases/R-1/ledger")
        assert len([row for row in ledger if row["what"] == "refused"]) >= 4
        assert "REFUSED" in await talk.press("ana", "sign_off")
        await talk.press("kai", "sign_off")
        assert talk.form
        await talk.fill("kai", reason="lgtm")
        assert talk.errors
        await talk.fill("kai", reason=REASON)
        release = await talk.release()
        assert [c["by"] for c in release["consents"] if c["state"] == "valid"] == ["kai"]
        assert release["verdict"] == "GO"


async def test_hold_cancel_and_words_in_a_thread(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.planned()
        await talk.say("kai", "/release hold R-1 pager is on fire")
        assert (await talk.release())["phase"] == "held"
        await talk.say("lena", "/release resume R-1")
        assert (await talk.release())["phase"] == "planned"
        await talk.say("ana", "/release cancel R-1 the feature is not wanted any more")
        assert (await talk.release())["phase"] == "cancelled"
        assert "cancelled" in (await talk.say("ana", "/release go R-1")).lower()


@pytest.mark.parametrize(
    "words",
    ["just ship it", "looks fine", "what is the weather", "<b>@channel</b>\n\n[x](javascript:1)", "go", "x" * 9000],
)
async def test_free_words_are_answered_and_change_nothing(tmp_path: Path, words: str) -> None:
    async with talking(tmp_path) as talk:
        await talk.say("ana", f"/release plan payments 2.4.1 {workday()} 15:00")
        before = await talk.release()
        assert await talk.say("ana", words)
        after = await talk.release()
        assert after["phase"] == "planning"
        assert after["questions_asked"] - before["questions_asked"] <= 1


async def test_every_listed_verb_answers_without_a_release_and_with_one(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        verbs = [v["verb"] for v in await talk.get("/api/verbs")]
        for verb in verbs:
            assert await talk.say("ana", f"/release {verb}") or talk.form
        await talk.planned()
        for verb in (
            "status",
            "list",
            "help plan",
            "audit",
            "full-plan",
            "arithmetic",
            "rollcall",
            "preview",
            "service",
        ):
            assert await talk.say("ana", f"/release {verb}")
        await talk.say("ana", f"/release evidence R-1 capacity {RUNBOOK}")
        await talk.say("ana", "/release na R-1 flags there is no flag in this change at all")
        await talk.say("priya", "/release no-go R-1 support is not staffed tonight")
        await talk.say("priya", "/release withdraw R-1 support is staffed after all")
        await talk.say("ana", "/release amend R-1 steps 5, 50, 100")
        await talk.say("ana", "/release owner R-1 @kai")
        await talk.say("ana", "/release lesson R-1 write the runbook first")
        assert (await talk.release())["phase"] == "planned"


async def test_what_one_release_established_carries_over_to_the_next(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.cleared()
        await talk.until(0)
        await talk.say("ana", "/release start R-1")
        await talk.say("ana", "/release step R-1 100%")
        await talk.say("ana", "/release done R-1")
        await talk.say("ana", "/release plan payments 2.5.0 tomorrow 15:00 no data change")
        release = await talk.release("R-2")
        assert release["questions_asked"] == 0, "the drill of R-1 is fresh, so nobody is asked for it again"
        open_now = {f["code"] for f in release["findings"] if f["level"] == "MUST" and f["result"] == "missing"}
        assert "rollback_untested" not in open_now
        assert "gave before" in await talk.say("kai", f"/release approve R-2 {REASON}")
        await talk.say("kai", f"/release approve R-2 {REASON}, and R-1 went well")
        assert (await talk.release("R-2"))["verdict"] == "GO"


async def test_naming_the_version_later_never_opens_a_second_plan_with_a_fresh_budget(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.say("ana", "/release plan payments")
        for _ in range(4):
            await talk.say("ana", "I don't know")
        assert (await talk.release())["phase"] == "planned"
        await talk.say("ana", f"/release plan payments 2.4.1 {workday()} 15:00")
        assert [r["id"] for r in await talk.get("/api/releases")] == ["R-1"]
        await talk.say("ana", "/release amend R-1 version 2.4.1")
        assert (await talk.release())["version"] == "2.4.1"
        pipeline = [f["result"] for f in (await talk.release())["findings"] if f["subject"] == "ci"]
        assert pipeline == ["clear"], "the sources are asked anew for the new version"
