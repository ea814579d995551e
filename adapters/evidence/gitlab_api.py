"""GitLab's REST API (v4), as far as it is read. A private project that the token may not see is 404, not 403."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from adapters.evidence.changed import Changed, ChangedFile
from adapters.evidence.checks import Check, Outcome
from adapters.evidence.code import Commit
from adapters.evidence.item import moment
from adapters.evidence.told import Json, counted, listed, listed_all, number, table, words
from adapters.http.answers import Paged, Seen, Unavailable
from adapters.http.fetch import Remote
from adapters.http.sites import path_of

MOST_FILES = 1000
_PAGE = {"per_page": "100"}
_FOUND = 20
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_PARENT = "parent_pipeline"

OUTCOMES: Mapping[str, Outcome] = {
    "success": Outcome.PASSED,
    "failed": Outcome.FAILED,
    "canceled": Outcome.CANCELLED,
    "canceling": Outcome.CANCELLED,
    "skipped": Outcome.SKIPPED,
    **dict.fromkeys(
        (
            "created",
            "waiting_for_resource",
            "waiting_for_callback",
            "preparing",
            "pending",
            "running",
            "scheduled",
            "manual",
        ),
        Outcome.PENDING,
    ),
}
"""Pipelines and jobs use the same words; a pipeline that waits for a manual step is not done."""


@dataclass(frozen=True, slots=True)
class Run:
    """A pipeline. `where`: what it ran for (branch or tag, and why), of which only the newest counts; `at`: its last change."""

    id: int
    sha: str
    outcome: Outcome
    url: str
    where: tuple[str, str]
    at: datetime | None


class GitLabApi:
    """One project of one GitLab."""

    def __init__(self, remote: Remote, slug: str) -> None:
        """`slug`: group/…/project."""
        self._remote = remote
        self.slug = slug
        self._at = path_of("api", "v4", "projects", slug)

    async def json(self, path: str, query: Mapping[str, str] | None = None) -> Seen | Unavailable:
        """One document of the project."""
        return await self._remote.json(f"{self._at}{path}", query or {})

    async def pages(self, path: str) -> Paged | Unavailable:
        """All pages of one list."""
        return await self._remote.pages(f"{self._at}{path}", _PAGE)

    async def commit(self, ref: str) -> Commit | Unavailable:
        """The commit of a SHA, a branch or a tag."""
        answer = await self.json(f"/repository/commits{path_of(ref)}")
        return answer if isinstance(answer, Unavailable) else _named(table(answer.data))

    async def tagged(self, tag: str) -> Commit | Unavailable:
        """The commit of a tag."""
        answer = await self.json(f"/repository/tags{path_of(tag)}")
        return answer if isinstance(answer, Unavailable) else _named(table(table(answer.data).get("commit")))

    async def runs(self, sha: str) -> Sequence[Run] | Unavailable:
        """The newest pipeline of the commit for each branch, tag and reason. Child pipelines are seen through their parents."""
        answer = await self.json("/pipelines", {"sha": sha, "order_by": "id", "sort": "desc", "per_page": str(_FOUND)})
        found = answer if isinstance(answer, Unavailable) else listed(answer.data)
        if isinstance(found, Unavailable):
            return found
        newest: dict[tuple[str, str], Run] = {}
        for one in found:
            run = run_of(one)
            if not run.id or not _SHA.fullmatch(run.sha):
                return Unavailable("malformed", "a pipeline without its number or its commit")
            if run.sha == sha and run.where[1] != _PARENT:
                newest.setdefault(run.where, run)
        return tuple(newest.values())

    async def jobs(self, pipeline: int, project: int | None = None) -> tuple[Check, ...] | Unavailable:
        """The jobs of a pipeline, the last try of each; of another project where `project` names one."""
        at = self._at if project is None else path_of("api", "v4", "projects", project)
        found = listed_all(await self._remote.pages(f"{at}/pipelines/{pipeline}/jobs", _PAGE))
        return found if isinstance(found, Unavailable) else tuple(map(_job, found))

    async def bridges(self, pipeline: int) -> tuple[Check, ...] | Unavailable:
        """The pipelines that it started: how they ended themselves, whatever the job says that started them."""
        found = listed_all(await self.pages(f"/pipelines/{pipeline}/bridges"))
        return found if isinstance(found, Unavailable) else tuple(map(_bridge, found))

    async def tests(self, pipeline: int) -> tuple[int, int] | None:
        """(how many tests the report counts, how many of them failed); None where there is no report."""
        answer = await self.json(f"/pipelines/{pipeline}/test_report_summary")
        total = table(table(answer.data).get("total")) if isinstance(answer, Seen) else {}
        count, failed, broke = (counted(total.get(name)) for name in ("count", "failed", "error"))
        return (count, failed + broke) if count and failed is not None and broke is not None else None

    async def compare(self, base: str, head: str) -> Changed | Unavailable:
        """What changed from base to head. Without a commit between two different ones, nothing can be said."""
        answer = await self.json("/repository/compare", {"from": base, "to": head})
        if isinstance(answer, Unavailable):
            return answer
        data = table(answer.data)
        commits, diffs = listed(data, "commits"), listed(data, "diffs")
        if isinstance(commits, Unavailable):
            return commits
        if isinstance(diffs, Unavailable):
            return diffs
        if not all(words(one.get("new_path")) for one in diffs):
            return Unavailable("malformed", "a comparison that does not name all its files")
        whole = data.get("compare_timeout") is False and len(diffs) < MOST_FILES and bool(commits or base == head)
        return Changed(
            base=base,
            head=head,
            files=tuple(_file(one) for one in diffs),
            commits=len(commits),
            whole=whole,
            url=words(data.get("web_url")) or None,
            authors=tuple(dict.fromkeys((c.login, c.email) for c in map(_commit, commits))),
        )


def run_of(one: Json) -> Run:
    """A pipeline, as a list or its own page tells it."""
    return Run(
        id=number(one.get("id")),
        sha=words(one.get("sha")),
        outcome=OUTCOMES.get(words(one.get("status")), Outcome.OTHER),
        url=words(one.get("web_url")),
        where=(words(one.get("ref")), words(one.get("source"))),
        at=moment(one.get("updated_at")),
    )


def _named(data: Json) -> Commit | Unavailable:
    found = _commit(data)
    return found if found.sha else Unavailable("malformed", "a commit without its SHA")


def _commit(data: Json) -> Commit:
    return Commit(words(data.get("id")), "", words(data.get("author_email")))


def _job(one: Json) -> Check:
    """A job that waits for a hand and may be left out has not run: that is no pass, and no reason to wait."""
    status = words(one.get("status"))
    optional = one.get("allow_failure") is True
    outcome = Outcome.SKIPPED if status == "manual" and optional else OUTCOMES.get(status, Outcome.OTHER)
    return Check(
        name=words(one.get("name")),
        outcome=outcome,
        at=moment(one.get("finished_at")),
        url=words(one.get("web_url")) or None,
        may_fail=optional,
    )


def _bridge(one: Json) -> Check:
    started = table(one.get("downstream_pipeline"))
    status = words(started.get("status")) or words(one.get("status"))
    if status == "success" and not words(started.get("status")):
        status = "unknown"  # The job that starts a pipeline is green before that one has begun.
    return Check(
        name=words(one.get("name")),
        outcome=OUTCOMES.get(status, Outcome.OTHER),
        at=moment(started.get("updated_at") or one.get("finished_at")),
        url=words(started.get("web_url")) or words(one.get("web_url")) or None,
        may_fail=one.get("allow_failure") is True,
    )


def _file(one: Json) -> ChangedFile:
    status = next(
        (
            s
            for s, key in (("added", "new_file"), ("removed", "deleted_file"), ("renamed", "renamed_file"))
            if one.get(key)
        ),
        "modified",
    )
    hidden = one.get("too_large") or one.get("collapsed") or not isinstance(one.get("diff"), str)
    path, was = words(one.get("new_path")), words(one.get("old_path"))
    return ChangedFile(path, status, None if hidden else words(one.get("diff")), was if was not in {"", path} else None)
