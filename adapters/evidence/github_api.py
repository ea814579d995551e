"""GitHub's REST API, as far as it is read: each function asks one thing and gives plain values. Version 2022-11-28."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adapters.evidence.changed import Changed, ChangedFile
from adapters.evidence.checks import Check, Outcome, Required
from adapters.evidence.code import Commit
from adapters.evidence.item import moment
from adapters.evidence.told import Json, counted, listed, listed_all, number, rows, table, words
from adapters.http.answers import Paged, Seen, Unavailable
from adapters.http.fetch import Remote
from adapters.http.sites import path_of

ACCEPT = "application/vnd.github+json"
HEADERS = {"X-GitHub-Api-Version": "2022-11-28"}
MOST_FILES = 300
MOST_COMMITS = 250
_PAGE = {"per_page": "100"}
_NO_SUCH = 422
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")

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
        """One document of the repository. A ref that does not exist is not_found, though GitHub may call it 422."""
        answer = await self._remote.json(f"{self._at}{path}", query or {}, accept=ACCEPT, also={_NO_SUCH})
        if isinstance(answer, Seen) and answer.status == _NO_SUCH:
            return Unavailable("not_found", f"that is not in {self.slug}", answer.status)
        return answer

    async def pages(self, path: str, query: Mapping[str, str] | None = None) -> Paged | Unavailable:
        """All pages of one list."""
        return await self._remote.pages(f"{self._at}{path}", {**_PAGE, **(query or {})}, accept=ACCEPT)

    async def commit(self, ref: str) -> Commit | Unavailable:
        """The commit of a ref: a SHA, `tags/…` or `heads/…`."""
        answer = await self.json(f"/commits{path_of(*ref.split('/'))}", {"per_page": "1"})
        if isinstance(answer, Unavailable):
            return answer
        found = _commit(table(answer.data))
        return found if found.sha else Unavailable("malformed", "a commit without its SHA")

    async def checks(self, sha: str) -> tuple[Check, ...] | Unavailable:
        """All check runs of the commit, the latest of each; fewer than GitHub counts is not all of them."""
        runs = _counted(await self.pages(f"/commits/{sha}/check-runs", {"filter": "latest"}), "check_runs")
        if isinstance(runs, Unavailable):
            return runs
        if not all(words(run.get("name")) and _SHA.fullmatch(words(run.get("head_sha"))) for run in runs):
            return Unavailable("malformed", "a check run without its name or its commit")
        return tuple(check_of(run) for run in runs if run.get("head_sha") == sha)

    async def statuses(self, sha: str) -> tuple[Check, ...] | Unavailable:
        """The latest commit status of each context. `pending` of a commit without any is no status."""
        paged = await self.pages(f"/commits/{sha}/status")
        if isinstance(paged, Unavailable):
            return () if paged.code == "not_found" else paged
        found = _counted(paged, "statuses")
        if isinstance(found, Unavailable):
            return found
        if any(words(table(page.data).get("sha")) != sha for page in paged.pages):
            return Unavailable("malformed", "the statuses of another commit than the one that was asked for")
        if not all(words(one.get("context")) for one in found):
            return Unavailable("malformed", "a status without its context")
        return tuple(
            Check(
                name=words(one.get("context")),
                outcome=_STATES.get(words(one.get("state")), Outcome.OTHER),
                at=moment(one.get("updated_at")),
                url=words(one.get("target_url")) or None,
            )
            for one in found
        )

    async def required(self, branch: str | None) -> tuple[Required, ...] | Unavailable:
        """The checks that the branch requires, by rulesets and by classic protection. Empty: it requires none."""
        if branch is None:
            about = await self.json("")
            if isinstance(about, Unavailable):
                return about
            branch = words(table(about.data).get("default_branch"))
        if not branch:
            return Unavailable("malformed", "the repository does not name its default branch")
        rules = listed_all(await self.pages(f"/rules/branches{path_of(branch)}"))
        if isinstance(rules, Unavailable):
            return rules
        found: list[Required] = []
        for rule in rules:
            if not words(rule.get("type")):
                return Unavailable("malformed", "a rule of the branch without its type")
            if rule.get("type") == "required_status_checks":
                asked = listed(rule.get("parameters"), "required_status_checks")
                if isinstance(asked, Unavailable):
                    return asked
                found += [Required(words(one.get("context")), _app(one.get("integration_id"))) for one in asked]
        classic = await self._protected(branch)
        return classic if isinstance(classic, Unavailable) else tuple(dict.fromkeys((*found, *classic)))

    async def _protected(self, branch: str) -> Sequence[Required] | Unavailable:
        """What the classic protection of a branch requires. Where that cannot be read, nobody knows what is required."""
        answer = await self.json(f"/branches{path_of(branch)}")
        if isinstance(answer, Unavailable):
            return () if answer.code == "not_found" else answer
        said = table(answer.data)
        protection = said.get("protection", {})
        asked = protection.get("required_status_checks", {}) if isinstance(protection, dict) else None
        if not isinstance(said.get("protected"), bool) or not isinstance(asked, dict):
            return Unavailable("malformed", f"it does not say how {branch} is protected")
        apps = {words(c.get("context")): c.get("app_id") for c in rows(asked, "checks")}
        names = dict.fromkeys((*_texts(asked.get("contexts")), *apps))
        return [Required(name, _app(apps.get(name))) for name in names]

    async def runs(self, sha: str) -> Runs | None:
        """The newest Actions runs of the commit; None where there is none or they cannot be read."""
        answer = await self.json("/actions/runs", {"head_sha": sha, **_PAGE})
        found = rows(answer.data, "workflow_runs") if isinstance(answer, Seen) else []
        own = [run for run in found if run.get("head_sha") == sha]
        if not own:
            return None
        return Runs(words(own[0].get("html_url")), max(number(run.get("run_attempt")) for run in own))

    async def compare(self, base: str, head: str) -> Changed | Unavailable:
        """What changed from base to head. GitHub tells at most 300 files, so 300 may be more."""
        answer = await self.json(path_of("compare", f"{base}...{head}"))
        if isinstance(answer, Unavailable):
            return answer
        data = table(answer.data)
        files, commits, total = listed(data, "files"), listed(data, "commits"), counted(data.get("total_commits"))
        if isinstance(files, Unavailable):
            return files
        if isinstance(commits, Unavailable):
            return commits
        if total is None or not all(words(one.get("filename")) for one in files):
            return Unavailable("malformed", "a comparison that does not name all its files, or count its commits")
        whole = len(files) < MOST_FILES and words(data.get("status")) in {"ahead", "identical"}
        return Changed(
            base=base,
            head=head,
            files=tuple(_file(one) for one in files),
            commits=total,
            whole=whole and len(commits) >= min(total, MOST_COMMITS),
            url=words(data.get("html_url")) or None,
            authors=tuple(dict.fromkeys((c.login, c.email) for c in map(_commit, commits))),
        )

    async def relation(self, base: str, head: str) -> str | Unavailable:
        """How head stands to base: ahead, behind, identical, diverged."""
        answer = await self.json(path_of("compare", f"{base}...{head}"), {"per_page": "1"})
        return answer if isinstance(answer, Unavailable) else words(table(answer.data).get("status"))


def check_of(run: Json) -> Check:
    """A check run, or a job of an Actions run: both have status and conclusion."""
    outcome = Outcome.PENDING
    if run.get("status") == "completed":
        outcome = _CONCLUSIONS.get(words(run.get("conclusion")), Outcome.OTHER)
    return Check(
        name=words(run.get("name")),
        outcome=outcome,
        at=moment(run.get("completed_at")),
        url=words(run.get("html_url")) or words(run.get("details_url")) or None,
        app=_app(table(run.get("app")).get("id")),
    )


def _counted(paged: Paged | Unavailable, key: str) -> Sequence[Json] | Unavailable:
    """The list under that key, over all pages. Fewer than GitHub counts is not all of them."""
    found = listed_all(paged, key)
    if isinstance(found, Unavailable) or isinstance(paged, Unavailable):
        return found
    totals = [counted(table(page.data).get("total_count")) for page in paged.pages]
    total = max((one for one in totals if one is not None), default=None)
    if total is None or None in totals:
        return Unavailable("malformed", f"it does not say how many {key.replace('_', ' ')} there are")
    if len(found) < total:
        return Unavailable("too_large", f"only {len(found)} of {total} {key.replace('_', ' ')} could be read")
    return found


def _commit(data: Json) -> Commit:
    by = table(table(data.get("commit")).get("author"))
    return Commit(words(data.get("sha")), words(table(data.get("author")).get("login")), words(by.get("email")))


def _file(one: Json) -> ChangedFile:
    patch, was = one.get("patch"), words(one.get("previous_filename"))
    return ChangedFile(
        words(one.get("filename")), words(one.get("status")), patch if isinstance(patch, str) else None, was or None
    )


def _texts(found: object) -> Sequence[str]:
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _app(found: object) -> int | None:
    return found if isinstance(found, int) and found > 0 else None
