"""Sentences of a plan: summary, goal, preconditions, confidence, self-check, closing and next action."""

from collections.abc import Mapping

_RISK = "RISK SUMMARY: {{band}}, {{score}} of 100 = inherent {{inherent}} + missing evidence {{gap}}. {rest}"
_FLOOR = _RISK.replace("{{band}}, {{score}} of 100", "{{band}} by floor, since data may be lost; {{score}} of 100")
_HEAVIEST: Mapping[str, str] = {
    "none": "Nothing weighs.",
    "novelty": "Heaviest: how rarely this is done ({points}).",
    "span": "Heaviest: how much it touches ({points}).",
    "criticality": "Heaviest: how critical it is ({points}).",
    "data_change": "Heaviest: the data change ({points}).",
    "way_back": "Heaviest: the way back ({points}).",
    "exposure": "Heaviest: how many get it at once ({points}).",
    "window": "Heaviest: the time of the start ({points}).",
    "track_record": "Heaviest: the track record ({points}).",
    "must_missing": "Heaviest: MUST items missing or failed ({points}).",
    "should_missing": "Heaviest: SHOULD items missing or failed ({points}).",
    "stale_or_missing": "Heaviest: stale or missing items ({points}).",
}

_FOUND: Mapping[str, str] = {
    "ci": "CI: passed: {checks}",
    "artifact": "Artifact: commit {commit}, digest {digest}",
    "migration": "Data migration: {change}; dry run in staging: {dry_run}; backup: {backup}",
    "flags": "Feature flags: default {default}, kill switch {switch}",
}
_LOOKED: Mapping[str, str] = {
    "verified": "checked by {source}.",
    "attested": "{by} vouches for it, {date}; no source checked it.",
}

SENTENCES: Mapping[str, str] = {
    **{
        f"plan.risk_{factor}": _RISK.replace("{rest}", rest).replace("{{", "{").replace("}}", "}")
        for factor, rest in _HEAVIEST.items()
    },
    **{
        f"plan.risk_{factor}_floor": _FLOOR.replace("{rest}", rest).replace("{{", "{").replace("}}", "}")
        for factor, rest in _HEAVIEST.items()
    },
    "plan.summary_go": "GO: {service} {version} to {environment}; every MUST item is there.",
    "plan.summary_possible": "GO POSSIBLE: {service} {version} to {environment}; only consents are open.",
    "plan.summary_unverified": "NO-GO UNTIL VERIFIED: {service} {version} to {environment}; {count} open: {items}.",
    "plan.summary_unverified_many": "NO-GO UNTIL VERIFIED: {service} {version} to {environment}; {count} open: {items}, and "
    "{more} more, all in the READINESS CHECKLIST.",
    "plan.summary_no_go_many": "NO-GO: {service} {version} to {environment}; in the way: {items}, and {more} more, all in the "
    "READINESS CHECKLIST.",
    "plan.summary_no_go": "NO-GO: {service} {version} to {environment}; in the way: {items}.",
    "plan.summary_emergency": "EMERGENCY for {incident}, declared by {by}: what break-glass waives is amber below; "
    "CI, the way back and who may approve are never waived.",
    "plan.summary_how": "Start {at}; strategy {strategy}; time to restore {minutes}.",
    "plan.goal": "Bring {service} {version} to {environment} on {at}.",
    "plan.goal_said": "Bring {service} {version} to {environment} on {at}: {summary}",
    "plan.goal_unknown": "Bring {service} {version} to {environment}, start {at}{about}. UNKNOWN — verify: name version "
    "and start",
    "plan.goal_unknown_start": "Bring {service} {version} to {environment}, start {at}{about}. UNKNOWN — verify: name the start",
    "plan.goal_unknown_version": "Bring {service} {version} to {environment} on {at}{about}. UNKNOWN — verify: name the version",
    "plan.dependencies": "Dependencies: {names}.",
    "plan.no_dependencies": "Dependencies: the catalogue names none.",
    "plan.dependencies_unknown": "Dependencies: UNKNOWN — verify: add {service} to the catalogue, with `depends_on`",
    "plan.no_gaps": "Evidence gaps: none.",
    "plan.gaps": "Evidence gaps: {must} MUST, {should} SHOULD: {items}.",
    "plan.coverage": "Questions: {asked} asked; {known} items known from sources; {open} still open.",
    **{
        f"plan.{kind}_{state}": f"{found}; {looked}"
        for kind, found in _FOUND.items()
        for state, looked in _LOOKED.items()
    },
    "plan.environment": "Target environment: {environment}.",
    "plan.sign_offs_open": "Sign-offs open: {count}, for {band} risk. PRECONDITIONS name who can give each.",
    "plan.lesson": "{release}: {lesson}",
    "plan.pattern": "Recurring: {item} missing in {count} of the last {of} releases: {dates}.",
    "plan.no_lesson": "No lesson of {service} is on record yet; the closing form asks for one line.",
    "confidence.plan_low": "Open: {items}.",
    "confidence.plan_low_many": "Open: {items}, and {more} more.",
    "confidence.plan_attested": "All evidence is there, but only people vouch for: {items}.",
    "confidence.plan_amber": "All evidence is there, but accepted and not clear: {items}.",
    "confidence.plan_high": "Sources checked all MUST evidence.",
    "doubt.attested": "{item}: UNKNOWN — verify: open its record; so far only {by} vouches for it",
    "doubt.disputed": "data migration: UNKNOWN — verify: compare the models of {service} that changed with its tables; so far "
    "a person says that no data changes",
    "doubt.load": "{service} under production load: UNKNOWN — verify: compare its figures with those before T=0",
    "doubt.users": "What users of {service} notice: UNKNOWN — verify: look at support requests and error reports until T+30",
    "check.metrics": "The figures of {service} against the STOP CONDITIONS, now.",
    "check.recheck": "CI, monitoring and rollback target of {service} once more, 60 s before the start.",
    "check.enough_evidence_yes": "All MUST evidence is there; what people have to give is counted apart.",
    "check.enough_evidence_no": "Open: {items}.",
    "check.enough_evidence_no_many": "Open: {items}, and {more} more.",
    "check.artifacts_verified_yes": "CI, artifact, data, rollback, monitoring and flags are accounted for.",
    "check.artifacts_verified_no": "Open: {items}.",
    "check.rollback_tested_yes": "Written, tested, dated.",
    "check.rollback_tested_no": "Not tested, not dated, or too long ago. No GO without it.",
    "check.assumptions_stated_yes": "{count}, listed above.",
    "check.risks_named_yes": "{count} named, each with a mitigation and its owner.",
    "check.risks_named_no": "{count} named; an owner is missing.",
    "check.safety_yes": "The way back is tested; besides consents no MUST item is open.",
    "check.safety_no": "It cannot be called safe while a MUST item is open.",
    "check.evidence_yes": "Sources checked what counts.",
    "check.evidence_no": "Only people vouch for: {items}.",
    "check.evidence_open": "Open: {items}.",
    "check.evidence_open_many": "Open: {items}, and {more} more.",
    "check.automation_one": "1 of {count} steps is manual; the others have a command.",
    "check.automation_yes": "{manual} of {count} steps are manual; the others have a command.",
    "check.automation_no": "All {count} steps are manual.",
    "check.impact_yes": "{strategy} limits who is affected.",
    "check.impact_no": "{strategy} does not limit who is affected.",
    "check.impact_part": "{strategy}: fewer users at first than all at once, more than a canary.",
    "check.impact_open": "No strategy is named: nothing limits who is affected.",
    "check.documentation_yes": "Merge request and release notes are there.",
    "check.documentation_no": "Merge request or release notes are open.",
    "assume.catalogue": "The catalogue entry of {service} is right. Mitigation: compare it: `/release service {service}`.",
    "assume.attested": "What {by} vouches for is so: {items}. Mitigation: whoever approves sees it as “you accept as true”.",
    "assume.names": "{tool} calls the service {service} too. Mitigation: compare the name in each command before running it, or"
    " write `names` into the catalogue.",
    "assume.no_data": "The models of {service} that changed need no data change. Mitigation: compare them with the tables before"
    " T=0.",
    "assume.data": "Data change: UNKNOWN — verify: read the migrations of {service}; until then it counts as one that is final",
    "assume.pattern": (
        "{item} is there this time, though it was missing in {count} of the last {of} releases ({dates}); "
        "mitigation: close it first, and keep it in the catalogue with its date."
    ),
    "closing.owner": "OWNER: {who}.",
    "closing.rollback_owner": "ROLLBACK OWNER: {who}.",
    "closing.rollback_owner_unknown": "ROLLBACK OWNER: UNKNOWN — verify: `/release amend {release} rollback_owner @name`",
    "closing.timing": "TIMING: {at}.",
    "closing.timing_until": "TIMING: T=0 {at}; done about T+{minutes}, {end}.",
    "closing.timing_long": "TIMING: T=0 {at}; done about T+{minutes}, {end}: later than the T+30 post, which will say so.",
    "closing.timing_unknown": "TIMING: UNKNOWN — verify: `/release move {release} <time> <reason>`",
    "closing.confidence_high": "CONFIDENCE: High",
    "closing.confidence_medium": "CONFIDENCE: Medium",
    "closing.confidence_low": "CONFIDENCE: Low",
    "act.go": "Give the final decision: `/release go {release}`.",
    "act.go_nobody": "Name a decision maker who did not ask for this release; nobody else can give the go for {release}.",
    "act.start": "Start, and report it: `/release start {release}`.",
    "act.watch": "Watch the stop conditions; then report: `/release done {release}` or `/release rollback {release} <reason>`.",
    "act.resume": "Remove the cause of the hold; then `/release resume {release}`.",
    "act.rolled_back": "Finish the rollback, and report it: `/release rolledback {release}`.",
    "act.review": "Book the review, and write the lesson: `/release lesson {release} <one line>`.",
    "act.lesson": "Write the lesson: `/release lesson {release} <one line>`.",
    "act.plan_anew": "Nothing is due. A new plan starts with `/release plan`.",
}
