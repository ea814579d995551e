"""Sentences of emergencies: break-glass, what it waives, and the review that follows (G16)."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "finding.emergency_waived": "{item} ({rule}): waived by break-glass for {incident}, amber.",
    "finding.breakglass_open": (
        "Break-glass for {incident}, declared by {by}: a second person is open. {names} can confirm. ⚠ REQUIRES APPROVAL"
    ),
    "finding.breakglass_nobody": (
        "Break-glass for {incident}, declared by {by}: nobody is free to confirm it. Decision maker, engineering lead and "
        "on-call are the requester, the owner or authors."
    ),
    "finding.breakglass_confirmed": "EMERGENCY {incident}, amber: declared by {by}, confirmed by {other}: “{reason}”",
    "finding.breakglass_review": (
        "The emergency {other} of this service has no review yet. The next one would repeat what nobody looked at."
    ),
    "how.breakglass_second": "{who} decides: press “⚠ Confirm break-glass”, or `/release approve {release} <reason>`.",
    "how.review_first": "Write its review: `/release review {other}`.",
    "ack.breakglass_declared": "Break-glass declared for {incident}. It counts once a second person confirms it: {who}.",
    "ack.breakglass_confirmed": "Recorded: you confirm break-glass. Sign-offs and go are not asked for; the other gates stay.",
    "ack.reviewed": "Review recorded. The next break-glass of this service is possible again.",
    "refused.breakglass_already": "This release is an emergency already, declared by {by}. A second person has to confirm it.",
    "refused.breakglass_started": "The release is {phase}; break-glass is declared before the start. Use hold or rollback.",
    "refused.incident_missing": "“{incident}” is no incident id. Name the incident, such as INC-204; it is kept on record.",
    "refused.review_owed": (
        "The emergency {release} of this service has no review yet, and blocks the next one (G16). Write it now: "
        "/release review {release}"
    ),
    "refused.review_none": "This release was no emergency, so no review is owed. A lesson is one line: /release lesson.",
    "refused.review_early": "The release is {phase}. Its review is written when it is over.",
    "refused.review_done": "The review is on record already, by {by}.",
    "refused.review_own": "You declared this emergency; its review is written by somebody else of the team: {who}.",
    "refused.review_happened": "Say what happened, in at least {minimum} characters; it is kept verbatim on record.",
    "refused.review_skipped": "Say what was skipped, in at least {minimum} characters; it is kept verbatim on record.",
    "refused.review_change": "Say what will change, in at least {minimum} characters; it is kept verbatim on record.",
    "emergency.word": "EMERGENCY",
    "emergency.word_over": "EMERGENCY OVER",
    "emergency.word_overdue": "REVIEW OVERDUE",
    "emergency.declared": (
        "Break-glass declared by {who} for {incident}: “{reason}”. It counts once confirmed by {names}; until {until}."
    ),
    "emergency.declared_then": "Break-glass declared by {who} for {incident}: “{reason}”. Confirmed by {second}.",
    "emergency.declared_plain": (
        "Because of incident {incident}, an urgent change of {service} is being prepared. Some of the usual waiting and checks "
        "are shortened; a second person has to agree first. We tell you here as soon as anything changes."
    ),
    "emergency.confirmed": "Break-glass for {incident} confirmed by {second}: “{why}”. Start it before {until}.",
    "emergency.confirmed_plain": (
        "Two people now stand for the urgent change of {service} because of incident {incident}. Next post: when it starts."
    ),
    "emergency.lapsed": "Break-glass of {object} was not started in time and is over. What it waived counts again.",
    "emergency.lapsed_plain": "The urgent change of {service} did not start. The usual checks hold again.",
    "emergency.label_waived": "Waived, amber",
    "emergency.label_never": "Never waived",
    "emergency.never": "a passing pipeline, a tested rollback, approved risks, reasons on record",
    "emergency.review_due": (
        "The emergency {object} needs its review by {due}: what happened, what was skipped, what will change."
    ),
    "emergency.review_there": "The review is on record.",
    "emergency.review_overdue": (
        "The review of the emergency {object} was due {due}. Until it is written, the next break-glass of {service} is refused."
    ),
    "emergency.reviewed": "The emergency {object} was reviewed by {who}.",
    "card.emergency_line": "EMERGENCY for {incident}, declared by {who}{why}",
    "lead.review_due": "The emergency is over; its review is due {due}.",
    "lead.review_overdue": "REVIEW OVERDUE since {due}: the next break-glass of the service is blocked.",
    "next.review": "write the review of the emergency",
    "item.breakglass": "break-glass",
    "button.breakglass": "⚠ Confirm break-glass for {object}…",
    "button.review": "Write the review of {object}…",
    "form.breakglass_title": "Break-glass",
    "form.breakglass_intro": (
        "A second person has to confirm it. It waives dependencies, freezes, incidents, QA and sign-offs; never the pipeline, "
        "the tested rollback or approved risks. A review is due within 24 hours of its end."
    ),
    "form.review_title": "Review",
    "field.incident": "Incident id",
    "field.review_happened": "What happened?",
    "field.review_skipped": "What did we skip?",
    "field.review_change": "What will change?",
    "help.group_emergency": "Emergency",
    "help.usage.breakglass": "breakglass <service> <version> <incident> <reason>",
    "help.about.breakglass": "declares an emergency release; a second person has to confirm it",
    "help.usage.review": "review R-142 [what happened; what we skipped; what will change]",
    "help.about.review": "records the review that an emergency owes within 24 hours",
}
