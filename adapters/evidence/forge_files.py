"""Links to files of a repository that people paste: read at the commit that the link names, and bound to it."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from adapters.evidence.code import Code, Commit
from adapters.evidence.item import item, unavailable
from adapters.evidence.runbook import runbook_at
from adapters.http.answers import Unavailable
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.link_shapes import Shape
from bot.ports import Inquiry

_DEEPEST = 4
"""So many parts of a path may be the name of a branch: `release/2.4`."""

_NOTES = re.compile(r"(?i)changelog|changes|release[-_ ]?notes|history")
_PROSE = re.compile(r"(?i)\.(?:md|markdown|rst|adoc|asciidoc|txt|org)$")
"""Code that is called rollback is no runbook, unless somebody says so."""

_BOOKS = re.compile(r"(?i)run[-_ ]?book|play[-_ ]?book|roll[-_ ]?back")


def is_file(shape: Shape) -> bool:
    """True where the link names a file."""
    return shape.name.endswith(".file")


async def file_items(asked: Inquiry, source: str, repository: Code, shape: Shape) -> tuple[Evidence, ...]:
    """What the file says of the release, where it is a runbook or release notes; nothing of any other file."""
    path = unquote(shape.fields["path"])
    kind = _kind(asked, shape.url, path)
    if kind is None:
        return ()
    found = await _placed(repository, shape.fields["ref"], path)
    if isinstance(found, Unavailable):
        if found.code != "not_found":
            return (unavailable(asked, source, kind, found),)
        return (
            item(asked, source, kind, Standing.MISSING, text=f"{path} is at no branch, tag or commit of that name"),
        )
    sha, path = found
    if kind is Kind.RUNBOOK:
        return await runbook_at(asked, source, repository.files, path, sha)
    return (await _notes(asked, source, repository, path, sha),)


def _kind(asked: Inquiry, url: str, path: str) -> Kind | None:
    """What whoever gave the link says that it is; else what its name says."""
    said = {one.kind for one in asked.release.evidence if one.url == url and one.by != "bot"}
    if said & {Kind.RUNBOOK, Kind.ROLLBACK}:
        return Kind.RUNBOOK
    if Kind.NOTES in said:
        return Kind.NOTES
    if said:
        return None
    name = path.rpartition("/")[2]
    if "." in name and not _PROSE.search(name):
        return None
    if _NOTES.search(name):
        return Kind.NOTES
    return Kind.RUNBOOK if _BOOKS.search(path) else None


async def _placed(repository: Code, ref: str, path: str) -> tuple[str, str] | Unavailable:
    """The commit, and the path there: a branch may have slashes in its name, so that its first parts may stand in the path."""
    found: Commit | Unavailable = Unavailable("not_found")
    for name, rest in _splits(ref, path):
        found = await repository.commit(name)
        if isinstance(found, Commit):
            return found.sha, rest
        if found.code != "not_found":
            return found
    return Unavailable("not_found")


def _splits(ref: str, path: str) -> Iterator[tuple[str, str]]:
    parts = (ref, *path.split("/"))
    for at in range(1, min(len(parts), _DEEPEST + 1)):
        yield "/".join(parts[:at]), "/".join(parts[at:])


async def _notes(asked: Inquiry, source: str, repository: Code, path: str, sha: str) -> Evidence:
    """Notes count where they speak of the version (G14)."""
    version = (asked.release.version or "").strip().removeprefix("v")
    text = await repository.files.file(path, sha)
    if isinstance(text, Unavailable):
        if text.code != "not_found":
            return unavailable(asked, source, Kind.NOTES, text)
        return item(asked, source, Kind.NOTES, Standing.MISSING, subject=sha, text=f"{path} is not in the repository")
    url = repository.files.page(path, sha)
    if not version or not re.search(
        rf"(?<![\w.]){re.escape(version)}(?![\w]|\.\w)", text.replace(f"v{version}", version)
    ):
        said = f"{path} does not speak of {version or 'the version'}"
        return item(asked, source, Kind.NOTES, Standing.INCONCLUSIVE, url=url, subject=sha, text=said)
    return item(asked, source, Kind.NOTES, Standing.VERIFIED, url=url, subject=sha, text=f"{path} speaks of {version}")
