"""Sentences of the ROLLOUT PLAN, VERIFICATION and STOP CONDITIONS."""

from collections.abc import Mapping

_READ = "read the usual value of the last 7 days at {where}, and put the limit into the catalogue (`thresholds`)"

SENTENCES: Mapping[str, str] = {
    "step.precheck": "Check that the card of {release} says cleared, and that {service} is quiet before anything changes.",
    "why.precheck": "A release into an unhealthy service hides its own failures.",
    "step.backup": "Take a backup of {store}, and note its id in the thread of {release}.",
    "why.backup": "Past the point of no return only this backup brings the data back.",
    "step.migrate": "Run the data change ({change}) on {store}, exactly as in the dry run.",
    "why.migrate": "Data first, so that the old and the new version can both run on it.",
    "step.migrate_unknown": "Data change of {version}: UNKNOWN — verify: read the migrations of its merge request,"
    " and dry-run them in staging",
    "why.migrate_unknown": "An unknown data change counts as one that cannot be taken back.",
    "step.strategy_unknown": "Rollout of {service}: UNKNOWN — verify: choose canary or feature flag with its steps:"
    " `/release amend {release} strategy canary`",
    "why.strategy_unknown": "Without stages everybody gets a failure at once.",
    "step.strategy_refused": "Choose canary or feature flag: all at once is for LOW only, and {release} is {band}.",
    "why.strategy_refused": "A failure of a {band} release must not reach everybody at once.",
    "step.canary_first": "Deploy {version} of {service} to a canary of {percent} %.",
    "why.canary_first": "A failure reaches {percent} % of users instead of everybody.",
    "step.canary_next": "Promote to {percent} %, if the evidence of the step before holds.",
    "why.canary_next": "More users get it only after the step before has held.",
    "step.staged_first": "Deploy {version} of {service} to the first stage, {percent} %.",
    "why.staged_first": "A failure reaches {percent} % of users instead of everybody.",
    "step.staged_next": "Go on to {percent} %, if the evidence of the stage before holds.",
    "why.staged_next": "Each stage is decided on what the one before has shown.",
    "step.rolling_first": "Start replacing the instances of {service} by {version}, one batch after the other.",
    "why.rolling_first": "The service stays up while instances are replaced.",
    "step.rolling_wait": "Wait until every instance of {service} runs {version}.",
    "why.rolling_wait": "A rolling update that hangs leaves two versions in production.",
    "step.flag_deploy": "Deploy {version} of {service} with {flag} off.",
    "why.flag_deploy": "Deploying and opening are two decisions, and only the second one is felt by users.",
    "step.flag_open": "Open {flag} for {percent} % of users.",
    "why.flag_open": "A failure reaches {percent} % of users, and the flag takes it back without a deployment.",
    "step.flag_more": "Open {flag} for {percent} % of users, if the evidence of the step before holds.",
    "why.flag_more": "More users get it only after the step before has held.",
    "step.blue_green_deploy": "Deploy {version} of {service} beside the running version, without traffic.",
    "why.blue_green_deploy": "It is checked before anybody uses it.",
    "step.blue_green_switch": "Switch all traffic to {version}; keep the old side running to the end of the watch.",
    "why.blue_green_switch": "The switch is undone faster than any deployment, as long as the old side runs.",
    "step.all_deploy": "Deploy {version} of {service} to everybody.",
    "why.all_deploy": "The risk is LOW: stages would cost more than they save.",
    "step.watch": "Watch {version} of {service} at 100 %.",
    "why.watch": "Slow failures (leaks, full queues) show only after the last step.",
    "step.contract": "Run the closing data change ({change}) on {store}. POINT OF NO RETURN.",
    "why.contract": "It comes last: until here the version before can still come back.",
    "step.done": "Report it: `/release done {release}`, with the lesson in one line.",
    "why.done": "An outcome that nobody reports is posted as UNKNOWN.",
    "step.evidence": "{limits}",
    "step.evidence_unknown": "UNKNOWN — verify: read error rate and p95 of {service} on its dashboard, and put the limits into"
    " the catalogue (`thresholds`)",
    "step.evidence_go": "card of {release}: GO, cleared to start; alerts of {service} firing: 0",
    "step.evidence_backup": "log of the backup job: 0 errors; a test read of the backup: 0 errors",
    "step.evidence_migrated": "log of the migration: 0 errors; no STOP CONDITION of the running version is met",
    "step.evidence_contract": "query log of {store}: 0 reads of the old shape; log of the migration: 0 errors",
    "step.evidence_ready": "new side: ready instances = wanted instances; smoke test against it: 0 failures",
    "step.evidence_replaced": "readiness probes of the replaced instances: 0 failures for {window} min",
    "step.evidence_done": "every limit held through the watch; alerts of {service} firing: 0",
    "step.evidence_known": "the answer stands on the card of {release}",
    "manual.no_tool": "MANUAL. To automate: name the rollout tool of {service} in the catalogue (`tool`).",
    "manual.no_command": "MANUAL: {tool} has no command for it. To automate: a job of the pipeline.",
    "manual.no_stages": "MANUAL, by the runbook: {tool} has no stages of traffic."
    " To automate: Argo Rollouts or Flagger for {service}.",
    "manual.selector": "MANUAL: point the selector of the Service at the new side. To automate: Argo Rollouts or Flagger.",
    "manual.helm_pause": "MANUAL: helm cannot pause; roll back instead. To automate: Argo Rollouts or Flagger.",
    "manual.hand_pause": "MANUAL: move no more traffic; it moves only when somebody moves it."
    " To automate: Argo Rollouts or Flagger for {service}.",
    "manual.selector_back": "MANUAL: point the selector of the Service back at the old side."
    " To automate: Argo Rollouts or Flagger.",
    "manual.hand_back": "MANUAL, by the runbook: move the traffic back to {target} the way it was moved; {tool} does not know of"
    " it. To automate: Argo Rollouts or Flagger for {service}.",
    "manual.judgment": "MANUAL: press Continue at the Manual Judgment stage; spin has no command for it."
    " To automate: a canary analysis stage.",
    "manual.judgment_wait": "MANUAL: leave the Manual Judgment stage unanswered; the pipeline waits there."
    " To automate: a canary analysis stage.",
    "manual.no_flag_tool": "MANUAL: in the flag service. To automate: name it in the catalogue (`flag_tool`).",
    "manual.flag_pause": "MANUAL: open the flag no further; it moves only when somebody moves it."
    " To automate: a guarded rollout of the flag service.",
    "manual.flagd_open": "MANUAL: set the share in `targeting.fractional` of the flag file by merge request; flagd reads it again"
    " by itself. To automate: a job that changes the file.",
    "manual.flagd_shut": "MANUAL: set the share in `targeting.fractional` of the flag file to 0 % by merge request"
    " (a revert of the last step leaves the one before it open); flagd reads it again by itself. To automate: a job"
    " that changes the file.",
    "manual.data": "MANUAL. To automate: a job of the pipeline, with its dry run.",
    "manual.restore": "MANUAL, by the runbook. To automate: a restore job that the next drill runs.",
    "manual.report": "MANUAL. To automate: connect the rollout tool, so that the bot sees the end itself.",
    "manual.declare": "MANUAL: press Rollback on the card, or type it. It stays by hand: a person decides.",
    "manual.unknown": "MANUAL: a decision. Nothing to automate until it is taken.",
    "verify.limit": "{metric} {sign} {limit} for {minutes} min",
    "verify.limit_slo": "{metric} {sign} {limit} for {minutes} min (SLO {slo})",
    "verify.limits_unknown": "Limits: UNKNOWN — verify: " + _READ,
    "verify.one_set": "No success limit of its own for {metrics} in the catalogue: the limit of the stop condition serves"
    " for both.",
    "verify.health": "readiness probe of every instance of {version}: 0 failures",
    "verify.dashboard": "dashboard: {url}",
    "verify.dashboard_unknown": "Dashboard of {service}: UNKNOWN — verify: open the monitors of {service}, and add the link:"
    " `/release evidence {release} monitoring <link>`",
    "verify.success": "Success: all of this holds at 100 % to the end of the watch, and {release} is reported done.",
    "stop.limit": "{metric} {sign} {limit} for {minutes} min",
    "stop.limit_slo": "{metric} {sign} {limit} for {minutes} min (SLO {slo})",
    "stop.unset": "{metrics}: UNKNOWN — verify: " + _READ,
    "stop.health_check": "failed health checks: 1 or more instances of the new version",
    "stop.alert": "alert {alert} fires, or any other alert of {service}",
    "stop.any_alert": "any alert of {service} fires",
    "stop.pause": "Any one of these: stop where it is, say `/release hold {release} <reason>`, then decide: go on or ROLLBACK.",
    "stop.why_pause": "A pause costs minutes; a failure that spreads costs users.",
    "stop.evidence_pause": "share of {service} traffic on the new version does not grow",
}
