"""SQL is classed by what it does to those who still run the old version, and what is not understood is the worst."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.evidence.migrations.reading import Change, settled
from adapters.evidence.migrations.sql import read_sql
from adapters.evidence.migrations.text import MOST

VECTORS: tuple[tuple[str, str], ...] = (
    ("", "none"),
    ("-- nothing; DROP TABLE t", "none"),
    ("/* nothing; DROP TABLE t */ SELECT 1", "none"),
    ("SELECT pg_catalog.set_config('search_path', '', false); SELECT count(*) FROM t WHERE a IN (1, 2)", "none"),
    ("SET lock_timeout = '2s'; BEGIN; COMMIT", "none"),
    ("SELECT a, b FROM t WHERE c = 'DROP TABLE t;'", "none"),
    ("CREATE TABLE t (id int, s text DEFAULT ';')", "expand"),
    ("ALTER TABLE t ADD COLUMN c int", "expand"),
    ("alter table only public.t add column if not exists c text", "expand"),
    ("ALTER TABLE t ADD c int NOT NULL DEFAULT 0", "expand"),
    ("ALTER TABLE t ADD COLUMN at timestamptz NOT NULL DEFAULT now()", "expand"),
    ("ALTER TABLE [dbo].[t] ADD c int NULL, d int NULL", "expand"),
    ("ALTER TABLE t ADD (a NUMBER, b NUMBER)", "expand"),
    ("ALTER TABLE t ALTER COLUMN c DROP NOT NULL", "expand"),
    ("CREATE INDEX CONCURRENTLY i ON t (c)", "expand"),
    ("CREATE UNIQUE INDEX i ON t (c)", "contract"),
    ("CREATE TABLE t (c int); CREATE UNIQUE INDEX i ON t (c); ALTER TABLE t ADD CHECK (c > 0)", "expand"),
    ("GRANT SELECT ON t TO app; ALTER INDEX i RENAME TO j", "expand"),
    ("CREATE TEMP TABLE t (a int); DELETE FROM t", "expand"),
    ("ALTER TABLE t SET (fillfactor = 70), CLUSTER ON i", "expand"),
    ("ALTER TABLE t ADD COLUMN c int; ALTER TABLE t DROP COLUMN c", "expand"),
    ("ALTER TABLE t ADD COLUMN c int DEFAULT (0)", "expand"),
    ("INSERT INTO t (a) VALUES ('it''s; fine')", "expand"),
    ("ALTER TYPE mood ADD VALUE 'calm'", "expand"),
    ("CREATE FUNCTION f() RETURNS int AS $body$ BEGIN DELETE FROM t; RETURN 1; END $body$ LANGUAGE plpgsql", "expand"),
    ("CREATE INDEX i ON t (c)", "locking"),
    ("ALTER TABLE t ADD COLUMN c uuid DEFAULT gen_random_uuid()", "locking"),
    ("ALTER TABLE t ADD COLUMN c bigserial", "locking"),
    ("UPDATE t SET c = 0 WHERE c IS NULL", "locking"),
    ("ALTER TABLE t ADD COLUMN c int; UPDATE t SET c = 1", "locking"),
    ("UPDATE t SET c = lower(d) WHERE c IS NULL AND e = 'x'", "locking"),
    ("INSERT INTO t SELECT * FROM u", "locking"),
    ("ALTER TABLE t ALTER COLUMN c TYPE text", "locking"),
    ("ALTER TABLE t ALTER COLUMN c TYPE text USING (c::text)", "locking"),
    ("VACUUM FULL t", "locking"),
    ("COPY t FROM '/x'", "locking"),
    ("ALTER TABLE t ADD INDEX i (c)", "locking"),
    ("ALTER TABLE t ADD PARTITION p VALUES LESS THAN (10)", "locking"),
    ("ALTER TABLE t ADD COLUMN c int REFERENCES u (id)", "locking"),
    ("ALTER TABLE t VALIDATE CONSTRAINT k, ENGINE = InnoDB", "locking"),
    ("ALTER TABLE t ADD COLUMN c int NOT NULL", "contract"),
    ("ALTER TABLE t ADD COLUMN a int, ADD COLUMN b int NOT NULL", "contract"),
    ("ALTER TABLE t ALTER COLUMN c SET NOT NULL", "contract"),
    ("ALTER TABLE t ALTER COLUMN c DROP DEFAULT", "contract"),
    ("ALTER TABLE t ADD CONSTRAINT k UNIQUE (c)", "contract"),
    ("ALTER TABLE t ADD CONSTRAINT k CHECK (c > 0) NOT VALID", "contract"),
    ("ALTER TABLE t RENAME COLUMN a TO b", "contract"),
    ("ALTER TABLE t DROP CONSTRAINT k", "contract"),
    ("REVOKE SELECT ON t FROM app", "contract"),
    ("DROP VIEW v", "contract"),
    ("RENAME TABLE t TO u", "contract"),
    ("ALTER VIEW v RENAME TO w", "contract"),
    ("ALTER TABLE t WITH CHECK ADD CONSTRAINT k CHECK (a > 0)", "contract"),
    ("CREATE OR REPLACE VIEW v AS SELECT 1", "contract"),
    ("CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f()", "contract"),
    ("ALTER TABLE t DROP COLUMN c", "irreversible"),
    ("ALTER TABLE t DROP c", "irreversible"),
    ("DROP TABLE IF EXISTS t CASCADE", "irreversible"),
    ("CREATE TABLE IF NOT EXISTS t (a int); DROP TABLE t", "irreversible"),
    ("TRUNCATE t", "irreversible"),
    ("DELETE FROM t WHERE a = 1", "irreversible"),
    ("UPDATE t SET c = 0", "irreversible"),
    ("UPDATE t SET c = 0 WHERE c IS NULL OR a = 1", "irreversible"),
    ("UPDATE t SET c = 0, d = 1 WHERE c IS NULL", "irreversible"),
    ("INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2", "irreversible"),
    ("ALTER TABLE t ALTER COLUMN c TYPE int USING c::int", "irreversible"),
    ("ALTER TABLE t ALTER COLUMN c TYPE text USING lose(c)", "irreversible"),
    ("ALTER TABLE t MODIFY c varchar(10)", "irreversible"),
    ("WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x", "irreversible"),
    ("/*!40000 DROP TABLE t */", "irreversible"),
    ("DO $$ BEGIN EXECUTE 'DROP TABLE t'; END $$", "irreversible"),
    ("SELECT wipe()", "irreversible"),
    ("EXEC sp_wipe", "irreversible"),
    ("PREPARE s FROM @x", "irreversible"),
    ("DROP SCHEMA s", "irreversible"),
    ("COPY t TO PROGRAM 'rm'", "irreversible"),
    ("CREATE SOMETHING x", "irreversible"),
    ("ALTER SYSTEM SET fsync = off", "irreversible"),
    ("ALTER TABLE ${t} DROP COLUMN c", "irreversible"),
    ("ALTER TABLE", "irreversible"),
    ("ALTER TABLE t ADD c", "irreversible"),
    ("ALTER TABLE t REORGANIZE", "irreversible"),
    ("ALTER TABLE t ALTER COLUMN c ADD something", "irreversible"),
    ("UPDATE t", "irreversible"),
    ("UPDATE t SET (a, b) = (1, 2) WHERE a IS NULL", "irreversible"),
    ("UPDATE t SET c = 1 WHERE d IS NULL", "irreversible"),
    ("SELECT 1 */", "irreversible"),
    ("/*! SELECT 1", "irreversible"),
    ("SELECT 1 -- " + "x" * MOST, "irreversible"),
    ("MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE", "irreversible"),
    ("${statement}", "irreversible"),
    # SQL Server needs no semicolon between two statements.
    ("SET NOCOUNT ON DROP TABLE t", "irreversible"),
    ("BEGIN DROP TABLE t END", "irreversible"),
    ("ALTER TABLE t ADD c int\nDROP TABLE u", "irreversible"),
    ("PRINT 'x'\nGO\nTRUNCATE TABLE t\nGO", "irreversible"),
    # Databases disagree on where these end: one of the readings hides a statement.
    (r"SELECT 'a\'; DROP TABLE t; --'", "irreversible"),
    ("/* a /* b */ DROP TABLE t; -- */", "irreversible"),
    ("SELECT 'never ends", "irreversible"),
    ("DO $x$ never ends", "irreversible"),
)


@pytest.mark.parametrize(("sql", "change"), VECTORS, ids=[sql[:60] for sql, _ in VECTORS])
def test_a_statement_is_of_its_class(sql: str, change: str) -> None:
    reading = settled(read_sql(sql), way_back=False)
    assert reading.change.value == change, reading.steps


def test_what_is_assumed_says_so_and_what_is_read_does_not() -> None:
    assert settled(read_sql("EXEC f"), way_back=True).verify == ("UNKNOWN — verify: EXEC f",)
    assert settled(read_sql("TRUNCATE t"), way_back=True).verify == ()


def test_a_drop_with_a_way_back_is_a_contract_step_and_lost_rows_are_not() -> None:
    assert settled(read_sql("ALTER TABLE t DROP COLUMN c"), way_back=True).change is Change.CONTRACT
    assert settled(read_sql("DELETE FROM t"), way_back=True).change is Change.IRREVERSIBLE


def test_what_the_tools_write_down_is_no_change() -> None:
    for text in (
        "INSERT INTO alembic_version (version_num) VALUES ('1')",
        "UPDATE public.alembic_version SET version_num='2'",
        "DELETE FROM databasechangeloglock",
    ):
        assert settled(read_sql(text), way_back=False).change is Change.NONE


_ANY = st.lists(st.sampled_from([sql for sql, _ in VECTORS if "never" not in sql and "\\'" not in sql]), max_size=4)


@given(_ANY, st.sampled_from(["DROP TABLE wanted", "TRUNCATE wanted", "DELETE FROM wanted", "EXEC lose"]))
def test_nothing_around_it_hides_a_loss(around: list[str], loss: str) -> None:
    """A comment, a string or another statement before or after it never makes it pass."""
    text = ";\n".join([*around, loss, *around])
    assert settled(read_sql(text), way_back=False).change is Change.IRREVERSIBLE


@given(st.text(alphabet="ab'\"`;-/*$ \n\\()[]{}!#,.=", max_size=60))
def test_no_text_breaks_the_reader_or_hides_a_drop_after_it(text: str) -> None:
    """Whatever stands on the line before: the drop counts, and an open quote or comment that swallows it is refused."""
    assert settled(read_sql(f"{text}\n;\nDROP TABLE wanted"), way_back=False).change is Change.IRREVERSIBLE


@pytest.mark.parametrize("part", ["{{", "${", "$a", "(", "/", "--\n", "E'", "'' ", "x.", "\n", "# \n", "go\n"])
def test_a_long_text_is_read_in_time_or_refused(part: str) -> None:
    """What somebody puts into a repository cannot keep the bot busy: the work grows as the text does."""
    reading = settled(read_sql(part * (60_000 // len(part)) + ";\nDROP TABLE wanted"), way_back=False)
    assert reading.change is Change.IRREVERSIBLE
