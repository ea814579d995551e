"""Seals and the audit: what a hand in the database does is named, on every database."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.domain.errors import Corrupt, Unwritable
from bot.domain.events import Held, Planned, QuestionAnswered, SupplyRequested
from bot.domain.release import Touch
from bot.store import Database, open_store
from bot.store.audit import verify
from bot.store.audit_rows import Broken
from bot.store.codec import canonical
from bot.store.restore import is_behind, look_first
from bot.store.seals import Seal, last_seal_of, read_seal, seal
from tests.contracts.given import NOON, after, claim, enqueue, entry, keep, plan_started, post, states
from tests.sqlite import fresh_sqlite_url

KEY = b"a key that is not in the database"

GUARDS = ("ledger_update", "ledger_delete", "seals_update", "seals_delete")


async def by_hand(store: Database, *statements: str) -> None:
    """As somebody with every right on the database: the guards are taken away first."""
    async with store.transaction() as connection:
        if connection.dialect.name == "postgresql":
            for table in ("ledger", "seals"):
                await connection.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        else:
            for guard in GUARDS:
                await connection.execute(sa.text(f"DROP TRIGGER IF EXISTS {guard}"))
        for statement in statements:
            await connection.exec_driver_sql(statement)


async def recorded(store: Database) -> Seal:
    """Two releases and the system's stream, sealed; then one more entry."""
    await keep(store, plan_started(), Planned(at=NOON))
    await keep(store, plan_started("R-2"), release="R-2")
    async with store.unit() as unit:
        await unit.append("system", [entry(what="note", name="started")])
    made = await seal(store, KEY, NOON)
    assert made is not None
    async with store.unit() as unit:
        await unit.append("release:R-1", [entry(what="refused", name="Vote")])
    return made


async def test_a_sound_record_is_sound_and_its_unsealed_tail_is_counted(store: Database) -> None:
    assert (await verify(store, KEY)).ok
    outside = [await recorded(store)]
    report = await verify(store, KEY, outside)
    assert (report.ok, report.first, report.key_checked) == (True, None, True)
    assert (report.streams, report.rows, report.seals, report.unsealed) == (3, 5, 1, 1)
    second = await seal(store, KEY, after(1))
    assert second is not None
    assert (second.number, second.previous, list(second.heads)) == (2, outside[0].mac, ["release:R-1"])
    assert await seal(store, KEY, after(2)) is None
    report = await verify(store, None, [*outside, second])
    assert (report.ok, report.unsealed, report.key_checked) == (True, 0, False)


async def _without(store: Database, name: str) -> None:
    async with store.transaction() as connection:
        text = await connection.scalar(sa.text("SELECT state FROM releases WHERE id = 'R-1'"))
        kept = {key: value for key, value in json.loads(str(text)).items() if key != name}
        update = sa.text("UPDATE releases SET state = :state WHERE id = 'R-1'")
        await connection.execute(update, {"state": canonical(kept)})


@pytest.mark.parametrize("name", ["touched", "done_by"])
async def test_a_state_of_a_version_that_did_not_know_a_field_is_sound(store: Database, name: str) -> None:
    await keep(store, plan_started(), Planned(at=NOON), Held(at=after(1), by="kai", reason="the database is slow"))
    await _without(store, name)
    assert (await verify(store, KEY)).ok


async def test_a_state_from_which_somebody_took_what_decides_is_broken(store: Database) -> None:
    await keep(store, plan_started(), Planned(at=NOON), Held(at=after(1), by="kai", reason="the database is slow"))
    await _without(store, "held_by")
    found = (await verify(store, KEY)).first
    assert found is not None
    assert (found.stream, found.why) == ("release:R-1", "fold")


async def test_a_seal_reads_back_from_its_line(store: Database) -> None:
    made = await recorded(store)
    assert read_seal(made.line()) == made


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE ledger SET person = 'mallory' WHERE stream = 'release:R-1' AND seq = 2", ("release:R-1", 2, "chain")),
        ("UPDATE ledger SET body = '{' WHERE stream = 'release:R-1' AND seq = 1", ("release:R-1", 1, "chain")),
        ("UPDATE ledger SET body = '{ }' WHERE stream = 'system'", ("system", 1, "chain")),
        ("DELETE FROM ledger WHERE stream = 'release:R-1' AND seq = 1", ("release:R-1", 2, "gap")),
        ("DELETE FROM ledger WHERE stream = 'release:R-1' AND seq = 3", ("release:R-1", 3, "missing")),
        ("DELETE FROM ledger WHERE stream = 'system'", ("system", 1, "missing")),
        ("UPDATE stream_heads SET hash = 'x' WHERE stream = 'system'", ("system", 1, "head")),
        ("DELETE FROM stream_heads WHERE stream = 'release:R-1'", ("release:R-1", 3, "head")),
        ("UPDATE stream_heads SET sealed_seq = 99 WHERE stream = 'system'", ("system", 1, "sealed")),
        ("UPDATE ledger SET body = 'NaN' WHERE stream = 'system'", ("system", 1, "chain")),
        ("UPDATE ledger SET seq = 7 WHERE stream = 'system'", ("system", 7, "gap")),
        ("DELETE FROM seals", ("release:R-1", 3, "sealed")),
        ("UPDATE seals SET heads = '{'", ("seals", 1, "seal_unreadable")),
        ("UPDATE seals SET mac = 'x'", ("seals", 1, "seal_mac")),
        ("UPDATE seals SET previous = 'x'", ("seals", 1, "seal_chain")),
        ("UPDATE releases SET state = '{}' WHERE id = 'R-2'", ("release:R-2", 1, "fold")),
        ("UPDATE releases SET ended = true WHERE id = 'R-2'", ("release:R-2", 1, "columns")),
        ("UPDATE releases SET owner = 'mallory' WHERE id = 'R-2'", ("release:R-2", 1, "columns")),
        ("UPDATE releases SET service = 'web' WHERE id = 'R-2'", ("release:R-2", 1, "columns")),
        ("DELETE FROM releases WHERE id = 'R-2'", ("release:R-2", 1, "no_state")),
    ],
)
async def test_the_first_broken_row_is_named(store: Database, statement: str, broken: tuple[str, int, str]) -> None:
    await recorded(store)
    await by_hand(store, statement)
    report = await verify(store, KEY)
    assert not report.ok
    assert report.first == Broken(*broken)


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE ledger SET at = 'once' WHERE stream = 'system'", ("system", 1, "chain")),
        ("UPDATE ledger SET seq = 'one' WHERE stream = 'system'", ("system", 1, "gap")),
        ("UPDATE ledger SET body = x'ff' WHERE stream = 'system'", ("system", 1, "chain")),
        ("UPDATE seals SET at = 'once'", ("seals", 1, "seal_unreadable")),
        ("UPDATE releases SET start_at = 'once' WHERE id = 'R-2'", ("release:R-2", 1, "fold")),
    ],
)
async def test_what_only_sqlite_lets_a_hand_write_is_named_too(
    tmp_path: Path, statement: str, broken: tuple[str, int, str]
) -> None:
    async with open_store(fresh_sqlite_url(tmp_path)) as store:
        await recorded(store)
        await by_hand(store, statement)
        assert (await verify(store, KEY)).first == Broken(*broken)


async def test_a_table_that_is_gone_is_an_error_in_a_sentence(store: Database) -> None:
    await by_hand(store, "DROP TABLE freezes")
    with pytest.raises(Unwritable, match="freezes"):
        await verify(store, KEY)


async def test_seals_that_were_taken_out_are_missed_where_the_file_has_them(store: Database) -> None:
    outside = await recorded(store)
    await by_hand(store, "DELETE FROM seals", "UPDATE stream_heads SET sealed_seq = 0")
    assert (await verify(store, KEY)).ok
    assert (await verify(store, KEY, [outside])).first == Broken("seals", 1, "lost")


async def rewritten(store: Database) -> None:
    """The whole chain of the system's stream, made anew with right hashes."""
    await by_hand(
        store,
        "DELETE FROM ledger WHERE stream = 'system'",
        "UPDATE stream_heads SET seq = 0, hash = '' WHERE stream = 'system'",
    )
    async with store.unit() as unit:
        await unit.append("system", [entry(what="note", name="nothing happened")])


async def and_seals_gone(store: Database) -> None:
    await rewritten(store)
    await by_hand(store, "DELETE FROM seals")


async def and_sealed_anew(store: Database) -> None:
    await and_seals_gone(store)
    await by_hand(store, "UPDATE stream_heads SET sealed_seq = 0")
    await seal(store, b"another key", NOON)


@pytest.mark.parametrize("forgery", [rewritten, and_seals_gone, and_sealed_anew])
async def test_a_chain_that_was_made_anew_does_not_match_the_seals(
    store: Database, forgery: Callable[[Database], Awaitable[None]]
) -> None:
    outside = await recorded(store)
    assert (await verify(store, KEY, [outside])).ok
    await forgery(store)
    assert (await verify(store, KEY, [outside])).first == Broken("system", 1, "seal")


async def test_a_seal_outside_that_is_not_genuine_is_named(store: Database) -> None:
    outside = await recorded(store)
    forged = Seal(outside.number, after(1), outside.heads, outside.previous, outside.mac)
    assert (await verify(store, KEY, [forged])).first == Broken("seals", 1, "seal_mac")
    assert (await verify(store, None, [forged])).first == Broken("seals", 1, "outside")


async def test_a_restored_backup_is_behind_the_seals_outside(store: Database) -> None:
    first = await recorded(store)
    later = Seal(2, after(5), {"release:R-1": (9, "f" * 64), "release:R-3": (1, "e" * 64)}, first.mac, "mac")
    report = await verify(store, None, [first, later])
    assert (report.ok, report.broken, report.behind) == (False, (), ("release:R-1", "release:R-3"))


async def test_a_database_is_behind_only_where_its_newest_seal_outside_is_not_in_it(
    store: Database, tmp_path: Path
) -> None:
    file = tmp_path / "seals.jsonl"
    assert last_seal_of(file) is None
    first = await recorded(store)
    file.write_text(f"{first.line()}\n")
    assert last_seal_of(file) == first
    assert not await is_behind(store, first)
    later = replace(first, number=2, mac="f" * 64)
    file.write_text(f"{first.line()}\n{later.line()}\n{first.line()[:20]}")
    assert last_seal_of(file) == later
    assert await is_behind(store, later)
    file.write_text("nonsense\n")
    assert last_seal_of(file) is None


async def test_a_release_that_does_not_fold_takes_no_decision_and_the_others_do(store: Database) -> None:
    await recorded(store)
    await by_hand(store, "UPDATE releases SET state = replace(state, 'payments', 'ledger') WHERE id = 'R-2'")
    assert await store.release("R-2") is not None
    assert (await verify(store, KEY)).first == Broken("release:R-2", 1, "fold")
    with pytest.raises(Corrupt):
        await store.release("R-2")
    await keep(store, SupplyRequested(at=NOON, kind="ci", of="kai"), version=1)
    assert await store.release("R-1") is not None


async def test_a_state_from_before_it_kept_who_touched_the_release_last_is_whole_and_takes_decisions(
    store: Database,
) -> None:
    answered = QuestionAnswered(at=after(60), number=1, by="ana", how="dont_know", text="")
    kept = await keep(store, plan_started(), answered)
    assert kept.touched is not None
    async with store.unit() as unit:
        await unit.save(replace(kept, touched=None), 1)
    assert (await verify(store)).ok
    await keep(store, SupplyRequested(at=after(90), kind="ci", of="kai"), version=2)
    assert (await verify(store)).ok
    await keep(store, replace(answered, at=after(120), by="kai"), version=3)
    assert (await verify(store)).ok
    async with store.unit() as unit:
        forged = replace(kept, touched=Touch(after(120), "lena", "answer"), asked_of=(("ci", "kai"),))
        await unit.save(forged, 4)
    assert (await verify(store)).first == Broken("release:R-1", 4, "fold")


async def test_an_event_of_a_newer_version_is_named_and_marks_nothing(store: Database) -> None:
    await keep(store, plan_started())
    async with store.unit() as unit:
        newer = {"type": "Teleported", "schema": 99, "at": "2026-11-24T12:00:00Z"}
        await unit.append("release:R-1", [entry(plan_started())])
        await unit.append("release:R-1", [entry(what="note", name="x")])

        await unit.append("release:R-1", [replace(entry(what="event", name="Teleported"), body=newer)])
    assert (await verify(store)).first == Broken("release:R-1", 4, "schema")
    assert await store.release("R-1") is not None


async def test_after_a_restore_due_posts_are_looked_for_before_they_are_sent(store: Database) -> None:
    await enqueue(store, post("due", 10), post("flying", 0, release="R-2"), post("later", 30))
    (flying,) = await claim(store)
    assert await look_first(store, after(15)) == 2
    assert await states(store) == {"due": "unknown", "later": "pending"}
    assert await store.complete([]) == 0
    rows = await claim(store, 15)
    assert [(row.key, row.attempts) for row in rows] == [("flying", 2), ("due", 2)]
    assert rows[0].fence > flying.fence + 1
