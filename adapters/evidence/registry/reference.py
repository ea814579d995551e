"""The names of images: `host[:port]/repository[:tag][@digest]`. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

_REPOSITORY = re.compile(r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?(:[0-9]{1,5})?")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_LONGEST = 255


@dataclass(frozen=True, slots=True)
class Image:
    """`host`: None where the name does not say one."""

    host: str | None
    repository: str
    tag: str | None = None
    digest: str | None = None


@lru_cache(maxsize=256)
def image_of(said: str) -> Image | None:
    """The image that the words name, or None."""
    rest, at, digest = said.strip().removeprefix("https://").partition("@")
    if at and not DIGEST.fullmatch(digest):
        return None
    host, slash, path = rest.partition("/")
    named = bool(slash) and ("." in host or ":" in host or host == "localhost")
    if named and not _HOST.fullmatch(host.lower()):
        return None
    path = path if named else rest
    repository, colon, tag = path.partition(":")
    fits = _REPOSITORY.fullmatch(repository) and len(repository) <= _LONGEST and (not colon or _TAG.fullmatch(tag))
    return Image(host.lower() if named else None, repository, tag or None, digest or None) if fits else None


def tags_of(version: str) -> tuple[str, ...]:
    """The tags that may stand for a version, likeliest first; none where it cannot be a tag."""
    plain = version.strip()
    bare = plain.removeprefix("v")
    every = dict.fromkeys((plain, bare, f"v{bare}"))
    return tuple(t for t in every if _TAG.fullmatch(t))
