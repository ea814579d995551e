"""The operations of Alembic: what each does to those who still run the old version."""

import ast
from collections.abc import Mapping

from adapters.evidence.migrations.reading import Change, Known, Step, unknown
from adapters.evidence.migrations.sql import read_sql

_NOTHING = frozenset({"create_table_comment", "drop_table_comment"})
_CONSTRAINTS = frozenset({"create_foreign_key", "create_unique_constraint", "create_check_constraint", "create_primary_key",
                          "create_exclude_constraint"})  # fmt: skip
_ASKING = frozenset({"select", "where", "order_by", "limit", "join", "select_from", "is_", "in_", "label", "distinct"})
_WIDER = ("SmallInteger", "Integer", "BigInteger")
_MISSING = ast.Constant(value=...)


def operation(name: str, call: ast.Call, batch: str | None, known: Known, texts: Mapping[str, str]) -> list[Step]:
    """The steps of `op.name(…)`. `batch`: the table of a batch, whose operations do not name it."""
    if any(isinstance(a, ast.Starred) for a in call.args) or any(k.arg is None for k in call.keywords):
        return [unknown(f"op.{name}() with arguments that are made while it runs")]
    if name == "execute":
        return sql_of(call, known, texts)
    if name in _NOTHING:
        return [Step(Change.EXPAND, "writes a comment")]
    if name == "rename_table":
        return [Step(Change.CONTRACT, "renames a table: the old version looks for the old name")]
    if name == "bulk_insert":
        return [Step(Change.EXPAND, "adds rows")]
    if name in {"create_index", "drop_index"}:
        return [_index(name, call, batch, known)]
    if name in {"create_table", "drop_table"}:
        return [_whole_table(name, _text(_at(call, 0, "table_name")), call, known)]
    if name in _CONSTRAINTS or name == "drop_constraint":
        place = "source_table" if name == "create_foreign_key" else "table_name"
        return [_constraint(name, batch or _text(_at(call, 1, place)), known)]
    return _of_column(name, call, batch, known)


def _whole_table(name: str, table: str, call: ast.Call, known: Known) -> Step:
    if name == "drop_table":
        return _new(table) if known.new(table) else Step(Change.CONTRACT, f"drops the table {table}", drops=True)
    if _constant(_named(call, "if_not_exists"), value=False):
        known.made(table)
    return Step(Change.EXPAND, f"makes the table {table}")


def _constraint(name: str, table: str, known: Known) -> Step:
    if known.new(table):
        return _new(table)
    if name == "drop_constraint":
        return Step(Change.CONTRACT, f"drops a constraint of {table}")
    return Step(Change.CONTRACT, f"adds a constraint to {table}: what the old version writes may be refused")


def _of_column(name: str, call: ast.Call, batch: str | None, known: Known) -> list[Step]:
    table, place = batch or _text(_at(call, 0, "table_name")), 0 if batch else 1
    if name == "add_column":
        return [_add(_at(call, place, "column"), table, known)]
    column = _text(_at(call, place, "column_name"))
    if name == "drop_column":
        new = known.new(table, column)
        return [_new(table) if new else Step(Change.CONTRACT, f"drops {table}.{column}", drops=True)]
    return _alter(call, table, column, known) if name == "alter_column" else [unknown(f"op.{name}()")]


def sql_of(call: ast.Call, known: Known, texts: Mapping[str, str]) -> list[Step]:
    """The SQL that is executed: as far as it stands there as text; else the worst."""
    given = _at(call, 0, "sqltext")
    if given is None or given is _MISSING:
        given = _at(call, 0, "statement")
    text = _literal(given, texts)
    if text is not None:
        return read_sql(text, known)
    said = ast.unparse(given)[:80] if given is not None else ""
    verbs = {
        n.func.attr
        for n in ast.walk(given or _MISSING)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)
    }
    if verbs & {"delete", "update"}:
        return [Step(Change.IRREVERSIBLE, f"overwrites or deletes rows: {said}")]
    if "insert" in verbs and not verbs & {"on_conflict_do_update", "on_duplicate_key_update", "from_select"}:
        return [Step(Change.EXPAND, f"adds rows: {said}")]
    if verbs and verbs <= _ASKING and "func" not in said:
        return [Step(Change.NONE, "asks only")]
    return [unknown(f"SQL that is made while it runs: {said}")]


def _literal(given: ast.expr | None, texts: Mapping[str, str]) -> str | None:
    """The text of a constant, of a module's constant, of text("…") or of a sum of those; None where it is made up."""
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        return given.value
    if isinstance(given, ast.Name):
        return texts.get(given.id)
    if isinstance(given, ast.BinOp) and isinstance(given.op, ast.Add):
        left, right = _literal(given.left, texts), _literal(given.right, texts)
        return left + right if left is not None and right is not None else None
    if isinstance(given, ast.Call) and given.args:
        name = given.func.attr if isinstance(given.func, ast.Attribute) else getattr(given.func, "id", "")
        return _literal(given.args[0], texts) if name in {"text", "DDL"} else None
    return None


def _index(name: str, call: ast.Call, batch: str | None, known: Known) -> Step:
    free = _is(_named(call, "postgresql_concurrently"), value=True)
    if name == "drop_index":
        return Step(Change.LOCKING, "drops an index: queries of the old version may get slow")
    table = batch or _text(_at(call, 1, "table_name"))
    if known.new(table):
        return _new(table)
    if not _constant(_named(call, "unique"), value=False):
        return Step(Change.CONTRACT, f"makes values of {table} unique: what the old version writes may be refused")
    change = Change.EXPAND if free else Change.LOCKING
    return Step(change, f"builds an index of {table}{' beside the traffic' if free else ' and locks it meanwhile'}")


def _add(column: ast.expr | None, table: str, known: Known) -> Step:
    if not isinstance(column, ast.Call) or not column.args:
        return unknown(f"adds a column to {table} that is made while it runs")
    name = _text(column.args[0])
    if known.new(table):
        return _new(table)
    known.added(table, name)
    default = _named(column, "server_default")
    filled = default is not _MISSING and not _is(default, value=None)
    computed = any(isinstance(a, ast.Call) and _called(a) in {"Computed", "Identity"} for a in column.args)
    may_be_empty = _constant(_named(column, "nullable"), value=True) and not _is(
        _named(column, "primary_key"), value=True
    )
    if computed:
        return Step(Change.LOCKING, f"adds {table}.{name}, which is computed: the table is written anew")
    if not may_be_empty and not filled:
        return Step(Change.CONTRACT, f"adds {table}.{name} NOT NULL without a default: the old version's inserts fail")
    if filled and not _plain(default):
        return Step(Change.LOCKING, f"adds {table}.{name} with a computed default: the table is written anew")
    if _is(_named(column, "unique"), value=True) or any(
        isinstance(a, ast.Call) and "ForeignKey" in _called(a) for a in column.args
    ):
        return Step(Change.LOCKING, f"adds {table}.{name} with a constraint: the table is locked while it is checked")
    return Step(Change.EXPAND, f"adds {table}.{name}")


def _plain(default: ast.expr) -> bool:
    if isinstance(default, ast.Constant):
        return True
    said = ast.unparse(default)
    if isinstance(default, ast.Call) and _called(default) in {"text", "true", "false", "null"}:
        inner = default.args[0] if default.args else ast.Constant(value="")
        text = inner.value if isinstance(inner, ast.Constant) else "("
        return "(" not in str(text).replace("now()", "").replace("NOW()", "")
    return said.endswith((".now()", ".current_timestamp()"))


def _alter(call: ast.Call, table: str, column: str, known: Known) -> list[Step]:
    if known.new(table, column):
        return [_new(table)]
    name, found = f"{table}.{column}", []
    if _named(call, "new_column_name") is not _MISSING and not _is(_named(call, "new_column_name"), value=None):
        found.append(Step(Change.CONTRACT, f"renames {name}: the old version looks for the old name"))
    empty = _named(call, "nullable")
    if _is(empty, value=True):
        found.append(Step(Change.EXPAND, f"lets {name} be empty"))
    elif empty is not _MISSING and not _is(empty, value=None):
        found.append(Step(Change.CONTRACT, f"forbids {name} to be empty: what the old version writes may be refused"))
    default = _named(call, "server_default")
    if _is(default, value=None):
        found.append(
            Step(Change.CONTRACT, f"drops the default of {name}: inserts of the old version that rely on it fail")
        )
    elif default is not _MISSING and not _is(default, value=False):
        found.append(Step(Change.EXPAND, f"sets the default of {name}"))
    kind = _named(call, "type_")
    if kind is not _MISSING and not _is(kind, value=None):
        found.append(_retyped(name, _named(call, "existing_type"), kind))
    if "comment" in {k.arg for k in call.keywords}:
        found.append(Step(Change.EXPAND, "writes a comment"))
    return found or [unknown(f"alter_column of {name}")]


def _retyped(name: str, old: ast.expr, new: ast.expr) -> Step:
    was, becomes = _type(old), _type(new)
    wider = (
        (was[0] in _WIDER and becomes[0] in _WIDER and _WIDER.index(becomes[0]) >= _WIDER.index(was[0]))
        or (
            was[0] in {"String", "VARCHAR"}
            and becomes[0] in {"String", "VARCHAR"}
            and (was[1] or 0) <= (becomes[1] or 0)
            and was[1] is not None
        )
        or (was[0] in {"String", "VARCHAR", "Text"} and becomes[0] == "Text")
    )
    if wider:
        return Step(Change.LOCKING, f"widens {name}: the table may be written anew")
    return unknown(f"{name} becomes {ast.unparse(new)[:40]} (whether the new type holds every value)")


def _type(given: ast.expr) -> tuple[str, int | None]:
    """The name of a type and its length, where both can be read."""
    if not isinstance(given, ast.Call):
        return (given.attr if isinstance(given, ast.Attribute) else ""), None
    length = next((v for v in (*given.args, *(k.value for k in given.keywords if k.arg == "length"))), None)
    size = length.value if isinstance(length, ast.Constant) and isinstance(length.value, int) else None
    return _called(given), size


def _new(table: str) -> Step:
    return Step(Change.EXPAND, f"changes {table}, which is new")


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _at(call: ast.Call, place: int, name: str) -> ast.expr | None:
    if place < len(call.args):
        return call.args[place]
    found = _named(call, name)
    return None if found is _MISSING else found


def _named(call: ast.Call, name: str) -> ast.expr:
    return next((k.value for k in call.keywords if k.arg == name), _MISSING)


def _is(given: ast.expr, *, value: object) -> bool:
    return given is not _MISSING and isinstance(given, ast.Constant) and given.value is value


def _constant(given: ast.expr, *, value: object) -> bool:
    """True where it is that constant, or is left to be it."""
    return given is _MISSING or _is(given, value=value)


def _text(given: ast.expr | None) -> str:
    if isinstance(given, ast.Call) and _called(given) == "f" and given.args:
        given = given.args[0]
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else "?"
