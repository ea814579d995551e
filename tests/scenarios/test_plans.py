"""The whole plan over HTTP: JSON, Markdown, HTML; every section under its label, in order; nothing invented."""

import json
import re

import pytest

from tests.scenarios.conftest import Bot, Day, words_of

pytestmark = pytest.mark.unmeasured

LABELS = (
    "RISK SUMMARY",
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


def test_markdown_and_html_carry_all_labels_in_order(bot: Bot, day: Day) -> None:
    release = day.search("1.60.0")
    for form in ("md", "html"):
        status, text = bot.raw(f"/api/releases/{release}/plan?format={form}")
        assert status == 200
        plain = text.replace("&amp;", "&")
        at = 0
        for label in LABELS:
            found = plain.find(label, at)
            assert found >= 0, (form, label)
            at = found + len(label)


def test_a_lesson_is_told_once(bot: Bot, day: Day) -> None:
    release = day.search("1.61.0")
    _, text = bot.raw(f"/api/releases/{release}/plan?format=md")
    assert text.count("Roll one zone first") == 1


def test_commands_are_one_line_each_marked_as_not_executed_and_touch_no_safeguard(bot: Bot, day: Day) -> None:
    release = day.search("1.62.0")
    _, text = bot.raw(f"/api/releases/{release}/plan?format=md")
    commands = re.findall(r"```sh\n(.*?)\n```", text, re.DOTALL)
    assert commands
    assert all("\n" not in c for c in commands)
    assert text.count("not executed") >= len(commands)
    assert not re.search(r"disable|--force|delete", "\n".join(commands))


def test_the_json_of_a_plan_names_its_hash_and_a_wrong_format_is_refused(bot: Bot, day: Day) -> None:
    release = day.search("1.63.0")
    status, raw = bot.raw(f"/api/releases/{release}/plan?format=json")
    assert status == 200
    assert bot.release(release)["plan"]["hash"] in json.dumps(json.loads(raw))
    assert bot.raw(f"/api/releases/{release}/plan?format=pdf")[0] == 400


def test_the_first_card_has_the_four_labels_in_under_150_words(bot: Bot, day: Day) -> None:
    for words in (f"search 1.64.0 {day.when}", f"payments 2.6.0 {day.when}"):
        place = "#search" if "search" in words else "#payments"
        release = day.plan(words, place=place)
        first = next(a["message"] for a in bot.release(release)["announcements"] if a["occasion"] == "CARD")
        card = next(m for m in bot.messages(place) if m["id"] == first)
        for label in ("PRECONDITIONS", "ROLLOUT PLAN", "VERIFICATION", "ROLLBACK"):
            assert label in words_of(card)
        shown = " ".join(_texts(card["blocks"]))
        assert len(shown.split()) < 150, shown


def _texts(found: object) -> list[str]:
    if isinstance(found, dict):
        if found.get("type") in {"actions", "mentions", "attachment"}:
            return []
        return [t for key, value in found.items() if key != "type" for t in _texts(value)]
    if isinstance(found, list):
        return [t for value in found for t in _texts(value)]
    return [found] if isinstance(found, str) else []
