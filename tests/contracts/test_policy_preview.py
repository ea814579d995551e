"""`policy preview` reads the releases of every database that the bot runs on, and changes nothing."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.preview import PreviewOptions, preview
from bot.catalog.trouble import BadCatalogue
from bot.cli import main
from bot.domain.errors import BadFile
from bot.store import open_store
from tests.bot.app.talk import talking
from tests.contracts.given import keep
from tests.driver import Driver

ROOT = Path(__file__).parents[2]
SHIPPED = (ROOT / "deploy" / "policy" / "rubric.yaml").read_text()


@pytest.fixture
def rubric(tmp_path: Path) -> Path:
    """A second version: MEDIUM begins at 1."""
    path = tmp_path / "new.yaml"
    text = SHIPPED.replace('version: "1"', 'version: "2"').replace('"1: as shipped"', '"2: MEDIUM begins at 1"')
    path.write_text(text.replace("MEDIUM: 30", "MEDIUM: 1"))
    return path


async def _stored(url: str) -> dict[str, str]:
    """Two releases of the past; gives the heads of their streams."""
    async with open_store(url) as store:
        for name in ("R-1", "R-2"):
            driver = Driver()
            driver.now -= timedelta(days=2)
            await keep(store, *driver.plan(release=name, version=f"2.4.{name[-1]}").ready().events, release=name)
        return dict(await store.heads(["release:R-1", "release:R-2"]))


async def test_what_would_be_judged_otherwise_is_a_table_and_nothing_is_changed(url: str, rubric: Path) -> None:
    heads = await _stored(url)
    told = await preview(PreviewOptions(rubric, database=url))
    lines = told.splitlines()
    assert lines[0] == "rubric 1 -> 2: 2 of 2 releases would be judged otherwise"
    assert lines[1].split() == ["release", "service", "version", "judged", "at", "score", "band", "verdict"]
    assert [line.split()[0] for line in lines[2:4]] == ["R-2", "R-1"]
    assert all("LOW -> MEDIUM" in line for line in lines[2:4])
    async with open_store(url) as store:
        assert await store.heads(list(heads)) == heads
        assert len(await store.releases()) == 2


async def test_the_same_rules_change_nothing_and_a_policy_is_tried_like_a_rubric(url: str, tmp_path: Path) -> None:
    await _stored(url)
    same = tmp_path / "same.yaml"
    same.write_text(SHIPPED)
    nothing = "rubric 1 -> 1: 0 of 2 releases would be judged otherwise"
    assert await preview(PreviewOptions(same, database=url)) == nothing
    every = await preview(PreviewOptions(same, database=url, every=True))
    assert [line.split()[0] for line in every.splitlines()[1:4]] == ["release", "R-2", "R-1"]
    policy = tmp_path / "policy.yaml"
    policy.write_text('version: "team 7"\nitems: {game_day: {level: MUST}}\n')
    told = json.loads(await preview(PreviewOptions(policy, database=url, as_json=True)))
    assert told["change"] == "policy 1 -> team 7"
    assert [r["release"] for r in told["releases"]] == ["R-2", "R-1"]
    first = told["releases"][0]
    assert first["differs"]
    assert first["would_be"]["score"] > first["was"]["score"]
    assert set(first["recorded"]) == {"score", "band", "verdict"}


async def test_a_bad_file_is_named_with_its_line_and_a_good_one_is_tried(url: str, rubric: Path) -> None:
    await _stored(url)
    bad = rubric.with_name("bad.yaml")
    bad.write_text(SHIPPED.replace("never: 8", "never: 9"))
    with pytest.raises(BadCatalogue, match=r"bad\.yaml, line \d+, evidence_gap: expected .* add up to 100, found 101"):
        await preview(PreviewOptions(bad, database=url))
    assert "rubric 1 -> 2" in await preview(PreviewOptions(rubric, database=url))


async def test_without_a_database_it_says_how_to_name_one(tmp_path: Path, rubric: Path) -> None:
    with pytest.raises(BadFile, match="name one with --data or --database"):
        await preview(PreviewOptions(rubric, data=tmp_path / "nothing"))


def test_the_command_line_tries_a_rubric_on_the_releases_of_a_sandbox(
    tmp_path: Path, rubric: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def day() -> None:
        async with talking(tmp_path / "data") as talk:
            await talk.cleared()

    asyncio.run(day())
    assert main(["policy", "preview", str(rubric), "--data", str(tmp_path / "data"), "--json"]) == 0
    row = json.loads(capsys.readouterr().out)["releases"][0]
    assert (row["release"], row["occasion"], row["was"]) == ("R-1", "go", row["recorded"])
    assert row["would_be"]["band"] != row["was"]["band"]
    assert main(["policy", "preview", str(tmp_path / "none.yaml"), "--data", str(tmp_path / "data")]) == 1
    assert "none.yaml, line 1" in capsys.readouterr().err
