"""The sandbox platform's own memory: its messages and forms in one SQLite file, as if they lay with a foreign company.

It keeps what a chat keeps and nothing of the bot's. A key is no constraint here: a bot that posts twice is seen twice.
All runs on one thread of its own, so the event loop never waits for the disk; a change is on the disk before it is told.
"""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from bot.domain.errors import Unwritable

Json = dict[str, Any]
T = TypeVar("T")

_TABLES = """
CREATE TABLE IF NOT EXISTS messages(
  id INTEGER PRIMARY KEY AUTOINCREMENT, place TEXT NOT NULL, thread INTEGER, author TEXT NOT NULL, recipient TEXT,
  text TEXT NOT NULL, blocks TEXT NOT NULL, revision INTEGER NOT NULL DEFAULT 1, posted_at TEXT NOT NULL, edited_at TEXT,
  key TEXT, receipt TEXT, seq INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS messages_place ON messages(place, id);
CREATE INDEX IF NOT EXISTS messages_seq ON messages(seq);
CREATE UNIQUE INDEX IF NOT EXISTS messages_receipt ON messages(receipt) WHERE receipt IS NOT NULL;
CREATE TABLE IF NOT EXISTS writes(
  seq INTEGER PRIMARY KEY AUTOINCREMENT, message INTEGER NOT NULL, key TEXT, at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS writes_key ON writes(key);
CREATE TABLE IF NOT EXISTS forms(
  id INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT NOT NULL, place TEXT NOT NULL, thread INTEGER, form TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to write. `to`: the only person who sees it. `receipt`: written once, however often it is delivered."""

    place: str
    author: str
    text: str
    at: str
    blocks: Sequence[Json] = ()
    thread: int | None = None
    to: str | None = None
    key: str | None = None
    receipt: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A message as it stands. `seq` grows with every change in the book; times are ISO 8601, UTC."""

    id: int
    place: str
    thread: int | None
    author: str
    to: str | None
    text: str
    blocks: Sequence[Json]
    revision: int
    posted_at: str
    edited_at: str | None
    receipt: str | None
    seq: int


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form that was opened for a person; `form` is its JSON with the token beside."""

    id: int
    person: str
    place: str
    thread: int | None
    form: Json


class Book:
    """The file. Open it once; `close` gives it back."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sandbox-book")
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        # No WAL: the SQLite of Debian 12 has the WAL-reset race.
        self._db.executescript(f"PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL; {_TABLES}")
        self._changed: set[asyncio.Event] = set()
        self.rings = 0
        """How often the listeners were told of a change."""

    async def close(self) -> None:
        """Wait for what is being written, and close the file."""
        await self._run(self._db.close)
        self._thread.shutdown(wait=False)

    async def write(self, draft: Draft) -> Kept:
        """Write a message. One with the receipt of an earlier message gives that one."""
        kept = await self._run(lambda: self._write(draft))
        self.ring()
        return kept

    async def edit(
        self, message: int, text: str, blocks: Sequence[Json], at: str, key: str | None = None
    ) -> Kept | None:
        """Replace what a message says; its revision grows. None: there is no such message."""
        kept = await self._run(lambda: self._edit(message, text, blocks, at, key))
        self.ring()
        return kept

    async def message(self, message: int) -> Kept | None:
        """The message with that id."""
        rows = await self._run(lambda: self._select("id = ?", (message,)))
        return rows[0] if rows else None

    async def by_place(self, place: str, after: int = 0) -> Sequence[Kept]:
        """The messages of a place with an id above `after`, in order."""
        return await self._run(lambda: self._select("place = ? AND id > ?", (place, after)))

    async def changed_since(self, seq: int) -> Sequence[Kept]:
        """Messages that were written or edited after that point, in the order of their last change."""
        return await self._run(lambda: self._select("seq > ?", (seq,), order="seq"))

    async def seq(self) -> int:
        """How far the book is written."""
        return await self._run(lambda: int(self._db.execute("SELECT coalesce(max(seq), 0) FROM writes").fetchone()[0]))

    async def find(self, key: str, place: str, since: str) -> int | None:
        """The message that was posted or edited there under that key at or after `since`."""
        sql = (
            "SELECT m.id FROM writes w JOIN messages m ON m.id = w.message WHERE w.key = ? AND m.place = ? AND w.at >= ?"
            " ORDER BY w.seq LIMIT 1"
        )
        row = await self._run(lambda: self._db.execute(sql, (key, place, _seconds(since))).fetchone())
        return None if row is None else int(row[0])

    async def keep_form(self, person: str, place: str, thread: int | None, form: Json) -> int:
        """Keep a form that is open; gives its id."""
        sql = "INSERT INTO forms(person, place, thread, form) VALUES (?, ?, ?, ?)"
        return await self._run(
            lambda: int(self._db.execute(sql, (person, place, thread, json.dumps(form))).lastrowid or 0)
        )

    async def change_form(self, form_id: int, form: Json) -> None:
        """Keep what was typed into a form."""
        await self._run(lambda: self._db.execute("UPDATE forms SET form = ? WHERE id = ?", (json.dumps(form), form_id)))

    async def form(self, form_id: int) -> KeptForm | None:
        """The form with that id."""
        sql = "SELECT id, person, place, thread, form FROM forms WHERE id = ?"
        row = await self._run(lambda: self._db.execute(sql, (form_id,)).fetchone())
        return None if row is None else KeptForm(row[0], row[1], row[2], row[3], json.loads(row[4]))

    def listen(self) -> asyncio.Event:
        """An event that is set with every change, until `unlisten`."""
        event = asyncio.Event()
        self._changed.add(event)
        return event

    def unlisten(self, event: asyncio.Event) -> None:
        """Forget a listener."""
        self._changed.discard(event)

    def ring(self) -> None:
        """Tell the listeners that something changed, here or beside (the clock)."""
        self.rings += 1
        for event in self._changed:
            event.set()

    async def _run(self, work: Callable[[], T]) -> T:
        """In the file's own thread. Raises Unwritable where the file cannot be written, such as on a full disk."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except sqlite3.OperationalError as error:
            msg = f"the messages of the sandbox cannot be written: {error}"
            raise Unwritable(msg) from error

    def _write(self, draft: Draft) -> Kept:
        with self._transaction():
            if draft.receipt is not None:
                earlier = self._select("receipt = ?", (draft.receipt,))
                if earlier:
                    return earlier[0]
            sql = (
                "INSERT INTO messages(place, thread, author, recipient, text, blocks, posted_at, key, receipt, seq)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"
            )
            values = (draft.place, draft.thread, draft.author, draft.to, draft.text, json.dumps(list(draft.blocks)))
            message = self._db.execute(sql, (*values, draft.at, draft.key, draft.receipt)).lastrowid or 0
            self._note(message, draft.key, draft.at)
            return self._select("id = ?", (message,))[0]

    def _edit(self, message: int, text: str, blocks: Sequence[Json], at: str, key: str | None) -> Kept | None:
        with self._transaction():
            sql = "UPDATE messages SET text = ?, blocks = ?, revision = revision + 1, edited_at = ? WHERE id = ?"
            if self._db.execute(sql, (text, json.dumps(list(blocks)), at, message)).rowcount == 0:
                return None
            self._note(message, key, at)
            return self._select("id = ?", (message,))[0]

    def _note(self, message: int, key: str | None, at: str) -> None:
        seq = self._db.execute(
            "INSERT INTO writes(message, key, at) VALUES (?, ?, ?)", (message, key, _seconds(at))
        ).lastrowid
        self._db.execute("UPDATE messages SET seq = ? WHERE id = ?", (seq, message))

    def _select(self, where: str, values: tuple[object, ...], order: str = "id") -> Sequence[Kept]:
        columns = "id, place, thread, author, recipient, text, blocks, revision, posted_at, edited_at, receipt, seq"
        rows = self._db.execute(f"SELECT {columns} FROM messages WHERE {where} ORDER BY {order}", values)  # noqa: S608 — fixed texts
        return [Kept(*(*row[:6], json.loads(row[6]), *row[7:])) for row in rows.fetchall()]

    def _transaction(self) -> "_Transaction":
        return _Transaction(self._db)


def _seconds(at: str) -> float:
    """Instants are compared as numbers: as texts, a second with a fraction would come before the whole one."""
    return datetime.fromisoformat(at).timestamp()


class _Transaction:
    """BEGIN IMMEDIATE … COMMIT, or ROLLBACK where something was raised."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        """A full disk ends the transaction by itself at one time and leaves it open at another: it is over in any case."""
        try:
            if kind is None:
                self._db.execute("COMMIT")
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
