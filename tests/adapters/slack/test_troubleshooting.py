"""docs/how-to/slack.md: whatever the adapter may say went wrong stands in its table, and every scope has its reason there."""

import re
from pathlib import Path

import pytest

from adapters.slack.checks import SCOPES
from adapters.slack.outbound import _CODES
from bot.messages.words.sentences import ALL as SENTENCES

PAGE = (Path(__file__).parents[3] / "docs" / "how-to" / "slack.md").read_text()
TROUBLE = PAGE.partition("## When something is wrong")[2].partition("\n## ")[0]
SAID = (
    "chat.not_here", "chat.org_wide", "chat.no_form_late", "chat.no_form_unsure", "chat.no_form_fast", "chat.no_form_gone",
    "chat.no_form_rights", "chat.no_form_refused", "chat.attach_failed", "chat.install_state", "chat.install_failed",
    "chat.install_refused", "chat.install_not_allowed", "refused.account_unsure", "refused.not_in_roster", "refused.guest",
    "talk.trouble", "talk.unwritable",
)  # fmt: skip
"""What a person reads when something is wrong that is not about the release."""
HARMLESS = {
    "chat.attached", "chat.bot", "chat.cancel", "chat.close", "chat.installed", "chat.press_for_form", "chat.rest",
    "chat.your_time",
}  # fmt: skip


def test_every_sentence_around_a_message_is_either_harmless_or_explained() -> None:
    around = {code for code in SENTENCES if code.startswith("chat.") and not code.startswith("chat.cut")}
    assert around == HARMLESS | {code for code in SAID if code.startswith("chat.")}


@pytest.mark.parametrize("code", SAID)
def test_what_a_person_reads_stands_in_the_table_as_it_is_said(code: str) -> None:
    first = re.split(r"[.:;(]|, ", re.sub(r"\{\w+\}", "…", SENTENCES[code]))[0].strip()
    assert first.casefold() in TROUBLE.casefold(), first


@pytest.mark.parametrize("code", sorted(set(_CODES.values())))
def test_each_reason_why_a_post_did_not_get_through_is_explained(code: str) -> None:
    assert f"`{code}`" in TROUBLE


@pytest.mark.parametrize(
    "line", ["the socket is not connected", "cannot be read with this key", "files could not be attached"]
)
def test_a_line_of_the_log_that_needs_somebody_is_explained(line: str) -> None:
    assert line in TROUBLE


@pytest.mark.parametrize("scope", SCOPES)
def test_each_scope_has_its_reason(scope: str) -> None:
    (reason,) = re.findall(rf"^\| `{re.escape(scope)}` \| (.+) \|$", PAGE, re.MULTILINE)
    assert len(reason) > 10
