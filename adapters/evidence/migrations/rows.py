"""Statements on rows: whether they only add, fill what is empty, or overwrite and delete."""

from adapters.evidence.migrations.reading import Change, Known, Step, bare, unknown
from adapters.evidence.migrations.text import BODY, HOLE
from adapters.evidence.migrations.words import Words

BOOKKEEPING = frozenset(
    {"alembic_version", "flyway_schema_history", "schema_version", "databasechangelog", "databasechangeloglock"}
)
"""Tables in which the tools write down what they did."""


def rows(first: str, words: Words, known: Known, said: str) -> Step:
    """The step of INSERT, UPDATE, DELETE, TRUNCATE or COPY; the words behind it come next."""
    words.any_of("INTO", "FROM", "TABLE", "ONLY", "IGNORE")
    words.take("ONLY")
    table = words.name()
    if own(table):
        return Step(Change.NONE, "the tool writes down what it did")
    if known.new(table):
        return Step(Change.EXPAND, f"fills or empties {table}, which is new")
    if first == "INSERT":
        overwrites = words.follows("DO", "UPDATE") or words.follows("DUPLICATE", "KEY") or words.has("REPLACE")
        if overwrites:
            return Step(Change.IRREVERSIBLE, f"overwrites rows of {table}: {said}")
        many = words.has("SELECT")
        return Step(Change.LOCKING if many else Change.EXPAND, f"{'copies' if many else 'adds'} rows into {table}")
    if first == "COPY":
        return Step(Change.LOCKING, f"loads rows into {table}") if not words.has("PROGRAM") else unknown(said)
    if first == "UPDATE" and (_fills(words) or _only_new(words, table, known)):
        return Step(Change.LOCKING, f"fills what is empty in {table}")
    return Step(
        Change.IRREVERSIBLE, f"{'overwrites' if first == 'UPDATE' else 'deletes'} rows of {table or '?'}: {said}"
    )


def _columns(words: Words) -> list[str]:
    """The columns that an UPDATE sets, or none where they cannot be told."""
    if "SET" not in words.upper:
        return []
    start = words.upper.index("SET") + 1
    ends = [words.upper.index(w, start) for w in ("WHERE", "FROM", "RETURNING") if w in words.upper[start:]]
    parts = Words(words.words[start : min(ends, default=len(words.words))]).parts()
    found = []
    for part in parts:
        column = part.name()
        if not column or not part.see("="):
            return []
        found.append(bare(column).rpartition(".")[2])
    return found


def _fills(words: Words) -> bool:
    """UPDATE t SET c = … WHERE c IS NULL (AND …): no value is overwritten."""
    columns = _columns(words)
    if len(columns) != 1 or "WHERE" not in words.upper:
        return False
    where = words.upper.index("WHERE")
    # A question in a question has columns of its own, and OR lets other rows in.
    if any(w in words.upper[where:] for w in ("OR", "NOT", "SELECT", "(", BODY, HOLE)):
        return False
    for at in range(where, len(words.words) - 2):
        named = bare(words.words[at]).casefold() == columns[0]
        joined = words.upper[at - 1] in {"WHERE", "AND", "."}
        if named and joined and words.upper[at + 1 : at + 3] == ["IS", "NULL"]:
            return True
    return False


def _only_new(words: Words, table: str, known: Known) -> bool:
    columns = _columns(words)
    return bool(columns) and all(known.new(table, c) for c in columns)


def own(table: str) -> bool:
    """True for a table in which a tool writes down what it did."""
    return bare(table).rpartition(".")[2] in BOOKKEEPING
