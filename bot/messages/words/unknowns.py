"""What a plan prints for an item that is open: `unknown.<kind>`, with a way that verifies it (P1)."""

from collections.abc import Mapping

from bot.messages.words.item_findings import LABELS

_VERIFY: Mapping[str, str] = {
    "artifact": "ask the registry for commit and digest of {version}",
    "change": "add the link of the merge request",
    "notes": "add the link of the release notes",
    "owners": "name owner and rollback owner, both of the roster",
    "ci": "let the pipeline of {version} pass with every required check, and let its source confirm",
    "qa": "the QA lead confirms the test results",
    "migration": "dry-run it in staging and add the link; or say that no data changes",
    "rollback": "rehearse it in staging, and add link and date",
    "rollback_target": "look the version to go back to up in the registry",
    "runbook": "add the link of the steps under version control",
    "monitoring": "look at the dashboard of {service}: has it data, is no alert firing",
    "on_call": "ask who is on call from T=0 to T+30, and add the rota",
    "dependencies": "look for open releases, incidents and freezes on what {service} needs",
    "window": "name the start",
    "capacity": "run the load check and add its link and date",
    "approvals": "ask for the open sign-offs",
    "strategy": "choose canary or feature flag, with steps and thresholds",
    "flags": "list the flags with default and kill switch; or say that none is used",
    "security": "add the link of the assessment",
    "third_parties": "tell those who depend on {service}, and add the link",
    "failure_modes": "write them down, and add the link",
    "customer_notice": "prepare support and status page, and add the link",
    "cost_docs": "ask the product owner",
    "game_day": "ask for the date of the last rehearsal",
    "review": "book it, and add the link",
    "health": "look at the dashboard of {service}",
    "rollout": "look at the rollout tool",
}

SENTENCES: Mapping[str, str] = {
    f"unknown.{kind}": f"{LABELS[kind]}: UNKNOWN — verify: {how}" for kind, how in _VERIFY.items()
}
