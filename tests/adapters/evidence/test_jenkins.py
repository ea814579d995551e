"""Jenkins as a source: the newest build of the very commit; UNSTABLE, a login page and another commit are no pass."""

from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest

from adapters.evidence.jenkins import jenkins, job_path
from adapters.http.fetch import Transport
from bot.domain.evidence import Evidence, Standing
from bot.domain.links import Owner
from bot.domain.release import Release
from bot.ports import Catalog, Inquiry, Secret, SourceSettings
from tests.adapters.evidence.asked import catalog, entry, inquiry, release
from tests.adapters.evidence.jenkins_fake import OTHER, SHA, JenkinsState, build
from tests.adapters.http.site import TOKEN, leads_home, serving

Ask = Callable[[Inquiry], Awaitable[Evidence]]
ABOUT = entry(evidence={"job": "shop/main"})
RELEASE = release(commit=SHA)


def _catalog() -> Catalog:
    return replace(catalog(), owners={"jenkins.test": Owner("jk", "jenkins")})


@pytest.fixture
def state() -> JenkinsState:
    return JenkinsState()


@pytest.fixture
async def ask(state: JenkinsState) -> AsyncIterator[Ask]:
    async with serving(state.answer) as server, Transport(leads_home) as transport:
        token = Secret(lambda: TOKEN)
        settings = SourceSettings("jk", "jenkins", f"{server.base()}/ci", (), token, "bot", allow_private=True)
        source = jenkins(settings, transport, _catalog)

        async def asking(asked: Inquiry) -> Evidence:
            (found,) = await source.gather(asked)
            return found

        yield asking
        assert state.broken == []
        assert server.methods <= {"GET"}
        basic = f"Basic {b64encode(f'bot:{TOKEN}'.encode()).decode()}"
        assert all(headers["Authorization"] == basic for _, _, headers in server.heard)


async def _ci(ask: Ask, of: Release = RELEASE) -> Evidence:
    return await ask(inquiry("ci", of=of, about=ABOUT))


@pytest.mark.parametrize(
    ("result", "standing"),
    [
        ("SUCCESS", Standing.VERIFIED),
        ("UNSTABLE", Standing.FAILED),
        ("FAILURE", Standing.FAILED),
        ("ABORTED", Standing.INCONCLUSIVE),
        ("NOT_BUILT", Standing.INCONCLUSIVE),
        (None, Standing.PENDING),
    ],
)
async def test_only_success_is_a_pass(state: JenkinsState, ask: Ask, result: str | None, standing: Standing) -> None:
    state.builds = [build(12, result)]
    seen = await _ci(ask)
    assert (seen.standing, seen.subject) == (standing, SHA)
    state.builds.append(build(13))
    seen = await _ci(ask)
    assert (seen.standing, seen.facts["attempt"]) == (Standing.VERIFIED, 2)
    assert "built 2 times" in seen.text


async def test_a_build_of_another_commit_is_no_evidence(state: JenkinsState, ask: Ask) -> None:
    state.builds = [build(12, sha=OTHER), build(13, sha=None)]
    assert (await _ci(ask)).standing is Standing.MISSING
    state.builds.append(build(14, sha=SHA, library=OTHER))
    assert (await _ci(ask)).standing is Standing.VERIFIED
    state.builds = [build(15, sha=OTHER, library=SHA)]
    assert (await _ci(ask)).standing is Standing.MISSING


async def test_before_the_commit_is_known_a_build_is_found_by_the_version_or_waits_for_it(
    state: JenkinsState, ask: Ask
) -> None:
    waiting = await _ci(ask, release())
    assert (waiting.standing, waiting.facts) == (Standing.INCONCLUSIVE, {"needs": "commit"})
    state.builds = [build(12, name="1.2.3")]
    assert (await _ci(ask, release())).subject == SHA
    state.builds = [build(12, VERSION="v1.2.3")]
    assert (await _ci(ask, release())).standing is Standing.VERIFIED


async def test_stages_and_tests_stand_for_the_checks_of_the_policy(state: JenkinsState, ask: Ask) -> None:
    state.stages = {"Unit tests": "SUCCESS", "Trivy": "SUCCESS", "Deploy": "NOT_EXECUTED"}
    state.tests = (120, 0)
    seen = await _ci(ask)
    assert (seen.standing, seen.facts["tests"], seen.facts["security_scan"]) == (Standing.VERIFIED, "passed", "passed")
    assert str(seen.facts["test_report"]).endswith("/ci/job/shop/job/main/12/testReport/")
    state.tests = (118, 2)
    assert (await _ci(ask)).facts["tests"] == "failed"
    state.tests, state.stages = None, {"Unit tests": "UNSTABLE"}
    assert (await _ci(ask)).standing is Standing.FAILED


async def test_a_login_page_is_no_answer(state: JenkinsState, ask: Ask) -> None:
    state.login = True
    seen = await _ci(ask)
    assert (seen.standing, seen.facts["unavailable"]) == (Standing.UNAVAILABLE, "content_type")
    state.login = False
    assert (await _ci(ask)).standing is Standing.VERIFIED


async def test_a_service_without_a_job_or_with_one_that_is_gone_is_missing(ask: Ask) -> None:
    for evidence in ({}, {"job": "gone"}, {"job": "../x"}):
        assert (await ask(inquiry("ci", of=RELEASE, about=entry(evidence=evidence)))).standing is Standing.MISSING


async def test_pasted_builds_count_as_far_as_they_are_of_this_release(state: JenkinsState, ask: Ask) -> None:
    state.builds = [build(12), build(13, sha=OTHER)]

    async def look(path: str, of: Release = RELEASE) -> Evidence:
        given = replace(of, links=(f"https://jenkins.test{path}",))
        return await ask(inquiry("link", of=given, about=ABOUT, purpose="link"))

    assert (await look("/ci/view/all/job/shop/job/main/12/console")).standing is Standing.VERIFIED
    assert (await look("/ci/blue/organizations/jenkins/shop/detail/main/12/pipeline")).standing is Standing.VERIFIED
    assert (await look("/ci/job/shop/job/main/lastSuccessfulBuild/")).source == "jk (link)"
    assert (await look("/ci/job/shop/job/main/13/")).subject == OTHER
    assert (await look("/ci/job/shop/job/main/13/")).standing is Standing.INCONCLUSIVE
    assert "the pipeline of the service is shop/main" in (await look("/ci/job/docs/12/")).text
    assert (await look("/job/shop/job/main/12/")).standing is Standing.MISSING
    assert (await look("/ci/job/shop/job/main/99/")).standing is Standing.MISSING
    assert (await look("/ci/job/shop/job/main/12/", release())).facts == {"needs": "commit"}


async def test_a_pasted_green_build_says_no_more_than_the_newest_one_of_its_commit(
    state: JenkinsState, ask: Ask
) -> None:
    given = replace(RELEASE, links=("https://jenkins.test/ci/job/shop/job/main/12/",))
    asked = inquiry("link", of=given, about=ABOUT, purpose="link")
    for later, standing in ((None, Standing.PENDING), ("ABORTED", Standing.INCONCLUSIVE), ("FAILURE", Standing.FAILED)):
        state.builds = [build(12), build(14, later)]
        assert (await ask(asked)).standing is standing
    state.builds = [build(12), build(14, sha=OTHER)]
    assert (await ask(asked)).standing is Standing.VERIFIED


async def test_a_commit_that_is_cut_short_or_written_in_capitals_is_told_apart(state: JenkinsState, ask: Ask) -> None:
    for sha in (SHA[:1], SHA[:12], f"{SHA}0"):
        state.builds = [build(12, sha=sha)]
        assert (await _ci(ask)).standing is Standing.MISSING
    state.builds = [build(12, sha=SHA.upper())]
    assert (await _ci(ask)).standing is Standing.VERIFIED
    state.broken.clear()  # Jenkins itself never answers so.


def test_a_job_is_named_in_any_way_and_a_slash_in_a_name_stays_one() -> None:
    for said in ("folder/shop", "/job/folder/job/shop/", "https://j.test/ci/view/all/job/folder/job/shop"):
        assert job_path(said) == "/job/folder/job/shop"
    assert job_path("shop/feature%2Fx") == "/job/shop/job/feature%2Fx"
    assert job_path("shop/a b") == "/job/shop/job/a%20b"
    assert job_path("") is None
