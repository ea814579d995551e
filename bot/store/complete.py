"""Writing how claimed rows ended, with their receipts in the ledger, in one transaction; and giving rows back."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row as DatabaseRow
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Completion, Entry
from bot.store.columns import Instant
from bot.store.ledger import append_all, lock_heads
from bot.store.outbox_table import FINAL, outbox

_HELD = sa.and_(outbox.c.id == sa.bindparam("b_id"), outbox.c.fence == sa.bindparam("b_fence"))
_NEW: dict[str, sa.types.TypeEngine[Any]] = {
    "state": sa.String(),
    "wake_at": Instant(),
    "not_before": Instant(),
    "message_id": sa.String(),
    "sent_at": Instant(),
    "outcome": sa.Text(),
    "render_hash": sa.String(),
    "shown_rev": sa.Integer(),
    "attempts": sa.Integer(),
}
_READ = ("id", "fence", "kind", "state", "wake_at", "sent_at", "message_id", "render_hash", "attempts")
_LOCK = (
    sa.select(*(outbox.c[name] for name in (*_READ, "wanted_rev", "shown_rev")))
    .where(outbox.c.id.in_(sa.bindparam("b_ids", expanding=True)))
    .order_by(outbox.c.id)
    .with_for_update()
)
_WRITE = (
    sa.update(outbox)
    .where(_HELD, outbox.c.state == "sending")
    .values(
        lease_until=None,
        lease_owner=None,
        **{name: sa.bindparam(f"b_{name}", type_=kind) for name, kind in _NEW.items()},
    )
)


async def complete(connection: AsyncConnection, completions: Sequence[Completion]) -> int:
    """Write those whose fence still holds; gives how many. Heads are locked before rows, as decisions do it."""
    await lock_heads(connection, [_stream(c) for c in completions if c.entry])
    found = await connection.execute(_LOCK, {"b_ids": [c.row.id for c in completions]})
    stored = {row.id: row for row in found.all()}
    held = [c for c in completions if _holds(c, stored.get(c.row.id))]
    if not held:
        return 0
    held.sort(key=lambda c: c.row.id)
    await connection.execute(_WRITE, [_values(c, stored[c.row.id]) for c in held])
    receipts: dict[str, list[Entry]] = defaultdict(list)
    for completion in held:
        if completion.entry:
            receipts[_stream(completion)].append(completion.entry)
    if receipts:
        await append_all(connection, receipts)
    return len(held)


async def give_back(connection: AsyncConnection, owner: str) -> int:
    """What this worker holds becomes pending again under a new fence.

    The attempt stays counted: whoever claims it next looks before it sends, should the send have begun after all.
    """
    mine = sa.and_(outbox.c.state == "sending", outbox.c.lease_until.isnot(None), outbox.c.lease_owner == owner)
    change = (
        sa.update(outbox)
        .where(mine)
        .values(state="pending", fence=outbox.c.fence + 1, lease_until=None, lease_owner=None)
    )
    return (await connection.execute(change)).rowcount


def _stream(completion: Completion) -> str:
    return f"release:{completion.row.release}" if completion.row.release else "system"


def _holds(completion: Completion, stored: DatabaseRow[Any] | None) -> bool:
    return stored is not None and stored.state == "sending" and stored.fence == completion.row.fence


def _values(completion: Completion, stored: DatabaseRow[Any]) -> dict[str, Any]:
    state, over = completion.state, completion.state in FINAL
    if state == "unknown" and completion.not_before is None:
        over = True
    shown = stored.shown_rev if completion.shown_rev is None else completion.shown_rev
    rendered = completion.row.wanted_rev if completion.shown_rev is None else completion.shown_rev
    if over and stored.kind == "edit" and stored.wanted_rev > rendered:
        state, over = "pending", False
    return {
        "b_id": stored.id,
        "b_fence": stored.fence,
        "b_state": state,
        "b_wake_at": None if over else stored.wake_at,
        "b_not_before": None if over else completion.not_before,
        "b_message_id": completion.message_id or stored.message_id,
        "b_sent_at": completion.sent_at or stored.sent_at,
        "b_outcome": completion.outcome,
        "b_render_hash": completion.render_hash or stored.render_hash,
        "b_shown_rev": shown,
        "b_attempts": stored.attempts if completion.count_attempt else max(stored.attempts - 1, 0),
    }
