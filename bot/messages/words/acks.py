"""What the bot answers to the person whose command was accepted: one line; the cards tell the rest."""

from collections.abc import Mapping

_BOUND = " It is bound to this plan; a later change of the plan voids it."
_OTHER = (
    " You could sign as {kind} instead, and each person signs once: `/release withdraw {release} <reason>`, then "
    "`approve as {role} <reason>`."
)

SENTENCES: Mapping[str, str] = {
    "ack.answer_asked": "Noted: not known yet. {who} is asked for it ({item}); until then the item stays open.",
    "ack.answer_unknown": "Noted: not known yet. The item stays open and is listed in the verdict.",
    "ack.answer_unreached": (
        "Noted: not known yet. {who} could supply it ({item}), but has no account here: tell them. The item stays open."
    ),
    "ack.answered": "Answer to question {number} recorded.",
    "ack.amended": (
        "Amended: {field} is now {value}. If that changes the plan, what was approved no longer counts and is asked for again."
    ),
    "ack.approved": f"Recorded: {{consent}}.{_BOUND}",
    "ack.approved_one_of": f"Recorded: {{consent}}.{_OTHER}{_BOUND}",
    "ack.approved_as_deputy": f"Recorded, as deputy: {{consent}}.{_BOUND}",
    "ack.approved_as_deputy_one_of": f"Recorded, as deputy: {{consent}}.{_OTHER}{_BOUND}",
    "ack.approved_for": f"Recorded, for {{who}}: {{consent}}.{_BOUND}",
    "ack.cancelled": "Cancelled. Pending posts are withdrawn, and what was already said is corrected.",
    "ack.cleared": "GO recorded. The release is cleared; evidence is checked again before T-30, T-5 and T=0.",
    "ack.data_none": "Recorded as you say: no data change.",
    "ack.declined": "Recorded: declined, {consent}. Your reason stands beside the approvals.",
    "ack.done": "Done recorded. The release is closed.",
    "ack.evidence_added": "Recorded as attested by you: {item}. A source that can be asked would make it verified.",
    "ack.evidence_kept": "Recorded: {item} stays as {who} gave it, tested on {day}. A newer date, or “not tested”, would "
    "change it.",
    "ack.evidence_other": "Recorded as attested by you: {item}. It is another one than was tested on {day}, so that test counts "
    "no more. Add the date on which this one was tested.",
    "ack.evidence_thin": "Recorded, but {item} counts only with a link or a date. Add one: it satisfies nothing yet.",
    "ack.exception_requested": "Exception requested. It needs the sign-off of {who}; until then the block stands.",
    "ack.health_bad": "Bad health recorded, and the team is told. Next: hold or roll back. Both are one press away.",
    "ack.health_ok": "Health recorded as you report it. The marks also say what the monitors show.",
    "ack.held": "Held. No announcement goes out until the decision maker resumes.",
    "ack.lesson": "Lesson recorded. It is shown in the next plan of this service.",
    "ack.moved": "New time recorded. All pending posts moved with it; what was already said is corrected.",
    "ack.na_needs_second": (
        "Recorded: {item} does not apply, with your reason. It is a MUST item, so another person has to agree."
    ),
    "ack.na_recorded": "Recorded: {item} does not apply, with your name and reason.",
    "ack.overruled": "Recorded: the no-go votes are overruled, with your reason beside them. The release stays cleared.",
    "ack.person_asked": "Asked {who} for: {item}. The request went out by direct message and is on record.",
    "ack.plan_continued": (
        "This plan is already open; what you said was added to it. The questions asked so far stay counted."
    ),
    "ack.plan_exists": "This release is already {phase}. To change it use move, amend or evidence.",
    "ack.plan_started": "Planning started.",
    "ack.resumed": "Resumed. The marks are planned anew.",
    "ack.rollback": "Rollback declared. Team and stakeholders are told now. When it is complete, say rolledback.",
    "ack.rolled_back": "Rollback complete. Team and stakeholders are told.",
    "ack.sign_offs_requested": "Asked for approval: {who}.",
    "ack.started": "Start recorded. Next: watch the stop conditions.",
    "ack.started_early": (
        "Start recorded, before the planned time ({planned}). If it was not meant to begin yet, say hold or rollback. "
        "Next: watch the stop conditions."
    ),
    "ack.started_without_go": "Start recorded. There was no valid GO: the team is told so, and it stays on record.",
    "ack.stepped": "Step recorded: {percent} %.",
    "ack.vague_asked": "“{phrase}” is not evidence. The measure is asked for instead.",
    "ack.vague_listed": "“{phrase}” is not evidence. The item is listed as missing.",
    "ack.voted_go": "Your go is recorded. It is a vote; the decision maker's go clears the release.",
    "ack.voted_no_go": (
        "Your no-go is recorded with its reason. It blocks until you withdraw it or the decision maker "
        "overrules it with a reason."
    ),
    "ack.withdrawn": "Withdrawn: {count} of your consents. What depended on them is open again.",
}
