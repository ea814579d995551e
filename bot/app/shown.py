"""Which releases the sandbox's page and interface show to whom."""

from collections.abc import Awaitable, Callable, Collection, Sequence

from bot.app.house import Rooms


def shown_to(house: Rooms) -> Callable[[str | None, Sequence[str]], Awaitable[Collection[str]]]:
    """`person`: None is the public. Whatever the API is asked about; a corrupt record shows nothing but that it is corrupt."""

    async def seen(person: str | None, releases: Sequence[str]) -> Collection[str]:
        loaded = [one.release for one in (await house.store.loaded(releases)).values()]
        hidden = {one.id for one in loaded} - {one.id for one in await house.seeing.releases(loaded, person)}
        return [name for name in releases if name not in hidden]

    return seen
