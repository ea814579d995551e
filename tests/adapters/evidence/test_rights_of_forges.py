"""What doctor says of the credentials of GitHub, GitLab and Jenkins: what is verified, and what the host does not tell."""

from collections.abc import Callable

import pytest

from adapters.evidence.github import github
from adapters.evidence.gitlab import gitlab
from adapters.evidence.jenkins import jenkins
from adapters.evidence.rights import checks_of
from adapters.http.fetch import Transport
from bot.ports import CatalogReader, Check, EvidenceSource, Secret, SourceSettings
from tests.adapters.evidence.asked import catalog, entry
from tests.adapters.evidence.github_fake import SHA, GitHubState
from tests.adapters.evidence.gitlab_fake import GitLabState
from tests.adapters.evidence.jenkins_fake import JenkinsState
from tests.adapters.http.site import TOKEN, Handler, leads_home, serving

Maker = Callable[[SourceSettings, Transport, CatalogReader], EvidenceSource]


async def _check(kind: str, handler: Handler) -> Check:
    async with serving(handler) as server, Transport(leads_home) as transport:
        base = f"{server.base()}/ci" if kind == "jenkins" else server.base()
        settings = SourceSettings("theirs", kind, base, (), Secret(lambda: TOKEN), "bot", allow_private=True)
        makers: dict[str, Maker] = {"github": github, "gitlab": gitlab, "jenkins": jenkins}
        source = makers[kind](settings, transport, catalog)
        (found,) = await checks_of({"theirs": source}, catalog().services.values())
        assert server.methods == {"GET"}
    assert TOKEN not in repr(found)
    return found


@pytest.mark.parametrize(
    ("scopes", "ok", "said"),
    [
        (None, True, "GitHub does not tell what this credential may do"),
        ("", True, "verified that its credential cannot change GitHub"),
        ("read:org, user:email", True, "verified that its credential cannot change GitHub"),
        ("repo, workflow, read:org", False, "may do more than read in GitHub: repo, workflow"),
    ],
)
async def test_the_scopes_of_a_classic_token_are_read(scopes: str | None, ok: bool, said: str) -> None:  # noqa: FBT001 - a column of the table
    state = GitHubState(scopes=scopes)
    found = await _check("github", state.answer)
    assert (found.ok, state.broken) == (ok, [])
    assert said in found.sentence
    assert bool(found.remedy) is not ok


async def test_gitlab_tells_the_scopes_of_its_token() -> None:
    state = GitLabState()
    assert "verified that its credential cannot change GitLab" in (await _check("gitlab", state.answer)).sentence
    state.scopes = ["read_api", "api", "write_repository"]
    found = await _check("gitlab", state.answer)
    assert (found.ok, state.broken) == (False, [])
    assert "may do more than read in GitLab: api, write_repository" in found.sentence


async def test_a_repository_that_the_credential_does_not_see_is_named() -> None:
    state = GitHubState(heads={"HEAD": SHA})
    services = [entry(sources={"ci": "gh", "scm": "gh"}), entry(sources={"scm": "gh"}, repository="acme/hidden")]
    async with serving(state.answer) as server, Transport(leads_home) as transport:
        source = github(SourceSettings("gh", "github", server.base(), (), allow_private=True), transport, catalog)
        hidden, _ = await checks_of({"gh": source}, services)
        (_, seen) = await checks_of({"gh": source}, services[:1])
    assert (hidden.code, hidden.ok, hidden.sentence) == ("source_sees", False, "gh: cannot see acme/hidden.")
    assert "right to read" in hidden.remedy
    assert (seen.ok, seen.sentence, state.broken) == (True, "gh: sees acme/shop.", [])


async def test_jenkins_answers_and_does_not_tell() -> None:
    state = JenkinsState()
    found = await _check("jenkins", state.answer)
    assert (found.ok, state.broken) == (True, [])
    assert "Jenkins does not tell" in found.sentence
    state.login = True
    assert (await _check("jenkins", state.answer)).ok is False
