"""Writing how claimed rows ended, with their receipts in the ledger, in one transaction; and giving rows back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row as DatabaseRow
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Completion, Entry
from bot.store.columns import Instant
from bot.store.dialect import is_postgres
from bot.store.ledger import append_all, lock_heads
from bot.store.lists import among, as_columns, given_rows
from bot.store.outbox_table import FINAL, outbox

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
    .where(among(outbox.c.id, "b_ids"))
    .order_by(outbox.c.id)
    .with_for_update()
)
_FREED: dict[str, Any] = {"lease_until": None, "lease_owner": None}
_SENDING = outbox.c.state == "sending"
_WRITE = (
    sa.update(outbox)
    .where(outbox.c.id == sa.bindparam("b_id"), outbox.c.fence == sa.bindparam("b_fence"), _SENDING)
    .values(_FREED | {name: sa.bindparam(f"b_{name}", type_=kind) for name, kind in _NEW.items()})
)
_ENDED = given_rows({"id": sa.BigInteger(), "fence": sa.BigInteger(), **_NEW})
_WRITE_ALL = (
    sa.update(outbox)
    .where(outbox.c.id == _ENDED.c.id, outbox.c.fence == _ENDED.c.fence, _SENDING)
    .values(_FREED | {name: _ENDED.c[name] for name in _NEW})
)


async def complete(connection: AsyncConnection, completions: Sequence[Completion]) -> int:
    """Write those whose fence still holds; gives how many. Heads are locked before rows, as decisions do it."""
    locked = await lock_heads(connection, [_stream(c) for c in completions if c.entry])
    found = await connection.execute(_LOCK, {"b_ids": [c.row.id for c in completions]})
    stored = {row.id: row for row in found.all()}
    held = [c for c in completions if _holds(c, stored.get(c.row.id))]
    if not held:
        return 0
    held.sort(key=lambda c: c.row.id)
    await _write(connection, [_values(c, stored[c.row.id]) for c in held])
    receipts: dict[str, list[Entry]] = defaultdict(list)
    for completion in held:
        if completion.entry:
            receipts[_stream(completion)].append(completion.entry)
    if receipts:
        await append_all(connection, receipts, locked)
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


async def _write(connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    if is_postgres(connection):
        await connection.execute(_WRITE_ALL, as_columns(rows))
    else:
        await connection.execute(_WRITE, [{f"b_{name}": value for name, value in row.items()} for row in rows])


async def rehearse(connection: AsyncConnection) -> None:
    """Write no result."""
    await connection.execute(_LOCK, {"b_ids": []})
    await _write(connection, [dict.fromkeys(("id", "fence", *_NEW))])


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
        "id": stored.id,
        "fence": stored.fence,
        "state": state,
        "wake_at": None if over else stored.wake_at,
        "not_before": None if over else completion.not_before,
        "message_id": completion.message_id or stored.message_id,
        "sent_at": completion.sent_at or stored.sent_at,
        "outcome": completion.outcome,
        "render_hash": completion.render_hash or stored.render_hash,
        "shown_rev": shown,
        "attempts": stored.attempts if completion.count_attempt else max(stored.attempts - 1, 0),
    }
