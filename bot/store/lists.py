"""Many values as one parameter: the text of a statement is the same for one of them and for a thousand.

A parameter for each value would have SQLAlchemy write the statement anew, and the database plan it anew, for each count.
On PostgreSQL the parameter is an array; on SQLite it is the text of a JSON array, which json_each reads.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class _Listed(TypeDecorator[Sequence[Any]]):
    """Values of one type, which JSON has too: whole numbers or text."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, each: type[TypeEngine[Any]]) -> None:
        super().__init__()
        self.each = each

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """An array, where the database has them."""
        kind: TypeEngine[Any] = postgresql.ARRAY(self.each()) if dialect.name == "postgresql" else sa.Text()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:  # noqa: ANN401 - the driver's
        """As the driver takes it."""
        values = list(value or ())
        return values if dialect.name == "postgresql" else json.dumps(values)


class _Among(FunctionElement[bool]):
    """True where the column has one of the values. Of no type: a truth value is compared with 1 on SQLite, past the index."""

    type: TypeEngine[Any] = sa.types.NullType()
    inherit_cache = True


@compiles(_Among)
def _in_json(element: _Among, compiler: SQLCompiler, **given: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    column, values = element.clauses
    listed = f"(SELECT value FROM json_each({compiler.process(values, **given)}))"  # noqa: S608 - a bound parameter
    return f"{compiler.process(column, **given)} IN {listed}"


@compiles(_Among, "postgresql")
def _in_array(element: _Among, compiler: SQLCompiler, **given: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    column, values = element.clauses
    return f"{compiler.process(column, **given)} = ANY ({compiler.process(values, **given)})"


def among(column: sa.ColumnElement[Any], name: str) -> sa.ColumnElement[bool]:
    """The column has one of the values that are given under that name, as a list."""
    each = sa.BigInteger if isinstance(column.type, sa.Integer) else sa.Text
    return _Among(column, sa.bindparam(name, type_=_Listed(each)))


def given_rows(columns: Mapping[str, TypeEngine[Any]]) -> sa.TableValuedAlias:
    """PostgreSQL: rows that are given as a parameter for each column (`as_columns`), as a table called `given`."""
    arrays = [sa.bindparam(f"all_{name}", type_=postgresql.ARRAY(kind)) for name, kind in columns.items()]
    named = [sa.column(name, kind) for name, kind in columns.items()]
    return sa.func.unnest(*arrays).table_valued(*named, name="given").render_derived()


def as_columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Those rows as the parameters of `given_rows`; all of them have the same names."""
    return {f"all_{name}": [row[name] for row in rows] for name in rows[0]}
