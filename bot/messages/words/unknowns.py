"""What a plan prints for an item that is open: `unknown.<kind>`, with a way that verifies it (P1)."""

from collections.abc import Mapping

from bot.messages.words.item_findings import LABELS

_VERIFY: Mapping[str, str] = {
    "artifact": "ask the registry for commit and digest of this build of {service}",
    "change": "ask {who} for the merge request, and add its link",
    "notes": "ask {who} for the release notes, and add their link",
    "owners": "name owner and rollback owner, both of the roster",
    "ci": "let the pipeline of {service} pass with every required check, and let its source confirm",
    "qa": "the QA lead confirms the test results",
    "migration": "ask {who} what happens to the data, and for the link of the dry run in staging",
    "rollback": "{who} rehearses it in staging, and adds link and date",
    "rollback_target": "look up the version to go back to in the registry",
    "runbook": "ask {who} for the steps under version control, and add the link",
    "monitoring": "{who} opens the dashboard of {service}: it has data, and no alert fires",
    "on_call": "ask {who} who is on call from T=0 to T+30, and add the rota",
    "dependencies": "look for open releases, incidents and freezes on what {service} needs",
    "window": "name the start",
    "capacity": "{who} runs the load check, and adds its link and date",
    "approvals": "ask for the open sign-offs",
    "strategy": "choose canary or feature flag, with steps and thresholds",
    "flags": "list the flags of the merge request with default and kill switch; or say that none is used",
    "security": "ask {who} for the assessment of this change, and add its link",
    "third_parties": "ask {who} whether those who depend on {service} were told, and add the link",
    "failure_modes": "ask {who} for the page, or write it, and add the link",
    "customer_notice": "ask {who} for the words for support and status page, and add the link",
    "cost_docs": "ask {who}",
    "game_day": "ask {who} for the date of the last rehearsal",
    "review": "book it, and add the link",
    "health": "look at the dashboard of {service}",
    "rollout": "look at the rollout tool",
}

SENTENCES: Mapping[str, str] = {
    f"unknown.{kind}": f"{LABELS[kind]}: UNKNOWN — verify: {how}" for kind, how in _VERIFY.items()
}
