"""Small talk, questions for the reason of a rule, and who may plan: answered in a sentence or two (V1, V3)."""

SENTENCES = {
    "talk.hello": "Hello.",
    "talk.thanks": "You are welcome.",
    "talk.bye": "Until then.",
    "talk.hello_alone": (
        "Hello. /release plan <service> <version> begins a release, /release list shows what is open."
    ),
    "talk.thanks_alone": "You are welcome. /release list shows what is open.",
    "talk.bye_alone": "Until then. /release list shows what is open.",
    "talk.waits": "Question {number} is still open: {question}",
    "talk.plan_not_you": (
        "You can read along, but not plan: releases are planned by the engineers of a service. Ask {who}. "
        "What is open you see with /release list."
    ),
    "talk.why.tests": (
        "Because a pipeline that does not pass blocks, always: what a test finds before the release, "
        "customers find after it. Required are tests, coverage, code analysis and a security scan of the very"
        " build that is released."
    ),
    "talk.why.canary": (
        "Because stages keep a fault small: at 10 % one in ten sees it, and the stop conditions end it there."
        " From MEDIUM risk up a canary, a flag or stages are a MUST."
    ),
    "talk.why.rollback": (
        "Because a release is only safe if it can be undone, and a way back that nobody ever went is a hope: "
        "drills find the missing right, the wrong version and the long lock before the night on which they "
        "matter. One drill counts for 90 days."
    ),
    "talk.why.monitoring": (
        "Because what nobody watches, customers find first. A dashboard and an alert with thresholds, active "
        "now, are what tells go on from stop during the rollout."
    ),
    "talk.why.approval": (
        "Because nobody sees the holes in their own plan. A consent comes from another person, with a reason,"
        " and the number of them grows with the risk: LOW needs one peer."
    ),
    "talk.why.notes": (
        "Because what is not documented does not exist: support, auditors and whoever is on call tonight read"
        " what changed, and why, from the merge request and the release notes."
    ),
    "talk.why.all": (
        "Because each of them once was what was missing when a release went wrong. The plan says for each "
        "item what it guards against: press Full plan."
    ),
}
"""code -> sentence."""
