"""Well-formed answers that are not of what was asked, or not of now. The last step of each test tells the truth, and is green."""

from typing import Any

import pytest
from aiohttp import web

from bench.evidence.server import HEADERS
from bench.evidence.server import answer as monitored
from bot.domain.evidence import Kind, Standing
from tests.adapters.evidence.github_fake import GitHubState, run, status
from tests.adapters.evidence.test_no_false_green import asking
from tests.adapters.http.site import Handler

OTHER = "b" * 40


def monitoring(headers: dict[str, str], **lies: object) -> Handler:
    """A calm Prometheus; `lies`: what it says instead, by the last word of the path."""

    async def answer(request: web.Request) -> web.Response:
        word = request.path.rpartition("/")[2]
        if word in lies:
            return web.json_response(lies[word], headers=headers)
        body, kind = monitored(request.path, request.query.get("query", ""))
        return web.Response(text=body, content_type=kind, headers=headers)

    return answer


async def test_the_statuses_of_another_commit_are_none_of_this_one() -> None:
    state = GitHubState(checks=[run("unit")], statuses=[status("scan")])
    told: dict[str, Any] = {}
    async with asking("github", state.answer, told) as ask:
        before, heard = await ask()
        assert before[Kind.CI].standing is Standing.VERIFIED
        where = next(one for one in heard if "/status" in one)
        told[where] = {**heard[where], "sha": OTHER}
        seen, _ = await ask()
        assert seen[Kind.CI].standing is Standing.UNAVAILABLE
        told.clear()
        after, _ = await ask()
        assert after[Kind.CI].standing is Standing.VERIFIED


async def test_an_empty_list_where_there_was_a_green_one_is_missing_and_not_green() -> None:
    state = GitHubState(checks=[run("unit")])
    async with asking("github", state.answer, {}) as ask:
        assert (await ask())[0][Kind.CI].standing is Standing.VERIFIED
        state.checks = []
        assert (await ask())[0][Kind.CI].standing is Standing.MISSING
        state.checks = [run("unit")]
        assert (await ask())[0][Kind.CI].standing is Standing.VERIFIED


EMPTY_VECTOR = {"status": "success", "data": {"resultType": "vector", "result": []}}
NO_RULES: dict[str, Any] = {"status": "success", "data": {"groups": []}}


@pytest.mark.parametrize(
    ("lies", "standing"),
    [
        ({"query": EMPTY_VECTOR}, Standing.MISSING),
        ({"rules": NO_RULES}, Standing.MISSING),
        ({}, Standing.VERIFIED),
    ],
    ids=["nobody is scraped", "no rule", "all of it"],
)
async def test_monitoring_that_has_lost_a_part_is_missing(lies: dict[str, object], standing: Standing) -> None:
    async with asking("prometheus", monitoring(HEADERS, **lies), {}) as ask:
        seen, _ = await ask()
        assert seen[Kind.MONITORING].standing is standing


async def test_an_answer_of_another_day_that_is_sent_today_is_no_answer() -> None:
    """Its ages are right among themselves: it was made by a server that was well on that day."""
    headers = {"Date": "Wed, 25 Nov 2026 12:00:00 GMT"}
    async with asking("prometheus", monitoring(headers), {}) as ask:
        old, _ = await ask()
        assert old[Kind.MONITORING].standing is Standing.UNAVAILABLE
        headers["Date"] = "no date"
        assert (await ask())[0][Kind.MONITORING].standing is Standing.VERIFIED
        headers["Date"] = HEADERS["Date"]
        assert (await ask())[0][Kind.MONITORING].standing is Standing.VERIFIED
