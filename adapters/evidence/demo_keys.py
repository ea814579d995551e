"""The names of the demo sources and of what can be set for each: one table, also the documentation that a refusal prints."""

from collections.abc import Mapping

ROLES = ("ci", "scm", "prometheus", "rollout", "registry", "incidents")
ROLE_NAMES: Mapping[str, str] = {
    **{role: role for role in ROLES},
    **{f"demo_{role}": role for role in ROLES},
    "pipeline": "ci",
    "tests": "ci",
    "git": "scm",
    "monitoring": "prometheus",
    "metrics": "prometheus",
    "argo": "rollout",
    "artifacts": "registry",
    "incident": "incidents",
}

KEYS: Mapping[str, Mapping[str, str]] = {
    "ci": {
        "status": "passed | failed | pending | missing | unavailable (also: conclusion, result)",
        "available": "false: the source is down",
        "tests": "passed | failed | absent",
        "coverage": "passed | failed | absent",
        "code_analysis": "passed | failed | absent",
        "security_scan": "passed | failed | absent",
        "test_report": "an address, true or false",
        "commit": "the commit that the run was for",
        "url": "the address of the run",
        "finished_at": "when the run ended, UTC",
        "age_hours": "how long ago the run ended, in hours",
        "checks": "an object of tests, coverage, code_analysis, security_scan",
    },
    "scm": {
        "status": "passed | unavailable",
        "available": "false: the source is down",
        "commit": "the commit of the version",
        "digest": "the digest of its image",
        "authors": "person ids",
        "merge_request": "an address, true or false (also: pull_request)",
        "release_notes": "an address, true or false (also: notes)",
        "models_changed": "true | false",
        "data_change": "none | expand | locking | contract | irreversible",
        "flags_used": "true | false",
        "default": "the default of the flag",
        "kill_switch": "how the flag is switched off",
    },
    "prometheus": {
        "status": "healthy | failed | firing | no_data | unavailable",
        "available": "false: the source is down",
        "has_data": "false: there are no samples (also: data, metrics: null)",
        "firing": "true | false, or the name of the alert",
        "alert": "the name of the alert",
        "error_rate": "percent",
        "p95_ms": "milliseconds (also: p95)",
        "p99_ms": "milliseconds (also: p99)",
        "healthy": "true | false",
    },
    "rollout": {
        "state": "not_started | progressing | paused | degraded | completed | aborted | unavailable (also: status, phase)",
        "available": "false: the source is down",
        "percent": "0 to 100 (also: weight)",
    },
    "registry": {
        "status": "passed | missing | unavailable",
        "available": "false: the source is down",
        "installable": "true | false",
        "target": "the version to go back to",
    },
    "incidents": {
        "status": "none | unavailable",
        "available": "false: the source is down",
        "open_incident": '{"id": "INC-7", "severity": "SEV2", "service": "ledger"}, an id, or null',
        "severity": "SEV1 to SEV5",
    },
}
"""The documentation of the keys, as it is printed where a set is refused. Every source also takes `service`."""

ALIASES: Mapping[str, str] = {
    "conclusion": "status", "result": "status", "outcome": "status",
    "test": "tests", "unit_tests": "tests", "analysis": "code_analysis", "lint": "code_analysis",
    "security": "security_scan", "scan": "security_scan", "report": "test_report", "sha": "commit",
    "pull_request": "merge_request", "mr": "merge_request", "pr": "merge_request", "notes": "release_notes",
    "author": "authors", "migration": "models_changed", "schema_changed": "models_changed", "flags": "flags_used",
    "data": "has_data", "metrics": "has_data", "alert_firing": "firing", "alerts": "firing", "errors": "error_rate",
    "error_rate_percent": "error_rate", "p95": "p95_ms", "p99": "p99_ms", "latency_p95": "p95_ms", "latency_p99": "p99_ms",
    "phase": "state", "weight": "percent", "canary_percent": "percent", "progress": "percent",
    "present": "installable", "exists": "installable", "version": "target", "previous_version": "target",
    "incident": "open_incident", "incidents": "open_incident",
}  # fmt: skip
OWN_ALIASES: Mapping[tuple[str, str], str] = {
    ("rollout", "status"): "state",
    ("rollout", "conclusion"): "state",
    ("ci", "state"): "status",
    ("ci", "passed"): "status",
    ("ci", "success"): "status",
    ("prometheus", "state"): "status",
}
