"""The plan as Markdown, HTML and JSON: its labels, its order, its tags, and nothing that people typed comes to life."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.plan import Plan
from bot.domain.release import Release
from bot.messages.documents.files import plan_files
from bot.messages.documents.markdown import escaped
from bot.plan.draft import draft
from tests.golden import releases as r

LABELS = (
    "ASSESSMENT SUMMARY",
    "GOAL",
    "PRECONDITIONS",
    "READINESS CHECKLIST",
    "RISK ASSESSMENT",
    "ROLLOUT PLAN",
    "VERIFICATION",
    "STOP CONDITIONS",
    "ROLLBACK PROCEDURE",
    "CONFIDENCE & UNCERTAINTIES",
    "LESSON LEARNED",
    "SELF-CHECK",
    "OWNER / TIMING / RISKS",
    "NEXT ACTION",
    "CONFIDENCE",
)


class Outline(HTMLParser):
    """The tags of a page, and the text of its second-level headings."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.headings: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "meta":
            self.open.append(tag)
        if tag == "h2":
            self.headings.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "h2":
            self.headings[-1] += data


def plan(of: Release) -> Plan:
    view = r.view(of)
    return draft(view.release, view.facts, view.judgement, view.now)


def files(of: Release) -> dict[str, str]:
    view = r.view(of)
    return dict(plan_files(plan(of), view.release, view.facts, view.now))


@pytest.mark.parametrize("make", [r.possible, r.unverified, r.unknown, r.risky, r.hostile])
def test_all_sections_stand_in_order_with_exactly_their_labels(make: Callable[[], Release]) -> None:
    found = files(make())
    assert tuple(re.findall(r"^# (.*)$", found["md"], re.MULTILINE))[1:] == LABELS
    page = Outline()
    page.feed(found["html"])
    assert tuple(page.headings) == LABELS
    assert page.open == []


def test_the_risk_summary_is_the_first_line_and_the_confidence_tag_the_last() -> None:
    lines = [line for line in files(r.possible())["md"].splitlines() if line]
    assert lines[3].startswith("RISK SUMMARY: LOW")
    assert lines[-1].startswith("**CONFIDENCE Medium:**")


def test_the_checklist_has_three_tiers() -> None:
    tiers = re.findall(r"^## (MUST .*|SHOULD|OPTIONAL)$", files(r.possible())["md"], re.MULTILINE)
    assert tiers == ["MUST (blocking)", "SHOULD", "OPTIONAL"]


def test_risks_are_a_table_with_owner() -> None:
    assert "| Cause | Likelihood | Impact | Mitigation | Owner |" in files(r.possible())["md"]
    assert '<th scope="col">Mitigation</th>' in files(r.possible())["html"]


def test_commands_are_suggested_and_never_said_to_have_run() -> None:
    found = files(r.possible())
    assert "SUGGESTED_COMMAND (argo-rollouts), not executed: a person runs it" in found["md"]
    steps = json.loads(found["json"])["rollout_plan"]
    assert all(s["command"] is None or s["command"]["executed"] is False for s in steps)


def test_privileged_and_dangerous_steps_are_tagged() -> None:
    text = files(r.risky())["md"]
    assert "**⚠ REQUIRES APPROVAL:** Approve-Risk: &lt;reason&gt;" in text
    assert "**Requires:** service owner" in text
    assert "MANUAL" in text


def test_each_statement_says_where_it_comes_from() -> None:
    found = files(r.possible())
    assert "*(catalogue: payments)*" in found["md"]
    assert "*(said by Kai)*" in found["md"]
    goal = json.loads(found["json"])["goal"]
    assert set(goal) == {"code", "text", "params", "origin"}


def test_what_is_not_known_says_how_to_verify_it() -> None:
    assert files(r.unknown())["md"].count("UNKNOWN — verify: ") > 5


def test_a_draft_that_fails_a_standard_is_no_plan_and_names_it() -> None:
    text = files(r.unverified())["md"]
    assert text.startswith("# Draft of a release plan R-142")
    assert "Not published as a plan: it fails reversibility" in text
    assert files(r.possible())["md"].startswith("# Release plan R-142")


def test_typed_markup_stays_text_in_html() -> None:
    page = Outline()
    page.feed(files(r.hostile())["html"])
    assert not {"script", "b", "a", "img"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "href"]


def test_typed_markup_stays_text_in_markdown() -> None:
    text = files(r.hostile())["md"]
    assert "<script" not in text
    assert "](" not in text.replace("\\](", "")
    assert not re.search(r"^# not a heading", text, re.MULTILINE)


def test_the_page_loads_nothing_and_prints() -> None:
    html = files(r.possible())["html"]
    assert "default-src 'none'" in html
    assert "@media print" in html
    assert not re.search(r"""(src|href)\s*=""", html)


def test_the_same_plan_gives_the_same_files() -> None:
    assert files(r.possible()) == files(r.possible())


@given(st.text(max_size=80))
def test_no_text_begins_a_list_a_heading_or_a_table(text: str) -> None:
    line = escaped(text)
    assert "\n" not in line
    assert not re.match(r"(#|-|\+|\*|>|=|\d+[.)]|`)", line)
    assert not re.search(r"(?<!\\)[|*`\[\]~<>]", line.replace("\\\\", ""))
