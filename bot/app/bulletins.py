"""What posts of no release say: the digest of a place, the word to a delegate. Drawn when they are sent (decision 7)."""

from collections.abc import Iterable
from typing import TypeVar

from bot.domain.orders import Delegation, Subscription
from bot.domain.release import TERMINAL
from bot.messages.digest import delegated, digest
from bot.messages.effects import Post
from bot.messages.model import Message
from bot.messages.orders import DELEGATED, digest_row
from bot.ports import CatalogReader, Clock
from bot.seeing import Seeing
from bot.service import ReleaseService
from bot.store import Database

Order = TypeVar("Order", Delegation, Subscription)


class Bulletins:
    """Called by the outbox with the row's post; None: there is nothing to say any more."""

    def __init__(
        self, store: Database, catalog: CatalogReader, clock: Clock, service: ReleaseService, seeing: Seeing
    ) -> None:
        """Reads what is committed with each call."""
        self._store = store
        self._catalog = catalog
        self._clock = clock
        self._service = service
        self._seeing = seeing

    async def __call__(self, post: Post) -> Message | None:
        """The next digest is planned before this one is drawn: however this one ends, the next one comes (T2)."""
        orders = await self._store.orders()
        named = post.params.get("order", "")
        if post.occasion == DELEGATED:
            found = _named(orders.delegations, named)
            now = self._clock.now()
            return delegated(found, self._catalog().roster, now) if found and found.in_force(now) else None
        one = _named(orders.subscriptions, named)
        return await self._digest(one, post) if one is not None else None

    async def _digest(self, one: Subscription, post: Post) -> Message | None:
        now = self._clock.now()
        async with self._store.unit() as unit:
            await unit.enqueue([digest_row(one, max(now, post.due_at))], now)
        if post.useful_until is not None and now > post.useful_until:
            return None
        wanted = [r.id for r in await self._store.releases() if r.phase not in TERMINAL]
        views = (await self._service.views(wanted)).values()
        person = one.by if one.direct else None
        seen = await self._seeing.views(views, person, one.place)
        known = await self._seeing.catalogue(self._catalog(), person, one.place)
        veiled = set(self._catalog().services) - set(known.services)
        entered = [w for w in await self._store.freezes() if w.scope not in veiled]
        freezes = (*entered, *known.policy.freezes)
        return digest(one, seen, freezes, now, post.due_at)


def _named(orders: Iterable[Order], ident: str) -> Order | None:
    return next((o for o in orders if o.id == ident), None)
