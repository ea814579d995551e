"""GitHub's REST API, as far as it is read: each function asks one thing and gives plain values. Version 2022-11-28."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.evidence.changed import Changed, ChangedFile
from adapters.evidence.checks import Check, Outcome, Required
from adapters.evidence.item import moment
from adapters.http.answers import Paged, Seen, Unavailable
from adapters.http.fetch import Remote
from adapters.http.sites import path_of

ACCEPT = "application/vnd.github+json"
HEADERS = {"X-GitHub-Api-Version": "2022-11-28"}
MOST_FILES = 300
MOST_COMMITS = 250
_PAGE = {"per_page": "100"}

_CONCLUSIONS: Mapping[str, Outcome] = {
    "success": Outcome.PASSED,
    "failure": Outcome.FAILED,
    "timed_out": Outcome.FAILED,
    "startup_failure": Outcome.FAILED,
    "action_required": Outcome.FAILED,
    "cancelled": Outcome.CANCELLED,
    "skipped": Outcome.SKIPPED,
    "neutral": Outcome.NEUTRAL,
}
_STATES: Mapping[str, Outcome] = {
    "success": Outcome.PASSED,
    "failure": Outcome.FAILED,
    "error": Outcome.FAILED,
    "pending": Outcome.PENDING,
}


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its full SHA, and its author as (login, e-mail)."""

    sha: str
    login: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Runs:
    """The Actions runs of a commit: the page of the newest, and how often it was run again."""

    url: str
    attempt: int


class GitHubApi:
    """One repository of one GitHub."""

    def __init__(self, remote: Remote, slug: str) -> None:
        """`slug`: owner/name."""
        self._remote = remote
        self.slug = slug
        self._at = path_of("repos", *slug.split("/"))

    async def json(self, path: str, query: Mapping[str, str] | None = None) -> Seen | Unavailable:
        """One document of the repository."""
        return await self._remote.json(f"{self._at}{path}", query or {}, accept=ACCEPT)

    async def pages(self, path: str, query: Mapping[str, str] | None = None) -> Paged | Unavailable:
        """All pages of one list."""
        return await self._remote.pages(f"{self._at}{path}", {**_PAGE, **(query or {})}, accept=ACCEPT)

    async def commit(self, ref: str) -> Commit | Unavailable:
        """The commit of a ref: a SHA, `tags/…` or `heads/…`. One that is not there is not_found."""
        answer = await self._remote.json(
            f"{self._at}/commits{path_of(*ref.split('/'))}", {"per_page": "1"}, accept=ACCEPT, also={422}
        )
        if isinstance(answer, Unavailable):
            return answer
        if answer.status != 200 or not isinstance(answer.data, dict):  # noqa: PLR2004 - 422: there is no such commit
            return Unavailable("not_found", f"{ref} is not in {self.slug}", answer.status)
        return _commit(answer.data)

    async def checks(self, sha: str) -> tuple[Check, ...] | Unavailable:
        """All check runs of the commit, the latest of each; fewer than GitHub counts is not all of them."""
        paged = await self.pages(f"/commits/{sha}/check-runs", {"filter": "latest"})
        if isinstance(paged, Unavailable):
            return paged
        runs = [run for page in paged.pages for run in _list(page.data, "check_runs")]
        total = max(int(_dict(page.data).get("total_count") or 0) for page in paged.pages)
        if not paged.complete or len(runs) < total:
            return Unavailable("too_large", f"only {len(runs)} of {total} check runs could be read")
        return tuple(check_of(run) for run in runs if run.get("head_sha") in {sha, None})

    async def statuses(self, sha: str) -> tuple[Check, ...] | Unavailable:
        """The latest commit status of each context. `pending` of a commit without any is no status."""
        paged = await self.pages(f"/commits/{sha}/status")
        if isinstance(paged, Unavailable):
            return paged
        if not paged.complete:
            return Unavailable("too_large", "not all statuses could be read")
        return tuple(
            Check(
                name=str(one.get("context")),
                outcome=_STATES.get(str(one.get("state")), Outcome.OTHER),
                at=moment(one.get("updated_at")),
                url=one.get("target_url"),
            )
            for page in paged.pages
            for one in _list(page.data, "statuses")
        )

    async def required(self, branch: str) -> tuple[Required, ...] | Unavailable:
        """The checks that the branch requires, by rulesets and by classic protection. Empty: it requires none."""
        rules = await self.pages(f"/rules/branches{path_of(branch)}")
        if isinstance(rules, Unavailable):
            return rules
        found = [
            Required(str(one.get("context")), one.get("integration_id"))
            for page in rules.pages
            for rule in (page.data if isinstance(page.data, list) else ())
            if _dict(rule).get("type") == "required_status_checks"
            for one in _list(_dict(rule).get("parameters"), "required_status_checks")
        ]
        classic = await self.json(f"/branches{path_of(branch)}")
        if isinstance(classic, Seen):
            asked = _dict(_dict(_dict(classic.data).get("protection")).get("required_status_checks"))
            apps = {str(c.get("context")): c.get("app_id") for c in _list(asked, "checks")}
            names = dict.fromkeys((*map(str, asked.get("contexts") or ()), *apps))
            found += [Required(name, _app(apps.get(name))) for name in names]
        return tuple(dict.fromkeys(found))

    async def runs(self, sha: str) -> Runs | None:
        """The newest Actions runs of the commit; None where there is none or they cannot be read."""
        answer = await self.json("/actions/runs", {"head_sha": sha, **_PAGE})
        found = _list(answer.data, "workflow_runs") if isinstance(answer, Seen) else []
        own = [run for run in found if run.get("head_sha") == sha]
        if not own:
            return None
        return Runs(str(own[0].get("html_url")), max(int(run.get("run_attempt") or 1) for run in own))

    async def compare(self, base: str, head: str) -> Changed | Unavailable:
        """What changed from base to head. GitHub tells at most 300 files, so 300 may be more."""
        basehead = path_of(f"{base}...{head}").removeprefix("/")
        answer = await self.json(f"/compare/{basehead}")
        if isinstance(answer, Unavailable):
            return answer
        data = _dict(answer.data)
        files = _list(data, "files")
        commits = _list(data, "commits")
        total = int(data.get("total_commits") or 0)
        whole = "files" in data and len(files) < MOST_FILES and data.get("status") in {"ahead", "identical"}
        return Changed(
            base=base,
            head=head,
            files=tuple(_file(one) for one in files),
            commits=total,
            whole=whole and len(commits) >= min(total, MOST_COMMITS),
            url=data.get("html_url"),
            authors=tuple(dict.fromkeys((c.login, c.email) for c in map(_commit, commits))),
        )

    async def contains(self, sha: str, other: str) -> bool | Unavailable:
        """True where `other` is an ancestor of `sha`, or it itself."""
        answer = await self.json(f"/compare/{other}...{sha}", {"per_page": "1"})
        if isinstance(answer, Unavailable):
            return answer
        return _dict(answer.data).get("status") in {"ahead", "identical"}

    async def attested(self, digest: str) -> bool | Unavailable:
        """True where GitHub keeps an attestation for that digest. That one is there says nothing of what it says."""
        answer = await self.json(f"/attestations{path_of(digest)}", {"per_page": "1"})
        if isinstance(answer, Unavailable):
            return False if answer.code == "not_found" else answer
        return bool(_list(answer.data, "attestations"))


def check_of(run: Mapping[str, Any]) -> Check:
    """A check run, or a job of an Actions run: both have status and conclusion."""
    outcome = Outcome.PENDING
    if run.get("status") == "completed":
        outcome = _CONCLUSIONS.get(str(run.get("conclusion")), Outcome.OTHER)
    return Check(
        name=str(run.get("name")),
        outcome=outcome,
        at=moment(run.get("completed_at")),
        url=run.get("html_url") or run.get("details_url"),
        app=_app(_dict(run.get("app")).get("id")),
    )


def outcome_of(status: object, conclusion: object) -> Outcome:
    """The same for an Actions run."""
    return check_of({"status": status, "conclusion": conclusion}).outcome


def _commit(data: Mapping[str, Any]) -> Commit:
    by = _dict(_dict(data.get("commit")).get("author"))
    return Commit(str(data.get("sha")), str(_dict(data.get("author")).get("login") or ""), str(by.get("email") or ""))


def _file(one: Mapping[str, Any]) -> ChangedFile:
    return ChangedFile(str(one.get("filename")), str(one.get("status")), one.get("patch"))


def _app(found: object) -> int | None:
    return found if isinstance(found, int) and found > 0 else None


def _dict(found: object) -> Mapping[str, Any]:
    return found if isinstance(found, dict) else {}


def _list(found: object, key: str) -> Sequence[Mapping[str, Any]]:
    inside = _dict(found).get(key)
    return [one for one in inside if isinstance(one, dict)] if isinstance(inside, list) else []
