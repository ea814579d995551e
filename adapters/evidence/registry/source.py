"""A registry as a source: which digest the version has, and whether the one to go back to can still be installed (G20)."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from adapters.evidence.item import Facts, item, unavailable
from adapters.evidence.pasted import linked, shapes_of
from adapters.evidence.registry.api import Manifest, Registry, there
from adapters.evidence.registry.beside import vouched_for
from adapters.evidence.registry.reference import DIGEST, Image, image_of, tags_of
from adapters.evidence.rights import answers, bad
from adapters.evidence.sites import credential, site_of
from adapters.evidence.source_kind import SourceKind
from adapters.evidence.versions import base_of
from adapters.http.answers import Unavailable
from adapters.http.fetch import Remote, Transport
from adapters.http.sites import origin_of
from bot.domain.builds import is_digest
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.service import Service
from bot.messages.words import say
from bot.ports import CatalogReader, Check, Inquiry
from bot.ports.sources import SourceSettings

MOST = 200
"""Layers that are looked at; an image of more is not said to be whole."""

VOUCHED = "a signature or attestation lies beside it, which was not verified"
UNVOUCHED = "no signature or attestation lies beside it"

SHORT = 19
"""`sha256:` and twelve digits, for people."""


def registry(settings: SourceSettings, transport: Transport, catalog: CatalogReader | None = None) -> "RegistrySource":
    """The source of those settings. Raises OSError, and ValueError where the realm is no address."""
    headers, realm = credential(settings), settings.options.get("realm")
    tokens = None
    if realm is not None:
        scheme, host, port = origin_of(realm)
        tokens = transport.remote(site_of(settings, headers, f"{scheme}://{host}:{port}"))
    return RegistrySource(settings.name, transport.remote(site_of(settings, headers)), tokens, settings.hosts, catalog)


KIND = SourceKind(
    "registry",
    lambda settings, given: registry(settings, given.transport, given.catalog),
    {"realm": "the address that gives tokens for pulling, where that is another host"},
)


@dataclass(slots=True)
class RegistrySource:
    """`realm`: where tokens come from, where the operator named another host. `hosts`: what people call the registry.

    `catalog`: who looks up the links of which host; without it no link is looked up.
    """

    name: str
    remote: Remote
    realm: Remote | None = None
    hosts: tuple[str, ...] = ()
    catalog: CatalogReader | None = None

    async def gather(self, inquiry: Inquiry) -> tuple[Evidence, ...]:
        """The image of the version, and the one to go back to; or the images that links name."""
        said = inquiry.service.evidence.get("image") or inquiry.service.names.get("image") or ""
        image = image_of(said)
        if inquiry.purpose == "link":
            return await self._linked(inquiry, image if image is not None and self._here(image) else None)
        if image is None or not self._here(image):
            text = f"{said} is not in this registry" if image else "the catalogue names no image of the service"
            kinds = (Kind.ARTIFACT, Kind.ROLLBACK_TARGET)
            return tuple(item(inquiry, self.name, k, Standing.MISSING, text=text) for k in kinds)
        api = Registry(self.remote, image.repository, self.realm)
        await api.ready()  # one token for both
        found = await asyncio.gather(
            self._artifact(api, inquiry, image), self._target(api, inquiry, image, base_of(inquiry))
        )
        return tuple(found)

    async def checks(self, services: Sequence[Service]) -> Sequence[Check]:
        """Whether it answers, with a token where it wants one, for each image that is looked for here; and what that may do."""
        said = [image_of(s.evidence.get("image") or s.names.get("image") or "") for s in services]
        images = {i.repository for i in said if i is not None and self._here(i)}
        doors = [Registry(self.remote, one, self.realm) for one in sorted(images)]
        found = [await one.ready() for one in doors]
        worst = next((f for f in found if f is not None), None)
        if worst is not None:
            return [answers(self.name, worst)]
        return [_rights(self.name, [one.granted for one in doors])] if images else []

    def _here(self, image: Image) -> bool:
        """True where the image names no host, or this one."""
        if image.host is None or image.host in self.hosts:
            return True
        scheme = self.remote.site.origin[0]
        return origin_of(f"{scheme}://{image.host}") == self.remote.site.origin

    async def _linked(self, asked: Inquiry, image: Image | None) -> tuple[Evidence, ...]:
        shapes = list(shapes_of(asked, self.catalog(), self.name)) if self.catalog is not None else []
        if not shapes or image is None:
            text = "the catalogue names no image of the service here, so that a link to one proves nothing"
            found = [item(asked, self.name, Kind.ARTIFACT, Standing.INCONCLUSIVE, text=text) for _ in shapes[:1]]
        else:
            api = Registry(self.remote, image.repository, self.realm)
            await api.ready()
            found = list(await asyncio.gather(*(self._one(api, asked, image, shape.fields) for shape in shapes)))
        return tuple(replace(one, source=linked(self.name)) for one in found)

    async def _one(self, api: Registry, asked: Inquiry, image: Image, said: Mapping[str, str]) -> Evidence:
        """An image that somebody pasted: it counts where it is the one that the release is about."""

        def proves_nothing(text: str, subject: str | None = None) -> Evidence:
            return item(asked, self.name, Kind.ARTIFACT, Standing.INCONCLUSIVE, subject=subject, text=text)

        if said["repository"] != image.repository:
            return proves_nothing(f"{said['repository']} is not the image of the service, which is {image.repository}")
        reference = said.get("digest") or said.get("tag") or ""
        named = await api.manifest(reference)
        if isinstance(named, Unavailable):
            return self._not_seen(asked, Kind.ARTIFACT, named, f"{image.repository} has no image {reference[:SHORT]}")
        wanted = await self._wanted(api, asked)
        if isinstance(wanted, Unavailable) and wanted.code != "not_found":
            return unavailable(asked, self.name, Kind.ARTIFACT, wanted)
        if isinstance(wanted, Unavailable):
            text = f"it cannot be told whether this is the version that is released: {wanted.detail}"
            return proves_nothing(text, named.digest)
        if named.digest not in {wanted.digest, *wanted.children}:
            text = f"it is {named.digest[:SHORT]}; {asked.release.version} is {wanted.digest[:SHORT]}"
            return proves_nothing(text, named.digest)
        text = f"{image.repository} {reference[:SHORT]} is the image of {asked.release.version}"
        facts: Facts = {"digest": wanted.digest}
        return item(asked, self.name, Kind.ARTIFACT, Standing.VERIFIED, subject=wanted.digest, text=text, facts=facts)

    async def _wanted(self, api: Registry, asked: Inquiry) -> Manifest | Unavailable:
        """What the release is about: the digest that it is bound to, else what the tag of its version leads to."""
        if asked.release.digest is not None and DIGEST.fullmatch(asked.release.digest):
            return await api.manifest(asked.release.digest)
        version = asked.release.version
        if version is None:
            return Unavailable("not_found", "the version is not known")
        found = await self._found(api, version)
        if isinstance(found, Unavailable):
            return found if found.code != "not_found" else Unavailable("not_found", f"there is no tag for {version}")
        return found[1]

    async def _artifact(self, api: Registry, asked: Inquiry, image: Image) -> Evidence:
        version, pinned = asked.release.version, asked.release.digest
        if version is None:
            return item(asked, self.name, Kind.ARTIFACT, Standing.MISSING, text="the version is not known")
        found = await self._named(api, version, pinned)
        if isinstance(found, Unavailable):
            return self._not_seen(asked, Kind.ARTIFACT, found, f"{image.repository} has no image {version}")
        tag, manifest = found
        facts: Facts = {"digest": manifest.digest, "tag": tag or ""}
        if tag is not None and pinned is not None and pinned != manifest.digest:
            text = f"{tag} is {manifest.digest[:SHORT]} now, and the release is about {pinned[:SHORT]}"
            facts = {"tag": tag, "tag_digest": manifest.digest}
            return item(asked, self.name, Kind.ARTIFACT, Standing.FAILED, subject=version, text=text, facts=facts)
        text = f"{image.repository}:{tag} is {manifest.digest[:SHORT]}"
        if tag is None:
            facts = {"digest": manifest.digest}
            text = f"{image.repository} has {manifest.digest[:SHORT]}"
        if asked.purpose != "watch":
            vouched = await vouched_for(api, manifest.digest)
            if not isinstance(vouched, Unavailable):
                facts["attestation"] = vouched
                text += f"; {VOUCHED if vouched else UNVOUCHED}"
        return item(asked, self.name, Kind.ARTIFACT, Standing.VERIFIED, subject=manifest.digest, text=text, facts=facts)

    async def _target(self, api: Registry, asked: Inquiry, image: Image, target: str | None) -> Evidence:
        kind = Kind.ROLLBACK_TARGET
        if target is None:
            return item(asked, self.name, kind, Standing.MISSING, text="no earlier version is known")
        found = await self._found(api, target)
        if isinstance(found, Unavailable):
            if found.code == "not_found":
                facts: Facts = {"target": target, "installable": False}
                text = f"{image.repository} has no image {target} any more"
                return item(asked, self.name, kind, Standing.FAILED, subject=target, text=text, facts=facts)
            return unavailable(asked, self.name, kind, found)
        tag, manifest = found
        whole = await self._whole(api, manifest)
        if isinstance(whole, Unavailable):
            return unavailable(asked, self.name, kind, whole)
        short = manifest.digest[:SHORT]
        named = f"{image.repository} ({short})" if tag == manifest.digest else f"{image.repository}:{tag} ({short})"
        facts = {"target": target, "digest": manifest.digest}
        if whole is None:
            text = f"{named} has more than {MOST} layers; not all were looked at"
            return item(asked, self.name, kind, Standing.INCONCLUSIVE, subject=manifest.digest, text=text, facts=facts)
        facts["installable"] = not whole
        text = (
            f"{named} can be installed" if not whole else f"{named} lacks {whole[0][:SHORT]} and {len(whole) - 1} more"
        )
        standing = Standing.FAILED if whole else Standing.VERIFIED
        return item(asked, self.name, kind, standing, subject=manifest.digest, text=text, facts=facts)

    async def _named(
        self, api: Registry, version: str, pinned: str | None
    ) -> tuple[str | None, Manifest] | Unavailable:
        """What the tag of the version leads to; of a release that is named by its digest, the image of that digest."""
        if not is_digest(version) or pinned is None:
            return await self._found(api, version)
        found = await api.manifest(pinned)
        return found if isinstance(found, Unavailable) else (None, found)

    async def _found(self, api: Registry, version: str) -> tuple[str, Manifest] | Unavailable:
        """The first tag that may stand for the version; of a version that is a digest, that image itself."""
        if DIGEST.fullmatch(version):
            one = await api.manifest(version)
            return one if isinstance(one, Unavailable) else (version, one)
        found: Manifest | Unavailable = Unavailable("not_found", f"{version} cannot be a tag")
        for tag in tags_of(version):
            found = await api.manifest(tag)
            if isinstance(found, Manifest):
                return tag, found
            if found.code != "not_found":
                return found
        return found if isinstance(found, Unavailable) else Unavailable("not_found")

    async def _whole(self, api: Registry, manifest: Manifest) -> Sequence[str] | Unavailable | None:
        """What is missing of the image; () where it is whole; None where there is too much to look at."""
        images = [manifest]
        if manifest.children:
            each = await asyncio.gather(*(api.manifest(c) for c in manifest.children[:MOST]))
            gone = [c for c, m in zip(manifest.children, each, strict=False) if _is_gone(m)]
            if gone:
                return gone
            bad = next((m for m in each if isinstance(m, Unavailable)), None)
            if bad is not None:
                return bad
            images = [m for m in each if isinstance(m, Manifest)]
        blobs = tuple(dict.fromkeys(b for one in images for b in one.blobs))
        if len(blobs) > MOST or len(manifest.children) > MOST:
            return None
        seen = [there(a) for a in await asyncio.gather(*(api.blob(b) for b in blobs))]
        gone = [b for b, found in zip(blobs, seen, strict=True) if found is False]
        unsure = next((s for s in seen if isinstance(s, Unavailable)), None)
        return gone if gone or unsure is None else unsure

    def _not_seen(self, asked: Inquiry, kind: Kind, answer: Unavailable, text: str) -> Evidence:
        if answer.code == "not_found":
            return item(asked, self.name, kind, Standing.MISSING, text=text)
        return unavailable(asked, self.name, kind, answer)


def _rights(source: str, granted: Sequence[tuple[str, ...] | None]) -> Check:
    """By the tokens that it gave; without one, or where they do not tell, it does not say."""
    told = [one for one in granted if one is not None]
    more = sorted({action for one in told for action in one} - {"pull"})
    values = {"source": source, "place": "the registry", "what": ", ".join(more)}
    if more:
        return bad("source_reads", values)
    whole = told and len(told) == len(granted)
    return Check(
        "source_reads", ok=True, sentence=say("check.source_pulls" if whole else "check.source_untold", values)
    )


def _is_gone(one: Manifest | Unavailable) -> bool:
    return isinstance(one, Unavailable) and one.code == "not_found"
