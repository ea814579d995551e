"""Sentences of findings that only one rule gives: cause and impact, in this order (V4). Those of items: item_findings.py."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "finding.service_unknown": "{service} is not in the catalogue: no approvers, no thresholds, no channels. That blocks.",
    "finding.version_missing": "No version is named. Nothing can be checked.",
    "finding.owner_unknown": "{owner} is named as an owner but is no person of the roster. Nobody would act.",
    "finding.requester_unknown": "{requester} asked for this release and is in the catalogue no more. "
    "Under a new name the same person could approve it.",
    "finding.rollback_owner_missing": "No rollback owner is named. Nobody would take {service} back.",
    "finding.owners_named": "Owner {owner}, rollback owner {rollback_owner}.",
    "finding.owners_presence_open": "Owner {owner}, rollback owner {rollback_owner}. {rollback_owner} has not said to be there "
    "from T=0 to T+30, and a rollback could wait for a person.",
    "finding.ci_failed": "The pipeline does not pass, says {source}. A failing pipeline blocks; no approval lifts it.",
    "finding.ci_check_failed": "The pipeline does not pass: {checks} failed. No approval lifts it.",
    "finding.ci_check_excepted": (
        "{checks} failed, and is excepted until {until} by {by}; owner {owner}. Amber, never clear. Mitigation: {mitigation}"
    ),
    "finding.ci_checks_absent": "The pipeline does not show: {checks}. An absent check is a missing check.",
    "finding.qa_confirmed": "QA confirmed by {by}.",
    "finding.qa_report": "Test report checked by {source}.",
    "finding.qa_nobody": "QA confirmation is open, and no QA lead is free to give it: requester, owner and authors may not.",
    "finding.migration_none": "No data change.",
    "finding.migration_disputed": "Declared as no data change, but models changed since the last version. Nobody compared "
    "the two: amber.",
    "finding.migration_unclassed": "A migration is given, but not what it does to the data. The way back depends on it.",
    "finding.migration_untested": "Data change ({change}): not dry-run in staging. Production would be its first run.",
    "finding.migration_no_backup": "Data change ({change}): no backup was taken. Data lost in it could not be restored.",
    "finding.risk_migration_open": "The data change ({change}) cannot be taken back. ⚠ REQUIRES APPROVAL",
    "finding.risk_migration_accepted": "Risk accepted by {by}: the data change ({change}) is final. Reason: {reason}",
    "finding.risk_restore_open": "The only way back is a restore: slow, and newer data is lost. ⚠ REQUIRES APPROVAL",
    "finding.risk_restore_accepted": "Risk accepted by {by}: the only way back is a restore. Reason: {reason}",
    "finding.rollback_edited": "Rollback was tested on {day}, and its runbook was changed on {edited}. What was rehearsed is not "
    "what is written now.",
    "finding.rollback_untested": "Rollback: never tested. A way back that was not walked is a hope.",
    "finding.rollback_unsaid": "Rollback: nobody says that it was tested. A date or a link alone is no test.",
    "finding.rollback_undated": "Rollback: the test has no date in the past. Without one it is a claim.",
    "finding.rollback_unwritten": "Rollback: tested, but the steps are nowhere. The next person could not repeat it.",
    "finding.rollback_touched": "Rollback: the drill is older than this data change ({change}), so it proves nothing about it.",
    "finding.rollback_no_way": "Rollback: {way} does not take back this data change ({change}): the old version cannot run on "
    "the changed data. Only a restore, tested, is a way back.",
    "finding.rollback_target_verified": "Rollback target {target} can be installed, checked by {source} on {date}.",
    "finding.rollback_target_gone": "Rollback target {target} cannot be installed any more. There is nothing to go back to.",
    "finding.rollback_target_unchecked": "Rollback target: {source} did not say that it can be installed. Not checked.",
    "finding.monitoring_firing": "An alert of {service} is firing already: {alert}. A failure would hide behind it.",
    "finding.monitoring_no_data": "{source} has no data of {service}. A failure would not be seen.",
    "finding.monitoring_no_alert": "{source} sees no alert that names {service}. That somebody would be told of a failure is "
    "vouched for, and not seen.",
    "finding.monitoring_unclear": "{source} looked at {service}: {seen}. A failure might not be seen or heard.",
    "finding.monitoring_unchecked": "Nobody checked that monitoring of {service} has data now. UNKNOWN is never green.",
    "finding.monitoring_live": "Monitoring has data and is quiet, checked by {source}.",
    "finding.monitoring_live_attested": "{by} vouches that monitoring has data; no source checked it.",
    "finding.dependencies_verified": "Dependencies checked by {source} on {date}: {names}.",
    "finding.dependencies_failed": "{source} reports a problem on the dependencies: {names}. That blocks.",
    "finding.dependency_incident": "Incident {incident} ({severity}) is open on {on}. A release beside it would make both worse.",
    "finding.dependency_freeze": "{on} is frozen at the planned start: {reason}. That blocks.",
    "finding.dependency_freeze_excepted": "{on} is frozen at the planned start: {reason}. Excepted, amber.",
    "finding.dependency_release": "{other} of {on} is open at that time. Two changes at once cannot be told apart.",
    "finding.dependency_release_excepted": "{other} of {on} is open at that time. Excepted, amber.",
    "finding.incident_open": "Incident {incident} ({severity}) is open on {on}. Only break-glass releases into an incident.",
    "finding.incident_minor": "Incident {incident} ({severity}) is open on {on}.",
    "finding.start_missing": "No start time is named. Freezes and clashes cannot be checked, nothing can be announced.",
    "finding.window_known": "Start {at} {zone}.",
    "finding.freeze": "Freeze until {until}: {reason} (owner: {owner}). That blocks.",
    "finding.freeze_excepted": "Freeze: {reason}. Exception signed by {by}, until {until}. Amber.",
    "finding.clash": "{other} of {on} is open at that time. Two changes at once cannot be told apart.",
    "finding.clash_people": "{other} needs the same persons at that time. Nobody can watch two releases.",
    "finding.clash_excepted": "Clash with {other}. Exception signed by {by}, until {until}. Amber.",
    "finding.exception_short": (
        "The exception ({what}) ends {until}, before T+30 ({end}). It would run out in the rollout, so it covers nothing."
    ),
    "finding.exception_declined": "Exception ({what}) declined by {by}, so what it was for still counts: “{reason}”",
    "finding.strategy_given": "Rollout strategy: {strategy}.",
    "finding.strategy_not_staged": "Risk is {band}, and {strategy} exposes too many at once. Canary or feature flag is required.",
    "finding.steps_missing": "Risk is {band}, and no percentages are planned. A canary without steps is no canary.",
    "finding.thresholds_missing": "Risk is {band}, and {service} has no abort thresholds. Nobody could say when to stop.",
    "finding.alternative_missing": "Risk is CRITICAL: no failure modes and no alternative, such as a split, are written.",
    "finding.flags_none": "No feature flag is used.",
    "finding.flags_incomplete": "Feature flags: not known: {names}. Nobody could switch it off.",
    "finding.signed_off": "Signed off by {by} ({role}).",
    "finding.accepted_in_budget": (
        "Risks and exceptions that the team accepted in the last {days} days: {count}; the limit is {limit}."
    ),
    "finding.accepted_over_budget": (
        "The team accepted {count} risks and exceptions in the last {days} days; with this one the limit of {limit} is passed. "
        "So the engineering lead signs too."
    ),
    "finding.sign_off_open": "Sign-off open: {role}, for {band} risk. {names} can give it.",
    "finding.sign_off_nobody": "Sign-off open: {role}, for {band} risk. Nobody is free: requester, owner and authors may not.",
    "finding.no_go_vote": "No-go by {by}: “{reason}”",
    "finding.no_go_overruled": "No-go by {by}, overruled by {overruled_by}: “{reason}”",
    "finding.declined": "Declined by {by}: “{reason}”",
}
