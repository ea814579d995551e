"""GitLab as a source: the pipelines of the very commit with the ones that they started, and what a pasted link speaks of."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest

from adapters.evidence.gitlab import gitlab
from adapters.http.fetch import Transport
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.links import Owner
from bot.ports import Catalog, Inquiry, Secret, SourceSettings
from tests.adapters.evidence.asked import catalog, entry, inquiry, release
from tests.adapters.evidence.gitlab_fake import (
    OTHER,
    PAGE,
    PROJECT,
    SHA,
    GitLabState,
    bridge,
    diff,
    job,
    merge_request,
    pipeline,
)
from tests.adapters.http.site import TOKEN, leads_home, serving

Ask = Callable[[Inquiry], Awaitable[dict[Kind, Evidence]]]
ABOUT = entry(repository=f"https://gitlab.test/{PROJECT}")


def _catalog() -> Catalog:
    return replace(catalog(), owners={"gitlab.test": Owner("gl", "gitlab")})


@pytest.fixture
def state() -> GitLabState:
    return GitLabState()


@pytest.fixture
async def ask(state: GitLabState) -> AsyncIterator[Ask]:
    async with serving(state.answer) as server, Transport(leads_home) as transport:
        settings = SourceSettings("gl", "gitlab", server.base(), (), Secret(lambda: TOKEN), allow_private=True)
        source = gitlab(settings, transport, _catalog)

        async def asking(asked: Inquiry) -> dict[Kind, Evidence]:
            return {one.kind: one for one in await source.gather(asked)}

        yield asking
        assert state.broken == []
        assert server.methods <= {"GET"}
        assert all(headers["PRIVATE-TOKEN"] == TOKEN for _, _, headers in server.heard)


async def _ci(ask: Ask) -> Evidence:
    return (await ask(inquiry("ci", about=ABOUT)))[Kind.CI]


async def test_a_green_pipeline_of_the_commit_is_verified_with_its_tests(state: GitLabState, ask: Ask) -> None:
    state.tests = (120, 0)
    seen = await _ci(ask)
    assert (seen.standing, seen.subject, seen.url) == (Standing.VERIFIED, SHA, f"{PAGE}/pipelines/55")
    assert (seen.facts["tests"], seen.facts["test_report"]) == ("passed", f"{PAGE}/pipelines/55/test_report")
    state.tests = (120, 3)
    assert (await _ci(ask)).facts["tests"] == "failed"


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        ("success", Standing.VERIFIED),
        ("failed", Standing.FAILED),
        ("canceled", Standing.INCONCLUSIVE),
        ("skipped", Standing.INCONCLUSIVE),
        ("manual", Standing.PENDING),
        ("running", Standing.PENDING),
        ("waiting_for_callback", Standing.PENDING),
        ("scheduled", Standing.PENDING),
    ],
)
async def test_only_success_is_a_pass(state: GitLabState, ask: Ask, status: str, standing: Standing) -> None:
    state.pipelines, state.jobs = [pipeline(55, status)], {}
    assert (await _ci(ask)).standing is standing
    state.pipelines = [pipeline(56), pipeline(55, status)]
    assert (await _ci(ask)).standing is Standing.VERIFIED


async def test_a_pipeline_of_another_commit_or_none_is_no_evidence(state: GitLabState, ask: Ask) -> None:
    state.pipelines = [pipeline(55, sha=OTHER)]
    assert (await _ci(ask)).standing is Standing.MISSING
    state.pipelines.append(pipeline(56))
    assert (await _ci(ask)).standing is Standing.VERIFIED


async def test_a_job_that_may_fail_is_named_and_a_green_bridge_hides_no_red_child(state: GitLabState, ask: Ask) -> None:
    state.jobs = {55: [job("unit tests"), job("fuzz", "failed", may_fail=True), job("deploy", "manual", may_fail=True)]}
    seen = await _ci(ask)
    assert seen.standing is Standing.VERIFIED
    assert "1 failed (fuzz)" in seen.text
    state.bridges = [bridge("e2e", "success", "failed")]
    assert (await _ci(ask)).standing is Standing.FAILED
    state.bridges = [bridge("e2e", "success", "running")]
    assert (await _ci(ask)).standing is Standing.PENDING
    state.bridges = [bridge("e2e", "success", "success")]
    assert (await _ci(ask)).standing is Standing.VERIFIED


async def test_the_newest_pipeline_of_each_branch_counts_and_all_of_them(state: GitLabState, ask: Ask) -> None:
    state.pipelines = [pipeline(57), pipeline(56, "failed", ref="v1.2.3"), pipeline(55, "failed")]
    assert (await _ci(ask)).standing is Standing.FAILED
    state.pipelines.append(pipeline(58, ref="v1.2.3"))
    assert (await _ci(ask)).standing is Standing.VERIFIED
    state.pipelines.append(pipeline(59, "failed", source="parent_pipeline"))
    assert (await _ci(ask)).standing is Standing.VERIFIED


async def test_a_project_that_the_token_may_not_see_is_missing_as_gitlab_says_it(state: GitLabState, ask: Ask) -> None:
    state.private = True
    assert (await _ci(ask)).standing is Standing.MISSING
    state.private = False
    assert (await _ci(ask)).standing is Standing.VERIFIED


async def test_the_change_is_found_without_asking(state: GitLabState, ask: Ask) -> None:
    state.merge_requests, state.notes = [merge_request(6, "closed"), merge_request(7)], "Retries are safe now."
    state.diffs = [diff("app/pay.py")]
    seen = await ask(inquiry("scm", about=ABOUT))
    assert {kind: one.standing for kind, one in seen.items()} == dict.fromkeys(
        (Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES, Kind.MIGRATION, Kind.FLAGS), Standing.VERIFIED
    )
    assert seen[Kind.ARTIFACT].facts["authors"] == "ben"
    state.merge_requests, state.notes = [merge_request(6, "closed")], ""
    seen = await ask(inquiry("scm", about=ABOUT))
    assert (seen[Kind.CHANGE].standing, seen[Kind.NOTES].standing) == (Standing.MISSING, Standing.MISSING)


async def test_a_comparison_that_may_be_cut_short_is_not_no_migration(state: GitLabState, ask: Ask) -> None:
    state.diffs, state.timed_out = [diff("app/pay.py")], True
    assert (await ask(inquiry("scm", about=ABOUT)))[Kind.MIGRATION].standing is Standing.INCONCLUSIVE
    state.timed_out, state.between = False, 0
    assert (await ask(inquiry("scm", about=ABOUT)))[Kind.MIGRATION].standing is Standing.INCONCLUSIVE
    state.between = 2
    assert (await ask(inquiry("scm", about=ABOUT)))[Kind.MIGRATION].standing is Standing.VERIFIED
    state.diffs = [diff("app/pay.py", "", too_large=True)]
    assert Kind.FLAGS not in await ask(inquiry("scm", about=ABOUT))


async def test_pasted_links_count_as_far_as_they_are_of_this_release(state: GitLabState, ask: Ask) -> None:
    state.merge_requests = [merge_request(7), merge_request(8, merged_as="f" * 40), merge_request(9, "opened")]
    state.pipelines.append(pipeline(60, sha=OTHER))

    async def look(path: str) -> Evidence:
        of = release(links=(f"{PAGE}/{path}",))
        return next(iter((await ask(inquiry("link", of=of, about=ABOUT, purpose="link"))).values()))

    wanted = {
        "pipelines/55": Standing.VERIFIED,
        "jobs/1": Standing.VERIFIED,
        "merge_requests/7/diffs": Standing.VERIFIED,
        f"commit/{SHA}": Standing.VERIFIED,
        "pipelines/60": Standing.INCONCLUSIVE,
        "merge_requests/8": Standing.INCONCLUSIVE,
        "merge_requests/9": Standing.MISSING,
        "pipelines/99": Standing.MISSING,
    }
    assert {path: (await look(path)).standing for path in wanted} == wanted
