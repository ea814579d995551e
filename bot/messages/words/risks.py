"""Sentences of the RISK ASSESSMENT: cause by factor and answer of the rubric, and one mitigation for each."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "risk.novelty_rarely": "{service} is rarely released: hands and tools are out of practice.",
    "risk.novelty_never": "This was never done with {service}: what fails is not known.",
    "risk.novelty_unknown": "Novelty: UNKNOWN — verify: ask the service owner how often this is done, and"
    " set `novelty` in the catalogue (counts {points} of {worst})",
    "risk.novelty_fix": "Rehearse it once in staging, by the steps of this plan.",
    "risk.span_few": "Two or three services or teams are touched: a failure can start elsewhere.",
    "risk.span_many": "Four or more services or teams are touched: nobody sees the whole.",
    "risk.span_unknown": "Span: UNKNOWN — verify: count the services and teams that the merge request"
    " touches, and set `span` in the catalogue (counts {points} of {worst})",
    "risk.span_fix": "Tell the owners of what it touches, and ask each for a look at T=0.",
    "risk.criticality_not_critical": "Users notice if {service} fails.",
    "risk.criticality_critical": "{service} is critical: users cannot work if it fails.",
    "risk.criticality_unknown": "Criticality: UNKNOWN — verify: ask the product owner what users lose with"
    " {service}, and set `criticality` in the catalogue (counts {points} of {worst})",
    "risk.criticality_fix": "Keep the rollback owner at the keyboard from T=0 to T+30.",
    "risk.data_change_additive": "The data gets new fields: old and new version share it.",
    "risk.data_change_locking": "The data change locks or backfills: requests can pile up.",
    "risk.data_change_destructive": "The data change cannot be taken back.",
    "risk.data_change_unknown": "Data change: UNKNOWN — verify: read the migrations of the merge request (counts"
    " {points} of {worst})",
    "risk.data_change_ready": "Run it exactly as in the dry run, and stop at the first error.",
    "risk.data_change_fix": "Dry-run it in staging on data of production's size, and take a backup.",
    "risk.way_back_redeploy": "The way back is a redeployment: users feel it until it is through.",
    "risk.way_back_restore": "The way back is a restore: slow, and newer data is lost.",
    "risk.way_back_switch": "The way back is the old side: it holds only as long as that side runs, on the same data.",
    "risk.way_back_undescribed": "How it goes back: UNKNOWN — verify: read the tested procedure (counts as a restore,"
    " {points} of {worst})",
    "risk.way_back_said": "Say how with the evidence: `/release evidence {release} rollback <link> redeploy, tested on <date>`.",
    "risk.way_back_none": "No tested way back: a failure stays.",
    "risk.way_back_unknown": "Way back: UNKNOWN — verify: rehearse it in staging (counts {points} of {worst})",
    "risk.way_back_ready": "Keep the rollback owner at the keyboard from T=0 to T+30, the commands of the rollback open.",
    "risk.way_back_fix": "Rehearse the rollback in staging, and write the date into the runbook.",
    "risk.exposure_staged": "Stages without a canary: a failure reaches a good part of the users.",
    "risk.exposure_all": "Everybody gets it at once: a failure reaches all users.",
    "risk.exposure_unknown": "Exposure: UNKNOWN — verify: name the strategy: `/release amend {release}"
    " strategy canary` (counts {points} of {worst})",
    "risk.exposure_ready": "Watch every limit from the first minute, and roll back at the first that is crossed.",
    "risk.exposure_fix": "Release as a canary with steps, or behind a feature flag.",
    "risk.window_off": "Outside core hours: fewer people are there.",
    "risk.window_eve": "Before a weekend or a holiday: a slow failure meets nobody.",
    "risk.window_freeze": "In a freeze, or beside another release: two changes cannot be told apart.",
    "risk.window_unknown": "Window: UNKNOWN — verify: name the start: `/release move {release} <time>"
    " <reason>` (counts {points} of {worst})",
    "risk.window_apart": "Move the start away from it: `/release move {release} <time> <reason>`.",
    "risk.window_fix": "Start in core hours, early in the week.",
    "risk.track_record_mixed": "The last releases of {service} had issues, and this one may have them again.",
    "risk.track_record_poor": "The last releases of {service} failed or caused incidents, and this one may too.",
    "risk.track_record_none": "No earlier release of {service} is on record: nobody knows how it behaves in one.",
    "risk.track_record_unknown": "Track record: UNKNOWN — verify: look up how the last releases of {service}"
    " ended, and set `history` in the catalogue (counts {points} of {worst})",
    "risk.track_record_first": "Take small steps and look long: there is no experience to lean on.",
    "risk.track_record_fix": "Read the lessons of the last releases, and slow the steps down.",
    "risk.accepted_fix": "Stop {release} as soon as the reason for accepting it no longer holds.",
    "risk.excepted_fix": "As signed: {mitigation}",
    "risk.incident_fix": "Watch the incident and {service} together from T=0, and hold if either gets worse.",
    "risk.attested": "No source checked these, people vouch for them: {items}.",
    "risk.attested_fix": "Open each record before T=0; its link stands in the READINESS CHECKLIST.",
    "risk.regression": "{service}: {version} fails under production load in a way that staging did not show.",
    "risk.regression_fix": "Pause at the first stop condition, and roll back unless it clears.",
    "risk.unseen": "A failure of {service} that no alert covers.",
    "risk.unseen_fix": "Look at the dashboard after each step, not only at alerts.",
}
