"""From what people call a version to what a repository calls it, and from the catalogue to the repository: pure."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.domain.builds import named_build
from bot.domain.service import Service
from bot.ports import Inquiry

_COMMIT = re.compile(r"^[0-9a-f]{7,40}$")
_SLUG = re.compile(r"^[\w.-]+(?:/[\w.-]+)+$")
_REF = re.compile(r"^[\w./+-]{1,200}$")


def repository_of(asked: Inquiry) -> str | None:
    """The repository of the service that the question is about; None where the catalogue names none."""
    return repository_in(asked.service)


def repository_in(service: Service) -> str | None:
    """owner/name (with subgroups, where there are) as the catalogue names it, by itself or as an address; else None."""
    said = service.evidence.get("repository") or service.repository or ""
    if "://" in said:
        said = urlsplit(said).path
    slug = said.strip("/").removesuffix(".git")
    return slug if _SLUG.fullmatch(slug) and ".." not in slug else None


def tags_of(asked: Inquiry, version: str) -> Iterator[str]:
    """The tags that may stand for that version, likeliest first. `tag` in the catalogue says it for sure: "release-{version}"."""
    plain = version.strip()
    if not _REF.fullmatch(plain) or ".." in plain:
        return
    pattern = asked.service.evidence.get("tag")
    if pattern is not None:
        yield pattern.replace("{version}", plain)
        return
    bare = plain.removeprefix("v")
    yield from dict.fromkeys((f"v{bare}", bare, plain))


def commit_named(version: str) -> str | None:
    """The commit, where the version is one itself."""
    said = version.strip().lower()
    return said if _COMMIT.fullmatch(said) and not said.isdigit() else None


def base_of(asked: Inquiry) -> str | None:
    """The version before this one: of the last release that ended well, else as the catalogue says."""
    ended = asked.history or asked.service.history
    own = asked.release.version
    good = next((o.version for o in ended if o.result != "failed" and named_build(o.version)[0] != own), None)
    return good or asked.service.previous_version
