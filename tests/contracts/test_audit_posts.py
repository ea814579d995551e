"""What a hand in the database makes of posts is named by the audit, on every database."""

import pytest

from bot.outbox.receipts import entry as receipt
from bot.ports import Completion, Row
from bot.store import Database
from bot.store.audit import verify
from bot.store.audit_rows import Broken
from tests.contracts.given import claim, enqueue, keep, plan_started, post
from tests.contracts.test_audit import by_hand


def shown(row: Row, state: str = "sent") -> Completion:
    at, message = row.due_at, f"m-{row.key}"
    return Completion(row, state, message_id=message, sent_at=at, entry=receipt(row, state, at, "", message))


async def posted(store: Database) -> None:
    """Two posts of R-1 that went out, one of them late, one without a release, and one that is still to come."""
    await keep(store, plan_started())
    await enqueue(store, post("p"), post("q"), post("digest", release=""), post("later", 60))
    while rows := await claim(store):
        await store.complete([shown(row, "late" if row.key == "q" else "sent") for row in rows])


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE outbox SET state = 'skipped' WHERE key = 'p'", Broken("release:R-1", 2, "post")),
        ("UPDATE outbox SET state = 'sent' WHERE key = 'q'", Broken("release:R-1", 3, "post")),
        ("UPDATE outbox SET state = 'pending', wake_at = due_at WHERE key = 'p'", Broken("release:R-1", 2, "post")),
        ("UPDATE outbox SET sent_at = created_at, due_at = '2020-01-01T00:00:00Z'", Broken("release:R-1", 2, "post")),
        ("UPDATE outbox SET message_id = 'other' WHERE key = 'digest'", Broken("system", 1, "post")),
        ("UPDATE outbox SET place = 'slack:C2' WHERE key = 'q'", Broken("release:R-1", 3, "post")),
        ("DELETE FROM outbox WHERE key = 'p'", Broken("release:R-1", 2, "post")),
        (
            "UPDATE outbox SET state = 'sent', sent_at = due_at WHERE key = 'later'",
            Broken("release:R-1", 0, "no_receipt"),
        ),
    ],
)
async def test_a_post_that_was_made_unsent_moved_or_invented_is_named(
    store: Database, statement: str, broken: Broken
) -> None:
    await posted(store)
    assert (await verify(store)).ok
    await by_hand(store, statement)
    assert (await verify(store)).first == broken
