"""GitHub's REST API, as far as it is read: each function asks one thing and gives plain values. Version 2022-11-28."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adapters.evidence.changed import Changed, ChangedFile
from adapters.evidence.checks import Check, Outcome, Required
from adapters.evidence.code import Commit
from adapters.evidence.item import moment
from adapters.evidence.told import Json, number, rows, table, words
from adapters.http.answers import Paged, Seen, Unavailable
from adapters.http.fetch import Remote
from adapters.http.sites import path_of

ACCEPT = "application/vnd.github+json"
HEADERS = {"X-GitHub-Api-Version": "2022-11-28"}
MOST_FILES = 300
MOST_COMMITS = 250
_PAGE = {"per_page": "100"}
_NO_SUCH = 422

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
        paged = await self.pages(f"/commits/{sha}/check-runs", {"filter": "latest"})
        if isinstance(paged, Unavailable):
            return paged
        runs = [run for page in paged.pages for run in rows(page.data, "check_runs")]
        total = max(number(table(page.data).get("total_count")) for page in paged.pages)
        if not paged.complete or len(runs) < total:
            return Unavailable("too_large", f"only {len(runs)} of {total} check runs could be read")
        return tuple(check_of(run) for run in runs if words(run.get("head_sha")) in {sha, ""})

    async def statuses(self, sha: str) -> tuple[Check, ...] | Unavailable:
        """The latest commit status of each context. `pending` of a commit without any is no status."""
        paged = await self.pages(f"/commits/{sha}/status")
        if isinstance(paged, Unavailable):
            return () if paged.code == "not_found" else paged
        if not paged.complete:
            return Unavailable("too_large", "not all statuses could be read")
        found = [one for page in paged.pages for one in rows(page.data, "statuses")]
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
        rules = await self.pages(f"/rules/branches{path_of(branch)}")
        if isinstance(rules, Unavailable):
            return rules
        found = [
            Required(words(one.get("context")), _app(one.get("integration_id")))
            for page in rules.pages
            for rule in rows(page.data)
            if rule.get("type") == "required_status_checks"
            for one in rows(rule.get("parameters"), "required_status_checks")
        ]
        classic = await self.json(f"/branches{path_of(branch)}")
        if isinstance(classic, Seen):
            asked = table(table(table(classic.data).get("protection")).get("required_status_checks"))
            apps = {words(c.get("context")): c.get("app_id") for c in rows(asked, "checks")}
            names = dict.fromkeys((*_texts(asked.get("contexts")), *apps))
            found += [Required(name, _app(apps.get(name))) for name in names]
        return tuple(dict.fromkeys(found))

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
        files, commits = rows(data, "files"), rows(data, "commits")
        total = number(data.get("total_commits"))
        whole = "files" in data and len(files) < MOST_FILES and words(data.get("status")) in {"ahead", "identical"}
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


def _commit(data: Json) -> Commit:
    by = table(table(data.get("commit")).get("author"))
    return Commit(words(data.get("sha")), words(table(data.get("author")).get("login")), words(by.get("email")))


def _file(one: Json) -> ChangedFile:
    patch = one.get("patch")
    return ChangedFile(words(one.get("filename")), words(one.get("status")), patch if isinstance(patch, str) else None)


def _texts(found: object) -> Sequence[str]:
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _app(found: object) -> int | None:
    return found if isinstance(found, int) and found > 0 else None
