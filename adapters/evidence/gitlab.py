"""GitLab as a repository: what a forge asks of it, by its API."""

import asyncio
from collections.abc import Sequence

from adapters.evidence.changed import Changed
from adapters.evidence.checks import Check
from adapters.evidence.code import Code, Commit, Pipeline, Written
from adapters.evidence.forge import Forge
from adapters.evidence.gitlab_api import GitLabApi, Run
from adapters.evidence.gitlab_files import GitLabFiles
from adapters.evidence.item import Facts, many
from adapters.evidence.repository import Repository
from adapters.evidence.rights import told
from adapters.evidence.sites import named, site_of
from adapters.evidence.source_kind import SourceKind
from adapters.evidence.told import one_field, rows, table, words
from adapters.http.answers import Seen, Unavailable
from adapters.http.fetch import Remote, Transport
from adapters.http.sites import path_of
from bot.domain.link_shapes import Shape
from bot.ports import CatalogReader, SourceSettings
from bot.ports import Check as Line

HARMLESS = frozenset({"read_*"})
"""Scopes that only read."""


def gitlab(settings: SourceSettings, transport: Transport, catalog: CatalogReader) -> Forge:
    """The source of those settings."""
    remote = transport.remote(site_of(settings, named(settings, "PRIVATE-TOKEN")))

    def repository(slug: str) -> Code:
        return GitLabCode(remote, slug, settings.url)

    async def rights() -> Line:
        """Every token may read what it is itself."""
        answer = await remote.json("/api/v4/personal_access_tokens/self")
        found = table(answer.data).get("scopes") if isinstance(answer, Seen) else None
        scopes = [str(one) for one in found] if isinstance(found, list) else None
        return told(settings.name, "GitLab", answer, scopes, HARMLESS)

    return Forge(settings.name, "gitlab", repository, catalog, rights)


KIND = SourceKind("gitlab", lambda settings, given: gitlab(settings, given.transport, given.catalog))


class GitLabCode:
    """One project of one GitLab."""

    def __init__(self, remote: Remote, slug: str, pages: str) -> None:
        """`slug`: group/…/project; `pages`: where people see this GitLab."""
        self._api = GitLabApi(remote, slug)
        self._remote = remote
        self.slug = slug
        self.page = f"{pages}/{slug}"
        self.files: Repository = GitLabFiles(remote, slug, pages)

    async def tagged(self, tag: str) -> Commit | Unavailable:
        """The commit of a tag; a branch of that name is none."""
        return await self._api.tagged(tag)

    async def commit(self, sha: str) -> Commit | Unavailable:
        """The commit of a SHA, or of a branch or tag."""
        return await self._api.commit(sha)

    async def changed(self, base: str, head: str) -> Changed | Unavailable:
        """What changed from base to head."""
        return await self._api.compare(base, head)

    async def contains(self, sha: str, other: str) -> bool | Unavailable:
        """True where `other` is an ancestor of `sha`: the base that both have is `other` itself."""
        query = (("refs[]", other), ("refs[]", sha))
        answer = await self._remote.json(path_of("api", "v4", "projects", self.slug, "repository", "merge_base"), query)
        return answer if isinstance(answer, Unavailable) else table(answer.data).get("id") == other

    async def pipeline(self, sha: str, branch: str | None) -> Pipeline | Unavailable:
        """The jobs of the newest pipelines of the commit, the pipelines that they started, and their reports of tests."""
        del branch  # GitLab requires the pipeline as a whole, not single jobs of a branch.
        runs = await self._api.runs(sha)
        if isinstance(runs, Unavailable):
            return runs
        if not runs:
            return Pipeline((), None, f"{self.page}/-/pipelines")
        parts = await asyncio.gather(*(self._parts(run) for run in runs))
        checks: list[Check] = []
        facts: Facts = {}
        notes: list[str] = []
        for part in parts:
            if isinstance(part, Unavailable):
                return part
            checks += part[0]
            facts |= part[1]
            notes += part[2]
        return Pipeline(checks, None, runs[0].url, tuple(notes), facts)

    async def _parts(self, run: Run) -> tuple[Sequence[Check], Facts, Sequence[str]] | Unavailable:
        jobs, bridges, tests = await asyncio.gather(
            self._api.jobs(run.id), self._api.bridges(run.id), self._api.tests(run.id)
        )
        for missing in (jobs, bridges):
            if isinstance(missing, Unavailable):
                return missing
        found = [*(jobs if isinstance(jobs, tuple) else ()), *(bridges if isinstance(bridges, tuple) else ())]
        whole = Check(f"pipeline {run.id}", run.outcome, at=run.at, url=run.url)
        facts: Facts = {}
        notes: list[str] = []
        if tests is not None:
            count, failed = tests
            notes.append(f"{many(count, 'test')}, {failed} failed")
            if failed:
                facts["tests"] = "failed"
            else:
                facts |= {"tests": "passed", "test_report": f"{run.url}/test_report"}
        return (whole, *found), facts, notes

    async def change(self, sha: str) -> Written | Unavailable:
        """The merged request through which the commit came."""
        answer = await self._api.json(f"/repository/commits/{sha}/merge_requests", {"per_page": "30"})
        if isinstance(answer, Unavailable):
            return answer
        merged = next((one for one in rows(answer.data) if one.get("state") == "merged"), None)
        if merged is None:
            return Unavailable("not_found", f"no merged request for commit {sha[:7]}")
        return Written(words(merged.get("web_url")), f"!{merged.get('iid')} {words(merged.get('title'))}")

    async def notes(self, tag: str) -> Written | Unavailable:
        """The notes of a release that is not to come yet."""
        answer = await self._api.json(f"/releases{path_of(tag)}")
        if isinstance(answer, Unavailable):
            return answer
        found = table(answer.data)
        if found.get("upcoming_release") or not words(found.get("description")).strip():
            return Unavailable("not_found", f"the release {tag} has no notes, or is to come")
        return Written(
            words(table(found.get("_links")).get("self")) or f"{self.page}/-/releases/{tag}", f"notes of {tag}"
        )

    async def named(self, shape: Shape) -> str | Unavailable:
        """Of a pipeline or job what it ran on, of a merge request what it was merged as, of a comparison its newer end."""
        said = shape.fields
        if shape.name == "gitlab.pipeline":
            return one_field(await self._api.json(f"/pipelines/{said['pipeline']}"), "sha")
        if shape.name == "gitlab.job":
            return one_field(await self._api.json(f"/jobs/{said['job']}"), "commit", "id")
        if shape.name == "gitlab.merge_request":
            return await self._merged_as(said["number"])
        refs = {"gitlab.commit": "sha", "gitlab.compare": "head", "gitlab.release": "tag"}
        if shape.name not in refs:
            return Unavailable("not_found", "GitLab tells nothing about that by itself")
        ref = said[refs[shape.name]]
        found = await (self.tagged(ref) if shape.name == "gitlab.release" else self.commit(ref))
        return found.sha if isinstance(found, Commit) else found

    async def _merged_as(self, number: str) -> str | Unavailable:
        answer = await self._api.json(f"/merge_requests/{number}")
        if isinstance(answer, Seen):
            found = table(answer.data)
            if found.get("state") != "merged":
                return Unavailable("not_found", f"merge request {number} is not merged")
            for name in ("merge_commit_sha", "squash_commit_sha", "sha"):
                if words(found.get(name)):
                    return words(found.get(name))
        return one_field(answer, "merge_commit_sha")

    async def attested(self, digest: str) -> Facts:
        """GitLab keeps attestations in its registry, which is a source of its own."""
        del digest
        return {}
