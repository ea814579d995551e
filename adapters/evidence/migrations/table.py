"""ALTER TABLE: what each of its actions does to those who still run the old version."""

import re
from itertools import pairwise

from adapters.evidence.migrations.reading import Change, Known, Step, bare, unknown
from adapters.evidence.migrations.text import HOLE
from adapters.evidence.migrations.words import Words

_STABLE = frozenset({"NOW", "CURRENT_TIMESTAMP", "CURRENT_DATE", "LOCALTIMESTAMP", "STATEMENT_TIMESTAMP"})
_UNBOUNDED = frozenset({"TEXT", "CITEXT", "CLOB"})
_CONSTRAINTS = ("CONSTRAINT", "CHECK", "FOREIGN", "UNIQUE", "PRIMARY", "EXCLUDE")
_LOCKING = ("SET TABLESPACE", "SET LOGGED", "SET UNLOGGED", "VALIDATE CONSTRAINT", "ATTACH PARTITION", "ADD INDEX", "ADD KEY",
            "ADD FULLTEXT", "ADD SPATIAL", "DROP INDEX", "DROP KEY", "ENGINE", "CONVERT TO", "FORCE")  # fmt: skip
_BREAKING = ("OWNER TO", "SET SCHEMA", "DETACH PARTITION", "ENABLE", "DISABLE", "FORCE ROW", "NO INHERIT", "INHERIT",
             "DROP CONSTRAINT", "DROP PRIMARY", "DROP FOREIGN", "DROP CHECK", "DROP IDENTITY")  # fmt: skip
_HARMLESS = ("CLUSTER ON", "SET WITHOUT CLUSTER", "REPLICA IDENTITY", "SET (", "RESET (", "COMMENT", "AUTO_INCREMENT")


def alter_table(words: Words, known: Known) -> list[Step]:
    """The steps of one statement; the words behind ALTER TABLE come next."""
    words.take("IF", "EXISTS")
    words.take("ONLY")
    table = words.name()
    words.take("*")
    if not table or table == HOLE:
        return [unknown("which table is altered stands in a placeholder")] if table else [unknown("ALTER TABLE")]
    if known.new(table):
        return [Step(Change.EXPAND, f"changes {table}, which is new")]
    found: list[Step] = []
    adding = False
    for action in words.parts():
        if action.see("WITH", "CHECK") or action.see("WITH", "NOCHECK"):
            action.at += 2
        begins = action.upper[action.at] if action.at < len(action.upper) else ""
        adding = begins == "ADD" or (adding and begins not in {"DROP", "ALTER", "MODIFY", "CHANGE", "RENAME", "SET"})
        if adding:
            action.take("ADD")
            found += _add(action, table, known)
        else:
            found.append(_action(action, table, known))
    return found or [unknown(f"ALTER TABLE {table} without an action")]


def _add(action: Words, table: str, known: Known) -> list[Step]:
    said = f"ADD {action.told()}"
    if action.any_of("INDEX", "KEY", "FULLTEXT", "SPATIAL"):
        return [Step(Change.LOCKING, f"builds an index of {table} and locks it meanwhile")]
    if action.see("PARTITION"):
        return [Step(Change.LOCKING, f"adds a partition to {table}")]
    if any(action.see(c) for c in _CONSTRAINTS):
        return [
            Step(Change.CONTRACT, f"adds a constraint to {table}: what the old version writes may be refused ({said})")
        ]
    action.take("COLUMN")
    maybe_there = action.take("IF", "NOT", "EXISTS")
    if maybe_there:
        known = Known()
    if action.take("("):
        inner = Words(action.words[action.at : -1] if action.words[-1] == ")" else action.words[action.at :])
        return [_column(part, table, known) for part in inner.parts()]
    return [_column(action, table, known)]


def _column(action: Words, table: str, known: Known) -> Step:
    column = action.name()
    kind = action.rest()
    if not column or not kind:
        return unknown(f"ADD to {table}: {action.told()}")
    known.added(table, column)
    needed = action.follows("NOT", "NULL") or action.follows("PRIMARY", "KEY")
    # A type that counts fills itself, but for the rows that are there: the table is written anew.
    fills = "SERIAL" in kind[0] or action.has("GENERATED", "AUTO_INCREMENT", "IDENTITY")
    if needed and not action.has("DEFAULT") and not fills:
        return Step(
            Change.CONTRACT, f"adds {table}.{column} NOT NULL without a default: the old version's inserts fail"
        )
    if fills:
        return Step(Change.LOCKING, f"adds {table}.{column}, which is computed: the table is written anew")
    if action.has("DEFAULT") and not _plain_default(kind):
        return Step(Change.LOCKING, f"adds {table}.{column} with a computed default: the table is written anew")
    if action.has("UNIQUE", "REFERENCES", "CHECK"):
        return Step(Change.LOCKING, f"adds {table}.{column} with a constraint: the table is locked while it is checked")
    return Step(Change.EXPAND, f"adds {table}.{column}")


def _plain_default(kind: list[str]) -> bool:
    """A constant, or a function that gives one value for the whole statement."""
    said = kind[kind.index("DEFAULT") + 1 :]
    while said and said[0] == "(":
        said = said[1:]
    calls = [a for a, b in pairwise(said) if b == "(" and re.match(r"[A-Z_]", a)]
    return bool(said) and all(c in _STABLE for c in calls)


def _action(action: Words, table: str, known: Known) -> Step:
    said = " ".join(action.rest())
    if action.take("RENAME"):
        return Step(Change.CONTRACT, f"renames {table} or a part of it: the old version looks for the old name")
    if said.startswith(_HARMLESS):
        return Step(Change.EXPAND, f"changes a setting of {table}")
    if said.startswith(_BREAKING):
        return Step(
            Change.CONTRACT, f"changes what holds for {table}: {action.told()}", verify=not said.startswith("DROP")
        )
    if said.startswith(_LOCKING):
        return Step(Change.LOCKING, f"locks {table}: {action.told()}")
    if action.take("DROP"):
        action.take("COLUMN")
        action.take("IF", "EXISTS")
        column = action.name()
        if known.new(table, column):
            return Step(Change.EXPAND, f"drops {table}.{column}, which is new")
        return Step(Change.CONTRACT, f"drops {table}.{column or '?'}", drops=True)
    if action.any_of("MODIFY", "CHANGE"):
        return unknown(f"{table}: {action.told()} (whether the new type holds every value)")
    if action.take("ALTER"):
        return _alter_column(action, table, known)
    return unknown(f"ALTER TABLE {table} {action.told()}")


def _alter_column(action: Words, table: str, known: Known) -> Step:
    action.take("COLUMN")
    column = action.name()
    name = f"{table}.{bare(column)}"
    if known.new(table, column):
        return Step(Change.EXPAND, f"changes {name}, which is new")
    if action.take("DROP", "NOT", "NULL"):
        return Step(Change.EXPAND, f"lets {name} be empty")
    if action.take("SET", "NOT", "NULL"):
        return Step(Change.CONTRACT, f"forbids {name} to be empty: what the old version writes may be refused")
    if action.take("SET", "DEFAULT") or action.take("SET", "STATISTICS") or action.take("SET", "STORAGE"):
        return Step(Change.EXPAND, f"sets a default or a setting of {name}")
    if action.take("DROP"):
        return Step(Change.CONTRACT, f"drops what fills {name}: inserts of the old version that rely on it fail")
    if action.take("TYPE") or action.take("SET", "DATA", "TYPE"):
        return changed_type(name, action)
    return unknown(f"ALTER TABLE {table} ALTER {action.told()}")


def changed_type(name: str, kind: Words) -> Step:
    """Text without a limit holds every value; of any other type nobody knows without the old one."""
    rest = kind.rest()
    bare_rest = [w for w in rest if w not in "()"]
    itself = ["USING", bare(name).rpartition(".")[2].upper(), ":", ":", *rest[:1]]
    if rest[:1] and rest[0] in _UNBOUNDED and bare_rest[1:] in ([], itself):
        return Step(Change.LOCKING, f"makes {name} text: the table may be written anew")
    return unknown(f"{name} becomes {' '.join(rest)[:60]} (whether the new type holds every value)")
