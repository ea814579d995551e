"""Files of a GitLab project, through its repository API."""

from dataclasses import dataclass
from datetime import datetime

from adapters.evidence.github_files import decoded
from adapters.evidence.item import moment
from adapters.http.answers import Unavailable
from adapters.http.fetch import Remote
from adapters.http.sites import path_of


@dataclass(frozen=True, slots=True)
class GitLabFiles:
    """One project. `slug`: its path with groups; `pages`: where people see this GitLab."""

    remote: Remote
    slug: str
    pages: str

    async def file(self, path: str, ref: str | None = None) -> str | Unavailable:
        """The text of a file."""
        at = path_of("api", "v4", "projects", self.slug, "repository", "files", path.strip("/"))
        answer = await self.remote.json(at, {"ref": ref or "HEAD"})
        if isinstance(answer, Unavailable):
            return answer
        data = answer.data if isinstance(answer.data, dict) else {}
        if data.get("encoding") != "base64":
            return Unavailable("malformed", f"{path} is no file that can be read")
        return decoded(data.get("content"), path)

    async def touched(self, path: str, ref: str | None = None) -> datetime | Unavailable | None:
        """When the last commit changed it."""
        at = path_of("api", "v4", "projects", self.slug, "repository", "commits")
        query = {"path": path.strip("/"), "per_page": "1", **({"ref_name": ref} if ref else {})}
        answer = await self.remote.json(at, query)
        if isinstance(answer, Unavailable):
            return answer
        first = answer.data[0] if isinstance(answer.data, list) and answer.data else None
        return moment(first.get("committed_date")) if isinstance(first, dict) else None

    def page(self, path: str, ref: str | None = None) -> str:
        """The file as GitLab shows it."""
        inside = path_of(*self.slug.split("/"), "-", "blob", *(ref or "HEAD").split("/"), *path.strip("/").split("/"))
        return f"{self.pages}{inside}"
