"""Links to GitHub that people paste: what they show counts as far as it is of this very release."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.evidence import Evidence, Kind, Standing
from tests.adapters.evidence.asked import inquiry, release
from tests.adapters.evidence.github_asked import Ask, asking
from tests.adapters.evidence.github_fake import OTHER, SHA, GitHubState, actions, pull, required, run


@pytest.fixture
def state() -> GitHubState:
    return GitHubState(checks=[run("unit")])


@pytest.fixture
async def ask(state: GitHubState) -> AsyncIterator[Ask]:
    async with asking(state) as found:
        yield found


LINKS = "https://github.com/acme/shop"


async def _look(ask: Ask, *links: str, **changes: object) -> dict[Kind, Evidence]:
    return await ask(inquiry("link", of=release(links=links, **changes), purpose="link"))


async def test_a_pasted_run_is_judged_as_the_whole_of_its_commit(state: GitHubState, ask: Ask) -> None:
    state.runs, state.required = [actions(7)], [required("unit", "e2e")]
    seen = (await _look(ask, f"{LINKS}/actions/runs/7?pr=3"))[Kind.CI]
    assert (seen.standing, seen.source) == (Standing.MISSING, "gh (link)")
    state.checks.append(run("e2e"))
    for link in (
        f"{LINKS}/actions/runs/7/attempts/1",
        f"{LINKS}/actions/runs/7/job/1",
        str(state.checks[0]["html_url"]),
    ):
        seen = (await _look(ask, link))[Kind.CI]
        assert (seen.standing, seen.subject) == (Standing.VERIFIED, SHA)


async def test_a_pasted_run_of_another_commit_proves_nothing(state: GitHubState, ask: Ask) -> None:
    state.runs = [actions(7, sha=OTHER), actions(8)]
    seen = (await _look(ask, f"{LINKS}/actions/runs/7"))[Kind.CI]
    assert (seen.standing, seen.subject) == (Standing.INCONCLUSIVE, OTHER)
    assert seen.text == "it is of commit 0123456; 1.2.3 is commit fefa9f6"
    assert (await _look(ask, f"{LINKS}/actions/runs/8"))[Kind.CI].standing is Standing.VERIFIED


async def test_a_link_to_another_repository_or_an_unknown_version_proves_nothing(state: GitHubState, ask: Ask) -> None:
    state.runs = [actions(7)]
    other = await _look(ask, "https://github.com/evil/shop/actions/runs/7")
    assert other[Kind.CI].standing is Standing.INCONCLUSIVE
    assert "evil/shop is not the repository of the service" in other[Kind.CI].text
    early = await _look(ask, f"{LINKS}/actions/runs/7", version=None)
    assert early[Kind.CI].standing is Standing.INCONCLUSIVE
    assert (await _look(ask, f"{LINKS}/actions/runs/9"))[Kind.CI].standing is Standing.MISSING


async def test_links_of_the_change_its_notes_and_its_commit_are_looked_up(state: GitHubState, ask: Ask) -> None:
    state.pulls, state.notes = [pull(7), pull(8, merged=False)], "Words"
    links = (f"{LINKS}/pull/7/files", f"{LINKS}/releases/tag/v1.2.3", f"{LINKS}/commit/{SHA[:9]}")
    seen = await _look(ask, *links)
    assert {kind: one.standing for kind, one in seen.items()} == dict.fromkeys(
        (Kind.CHANGE, Kind.NOTES, Kind.ARTIFACT), Standing.VERIFIED
    )
    assert seen[Kind.CHANGE].url == f"{LINKS}/pull/7/files"
    assert (await _look(ask, f"{LINKS}/pull/8"))[Kind.CHANGE].standing is Standing.MISSING
    assert (await _look(ask, f"{LINKS}/compare/v1.2.2...{SHA}"))[Kind.CHANGE].standing is Standing.VERIFIED


async def test_links_of_other_hosts_are_left_alone(ask: Ask) -> None:
    far = ("https://github.com.evil.example/acme/shop/actions/runs/7", "https://github.com@evil.example/a/b/pull/1")
    assert await _look(ask, *far, "https://gitlab.com/a/b/-/pipelines/1", f"{LINKS}/wiki") == {}
