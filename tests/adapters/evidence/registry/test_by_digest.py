"""The release before was named by its digest: that very image is the way back, whatever its tags are (G20)."""

from dataclasses import replace

from adapters.evidence.registry.source import RegistrySource
from bot.domain.evidence import Kind, Standing
from bot.domain.service import Outcome
from bot.ports import Inquiry
from tests.adapters.evidence.registry.servers import Pusher
from tests.adapters.evidence.registry.test_source import NOW, RELEASE, service


async def test_the_image_before_is_found_by_its_digest_and_missed_when_it_is_gone(
    source: RegistrySource, pusher: Pusher
) -> None:
    before = await pusher.image("team/shop", "nightly", b"before")
    await pusher.image("team/shop", "2.4.1", b"new")
    entry = replace(service("team/shop"), history=(Outcome("R-0", before, NOW, "success"),))

    async def target() -> tuple[Standing, str]:
        found = await source.gather(Inquiry(RELEASE, entry, "registry", "plan", NOW))
        one = next(e for e in found if e.kind is Kind.ROLLBACK_TARGET)
        assert one.facts["target"] == before
        return one.standing, one.text

    assert await target() == (Standing.VERIFIED, f"team/shop ({before[:19]}) can be installed")
    await pusher.delete("team/shop", "manifests", before)
    assert (await target())[0] is Standing.FAILED


async def test_a_release_of_the_same_digest_is_not_its_own_way_back(source: RegistrySource, pusher: Pusher) -> None:
    before = await pusher.image("team/same", "2.4.0", b"before")
    again = await pusher.image("team/same", "2.4.1", b"again")
    entry = replace(
        service("team/same"), history=(Outcome("R-1", again, NOW, "success"), Outcome("R-0", before, NOW, "success"))
    )
    named = replace(RELEASE, version=again[:19], digest=again)
    found = await source.gather(Inquiry(named, entry, "registry", "plan", NOW))
    assert {e.kind: e.facts.get("target") for e in found}[Kind.ROLLBACK_TARGET] == before
