"""Files of a GitLab project, against a server that answers in the shape of its documentation."""

from base64 import b64encode
from datetime import UTC, datetime

import jsonschema
import pytest
from aiohttp import web

from adapters.evidence.gitlab_files import GitLabFiles
from adapters.http.answers import Unavailable
from tests.adapters.http.site import remote, serving

TEXT = {"type": "string"}
FILE = {
    "type": "object",
    "required": [
        "file_name",
        "file_path",
        "size",
        "encoding",
        "content",
        "ref",
        "blob_id",
        "commit_id",
        "last_commit_id",
    ],
    "properties": {
        "file_name": TEXT,
        "encoding": {"enum": ["base64", "text"]},
        "content": TEXT,
        "size": {"type": "integer"},
    },
}
"""Repository files API: get file from repository."""

COMMITS = {
    "type": "array",
    "items": {"type": "object", "required": ["id", "committed_date"], "properties": {"committed_date": TEXT}},
}
"""Commits API: list repository commits."""

BOOK = "# Rückweg\n"


async def answer(request: web.Request) -> web.Response:
    at = request.raw_path.partition("?")[0]
    if (
        at == "/api/v4/projects/acme%2Fcore%2Fshop/repository/files/docs%2Fway%20back.md"
        and request.query["ref"] == "HEAD"
    ):
        said: object = {
            "file_name": "way back.md", "file_path": "docs/way back.md", "size": 10, "encoding": "base64", "ref": "HEAD",
            "content": b64encode(BOOK.encode()).decode(), "blob_id": "a", "commit_id": "b", "last_commit_id": "b",
        }  # fmt: skip
        jsonschema.validate(said, FILE)
    elif at.endswith("/files/logo.png"):
        said = {"encoding": "base64", "content": b64encode(b"\xff\xd8").decode()}
    elif at == "/api/v4/projects/acme%2Fcore%2Fshop/repository/commits":
        known = request.query["path"] == "docs/way back.md"
        said = [{"id": "b", "committed_date": "2026-11-01T12:00:00.000+00:00"}] if known else []
        jsonschema.validate(said, COMMITS)
    else:
        return web.json_response({"message": "404 File Not Found"}, status=404)
    return web.json_response(said)


async def test_a_file_is_read_with_the_time_of_its_last_change() -> None:
    async with serving(answer) as server, remote(server.base()) as door:
        files = GitLabFiles(door, "acme/core/shop", "https://gitlab.example")
        assert await files.file("docs/way back.md") == BOOK
        assert await files.touched("docs/way back.md") == datetime(2026, 11, 1, 12, tzinfo=UTC)
        assert await files.touched("never") is None
        assert files.page("docs/way back.md") == "https://gitlab.example/acme/core/shop/-/blob/HEAD/docs/way%20back.md"
        assert server.methods == {"GET"}


@pytest.mark.parametrize(("path", "code"), [("none.md", "not_found"), ("logo.png", "malformed")])
async def test_what_is_not_there_or_no_text_gives_a_reason(path: str, code: str) -> None:
    async with serving(answer) as server, remote(server.base()) as door:
        found = await GitLabFiles(door, "acme/core/shop", "https://gitlab.example").file(path)
        assert isinstance(found, Unavailable)
        assert found.code == code


async def test_a_server_that_does_not_answer_tells_nothing_of_a_change() -> None:
    async with remote("http://127.0.0.1:1") as door:
        files = GitLabFiles(door, "acme/core/shop", "https://gitlab.example")
        assert isinstance(await files.touched("docs/way back.md"), Unavailable)
        assert isinstance(await files.file("docs/way back.md"), Unavailable)
