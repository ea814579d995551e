"""SQL statements: what each does to the data, and to those who still run the old version.

Nothing is passed over: a statement that is not known is the worst that it may be.
"""

from itertools import pairwise

from adapters.evidence.migrations.reading import Change, Known, Step, unknown
from adapters.evidence.migrations.rows import own, rows
from adapters.evidence.migrations.table import alter_table
from adapters.evidence.migrations.text import HOLE, Ambiguous, statements
from adapters.evidence.migrations.words import Words

_SESSION = frozenset(
    {"BEGIN", "START", "COMMIT", "END", "SET", "RESET", "SHOW", "USE", "ANALYZE", "SAVEPOINT", "RELEASE", "PRINT"}
)
_NEW = frozenset(
    {
        "SCHEMA",
        "SEQUENCE",
        "TYPE",
        "DOMAIN",
        "EXTENSION",
        "ROLE",
        "USER",
        "DATABASE",
        "FUNCTION",
        "PROCEDURE",
        "AGGREGATE",
        "OPERATOR",
        "COLLATION",
        "STATISTICS",
        "PUBLICATION",
        "CAST",
        "VIEW",
        "TABLESPACE",
        "SYNONYM",
    }
)
_WATCHED = frozenset({"TRIGGER", "RULE", "POLICY", "EVENT"})
_WITH_DATA = frozenset({"TABLE", "SCHEMA", "DATABASE", "OWNED", "TABLESPACE", "EXTENSION", "USER"})
_HARMLESS = frozenset(
    {
        "SET_CONFIG",
        "COUNT",
        "MAX",
        "MIN",
        "SUM",
        "AVG",
        "NOW",
        "COALESCE",
        "LOWER",
        "UPPER",
        "LENGTH",
        "EXISTS",
        "IN",
        "FROM",
        "WHERE",
        "AND",
        "OR",
        "NOT",
        "SELECT",
        "AS",
        "ON",
        "JOIN",
        "VALUES",
        "VERSION",
        "ANY",
        "ALL",
    }
)
"""What may stand before a bracket in a question that only asks."""

_VERBS = frozenset(
    {"DROP", "DELETE", "TRUNCATE", "UPDATE", "MERGE", "EXEC", "EXECUTE", "ALTER", "CREATE", "INSERT", "CALL"}
)
_WRITES = ("INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "INTO", "REPLACE")


def read_sql(text: str, known: Known | None = None) -> list[Step]:
    """The steps of a text. `known`: what came before it in the same change."""
    made = known if known is not None else Known()
    try:
        found = statements(text)
    except Ambiguous as why:
        return [unknown(f"the SQL cannot be read with certainty: {why}")]
    return [step for words in found for step in statement(Words(words), made)]


def statement(words: Words, known: Known) -> list[Step]:
    """The steps of one statement. SQL Server needs no semicolon between two: a second one in it is never passed over."""
    steps = _statement(words, known)
    if all(s.change.rank < Change.CONTRACT.rank for s in steps) and _second(words):
        steps.append(unknown(f"more than one statement in {words.told()}"))
    return steps


def _second(words: Words) -> bool:
    first, upper = words.upper[0], words.upper
    if first in {"GRANT", "COMMENT"} or (first == "CREATE" and any(w in upper[:4] for w in ("FUNCTION", "PROCEDURE"))):
        return False
    for at in range(1, len(upper)):
        word, before, after = upper[at], upper[at - 1], upper[at + 1] if at + 1 < len(upper) else ""
        if word not in _VERBS or after in {"=", ")", ","} or before in {".", ","}:
            continue
        of_key = first in {"CREATE", "ALTER"} and before == "ON" and word in {"DELETE", "UPDATE"}
        of_table = first == "ALTER" and (
            word == "ALTER" or (word == "DROP" and after in {"NOT", "INDEX", "KEY", "COLUMN", "IF"})
        )
        conflict = first == "INSERT" and before == "DO" and word == "UPDATE"
        if not (of_key or of_table or conflict):
            return True
    return False


def _statement(words: Words, known: Known) -> list[Step]:
    said = words.told()
    first = words.upper[0]
    words.at = 1
    if first == "ALTER":
        return _alter(words, known, said)
    if first == "CREATE":
        return [_create(words, known, said)]
    if first == "DROP":
        return _drop(words, known, said)
    if first in {"INSERT", "UPDATE", "DELETE", "TRUNCATE", "COPY"}:
        return [rows(first, words, known, said)]
    if first in {"SELECT", "VALUES", "WITH", "EXPLAIN"}:
        return [_asks(words, said)]
    if first in _SESSION:
        return [] if first != "SET" or not words.see("GLOBAL") else [unknown(said)]
    return [_other(first, words, said)]


def _other(first: str, words: Words, said: str) -> Step:
    if first == "GRANT":
        return Step(Change.EXPAND, f"grants a right: {said}")
    if first == "REVOKE":
        return Step(Change.CONTRACT, f"takes a right away: {said}")
    if first == "COMMENT":
        return Step(Change.EXPAND, "writes a comment")
    if first == "RENAME":
        return Step(Change.CONTRACT, f"renames: {said}")
    if first in {"LOCK", "CLUSTER", "REINDEX", "REFRESH", "VACUUM", "OPTIMIZE"}:
        free = words.has("CONCURRENTLY") or (first == "VACUUM" and not words.has("FULL"))
        return Step(Change.EXPAND if free else Change.LOCKING, f"tidies or locks a table: {said}")
    return unknown(said)


def _asks(words: Words, said: str) -> Step:
    """A question changes nothing, unless a function that it calls does, or it writes besides."""
    rest = words.upper
    called = [a for a, b in pairwise(rest) if b == "(" and (a[0].isalpha() or a[0] in '_"`')]
    plain = not words.has(*_WRITES, HOLE) and all(c in _HARMLESS for c in called)
    return Step(Change.NONE, "asks only") if plain else unknown(said)


def _create(words: Words, known: Known, said: str) -> Step:
    replaces = words.take("OR", "REPLACE") or words.take("OR", "ALTER")
    while words.any_of(
        "TEMP", "TEMPORARY", "UNLOGGED", "GLOBAL", "LOCAL", "EDITIONABLE", "NONEDITIONABLE", "RECURSIVE", "FORCE"
    ):
        pass
    unique = bool(words.any_of("UNIQUE"))
    words.any_of("CLUSTERED", "NONCLUSTERED", "FULLTEXT", "SPATIAL", "BITMAP", "MATERIALIZED", "CONSTRAINT", "FOREIGN")
    kind = words.any_of(*words.upper[words.at : words.at + 1])
    if kind == "TABLE":
        maybe_there = words.take("IF", "NOT", "EXISTS")
        table = words.name()
        if not maybe_there:
            known.made(table)
        copies = words.has("SELECT")
        return Step(
            Change.LOCKING if copies else Change.EXPAND, f"{'fills a new' if copies else 'makes the'} table {table}"
        )
    if kind == "INDEX":
        return _index(words, known, said, unique=unique)
    if kind in _WATCHED:
        return Step(
            Change.CONTRACT, f"UNKNOWN — verify: what it does to writes of the old version: {said}", verify=True
        )
    if kind in _NEW and not replaces:
        return Step(Change.EXPAND, f"makes something new: {said}")
    if kind in _NEW:
        return Step(
            Change.CONTRACT, f"UNKNOWN — verify: whether the old version can use what replaces it: {said}", verify=True
        )
    return unknown(said)


def _index(words: Words, known: Known, said: str, *, unique: bool) -> Step:
    free = words.take("CONCURRENTLY") or words.follows("ONLINE", "=", "ON")
    on = words.upper.index("ON") if "ON" in words.upper else len(words.upper)
    words.at = on + 1
    words.take("ONLY")
    table = words.name()
    if known.new(table):
        return Step(Change.EXPAND, f"builds an index of {table}, which is new")
    if unique:
        return Step(
            Change.CONTRACT, f"makes values of {table} unique: what the old version writes may be refused ({said})"
        )
    if free:
        return Step(Change.EXPAND, f"builds an index of {table} beside the traffic")
    return Step(Change.LOCKING, f"builds an index of {table} and locks it meanwhile")


def _alter(words: Words, known: Known, said: str) -> list[Step]:
    if words.take("TABLE"):
        return alter_table(words, known)
    if words.take("TYPE"):
        words.name()
        if words.see("ADD", "VALUE"):
            return [Step(Change.EXPAND, f"adds a value to a type: {said}")]
    if words.see("INDEX"):
        return [Step(Change.EXPAND, f"changes an index: {said}")]
    if any(words.see(k) for k in ("SYSTEM", "DATABASE", "ROLE", "USER", "SESSION")):
        return [unknown(said)]
    return [Step(Change.CONTRACT, f"UNKNOWN — verify: what the old version makes of it: {said}", verify=True)]


def _drop(words: Words, known: Known, said: str) -> list[Step]:
    materialized = words.take("MATERIALIZED")
    kind = words.any_of(*words.upper[words.at : words.at + 1])
    words.take("CONCURRENTLY")
    words.take("IF", "EXISTS")
    if kind == "INDEX":
        return [Step(Change.LOCKING, f"drops an index: queries of the old version may get slow ({said})")]
    if kind == "TABLE":
        tables = [part.name() for part in words.parts()]
        return [
            Step(Change.EXPAND, f"drops {table}, which is new or the tool's own")
            if known.new(table) or own(table)
            else Step(Change.CONTRACT, f"drops the table {table or '?'}", drops=True)
            for table in tables
        ] or [unknown(said)]
    if kind in _WITH_DATA and not materialized:
        return [Step(Change.IRREVERSIBLE, f"drops it with all that is in it: {said}")]
    return [Step(Change.CONTRACT, f"drops what the old version may use: {said}")]
