"""The JSON Schema of the public release document, made from the enumerations of the domain; printed into docs/reference."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from bot.domain.consent import ConsentKind, ConsentState
from bot.domain.evidence import Kind, Standing
from bot.domain.finding import Level, Result, Verdict
from bot.domain.people import Role
from bot.domain.release import QUESTION_BUDGET, Band, Phase
from bot.messages.public import SCHEMA

Schema = Mapping[str, Any]

_STATES = ("pending", "sending", "sent", "late", "merged", "skipped", "superseded", "unknown", "failed")
_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_WHEN: Schema = {"type": "string", "format": "date-time", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12; every member is required, none is added."""
    document = _object(
        {
            "schema": {"const": SCHEMA},
            "id": {"type": "string", "pattern": r"^R-\d+$"},
            "service": _TEXT,
            "version": _or_null(_TEXT),
            "environment": _TEXT,
            "phase": _one_of(Phase),
            "start_at": _or_null(_WHEN),
            "time_zone": _TEXT,
            "owner": _TEXT,
            "rollback_owner": _or_null(_TEXT),
            "requested_by": _TEXT,
            "strategy": _or_null(_TEXT),
            "canary_percent": _or_null({"type": "integer", "minimum": 0, "maximum": 100}),
            "artifact": _object({"commit": _or_null(_TEXT), "digest": _or_null(_TEXT)}),
            "authors": _list(_TEXT),
            "verdict": _one_of(Verdict),
            "cleared": {"type": "boolean"},
            "questions_asked": {"type": "integer", "minimum": 0, "maximum": QUESTION_BUDGET},
            "plan": _object({"revision": _COUNT, "hash": _TEXT}),
            "schedule_revision": _COUNT,
            "risk": _risk(),
            "findings": _list(_finding()),
            "evidence": _list(_evidence()),
            "consents": _list(_consent()),
            "emergency": _or_null(_emergency()),
            "announcements": _list(_announcement()),
            "ledger": _object({"events": _COUNT, "head": _TEXT}),
        }
    )
    title = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "T-Minus public release"}
    return {**title, **document}


def printed() -> str:
    """The schema as it stands in docs/reference/public-release.schema.json."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _risk() -> Schema:
    parts = _object({"inherent": _COUNT, "evidence_gap": _COUNT})
    return _object({"score": _COUNT, "band": _one_of(Band), "rubric": _TEXT, "parts": parts})


def _finding() -> Schema:
    return _object(
        {
            "code": _TEXT,
            "result": _one_of(Result),
            "subject": _TEXT,
            "level": _one_of(Level),
            "explanation": _TEXT,
            "how": _or_null(_TEXT),
            "who": _or_null(_TEXT),
            "consent": {
                "type": "boolean",
                "description": "True where it is open and only a consent or a vote closes it.",
            },
        }
    )


def _evidence() -> Schema:
    return _object(
        {
            "kind": _one_of(Kind),
            "standing": _one_of(Standing),
            "source": _TEXT,
            "url": _or_null(_TEXT),
            "subject": _or_null(_TEXT),
            "observed_at": _WHEN,
            "by": _TEXT,
            "stale_after": _or_null(_WHEN),
        }
    )


def _consent() -> Schema:
    return _object(
        {
            "id": _TEXT,
            "kind": _one_of(ConsentKind),
            "subject": _TEXT,
            "role": _or_null(_one_of(Role)),
            "by": _or_null(_TEXT),
            "on_behalf": {
                **_or_null(_TEXT),
                "description": "The person whose sign-off a delegate gave; null where nobody was stood in for.",
            },
            "vote": {"enum": ["go", "no-go", None]},
            "reason": _TEXT,
            "at": _or_null(_WHEN),
            "plan_hash": _or_null(_TEXT),
            "state": _one_of(ConsentState),
            "expires_at": _or_null(_WHEN),
        }
    )


def _emergency() -> Schema:
    states = {"enum": ["none", "owed", "overdue", "written"]}
    return _object(
        {
            "incident": _TEXT,
            "reason": _TEXT,
            "declared_by": _TEXT,
            "declared_at": _WHEN,
            "expires_at": _WHEN,
            "in_force": {"type": "boolean"},
            "confirmed_by": _or_null(_TEXT),
            "review": _object({"state": states, "due_at": _or_null(_WHEN), "by": _or_null(_TEXT)}),
        }
    )


def _announcement() -> Schema:
    return _object(
        {
            "mark": _TEXT,
            "occasion": _TEXT,
            "schedule_revision": _or_null(_COUNT),
            "n": _COUNT,
            "audience": {"enum": ["team", "stakeholders", "direct"]},
            "platform": _TEXT,
            "place": _TEXT,
            "due_at": _WHEN,
            "state": {"enum": list(_STATES)},
            "sent_at": _or_null(_WHEN),
            "message": _or_null(_TEXT),
        }
    )


def _object(members: Schema) -> Schema:
    return {"type": "object", "properties": members, "required": list(members), "additionalProperties": False}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _one_of(values: type[StrEnum]) -> Schema:
    return {"enum": [v.value for v in values]}


def _or_null(inner: Schema) -> Schema:
    return {"anyOf": [inner, {"type": "null"}]}
