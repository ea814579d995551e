"""Instants in columns."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from bot.store.columns import Instant

SQLITE = sa.make_url("sqlite://").get_dialect()()
POSTGRES = sa.make_url("postgresql+asyncpg://").get_dialect()()
TOKYO = datetime(2026, 11, 24, 21, 0, 0, 5, tzinfo=timezone(timedelta(hours=9)))


def test_sqlite_keeps_text_that_sorts_by_time() -> None:
    instant, dialect = Instant(), SQLITE
    text = instant.process_bind_param(TOKYO, dialect)
    assert text == "2026-11-24T12:00:00.000005Z"
    assert instant.process_result_value(text, dialect) == TOKYO
    assert text > instant.process_bind_param(TOKYO - timedelta(microseconds=1), dialect)


def test_postgres_keeps_timestamps_with_a_zone() -> None:
    instant, dialect = Instant(), POSTGRES
    assert instant.process_bind_param(TOKYO, dialect) == TOKYO
    read = instant.process_result_value(TOKYO, dialect)
    assert read is not None
    assert (read, read.tzinfo) == (TOKYO, UTC)
    kept = instant.load_dialect_impl(dialect)
    assert isinstance(kept, sa.DateTime)
    assert kept.timezone


def test_nothing_is_nothing_and_a_naive_time_is_refused() -> None:
    assert Instant().process_bind_param(None, SQLITE) is None
    assert Instant().process_result_value(None, SQLITE) is None
    with pytest.raises(ValueError, match="no time zone"):
        Instant().process_bind_param(datetime(2026, 1, 1), SQLITE)  # noqa: DTZ001 - the mistake that is refused
