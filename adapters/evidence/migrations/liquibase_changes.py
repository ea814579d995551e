"""The change types of Liquibase: what each does to those who still run the old version."""

from collections.abc import Mapping
from typing import Any

from adapters.evidence.migrations.reading import Change, Known, Step, unknown
from adapters.evidence.migrations.sql import read_sql
from adapters.evidence.migrations.table import changed_type
from adapters.evidence.migrations.words import Words

Fields = Mapping[str, Any]

_NOTHING = frozenset({"tagDatabase", "output", "empty", "stop", "setTableRemarks", "setColumnRemarks"})
_EXPAND = frozenset({"createSequence", "addDefaultValue", "dropNotNullConstraint"})
_BREAKING = frozenset({"renameTable", "renameColumn", "renameView", "renameSequence", "dropView", "dropSequence", "dropProcedure",
                       "dropUniqueConstraint", "dropPrimaryKey", "dropForeignKeyConstraint", "dropAllForeignKeyConstraints",
                       "dropDefaultValue", "dropFunction", "dropTrigger", "addLookupTable", "dropCheckConstraint"})  # fmt: skip
_ON_TABLE = frozenset({"addNotNullConstraint", "addUniqueConstraint", "addPrimaryKey", "addForeignKeyConstraint",
                       "addCheckConstraint", "addAutoIncrement"})  # fmt: skip
_REPLACED = frozenset(
    {"createView", "createProcedure", "createFunction", "createTrigger", "createPackage", "alterSequence"}
)


def change(name: str, given: Fields, known: Known) -> list[Step]:
    """The steps of one change. A type that is not known is the worst."""
    table = _table(given)
    if name in _NOTHING:
        return []
    if name in _EXPAND:
        return [Step(Change.EXPAND, f"{name} {table}".strip())]
    if name == "createTable":
        if not _true(given.get("ifNotExists")):
            known.made(table)
        return [Step(Change.EXPAND, f"makes the table {table}")]
    if known.new(table) and name in _ON_TABLE | {"dropTable", "createIndex", "addColumn", "update", "delete", "insert"}:
        return [Step(Change.EXPAND, f"changes {table}, which is new")]
    if name in _BREAKING or name in _ON_TABLE:
        return [Step(Change.CONTRACT, f"{name} {table}: what the old version reads or writes may be refused".strip())]
    if name in _REPLACED:
        return [Step(Change.CONTRACT, f"UNKNOWN — verify: whether the old version can use it: {name}", verify=True)]
    return (
        _structure(name, given, table, known)
        or _rows(name, given, table, known)
        or [unknown(f"{name} {table}".strip())]
    )


def _structure(name: str, given: Fields, table: str, known: Known) -> list[Step]:
    if name == "addColumn":
        return [_column(c, table, known) for c in _columns(given)] or [
            unknown(f"addColumn to {table} without a column")
        ]
    if name == "createIndex" and _true(given.get("unique")):
        return [Step(Change.CONTRACT, f"makes values of {table} unique: what the old version writes may be refused")]
    if name == "createIndex":
        return [Step(Change.LOCKING, f"builds an index of {table} and locks it meanwhile")]
    if name == "dropIndex":
        return [Step(Change.LOCKING, "drops an index: queries of the old version may get slow")]
    if name == "dropTable":
        return [Step(Change.CONTRACT, f"drops the table {table}", drops=True)]
    if name == "dropColumn":
        names = [str(given["columnName"])] if given.get("columnName") else [str(c.get("name")) for c in _columns(given)]
        return [Step(Change.CONTRACT, f"drops {table}.{n}", drops=True) for n in names] or [
            unknown(f"dropColumn of {table}")
        ]
    if name == "modifyDataType":
        kind = str(given.get("newDataType") or "?")
        return [changed_type(f"{table}.{given.get('columnName')}", Words([kind]))]
    return []


def _rows(name: str, given: Fields, table: str, known: Known) -> list[Step]:
    if name == "insert":
        return [Step(Change.EXPAND, f"adds rows into {table}")]
    if name == "loadData":
        return [Step(Change.LOCKING, f"loads rows into {table}")]
    if name in {"update", "delete", "loadUpdateData", "mergeColumns"}:
        return [Step(Change.IRREVERSIBLE, f"overwrites or deletes rows of {table} ({name})")]
    if name == "sql":
        return read_sql(str(given.get("sql") or ""), known) if not given.get("endDelimiter") else []
    if name == "sqlFile":
        return [unknown(f"runs {given.get('path')}, which is read nowhere")]
    return []


def _column(given: Fields, table: str, known: Known) -> Step:
    name = f"{table}.{given.get('name')}"
    known.added(table, str(given.get("name") or "?"))
    limits = given.get("constraints")
    limits = limits if isinstance(limits, dict) else {}
    constant = next((k for k in given if k.startswith("defaultValue") and k != "defaultValueComputed"), None)
    computed = given.get("defaultValueComputed") or _true(given.get("autoIncrement"))
    if _false(limits.get("nullable")) and constant is None and not computed and "valueComputed" not in given:
        return Step(Change.CONTRACT, f"adds {name} NOT NULL without a default: the old version's inserts fail")
    fills = computed or any(k.startswith("value") for k in given)
    if (
        fills
        or any(_true(limits.get(k)) for k in ("unique", "primaryKey"))
        or limits.get("foreignKeyName")
        or limits.get("references")
    ):
        return Step(Change.LOCKING, f"adds {name} and fills or checks it: the table is locked meanwhile")
    return Step(Change.EXPAND, f"adds {name}")


def _columns(given: Fields) -> list[Fields]:
    listed = given.get("columns") or ()
    found = [c.get("column", c) for c in listed if isinstance(c, dict)]
    return [c for c in found if isinstance(c, dict)]


def _table(given: Fields) -> str:
    name = (
        given.get("tableName") or given.get("baseTableName") or given.get("viewName") or given.get("oldTableName") or ""
    )
    schema = given.get("schemaName")
    return f"{schema}.{name}" if schema and name else str(name)


def _true(given: object) -> bool:
    return str(given).casefold() == "true"


def _false(given: object) -> bool:
    return str(given).casefold() == "false"
