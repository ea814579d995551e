"""Files of a GitHub repository, through its contents API."""

import binascii
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime

from adapters.evidence.github_api import GitHubApi
from adapters.evidence.item import moment
from adapters.http.answers import Unavailable
from adapters.http.sites import path_of


@dataclass(frozen=True, slots=True)
class GitHubFiles:
    """One repository. `pages`: where people see GitHub."""

    api: GitHubApi
    pages: str

    async def file(self, path: str, ref: str | None = None) -> str | Unavailable:
        """The text of a file of at most one megabyte: of larger ones GitHub gives no content."""
        answer = await self.api.json(f"/contents{_segments(path)}", {"ref": ref} if ref else {})
        if isinstance(answer, Unavailable):
            return answer
        data = answer.data if isinstance(answer.data, dict) else {}
        if data.get("encoding") != "base64" or data.get("type", "file") != "file":
            return Unavailable("malformed", f"{path} is no file that can be read")
        return decoded(data.get("content"), path)

    async def touched(self, path: str, ref: str | None = None) -> datetime | Unavailable | None:
        """When the last commit changed it."""
        query = {"path": path, "per_page": "1", **({"sha": ref} if ref else {})}
        answer = await self.api.json("/commits", query)
        if isinstance(answer, Unavailable):
            return answer
        first = answer.data[0] if isinstance(answer.data, list) and answer.data else None
        commit = first.get("commit") if isinstance(first, dict) else None
        by = commit.get("committer") if isinstance(commit, dict) else None
        return moment(by.get("date")) if isinstance(by, dict) else None

    def page(self, path: str, ref: str | None = None) -> str:
        """The file as GitHub shows it."""
        return f"{self.pages}{path_of(*self.api.slug.split('/'), 'blob', *(ref or 'HEAD').split('/'))}{_segments(path)}"


def decoded(content: object, path: str) -> str | Unavailable:
    """Base64 of UTF-8."""
    try:
        return b64decode(str(content or ""), validate=False).decode("utf-8")
    except (binascii.Error, ValueError):
        return Unavailable("malformed", f"{path} is no text")


def _segments(path: str) -> str:
    return path_of(*path.strip("/").split("/"))
