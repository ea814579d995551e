"""Sentences of the ROLLBACK PROCEDURE."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "rollback.flag": "Switch the flag off; {minutes}, tested {date}: {url}",
    "rollback.redeploy": "Redeploy {target}; {minutes}, tested {date}: {url}",
    "rollback.switch": "Switch the traffic back to the old side, {target}; {minutes}, tested {date}: {url}",
    "rollback.restore": "Restore the backup and redeploy {target}; {minutes}, tested {date}: {url}",
    "rollback.procedure": "Follow the procedure back to {target}; {minutes}, tested {date}: {url}",
    "rollback.unknown": "UNKNOWN — verify: {who} rehearses the rollback of {service} in staging, and adds its link and date",
    "rollback.restore_drill": "{minutes}, measured in the drill",
    "rollback.restore_drilled": "{minutes}, measured in the drill of {date}",
    "rollback.restore_catalogue": "{minutes}, by the catalogue",
    "rollback.restore_unknown": "UNKNOWN — verify: time the rollback of {service} in staging",
    "rollback.no_return": "Step {step} ({change} on {store}). Before it: the steps below without the restore."
    " After it: only the restore brings {target} back, and what was written since the backup is lost.",
    "rollback.no_return_none": "There is none: the data change ({change}) on {store} stays, and {target} runs on it.",
    "rollback.no_return_unknown": "UNKNOWN — verify: read the migrations of the merge request: what is done to {store}",
    "rollback.no_return_unplaced": "The data change ({change}) on {store}: UNKNOWN — verify: name the strategy,"
    " so that the step has its place",
    "rollback.trigger": "Roll back on any one of these that does not clear within {window} min of the pause;"
    " find the cause afterwards.",
    "rollback.trigger_health": "a new instance of {service} fails its health check again after a restart",
    "rollback.trigger_person": "anybody of the team asks for it: a rollback is never refused for its reason",
    "rollback.running": "every instance runs {target}; instances of the new version: 0",
    "rollback.running_unknown": "Version to go back to: UNKNOWN — verify: look up what runs in production now: the last"
    " deployment of {service}",
    "rollback.past_return": "a sample of {store} equals the backup: row counts and the newest records",
    "rollback.told": "At once: the bot posts ROLLBACK with its ETA to {places}; after `/release rolledback {release}`,"
    " that it is over.",
    "rollback.told_unknown": "Whom to tell: UNKNOWN — verify: name the channels of {service} in the catalogue (`channels`)",
    "rollback.customers": "At once, since an outage is visible: {who} tells support and updates the status page.",
    "rollback.customers_unknown": "Customers: UNKNOWN — verify: ask {who} whether users see an outage of {service}"
    " (catalogue: `outage_visible`)",
    "back.declare": "Say it: `/release rollback {release} <reason>`.",
    "back.why_declare": "Everybody knows before it gets better or worse, and the ETA goes out.",
    "back.stop": "Stop the rollout of {service} in {environment}.",
    "back.why_stop": "Nobody else gets the failure.",
    "back.shut": "Switch the flag off.",
    "back.why_shut": "It takes effect without a deployment.",
    "back.data": "Stop writes, and restore {store} from the backup.",
    "back.data_drilled": "Stop writes, and restore {store} from its newest backup: what was written since is lost.",
    "back.data_after": "Only after step {step} of the rollout: stop writes, and restore {store} from the backup.",
    "back.why_data_after": "{target} cannot run on the changed data; before that step it can.",
    "back.why_data_drilled": "The way back that was tested is this restore.",
    "back.why_data": "{target} cannot run on the changed data.",
    "back.back": "Bring {service} in {environment} back to {target}.",
    "back.why_back": "It ran in production before this release.",
    "back.back_if": "Only if it stays bad with the flag off: bring {service} in {environment} back to {target}.",
    "back.why_back_if": "Then the fault is in {version} itself, not behind the flag.",
    "back.switch": "Switch the traffic of {service} back to the old side, {target}.",
    "back.why_switch": "The old side still runs: nothing has to be deployed.",
    "back.check": "Check that {service} is healthy on {target}.",
    "back.why_check": "A rollback is over when the measures say so, not when the command ends.",
    "back.check_flag": "Check that {service} is healthy with the flag off.",
    "back.why_check_flag": "A rollback is over when the measures say so, not when the flag is off.",
    "back.evidence_declared": "ROLLBACK post in the channels",
    "back.evidence_stopped": "share of traffic on {version}: 0 %",
    "back.evidence_halted": "last execution: CANCELED; share of traffic on {version}: not growing",
    "back.evidence_switched": "share of traffic on {target}: 100 %",
    "back.evidence_shut": "evaluations of the flag that give the new path: 0",
    "back.evidence_data": "log of the restore: 0 errors; newest record as in the backup",
}
