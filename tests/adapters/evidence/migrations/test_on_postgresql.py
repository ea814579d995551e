"""What is classed as expand leaves the old version working, on a real PostgreSQL; what is classed as contract breaks it."""

import asyncio
from collections.abc import Iterator

import asyncpg
import pytest
import sqlalchemy as sa

from adapters.evidence.migrations.reading import Change, settled
from adapters.evidence.migrations.sql import read_sql
from tests.postgres import drop_database, fresh_database_url

pytestmark = pytest.mark.postgres

OLD_SCHEMA = (
    "CREATE TABLE customer (id int PRIMARY KEY, name varchar(40) NOT NULL, note text, kind text NOT NULL DEFAULT 'a', n int);"
    "CREATE TABLE audit (id serial PRIMARY KEY, what text);"
    "CREATE VIEW names AS SELECT id, name FROM customer;"
    "INSERT INTO customer (id, name, note, n) VALUES (1, 'Ana', 'x', 1), (2, 'Ana', NULL, 2)"
)
OLD_VERSION = (
    "INSERT INTO customer (id, name, note) VALUES (3, 'Ana', 'y')",
    "INSERT INTO customer (id, name, note) VALUES (5, 'Ana', 'y')",
    "INSERT INTO customer (id, name, note, n) VALUES (4, 'Ben', NULL, -1)",
    "UPDATE customer SET note = 'z', kind = 'b', n = 2147483647 WHERE id = 1",
    "INSERT INTO customer (id, name) VALUES (1, 'Eve') ON CONFLICT (id) DO UPDATE SET note = 'again'",
    "SELECT id, name, note, kind, n FROM customer",
    "SELECT id, name FROM names",
    "DELETE FROM customer WHERE id = 2",
    "INSERT INTO audit (what) VALUES ('seen')",
)
"""What the version that still runs does all day."""

KEEPS = (
    "ALTER TABLE customer ADD COLUMN email text",
    "ALTER TABLE customer ADD COLUMN score int NOT NULL DEFAULT 0, ADD COLUMN at timestamptz NOT NULL DEFAULT now()",
    "ALTER TABLE customer ALTER COLUMN note SET DEFAULT 'none'",
    "ALTER TABLE customer ALTER COLUMN name DROP NOT NULL",
    "CREATE TABLE visit (id int PRIMARY KEY, customer int REFERENCES customer ON DELETE CASCADE)",
    "CREATE INDEX CONCURRENTLY by_name ON customer (name)",
    "CREATE INDEX by_note ON customer (note)",
    "ALTER TABLE customer ADD COLUMN token uuid DEFAULT gen_random_uuid()",
    "ALTER TABLE customer ADD COLUMN number bigserial",
    "ALTER TABLE customer ALTER COLUMN note TYPE text",
    "INSERT INTO audit (what) SELECT name FROM customer",
    "UPDATE customer SET note = '' WHERE note IS NULL",
    "ALTER TABLE customer ADD COLUMN size int; UPDATE customer SET size = length(name)",
    "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$; COMMENT ON TABLE audit IS 'kept'",
)
BREAKS = (
    "ALTER TABLE customer ALTER COLUMN n SET NOT NULL",
    "ALTER TABLE customer ADD CONSTRAINT positive CHECK (n > 0) NOT VALID",
    "ALTER TABLE customer ADD CONSTRAINT one_name UNIQUE (note)",
    "CREATE UNIQUE INDEX one_note ON customer (kind, name) WHERE id > 2",
    "ALTER TABLE customer RENAME COLUMN note TO remark",
    "ALTER TABLE customer RENAME TO client",
    "ALTER TABLE customer ALTER COLUMN kind DROP DEFAULT",
    "DROP VIEW names",
    "ALTER TABLE customer DROP CONSTRAINT customer_pkey",
    "ALTER TABLE audit ADD COLUMN must text NOT NULL",
    "ALTER TABLE customer DROP COLUMN note",
    "DROP TABLE audit",
    "ALTER TABLE customer ALTER COLUMN n TYPE smallint",
    (
        "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;"
        "CREATE TRIGGER no BEFORE INSERT ON audit EXECUTE FUNCTION no()"
    ),
)


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    url = asyncio.run(fresh_database_url(migrated=False))
    yield url
    asyncio.run(drop_database(url))


async def old_version_after(database: str, migration: str) -> list[str]:
    """The errors that the old version meets after the migration, each day begun anew."""
    parsed = sa.make_url(database)
    connection = await asyncpg.connect(host=str(parsed.query["host"]), user="postgres", database=parsed.database)
    errors = []
    try:
        await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        await connection.execute(OLD_SCHEMA)
        await connection.execute(migration)
        for statement in OLD_VERSION:
            try:
                await connection.execute(statement)
            except asyncpg.PostgresError as error:
                errors.append(f"{statement}: {error}")
    finally:
        await connection.close()
    return errors


@pytest.mark.parametrize("migration", KEEPS, ids=[m[:60] for m in KEEPS])
async def test_what_is_classed_as_expand_or_locking_leaves_the_old_version_working(
    database: str, migration: str
) -> None:
    assert settled(read_sql(migration), way_back=False).change in {Change.EXPAND, Change.LOCKING}
    assert await old_version_after(database, migration) == []


@pytest.mark.parametrize("migration", BREAKS, ids=[m[:60] for m in BREAKS])
async def test_what_is_classed_as_contract_or_irreversible_can_break_it(database: str, migration: str) -> None:
    assert settled(read_sql(migration), way_back=False).change in {Change.CONTRACT, Change.IRREVERSIBLE}
    assert await old_version_after(database, migration) != []


async def test_the_old_version_works_on_its_own_schema(database: str) -> None:
    assert await old_version_after(database, "SELECT 1") == []
