"""The releases table: state as JSON, beside it the columns that questions need."""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.builds import whole_name
from bot.domain.emergency import Owed
from bot.domain.errors import Conflict, Corrupt
from bot.domain.evidence import Evidence
from bot.domain.facts import Neighbour
from bot.domain.release import TERMINAL, Phase, Release
from bot.domain.service import Outcome
from bot.policy.budget import accepted_since, last_accepted
from bot.ports import Loaded
from bot.store.codec import dump_release, load_release
from bot.store.lists import among
from bot.store.tables import releases

_ENDED_WELL_OR_NOT = (Phase.CLOSED, Phase.ROLLED_BACK)
"""The phases that say something about a service; a cancelled release never reached anybody."""

# Each statement is built once: what a question costs is else mostly the building of its text.
_R = releases.c
_ID = sa.bindparam("b_id", type_=sa.String())
_SERVICE = sa.bindparam("b_service", type_=sa.String())
_BESIDES = sa.bindparam("b_besides", type_=sa.String())
_NEWEST = (_R.number.desc(), _R.id.desc())
_OLDEST = (_R.number, _R.id)
_SOUND = _R.corrupt.is_(sa.false())
_LIMIT = sa.bindparam("b_limit", type_=sa.Integer())

_LOAD = sa.select(_R.state, _R.version, _R.corrupt).where(_R.id == _ID)
_LOADED = sa.select(_R.id, _R.state, _R.version).where(among(_R.id, "b_ids"), _SOUND)
_EXISTS = sa.select(_R.id).where(_R.id == _ID)
_INSERT = sa.insert(releases)
_EVERYTHING = sa.select(_R.id, _R.state).order_by(*_NEWEST)
_IDS = sa.select(_R.id).order_by(*_NEWEST)
_OPEN_PLANS = (
    sa.select(_R.id, _R.state, _R.corrupt)
    .where(_R.service == _SERVICE, _R.environment == sa.bindparam("b_environment"), _R.ended.is_(sa.false()))
    .order_by(*_OLDEST)
)
_ALL_NEIGHBOURS = (
    sa.select(
        *(_R.id, _R.service, _R.environment, _R.version_text, _R.phase, _R.start_at),
        *(_R.owner, _R.rollback_owner, _R.started),
    )
    .where(_R.ended.is_(sa.false()))
    .order_by(*_OLDEST)
)
_NEIGHBOURS = _ALL_NEIGHBOURS.where(_R.id != _BESIDES)
_HISTORY = (
    sa.select(_R.id, _R.state)
    .where(_R.service == _SERVICE, _R.ended_at.isnot(None))
    .order_by(_R.ended_at.desc(), _R.number.desc())
    .limit(_LIMIT)
)
_ACCEPTED = sa.select(_R.id, _R.state).where(
    _R.service.in_(sa.bindparam("b_services", expanding=True)), _R.accepted_at >= sa.bindparam("b_since")
)
_ESTABLISHED = (
    sa.select(_R.state)
    .where(_R.service == _SERVICE, _R.phase == Phase.CLOSED.value, _SOUND)
    .order_by(_R.ended_at.desc(), _R.number.desc())
    .limit(1)
)
_REASONS = sa.select(_R.state).where(_R.service == _SERVICE, _R.id != _BESIDES, _SOUND).order_by(*_NEWEST).limit(_LIMIT)
_REVIEWS_OWED = (
    sa.select(_R.id, _R.state).where(_R.service == _SERVICE, _R.review_open.is_(sa.true())).order_by(*_OLDEST)
)


async def load(connection: AsyncConnection, release: str) -> Loaded | None:
    """The release with its version. Raises Corrupt where it was marked so (decision 2)."""
    row = (await connection.execute(_LOAD, {"b_id": release})).one_or_none()
    if row is None:
        return None
    if row.corrupt:
        raise _corrupt(release)
    return Loaded(_read(release, row.state), row.version)


async def loaded(connection: AsyncConnection, wanted: Sequence[str]) -> dict[str, Loaded]:
    """Those of them that exist and are not corrupt."""
    rows = (await connection.execute(_LOADED, {"b_ids": list(wanted)})).all()
    return {row.id: Loaded(load_release(row.state), row.version) for row in rows}


async def save(connection: AsyncConnection, release: Release, version: int) -> None:
    """Write the state after `version` decisions; 0 inserts. Raises Conflict."""
    values = {**columns_of(release), "version": version + 1}
    if version == 0:
        if await connection.scalar(_EXISTS, {"b_id": release.id}) is not None:
            msg = f"{release.id} exists already"
            raise Conflict(msg)
        await connection.execute(_INSERT, {"id": release.id, **values})
        return
    changed = {f"new_{name}": value for name, value in values.items()}
    if (await connection.execute(_UPDATE, {"b_id": release.id, "b_version": version, **changed})).rowcount != 1:
        msg = f"{release.id} changed after version {version}"
        raise Conflict(msg)


async def everything(connection: AsyncConnection) -> Sequence[Release]:
    """All releases whose state can be read, newest first. One that cannot hides none of the others; `ids` has them all."""
    found = []
    for row in (await connection.execute(_EVERYTHING)).all():
        with suppress(Corrupt):
            found.append(_read(row.id, row.state))
    return found


async def ids(connection: AsyncConnection) -> Sequence[str]:
    """The ids of all releases, newest first, also of those whose record is corrupt."""
    return (await connection.scalars(_IDS)).all()


async def open_plans(connection: AsyncConnection, service: str, environment: str) -> Sequence[Release]:
    """Not ended, oldest first. Raises Corrupt where one of them is marked so: nobody can say which plan it is."""
    rows = (await connection.execute(_OPEN_PLANS, {"b_service": service, "b_environment": environment})).all()
    marked = [row.id for row in rows if row.corrupt]
    if marked:
        raise _corrupt(marked[0])
    return [_read(row.id, row.state) for row in rows]


async def neighbours(connection: AsyncConnection, besides: str | None) -> Sequence[Neighbour]:
    """All that are not ended, but that one; from the columns alone."""
    if besides is None:
        rows = (await connection.execute(_ALL_NEIGHBOURS)).all()
    else:
        rows = (await connection.execute(_NEIGHBOURS, {"b_besides": besides})).all()
    return [Neighbour(r[0], r[1], r[2], r[3], Phase(r[4]), r[5], r[6], r[7], started=r[8]) for r in rows]


async def history(connection: AsyncConnection, service: str, limit: int) -> Sequence[Outcome]:
    """How the last ended releases of the service went, newest first."""
    rows = (await connection.execute(_HISTORY, {"b_service": service, "b_limit": limit})).all()
    return [_outcome(_read(row.id, row.state)) for row in rows]


async def accepted(connection: AsyncConnection, services: Sequence[str], since: datetime) -> dict[str, int]:
    """How many risks and exceptions each release of those services was accepted with from then on; none is left out (G21)."""
    rows = (await connection.execute(_ACCEPTED, {"b_services": list(services), "b_since": since})).all()
    found = {row.id: accepted_since(_read(row.id, row.state), since) for row in rows}
    return {name: count for name, count in sorted(found.items()) if count}


async def established(connection: AsyncConnection, service: str) -> Sequence[Evidence]:
    """The evidence of the newest closed release of the service whose record is sound; the policy says what carries over (G12)."""
    state = await connection.scalar(_ESTABLISHED, {"b_service": service})
    return load_release(state).evidence if state is not None else ()


async def reasons(
    connection: AsyncConnection, service: str, person: str, besides: str | None, limit: int
) -> Sequence[str]:
    """What that person gave as reasons of consents on the last releases of the service but that one, newest first (G9).

    Only the consents of each state are looked at: nothing else of a release is needed, and most people gave none.
    """
    wanted = {"b_service": service, "b_besides": besides or "", "b_limit": limit}
    states = (json.loads(state) for state in (await connection.scalars(_REASONS, wanted)).all())
    given = (k for state in states for k in reversed(state["consents"]) if k["by"] == person and k["kind"] != "vote")
    return [k["reason"] for k in given if k["reason"]]


async def reviews_owed(connection: AsyncConnection, service: str) -> Sequence[Owed]:
    """The emergencies of the service that nobody has reviewed yet, oldest first (G16)."""
    rows = (await connection.execute(_REVIEWS_OWED, {"b_service": service})).all()
    found = [_read(row.id, row.state) for row in rows]
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
    build = whole_name(release.version, release.digest)
    return Outcome(release.id, build, ended, result, lesson=lesson, gaps=release.first_gaps)


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


_CHANGED = (
    *("number", "service", "environment", "version_text", "phase", "ended", "ended_at", "start_at", "started"),
    *("review_open", "owner", "rollback_owner", "accepted_at", "state", "version"),
)
_UPDATE = (
    sa.update(releases)
    .where(_R.id == _ID, _R.version == sa.bindparam("b_version"))
    .values({name: sa.bindparam(f"new_{name}", type_=_R[name].type) for name in _CHANGED})
)
