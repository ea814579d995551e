"""Liquibase changelogs in all four forms; and Liquibase itself, whose SQL has to be of the same class as its changelog."""

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from adapters.evidence.migrations.liquibase import is_changelog, read_liquibase
from adapters.evidence.migrations.reading import Change, Reading, settled
from adapters.evidence.migrations.sql import read_sql

HOME = Path(__file__).parents[3] / "counterparts/node_modules/liquibase/dist/liquibase"
JAVA = shutil.which("java") or "java"
NS = "http://www.liquibase.org/xml/ns/dbchangelog"
Fields = Mapping[str, object]
NEEDED = {"name": "d", "type": "int", "constraints": {"nullable": False}}
COLUMN: Fields = {"columns": [{"column": {"name": "c", "type": "int"}}], "tableName": "t"}

VECTORS: tuple[tuple[str, Fields, str], ...] = (
    ("createTable", {"tableName": "n", "columns": COLUMN["columns"]}, "expand"),
    ("addColumn", COLUMN, "expand"),
    ("addColumn", {"tableName": "t", "columns": [{"column": NEEDED}]}, "contract"),
    ("addColumn", {"tableName": "t", "columns": [{"column": {**NEEDED, "defaultValueNumeric": 0}}]}, "expand"),
    ("createIndex", {"tableName": "t", "indexName": "i", "columns": [{"column": {"name": "c"}}]}, "locking"),
    ("createIndex", {"tableName": "t", "indexName": "u", "unique": True, "columns": [{"column": {"name": "c"}}]}, "contract"),
    ("addNotNullConstraint", {"tableName": "t", "columnName": "c", "columnDataType": "int"}, "contract"),
    ("dropNotNullConstraint", {"tableName": "t", "columnName": "c", "columnDataType": "int"}, "expand"),
    ("addUniqueConstraint", {"tableName": "t", "columnNames": "c"}, "contract"),
    ("renameColumn", {"tableName": "t", "oldColumnName": "c", "newColumnName": "x", "columnDataType": "int"}, "contract"),
    ("renameTable", {"oldTableName": "t", "newTableName": "x"}, "contract"),
    ("modifyDataType", {"tableName": "t", "columnName": "c", "newDataType": "int"}, "irreversible"),
    ("modifyDataType", {"tableName": "t", "columnName": "c", "newDataType": "text"}, "locking"),
    ("insert", {"tableName": "t", "columns": [{"column": {"name": "c", "value": "1"}}]}, "expand"),
    ("update", {"tableName": "t", "columns": [{"column": {"name": "c", "value": "1"}}]}, "irreversible"),
    ("delete", {"tableName": "t"}, "irreversible"),
    ("sql", {"sql": "TRUNCATE TABLE t"}, "irreversible"),
    ("output", {"message": "done"}, "none"),
    ("loadData", {"tableName": "t", "file": "t.csv"}, "locking"),
    ("createView", {"viewName": "v", "selectQuery": "SELECT 1"}, "contract"),
    ("addColumn", {"tableName": "t", "columns": [{"column": {"name": "f", "type": "int", "valueNumeric": 1}}]}, "locking"),
    ("dropIndex", {"tableName": "t", "indexName": "i"}, "locking"),
    ("dropColumn", {"tableName": "t", "columnName": "c"}, "irreversible"),
    ("dropTable", {"tableName": "t"}, "irreversible"),
)  # fmt: skip


def changelog(*sets: tuple[str, Fields], rollback: object = None) -> str:
    made = [
        {
            "changeSet": {
                "id": str(n),
                "author": "a",
                "changes": [{kind: fields}],
                **({"rollback": rollback} if rollback else {}),
            }
        }
        for n, (kind, fields) in enumerate(sets, 1)
    ]
    return json.dumps({"databaseChangeLog": made})


def xml(body: str) -> str:
    where = (
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{NS} {NS}/dbchangelog-latest.xsd"'
    )
    return f'<?xml version="1.0"?><databaseChangeLog xmlns="{NS}" {where}>{body}</databaseChangeLog>'


def read(path: str, text: str, before: str | None = None) -> Reading:
    assert is_changelog(path, text)
    return read_liquibase(path, text, before)


@pytest.mark.parametrize(("kind", "fields", "change"), VECTORS, ids=[f"{k}-{c}" for k, _, c in VECTORS])
def test_a_change_is_of_its_class_in_json_and_yaml(kind: str, fields: Fields, change: str) -> None:
    text = changelog((kind, fields))
    for path in ("db/changelog.json", "db/changelog.yaml"):  # JSON is YAML too
        reading = read(path, text)
        assert reading.change.value == change, reading.steps


def test_a_drop_is_a_contract_step_where_a_rollback_is_written_and_an_empty_one_is_none() -> None:
    drop = ("dropColumn", {"tableName": "t", "columnName": "c"})
    assert read("changelog.json", changelog(drop, rollback=[{"addColumn": COLUMN}])).change is Change.CONTRACT
    body = '<changeSet id="1" author="a"><dropTable tableName="t"/>{}</changeSet>'
    assert read("changelog.xml", xml(body.format("<rollback/>"))).change is Change.IRREVERSIBLE
    assert (
        read("changelog.xml", xml(body.format('<rollback><createTable tableName="t"/></rollback>'))).change
        is Change.CONTRACT
    )
    assert (
        read("changelog.xml", xml(body.format("<rollback>CREATE TABLE t (a int)</rollback>"))).change is Change.CONTRACT
    )
    sql = "--liquibase formatted sql\n--changeset a:1\nDROP TABLE t;\n"
    assert read("changelog.sql", sql).change is Change.IRREVERSIBLE
    assert read("changelog.sql", sql + "--rollback CREATE TABLE t (a int);\n").change is Change.CONTRACT
    assert read("changelog.sql", sql + "--rollback empty\n").change is Change.IRREVERSIBLE


def test_what_is_new_can_be_changed_freely() -> None:
    made = ("createTable", {"tableName": "n", "columns": COLUMN["columns"]})
    later: list[tuple[str, Fields]] = [
        ("dropTable", {"tableName": "n"}),
        ("addColumn", {**COLUMN, "tableName": "n"}),
        ("delete", {"tableName": "n"}),
    ]
    assert read("changelog.json", changelog(made, *later)).change is Change.EXPAND
    maybe = ("createTable", {"tableName": "n", "ifNotExists": True})
    assert read("changelog.json", changelog(maybe, later[0])).change is Change.IRREVERSIBLE


def test_only_what_is_new_counts_and_a_change_set_that_was_changed_or_taken_away_is_the_worst() -> None:
    old, new = ("dropTable", {"tableName": "t"}), ("addColumn", COLUMN)
    before = changelog(old)
    assert read("changelog.json", changelog(old, new), before).change is Change.EXPAND
    assert read("changelog.json", before, before).change is Change.NONE
    edited = read("changelog.json", changelog(new), before)
    assert "was changed after it may have run" in edited.verify[0]
    gone = read("changelog.json", before, changelog(old, new))
    assert "was taken away" in gone.verify[0]


def test_what_brings_in_other_files_is_the_worst_unless_it_stood_there_before() -> None:
    include = '<include file="x.xml"/>'
    assert read("changelog.xml", xml(include)).verify
    assert read("changelog.xml", xml(include), xml(include)).change is Change.NONE
    assert read("changelog.json", changelog(("sqlFile", {"path": "x.sql"}))).verify
    assert read("changelog.json", changelog(("customChange", {"class": "acme.Change"}))).verify


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("changelog.xml", '<!DOCTYPE x [<!ENTITY a "b">]><databaseChangeLog>&a;</databaseChangeLog>'),
        ("changelog.xml", "<databaseChangeLog><changeSet>"),
        ("changelog.xml", "<databaseChangeLog>" + "<a>" * 500 + "</a>" * 500 + "</databaseChangeLog>"),
        ("changelog.json", '{"databaseChangeLog": '),
        ("changelog.json", '{"databaseChangeLog": 7}'),
        ("changelog.yaml", "databaseChangeLog: &a [*a]"),
        ("changelog.sql", "--liquibase formatted sql\n--changeset a:1 endDelimiter:/\nSELECT 1\n/"),
    ],
)
def test_a_changelog_that_cannot_be_read_is_the_worst(path: str, text: str) -> None:
    reading = read(path, text)
    assert (reading.change, bool(reading.verify)) == (Change.IRREVERSIBLE, True)


def test_liquibase_itself_makes_sql_of_the_same_class(tmp_path: Path) -> None:
    """One run of Liquibase on all four forms: what it would run is classed from its SQL and from the changelog alike."""
    kinds = [(k, f) for k, f, _ in VECTORS if k not in {"output", "loadData", "createView"} and "f" not in str(f)[-70:]]
    (tmp_path / "more.json").write_text(changelog(*kinds))
    (tmp_path / "more.yaml").write_text(changelog(("addColumn", COLUMN), ("dropTable", {"tableName": "t"})))
    body = (
        '<changeSet id="1" author="a"><addColumn tableName="t"><column name="c" type="int"><constraints nullable="false"/>'
        '</column></addColumn></changeSet><changeSet id="2" author="a"><sql>UPDATE t SET c = 0 WHERE c IS NULL</sql></changeSet>'
        '<changeSet id="3" author="a"><update tableName="t"><column name="c" value="1"/><where>c IS NULL</where></update>'
        "</changeSet>"
    )
    (tmp_path / "more.xml").write_text(xml(body))
    sql = "--liquibase formatted sql\n--changeset a:1\nCREATE INDEX CONCURRENTLY k ON t (c);\n--changeset a:2\nDELETE FROM t;\n"
    (tmp_path / "more.sql").write_text(sql)
    names = ("more.json", "more.yaml", "more.xml", "more.sql")
    (tmp_path / "all.xml").write_text(xml("".join(f'<include file="{n}"/>' for n in names)))
    ran = subprocess.run(
        [JAVA, "-XX:TieredStopAtLevel=1", f"-Dliquibase.home={HOME}", "-jar",
         str(HOME / "internal/lib/liquibase-core.jar"), "--show-banner=false", "--log-level=off",
         "--url=offline:postgresql", "--changelog-file=all.xml", "update-sql"],
        cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    plans = re.split(r"(?m)^-- Changeset (\S+)::(\S+)::\S+$", ran.stdout)
    seen = 0
    for name, number, plan in zip(plans[1::3], plans[2::3], plans[3::3], strict=True):
        printed = settled(read_sql(plan), way_back=False)
        told = _alone(tmp_path, name, int(number))
        # A condition is not read in a changelog, so an update that only fills what is empty is taken for one that overwrites.
        cautious = (name, number) == ("more.xml", "3")
        assert told.change is (Change.IRREVERSIBLE if cautious else printed.change), (name, number, plan, told.steps)
        seen += 1
    assert seen == len(kinds) + 2 + 3 + 2


def _alone(folder: Path, name: str, number: int) -> Reading:
    """What one change set of the file is read as, with the others taken for old."""
    text = (folder / name).read_text()
    if name.endswith((".json", ".yaml")):
        every = json.loads(text)
        before = {"databaseChangeLog": [s for s in every["databaseChangeLog"] if s["changeSet"]["id"] != str(number)]}
        return read(name, text, json.dumps(before))
    part = (
        r"(?s)<changeSet id=\"{}\".*?</changeSet>"
        if name.endswith(".xml")
        else r"(?s)--changeset a:{}\n.*?(?=--changeset|\Z)"
    )
    return read(name, text, re.sub(part.format(number), "", text))
