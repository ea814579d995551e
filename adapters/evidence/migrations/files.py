"""The migrations among the files of a change: which tool they are of, and what they do together."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from adapters.evidence.migrations.alembic import is_revision, read_alembic
from adapters.evidence.migrations.directions import forward, is_down
from adapters.evidence.migrations.flyway import quarrels, read_flyway, script_of
from adapters.evidence.migrations.liquibase import is_changelog, read_liquibase
from adapters.evidence.migrations.reading import Reading, Step, settled, together, unknown
from adapters.evidence.migrations.sql import read_sql

LIKELY = re.compile(
    r"(?i)(?:^|/)(?:[^/]*migrat[^/]*|alembic|versions|changelogs?|liquibase|flyway|schema|ddl|sql)/.+\.(?:py|sql|xml|ya?ml|json)$"
    r"|(?:^|/)[VUBR]\d*[\w.]*__.+\.sql$|changelog[^/]*\.(?:xml|ya?ml|json|sql)$|\.sql$"
)
"""Paths that may be migrations; their text decides."""

_CODE = re.compile(
    r"(?i)(?:^|/)(?:migrate|migrations?)/.+\.(?:rb|js|ts|go|java|kt|cs|php|ex|exs)$|(?:^|/)schema\.(?:rb|prisma)$"
)
"""Migrations in a language that is read here by nobody."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One file of a change: its text after and before it; None where it is not there (added, or taken away)."""

    path: str
    after: str | None
    before: str | None = None


def may_be_migration(path: str) -> bool:
    """True where the file has to be read to know."""
    return bool(LIKELY.search(path) or _CODE.search(path))


def read_changes(files: Iterable[Changed], others: Iterable[str] = ()) -> Reading:
    """What all migrations of a change do together. `others`: further paths of the repository, for undo scripts."""
    listed = sorted(files, key=lambda f: f.path)
    paths = frozenset(f.path for f in listed if f.after is not None) | frozenset(others)
    found = [_read(f, paths) for f in listed]
    found.append(Reading(quarrels(paths)))
    return together(found)


def _read(file: Changed, paths: frozenset[str]) -> Reading:
    text = file.after if file.after is not None else file.before or ""
    kind = _tool(file.path, text)
    if kind is None:
        return Reading()
    if file.after is None:
        return Reading((unknown(f"the migration {file.path} was taken away"),), files=(file.path,))
    if kind == "liquibase":
        return read_liquibase(file.path, file.after, file.before)
    reading = _whole(kind, file, paths)
    again = kind == "flyway" and (script := script_of(file.path)) is not None and script.kind in {"R", "C", "U", "B"}
    if file.before is not None and file.before != file.after and not again:
        changed: tuple[Step, ...] = (unknown(f"{file.path} was changed after it may have run"),)
        return together([reading, Reading(changed)])
    return reading


def _whole(kind: str, file: Changed, paths: frozenset[str]) -> Reading:
    text = file.after or ""
    if kind == "alembic":
        return read_alembic(text, file.path)
    if kind == "flyway":
        return read_flyway(file.path, text, paths)
    if kind == "sql":
        if is_down(file.path):
            return Reading(files=(file.path,))
        sql, back = forward(file.path, text, paths)
        return settled(read_sql(sql), way_back=back, file=file.path)
    return Reading((unknown(f"{file.path} is a migration in a language that is not read here"),), files=(file.path,))


def _tool(path: str, text: str) -> str | None:
    """alembic, flyway, liquibase, sql, code; None where it is no migration."""
    if path.endswith(".py"):
        if is_revision(text):
            return "alembic"
        django = "migrations.Migration" in text or re.search(r"\bfrom alembic import op\b", text)
        return "code" if django else None
    if is_changelog(path, text):
        return "liquibase"
    if path.endswith(".sql"):
        return "flyway" if script_of(path) else "sql"
    return "code" if _CODE.search(path) else None
