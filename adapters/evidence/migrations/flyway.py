"""Flyway: versioned, repeatable and undo scripts, known by their names alone."""

import re
from dataclasses import dataclass

from adapters.evidence.migrations.reading import Reading, Step, settled, unknown
from adapters.evidence.migrations.sql import read_sql

_NAME = re.compile(r"(?:(?P<kind>[VUB])(?P<version>\d+(?:[._]\d+)*)|(?P<again>R))__(?P<about>.+)\.sql$")
_CALLBACK = re.compile(r"(?:before|after)(?:Each)?[A-Z]\w*?(?:__.+)?\.sql$")


@dataclass(frozen=True, slots=True)
class Script:
    """`kind`: V versioned, U undo, B baseline, R repeatable, C callback. `version`: its numbers, () where it has none."""

    kind: str
    version: tuple[int, ...] = ()


def script_of(path: str) -> Script | None:
    """What the name says, or None where it is no name of Flyway's."""
    name = path.rpartition("/")[2]
    found = _NAME.match(name)
    if found is None:
        return Script("C") if _CALLBACK.match(name) else None
    numbers = tuple(int(n) for n in re.split(r"[._]", found["version"])) if found["version"] else ()
    while len(numbers) > 1 and numbers[-1] == 0:  # Flyway takes 1.0 and 1 for the same version
        numbers = numbers[:-1]
    return Script(found["kind"] or "R", numbers)


def read_flyway(path: str, text: str, others: frozenset[str] = frozenset()) -> Reading:
    """What one script does. `others`: the paths of all scripts that are there; an undo script of the version is the way back.

    An undo script runs only when somebody goes back, and a baseline only on an empty database: neither is part of the change.
    """
    script = script_of(path)
    if script is None:
        return Reading((unknown(f"{path} is no script of Flyway"),), files=(path,))
    if script.kind in {"U", "B"}:
        return Reading(files=(path,))
    steps = read_sql(text)
    back = script.kind == "V" and any(script_of(o) == Script("U", script.version) for o in others)
    return settled(steps, way_back=back if steps else None, file=path)


def quarrels(paths: frozenset[str]) -> tuple[Step, ...]:
    """Versions that stand there twice: Flyway refuses to run at all."""
    seen: dict[tuple[int, ...], str] = {}
    found = []
    for path in sorted(paths):
        script = script_of(path)
        if script is None or script.kind != "V":
            continue
        if script.version in seen:
            found.append(unknown(f"{path} and {seen[script.version]} have the same version"))
        seen[script.version] = path
    return tuple(found)
