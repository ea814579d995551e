"""The whole bot in one process, from `/release plan` to the last post; each test is a release day."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app.audit import verify_ledger
from tests.bot.app.talk import REASON, RUNBOOK, talking

SECTIONS = (
    "GOAL",
    "PRECONDITIONS",
    "READINESS CHECKLIST",
    "RISK ASSESSMENT",
    "ROLLOUT PLAN",
    "VERIFICATION",
    "STOP CONDITIONS",
    "ROLLBACK PROCEDURE",
    "CONFIDENCE & UNCERTAINTIES",
    "LESSON LEARNED",
    "SELF-CHECK",
    "OWNER / TIMING / RISKS",
)


def marks(release: dict[str, object]) -> list[tuple[str, str, str]]:
    """(mark, audience, state) of each announcement of a mark, by due time."""
    found = release["announcements"]
    assert isinstance(found, list)
    return [(a["mark"], a["audience"], a["state"]) for a in found if a["mark"]]


async def test_an_uneventful_release_is_announced_once_each_and_closed(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        release = await talk.cleared()
        assert (release["phase"], release["verdict"], release["questions_asked"]) == ("cleared", "GO", 2)
        await talk.until(0)
        assert "start recorded" in (await talk.say("ana", "/release start R-1")).lower()
        await talk.until(15)
        await talk.say("ana", "/release step R-1 100%")
        await talk.say("ana", "/release done R-1")
        await talk.until(31)
        release = await talk.release()
        assert marks(release) == [
            ("T-30", "team", "sent"),
            ("T-5", "team", "sent"),
            ("T=0", "stakeholders", "sent"),
            ("T=0", "team", "sent"),
            ("T+15", "stakeholders", "sent"),
            ("T+15", "team", "sent"),
            ("T+30", "stakeholders", "sent"),
            ("T+30", "team", "sent"),
        ]
        assert release["phase"] == "closed"
        assert "monitoring green" in (await talk.posts("#releases"))[-1]
        plan = await talk.text("/api/releases/R-1/plan?format=md")
        places = [plan.index(f"# {name}") for name in SECTIONS]
        assert places == sorted(places)
        assert "<h" in await talk.text("/api/releases/R-1/plan?format=html")
        assert (await talk.get("/api/releases/R-1/plan?format=json"))["release"] == "R-1"
    assert (await verify_ledger(tmp_path, None)).sound


async def test_a_low_release_of_a_well_kept_service_needs_no_question(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        heard = await talk.say("ana", "/release plan search 1.8.0 friday 16:00", "#search")
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


async def test_a_failed_pipeline_blocks_until_it_passes(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.post("/api/demo", {"source": "ci", "set": {"status": "failed"}})
        release = await talk.planned()
        assert release["verdict"] == "NO-GO"
        await talk.say("kai", f"/release approve R-1 {REASON}")
        await talk.say("lena", "/release go R-1")
        assert (await talk.release())["phase"] == "planned"
        await talk.post("/api/demo", {"source": "ci", "set": {"status": "passed"}})
        await talk.until(-30)
        await talk.say("kai", f"/release approve R-1 {REASON}, again")
        await talk.say("lena", "/release go R-1")
        assert (await talk.release())["phase"] == "cleared"


async def test_drift_before_t0_flips_go_and_the_release_is_held(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.cleared()
        await talk.until(-10)
        await talk.post("/api/demo", {"source": "ci", "set": {"status": "failed"}})
        await talk.until(-5)
        release = await talk.release()
        assert release["verdict"] == "NO-GO"
        assert any("NO-GO" in post for post in (await talk.posts("#payments"))[-3:])
        await talk.until(0)
        release = await talk.release()
        assert release["phase"] == "held"
        assert {s for m, _, s in marks(release) if m in {"T=0", "T+15", "T+30"}} == {"superseded"}


async def test_nobody_answers_and_t0_is_an_automatic_no_go(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.planned()
        await talk.until(1)
        release = await talk.release()
        assert release["phase"] == "held"
        assert any("NO-GO" in post for post in await talk.posts("#payments"))
        assert "resumed" in (await talk.say("lena", "/release resume R-1 tomorrow 16:00")).lower()


async def test_a_start_without_go_is_said_aloud(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.planned()
        await talk.say("ana", "/release start R-1")
        assert any("STARTED WITHOUT GO" in post for post in await talk.posts("#payments"))


async def test_without_metrics_health_is_unknown_and_never_green(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.cleared()
        await talk.until(0)
        await talk.say("ana", "/release start R-1")
        await talk.post("/api/demo", {"source": "prometheus", "set": {"available": False}})
        await talk.until(31)
        posts = "\n".join((await talk.posts("#releases"))[-2:])
        assert "UNKNOWN" in posts
        assert "green" not in posts.lower().replace("monitoring_green", "")


async def test_a_rollback_is_told_with_its_eta_and_its_end(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.cleared()
        await talk.until(0)
        await talk.say("ana", "/release start R-1")
        await talk.say("kai", "/release health R-1 bad error rate 4 %")
        await talk.say("kai", "/release rollback R-1 error rate 4 %")
        assert "ROLLBACK" in (await talk.posts("#releases"))[-1]
        await talk.say("kai", "/release rolledback R-1")
        assert (await talk.release())["phase"] == "rolled_back"
        assert "ROLLED BACK" in (await talk.posts("#releases"))[-1]


async def test_a_move_announces_again_and_corrects_what_was_said(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.cleared()
        await talk.until(-29)
        await talk.say("ana", "/release move R-1 tomorrow 18:00 waiting for the support shift")
        release = await talk.release()
        assert release["schedule_revision"] == 2
        assert ("T-5", "team", "superseded") in marks(release)
        assert any("CORRECTED" in post for post in await talk.posts("#payments"))
        await talk.until(-29)
        again = [(m, s) for m, _, s in marks(await talk.release()) if m == "T-30"]
        assert again == [("T-30", "sent"), ("T-30", "sent")]


async def test_an_absence_is_told_and_late_marks_say_so(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.cleared()
        start = datetime.fromisoformat((await talk.release())["start_at"])
        await talk.until(-20)
        await talk.clock(to=(start + timedelta(minutes=3)).isoformat(), down=True)
        states = {m: s for m, a, s in marks(await talk.release()) if a == "team"}
        assert states["T-5"] in {"merged", "skipped"}
        assert states["T=0"] == "late"
        assert any("away" in post.lower() for post in await talk.posts("#payments"))


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
        await talk.say("ana", "/release plan payments 2.4.1 tomorrow 15:00")
        before = await talk.release()
        assert await talk.say("ana", words)
        after = await talk.release()
        assert after["phase"] == "planning"
        assert after["questions_asked"] - before["questions_asked"] <= 1


async def test_time_and_state_outlive_a_restart(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.cleared()
        await talk.until(-20)
        before = await talk.get("/api/clock")
    async with talking(tmp_path) as talk:
        assert (await talk.get("/api/clock"))["now"] == before["now"]
        assert (await talk.release())["phase"] == "cleared"
        await talk.until(-4)
        assert ("T-5", "team", "sent") in marks(await talk.release())


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
        await talk.say("kai", f"/release approve R-2 {REASON}")
        assert (await talk.release("R-2"))["verdict"] == "GO"


async def test_naming_the_version_later_never_opens_a_second_plan_with_a_fresh_budget(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.say("ana", "/release plan payments")
        for _ in range(4):
            await talk.say("ana", "I don't know")
        assert (await talk.release())["phase"] == "planned"
        await talk.say("ana", "/release plan payments 2.4.1 tomorrow 15:00")
        assert [r["id"] for r in await talk.get("/api/releases")] == ["R-1"]
        await talk.say("ana", "/release amend R-1 version 2.4.1")
        assert (await talk.release())["version"] == "2.4.1"
        pipeline = [f["result"] for f in (await talk.release())["findings"] if f["subject"] == "ci"]
        assert pipeline == ["clear"], "the sources are asked anew for the new version"
