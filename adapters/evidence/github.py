"""GitHub as a repository: what a forge asks of it, by its API."""

import asyncio

from adapters.evidence.changed import Changed
from adapters.evidence.code import Code, Commit, Pipeline, Written
from adapters.evidence.forge import Forge
from adapters.evidence.github_api import ACCEPT, HEADERS, GitHubApi
from adapters.evidence.github_files import GitHubFiles
from adapters.evidence.item import Facts, moment
from adapters.evidence.repository import Repository
from adapters.evidence.rights import told
from adapters.evidence.sites import bearer, site_of
from adapters.evidence.source_kind import SourceKind
from adapters.evidence.told import one_field, rows, table, words
from adapters.http.answers import Seen, Unavailable
from adapters.http.fetch import Remote, Transport
from adapters.http.sites import path_of
from bot.domain.link_shapes import Shape
from bot.ports import CatalogReader, Check, SourceSettings

_NOT_OURS = frozenset({"not_found", "forbidden", "unauthorised"})
"""A credential that may not read what is required: then every check counts. Any other silence may hide one that never ran."""

HARMLESS = frozenset({"read:*", "user:email"})
"""Scopes of a classic token that only read."""


def github(settings: SourceSettings, transport: Transport, catalog: CatalogReader) -> Forge:
    """The source of those settings."""
    remote = transport.remote(site_of(settings, bearer(settings, HEADERS)))
    pages = f"https://{settings.hosts[0]}" if settings.hosts else settings.url

    def repository(slug: str) -> Code:
        return GitHubCode(remote, slug, pages)

    async def rights() -> Check:
        """Classic tokens tell their scopes with every answer; fine-grained ones and those of apps do not."""
        answer = await remote.json("/rate_limit", accept=ACCEPT)
        said = answer.headers.get("x-oauth-scopes") if isinstance(answer, Seen) else None
        scopes = None if said is None else [one for one in said.replace(" ", "").split(",") if one]
        return told(settings.name, "GitHub", answer, scopes, HARMLESS)

    return Forge(settings.name, "github", repository, catalog, rights)


KIND = SourceKind("github", lambda settings, given: github(settings, given.transport, given.catalog))


class GitHubCode:
    """One repository of one GitHub."""

    def __init__(self, remote: Remote, slug: str, pages: str) -> None:
        """`slug`: owner/name; `pages`: where people see GitHub."""
        self._api = GitHubApi(remote, slug)
        self.slug = slug
        self.page = f"{pages}/{slug}"
        self.files: Repository = GitHubFiles(self._api, pages)

    async def tagged(self, tag: str) -> Commit | Unavailable:
        """The commit of a tag; a branch of that name is none."""
        return await self._api.commit(f"tags/{tag}")

    async def commit(self, sha: str) -> Commit | Unavailable:
        """The commit of a SHA, or of a branch or tag."""
        return await self._api.commit(sha)

    async def changed(self, base: str, head: str) -> Changed | Unavailable:
        """What changed from base to head."""
        return await self._api.compare(base, head)

    async def contains(self, sha: str, other: str) -> bool | Unavailable:
        """True where `other` is an ancestor of `sha`, or it itself."""
        found = await self._api.relation(other, sha)
        return found if isinstance(found, Unavailable) else found in {"ahead", "identical"}

    async def pipeline(self, sha: str, branch: str | None) -> Pipeline | Unavailable:
        """Check runs and commit statuses together, with the checks that the branch requires."""
        api = self._api
        runs, statuses, required, actions = await asyncio.gather(
            api.checks(sha), api.statuses(sha), api.required(branch), api.runs(sha)
        )
        for missing in (runs, statuses, required):
            if isinstance(missing, Unavailable) and (missing is not required or missing.code not in _NOT_OURS):
                return missing
        known = None if isinstance(required, Unavailable) else required
        facts: Facts = {"required_known": known is not None}
        notes = () if known is not None else ("which checks are required could not be read",)
        if actions is not None and actions.attempt > 1:
            facts["attempt"] = actions.attempt
            notes = (*notes, f"run again, attempt {actions.attempt}")
        url = actions.url if actions else f"{self.page}/commit/{sha}/checks"
        found = [*(runs if isinstance(runs, tuple) else ()), *(statuses if isinstance(statuses, tuple) else ())]
        return Pipeline(found, known, url, notes, facts)

    async def change(self, sha: str) -> Written | Unavailable:
        """The merged pull request through which the commit came."""
        answer = await self._api.json(f"/commits/{sha}/pulls", {"per_page": "30"})
        if isinstance(answer, Unavailable):
            return answer
        merged = next((p for p in rows(answer.data) if moment(p.get("merged_at"))), None)
        if merged is None:
            return Unavailable("not_found", f"no merged pull request for commit {sha[:7]}")
        return Written(words(merged.get("html_url")), f"#{merged.get('number')} {words(merged.get('title'))}")

    async def notes(self, tag: str) -> Written | Unavailable:
        """The notes of a published release."""
        answer = await self._api.json(f"/releases/tags{path_of(*tag.split('/'))}")
        if isinstance(answer, Unavailable):
            return answer
        found = table(answer.data)
        if found.get("draft") is not False or not words(found.get("body")).strip():
            return Unavailable("not_found", f"the release {tag} has no notes, or is a draft")
        return Written(words(found.get("html_url")), f"release notes of {tag}")

    async def named(self, shape: Shape) -> str | Unavailable:
        """Of a run what it ran on, of a pull request what it was merged as, of a comparison its newer end."""
        said = shape.fields
        if shape.name in {"github.run", "github.job"}:
            return one_field(await self._api.json(f"/actions/runs/{said['run']}"), "head_sha")
        if shape.name == "github.check_run":
            return one_field(await self._api.json(f"/check-runs/{said['check']}"), "head_sha")
        if shape.name == "github.pull":
            answer = await self._api.json(f"/pulls/{said['number']}")
            if isinstance(answer, Seen) and table(answer.data).get("merged") is not True:
                return Unavailable("not_found", f"pull request {said['number']} is not merged")
            return one_field(answer, "merge_commit_sha")
        refs = {"github.commit": "sha", "github.compare": "head", "github.release": "tag"}
        if shape.name not in refs:
            return Unavailable("not_found", "GitHub tells nothing about that by itself")
        ref = said[refs[shape.name]]
        found = await (self.tagged(ref) if shape.name == "github.release" else self.commit(ref))
        return found.sha if isinstance(found, Commit) else found

    async def attested(self, digest: str) -> Facts:
        """Whether GitHub keeps an attestation for that digest. That one is there says nothing of what it says."""
        answer = await self._api.json(f"/attestations{path_of(digest)}", {"per_page": "1"})
        if isinstance(answer, Unavailable):
            return {"attestation": False} if answer.code == "not_found" else {}
        return {"attestation": bool(rows(answer.data, "attestations"))}
