"""GitHub as a source: checks of the very commit, what changed since the last version, and what a pasted link speaks of."""

import asyncio
from dataclasses import dataclass, replace

from adapters.evidence.authors import persons
from adapters.evidence.changed import Changed, flag_items
from adapters.evidence.checks import Check, Required, facts_of, newest, verdict
from adapters.evidence.github_api import HEADERS, Commit, GitHubApi, Runs
from adapters.evidence.github_files import GitHubFiles
from adapters.evidence.github_links import commit_of
from adapters.evidence.item import Facts, item, unavailable
from adapters.evidence.migrations.items import migration_items
from adapters.evidence.pasted import linked, shapes_of
from adapters.evidence.runbook import runbook_items
from adapters.evidence.sites import bearer, site_of
from adapters.evidence.versions import base_of, commit_named, repository_of, tags_of
from adapters.http.answers import Unavailable
from adapters.http.fetch import Remote, Transport
from adapters.http.sites import path_of
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.link_shapes import Shape
from bot.ports import CatalogReader, Inquiry, SourceSettings

SHORT = 7
_KINDS = {"ci": (Kind.CI,), "scm": (Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES)}


def github(settings: SourceSettings, transport: Transport, catalog: CatalogReader) -> "GitHub":
    """The source of those settings."""
    remote = transport.remote(site_of(settings, bearer(settings, HEADERS)))
    return GitHub(settings.name, remote, f"https://{settings.hosts[0]}" if settings.hosts else settings.url, catalog)


@dataclass(slots=True)
class GitHub:
    """One GitHub. `pages`: where people see it."""

    name: str
    remote: Remote
    pages: str
    catalog: CatalogReader

    async def gather(self, inquiry: Inquiry) -> tuple[Evidence, ...]:
        """What it sees of the release in that role."""
        if inquiry.purpose == "link":
            return await self._linked(inquiry)
        kinds = _KINDS.get(inquiry.role, ())
        slug = repository_of(inquiry)
        if slug is None:
            text = "the catalogue names no repository (owner/name) of the service"
            return tuple(item(inquiry, self.name, k, Standing.MISSING, text=text) for k in kinds)
        api = GitHubApi(self.remote, slug)
        head = await self._head(api, inquiry)
        if isinstance(head, Unavailable):
            return tuple(self._not_seen(inquiry, k, head) for k in kinds)
        if inquiry.role == "ci":
            return (await self._ci(api, inquiry, head[1]),)
        return await self._scm(api, inquiry, *head)

    async def _linked(self, asked: Inquiry) -> tuple[Evidence, ...]:
        """What the links speak of that people gave: as far as it is this release, and no better than the whole of it is."""
        found: list[Evidence] = []
        for shape in shapes_of(asked, self.catalog(), self.name):
            slug = f"{shape.fields.get('owner')}/{shape.fields.get('repo')}"
            own = repository_of(asked)
            if shape.kind is None:
                continue
            if own is not None and slug.casefold() != own.casefold():
                text = f"{slug} is not the repository of the service, which is {own}"
                found.append(item(asked, linked(self.name), shape.kind, Standing.INCONCLUSIVE, text=text))
                continue
            api = GitHubApi(self.remote, slug)
            head = await self._head(api, asked)
            if isinstance(head, Unavailable):
                text = f"it cannot be told whether this is the version that is released: {head.detail}"
                found.append(item(asked, linked(self.name), shape.kind, Standing.INCONCLUSIVE, text=text))
                continue
            of = await commit_of(api, shape)
            if isinstance(of, Unavailable):
                found.append(self._not_seen(asked, shape.kind, of))
            elif not await self._is_of(api, head[1].sha, of, shape.kind):
                text = f"it is of commit {of[:SHORT]}; {asked.release.version} is commit {head[1].sha[:SHORT]}"
                found.append(item(asked, linked(self.name), shape.kind, Standing.INCONCLUSIVE, subject=of, text=text))
            else:
                found.append(await self._of(api, asked, shape, *head))
        return tuple(replace(one, source=linked(self.name)) for one in found)

    async def _is_of(self, api: GitHubApi, sha: str, other: str, kind: Kind) -> bool:
        """A change is of the release where the release contains it; all else has to be of the very commit."""
        return sha == other or (kind is Kind.CHANGE and await api.contains(sha, other) is True)

    async def _of(self, api: GitHubApi, asked: Inquiry, shape: Shape, tag: str, commit: Commit) -> Evidence:
        if shape.kind is Kind.CI:
            return await self._ci(api, asked, commit)
        if shape.kind is Kind.NOTES:
            return await self._notes(api, asked, tag)
        if shape.kind is Kind.CHANGE:
            url = (
                self.pages + path_of(*api.slug.split("/")) + (f"/pull/{n}" if (n := shape.fields.get("number")) else "")
            )
            text = f"merged, and part of {tag}"
            return item(asked, self.name, Kind.CHANGE, Standing.VERIFIED, url=url, subject=commit.sha, text=text)
        url = f"{self.pages}/{api.slug}/commit/{commit.sha}"
        facts: Facts = {"commit": commit.sha}
        return item(
            asked,
            self.name,
            Kind.ARTIFACT,
            Standing.VERIFIED,
            url=url,
            subject=commit.sha,
            text=f"commit of {tag}",
            facts=facts,
        )

    def _not_seen(self, asked: Inquiry, kind: Kind, answer: Unavailable) -> Evidence:
        if answer.code == "not_found":
            return item(asked, self.name, kind, Standing.MISSING, text=answer.detail)
        return unavailable(asked, self.name, kind, answer)

    async def _head(self, api: GitHubApi, asked: Inquiry) -> tuple[str, Commit] | Unavailable:
        """The tag of the version and its commit; the version may be a commit itself."""
        version = asked.release.version
        if version is None:
            return Unavailable("not_found", "the version is not known, so nothing can be looked up")
        sha = commit_named(version)
        refs = [sha] if sha else [f"tags/{tag}" for tag in tags_of(asked, version)]
        for ref in refs:
            found = await api.commit(ref)
            if isinstance(found, Commit):
                return ref.removeprefix("tags/"), found
            if found.code != "not_found":
                return found
        return Unavailable("not_found", f"{api.slug} has no tag for {version}")

    # ---- checks -------------------------------------------------------------------------------------------------------

    async def _ci(self, api: GitHubApi, asked: Inquiry, commit: Commit) -> Evidence:
        runs, statuses, required, actions = await asyncio.gather(
            api.checks(commit.sha), api.statuses(commit.sha), self._required(api, asked), api.runs(commit.sha)
        )
        if isinstance(runs, Unavailable):
            return unavailable(asked, self.name, Kind.CI, runs)
        if isinstance(statuses, Unavailable):
            if statuses.code != "not_found":
                return unavailable(asked, self.name, Kind.CI, statuses)
            statuses = ()
        return self._judged(asked, api, commit.sha, (*runs, *statuses), required, actions)

    async def _required(self, api: GitHubApi, asked: Inquiry) -> tuple[Required, ...] | Unavailable:
        branch = asked.service.evidence.get("required_branch")
        if branch is None:
            about = await api.json("")
            if isinstance(about, Unavailable):
                return about
            branch = str(about.data.get("default_branch") if isinstance(about.data, dict) else "main")
        return await api.required(branch)

    def _judged(
        self,
        asked: Inquiry,
        api: GitHubApi,
        sha: str,
        checks: tuple[Check, ...],
        required: tuple[Required, ...] | Unavailable,
        actions: Runs | None,
    ) -> Evidence:
        known = None if isinstance(required, Unavailable) else required
        seen = verdict(checks, known)
        facts: Facts = facts_of(checks, asked.service.checks)
        facts["required_known"] = known is not None
        notes = [f"commit {sha[:SHORT]}: {seen.text}"]
        if known is None:
            notes.append("which checks are required could not be read")
        if actions is not None and actions.attempt > 1:
            facts["attempt"] = actions.attempt
            notes.append(f"run again, attempt {actions.attempt}")
        url = actions.url if actions else f"{self.pages}/{api.slug}/commit/{sha}/checks"
        dated = newest(checks) if seen.standing is not Standing.PENDING else None
        return item(
            asked,
            self.name,
            Kind.CI,
            seen.standing,
            url=url,
            subject=sha,
            dated=dated,
            text="; ".join(notes),
            facts=facts,
        )

    # ---- the change ---------------------------------------------------------------------------------------------------

    async def _scm(self, api: GitHubApi, asked: Inquiry, tag: str, commit: Commit) -> tuple[Evidence, ...]:
        files = GitHubFiles(api, self.pages)
        changed, pulls, notes, attested, runbook = await asyncio.gather(
            self._changed(api, asked, tag, commit),
            self._change(api, asked, commit),
            self._notes(api, asked, tag),
            self._attested(api, asked),
            runbook_items(asked, self.name, files),
        )
        authors = [(commit.login, commit.email)]
        more: tuple[Evidence, ...] = runbook
        if isinstance(changed, Changed):
            authors += changed.authors
            data = await migration_items(asked, self.name, changed, files)
            more = (*more, *data, *flag_items(asked, self.name, changed))
        facts: Facts = {"commit": commit.sha, "authors": persons(self.catalog().roster, "github", authors), **attested}
        text = f"{tag} is commit {commit.sha[:SHORT]}"
        if isinstance(changed, Changed):
            facts["base"] = changed.base
            text += f", {changed.commits} commits after {changed.base}"
        url = f"{self.pages}/{api.slug}/tree/{tag}"
        artifact = item(
            asked, self.name, Kind.ARTIFACT, Standing.VERIFIED, url=url, subject=commit.sha, text=text, facts=facts
        )
        return (artifact, pulls, notes, *more)

    async def _changed(self, api: GitHubApi, asked: Inquiry, tag: str, commit: Commit) -> Changed | Unavailable:
        """What changed since the last version that went well; without one nothing can be compared."""
        base = base_of(asked)
        if base is None:
            return Unavailable("not_found", "no earlier version is known")
        if commit_named(base):
            return await api.compare(base, commit.sha)
        found: Changed | Unavailable = Unavailable("not_found", f"no tag for {base}")
        for one in tags_of(asked, base):
            found = await api.compare(one, tag)
            if isinstance(found, Changed):
                return found
        return found

    async def _change(self, api: GitHubApi, asked: Inquiry, commit: Commit) -> Evidence:
        """The merged pull request through which the commit came (G14)."""
        answer = await api.json(f"/commits/{commit.sha}/pulls", {"per_page": "30"})
        if isinstance(answer, Unavailable):
            return self._not_seen(asked, Kind.CHANGE, answer)
        merged = (
            [p for p in answer.data if isinstance(p, dict) and p.get("merged_at")]
            if isinstance(answer.data, list)
            else []
        )
        if not merged:
            text = f"no merged pull request for commit {commit.sha[:SHORT]}"
            return item(asked, self.name, Kind.CHANGE, Standing.MISSING, subject=commit.sha, text=text)
        one = merged[0]
        facts: Facts = {"pull_request": int(one.get("number") or 0)}
        text = f"#{one.get('number')} {one.get('title')}"
        return item(
            asked, self.name, Kind.CHANGE, Standing.VERIFIED,
            url=str(one.get("html_url")), subject=commit.sha, text=text, facts=facts,
        )  # fmt: skip

    async def _notes(self, api: GitHubApi, asked: Inquiry, tag: str) -> Evidence:
        """The release notes: published, and with words in them."""
        answer = await api.json(f"/releases/tags/{tag}")
        if isinstance(answer, Unavailable):
            return self._not_seen(asked, Kind.NOTES, answer)
        data = answer.data if isinstance(answer.data, dict) else {}
        written = bool(str(data.get("body") or "").strip()) and not data.get("draft")
        standing = Standing.VERIFIED if written else Standing.MISSING
        text = f"release notes of {tag}" if written else f"the release {tag} has no notes, or is a draft"
        return item(
            asked, self.name, Kind.NOTES, standing, url=data.get("html_url"), subject=asked.release.version, text=text
        )

    async def _attested(self, api: GitHubApi, asked: Inquiry) -> Facts:
        digest = asked.release.digest
        if not digest:
            return {}
        found = await api.attested(digest)
        return {} if isinstance(found, Unavailable) else {"attestation": found}
