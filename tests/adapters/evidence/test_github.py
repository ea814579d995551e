"""GitHub as a source, against a server that answers as GitHub describes it: what counts as a pass, and of which commit."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.evidence import Evidence, Kind, Standing
from tests.adapters.evidence.asked import entry, inquiry, release
from tests.adapters.evidence.github_asked import Ask, asking
from tests.adapters.evidence.github_fake import OTHER, SHA, GitHubState, actions, app, file, pull, required, run, status


@pytest.fixture
def state() -> GitHubState:
    return GitHubState(checks=[run("unit"), run("lint"), run("trivy scan"), run("codecov/patch")])


@pytest.fixture
async def ask(state: GitHubState) -> AsyncIterator[Ask]:
    async with asking(state) as found:
        yield found


async def _ci(ask: Ask) -> Evidence:
    return (await ask(inquiry("ci")))[Kind.CI]


async def test_green_checks_of_the_commit_are_verified_and_bound_to_it(ask: Ask) -> None:
    seen = await _ci(ask)
    assert (seen.standing, seen.subject, seen.by) == (Standing.VERIFIED, SHA, "bot")
    assert seen.text == "commit fefa9f6: 4 checks: 4 passed"
    assert {k: seen.facts[k] for k in ("tests", "code_analysis", "security_scan", "coverage")} == dict.fromkeys(
        ("tests", "code_analysis", "security_scan", "coverage"), "passed"
    )
    assert seen.dated is not None


async def test_green_checks_of_another_commit_are_no_evidence(state: GitHubState, ask: Ask) -> None:
    state.tags["v1.2.3"] = OTHER
    state.tags["v1.2.4"] = SHA
    assert (await _ci(ask)).standing is Standing.MISSING
    state.tags["v1.2.3"] = SHA
    state.checks = [run("unit", head_sha=OTHER)]
    assert (await _ci(ask)).standing is Standing.MISSING
    state.checks = [run("unit")]
    assert (await _ci(ask)).standing is Standing.VERIFIED


@pytest.mark.parametrize(
    ("conclusion", "standing"),
    [
        ("success", Standing.VERIFIED),
        ("failure", Standing.FAILED),
        ("timed_out", Standing.FAILED),
        ("action_required", Standing.FAILED),
        ("cancelled", Standing.INCONCLUSIVE),
        ("skipped", Standing.INCONCLUSIVE),
        ("neutral", Standing.INCONCLUSIVE),
        (None, Standing.PENDING),
    ],
)
async def test_only_success_is_a_pass(state: GitHubState, ask: Ask, conclusion: str | None, standing: Standing) -> None:
    state.checks = [run("unit", conclusion)]
    seen = await _ci(ask)
    assert seen.standing is standing
    assert (seen.facts["tests"] == "passed") is (standing is Standing.VERIFIED)
    state.checks = [run("unit")]
    assert (await _ci(ask)).standing is Standing.VERIFIED


async def test_no_check_at_all_is_no_pass_though_github_calls_it_pending_or_nothing(
    state: GitHubState, ask: Ask
) -> None:
    state.checks = []
    assert (await _ci(ask)).standing is Standing.MISSING
    state.statuses = [status("ci/jenkins", "pending")]
    assert (await _ci(ask)).standing is Standing.PENDING
    state.statuses = [status("ci/jenkins")]
    assert (await _ci(ask)).standing is Standing.VERIFIED


async def test_all_green_is_no_pass_while_a_required_check_never_ran(state: GitHubState, ask: Ask) -> None:
    state.required = [required("unit", "e2e")]
    seen = await _ci(ask)
    assert seen.standing is Standing.MISSING
    assert "required, and never ran: e2e" in seen.text
    state.checks.append(run("e2e"))
    assert (await _ci(ask)).standing is Standing.VERIFIED
    state.classic = ["security review"]
    assert "never ran: security review" in (await _ci(ask)).text
    state.statuses = [status("security review")]
    assert (await _ci(ask)).standing is Standing.VERIFIED


async def test_a_required_check_that_was_skipped_is_no_pass_though_github_calls_it_success(
    state: GitHubState, ask: Ask
) -> None:
    state.required = [required("unit")]
    state.checks = [run("unit", "skipped"), run("lint")]
    seen = await _ci(ask)
    assert (seen.standing, seen.facts["tests"]) == (Standing.INCONCLUSIVE, "skipped")
    assert "required, and did not pass: unit" in seen.text
    state.checks = [run("unit"), run("deploy preview", "skipped")]
    seen = await _ci(ask)
    assert (seen.standing, seen.text) == (
        Standing.VERIFIED,
        "commit fefa9f6: 2 checks: 1 passed, 1 skipped (deploy preview)",
    )


async def test_a_check_of_that_name_by_another_app_is_not_the_required_one(state: GitHubState, ask: Ask) -> None:
    state.required = [required("unit", app=15368)]
    assert (await _ci(ask)).standing is Standing.MISSING
    state.checks = [run("unit", app=app(99))]
    assert (await _ci(ask)).standing is Standing.MISSING
    state.checks = [run("unit", app=app(15368))]
    assert (await _ci(ask)).standing is Standing.VERIFIED


async def test_a_check_that_is_not_required_may_fail_and_is_named(state: GitHubState, ask: Ask) -> None:
    state.required = [required("unit")]
    state.checks = [run("unit"), run("nightly", "failure")]
    seen = await _ci(ask)
    assert seen.standing is Standing.VERIFIED
    assert "1 failed (nightly)" in seen.text
    state.required = []
    assert (await _ci(ask)).standing is Standing.FAILED


async def test_that_the_required_set_cannot_be_read_is_said(state: GitHubState, ask: Ask) -> None:
    state.required = None
    seen = await _ci(ask)
    assert (seen.standing, seen.facts["required_known"]) == (Standing.VERIFIED, False)
    assert "which checks are required could not be read" in seen.text


async def test_a_run_that_was_run_again_says_so(state: GitHubState, ask: Ask) -> None:
    state.runs = [actions(7, attempt=3), actions(8, sha=OTHER)]
    seen = await _ci(ask)
    assert (seen.url, seen.facts["attempt"]) == ("https://github.com/acme/shop/actions/runs/7", 3)
    assert "run again, attempt 3" in seen.text


async def test_more_checks_than_could_be_read_are_not_all_of_them(state: GitHubState, ask: Ask) -> None:
    state.checks = [run(f"unit {n}") for n in range(25)]
    state.page = 2
    seen = await _ci(ask)
    assert (seen.standing, seen.facts["unavailable"]) == (Standing.UNAVAILABLE, "too_large")
    state.page = 10
    assert (await _ci(ask)).text.endswith("25 checks: 25 passed")


async def test_the_catalogue_says_which_jobs_stand_for_a_check_and_all_of_them_have_to_pass(
    state: GitHubState, ask: Ask
) -> None:
    about = entry(checks={"tests": ("unit", "browsers"), "test_report": ("lint",)})
    seen = (await ask(inquiry("ci", about=about)))[Kind.CI]
    assert seen.facts["tests"] == "absent"
    state.checks.append(run("browsers"))
    seen = (await ask(inquiry("ci", about=about)))[Kind.CI]
    assert seen.facts["tests"] == "passed"
    assert str(seen.facts["test_report"]).startswith("https://github.com/acme/shop/runs/")


async def test_a_version_without_a_tag_is_missing_and_one_that_is_a_commit_is_found(ask: Ask) -> None:
    assert (await ask(inquiry("ci", of=release(version="9.9.9"))))[Kind.CI].standing is Standing.MISSING
    assert (await ask(inquiry("ci", of=release(version=None))))[Kind.CI].standing is Standing.MISSING
    assert (await ask(inquiry("ci", of=release(version=SHA[:10]))))[Kind.CI].standing is Standing.VERIFIED
    nowhere = await ask(inquiry("ci", about=entry(repository=None)))
    assert nowhere[Kind.CI].standing is Standing.MISSING
    tagged = entry(evidence={"tag": "v{version}", "repository": "https://github.com/acme/shop.git"})
    assert (await ask(inquiry("ci", about=tagged)))[Kind.CI].standing is Standing.VERIFIED


async def test_the_change_is_found_without_asking(state: GitHubState, ask: Ask) -> None:
    state.pulls, state.notes = [pull(6, merged=False), pull(7)], "Retries are safe now."
    state.files = [file("app/pay.py"), file("README.md")]
    seen = await ask(inquiry("scm"))
    assert {kind: one.standing for kind, one in seen.items()} == dict.fromkeys(
        (Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES, Kind.MIGRATION, Kind.FLAGS), Standing.VERIFIED
    )
    assert seen[Kind.ARTIFACT].facts == {"commit": SHA, "authors": "ben", "base": "v1.2.2"}
    assert seen[Kind.CHANGE].url == "https://github.com/acme/shop/pull/7"
    assert seen[Kind.MIGRATION].facts == {"models_changed": False, "data_change": "none"}
    assert seen[Kind.FLAGS].facts == {"flags_used": False}


async def test_what_is_not_documented_is_missing(state: GitHubState, ask: Ask) -> None:
    state.pulls, state.notes = [pull(6, merged=False)], "  "
    seen = await ask(inquiry("scm"))
    assert (seen[Kind.CHANGE].standing, seen[Kind.NOTES].standing) == (Standing.MISSING, Standing.MISSING)
    state.pulls, state.notes = [pull(6)], "Words"
    seen = await ask(inquiry("scm"))
    assert (seen[Kind.CHANGE].standing, seen[Kind.NOTES].standing) == (Standing.VERIFIED, Standing.VERIFIED)


async def test_a_list_of_changes_that_is_cut_short_is_not_no_migration(state: GitHubState, ask: Ask) -> None:
    state.files = [file(f"app/{n}.py") for n in range(300)]
    seen = await ask(inquiry("scm"))
    assert seen[Kind.MIGRATION].standing is Standing.INCONCLUSIVE
    assert Kind.FLAGS not in seen
    state.files, state.comparison = [file("app/a.py")], "diverged"
    assert (await ask(inquiry("scm")))[Kind.MIGRATION].standing is Standing.INCONCLUSIVE
    state.comparison = "ahead"
    assert (await ask(inquiry("scm")))[Kind.MIGRATION].standing is Standing.VERIFIED


async def test_models_and_flags_that_changed_are_said(state: GitHubState, ask: Ask) -> None:
    state.files = [
        file("app/models.py"),
        file("migrations/versions/0007_refunds.py"),
        file("app/pay.py", "@@ -1 +1,2 @@\n a\n+if client.bool_variation('refunds', ctx, False):"),
    ]
    seen = await ask(inquiry("scm"))
    assert (seen[Kind.MIGRATION].standing, seen[Kind.MIGRATION].facts["models_changed"]) == (Standing.MISSING, True)
    assert (seen[Kind.FLAGS].standing, seen[Kind.FLAGS].facts) == (Standing.MISSING, {"flags_used": True})
    state.files = [file("app/pay.py", None)]
    assert Kind.FLAGS not in await ask(inquiry("scm"))


async def test_an_attestation_of_the_digest_is_seen_or_not(state: GitHubState, ask: Ask) -> None:
    digest = f"sha256:{'a' * 64}"
    asked = inquiry("scm", of=release(digest=digest))
    assert (await ask(asked))[Kind.ARTIFACT].facts["attestation"] is False
    state.digests = {digest}
    assert (await ask(asked))[Kind.ARTIFACT].facts["attestation"] is True
