"""A GitLab with the state that a test gives it; each answer is checked against what GitLab documents before it is sent."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from tests.adapters.evidence.described import GITLAB, broken

SHA = "fefa9f6ad49b8c1c3a5bea1ea6c000e553b47917"
OTHER = "0123456789abcdef0123456789abcdef01234567"
PROJECT = "acme/pay/shop"
AT = "2026-11-24T09:00:00.000Z"
PAGE = f"https://gitlab.test/{PROJECT}/-"
Json = dict[str, Any]


def commit(sha: str = SHA) -> Json:
    return {
        "id": sha,
        "short_id": sha[:8],
        "title": "Retry payments",
        "author_name": "Ben",
        "author_email": "ben@acme.example",
        "committed_date": AT,
    }


def pipeline(number: int, status: str = "success", *, sha: str = SHA, ref: str = "main", source: str = "push") -> Json:
    given = {"id": number, "iid": number, "project_id": 1, "sha": sha, "ref": ref, "status": status, "source": source}
    return {**given, "created_at": AT, "updated_at": AT, "web_url": f"{PAGE}/pipelines/{number}"}


def job(name: str, status: str = "success", *, may_fail: bool = False, number: int = 1) -> Json:
    given = {
        "id": number,
        "name": name,
        "stage": "test",
        "status": status,
        "allow_failure": may_fail,
        "finished_at": AT,
    }
    return {**given, "web_url": f"{PAGE}/jobs/{number}", "commit": commit(), "pipeline": {"id": 1}}


def bridge(name: str, status: str, child: str | None) -> Json:
    started = {"id": 9, "sha": SHA, "ref": "main", "status": child, "web_url": f"{PAGE}/pipelines/9"} if child else None
    given = {"id": 2, "name": name, "status": status, "allow_failure": False, "web_url": f"{PAGE}/jobs/2"}
    return {**given, "downstream_pipeline": started}


def merge_request(number: int, state: str = "merged", merged_as: str | None = SHA) -> Json:
    given = {"id": number, "iid": number, "title": "Retry payments", "state": state, "sha": OTHER}
    return {
        **given,
        "web_url": f"{PAGE}/merge_requests/{number}",
        "merge_commit_sha": merged_as,
        "squash_commit_sha": None,
    }


def diff(path: str, text: str = "@@ -1 +1 @@\n-a\n+b\n", **more: bool) -> Json:
    modes = {"old_path": path, "new_path": path, "a_mode": "100644", "b_mode": "100644", "diff": text}
    return {**modes, "new_file": False, "renamed_file": False, "deleted_file": False, **more}


@dataclass
class GitLabState:
    """What this GitLab knows of acme/pay/shop."""

    tags: dict[str, str] = field(default_factory=lambda: {"v1.2.3": SHA, "v1.2.2": OTHER})
    pipelines: list[Json] = field(default_factory=lambda: [pipeline(55)])
    jobs: dict[int, list[Json]] = field(default_factory=lambda: {55: [job("unit tests")]})
    bridges: list[Json] = field(default_factory=list)
    tests: tuple[int, int] | None = None
    merge_requests: list[Json] = field(default_factory=list)
    notes: str | None = None
    diffs: list[Json] = field(default_factory=list)
    between: int = 1
    timed_out: bool = False
    private: bool = False
    scopes: list[str] = field(default_factory=lambda: ["read_api"])
    broken: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        path = request.raw_path.partition("?")[0]
        start = f"/api/v4/projects/{PROJECT.replace('/', '%2F')}"
        if request.method != "GET":
            self.broken.append(f"{request.method} {path}")
            return web.json_response({"message": "405"}, status=405)
        if path == "/api/v4/personal_access_tokens/self":
            token = {"id": 1, "name": "t-minus", "active": True, "revoked": False, "scopes": self.scopes}
            self.broken += broken(GITLAB["token"], token)
            return web.json_response(token)
        found = None if self.private or not path.startswith(start) else self._found(path.removeprefix(start), request)
        if found is None:
            return web.json_response({"message": "404 Project Not Found"}, status=404)
        name, body = found
        self.broken += [f"{path} {one}" for one in broken(GITLAB[name], body)]
        return web.json_response(body)

    def _found(self, path: str, request: web.Request) -> tuple[str, Any] | None:  # noqa: C901, PLR0911, PLR0912 - a row for each route
        parts = [unquote(part) for part in path.strip("/").split("/")]
        match parts:
            case ["repository", "tags", tag] if tag in self.tags:
                return "tag", {"name": tag, "target": self.tags[tag], "commit": commit(self.tags[tag])}
            case ["repository", "commits", _, "merge_requests"]:
                return "merge_requests", self.merge_requests
            case ["repository", "commits", ref]:
                sha = self.tags.get(ref) or next((s for s in self.tags.values() if s.startswith(ref)), None)
                return ("commit", commit(sha)) if sha else None
            case ["repository", "compare"]:
                return "compare", self._compare(request.query["from"] == request.query["to"])
            case ["repository", "merge_base"]:
                return "commit", commit(OTHER)
            case ["pipelines"]:
                own = [p for p in self.pipelines if p["sha"] == request.query["sha"]]
                return "pipelines", sorted(own, key=lambda p: -p["id"])
            case ["pipelines", number]:
                one = next((p for p in self.pipelines if p["id"] == int(number)), None)
                return ("pipeline", one) if one else None
            case ["pipelines", number, "jobs"]:
                return "jobs", self.jobs.get(int(number), [])
            case ["pipelines", _, "bridges"]:
                return "bridges", self.bridges
            case ["pipelines", _, "test_report_summary"]:
                return "tests", self._tests()
            case ["jobs", _]:
                return "job", self.jobs[55][0]
            case ["merge_requests", number]:
                one = next((m for m in self.merge_requests if m["iid"] == int(number)), None)
                return ("merge_request", one) if one else None
            case ["releases", tag] if self.notes is not None and tag in self.tags:
                return "release", {"tag_name": tag, "description": self.notes, "upcoming_release": False}
            case _:
                return None

    def _tests(self) -> Json:
        count, failed = self.tests or (0, 0)
        total = {"time": 1.0, "count": count, "success": count - failed, "failed": failed, "skipped": 0, "error": 0}
        return {"total": total, "test_suites": []}

    def _compare(self, same: bool) -> Json:  # noqa: FBT001 - one call, right above
        commits = [] if same else [commit()] * self.between
        said = {"commit": commit(), "commits": commits, "diffs": self.diffs, "compare_timeout": self.timed_out}
        return {**said, "compare_same_ref": same, "web_url": f"{PAGE}/compare/a...b"}
