"""What GitLab and Jenkins say that their answers look like, written down from their documentation: the fields that are read.

Words that mean something (a status, a result) are listed whole, so that a fake cannot answer with one that there is not.
"""

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator

Schema = dict[str, Any]


def _object(required: str, **properties: Schema) -> Schema:
    return {"type": "object", "required": required.split(), "properties": properties}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


TEXT: Schema = {"type": "string", "minLength": 1}
WORDS: Schema = {"type": "string"}
MAYBE: Schema = {"type": ["string", "null"]}
NUMBER: Schema = {"type": "integer"}
TRUTH: Schema = {"type": "boolean"}
SHA: Schema = {"type": "string", "pattern": "^[0-9a-f]{40}$"}
PIPELINE_STATUS: Schema = {
    "enum": [
        "created",
        "waiting_for_resource",
        "waiting_for_callback",
        "preparing",
        "pending",
        "running",
        "success",
        "failed",
        "canceling",
        "canceled",
        "skipped",
        "manual",
        "scheduled",
    ]
}
SOURCE: Schema = {
    "enum": [
        "push",
        "web",
        "trigger",
        "schedule",
        "api",
        "external",
        "pipeline",
        "chat",
        "webide",
        "merge_request_event",
        "external_pull_request_event",
        "parent_pipeline",
        "ondemand_dast_scan",
        "ondemand_dast_validation",
        "security_orchestration_policy",
    ]
}
COMMIT = _object(
    "id short_id title author_name author_email committed_date", id=SHA, author_email=WORDS, committed_date=TEXT
)
PIPELINE = _object(
    "id iid project_id sha ref status source created_at updated_at web_url",
    id=NUMBER, sha=SHA, ref=TEXT, status=PIPELINE_STATUS, source=SOURCE, web_url=TEXT,
)  # fmt: skip
JOB = _object(
    "id name stage status allow_failure web_url commit pipeline",
    id=NUMBER, name=TEXT, status=PIPELINE_STATUS, allow_failure=TRUTH, finished_at=MAYBE, web_url=TEXT, commit=COMMIT,
)  # fmt: skip
DOWNSTREAM: Schema = {"anyOf": [{"type": "null"}, _object("id sha ref status web_url", status=PIPELINE_STATUS)]}
BRIDGE = _object(
    "id name status allow_failure web_url downstream_pipeline", status=PIPELINE_STATUS, downstream_pipeline=DOWNSTREAM
)
MERGE_REQUEST = _object(
    "id iid title state web_url sha merge_commit_sha squash_commit_sha",
    iid=NUMBER, title=TEXT, state={"enum": ["opened", "closed", "merged", "locked"]}, web_url=TEXT, merge_commit_sha=MAYBE,
)  # fmt: skip
DIFF = _object(
    "old_path new_path a_mode b_mode new_file renamed_file deleted_file diff",
    new_path=TEXT, new_file=TRUTH, renamed_file=TRUTH, deleted_file=TRUTH, diff=WORDS, too_large=TRUTH, collapsed=TRUTH,
)  # fmt: skip
COUNTS = _object("time count success failed skipped error", count=NUMBER, failed=NUMBER, error=NUMBER)

GITLAB: Mapping[str, Schema] = {
    "commit": COMMIT,
    "tag": _object("name target commit", name=TEXT, commit=COMMIT),
    "pipelines": _list(PIPELINE),
    "pipeline": PIPELINE,
    "jobs": _list(JOB),
    "job": JOB,
    "bridges": _list(BRIDGE),
    "tests": _object("total test_suites", total=COUNTS, test_suites=_list({"type": "object"})),
    "merge_requests": _list(MERGE_REQUEST),
    "merge_request": MERGE_REQUEST,
    "release": _object("tag_name description upcoming_release", description=MAYBE, upcoming_release=TRUTH),
    "compare": _object(
        "commit commits diffs compare_timeout compare_same_ref web_url",
        commits=_list(COMMIT), diffs=_list(DIFF), compare_timeout=TRUTH, compare_same_ref=TRUTH, web_url=TEXT,
    ),
    "commits": _list(COMMIT),
    "token": _object("id name active revoked scopes", active=TRUTH, revoked=TRUTH, scopes=_list(TEXT)),
}  # fmt: skip

_ACTION: Schema = {
    "type": "object",
    "properties": {
        "lastBuiltRevision": _object("SHA1", SHA1=SHA),
        "remoteUrls": _list(TEXT),
        "parameters": _list(_object("name value", name=TEXT)),
    },
}
BUILD = _object(
    "number url building result timestamp duration displayName actions",
    number=NUMBER, url=TEXT, building=TRUTH, timestamp=NUMBER, duration=NUMBER, displayName=TEXT, actions=_list(_ACTION),
    result={"enum": ["SUCCESS", "UNSTABLE", "FAILURE", "NOT_BUILT", "ABORTED", None]},
)  # fmt: skip
STAGE: Schema = {
    "enum": ["NOT_EXECUTED", "ABORTED", "SUCCESS", "IN_PROGRESS", "PAUSED_PENDING_INPUT", "FAILED", "UNSTABLE"]
}
JENKINS: Mapping[str, Schema] = {
    "builds": _object("builds", builds=_list(BUILD)),
    "build": BUILD,
    "stages": _object(
        "id name status stages", status=STAGE, stages=_list(_object("id name status", name=TEXT, status=STAGE))
    ),
    "who": _object("authenticated anonymous name", authenticated=TRUTH, anonymous=TRUTH, name=TEXT),
    "tests": _object("failCount passCount skipCount", failCount=NUMBER, passCount=NUMBER, skipCount=NUMBER),
}


def broken(schema: Schema, body: object) -> list[str]:
    """What does not fit; empty where all does."""
    found = Draft202012Validator(schema).iter_errors(body)
    return [f"{'/'.join(map(str, e.path))}: {e.message[:200]}" for e in found]
