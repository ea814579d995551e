"""Liquibase changelogs in XML, YAML, JSON and SQL: their change sets as plain values, and what each does."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from adapters.evidence.migrations.liquibase_changes import change
from adapters.evidence.migrations.plain_yaml import read_plain
from adapters.evidence.migrations.reading import Known, Reading, Step, settled, together, unknown
from adapters.evidence.migrations.sql import read_sql
from adapters.evidence.migrations.xml import BadXml, Element, read_xml

_HEAD = re.compile(r"^\s*--\s*liquibase\s+formatted\s+sql", re.IGNORECASE)
_SET = re.compile(r"^\s*--\s*changeset\s+(?P<author>[^:\s]+|\"[^\"]*\"):(?P<id>\S+)(?P<more>.*)$", re.IGNORECASE)
_BACK = re.compile(r"^\s*--\s*rollback\s*(?P<how>.*)$", re.IGNORECASE)
_ROLLBACKS = frozenset({"rollback"})
_ABOUT = frozenset(
    {"comment", "preconditions", "validchecksum", "tagdatabase", "modifysql", "property", "changelogpropertydefined"}
)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One change set. `key`: author and id. `body`: as it stands, to see whether it is new. `back`: a rollback is written."""

    key: str
    body: str
    steps: Callable[[Known], list[Step]]
    back: bool


class BadChangelog(ValueError):
    """It cannot be read; the sentence says why."""


def is_changelog(path: str, text: str) -> bool:
    """True where it is a changelog of Liquibase."""
    if path.endswith(".sql"):
        return bool(_HEAD.match(text))
    return path.endswith((".xml", ".yaml", ".yml", ".json")) and "databaseChangeLog" in text


def read_liquibase(path: str, text: str, before: str | None = None) -> Reading:
    """What the change sets do that are new since `before`: a changelog keeps all that ever was. One that was changed is said."""
    try:
        now = list(_sets(path, text))
        old = {c.key: c.body for c in _sets(path, before)} if before else {}
    except (BadChangelog, BadXml, ValueError, RecursionError) as why:
        return Reading((unknown(f"{path} cannot be read: {why}"),), way_back=False, files=(path,))
    known, found = Known(), []
    for one in now:
        if old.get(one.key) == one.body:
            continue
        steps = one.steps(known)
        if one.key in old:
            steps.append(unknown(f"change set {one.key} was changed after it may have run"))
        found.append(settled(steps, way_back=one.back if steps else None))
    gone = [unknown(f"change set {key} was taken away") for key in old if key not in {c.key for c in now}]
    found.append(Reading(tuple(gone), files=(path,)))
    return together(found)


def _sets(path: str, text: str) -> Iterator[ChangeSet]:
    if path.endswith(".sql"):
        yield from _formatted(text)
    elif path.endswith(".xml"):
        yield from (_of_plain(s) for s in _plain_xml(read_xml(text)))
    else:
        tree = json.loads(text) if path.endswith(".json") else read_plain(text)
        entries = tree.get("databaseChangeLog") if isinstance(tree, dict) else None
        if not isinstance(entries, list):
            msg = "it has no list databaseChangeLog"
            raise BadChangelog(msg)
        yield from (_of_plain(e) for e in entries if isinstance(e, dict))


def _formatted(text: str) -> Iterator[ChangeSet]:
    """Change sets of SQL. What stands before the first one is never run."""
    lines = text.splitlines()
    heads = [i for i, line in enumerate(lines) if _SET.match(line)]
    for at, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        head = _SET.match(lines[at])
        assert head is not None  # noqa: S101 - heads are the lines that match
        body = lines[at + 1 : end]
        back = [m["how"].strip() for m in map(_BACK.match, body) if m]
        sql = "\n".join(line for line in body if not _BACK.match(line))
        cut = bool(re.search(r"(?i)endDelimiter\s*:", head["more"]))
        steps = partial(_of_sql, sql, cut=cut)
        written = any(b and b.lower().rstrip(";") not in {"empty", "not required"} for b in back)
        yield ChangeSet(f"{head['author']}:{head['id']}", "\n".join(lines[at:end]).strip(), steps, written)


def _of_sql(sql: str, known: Known, *, cut: bool) -> list[Step]:
    return [unknown("a change set with a delimiter of its own")] if cut else read_sql(sql, known)


def _plain_xml(root: Element) -> Iterator[dict[str, Any]]:
    """The entries of a changelog in the shape that JSON and YAML have."""
    for one in root.children:
        if one.name == "changeSet":
            changes = [{c.name: _fields(c)} for c in one.children]
            back: list[Any] = [_plain(c) for r in one.all("rollback") for c in r.children] or [
                r.text.strip() for r in one.all("rollback")
            ]
            yield {"changeSet": {**one.attributes, "changes": changes, "rollback": back}}
        else:
            yield {one.name: dict(one.attributes)}


def _plain(one: Element) -> dict[str, Any]:
    return {one.name: _fields(one)}


def _fields(one: Element) -> dict[str, Any]:
    found: dict[str, Any] = dict(one.attributes)
    columns = [{"column": {**c.attributes, **_constraints(c)}} for c in one.all("column")]
    if columns:
        found["columns"] = columns
    for where in one.all("where"):
        found["where"] = where.text.strip()
    if one.text.strip():
        found["sql"] = one.text
    return found


def _constraints(column: Element) -> dict[str, Any]:
    inner = next(column.all("constraints"), None)
    return {"constraints": dict(inner.attributes)} if inner is not None else {}


def _of_plain(entry: Mapping[str, Any]) -> ChangeSet:
    body = json.dumps(entry, sort_keys=True, default=str)
    given = entry.get("changeSet")
    if not isinstance(given, dict):
        # An include names another file, which is read where it changed too; one that appears brings in what nobody read.
        name = next(iter(entry), "")
        brings = name in {"include", "includeAll"}
        return ChangeSet(body, body, lambda _: [unknown(f"brings in {entry[name]}")] if brings else [], back=True)
    changes = [c for c in _listed(given.get("changes")) if isinstance(c, dict)]
    back = [r for r in _listed(given.get("rollback")) if r not in ("", {}, None)]

    def steps(known: Known) -> list[Step]:
        found: list[Step] = []
        for one in changes:
            for name, fields in one.items():
                if name.casefold() not in _ABOUT | _ROLLBACKS:
                    found += change(name, fields if isinstance(fields, dict) else {"sql": str(fields)}, known)
        return found

    return ChangeSet(f"{given.get('author')}:{given.get('id')}", body, steps, bool(back))


def _listed(given: object) -> list[Any]:
    if given is None:
        return []
    return given if isinstance(given, list) else [given]
