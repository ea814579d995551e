"""No message can exceed a limit of Slack, and nobody's words become a mention, a link or markup."""

import html
import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.slack import limits
from adapters.slack.blocks import Json
from adapters.slack.render import blocks, drawn, fallback, payload
from bot.messages.cards.index import render
from bot.messages.full_plan import full_plan
from bot.messages.model import Actions, Bullets, Button, Context, Fields, Heading, Link, Message, Table, Text
from bot.messages.shorter import sections as sections_of
from tests.adapters.slack_messages import HOSTILE, messages, words
from tests.adapters.slack_oracles import faults, kinds, texts, units
from tests.golden import releases as r

slow = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@slow
@given(messages, st.sampled_from(["message", "modal", "home"]))
def test_any_message_fits_every_surface(message: Message, surface: str) -> None:
    shown = blocks(message, surface=surface)  # type: ignore[arg-type]  # sampled from the three
    assert faults(shown, surface) == []  # type: ignore[arg-type]  # as above
    json.dumps(shown).encode("ascii")


@slow
@given(messages)
def test_people_s_words_are_only_ever_plain_text(message: Message) -> None:
    """No mrkdwn object at all, and no element that calls or links but those that the message itself asked for."""
    shown = blocks(message)
    found = set(kinds(shown))
    assert not found & {"mrkdwn", "broadcast", "usergroup", "channel", "emoji", "user"}
    if not any(isinstance(b, Link) for b in message.blocks):
        assert "link" not in found


@slow
@given(words, st.lists(st.sampled_from(["ana", "kai"]), max_size=3))
def test_the_fallback_is_escaped_and_short_enough_to_be_edited(text: str, mentions: list[str]) -> None:
    shown = fallback(Message(text, mentions=tuple(mentions)), {"ana": "U1", "kai": "U2"}.get)
    assert 1 <= units(shown) < 4000
    for person in ("U1", "U2"):
        shown = shown.replace(f"<@{person}>", "")
    assert "<" not in shown
    assert ">" not in shown


@given(st.text(), st.integers(2, 50))
def test_a_cut_is_never_within_a_letter_or_an_entity(text: str, limit: int) -> None:
    assert units(limits.cut(text, limit)) <= limit
    made = limits.cut_escaped(text, limit + 5)
    assert units(made) <= limit + 5
    assert "&" not in made.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    made.encode("utf-8")


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_hostile_words_are_shown_as_they_were_typed(text: str) -> None:
    assert text in set(texts(blocks(Message("x", (Text(text),)))))


def test_two_hundred_findings_leave_the_buttons_and_say_how_many_lines_are_missing() -> None:
    gaps = Bullets(tuple(f"gap {n}: {'🚀' * 60}" for n in range(200)), label="Missing")
    go = Actions((Button("go", "GO for payments 2.4.1", "1|go|R-1|1||"),))
    message = Message("NO-GO", (Heading("NO-GO"), gaps, Text("after"), go, Context("rev 7")))
    found = drawn(message)
    assert faults(found.blocks, "message") == []
    assert [b["type"] for b in found.blocks][-2:] == ["actions", "context"]
    listed = sum(
        len(e["elements"]) for b in found.blocks for e in b.get("elements", ()) if e["type"] == "rich_text_list"
    )
    assert 10 < listed < 200
    note = next(t for t in texts(found.blocks) if t.startswith("Cut to fit"))
    assert f"lines left out: {200 - listed}." in note
    assert isinstance(found.rest[0], Bullets)
    assert len(found.rest[0].items) == 200 - listed


def test_the_instant_is_shown_in_the_reader_s_time_with_utc_where_that_cannot_be() -> None:
    at = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    shown = blocks(Message("x", (Fields((("Start", "14:00 UTC"), ("Owner", "Ana")), at=at),)))
    dates = [e for b in shown for s in b["elements"] for e in s["elements"] if e["type"] == "date"]
    assert dates == [
        {
            "type": "date",
            "timestamp": 1795528800,
            "format": "{date_short_pretty} {time}",
            "fallback": "2026-11-24 14:00 UTC",
        }
    ]


def test_who_must_act_is_called_in_text_and_blocks_and_a_stranger_by_name_only() -> None:
    message = Message("GO", (Heading("GO"), Text("x")), mentions=("ana", "kai"))
    shown = payload(message, account={"ana": "U07"}.get, name={"kai": "Kai <!channel>"}.__getitem__)
    assert shown["text"] == "<@U07> GO"
    assert shown["blocks"][0]["type"] == "header"
    elements = shown["blocks"][1]["elements"][0]["elements"]
    assert elements == [
        {"type": "user", "user_id": "U07"},
        {"type": "text", "text": " "},
        {"type": "text", "text": "Kai <!channel>"},
    ]


def test_a_link_leads_to_http_or_it_is_words() -> None:
    good = blocks(Message("x", (Link("CI run", "https://ci.example/91"),)))
    assert good[0]["elements"][0]["elements"] == [{"type": "link", "url": "https://ci.example/91", "text": "CI run"}]
    bad = blocks(Message("x", (Link("CI run", "javascript:alert(1)"),)))
    assert bad[0]["elements"][0]["elements"] == [{"type": "text", "text": "CI run javascript:alert(1)"}]


def test_a_command_to_type_is_set_as_code_and_other_backticks_stay_what_they_are() -> None:
    shown = blocks(Message("x", (Text("type `/release status R-1` or `rm -rf /`"),)))
    assert shown[0]["elements"][0]["elements"] == [
        {"type": "text", "text": "type "},
        {"type": "text", "text": "/release status R-1", "style": {"code": True}},
        {"type": "text", "text": " or `rm -rf /`"},
    ]


def test_small_print_knows_no_code_and_shows_no_backticks() -> None:
    shown = blocks(Message("x", (Context("Next: `/release list mine`, not `rm -rf /`"),)))
    assert shown[0]["elements"][0]["text"] == "Next: /release list mine, not `rm -rf /`"


def test_a_message_holds_one_table_and_lists_the_others() -> None:
    table = Table(("Cause", "Impact"), (("load", "slow"),), label="Risks")
    shown = blocks(Message("x", (table, table)))
    assert [b["type"] for b in shown] == ["rich_text", "table", "rich_text"]
    assert "Cause: load · Impact: slow" in set(texts(shown))
    assert "table" not in set(kinds(blocks(Message("x", (table,)), surface="modal")))


def test_only_one_button_stands_out() -> None:
    row = Actions(tuple(Button(f"b{n}", f"B{n}", "1|go|R-1|1||", "primary") for n in range(3)))
    styles = [e.get("style") for e in blocks(Message("x", (row,)))[0]["elements"]]
    assert styles == ["primary", None, None]


@pytest.mark.parametrize("name", ["possible", "unverified", "risky", "hostile"])
def test_the_real_cards_and_the_full_plan_fit(name: str) -> None:
    view = r.view(getattr(r, name)())
    for message in (*(render(card, view) for card in ("living", "verdict", "approval")), full_plan(view)):
        shown = payload(message)
        assert faults(shown["blocks"], "message") == []
        assert shown["unfurl_links"] is shown["unfurl_media"] is False
        assert faults(blocks(message, surface="modal"), "modal") == []


def headings(shown: list[Json]) -> list[str]:
    return [b["text"]["text"] for b in shown if b["type"] == "header"]


def test_a_document_is_cut_before_a_section_and_its_end_says_what_to_do() -> None:
    plan = full_plan(r.view(r.unverified()))
    sections = [b.text for b in plan.blocks if isinstance(b, Heading)]
    found = drawn(plan, cut_code="chat.cut_file")
    assert found.sections
    assert headings(found.blocks) == [name for name in sections if name not in found.sections]
    assert headings(found.blocks)[-2:] == ["NEXT ACTION", "CONFIDENCE"]
    told = set(texts(found.blocks))
    for section in sections_of(plan.blocks)[1:]:
        own = set(texts(blocks(Message("", section))))
        name = next(b.text for b in section if isinstance(b, Heading))
        assert (own <= told) == (name not in found.sections), "a section is whole, or it is not there"
    note = next(t for t in told if t.startswith("Left out to fit one message: "))
    assert note == f"Left out to fit one message: {', '.join(found.sections)}. The whole is in the attached files."
    assert headings(drawn(plan, surface="modal").blocks) == sections, "a window holds all of it"
    rest = drawn(Message("", tuple(found.rest)))
    assert headings(rest.blocks) == found.sections


def test_a_text_is_never_cut_within_a_sentence() -> None:
    sentences = [f"Sentence {n} says {'x' * 60}." for n in range(20)]
    message = Message("", tuple(Text(" ".join(sentences)) for _ in range(9)))
    found = drawn(message)
    assert found.left_out
    assert all(t.endswith((".", ". ")) for t in texts(found.blocks))
    whole = Message("", (*(Text("y" * 1900) for _ in range(4)), Text("no stop " * 180), Context("end")))
    assert not any(t.startswith("no stop") for t in texts(blocks(whole)))


@pytest.mark.parametrize("limit", [6, 7, 50, 151])
@pytest.mark.parametrize("text", ["<&>" * 100, "a<!channel>" * 30, "🚀&" * 90, "&" * 151])
def test_a_text_that_grows_when_it_is_escaped_fits_all_the_same_with_whole_entities(text: str, limit: int) -> None:
    made = limits.cut_escaped(text, limit)
    assert 0 < limits.size(made) <= limit
    assert html.unescape(made).rstrip("…") == text[: len(html.unescape(made).rstrip("…"))]
    assert not re.search(r"&(?!amp;|lt;|gt;)", made)
