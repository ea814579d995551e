"""A repository of code, as far as files of it are read: GitHub and GitLab give it."""

from datetime import datetime
from typing import Protocol

from adapters.http.answers import Unavailable


class Repository(Protocol):
    """Files at a commit, tag or branch; None: the default branch."""

    async def file(self, path: str, ref: str | None = None) -> str | Unavailable:
        """The text; not_found where it is not there."""

    async def touched(self, path: str, ref: str | None = None) -> datetime | Unavailable | None:
        """When it was changed last; None where no commit says so."""

    def page(self, path: str, ref: str | None = None) -> str:
        """Where people read it."""
