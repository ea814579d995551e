"""Sentences that say how a gap is closed: the required fix (V4, G1). `how.<code>`."""

from collections.abc import Mapping

_ADD = "Add it: `/release evidence {{release}} {kind} <link>`{rest}."

_RESTS: Mapping[str, str] = {
    "artifact": " of the build, by commit or digest",
    "change": " of the merge request",
    "notes": " of the release notes",
    "ci": " of the passing run",
    "qa": " of the test report",
    "migration": " of the plan with its dry run in staging; or `/release amend {release} data_change none`",
    "rollback": " and the date of its last test, such as `tested on 2026-11-03`",
    "rollback_target": " of the version to go back to, in the registry",
    "runbook": " under version control",
    "monitoring": " of the dashboard with its alert thresholds",
    "on_call": " of the rota for T=0 to T+30",
    "dependencies": " of the check for open releases, incidents and freezes",
    "capacity": " of the load check, with its date",
    "flags": " with default state and kill switch; or `/release na {release} flags <reason>`",
    "security": " of the assessment",
    "third_parties": " of the notice",
    "failure_modes": " of the page",
    "customer_notice": " of the notice; or `/release na {release} customer_notice <reason>`",
    "cost_docs": " of what covers it",
    "game_day": " of the rehearsal",
    "review": " of the booked review",
    "health": " of the measurement",
    "rollout": " of the rollout",
}

_ITEMS = {
    f"how.add_{kind}": _ADD.replace("{kind}", kind).replace("{rest}", rest).replace("{{", "{").replace("}}", "}")
    for kind, rest in _RESTS.items()
}

_EACH_MARK = "60 s before each mark"
_BY_HAND = "Add it by hand: `/release evidence {release} {item} <link>`; or let it be: {source} is asked again"

_AGAIN: Mapping[str, str] = {
    "how.fix_pipeline": f"Fix it and let the pipeline pass; the bot looks again {_EACH_MARK}.",
    "how.clear_alert": f"Let {{alert}} clear before the start; the bot looks again {_EACH_MARK}.",
    "how.restore_metrics": f"Bring the metrics of {{service}} back to {{source}}; the bot looks again {_EACH_MARK}.",
    "how.source_back": f"Nothing to add: {{source}} is asked again {_EACH_MARK}.",
    "how.wait": f"Wait for {{source}}; it is asked again {_EACH_MARK}.",
    "how.measure_again": f"Measure again, longer: {{source}} is asked again {_EACH_MARK}.",
    "how.mend": f"Remove the cause; {{source}} is asked again {_EACH_MARK}.",
    "how.source_back_or_add": f"{_BY_HAND} {_EACH_MARK}.",
    "how.wait_or_add": f"{_BY_HAND} {_EACH_MARK}.",
    "how.measure_again_or_add": f"{_BY_HAND} {_EACH_MARK}.",
}
"""What a source settles when it is asked again."""

_NO_MARK = f"{_EACH_MARK}, so name the start first: `/release move {{release}} <time> <reason>`"

_UNSCHEDULED = {f"{code}_unscheduled": text.replace(_EACH_MARK, _NO_MARK) for code, text in _AGAIN.items()}
"""The same where no start is known: without a start there is no mark at which anybody would be asked."""

SENTENCES: Mapping[str, str] = {
    **_ITEMS,
    **_AGAIN,
    **_UNSCHEDULED,
    "how.add_owners": "Name them: `/release owner {release} @name`, `/release amend {release} rollback_owner @name`.",
    "how.add_window": "Name the start: `/release move {release} <time> <reason>`.",
    "how.add_approvals": "Ask for the open sign-offs: press “Request sign-off”.",
    "how.add_strategy": "Name it: `/release amend {release} strategy canary`.",
    "how.test_restore": "Test a restore of this data, and add it: `/release evidence {release} rollback <link> restore tested on "
    "<day>`. Or split the release, and keep the final step for later.",
    "how.be_present": "{who} votes go or signs off: that says “I am there from T=0 to T+30”. Or name another: "
    "`/release amend {release} rollback_owner @name`.",
    "how.add_service": "Add {service} to the service catalogue.",
    "how.version": "Name it: `/release amend {release} version <version>`.",
    "how.start_at": "Name it: `/release move {release} <time> <reason>`, such as `15:00`.",
    "how.owner": "Name a person of the roster: `/release owner {release} @name`.",
    "how.requester": "Write the old name under `formerly` of that person in the catalogue; else cancel, and plan it again: "
    "`/release cancel {release} <reason>`.",
    "how.rollback_owner": "Name one: `/release amend {release} rollback_owner @name`.",
    "how.add_checks": "Run the absent checks for this build: {checks}.",
    "how.qa": "{who} confirms the test results: press “Confirm results”, or add a test report.",
    "how.add_approver": "Name another holder or deputy for the role in the catalogue.",
    "how.add_backup": "Take a backup, and add it: `/release evidence {release} migration <link>`.",
    "how.approve_risk": "{who} decides: press “⚠ Approve risk”, or type `Approve-Risk: <reason>`.",
    "how.rebuild_target": "Put {target} back into the registry, or name another version to go back to.",
    "how.source_confirms": "Let {source} see it: add the link of the run or build that it knows.",
    "how.end_incident": "Wait for its end, and plan after it: `/release move {release} <time> <reason>`.",
    "how.except_freeze": "Move it: `/release move {release} <time> <reason>`; or ask: `/release exception {release} freeze`.",
    "how.except_clash": "Move it: `/release move {release} <time> <reason>`; or ask: `/release exception {release} clash`.",
    "how.except_test": "Fix it and let the pipeline pass; or ask for an exception: `/release exception {release} test`.",
    "how.except_longer": "Ask for a longer one: `/release exception {release} {what}`; or move the start earlier.",
    "how.strategy": "Release in steps: `/release amend {release} strategy canary`, or put it behind a feature flag.",
    "how.steps": "Name the steps: `/release amend {release} steps 10,50,100`.",
    "how.thresholds": "Add error rate and latency limits for {service} to the catalogue.",
    "how.sign_off": "{names} signs off: press “Sign off”, or `/release approve {release} <reason>`.",
    "how.confirm": "{who} or another person of the team confirms it: `/release approve {release} <reason>`.",
    "how.confirm_or_sign": (
        "Somebody who did not supply it confirms it: a sign-off given from now on does, and so does "
        "`/release approve {release} <reason>`."
    ),
    "how.no_go_vote": "{by} takes it back: `/release withdraw {release} <reason>`; or the decision maker overrules it.",
    "how.declined": "Remove the cause and ask {by} again; a changed plan asks anew.",
}
