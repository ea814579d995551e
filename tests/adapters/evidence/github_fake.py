"""A GitHub with the state that a test gives it. Each answer is checked against GitHub's own description before it is sent."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from tests.adapters.evidence.openapi import broken, filled

R = "/repos/{owner}/{repo}"
SHA = "fefa9f6ad49b8c1c3a5bea1ea6c000e553b47917"
OTHER = "0123456789abcdef0123456789abcdef01234567"
SLUG = "acme/shop"
AT = "2026-11-24T09:00:00Z"
Json = dict[str, Any]


def run(name: str, conclusion: str | None = "success", **more: object) -> Json:
    """A check run; without a conclusion it is still running."""
    given: Json = {
        "id": abs(hash(name)) % 10_000,
        "name": name,
        "head_sha": SHA,
        "status": "completed" if conclusion else "in_progress",
        "conclusion": conclusion,
        "completed_at": AT if conclusion else None,
        "html_url": f"https://github.com/{SLUG}/runs/{abs(hash(name)) % 10_000}",
    }
    return filled(f"{R}/commits/{{ref}}/check-runs", {**given, **more}, "check_runs", "[]")


def app(number: int) -> Json:
    """The app that reported a check."""
    owner = filled(R, {}, "owner")
    return filled(f"{R}/commits/{{ref}}/check-runs", {"id": number, "owner": owner}, "check_runs", "[]", "app")


def file(path: str, patch: str | None = "@@ -1 +1 @@\n-a\n+b", status: str = "modified") -> Json:
    """A changed file."""
    given = {"filename": path, "status": status, **({"patch": patch} if patch is not None else {})}
    return filled(f"{R}/compare/{{basehead}}", given, "files", "[]")


@dataclass
class GitHubState:
    """What this GitHub knows of acme/shop."""

    tags: dict[str, str] = field(default_factory=lambda: {"v1.2.3": SHA, "v1.2.2": OTHER})
    checks: list[Json] = field(default_factory=list)
    statuses: list[Json] = field(default_factory=list)
    required: list[Json] | None = field(default_factory=list)
    classic: list[str] = field(default_factory=list)
    runs: list[Json] = field(default_factory=list)
    jobs: list[Json] = field(default_factory=list)
    pulls: list[Json] = field(default_factory=list)
    files: list[Json] = field(default_factory=list)
    total_commits: int = 1
    comparison: str = "ahead"
    notes: str | None = None
    digests: set[str] = field(default_factory=set)
    page: int = 100
    broken: list[str] = field(default_factory=list)
    port: int = 0
    scopes: str | None = None
    heads: dict[str, str] = field(default_factory=dict)

    async def answer(self, request: web.Request) -> web.Response:
        """One answer, as described; anything but GET is a fault of the bot."""
        if request.method not in {"GET", "HEAD"}:
            self.broken.append(f"{request.method} {request.path}")
            return web.json_response({"message": "Not allowed"}, status=405)
        path = request.raw_path.partition("?")[0]
        for pattern, template, make in self._routes():
            found = re.fullmatch(pattern, path)
            if found:
                return self._sent(request, template, make(*map(unquote, found.groups()), dict(request.query)))
        return web.json_response({"message": "Not Found"}, status=404)

    def _sent(self, request: web.Request, template: str, body: Any) -> web.Response:  # noqa: ANN401 - any JSON
        if body is None:
            return web.json_response({"message": "Not Found", "documentation_url": "", "status": "404"}, status=404)
        headers = {"X-OAuth-Scopes": self.scopes} if self.scopes is not None else {}
        page, more = int(request.query.get("page", "1")), False
        key = next((k for k in ("check_runs", "statuses") if isinstance(body, dict) and k in body), None)
        if key:
            whole = body[key]
            body = {**body, key: whole[(page - 1) * self.page : page * self.page]}
            more = len(whole) > page * self.page
        if more:
            headers["Link"] = f'<http://source.test:{self.port}{request.path}?page={page + 1}>; rel="next"'
        self.broken += [f"{template} {one}" for one in broken(template, body)]
        return web.json_response(body, headers=headers)

    def _routes(self) -> list[tuple[str, str, Callable[..., Any]]]:
        base = f"/repos/{SLUG}"
        return [
            ("/rate_limit", "/rate_limit", lambda _: filled("/rate_limit", {})),
            (base, R, lambda _: filled(R, {"default_branch": "main", "full_name": SLUG})),
            (f"{base}/commits/([^/]+)/check-runs", f"{R}/commits/{{ref}}/check-runs", self._checks),
            (f"{base}/commits/([^/]+)/status", f"{R}/commits/{{ref}}/status", self._status),
            (f"{base}/commits/([^/]+)/pulls", f"{R}/commits/{{commit_sha}}/pulls", lambda _, __: self.pulls),
            (f"{base}/commits/(.+)", f"{R}/commits/{{ref}}", self._commit),
            (f"{base}/rules/branches/(.+)", f"{R}/rules/branches/{{branch}}", lambda _, __: self.required),
            (f"{base}/branches/(.+)", f"{R}/branches/{{branch}}", self._branch),
            (f"{base}/actions/runs", f"{R}/actions/runs", lambda q: self._runs(q.get("head_sha"))),
            (f"{base}/actions/runs/(\\d+)", f"{R}/actions/runs/{{run_id}}", self._run),
            (f"{base}/actions/runs/\\d+/jobs", f"{R}/actions/runs/{{run_id}}/jobs", self._jobs),
            (f"{base}/check-runs/(\\d+)", f"{R}/check-runs/{{check_run_id}}", self._one_check),
            (f"{base}/pulls/(\\d+)", f"{R}/pulls/{{pull_number}}", self._pull),
            (f"{base}/compare/([^/]+)", f"{R}/compare/{{basehead}}", self._compare),
            (f"{base}/releases/tags/(.+)", f"{R}/releases/tags/{{tag}}", self._notes),
            (f"{base}/attestations/(.+)", f"{R}/attestations/{{subject_digest}}", self._attestations),
        ]

    def _sha(self, ref: str) -> str | None:
        if ref.startswith("tags/"):
            return self.tags.get(ref.removeprefix("tags/"))
        return self.heads.get(ref) or next((sha for sha in self.tags.values() if sha.startswith(ref)), None)

    def _commit(self, ref: str, _: Mapping[str, str]) -> Json | None:
        sha = self._sha(ref)
        author = {"author": {"name": "Ben", "email": "ben@acme.example", "date": AT}}
        return filled(f"{R}/commits/{{ref}}", {"sha": sha, "commit": author}) if sha else None

    def _checks(self, ref: str, _: Mapping[str, str]) -> Json:
        found = self.checks if ref == SHA else []
        return {"total_count": len(found), "check_runs": found}

    def _one_check(self, number: str, _: Mapping[str, str]) -> Json | None:
        return next((one for one in self.checks if one["id"] == int(number)), None)

    def _status(self, ref: str, _: Mapping[str, str]) -> Json:
        found = self.statuses if ref == SHA else []
        state = next((s for s in ("failure", "pending") if any(one["state"] == s for one in found)), "success")
        given = {"state": state if found else "pending", "sha": ref, "total_count": len(found), "statuses": found}
        return filled(f"{R}/commits/{{ref}}/status", given)

    def _branch(self, name: str, _: Mapping[str, str]) -> Json:
        checks = [{"context": c, "app_id": None} for c in self.classic]
        asked = {"contexts": self.classic, "checks": checks}
        protection = {"protection": {"required_status_checks": asked}} if self.classic else {}
        return filled(f"{R}/branches/{{branch}}", {"name": name, "protected": bool(self.classic), **protection})

    def _runs(self, sha: str | None) -> Json:
        found = [one for one in self.runs if one["head_sha"] == sha]
        return {"total_count": len(found), "workflow_runs": found}

    def _run(self, number: str, _: Mapping[str, str]) -> Json | None:
        return next((one for one in self.runs if one["id"] == int(number)), None)

    def _jobs(self, _: Mapping[str, str]) -> Json:
        return {"total_count": len(self.jobs), "jobs": self.jobs}

    def _pull(self, number: str, _: Mapping[str, str]) -> Json | None:
        found = next((one for one in self.pulls if one["number"] == int(number)), None)
        if found is None:
            return None
        said = {name: found[name] for name in ("number", "title", "html_url", "state", "merged_at", "merge_commit_sha")}
        return filled(f"{R}/pulls/{{pull_number}}", {**said, "merged": bool(found["merged_at"])})

    def _compare(self, _: str, __: Mapping[str, str]) -> Json:
        given = {
            "status": self.comparison,
            "total_commits": self.total_commits,
            "commits": [self._commit(SHA, {})] * min(self.total_commits, 250),
            "files": self.files,
        }
        return filled(f"{R}/compare/{{basehead}}", given)

    def _notes(self, tag: str, _: Mapping[str, str]) -> Json | None:
        if self.notes is None or tag not in self.tags:
            return None
        return filled(f"{R}/releases/tags/{{tag}}", {"tag_name": tag, "body": self.notes, "draft": False})

    def _attestations(self, digest: str, _: Mapping[str, str]) -> Json | None:
        return {"attestations": [{"repository_id": 1, "bundle": {}}]} if digest in self.digests else None


def pull(number: int, *, merged: bool = True, merge_sha: str = SHA) -> Json:
    """A pull request as a list of them tells it."""
    given = {
        "number": number,
        "title": "Retry payments",
        "html_url": f"https://github.com/{SLUG}/pull/{number}",
        "state": "closed" if merged else "open",
        "merged_at": AT if merged else None,
        "merge_commit_sha": merge_sha,
    }
    return filled(f"{R}/commits/{{commit_sha}}/pulls", given, "[]")


def actions(number: int, *, sha: str = SHA, conclusion: str | None = "success", attempt: int = 1) -> Json:
    """A run of Actions."""
    given = {
        "id": number,
        "head_sha": sha,
        "status": "completed" if conclusion else "in_progress",
        "conclusion": conclusion,
        "run_attempt": attempt,
        "html_url": f"https://github.com/{SLUG}/actions/runs/{number}",
        "updated_at": AT,
    }
    return filled(f"{R}/actions/runs", given, "workflow_runs", "[]")


def status(context: str, state: str = "success") -> Json:
    """A commit status."""
    given = {"context": context, "state": state, "updated_at": AT, "target_url": "https://ci.acme.example/1"}
    return filled(f"{R}/commits/{{ref}}/status", given, "statuses", "[]")


def required(*names: str, app: int | None = None) -> Json:
    """A ruleset that requires those checks."""
    checks = [{"context": n, **({"integration_id": app} if app else {})} for n in names]
    parameters = {"required_status_checks": checks, "strict_required_status_checks_policy": False}
    return {
        "type": "required_status_checks",
        "parameters": parameters,
        "ruleset_source_type": "Repository",
        "ruleset_source": SLUG,
        "ruleset_id": 1,
    }
