"""Column types that hold the same value on both databases."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

Stored = Any
"""As the driver has it: datetime or str."""

_SHAPE = "%Y-%m-%dT%H:%M:%S.%fZ"


class Instant(TypeDecorator[datetime]):
    """An instant in UTC, to the microsecond. PostgreSQL: timestamptz. SQLite: text of fixed width, so that it sorts by time."""

    impl = sa.String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type of that database."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.DateTime(timezone=True))
        return dialect.type_descriptor(sa.String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Stored:
        """Refuses a naive time with ValueError: nobody could say which instant it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"{value!r} has no time zone"
            raise ValueError(msg)
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.strftime(_SHAPE)

    def process_result_value(self, value: Stored, dialect: Dialect) -> datetime | None:
        """Aware, UTC."""
        if value is None:
            return None
        instant: datetime = value if dialect.name == "postgresql" else datetime.fromisoformat(value)
        return instant.astimezone(UTC)
