"""The whole bot in one process, from `/release plan` to the last post; each test is a release day."""

from datetime import datetime, timedelta
from pathlib import Path

from bot.app.audit import verify_ledger
from tests.bot.app.talk import REASON, talking

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
        await talk.say(
            "mia", f"/release approve R-1 {REASON}"
        )  # Kai gave QA's confirmation: the peer is another person
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


async def test_a_start_after_the_hold_at_t0_does_not_deny_the_posts_that_were_sent(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.planned()
        await talk.until(0)
        assert (await talk.release())["phase"] == "held"
        await talk.say("ana", "/release start R-1")
        told = [post for post in await talk.posts("#releases") if "T=0" in post]
        assert any("STARTED WITHOUT GO" in post for post in told)
        everything = "\n".join(await talk.posts("#releases") + await talk.posts("#payments"))
        assert "short notice" not in everything
        assert "so not posted" not in everything


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


async def test_a_restart_on_a_later_day_leaves_the_dates_of_the_evidence_what_they_were(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.planned(start="in 20 days")
        before = await talk.say("ana", "/release service payments")
        assert "tested rollback: " in before
        await talk.clock(advance_s=5 * 24 * 3600)
    async with talking(tmp_path) as talk:
        assert await talk.say("ana", "/release service payments") == before
