"""A source as the operator configured it: what it is, where it stands, and the credential for it (and for nothing else)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Secret:
    """A credential that is read when it is used, since it may be renewed on disk. It never shows itself."""

    read: Callable[[], str] = field(repr=False)

    def __call__(self) -> str:
        """The value. Raises OSError where it cannot be read."""
        return self.read()


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """One configured source. `url`: where its API stands; `hosts`: those of its pages, whose pasted links it looks up.

    `token`, with `user` for systems that want both; `allow_private`: it stands in our own network; `ca_file`: certificates that
    it may show beside those of the system; `options`: what only its kind knows. The time-out is in seconds, for one call.
    """

    name: str
    kind: str
    url: str
    hosts: tuple[str, ...]
    token: Secret | None = None
    user: str | None = None
    allow_private: bool = False
    ca_file: Path | None = None
    timeout_s: float = 5.0
    options: Mapping[str, str] = field(default_factory=dict)
