"""How people name the build that goes out: a version, a digest, or both (`2.4.1`, `sha256:…`, `2.4.1@sha256:…`)."""

import re

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_SHOWN = len("sha256:") + 12


def named_build(said: str | None) -> tuple[str | None, str | None]:
    """The version and the digest that the words name; None: not said.

    A build that is named by its digest alone has its first 12 digits for a version, so that cards can be read; the whole digest
    is what the release is bound to (G8).
    """
    version, _, digest = (said or "").rpartition("@") if said and "@" in said else (said or "", "", "")
    if _DIGEST.fullmatch(version):
        version, digest = "", version
    if digest and not _DIGEST.fullmatch(digest):
        return said, None
    return version or digest[:_SHOWN] or None, digest or None


def is_digest(version: str) -> bool:
    """True for a version that is the beginning of a digest: there is no tag of that name."""
    return version.startswith("sha256:")


def whole_name(version: str | None, digest: str | None) -> str:
    """What names the build to a tool: the version, and where that is the beginning of its digest, the whole of it."""
    return digest if digest and is_digest(version or "") else version or ""
