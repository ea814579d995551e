"""Sentences of the ROLLBACK PROCEDURE."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "rollback.flag": "Switch the flag off; {minutes}, tested {date}: {url}",
    "rollback.redeploy": "Redeploy {target}; {minutes}, tested {date}: {url}",
    "rollback.restore": "Restore the backup and redeploy {target}; {minutes}, tested {date}: {url}",
    "rollback.procedure": "Follow the procedure back to {target}; {minutes}, tested {date}: {url}",
    "rollback.unknown": "UNKNOWN — verify: rehearse the rollback of {service} in staging, and add link and date",
    "rollback.trigger_person": "anybody of the team says so: a rollback is never refused for its reason",
    "rollback.running": "{target} runs on every instance",
    "rollback.running_unknown": "UNKNOWN — verify: name the version to go back to",
    "rollback.past_return": "data change ({change}): compare a sample of the data with the backup",
    "rollback.told": "The bot posts ROLLBACK with its ETA to {places}, and its end after `/release rolledback {release}`.",
    "rollback.told_unknown": "UNKNOWN — verify: name the channels of {service} in the catalogue",
    "rollback.customers": "{who} tells customers and support, since an outage is visible.",
    "back.declare": "Say it: `/release rollback {release} <reason>`.",
    "back.why_declare": "Everybody has to know before it gets better or worse.",
    "back.stop": "Stop the rollout of {service} where it is.",
    "back.why_stop": "Nobody else gets the failure.",
    "back.data": "Stop writes, and restore {store} from the backup.",
    "back.why_data": "The old version cannot run on the changed data.",
    "back.flag": "Switch the flag off.",
    "back.why_flag": "It takes effect without a deployment.",
    "back.back": "Bring {service} in {environment} back to {target}.",
    "back.why_back": "The version before is known to work.",
    "back.check": "Check that {service} is healthy again.",
    "back.why_check": "A rollback is over when the metrics say so.",
    "back.evidence_declared": "The ROLLBACK post is in the channels.",
    "back.evidence_data": "The restore ends without an error; a sample of the data is right.",
    "back.manual_report": "MANUAL: a press on the card, or the words above.",
    "back.manual_other": "MANUAL. To automate: name the rollout tool in the catalogue, or script the runbook.",
}
