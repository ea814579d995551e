"""What the bot says while it is talked to: what it cannot use or will not do, and what to type instead."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # ---- secrets, P5 ----
    "talk.secret": "You pasted a secret ({kinds}). It was removed and not stored. Treat it as leaked: rotate it now.",
    "talk.secret_kind.api_key": "API key",
    "talk.secret_kind.aws_key": "AWS access key",
    "talk.secret_kind.basic_auth": "authorization header",
    "talk.secret_kind.bearer": "bearer token",
    "talk.secret_kind.github_token": "GitHub token",
    "talk.secret_kind.gitlab_token": "GitLab token",
    "talk.secret_kind.google_key": "Google API key",
    "talk.secret_kind.google_token": "Google access token",
    "talk.secret_kind.grafana_token": "Grafana token",
    "talk.secret_kind.jwt": "JSON web token",
    "talk.secret_kind.npm_token": "npm token",
    "talk.secret_kind.password": "password or secret",
    "talk.secret_kind.private_key": "private key",
    "talk.secret_kind.pypi_token": "PyPI token",
    "talk.secret_kind.slack_token": "Slack token",
    "talk.secret_kind.slack_webhook": "Slack webhook",
    "talk.secret_kind.stripe_key": "Stripe key",
    "talk.secret_kind.teams_webhook": "Teams webhook",
    "talk.secret_kind.url_password": "password in a link",
    "talk.secret_kind.vault_token": "Vault token",
    # ---- times, T5 ----
    "talk.time.ambiguous": "{local} happens twice in {zone}, because the clocks go back. Which one is "
    "meant: {one} or {other}?",
    "talk.time.far": "{local} is out of range. Give a start within the next 400 days.",
    "talk.time.half": "“{clock}” could be {one} or {other}. Which one is meant? Type it with 24 hours, "
    "or with am or pm.",
    "talk.time.midnight": "Midnight belongs to two days. Type the date and 00:00, such as {example}.",
    "talk.time.no_clock": "“{clock}” is no time of day. Type it like 15:00 or 3pm.",
    "talk.time.no_day": "“{day}” is no day, or could be two. Type it as year, month and day, such as 2026-11-25.",
    "talk.time.nonexistent": "{local} does not exist in {zone}, because the clocks go forward. Which "
    "time is meant instead?",
    "talk.time.past": "{local} ({zone}) is over. Give a time that is still to come.",
    "talk.time.past_today": "{clock} is already over today ({zone}). Is tomorrow meant? Then say so.",
    "talk.time.tonight": "“tonight {clock}” is not clear. Type it with 24 hours, such as today 21:00.",
    "talk.time.two": "Two times are named, {one} and {other}. Type only the start.",
    "talk.time.two_days": "That could be {one} or {other}. Which day is meant? Type the date.",
    "talk.time.zone": "“{zone}” does not say which zone is meant on that day. Type a name such as {home}, or UTC.",
    "talk.nothing_recorded": "Nothing was recorded.",
    "talk.type_this": "Type this",
    # ---- planning
    "talk.two_services": "Two services are named, {one} and {other}. Each release is planned on its own. Choose one.",
    "talk.two_versions": "Two versions are named, {one} and {other}. Nothing was recorded: plan again "
    "with the one that goes out.",
    "talk.digest_short": "“{digest}” is only a part of a digest, which names no build for sure. Nothing was recorded: "
    "give all 64 digits behind sha256:, or the version.",
    "talk.two_environments": "Two environments are named, {one} and {other}. Nothing was recorded: plan "
    "again with one, such as “to production”.",
    "talk.two_percents": "Two percentages are named, {one} and {other}. Nothing was recorded: plan again "
    "with the first canary step only.",
    "talk.percent_range": "A canary takes a whole number from 1 to 99 percent, not {percent}. Nothing "
    "was recorded: plan again with one.",
    "talk.service_unknown": "The service “{service}” is not in the catalogue.",
    "talk.person_unknown": "“{person}” is not in the roster. Nothing was recorded: name a person of the catalogue.",
    "talk.claim_future": "{day} has not come yet, so nothing can have been tested on it. Nothing was "
    "recorded: check the date.",
    "talk.link_refused": "One link was left out: it carries a user name or cannot be read. Paste it without.",
    "talk.vague_noted": "“{phrase}” is not evidence and was not recorded as such. A link, a date or a measure is.",
    "talk.plan_it": "It reads as if {service} should go out. Nothing was started: press to plan it.",
    "talk.button_plan": "Plan {what}",
    "talk.button_set": "Use {what} for {release}",
    "talk.late_detail": "“{text}” is still open on the plan. Press to use it; nothing was recorded yet.",
    "talk.button_help": "Show help",
    "talk.button_verb": "{verb} {release}",
    "talk.by_source": "a source",
    "talk.environment_near": "“{word}” is no environment. Is {near} meant? Nothing was recorded.",
    "talk.environment_unknown": "“{word}” is no environment that I know. Known: {known}, and more. Nothing was recorded: plan "
    "again with one.",
    "talk.owner_after": "Whoever plans a release owns it first. To hand it over: /release owner R-… @{person}",
    "talk.time_loose": "“{phrase}” names no time of day, so the start is still open. Type it like 15:00, or in 40 minutes.",
    # ---- answers to questions
    "talk.already_answered": "Question {number} was already answered by {by}: {text}. To add to it, use "
    "evidence or amend.",
    "talk.no_question": "No question is open for {release}. To add something, use evidence or amend.",
    "talk.beside": "That does not answer question {number}, which stays open: {question} It is kept for what it is.",
    "talk.ended.given": "given",
    "talk.ended.dont_know": "not known",
    "talk.ended.vague": "not accepted as evidence",
    "talk.ended.moot": "settled without an answer",
    "talk.ended.person": "a person was named",
    "talk.explained_why": "Why it is asked",
    "talk.explained_who": "Who has it",
    "talk.explained_supplier": "{who}, by the catalogue. “I don't know” asks {who} by direct message.",
    "talk.consent_meant": "That sounds like your consent ({consents}). It counts with a press; nothing was recorded yet.",
    "talk.changed": "“{new}” is not what the plan says ({old}). Press to change it; nothing was recorded yet.",
    "talk.still_open": "Question {number} stays open, nothing was recorded: {question}",
    "talk.unclear.another": "That tells of a test of something else: “{subject}”.",
    "talk.unclear.choice": "That is none of the known answers.",
    "talk.unclear.digest_short": "“{digest}” is only a part of a digest, which names no build for sure.",
    "talk.unclear.empty": "The answer is empty.",
    "talk.unclear.evidence": "That has neither a link nor a date, so it is not evidence.",
    "talk.unclear.future": "{day} has not come yet. The date of what was done is needed.",
    "talk.unclear.odd_day": "“{day}” is no day, or could be two. Type it as year, month and day, such as 2026-11-25.",
    "talk.unclear.person": "That names nobody of the roster.",
    "talk.unclear.proof": "A link or a date is needed.",
    "talk.unclear.several": "That is about several other items. Add each with evidence.",
    "talk.unclear.slot": "That cannot be answered in words.",
    "talk.unclear.stranger": "{person} is not in the roster, so nobody was asked.",
    "talk.unclear.unread": "I cannot read an answer in that.",
    "talk.unclear.unsure": "That sounds unsure, and the way back hangs on it.",
    "talk.unclear.strategy": "That names no rollout strategy.",
    "talk.unclear.time_missing": "That names no time of day.",
    "talk.unclear.two_people": "That names two people, {one} and {other}. One is needed.",
    "talk.unclear.two_versions": "That names two versions, {one} and {other}. One is needed.",
    "talk.unclear.version": "That names no version.",
    "talk.unclear.yes": "A yes alone is not evidence.",
    "talk.expect.evidence": "Expected: a link, or the date of the test or drill. “I don't know” is an answer too.",
    "talk.expect.flags": "Expected: a link to the flag, or “no flags”. “I don't know” is an answer too.",
    "talk.expect.migration": "Expected: “no data change”, or a link or date of the dry run in staging. "
    "“I don't know” is an answer too.",
    "talk.expect.monitoring": "Expected: a link to the dashboard or the alert. “I don't know” is an answer too.",
    "talk.expect.person": "Expected: one name, such as @kai. “I don't know” is an answer too.",
    "talk.expect.rollback": "Expected: a link to the procedure and the date of its last test, or “not "
    "tested”. “I don't know” is an answer too.",
    "talk.expect.start_at": "Expected: a time, such as 15:00, tomorrow 3pm, or Thu 15:00 UTC.",
    "talk.expect.strategy": "Expected: canary, feature flag, staged, blue-green or rolling.",
    "talk.expect.version": "Expected: a version, such as 2.4.1, a commit, or a whole digest.",
    # ---- fields of forms
    "talk.field_choose": "Choose one of the list.",
    "talk.field_percent": "A whole number from 1 to 99.",
    "talk.field_person": "Name one person of the roster.",
    "talk.field_time": "Type a time, such as 15:00, tomorrow 3pm, or Thu 15:00 UTC.",
    "talk.field_version": "Type a version, such as 2.4.1, a commit, or a whole digest.",
    # ---- what is not done: V2, V3 and Q7 ----
    "talk.skip.all": "No: “{phrase}” puts speed before stability, and evidence is what makes a release safe. "
    "Fast and safe: add the missing links now, or move the start by 30 minutes; a LOW risk release needs no question and "
    "one peer. In an incident there is break-glass, with a second person.",
    "talk.skip.approval": "No: “{phrase}” breaks traceability: a consent comes from another person, with a reason, "
    "and silence is none. Fast and safe: request the sign-off now; each approver gets one card and answers with one press. "
    "In an incident there is break-glass, with a second person.",
    "talk.skip.canary": "No: “{phrase}” breaks least effect on users: stages keep a fault small. "
    "Fast and safe: 1 % for 10 minutes with automatic stop conditions, or deploy behind a flag at 0 % and open it in steps.",
    "talk.skip.monitoring": "No: “{phrase}” breaks evidence over feelings: what nobody watches, customers find first. "
    "Fast and safe: link the dashboard and the alert that exist, and the bot checks that they have data; "
    "a noisy alert is narrowed in a change of its own, with its reason.",
    "talk.skip.notes": "No: “{phrase}” breaks traceability: what is not documented does not exist. "
    "Fast and safe: let the pipeline write the release notes from the merge requests, and link them here.",
    "talk.skip.rollback": "No: “{phrase}” breaks reversibility: a release is only safe if it can be rolled back. "
    "Fast and safe: a kill switch, or a redeploy of the last version, tested once in staging. That takes minutes; "
    "its link and date close the gap.",
    "talk.skip.tests": "No: “{phrase}” breaks stability over speed: a pipeline that does not pass blocks, always. "
    "Fast and safe: run the required checks in parallel, run only the failed ones again, or fix or quarantine "
    "the one test in a change of its own. A failed test can be excepted with its form, never by leaving it out.",
    "talk.vague": "“{phrase}” is not evidence. Name the measure: a figure with its threshold, a link, or "
    "the date of a test.",
    "talk.off_topic": "I would love to chat, but releases are all I know: try /release status or /release help.",
    "talk.off_topic_plan": "That is outside my trade, which is releases: /release plan begins one, /release list shows them.",
    "talk.off_topic_missing": "That is for somebody else; ask me what is still missing for the next release.",
    "talk.exception_test": "No required check of this build failed, so there is nothing to except. A run that is missing, "
    "pending or of another commit is not excepted: let it run.",
    "talk.exception_none": "There is no exception for “{what}”. A failed test, a freeze or a clash can be excepted; a way back "
    "that was not tested never, an open incident only by break-glass.",
    # ---- usage
    "talk.amend_time": "The start time is changed with its own verb: /release move {release} {time} <reason>",
    "talk.amend_usage": "Name one field and its new value: /release amend {release} version 2.4.2. Fields: {fields}.",
    "talk.ask_usage": "Name the item, and a person where you like: /release ask {release} rollback @kai. "
    "Items: {kinds}.",
    "talk.evidence_usage": "Name the item, then a link or a date: /release evidence {release} rollback "
    "https://… tested on 2026-11-03. Items: {kinds}.",
    "talk.health_usage": "Say /release health {release} ok, or /release health {release} bad <metric and how bad>.",
    "talk.lesson_usage": "Write it in one line: /release lesson {release} <what the next release should know>",
    "talk.list_usage": "“{word}” is nothing to list by. Known: mine, today, week, or the name of a service.",
    "talk.na_usage": "Name the item and the reason: /release na {release} migration <why it does not "
    "apply>. Items: {kinds}.",
    "talk.owner_usage": "Name the new owner: /release owner {release} @kai, or /release owner {release} rollback @kai.",
    "talk.no_such_release": "There is no release {release}. See /release list.",
    "talk.unknown_verb_near": "Did you mean {names}? “{verb}” is not a verb that works here, so nothing was done.",
    "talk.verb_meant": "Did you mean the verb {verb}? Nothing was done yet: press it, or type /release {verb}",
    "talk.unknown_verb": "“{verb}” is not a verb that works here, so nothing was done. Here is what you can look at.",
    # ---- reads
    "talk.preview": "Preview of {release}, sent to nobody. Messages: {count}.",
    "talk.services": "Services: {services}. One of them: /release service <name>",
    # ---- the runner
    "talk.give_up.budget": "All three questions of this plan are asked. What is still open is listed on "
    "its card: add it with evidence.",
    "talk.give_up.question_open": "One question is open already. Answer it first.",
    "talk.link_loose": "Kept with the plan, but nothing tells what it proves: {links}. If it is evidence: "
    "`/release evidence {release} <item> <link>`.",
    "talk.voided": "That changes the plan. Approvals given before that no longer count: {count}. They are asked for again.",
    "talk.plan_started_asking": "{release}: planning started. The first question, or the verdict, follows in the release's "
    "thread.",
    "talk.plan_started_checking": "{release}: planning started, checking {sources}. The first question, or the verdict, "
    "follows in the release's thread.",
    "talk.plan_continued_checking": "{release}: this plan is already open; what you said was added, checking {sources}. "
    "The questions asked so far stay counted.",
    "talk.not_in_roster": "You are not in the roster of this company, so nothing was done. The service "
    "owner can add you to the catalogue.",
    "talk.old_button": "That button cannot be read any more. Nothing was done; here is the state.",
    "talk.old_button_alone": "That button cannot be read any more, so nothing was done. What is open: /release list.",
    "talk.trouble": "Something went wrong in the bot. Nothing of this request was recorded. Try again; "
    "if it stays, give the operator the request id {request}.",
    "talk.unwritable": "The record cannot be read or written now, so nothing was done. Try again in a minute; "
    "request id {request}.",
    "talk.this_release": "this release",
    "talk.evidence_another": "That tells of a test of something else (“{subject}”), so nothing was recorded for {item}. Give the "
    "link of it and the date of its own test.",
    "talk.other_service": "This plan is of {this}. A release of {other} is planned on its own: press to begin it. This one stays "
    "until it is cancelled.",
    "talk.evidence_offered": "That reads like evidence for “{item}”, which is missing. Nothing was recorded; if it is, press "
    "Add, or type: `/release evidence {release} {kind} {text}`",
    "talk.stop_offered": "That may be a {verb}; nothing was done on words that could be a remark. If it is one, press, or type: "
    "`/release {verb} {release} {why}`",
    "talk.corrupt_shown": "The record of {release} does not match its state: nothing more is decided on it. "
    "Call the operator: audit verify.",
    "talk.corrupt": "The record of {release} does not match its state. So nothing more is decided on it, and nothing of its "
    "service is planned beside it. Call the operator: audit verify; request id {request}.",
}
