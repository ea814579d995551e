"""A private service in a whole sandbox: its API, its panel and its conversations show a release to who has a part in it."""

from pathlib import Path

from bot.app.house import DEMO_CATALOGUE
from tests.bot.app.talk import Talk, sandbox_of

PATHS = ("", "/R-1", "/R-1/plan", "/R-1/ledger", "/R-1/risk")


async def seen(talk: Talk, person: str | None) -> list[bool]:
    who = "" if person is None else f"?person={person}"
    answers = [await talk.text(f"/api/releases{path}{who}") for path in PATHS]
    answers.append(await talk.text(f"/api/panels{who}"))
    return ["2.4.1" in answer or "PlanStarted" in answer or "block" in answer for answer in answers]


async def test_nobody_outside_sees_a_private_release_by_any_path_and_its_people_see_it_by_all(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.yaml"
    text = DEMO_CATALOGUE.read_text()
    at = text.index("\n  payments:\n") + len("\n  payments:\n")
    file.write_text(f"{text[:at]}    private: true\n{text[at:]}")
    async with sandbox_of(tmp_path, catalogue=file) as (talk, _):
        await talk.say("ana", "/release plan payments 2.4.1 to production at 23:00 canary 10%")
        for person in (None, "guest", "sam"):
            assert not any(await seen(talk, person)), person
        for words in ("status R-1", "list", "home", "export R-1", "audit R-1", "metrics"):
            told = await talk.say("sam", f"/release {words}", "#releases")
            assert "2.4.1" not in told
        assert all(await seen(talk, "kai"))
        assert "2.4.1" in await talk.say("kai", "/release status R-1", "#releases")
