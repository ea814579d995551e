"""Images that people paste, looked up in a real registry: they count where they are the one that is released."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest

from adapters.evidence.registry.source import registry
from adapters.http.fetch import Transport
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.links import Owner
from bot.domain.release import Release
from bot.ports import Catalog
from bot.ports.sources import SourceSettings
from tests.adapters.evidence.asked import catalog, entry, inquiry, release
from tests.adapters.evidence.registry.servers import Pusher

IMAGE = "team/pasted"
HOST = "images.acme.example"
Ask = Callable[..., Awaitable[Evidence | None]]


def _catalog() -> Catalog:
    return replace(catalog(), owners={HOST: Owner("images", "registry")})


@pytest.fixture
async def ask(pusher: Pusher) -> AsyncIterator[Ask]:
    async with Transport() as transport:
        settings = SourceSettings("images", "registry", pusher.url, (HOST,), allow_private=True)
        source = registry(settings, transport, _catalog)

        async def asked(link: str, of: Release | None = None, image: str = f"{HOST}/{IMAGE}") -> Evidence | None:
            of = replace(of or release(), links=(f"https://{link}",))
            about = entry(names={"image": image}, evidence={})
            found = await source.gather(inquiry("link", of=of, about=about, purpose="link"))
            assert all((one.kind, one.source) == (Kind.ARTIFACT, "images (link)") for one in found)
            return found[0] if found else None

        yield asked


async def test_a_pasted_image_is_verified_by_tag_digest_or_a_part_of_its_index(ask: Ask, pusher: Pusher) -> None:
    part = await pusher.image(IMAGE, "amd", b"amd")
    whole = await pusher.index(IMAGE, "1.2.3", {"amd64": part})
    for named in (":1.2.3", f"@{whole}", f":1.2.3@{whole}", f"@{part}"):
        seen = await ask(f"{HOST}/{IMAGE}{named}")
        assert seen is not None
        assert (seen.standing, seen.subject, seen.facts["digest"]) == (Standing.VERIFIED, whole, whole)


async def test_a_pasted_image_of_another_build_or_service_proves_nothing(ask: Ask, pusher: Pusher) -> None:
    first = await pusher.image(IMAGE, "1.2.3", b"first")
    other = await pusher.image(IMAGE, "1.2.4", b"other")
    for link, of in (
        (f"{HOST}/{IMAGE}:1.2.4", None),
        (f"{HOST}/{IMAGE}@{other}", None),
        (f"{HOST}/{IMAGE}@{first}", release(digest=other)),
        (f"{HOST}/team/elsewhere@{first}", None),
        (f"{HOST}/{IMAGE}@{first}", release(version=None)),
        (f"{HOST}/{IMAGE}@{first}", release(version="9.9.9")),
    ):
        seen = await ask(link, of)
        assert seen is not None
        assert (seen.standing, "digest" in seen.facts) == (Standing.INCONCLUSIVE, False)
    unnamed = await ask(f"{HOST}/{IMAGE}@{first}", image="")
    assert unnamed is not None
    assert unnamed.standing is Standing.INCONCLUSIVE
    right = await ask(f"{HOST}/{IMAGE}@{first}", release(digest=first))
    assert right is not None
    assert (right.standing, right.subject) == (Standing.VERIFIED, first)


async def test_a_pasted_image_that_is_not_there_is_missing_and_other_hosts_are_not_asked(ask: Ask) -> None:
    gone = await ask(f"{HOST}/{IMAGE}@sha256:{'0' * 64}")
    assert gone is not None
    assert gone.standing is Standing.MISSING
    assert await ask(f"{HOST}.evil.example/{IMAGE}:1.2.3") is None
    assert await ask(f"{HOST}/{IMAGE}") is None
