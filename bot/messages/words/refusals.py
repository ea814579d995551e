"""What the bot answers when it refuses: what stands in the way, and what to do. The attempt itself is on record."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "refused.already_cleared": "The release is cleared already, by the go of {who}. Nothing more is needed before the start.",
    "refused.already_given": "Already given by {by}: “{reason}”. Nothing more is needed for it.",
    "refused.already_held": "Already held: “{reason}”. The decision maker resumes it.",
    "refused.already_rolling_back": (
        "A rollback is already under way: “{reason}”. When it is complete, say rolledback."
    ),
    "refused.already_started": "The start is already on record; the release is {phase}.",
    "refused.amend_after_start": "The release has started; its plan no longer changes. Hold it or roll it back.",
    "refused.amend_data_change": "“{value}” is no class of data change. Known: {known}.",
    "refused.amend_field": "Name one field and its value. Fields: {fields}.",
    "refused.amend_same": "Nothing changes: {field} already has that value.",
    "refused.amend_steps": "“{value}” is no list of steps. Write percentages that grow to 100, such as 10, 50, 100.",
    "refused.amend_strategy": "“{value}” is no rollout strategy. Known: {known}.",
    "refused.approve_phase": (
        "The release is {phase}: approvals are given and refused between the finished plan and the start. "
        "Still being planned: wait for the request. Already started: say hold or rollback."
    ),
    "refused.account_unsure": (
        "The chat does not say just now whether this account is a full member, and in doubt it gives no consent (G18). "
        "Try again in a minute."
    ),
    "refused.bot_cannot_approve": "Bots and apps never approve, vote or decline (G18). A named person has to.",
    "refused.cancel_after_start": (
        "The release is {phase}; what has started is ended by done or by rollback, not by cancel."
    ),
    "refused.owner_not_team": "{person} is not of the team of this service, and an owner has to be: present, with the rights to "
    "act. Choose one of {who}.",
    "refused.start_future": "A start is reported when it has happened; {at} is still to come. For another time use move.",
    "refused.ended": "This release is {phase}; it changes no more. Plan a new one to go on.",
    "refused.exception_never": (
        "There is no exception for “{what}”. A failed test, a freeze or a clash can be excepted; a missing way back never (G3), "
        "an open severe incident only by break-glass (G11)."
    ),
    "refused.exception_details": "Name the test that failed, and what it says (G5).",
    "refused.exception_link": "Add the link where the failed test is seen: https://… (G5).",
    "refused.exception_mitigation": (
        "Say what is done instead of the test, in at least {minimum} characters: a mitigation that somebody can follow (G5)."
    ),
    "refused.exception_no_build": (
        "The commit of this release is not known, so nothing says which build would be excepted. Add the artifact first."
    ),
    "refused.exception_nobody": (
        "Nobody can sign it as {role}: requester, owner and authors may not. Name another holder or deputy in the catalogue."
    ),
    "refused.exception_one_person": (
        "Product owner and QA lead both sign, and they are two people; here {who} is both. Name a deputy in the catalogue (G7)."
    ),
    "refused.expiry_before_start": (
        "The exception would expire before T+30 of the start ({end}). Choose a later expiry, or an earlier start."
    ),
    "refused.expiry_out_of_range": "The expiry has to lie in the future, at most {days} days ahead.",
    "refused.go_not_yet": ("No GO yet: what is missing is listed below. Close it, then give the go again."),
    "refused.guest": "Guests and external accounts see, decide and change nothing here.",
    "refused.health_metric": "Say which metric is bad and how bad, such as: health bad error rate 4 %.",
    "refused.lesson_empty": "The lesson is empty. Write it in one line: /release lesson <what the next release should know>",
    "refused.na_never": (
        "{item} always applies: without it no release can be judged safe. Supply the evidence instead."
    ),
    "refused.no_failed_check": (
        "“{check}” is no failed check of this build, so no exception covers it. Failed: {known}. A run that is missing, "
        "pending or of another commit is not excepted: let it run."
    ),
    "refused.no_release": "There is no such release. What is open: /release list. A new one: /release plan.",
    "refused.not_attestable": "{item} is judged from the plan, the calendar or the monitors; nobody can attest it.",
    "refused.not_decision_maker": "That is for the decision maker of {service}: {who}.",
    "refused.not_engineer": "Releases of {service} are planned by its engineers: {who}.",
    "refused.not_entitled": "You cannot give this consent ({consent}). Who can: {who}. The attempt is on record.",
    "refused.not_held": "The release is not held; it is {phase}.",
    "refused.not_insider": (
        "That is for the people of {service}. Its channels are private, so nobody of them is named here: ask them yourself, or "
        "whoever keeps the catalogue. The attempt is on record."
    ),
    "refused.not_in_roster": (
        "You are not in the roster, so nothing was done. The service owner can add you to the catalogue."
    ),
    "refused.not_live": "The release is {phase}; that is reported while the rollout runs. Not started yet: say start first. "
    "Held: resume first.",
    "refused.not_owner": "That is for the release's owner or deputy: {who}.",
    "refused.not_rolling_back": "No rollback is under way; the release is {phase}.",
    "refused.not_team": "That is for the team of {service}: {who}.",
    "refused.nothing_of_yours": (
        "No request is open for this ({consent}). The release is {phase}, and nothing of it waits for you. Open: {consents}."
    ),
    "refused.nothing_to_approve": "No approval is open right now; the release is {phase}.",
    "refused.nothing_to_except": "There is no {what} in the way, so nothing needs an exception.",
    "refused.nothing_to_withdraw": "You gave nothing on this plan that could be withdrawn. To stop the release, say hold; "
    "to vote against it, no-go.",
    "refused.other_open": (
        "No request is open for this ({consent}). The release is {phase}. Open for you: {consents}. "
        "An approval is given with /release approve and your reason, the decision with /release go."
    ),
    "refused.overrule_needs_reason": (
        "There is a no-go vote by {who}. To overrule it, give your go with a reason; the vote stays visible."
    ),
    "refused.own_release": (
        "This is your own release or change, so your go or approval does not count (G7). Who can: {who}."
    ),
    "refused.percent": "“{value}” is no step: give a percentage from 1 to 100.",
    "refused.person_unknown": "“{person}” is not in the roster. Name a person of the catalogue.",
    "refused.question_closed": "Question {number} is closed: answered by {by}. To change it, add evidence.",
    "refused.reason_boilerplate": (
        "“{reason}” gives no reason. Say what was weighed, so that others can follow it later."
    ),
    "refused.reason_copied": "“{reason}” is a reason that you gave before. Say what holds for this one.",
    "refused.reason_short": (
        "A reason of at least {minimum} characters is needed; this one has {got}. It is kept verbatim on record."
    ),
    "refused.resume_needs_time": "The start time is over ({local}). Resume with a new time: resume R-… 16:00.",
    "refused.rollback_not_started": (
        "Nothing to roll back: the release is {phase} and has not started. Use hold or cancel."
    ),
    "refused.same_time": "The release already starts at {local}.",
    "refused.service_unknown": "The service “{service}” is not in the catalogue.",
    "refused.stale_button": (
        "That button belonged to revision {pressed} of the plan; the plan is at revision {current}. It "
        "decides nothing now. Use the newest card."
    ),
    "refused.system_only": "That is done by the clock or by a source, never by hand.",
    "refused.test_belittled": (
        "“{phrase}” is no justification: every mandatory test counts, and a pipeline that does not pass blocks (G2). Say why "
        "this release is safe although the test fails; or fix it."
    ),
    "refused.time_past": "{local} is over. Give a time that is still to come.",
    "refused.vague": "“{phrase}” is not evidence for {item}. Give the measure, a link or a date.",
    "refused.held_first": "The release is held, so nothing is decided now. The decision maker resumes it first: "
    "`/release resume {release}`.",
    "refused.vote_phase": "The release is {phase}: votes count between the finished plan and the start. Still being "
    "planned: vote when the verdict is there. Already started: say hold or rollback.",
    "refused.vote_word": "“{vote}” is no vote. Vote go, or no-go with a reason.",
    "refused.withdraw_late": "The start time is over; a consent can no longer be withdrawn. Use hold or rollback.",
    "refused.wrong_phase": "The release is {phase}: {what} is not possible now.",
}
