"""Effects become rows, in the transaction of the events that cause them (decision 1)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages.effects import CorrectSent, Effect, Gather, Later, Post, Revise, ReviseOccasion, Supersede
from bot.messages.keys import EDIT
from bot.store.codec import dump_effect
from bot.store.dialect import insert_if_absent, is_postgres
from bot.store.outbox_table import RANKS, SHOWN, outbox

_COPIED = ("release", "stream", "place", "occasion", "payload")


async def enqueue(connection: AsyncConnection, effects: Sequence[Effect], at: datetime) -> None:
    """In their order; edits last, when all posts are there. The same key again changes nothing, but for edits."""
    await _lock(connection, effects)
    rows: list[dict[str, Any]] = []
    edits: dict[str, datetime] = {}
    for effect in effects:
        match effect:
            case Revise(key=key, due_at=due_at):
                edits[key] = due_at
            case Supersede():
                await insert_if_absent(connection, outbox, rows)
                rows = []
                await _supersede(connection, effect)
            case CorrectSent():
                edits.update(dict.fromkeys(await _shown_before(connection, effect), effect.due_at))
            case ReviseOccasion():
                edits.update(dict.fromkeys(await _shown_of(connection, effect), effect.due_at))
            case Post() | Gather() | Later():
                rows.append(_row(effect, at))
    await insert_if_absent(connection, outbox, rows)
    await _revise(connection, edits, at)


def stream_of(release: str, place: str) -> str:
    """Posts and edits of one release in one place follow each other."""
    return f"{release}|{place}"


async def _lock(connection: AsyncConnection, effects: Iterable[Effect]) -> None:
    """Live rows of these releases, in order of id, like every other writer of several rows.

    A row that is being claimed right now is waited for: only then is it certain whether its sender can have read the state
    before this transaction, so that an edit must follow.
    """
    changed = {e.release for e in effects if not isinstance(e, Post | Gather | Later)}
    if changed and is_postgres(connection):
        query = (
            sa.select(outbox.c.id)
            .where(outbox.c.release.in_(sorted(changed)), outbox.c.wake_at.isnot(None))
            .order_by(outbox.c.id)
            .with_for_update()
        )
        (await connection.execute(query)).all()


def _row(effect: Post | Gather | Later, at: datetime) -> dict[str, Any]:
    row: dict[str, Any] = {
        "key": effect.key,
        "release": effect.release,
        "schedule_revision": effect.schedule_revision,
        "due_at": effect.due_at,
        "wake_at": effect.due_at,
        "useful_until": None,
        "occasion": "",
        "parent_key": None,
        "state": "pending",
        "payload": dump_effect(effect),
        "created_at": at,
    }
    kind, own = _own(effect)
    return {**row, "kind": kind, "rank": RANKS[kind], **own}


def _own(effect: Post | Gather | Later) -> tuple[str, dict[str, Any]]:
    match effect:
        case Post(place=place):
            return "post", {
                "stream": stream_of(effect.release, str(place)),
                "place": str(place),
                "occasion": effect.occasion,
                "parent_key": effect.parent,
                "useful_until": effect.useful_until,
            }
        case Gather():
            return "gather", {"stream": effect.key, "place": effect.key}
        case Later():
            return "command", {"stream": effect.release, "place": effect.release}


async def _supersede(connection: AsyncConnection, effect: Supersede) -> None:
    """Only what is pending and was never tried: what is being sent, or may have been sent, is judged by its worker.

    A worker that went away gives back what it was sending: that is pending again, and may stand there all the same.
    """
    change = (
        sa.update(outbox)
        .where(
            outbox.c.release == effect.release,
            outbox.c.schedule_revision < effect.below,
            outbox.c.state == "pending",
            outbox.c.attempts == 0,
            outbox.c.wake_at.isnot(None),
        )
        .values(state="superseded", wake_at=None, not_before=None, outcome=effect.why)
    )
    if effect.occasions:
        change = change.where(outbox.c.occasion.in_(effect.occasions))
    if effect.place is not None:
        change = change.where(outbox.c.place == str(effect.place))
    await connection.execute(change)


async def _shown_before(connection: AsyncConnection, effect: CorrectSent) -> Sequence[str]:
    wanted = {"b_release": effect.release, "b_below": effect.below}
    return (await connection.scalars(_SHOWN_BEFORE, wanted)).all()


async def _shown_of(connection: AsyncConnection, effect: ReviseOccasion) -> Sequence[str]:
    wanted = {"b_release": effect.release, "b_occasion": effect.occasion}
    if effect.place is None:
        return (await connection.scalars(_SHOWN_OF, wanted)).all()
    return (await connection.scalars(_SHOWN_THERE, wanted | {"b_place": str(effect.place)})).all()


async def _revise(connection: AsyncConnection, edits: dict[str, datetime], at: datetime) -> None:
    """One edit row for each post; what is already waiting is only told that there is something newer."""
    if not edits:
        return
    posts = (await connection.execute(_EDITED, {"b_keys": sorted(edits)})).mappings().all()
    if not posts:
        return
    rows = [
        {
            **{name: post[name] for name in _COPIED},
            "key": post["key"] + EDIT,
            "kind": "edit",
            "rank": RANKS["edit"],
            "parent_key": post["key"],
            "due_at": edits[post["key"]],
            "wake_at": edits[post["key"]],
            "state": "pending",
            "created_at": at,
        }
        for post in posts
    ]
    await connection.execute(_UPSERT_POSTGRES if is_postgres(connection) else _UPSERT_SQLITE, rows)


def _may_be_seen() -> sa.ColumnElement[bool]:
    """Sent, or perhaps sent with an older text. A post that no attempt was made for renders the newest by itself."""
    c = outbox.c
    tried = sa.and_(c.wake_at.isnot(None), sa.or_(c.state != "pending", c.attempts > 0))
    return sa.or_(c.state.in_(SHOWN), tried)


_POST = outbox.c.kind == "post"
_OF = (outbox.c.release == sa.bindparam("b_release"), _POST, _may_be_seen())
_SHOWN_BEFORE = (
    sa.select(outbox.c.key).where(*_OF, outbox.c.schedule_revision < sa.bindparam("b_below")).order_by(outbox.c.id)
)
_SHOWN_OF = sa.select(outbox.c.key).where(*_OF, outbox.c.occasion == sa.bindparam("b_occasion")).order_by(outbox.c.id)
_SHOWN_THERE = _SHOWN_OF.where(outbox.c.place == sa.bindparam("b_place"))
_EDITED = (
    sa.select(outbox.c.key, *(outbox.c[name] for name in _COPIED))
    .where(outbox.c.key.in_(sa.bindparam("b_keys", expanding=True)), _POST, _may_be_seen())
    .order_by(outbox.c.id)
)


def _upsert(insert: postgresql.Insert | sqlite.Insert) -> postgresql.Insert | sqlite.Insert:
    """A new edit; or the one that is there wants a newer text."""
    old, new_wake = outbox.c, insert.excluded.wake_at
    flying = old.state == "sending"
    return insert.on_conflict_do_update(
        index_elements=[old.key],
        set_={
            "wanted_rev": old.wanted_rev + 1,
            "state": sa.case((flying, old.state), else_="pending"),
            "wake_at": sa.case((flying, old.wake_at), (old.wake_at < new_wake, old.wake_at), else_=new_wake),
            "attempts": sa.case((old.wake_at.is_(None), 0), else_=old.attempts),
            "outcome": "",
        },
    )


_UPSERT_POSTGRES = _upsert(postgresql.insert(outbox))
_UPSERT_SQLITE = _upsert(sqlite.insert(outbox))
