"""A host of code as a source: checks of the very commit, what changed since the last version, what a pasted link speaks of."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from adapters.evidence.authors import persons
from adapters.evidence.changed import Changed, flag_items
from adapters.evidence.checks import facts_of, in_time, newest, verdict
from adapters.evidence.code import Code, Commit, Written
from adapters.evidence.forge_files import file_items, is_file
from adapters.evidence.item import Facts, item, many, unavailable
from adapters.evidence.migrations.items import migration_items
from adapters.evidence.pasted import linked, shapes_of
from adapters.evidence.rights import bad
from adapters.evidence.runbook import runbook_items
from adapters.evidence.versions import base_of, commit_named, repository_in, repository_of, tags_of
from adapters.http.answers import Unavailable
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.link_shapes import Shape
from bot.domain.service import Service
from bot.messages.words import say
from bot.ports import CatalogReader, Check, Inquiry

SHORT = 7
SHORT_DIGEST = 19
_KINDS = {"ci": (Kind.CI,), "scm": (Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES)}


@dataclass(slots=True)
class Forge:
    """One host of code. `kind`: its kind, which is also what accounts on it are called; `open` gives one of its repositories.

    `rights`: the line of doctor on what its credential may do.
    """

    name: str
    kind: str
    open: Callable[[str], Code]
    catalog: CatalogReader
    rights: Callable[[], Awaitable[Check]]

    async def gather(self, inquiry: Inquiry) -> tuple[Evidence, ...]:
        """What it sees of the release in that role."""
        if inquiry.purpose == "link":
            return await self._linked(inquiry)
        kinds = _KINDS.get(inquiry.role, ())
        slug = repository_of(inquiry)
        if slug is None:
            text = "the catalogue names no repository (owner/name) of the service"
            return tuple(item(inquiry, self.name, k, Standing.MISSING, text=text) for k in kinds)
        repository = self.open(slug)
        head = await _head(repository, inquiry)
        if isinstance(head, Unavailable):
            return tuple(self._not_seen(inquiry, k, head) for k in kinds)
        if inquiry.role == "ci":
            return (await self._ci(repository, inquiry, head[1]),)
        return await self._scm(repository, inquiry, *head)

    async def checks(self, services: Sequence[Service]) -> Sequence[Check]:
        """Whether it answers, what its credential may do, and whether it sees the repository of each service."""
        slugs = sorted({slug for one in services if (slug := repository_in(one)) is not None})
        rights, heads = await asyncio.gather(
            self.rights(), asyncio.gather(*(self.open(slug).commit("HEAD") for slug in slugs))
        )
        hidden = [slug for slug, head in zip(slugs, heads, strict=True) if isinstance(head, Unavailable)]
        if not slugs or (hidden and rights.code == "source_answers"):
            return (rights,)  # Where it does not answer at all, one line says so.
        if hidden:
            return (rights, bad("source_sees", {"source": self.name, "what": ", ".join(hidden)}))
        said = {"source": self.name, "what": ", ".join(slugs)}
        return (rights, Check("source_sees", ok=True, sentence=say("check.source_sees", said)))

    def _not_seen(self, asked: Inquiry, kind: Kind, answer: Unavailable) -> Evidence:
        if answer.code == "not_found":
            return item(asked, self.name, kind, Standing.MISSING, text=answer.detail)
        return unavailable(asked, self.name, kind, answer)

    # ---- what runs ----------------------------------------------------------------------------------------------------

    async def _ci(self, repository: Code, asked: Inquiry, commit: Commit) -> Evidence:
        found = await repository.pipeline(commit.sha, asked.service.evidence.get("required_branch"))
        if isinstance(found, Unavailable):
            return self._not_seen(asked, Kind.CI, found)
        ended = newest(found.checks)
        seen = in_time(verdict(found.checks, found.required), ended, asked.now)
        facts: Facts = {**facts_of(found.checks, asked.service.checks), **found.facts}
        text = "; ".join((f"commit {commit.sha[:SHORT]}: {seen.text}", *found.notes))
        dated = ended if seen.standing is not Standing.PENDING else None
        return item(
            asked, self.name, Kind.CI, seen.standing,
            url=found.url, subject=commit.sha, dated=dated, text=text, facts=facts,
        )  # fmt: skip

    # ---- the change ---------------------------------------------------------------------------------------------------

    async def _scm(self, repository: Code, asked: Inquiry, tag: str, commit: Commit) -> tuple[Evidence, ...]:
        digest = asked.release.digest
        changed, change, notes, attested, runbook = await asyncio.gather(
            _changed(repository, asked, commit),
            repository.change(commit.sha),
            repository.notes(tag),
            repository.attested(digest) if digest else _nothing(),
            runbook_items(asked, self.name, repository.files),
        )
        authors = [(commit.login, commit.email)]
        facts: Facts = {"commit": commit.sha, **attested}
        text = f"{tag} is commit {commit.sha[:SHORT]}"
        more: tuple[Evidence, ...] = runbook
        if isinstance(changed, Changed):
            authors += changed.authors
            facts["base"] = changed.base
            text += f", {many(changed.commits, 'commit')} after {changed.base}"
            data = await migration_items(asked, self.name, changed, repository.files)
            more = (*more, *data, *flag_items(asked, self.name, changed))
        facts["authors"] = persons(self.catalog().roster, self.kind, authors)
        artifact = item(
            asked,
            self.name,
            Kind.ARTIFACT,
            Standing.VERIFIED,
            url=repository.page,
            subject=commit.sha,
            text=text,
            facts=facts,
        )
        return (
            artifact,
            self._written(asked, Kind.CHANGE, change, commit.sha),
            self._written(asked, Kind.NOTES, notes, asked.release.version),
            *more,
        )

    def _written(self, asked: Inquiry, kind: Kind, found: Written | Unavailable, subject: str | None) -> Evidence:
        if isinstance(found, Unavailable):
            return self._not_seen(asked, kind, found)
        return item(asked, self.name, kind, Standing.VERIFIED, url=found.url, subject=subject, text=found.title)

    # ---- links --------------------------------------------------------------------------------------------------------

    async def _linked(self, asked: Inquiry) -> tuple[Evidence, ...]:
        """What the links speak of that people gave: as far as it is this release, and no better than the whole of it is."""
        shapes = [s for s in shapes_of(asked, self.catalog(), self.name) if s.kind is not None or is_file(s)]
        found = await asyncio.gather(*(self._of(asked, shape) for shape in shapes))
        return tuple(replace(one, source=linked(self.name)) for items in found for one in items)

    async def _of(self, asked: Inquiry, shape: Shape) -> tuple[Evidence, ...]:
        if shape.kind is not None:
            return (await self._one(asked, shape, shape.kind),)
        slug = _slug(shape)
        own = repository_of(asked)
        if own is None or slug.casefold() != own.casefold():
            return ()  # A file of another repository stays what somebody said.
        return await file_items(asked, self.name, self.open(slug), shape)

    async def _one(self, asked: Inquiry, shape: Shape, kind: Kind) -> Evidence:
        slug = _slug(shape)
        own = repository_of(asked)
        if own is not None and slug.casefold() != own.casefold():
            return self._proves_nothing(asked, kind, f"{slug} is not the repository of the service, which is {own}")
        repository = self.open(slug)
        if shape.name == "github.attestation":
            return await self._attestation(asked, repository, shape.url)
        head, of = await asyncio.gather(_head(repository, asked), repository.named(shape))
        if isinstance(head, Unavailable):
            text = f"it cannot be told whether this is the version that is released: {head.detail}"
            return self._proves_nothing(asked, kind, text)
        if isinstance(of, Unavailable):
            return self._not_seen(asked, kind, of)
        tag, commit = head
        if not await _is_of(repository, commit.sha, of, kind):
            text = f"it is of commit {of[:SHORT]}; {asked.release.version} is commit {commit.sha[:SHORT]}"
            return self._proves_nothing(asked, kind, text, of)
        if kind is Kind.CI:
            return await self._ci(repository, asked, commit)
        if kind is Kind.NOTES:
            return self._written(asked, kind, await repository.notes(tag), asked.release.version)
        if kind is Kind.CHANGE:
            return self._written(asked, kind, Written(shape.url, f"merged, and part of {tag}"), commit.sha)
        facts: Facts = {"commit": commit.sha}
        text = f"the commit of {tag}"
        return item(
            asked, self.name, kind, Standing.VERIFIED, url=shape.url, subject=commit.sha, text=text, facts=facts
        )

    async def _attestation(self, asked: Inquiry, repository: Code, url: str) -> Evidence:
        """GitHub gives attestations by digest and tells no numbers: what is looked up is whether it keeps one of ours."""
        digest = asked.release.digest
        if digest is None:
            text = "it cannot be told whether it is of this release: the digest of the release is not known"
            return self._proves_nothing(asked, Kind.ARTIFACT, text)
        facts = await repository.attested(digest)
        if "attestation" not in facts:
            return unavailable(asked, self.name, Kind.ARTIFACT, Unavailable("refused", "attestations cannot be read"))
        if not facts["attestation"]:
            text = f"{repository.slug} keeps no attestation of {digest[:SHORT_DIGEST]}"
            return item(asked, self.name, Kind.ARTIFACT, Standing.MISSING, subject=digest, text=text)
        text = f"{repository.slug} keeps an attestation of {digest[:SHORT_DIGEST]}; what it says was not verified"
        return item(asked, self.name, Kind.ARTIFACT, Standing.VERIFIED, url=url, subject=digest, text=text, facts=facts)

    def _proves_nothing(self, asked: Inquiry, kind: Kind, text: str, subject: str | None = None) -> Evidence:
        return item(asked, self.name, kind, Standing.INCONCLUSIVE, subject=subject, text=text)


def _slug(shape: Shape) -> str:
    return shape.fields.get("project") or f"{shape.fields.get('owner')}/{shape.fields.get('repo')}"


async def _nothing() -> Facts:
    return {}


async def _head(repository: Code, asked: Inquiry) -> tuple[str, Commit] | Unavailable:
    """The tag of the version and its commit; the version may be a commit itself."""
    version = asked.release.version
    if version is None:
        return Unavailable("not_found", "the version is not known, so nothing can be looked up")
    sha = commit_named(version)
    if sha is not None:
        found = await repository.commit(sha)
        return found if isinstance(found, Unavailable) else (found.sha, found)
    for tag in tags_of(asked, version):
        found = await repository.tagged(tag)
        if isinstance(found, Commit):
            return tag, found
        if found.code != "not_found":
            return found
    return Unavailable("not_found", f"{repository.slug} has no tag for {version}")


async def _is_of(repository: Code, sha: str, other: str, kind: Kind) -> bool:
    """A change is of the release where the release contains it; all else has to be of the very commit."""
    return sha == other or (kind is Kind.CHANGE and await repository.contains(sha, other) is True)


async def _changed(repository: Code, asked: Inquiry, commit: Commit) -> Changed | Unavailable:
    """What changed since the last version that went well; without one nothing can be compared."""
    base = base_of(asked)
    if base is None:
        return Unavailable("not_found", "no earlier version is known")
    if commit_named(base):
        return await repository.changed(base, commit.sha)
    for one in tags_of(asked, base):
        start = await repository.tagged(one)
        if isinstance(start, Unavailable):
            if start.code == "not_found":
                continue
            return start
        found = await repository.changed(start.sha, commit.sha)
        return found if isinstance(found, Unavailable) else replace(found, base=one)
    return Unavailable("not_found", f"no tag for {base}")
