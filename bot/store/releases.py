"""The releases table: state as JSON, beside it the columns that questions need."""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.emergency import Owed
from bot.domain.errors import Conflict, Corrupt
from bot.domain.evidence import Evidence
from bot.domain.facts import Neighbour
from bot.domain.release import TERMINAL, Phase, Release
from bot.domain.service import Outcome
from bot.policy.budget import accepted_since, last_accepted
from bot.ports import Loaded
from bot.store.codec import dump_release, load_release
from bot.store.tables import releases

_ENDED_WELL_OR_NOT = (Phase.CLOSED, Phase.ROLLED_BACK)
"""The phases that say something about a service; a cancelled release never reached anybody."""


async def load(connection: AsyncConnection, release: str) -> Loaded | None:
    """The release with its version. Raises Corrupt where it was marked so (decision 2)."""
    query = sa.select(releases.c.state, releases.c.version, releases.c.corrupt).where(releases.c.id == release)
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return None
    if row.corrupt:
        raise _corrupt(release)
    return Loaded(_read(release, row.state), row.version)


async def loaded(connection: AsyncConnection, wanted: Sequence[str]) -> dict[str, Loaded]:
    """Those of them that exist and are not corrupt."""
    columns = (releases.c.id, releases.c.state, releases.c.version)
    query = sa.select(*columns).where(releases.c.id.in_(wanted), releases.c.corrupt.is_(sa.false()))
    return {row.id: Loaded(load_release(row.state), row.version) for row in (await connection.execute(query)).all()}


async def save(connection: AsyncConnection, release: Release, version: int) -> None:
    """Write the state after `version` decisions; 0 inserts. Raises Conflict."""
    values = {**columns_of(release), "version": version + 1}
    if version == 0:
        exists = await connection.scalar(sa.select(releases.c.id).where(releases.c.id == release.id))
        if exists is not None:
            msg = f"{release.id} exists already"
            raise Conflict(msg)
        await connection.execute(sa.insert(releases).values(id=release.id, **values))
        return
    change = sa.update(releases).where(releases.c.id == release.id, releases.c.version == version).values(values)
    if (await connection.execute(change)).rowcount != 1:
        msg = f"{release.id} changed after version {version}"
        raise Conflict(msg)


async def everything(connection: AsyncConnection) -> Sequence[Release]:
    """All releases whose state can be read, newest first. One that cannot hides none of the others; `ids` has them all."""
    query = sa.select(releases.c.id, releases.c.state).order_by(releases.c.number.desc(), releases.c.id.desc())
    found = []
    for row in (await connection.execute(query)).all():
        with suppress(Corrupt):
            found.append(_read(row.id, row.state))
    return found


async def ids(connection: AsyncConnection) -> Sequence[str]:
    """The ids of all releases, newest first, also of those whose record is corrupt."""
    query = sa.select(releases.c.id).order_by(releases.c.number.desc(), releases.c.id.desc())
    return (await connection.scalars(query)).all()


async def open_plans(connection: AsyncConnection, service: str, environment: str) -> Sequence[Release]:
    """Not ended, oldest first. Raises Corrupt where one of them is marked so: nobody can say which plan it is."""
    query = (
        sa.select(releases.c.id, releases.c.state, releases.c.corrupt)
        .where(releases.c.service == service, releases.c.environment == environment, releases.c.ended.is_(sa.false()))
        .order_by(releases.c.number, releases.c.id)
    )
    rows = (await connection.execute(query)).all()
    marked = [row.id for row in rows if row.corrupt]
    if marked:
        raise _corrupt(marked[0])
    return [_read(row.id, row.state) for row in rows]


async def neighbours(connection: AsyncConnection, besides: str | None) -> Sequence[Neighbour]:
    """All that are not ended, but that one; from the columns alone."""
    c = releases.c
    query = sa.select(
        c.id, c.service, c.environment, c.version_text, c.phase, c.start_at, c.owner, c.rollback_owner, c.started
    ).where(c.ended.is_(False))
    if besides is not None:
        query = query.where(c.id != besides)
    rows = (await connection.execute(query.order_by(c.number, c.id))).all()
    return [Neighbour(r[0], r[1], r[2], r[3], Phase(r[4]), r[5], r[6], r[7], started=r[8]) for r in rows]


async def history(connection: AsyncConnection, service: str, limit: int) -> Sequence[Outcome]:
    """How the last ended releases of the service went, newest first."""
    query = (
        sa.select(releases.c.id, releases.c.state)
        .where(releases.c.service == service, releases.c.ended_at.isnot(None))
        .order_by(releases.c.ended_at.desc(), releases.c.number.desc())
        .limit(limit)
    )
    return [_outcome(_read(row.id, row.state)) for row in (await connection.execute(query)).all()]


async def accepted(connection: AsyncConnection, services: Sequence[str], since: datetime) -> dict[str, int]:
    """How many risks and exceptions each release of those services was accepted with from then on; none is left out (G21)."""
    query = sa.select(releases.c.id, releases.c.state).where(
        releases.c.service.in_(services), releases.c.accepted_at >= since
    )
    found = {row.id: accepted_since(_read(row.id, row.state), since) for row in (await connection.execute(query)).all()}
    return {name: count for name, count in sorted(found.items()) if count}


async def established(connection: AsyncConnection, service: str) -> Sequence[Evidence]:
    """The evidence of the newest closed release of the service whose record is sound; the policy says what carries over (G12)."""
    query = (
        sa.select(releases.c.state)
        .where(
            releases.c.service == service,
            releases.c.phase == Phase.CLOSED.value,
            releases.c.corrupt.is_(sa.false()),
        )
        .order_by(releases.c.ended_at.desc(), releases.c.number.desc())
        .limit(1)
    )
    state = await connection.scalar(query)
    return load_release(state).evidence if state is not None else ()


async def reasons(
    connection: AsyncConnection, service: str, person: str, besides: str | None, limit: int
) -> Sequence[str]:
    """What that person gave as reasons of consents on the last releases of the service but that one, newest first (G9).

    Only the consents of each state are looked at: nothing else of a release is needed, and most people gave none.
    """
    query = (
        sa.select(releases.c.state)
        .where(releases.c.service == service, releases.c.id != (besides or ""), releases.c.corrupt.is_(sa.false()))
        .order_by(releases.c.number.desc(), releases.c.id.desc())
        .limit(limit)
    )
    states = (json.loads(state) for state in (await connection.scalars(query)).all())
    given = (k for state in states for k in reversed(state["consents"]) if k["by"] == person and k["kind"] != "vote")
    return [k["reason"] for k in given if k["reason"]]


async def reviews_owed(connection: AsyncConnection, service: str) -> Sequence[Owed]:
    """The emergencies of the service that nobody has reviewed yet, oldest first (G16)."""
    query = (
        sa.select(releases.c.id, releases.c.state)
        .where(releases.c.service == service, releases.c.review_open.is_(True))
        .order_by(releases.c.number, releases.c.id)
    )
    found = [_read(row.id, row.state) for row in (await connection.execute(query)).all()]
    return [Owed(one.id, one.review_due_at) for one in found]


def _read(release: str, state: str) -> Release:
    """The state; Corrupt where somebody made it something that no release is."""
    try:
        return load_release(state)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _corrupt(release) from error


def _corrupt(release: str) -> Corrupt:
    msg = f"{release}: its ledger does not fold to its state; run the audit before anything is decided on it"
    return Corrupt(msg, release)


def _outcome(release: Release) -> Outcome:
    """success: closed and nothing went wrong on the way; issues: closed all the same; failed: rolled back."""
    ended = release.rolled_back_at or release.done_at or release.created_at
    troubled = release.started_without_go or any(not report.ok for report in release.health)
    result = "failed" if release.phase is Phase.ROLLED_BACK else "issues" if troubled else "success"
    lesson = release.lessons[-1] if release.lessons else ""
    return Outcome(release.id, release.version or "", ended, result, lesson=lesson, gaps=release.first_gaps)


def columns_of(release: Release) -> dict[str, Any]:
    """What stands beside the state, for questions; the audit compares it with what the ledger folds to."""
    number = release.id.rpartition("-")[2]
    return {
        "number": int(number) if number.isdecimal() else 0,
        "service": release.service,
        "environment": release.environment,
        "version_text": release.version,
        "phase": release.phase.value,
        "ended": release.phase in TERMINAL,
        "ended_at": (release.rolled_back_at or release.done_at) if release.phase in _ENDED_WELL_OR_NOT else None,
        "start_at": release.start_at,
        "started": release.started,
        "review_open": release.review_open,
        "owner": release.owner,
        "rollback_owner": release.rollback_owner,
        "accepted_at": last_accepted(release),
        "state": dump_release(release),
    }
