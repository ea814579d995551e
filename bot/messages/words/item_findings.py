"""Sentences of findings about readiness items, `finding.<kind>_<state>`: the same states for each, made from one table.

Where a rule says it better, its own sentence on the page of findings stands instead.
"""

from collections.abc import Mapping

from bot.messages.words.findings import SENTENCES as OWN

LABELS: Mapping[str, str] = {
    "artifact": "Artifact",
    "change": "Merge request",
    "notes": "Release notes",
    "owners": "Owners",
    "ci": "CI",
    "qa": "QA",
    "migration": "Data migration",
    "rollback": "Rollback",
    "rollback_target": "Rollback target",
    "runbook": "Rollback runbook",
    "monitoring": "Monitoring",
    "on_call": "On-call",
    "dependencies": "Dependencies",
    "window": "Window",
    "capacity": "Capacity",
    "approvals": "Sign-offs",
    "strategy": "Rollout strategy",
    "flags": "Feature flags",
    "security": "Security impact",
    "third_parties": "Third parties",
    "failure_modes": "Failure modes",
    "customer_notice": "Customer notice",
    "cost_docs": "Cost, docs and training",
    "game_day": "Game day",
    "review": "Review after the release",
    "health": "Health",
    "rollout": "Rollout state",
}

MISSING: Mapping[str, str] = {
    "artifact": "no commit or digest is known for {version}. What would run in {environment} is not what was tested.",
    "change": "no merge request describes {version}. An undocumented change cannot be reviewed, and blocks.",
    "notes": "no release notes for {version}. What is not documented does not exist, and blocks.",
    "owners": "not named. Nobody would act when it fails.",
    "ci": "no pipeline result for {version}. Untested code would reach users.",
    "qa": "nobody confirmed the test results. Nobody vouches for what was tested.",
    "migration": "no dry run in staging is known, nor that no data changes. A migration that fails is the hardest to undo.",
    "rollback": "no tested procedure. A failure could not be undone safely.",
    "rollback_target": "nobody checked that the version to go back to can still be installed. A rollback could fail.",
    "runbook": "no link to version-controlled steps. A rollback would be improvised.",
    "monitoring": "no dashboard and alert with thresholds. A failure would be seen by users first.",
    "on_call": "nobody is known to be informed and reachable from T=0 to T+30. A failure would wait for a person.",
    "dependencies": "nobody checked for open releases, incidents and freezes there. Unchecked counts as missing.",
    "window": "not known. Freezes and clashes cannot be checked.",
    "capacity": "not verified. The rollout could exhaust the service under load.",
    "approvals": "open. Nobody approves their own release.",
    "strategy": "none named. Everybody would get a failure at once.",
    "flags": "it is not known whether flags are used, their default and their kill switch. A path could open to all at once.",
    "security": "not assessed. A weakness could ship unseen.",
    "third_parties": "nobody says that those who depend on it know. They could be surprised by a degradation.",
    "failure_modes": "not written down. A failure would be diagnosed from zero.",
    "customer_notice": "support and status page are not prepared. Customers would hear of an outage from each other.",
    "cost_docs": "not covered.",
    "game_day": "no rehearsal of a failover is known.",
    "review": "not booked.",
    "health": "not measured.",
    "rollout": "not observed.",
}

_STATES: Mapping[str, str] = {
    "verified": "checked by {{source}}.",
    "attested": "{{by}} vouches for it, {{date}}; no source checked it.",
    "na": "does not apply, says {{by}}: {{reason}}",
    "na_unagreed": "{{by}} says that it does not apply. It is a MUST, so another person has to agree.",
    "pending": "{{source}} is still at work. It counts only when that has ended well.",
    "inconclusive": "{{source}} measured, and it is neither good nor bad{{seen}}. So it does not count.",
    "unavailable": "{{source}} could not be asked{{unavailable}}. UNKNOWN is never green.",
    "not_asked": "{{source}} was not asked yet: many releases ask it at once. UNKNOWN is never green.",
    "failed": "{{source}} says that it failed. That blocks.",
    "stale": "the evidence of {{date}} is too old to count.",
    "unsupported": "{{by}} vouches for it without a link or a date. A word alone is not evidence.",
    "unverified": "{{by}} vouches for it, but {{source}} is there to check it and has not confirmed.",
    "unconfirmed": "{{by}} asked for this release and vouches for it alone. Another person has to confirm.",
    "confirmed": "{{by}} vouches for it, {{other}} confirmed. Amber, since no source checked it.",
}


def _sentences() -> dict[str, str]:
    book = {
        f"finding.{kind}_{state}": f"{label}: {text.replace('{{', '{').replace('}}', '}')}"
        for kind, label in LABELS.items()
        for state, text in _STATES.items()
    }
    book |= {f"finding.{kind}_missing": f"{LABELS[kind]}: {text}" for kind, text in MISSING.items()}
    return {code: text for code, text in book.items() if code not in OWN}


_OPERATOR = "whoever runs T-Minus"
WHY: Mapping[str, str] = {
    "unauthorised": f"it does not accept our credential; {_OPERATOR} renews it",
    "forbidden": f"our credential may not read this; {_OPERATOR} gives it the right that the page of the source names",
    "no_credential": f"our credential for it cannot be read; {_OPERATOR} looks at `token_env` or `token_file`",
    "rate_limited": "it asked to be left alone for a while",
    "server_error": "it fails itself",
    "refused": "it does not accept the question",
    "not_found": "it says that there is no such thing, or hides it from our credential",
    "timeout": "no whole answer came in time",
    "unreachable": f"no connection; {_OPERATOR} checks its address and the network",
    "tls": f"its certificate is not trusted; {_OPERATOR} sets `ca_file`, or mends the certificate",
    "private_address": f"its name leads into our own network; {_OPERATOR} sets `allow_private`, if it stands there",
    "redirect": f"it sends us to another host; {_OPERATOR} corrects its `url`",
    "link_elsewhere": f"it sends us to another host, where no token of ours goes; {_OPERATOR} corrects its `url`",
    "too_large": "its answer is too large, or was cut short",
    "content_type": f"it answers with another page, such as a login; {_OPERATOR} renews the credential or corrects its `url`",
    "malformed": f"its answer cannot be read; {_OPERATOR} checks that its `url` leads to the API",
    "bad_path": f"the catalogue names no path that can be asked for; {_OPERATOR} corrects it",
    "not_configured": f"it is not configured; {_OPERATOR} adds it to the file of the sources, or takes it from the catalogue",
    "error": f"the question broke off; {_OPERATOR} finds the reason in the log",
}
"""Why a source could not be asked, and who mends it (V4). What mends itself names nobody."""

SENTENCES: Mapping[str, str] = {**_sentences(), **{f"unavailable.{code}": f": {why}" for code, why in WHY.items()}}
