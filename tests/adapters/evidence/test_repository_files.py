"""Migrations and the runbook as a repository tells them: read at the two versions, and said of nothing that was not read."""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from aiohttp import web

from adapters.evidence.changed import Changed, ChangedFile
from adapters.evidence.github import github
from adapters.evidence.migrations.items import MOST, migration_items
from adapters.evidence.runbook import Rehearsal, rehearsal_of, runbook_items
from adapters.http.answers import Unavailable
from adapters.http.fetch import Transport
from bot.domain.evidence import Evidence, Kind, Standing
from bot.ports import Inquiry, Secret, SourceSettings
from tests.adapters.evidence.asked import catalog, entry, inquiry
from tests.adapters.evidence.github_fake import AT, SHA, SLUG, GitHubState, file
from tests.adapters.evidence.openapi import broken
from tests.adapters.http.site import TOKEN, leads_home, serving
from tests.world import NOW

ADD = "ALTER TABLE orders ADD COLUMN note text"
DROP = "ALTER TABLE orders DROP COLUMN note"
BOOK = "---\ntitle: Back\nlast_tested: 2026-11-01\ntested_by: Kai\nway: redeploy\nrestore_minutes: 8\n---\n# Way back\n"
TESTED = datetime(2026, 11, 1, 12, tzinfo=UTC)


@dataclass
class Files:
    """A repository of a few texts by (ref, path); None as ref is the default branch."""

    texts: Mapping[tuple[str | None, str], str | Unavailable] = field(default_factory=dict)
    at: datetime | Unavailable | None = None

    async def file(self, path: str, ref: str | None = None) -> str | Unavailable:
        return self.texts.get((ref, path), Unavailable("not_found"))

    async def touched(self, _: str, __: str | None = None) -> datetime | Unavailable | None:
        return self.at

    def page(self, path: str, _: str | None = None) -> str:
        return f"https://code.example/{path}"


def changed(*files: tuple[str, str], whole: bool = True) -> Changed:
    return Changed("v1", "v2", tuple(ChangedFile(p, s) for p, s in files), 1, whole)


async def migration(files: Files, of: Changed, asked: Inquiry | None = None) -> Evidence:
    (found,) = await migration_items(asked or inquiry("scm"), "gh", of, files)
    assert found.kind is Kind.MIGRATION
    return found


async def test_an_added_script_is_read_at_the_new_version() -> None:
    files = Files({("v2", "sql/V2__note.sql"): ADD})
    found = await migration(files, changed(("sql/V2__note.sql", "added")))
    assert (found.standing, found.facts["data_change"]) == (
        Standing.MISSING,
        "expand",
    )  # whether it was tried is not read
    assert (found.subject, found.facts["models_changed"]) == ("v2", True)
    assert "expand since v1: adds orders.note" in found.text


async def test_the_way_back_beside_it_makes_a_drop_a_contract_step() -> None:
    files = Files({("v2", "sql/V2__note.sql"): DROP, ("v2", "sql/U2__note.sql"): ADD})
    alone = await migration(files, changed(("sql/V2__note.sql", "added")))
    assert (alone.facts["data_change"], alone.facts["way_back"]) == ("irreversible", False)
    both = await migration(files, changed(("sql/V2__note.sql", "added"), ("sql/U2__note.sql", "added")))
    assert (both.facts["data_change"], both.facts["way_back"]) == ("contract", True)


async def test_a_migration_that_is_moved_to_where_no_tool_finds_it_was_taken_away() -> None:
    files = Files({("v1", "sql/V2__note.sql"): ADD, ("v2", "docs/old.txt"): ADD, ("v2", "sql/V3__note.sql"): ADD})
    moved = Changed("v1", "v2", (ChangedFile("docs/old.txt", "renamed", None, "sql/V2__note.sql"),), 1, whole=True)
    found = await migration(files, moved)
    assert (found.standing, found.facts["data_change"]) == (Standing.MISSING, "irreversible")
    assert "taken away" in found.text
    renamed = Changed(
        "v1", "v2", (ChangedFile("sql/V3__note.sql", "renamed", None, "sql/V2__note.sql"),), 1, whole=True
    )
    assert (await migration(files, renamed)).facts["data_change"] == "expand"


async def test_a_drill_counts_only_where_it_can_be_told_whether_the_runbook_was_edited_since() -> None:
    about = inquiry("scm", about=entry(evidence={"runbook": "docs/back.md"}))
    files = Files({(None, "docs/back.md"): BOOK}, at=Unavailable("timeout", "no whole answer in time"))
    said = {one.kind: one for one in await runbook_items(about, "gh", files)}
    assert (said[Kind.RUNBOOK].standing, said[Kind.ROLLBACK].standing) == (Standing.VERIFIED, Standing.UNAVAILABLE)
    files.at = TESTED
    said = {one.kind: one for one in await runbook_items(about, "gh", files)}
    assert (said[Kind.ROLLBACK].standing, said[Kind.ROLLBACK].facts["tested"]) == (Standing.ATTESTED, True)


async def test_a_changelog_counts_for_what_is_new_in_it() -> None:
    head = "--liquibase formatted sql\n--changeset a:1\nDROP TABLE old;\n"
    files = Files({("v1", "db/changelog.sql"): head, ("v2", "db/changelog.sql"): f"{head}--changeset a:2\n{ADD};\n"})
    assert (await migration(files, changed(("db/changelog.sql", "modified")))).facts["data_change"] == "expand"
    same = Files({("v1", "db/changelog.sql"): head, ("v2", "db/changelog.sql"): f"{head}\n"})
    found = await migration(same, changed(("db/changelog.sql", "modified")))
    assert (found.standing, found.facts["data_change"]) == (Standing.VERIFIED, "none")


async def test_a_list_that_is_cut_short_may_hide_the_worst() -> None:
    files = Files({("v2", "V2__note.sql"): ADD})
    found = await migration(files, changed(("V2__note.sql", "added"), whole=False))
    assert (found.facts["data_change"], "UNKNOWN — verify" in found.text) == ("irreversible", True)
    many = await migration(files, changed(*((f"V{n}__x.sql", "added") for n in range(MOST + 1))))
    assert many.facts["data_change"] == "irreversible"


async def test_what_cannot_be_read_is_not_classed() -> None:
    down = Files({("v2", "V2__note.sql"): Unavailable("timeout", "no answer")})
    found = await migration(down, changed(("V2__note.sql", "added")))
    assert (found.standing, found.facts["unavailable"]) == (Standing.UNAVAILABLE, "timeout")
    assert "data_change" not in found.facts
    gone = await migration(Files(), changed(("V2__note.sql", "added")))
    assert (gone.standing, "data_change" in gone.facts) == (Standing.MISSING, False)
    base = Files({("v2", "c/changelog.sql"): ADD, ("v1", "c/changelog.sql"): Unavailable("server_error")})
    assert (await migration(base, changed(("c/changelog.sql", "modified")))).standing is Standing.UNAVAILABLE


async def test_without_a_migration_models_alone_are_told_and_the_folder_of_the_catalogue_holds() -> None:
    models = await migration(Files(), changed(("app/models.py", "modified")))
    assert (models.standing, models.facts.get("data_change")) == (Standing.MISSING, None)
    none = await migration(Files(), changed(("README.md", "modified")))
    assert (none.standing, none.facts["data_change"]) == (Standing.VERIFIED, "none")
    own = inquiry("scm", about=entry(evidence={"migrations": "db/"}))
    files = Files({("v2", "db/V2__note.sql"): ADD, ("v2", "testdata/all.sql"): DROP})
    of = changed(("db/V2__note.sql", "added"), ("testdata/all.sql", "added"))
    assert (await migration(files, of, own)).facts["data_change"] == "expand"
    assert (await migration(files, of)).facts["data_change"] == "irreversible"


@pytest.mark.parametrize(
    ("text", "tested"),
    [
        (BOOK, Rehearsal(TESTED.date(), "Kai", "redeploy", 8)),
        ("---\r\nLast-Tested: '2026-11-01'\r\n---\r\n", Rehearsal(TESTED.date())),
        ("# Back\n\n**Last tested:** 2026-11-01 by Kai\n", Rehearsal(TESTED.date())),
        ("| last tested | 2026-11-01 |\n- Last tested on 2026-10-01", Rehearsal(TESTED.date())),
        ("Last tested: yesterday\n", Rehearsal(None)),
        ("Last tested: 2026-13-41\n", Rehearsal(None)),
        ("It was last tested well before 2026-11-01, they say\n", Rehearsal(None)),
        ("---\nway: hope\nrestore_minutes: soon\n", Rehearsal(None)),
        ("", Rehearsal(None)),
        ("\n" * 300_000, Rehearsal(None)),
        ("---\n" + "-" * 300_000, Rehearsal(None)),
    ],
)
def test_the_day_of_the_last_test_is_read_where_it_is_written(text: str, tested: Rehearsal) -> None:
    assert rehearsal_of(text) == tested


async def book(files: Files, path: str = "docs/rollback.md") -> dict[Kind, Evidence]:
    asked = inquiry("scm", about=entry(evidence={"runbook": path}))
    return {one.kind: one for one in await runbook_items(asked, "gh", files)}


async def test_a_runbook_that_was_tested_is_a_rehearsal_that_somebody_wrote_down() -> None:
    files = Files({(None, "docs/rollback.md"): BOOK}, datetime(2026, 10, 31, tzinfo=UTC))
    found = await book(files)
    runbook, drill = found[Kind.RUNBOOK], found[Kind.ROLLBACK]
    assert (runbook.standing, runbook.url, runbook.facts["age_days"]) == (
        Standing.VERIFIED,
        "https://code.example/docs/rollback.md",
        (NOW.date() - TESTED.date()).days,
    )
    assert (drill.standing, drill.dated, drill.facts["tested"], drill.facts["way"]) == (
        Standing.ATTESTED,
        TESTED,
        True,
        "redeploy",
    )
    assert "last tested 2026-11-01 by Kai" in drill.text


async def test_a_runbook_that_was_edited_since_is_not_tested() -> None:
    files = Files({(None, "docs/rollback.md"): BOOK}, datetime(2026, 11, 20, tzinfo=UTC))
    found = await book(files)
    assert found[Kind.ROLLBACK].facts["tested"] is False
    assert "edited since (2026-11-20)" in found[Kind.RUNBOOK].text


async def test_a_runbook_without_a_day_is_there_and_no_more() -> None:
    assert set(await book(Files({(None, "docs/rollback.md"): "# Back"}))) == {Kind.RUNBOOK}
    later = BOOK.replace("2026-11-01", "2036-11-01")
    assert set(await book(Files({(None, "docs/rollback.md"): later}))) == {Kind.RUNBOOK}  # nobody tests tomorrow


async def test_a_runbook_that_is_not_there_is_missing_and_one_that_cannot_be_seen_unavailable() -> None:
    assert (await book(Files()))[Kind.RUNBOOK].standing is Standing.MISSING
    hidden = Files({(None, "docs/rollback.md"): Unavailable("forbidden")})
    assert (await book(hidden))[Kind.RUNBOOK].standing is Standing.UNAVAILABLE
    assert await book(Files(), "") == {}
    there = Files({(None, "docs/rollback.md"): BOOK})
    assert await book(there, "https://github.com/acme/shop/blob/main/docs/rollback.md")


@dataclass
class WithTexts(GitHubState):
    """A GitHub that has files too."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)

    async def answer(self, request: web.Request) -> web.Response:
        found = re.fullmatch(f"/repos/{SLUG}/contents/(.+)", request.path)
        if found:
            text = self.texts.get((request.query.get("ref", ""), found[1]))
            return self._file(found[1], text) if text is not None else await super().answer(request)
        if request.path == f"/repos/{SLUG}/commits" and "path" in request.query:
            return web.json_response([{"commit": {"committer": {"date": AT}}}])
        return await super().answer(request)

    def _file(self, path: str, text: str) -> web.Response:
        url = "https://api.github.com/x"
        body = {
            "type": "file", "encoding": "base64", "size": len(text), "name": path, "path": path, "sha": "a",
            "content": b64encode(text.encode()).decode(), "url": url, "git_url": url, "html_url": url, "download_url": url,
            "_links": {"git": url, "html": url, "self": url},
        }  # fmt: skip
        self.broken += broken("/repos/{owner}/{repo}/contents/{path}", body)
        return web.json_response(body)


async def ask(state: WithTexts) -> dict[Kind, Evidence]:
    async with serving(state.answer) as server, Transport(leads_home) as transport:
        state.port = server.port
        settings = SourceSettings(
            "gh", "github", server.base(), ("github.com",), Secret(lambda: TOKEN), allow_private=True
        )
        asked = inquiry("scm", about=entry(evidence={"runbook": "docs/way back.md"}))
        found = await github(settings, transport, catalog).gather(asked)
        assert (state.broken, server.methods) == ([], {"GET"})
        return {one.kind: one for one in found}


async def test_github_gives_both() -> None:
    state = WithTexts(files=[file("sql/V2__note.sql", status="added")])
    state.texts = {(SHA, "sql/V2__note.sql"): ADD, ("", "docs/way back.md"): BOOK}
    found = await ask(state)
    assert found[Kind.MIGRATION].facts["data_change"] == "expand"
    assert found[Kind.RUNBOOK].url == f"https://github.com/{SLUG}/blob/HEAD/docs/way%20back.md"
    assert found[Kind.ROLLBACK].facts["tested"] is False  # the last commit is younger than the test
