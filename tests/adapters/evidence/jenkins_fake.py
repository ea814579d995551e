"""A Jenkins with the state that a test gives it; each answer is checked against what its API documents before it is sent."""

from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.adapters.evidence.described import JENKINS, broken

SHA = "fefa9f6ad49b8c1c3a5bea1ea6c000e553b47917"
OTHER = "0123456789abcdef0123456789abcdef01234567"
Json = dict[str, Any]


def build(
    number: int,
    result: str | None = "SUCCESS",
    *,
    sha: str | None = SHA,
    name: str = "",
    library: str | None = None,
    **parameters: str,
) -> Json:
    """A build; without a result it is still running. `library`: the commit of one that was checked out too."""
    actions: list[Json] = [{}]
    if library:
        actions.append({"lastBuiltRevision": {"SHA1": library}, "remoteUrls": ["https://git.test/acme/library.git"]})
    if sha:
        actions.append({"lastBuiltRevision": {"SHA1": sha}, "remoteUrls": ["git@git.test:acme/shop.git"]})
    if parameters:
        actions.append({"parameters": [{"name": k, "value": v} for k, v in parameters.items()]})
    return {
        "number": number,
        "url": f"https://jenkins.test/ci/job/shop/job/main/{number}/",
        "building": result is None,
        "result": result,
        "timestamp": 1_795_510_800_000,
        "duration": 60_000,
        "displayName": name or f"#{number}",
        "actions": actions,
    }


@dataclass
class JenkinsState:
    """What this Jenkins knows of the job shop/main; its pages stand below /ci."""

    builds: list[Json] = field(default_factory=lambda: [build(12)])
    stages: dict[str, str] | None = None
    tests: tuple[int, int] | None = None
    login: bool = False
    broken: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        if request.method != "GET":
            self.broken.append(f"{request.method} {request.path}")
        if self.login:
            return web.Response(text="<html>Sign in</html>", content_type="text/html")
        found = self._found(request.raw_path.partition("?")[0])
        if found is None:
            return web.Response(status=404, text="<html>Not found</html>", content_type="text/html")
        name, body = found
        self.broken += [f"{request.path} {one}" for one in broken(JENKINS[name], body)]
        return web.json_response(body)

    def _found(self, path: str) -> tuple[str, Any] | None:
        job = "/ci/job/shop/job/main"
        if path == "/ci/whoAmI/api/json":
            return "who", {"authenticated": True, "anonymous": False, "name": "bot"}
        if path == f"{job}/api/json":
            return "builds", {"builds": self.builds}
        for one in self.builds:
            at = f"{job}/{one['number']}"
            if path in {f"{at}/api/json", f"{job}/lastSuccessfulBuild/api/json"}:
                return "build", one
            if path == f"{at}/wfapi/describe" and self.stages is not None:
                listed = [{"id": n, "name": n, "status": s} for n, s in self.stages.items()]
                return "stages", {"id": "1", "name": "#1", "status": "SUCCESS", "stages": listed}
            if path == f"{at}/testReport/api/json" and self.tests is not None:
                passed, failed = self.tests
                return "tests", {"failCount": failed, "passCount": passed, "skipCount": 0}
        return None
