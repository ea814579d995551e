"""The build that words or links name: a version, a digest, the tag of an image, or the page of a release (Q4)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.builds import named_build
from bot.domain.link_shapes import Shape, shape_of
from bot.domain.links import Owners, host_of, parts_of
from bot.domain.service import Service
from flows.parse_words import NOTHING, Read, find_version, without

_DIGEST = re.compile(r"(?i)(?<![0-9a-z])sha256:(?P<hex>[0-9a-f]+)(?![0-9a-z])")
_WHOLE = 64
_LABEL = re.compile(
    r"(?i)\b(?:(?:version|image|build|artifact|tag)\s*[:=]?\s+)?(?:(?:by|with)\s+)?(?:(?:the\s+)?digest\s*[:=]?\s+)?$"
)
_TAG = re.compile(r"(?i)(?:(?P<before>.*?)[/@_-])?v?(?P<version>\d+(?:\.\d+)+(?:[-+][0-9a-z][\w.+-]*)?)")
_IMAGE = re.compile(
    r"/(?P<repository>[a-z0-9._/-]+?)(?::(?P<tag>v?\d+(?:\.\d+)+(?:[-+._][\w.+-]*)?))?(?:@(?P<digest>sha256:[0-9a-f]{64}))?"
)


@dataclass(frozen=True, slots=True)
class Build:
    """What a link names: `about` are the names of what it belongs to, `slug` where it stands, `build` as people name one."""

    build: str
    slug: str
    about: tuple[str, ...] = ()


def find_build(text: str, ignore: Iterable[str] = ()) -> Read:
    """A version, a digest, or both; the value is `2.4.1`, `sha256:…` or `2.4.1@sha256:…`. `ignore`: words that are none.

    Trouble: two_versions; digest_short with what was typed: a part of a digest names no build.
    """
    found: dict[str, tuple[int, int]] = {}
    for m in _DIGEST.finditer(text):
        if len(m["hex"]) != _WHOLE:
            return Read(trouble="digest_short", params={"digest": m[0][:80]})
        start = m.start() - (1 if text[: m.start()].endswith("@") else 0)
        found.setdefault(m[0].lower(), (start, m.end()))
    if not found:
        return find_version(text, ignore)
    if len(found) > 1:
        one, other = (str(named_build(d)[0]) for d in list(found)[:2])
        return Read(trouble="two_versions", params={"one": one, "other": other})
    ((digest, span),) = found.items()
    spans = [
        (start - (1 if text[:start].endswith("@") else 0), end)
        for start, end in (m.span() for m in _DIGEST.finditer(text))
    ]
    label = _LABEL.search(text[: span[0]])
    if label is not None and label[0]:
        spans.append(label.span())
    version = find_version(without(text, spans), ignore)
    if version.trouble:
        return version
    value = f"{version.value}@{digest}" if version.value else digest
    return Read(value, (*version.spans, *spans))


def linked_build(
    links: Iterable[str], service: Service | None, here: Service | None, services: Mapping[str, Service], owners: Owners
) -> Read:
    """The one build that the links name; `params["service"]`: the service that it is of.

    `service`: what the words name, None where they name none; `here`: that of the channel. A link to the build of another
    service than the words name, or to one of a service that nobody can tell, names nothing, nor do links to several builds:
    then it is asked for.
    """
    builds = [b for b in (_build_of(link, owners) for link in links) if b is not None]
    if len({b.build for b in builds}) != 1:
        return NOTHING
    one = builds[0]
    said = next((s for s in services.values() if {s.id.casefold(), s.name.casefold()} & {*one.about}), None)
    meant = service or said or here
    if meant is None or (said != meant if said is not None else not _may_be_of(meant, one.slug)):
        return NOTHING
    return Read(one.build, params={"service": meant.id})


def _may_be_of(service: Service, slug: str) -> bool:
    """False where the catalogue names where the service's builds stand, and it is not there."""
    names = (
        service.repository,
        *(m.get(n) for m in (service.evidence, service.names) for n in ("repository", "image")),
    )
    known = [n.casefold() for n in names if n]
    return not known or any(k == slug or k.endswith(f"/{slug}") or slug.endswith(f"/{k}") for k in known)


def _build_of(link: str, owners: Owners) -> Build | None:
    shape = shape_of(link, owners)
    if shape is not None and shape.name in {"github.release", "gitlab.release"}:
        return _of_release(shape)
    parts = parts_of(link)
    image = _IMAGE.fullmatch(parts.path) if parts is not None and not parts.query and not parts.fragment else None
    if (
        image is None
        or (image["tag"] is None and image["digest"] is None)
        or (shape and shape.name != "registry.image")
    ):
        return None
    version = re.sub(r"(?i)^v(?=\d)", "", image["tag"] or "")
    build = "@".join(p for p in (version, image["digest"]) if p)
    slug = image["repository"].casefold()
    return Build(build, f"{host_of(link)}/{slug}", (slug.rsplit("/", 1)[-1],))


def _of_release(shape: Shape) -> Build | None:
    """Of the page of a release: `v2.4.1`, and of a repository of several services `search/v2.4.1` or `@acme/search@2.4.1`."""
    tag = _TAG.fullmatch(shape.fields.get("tag", ""))
    if tag is None:
        return None
    slug = shape.fields.get("project") or f"{shape.fields.get('owner')}/{shape.fields.get('repo')}"
    before = (tag["before"] or "").casefold().rsplit("/", 1)[-1]
    about = (before,) if before else (slug.casefold().rsplit("/", 1)[-1],)
    return Build(tag["version"], slug.casefold(), about)
