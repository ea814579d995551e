"""`export R-142`: the evidence pack of a release, as files, with a manifest of their hashes (A3)."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from bot.messages import answers
from bot.messages.full_plan import full_plan
from bot.messages.heard import Heard
from bot.messages.public import public_release
from bot.messages.times import stamp
from bot.messages.view import View
from bot.ports import LedgerRow
from flows.context import Context
from flows.dialog import Reply, Step
from flows.record import record
from flows.verb import Group, OnRelease, Verb

_DIRECT = "direct"


def export(heard: Heard, ctx: Context, view: View) -> Step:
    """Plan, public description and record; whoever keeps them can tell later that none of them was changed."""
    release, head = view.release, ctx.ledger[-1].hash if ctx.ledger else ""
    posts = [a for a in ctx.announcements if a.audience != _DIRECT]
    public = public_release(release, view.facts, view.judgement, view.now, posts, len(ctx.ledger), head)
    files = {
        f"{release.id}-release.json": _printed(public),
        **dict(full_plan(view).attachments),
        **dict(record(ctx, view).attachments),
        f"{release.id}-ledger.json": _printed([_row(row) for row in ctx.ledger]),
    }
    manifest = {
        "schema": 1,
        "release": release.id,
        "exported_at": stamp(view.now),
        "exported_by": heard.actor.person,
        "ledger": {"events": len(ctx.ledger), "head": head},
        "files": [{"name": n, "sha256": hashlib.sha256(t.encode()).hexdigest()} for n, t in files.items()],
    }
    return Reply(answers.export(view, {**files, f"{release.id}-manifest.json": _printed(manifest)}))


VERB = Verb(
    "export",
    OnRelease(export),
    Group.RECORD,
    ("evidence-pack",),
    needs=("ledger", "announcements"),
    ended_too=True,
    reads_only=True,
)


def _printed(what: object) -> str:
    return json.dumps(what, indent=2, ensure_ascii=False) + "\n"


def _row(row: LedgerRow) -> Mapping[str, Any]:
    """As the hash chain holds it: persons are ids (A6)."""
    return {
        "seq": row.seq,
        "at": stamp(row.at),
        "what": row.what,
        "name": row.name,
        "person": row.person,
        "account": row.account,
        "surface": row.surface,
        "request": row.request,
        "body": dict(row.body),
        "previous": row.previous,
        "hash": row.hash,
    }
