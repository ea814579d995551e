"""Flyway's scripts are known by their names: what runs, what only runs back, and what is refused."""

import pytest

from adapters.evidence.migrations.files import Changed, read_changes
from adapters.evidence.migrations.flyway import Script, read_flyway, script_of
from adapters.evidence.migrations.reading import Change

DROP = "ALTER TABLE t DROP COLUMN c;"


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("db/migration/V1__init.sql", Script("V", (1,))),
        ("V2.1__add.sql", Script("V", (2, 1))),
        ("V2_1__add.sql", Script("V", (2, 1))),
        ("V2.0__add.sql", Script("V", (2,))),
        ("V20261126.1200__x_y.sql", Script("V", (20261126, 1200))),
        ("U2__back.sql", Script("U", (2,))),
        ("B3__base.sql", Script("B", (3,))),
        ("R__views.sql", Script("R")),
        ("beforeMigrate.sql", Script("C")),
        ("afterEachMigrate__log.sql", Script("C")),
        ("V1_init.sql", None),
        ("v1__init.sql", None),
        ("V__x.sql", None),
        ("V1__init.txt", None),
        ("R1__x.sql", None),
    ],
)
def test_a_name_says_what_it_is(name: str, script: Script | None) -> None:
    assert script_of(name) == script


def test_a_drop_is_irreversible_until_an_undo_script_stands_beside_it() -> None:
    alone = read_changes([Changed("sql/V2__drop.sql", DROP)])
    assert (alone.change, alone.way_back) == (Change.IRREVERSIBLE, False)
    other = read_changes([Changed("sql/V2__drop.sql", DROP)], others=["sql/U3__drop.sql"])
    assert other.change is Change.IRREVERSIBLE
    undone = read_changes([Changed("sql/V2__drop.sql", DROP)], others=["sql/U2.0__drop.sql"])
    assert (undone.change, undone.way_back) == (Change.CONTRACT, True)


def test_undo_and_baseline_scripts_are_no_part_of_the_change() -> None:
    assert (
        read_changes([Changed("U2__drop.sql", "DROP TABLE t"), Changed("B3__all.sql", "DROP TABLE t")]).change
        is Change.NONE
    )


def test_a_repeatable_script_may_change_and_a_versioned_one_may_not() -> None:
    view = read_changes([Changed("R__view.sql", "CREATE VIEW v AS SELECT a FROM t", "CREATE VIEW v AS SELECT 1")])
    assert view.change is Change.EXPAND
    table = read_changes([Changed("V1__t.sql", "CREATE TABLE t (a int)", "CREATE TABLE t (b int)")])
    assert (table.change, table.verify) == (
        Change.IRREVERSIBLE,
        ("UNKNOWN — verify: V1__t.sql was changed after it may have run",),
    )


def test_two_scripts_of_one_version_and_one_that_is_gone_are_the_worst() -> None:
    twice = read_changes([Changed("a/V2__x.sql", "SELECT 1")], others=["b/V2.0__y.sql"])
    assert twice.change is Change.IRREVERSIBLE
    assert "same version" in twice.verify[0]
    gone = read_changes([Changed("V1__t.sql", None, "CREATE TABLE t (a int)")])
    assert "taken away" in gone.verify[0]


def test_a_migration_in_a_language_that_is_not_read_is_the_worst_and_other_files_are_nothing() -> None:
    ruby = read_changes([Changed("db/migrate/2026_add.rb", "class Add; end")])
    assert (ruby.change, len(ruby.verify)) == (Change.IRREVERSIBLE, 1)
    django = read_changes([Changed("app/migrations/0002_x.py", "class Migration(migrations.Migration): pass")])
    assert django.verify
    assert read_changes([Changed("app/models.py", "x = 1"), Changed("README.md", "DROP TABLE t")]).files == ()


def test_files_in_pairs_and_files_of_two_parts_have_their_way_back() -> None:
    up, down = Changed("migrations/7_x.up.sql", DROP), Changed("migrations/7_x.down.sql", "DELETE FROM t")
    assert read_changes([up]).change is Change.IRREVERSIBLE
    assert (read_changes([up, down]).change, read_changes([up, down]).way_back) == (Change.CONTRACT, True)
    for head, back in (
        ("-- +goose Up", "-- +goose Down"),
        ("-- migrate:up", "-- migrate:down"),
        ("-- +migrate Up", "-- +migrate Down"),
    ):
        both = f"{head}\n{DROP}\n{back}\nALTER TABLE t ADD COLUMN c int;\n"
        assert read_changes([Changed("db/7_x.sql", both)]).change is Change.CONTRACT
        assert read_changes([Changed("db/7_x.sql", f"{head}\n{DROP}\n{back}\n-- none\n")]).change is Change.IRREVERSIBLE
        assert read_changes([Changed("db/7_x.sql", f"{back}\n{DROP}\n{head}\nSELECT 1;\n")]).change is Change.NONE


def test_revisions_of_alembic_are_known_among_the_files_of_a_change() -> None:
    head = "from alembic import op\nrevision = '2'\ndown_revision = '1'\n\ndef upgrade():\n    op.drop_table('t')\n\n"
    read = read_changes([Changed("alembic/versions/2_x.py", f"{head}def downgrade():\n    op.create_table('t')\n")])
    assert (read.change, read.way_back, read.files) == (Change.CONTRACT, True, ("alembic/versions/2_x.py",))
    assert "has no" not in " ".join(read.verify)
    loose = read_changes([Changed("tools/fix.py", "from alembic import op\n")])
    assert loose.verify


def test_a_script_that_is_none_is_not_read() -> None:
    assert read_flyway("notes.sql", "SELECT 1").verify
