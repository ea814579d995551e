"""A repository as a forge asks it: commits, what changed, what ran, and what is written about a version."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from adapters.evidence.changed import Changed
from adapters.evidence.checks import Check, Required
from adapters.evidence.item import Facts
from adapters.evidence.repository import Repository
from adapters.http.answers import Unavailable
from bot.domain.link_shapes import Shape


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its full SHA, and its author as (login, e-mail)."""

    sha: str
    login: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A merged change, or release notes: its page and its title."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What ran for a commit. `required` None: it could not be read which checks have to be there. `notes` are told beside it."""

    checks: Sequence[Check]
    required: Sequence[Required] | None
    url: str
    notes: tuple[str, ...] = ()
    facts: Facts = field(default_factory=dict)


class Code(Protocol):
    """One repository of one host. What is not there is Unavailable("not_found"); a half is never taken for a whole."""

    slug: str
    page: str
    """Where people see it."""

    files: Repository
    """Its files."""

    async def tagged(self, tag: str) -> Commit | Unavailable:
        """The commit of a tag."""

    async def commit(self, sha: str) -> Commit | Unavailable:
        """The commit of a SHA (7 digits and more), or of a branch or tag."""

    async def changed(self, base: str, head: str) -> Changed | Unavailable:
        """What changed from base to head, each a tag or SHA."""

    async def contains(self, sha: str, other: str) -> bool | Unavailable:
        """True where `other` is an ancestor of `sha`, or it itself."""

    async def pipeline(self, sha: str, branch: str | None) -> Pipeline | Unavailable:
        """All that ran for the commit. `branch`: whose required checks count; None: the default one's."""

    async def change(self, sha: str) -> Written | Unavailable:
        """The merged request through which the commit came (G14)."""

    async def notes(self, tag: str) -> Written | Unavailable:
        """The release notes of the tag: published, and with words in them."""

    async def named(self, shape: Shape) -> str | Unavailable:
        """The commit of what a link names."""

    async def attested(self, digest: str) -> Facts:
        """What the host knows of an attestation of that digest; empty where it knows no such thing."""
