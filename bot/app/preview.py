"""`policy preview` from the command line: which past releases another rubric or policy would have judged otherwise."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.app.kept import Kept, kept
from bot.app.sandbox import FIRST_DAY
from bot.catalog.file import CatalogFile
from bot.catalog.lines import read
from bot.catalog.policy_file import policy_of
from bot.catalog.rubric_file import rubric_of
from bot.clock import machine_time
from bot.domain.facts import Facts, Policy, Rubric
from bot.messages.times import instant, stamp
from bot.plan.preview import Compared, Past, Said, compared, facts_of, past_of
from bot.ports import Catalog
from bot.store import Database, open_store
from bot.store.codec import read_event

EVERYTHING = 1_000_000
"""More releases of one service than anybody has."""


@dataclass(frozen=True, slots=True)
class PreviewOptions:
    """`tried` is the new rubric or policy; the others say what is in force (None: as shipped) and where releases are kept."""

    tried: Path
    data: Path | None = None
    database: str | None = None
    catalogue: Path | None = None
    policy: Path | None = None
    rubric: Path | None = None
    as_json: bool = False
    every: bool = False


async def preview(options: PreviewOptions) -> str:
    """The table, or the same as JSON. Raises BadFile with file, line and field; BadFile where there is no database."""
    source = read(options.tried)
    is_rubric = isinstance(source.data, dict) and "factors" in source.data
    new_rubric = rubric_of(source) if is_rubric else None
    new_policy = None if is_rubric else policy_of(source)
    where = kept(options.data, options.database)
    store = open_store(where.url)
    try:
        catalog = await _catalog(store, options, where)
        tried = (new_policy or catalog.policy, new_rubric or catalog.rubric)
        rows = await _rows(store, catalog, *tried)
    finally:
        await store.close()
    old, new = (catalog.rubric, tried[1]) if is_rubric else (catalog.policy, tried[0])
    title = f"{'rubric' if is_rubric else 'policy'} {old.version} -> {new.version}"
    if options.as_json:
        return json.dumps({"change": title, "releases": [_record(row) for row in rows]}, indent=2)
    return _table(title, rows, every=options.every)


async def _catalog(store: Database, options: PreviewOptions, where: Kept) -> Catalog:
    """As the bot reads it; days that the catalogue counts back from are those of the first start."""
    began = await store.get_meta(FIRST_DAY)
    first = (instant(began) if began else None) or machine_time()
    return CatalogFile(
        options.catalogue or where.catalogue,
        lambda: first,
        options.policy or where.policy,
        options.rubric or where.rubric,
    )()


async def _rows(store: Database, catalog: Catalog, policy: Policy, rubric: Rubric) -> list[Compared]:
    """Newest first, as the store lists them. Each release is judged with the facts of its own moment."""
    pasts = [past for release in await store.releases() if (past := await _past(store, release.id))]
    base = Facts(
        service=None,
        services=catalog.services,
        roster=catalog.roster,
        policy=catalog.policy,
        rubric=catalog.rubric,
        calendar=tuple(await store.freezes()),
    )
    history = {s: await store.history(s, EVERYTHING) for s in {p.release.service for p in pasts}}
    return [
        compared(past, facts_of(past, base, pasts, history[past.release.service]), policy, rubric) for past in pasts
    ]


async def _past(store: Database, release: str) -> Past | None:
    rows = await store.ledger(f"release:{release}")
    return past_of([read_event(row.body) for row in rows if row.what == "event"])


def _record(row: Compared) -> dict[str, Any]:
    r = row.past.release
    return {
        "release": r.id,
        "service": r.service,
        "version": r.version,
        "at": stamp(row.past.at),
        "occasion": row.past.occasion,
        "differs": row.differs,
        "was": _said(row.was),
        "would_be": _said(row.would),
        "recorded": _said(row.recorded) if row.recorded else None,
    }


def _said(one: Said) -> dict[str, Any]:
    return {"score": one.score, "band": one.band.value, "verdict": one.verdict.value}


def _table(title: str, rows: Sequence[Compared], *, every: bool) -> str:
    differing = [row for row in rows if row.differs]
    head = f"{title}: {len(differing)} of {len(rows)} releases would be judged otherwise"
    shown = rows if every else differing
    if not shown:
        return head
    cells = [("release", "service", "version", "judged at", "score", "band", "verdict"), *map(_cells, shown)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
    unlike = any(row.recorded not in {None, row.was} for row in shown)
    note = ("* the ledger says otherwise of that moment: catalogue or calendar changed since",) if unlike else ()
    return "\n".join((head, *lines, *note))


def _cells(row: Compared) -> tuple[str, ...]:
    r, was, would = row.past.release, row.was, row.would
    mark = "" if row.recorded in {None, was} else " *"
    return (
        r.id,
        r.service,
        r.version or "UNKNOWN",
        f"{row.past.at:%Y-%m-%d %H:%M} UTC, {row.past.occasion}{mark}",
        _change(str(was.score), str(would.score)),
        _change(was.band.value, would.band.value),
        _change(was.verdict.value, would.verdict.value),
    )


def _change(was: str, would: str) -> str:
    return was if was == would else f"{was} -> {would}"
