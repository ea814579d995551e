"""No message can exceed what Teams takes, and nobody's words become a mention, a link or markup."""

import json

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from adapters.teams import limits
from adapters.teams.elements import PRESS
from adapters.teams.forms import BACK, FILL, dialog, inline, typed
from adapters.teams.limits import escaped
from adapters.teams.render import REFRESH, card, fallback, files, parts, tokens_of
from bot.messages import forms as house
from bot.messages.cards.index import render
from bot.messages.full_plan import full_plan
from bot.messages.model import Actions, Bullets, Button, Context, Form, FormField, Heading, Link, Message, Table, Text
from tests.adapters.slack_messages import HOSTILE, forms, messages
from tests.adapters.teams_oracles import elements, faults, texts
from tests.golden import releases as r

slow = settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate)
)
HOSTILE_HERE = (
    *HOSTILE[:-1],
    "<at>Everyone</at>",
    "[ok](https://evil.example)",
    "{{DATE(2020)}}",
    "<b>prod</b>",
    "**GO**",
)


def known(person: str) -> tuple[str, str] | None:
    return {"ana": ("29:ana", "Ana <at>Kai</at>"), "kai": ("29:kai", "Kai")}.get(person)


@slow
@given(messages)
def test_any_message_fits_and_is_a_card_of_1_5(message: Message) -> None:
    assert faults(card(message)) == []


@slow
@given(messages, st.integers(0, 90))
def test_a_view_for_few_fits_too_and_is_for_at_most_sixty(message: Message, viewers: int) -> None:
    shown = card(message, account=known, viewers=[f"29:{n}" * 8 for n in range(viewers)], key="R-1:LIVING")
    assert faults(shown) == []
    assert len(shown.get("refresh", {}).get("userIds", ())) <= 60


@slow
@given(forms, st.sampled_from([{}, {"reason": "Too short."}, {"nowhere": "At no field."}]))
def test_any_form_fits_inline_and_as_a_dialog(form: Form, errors: dict[str, str]) -> None:
    assert faults(inline(form, errors)) == []
    assert faults(dialog(form, errors)["value"]["card"]["content"]) == []


@pytest.mark.parametrize("text", HOSTILE_HERE)
def test_hostile_words_stand_in_runs_that_read_no_markup(text: str) -> None:
    shown = card(Message(text, (Heading(text), Text(text), Bullets((text,)), Context(text))))
    assert faults(shown) == []
    parsed = [e["text"] for e in elements(shown["body"]) if e.get("type") == "TextBlock"]
    assert parsed == []
    assert not any("<at" in told.lower() for told in (*texts(shown), fallback(Message(text))))


def test_a_field_s_label_is_escaped_since_teams_reads_markdown_in_it() -> None:
    assert escaped("*b* [x](y) <i>") == r"\*b\* \[x\]\(y\) &lt;i\>"
    made = inline(Form("f", "T", (FormField("reason", "**Why** <at>x</at>"),), "1|x||0||"))
    label = next(e["label"] for e in elements(made["body"]) if e.get("type") == "Input.Text")
    assert label.startswith(r"\*\*Why\*\*")
    assert "<at" not in label


def test_two_hundred_findings_leave_the_buttons_and_say_how_many_lines_are_missing() -> None:
    gaps = Bullets(tuple(f"gap {n}: {'🚀' * 60}" for n in range(200)), label="Missing")
    go = Actions((Button("go", "GO for payments 2.4.1", "1|go|R-1|1||"),))
    shown = card(Message("NO-GO", (Heading("NO-GO"), gaps, go, Context("rev 7"))))
    assert faults(shown) == []
    assert [e["type"] for e in shown["body"]][-2:] == ["ActionSet", "RichTextBlock"]
    assert any("lines left out" in text for text in texts(shown))
    assert tokens_of(shown) == ["1|go|R-1|1||"]


def test_who_must_act_is_a_mention_with_its_entity_and_a_stranger_by_name_only() -> None:
    shown = card(Message("GO", (Heading("GO"), Text("x")), mentions=("ana", "kai", "lena")), account=known)
    assert faults(shown) == []
    entities = shown["msteams"]["entities"]
    assert [e["mentioned"] for e in entities] == [
        {"id": "29:ana", "name": "Ana atKaiat"},
        {"id": "29:kai", "name": "Kai"},
    ]
    assert "lena" in set(texts(shown))


def test_two_people_of_one_name_are_called_each_by_a_mention_of_their_own() -> None:
    """Teams finds whom a mention calls by the text of it alone."""
    message = Message("GO", (Heading("GO"),), mentions=("ana", "ana.b", "ana"))
    shown = card(message, account=lambda who: (f"29:{who}", "Ana"))
    calls = {e["text"]: e["mentioned"]["id"] for e in shown["msteams"]["entities"]}
    assert calls == {"<at>Ana</at>": "29:ana", "<at>Ana anab</at>": "29:ana.b"}
    assert "<at>Ana</at> <at>Ana anab</at>" in str(shown["body"])


def test_few_see_the_buttons_and_everybody_else_one_that_asks_what_they_may_do() -> None:
    message = Message("Approve", (Heading("Approve"), Actions((Button("approve", "Approve…", "1|approve|R-1|1||"),))))
    shown = card(message, viewers=["29:kai"], key="k1")
    assert tokens_of(shown) == []
    assert shown["refresh"]["userIds"] == ["29:kai"]
    assert shown["refresh"]["action"]["data"] == {"k": "k1", "v": REFRESH}
    everybody = card(message, viewers=[f"29:{n}" for n in range(61)], key="k1")
    assert tokens_of(everybody) == ["1|approve|R-1|1||"]
    assert "refresh" not in everybody


def test_a_button_comes_back_with_its_token_also_from_a_client_without_execute() -> None:
    shown = card(Message("x", (Actions((Button("go", "GO…", "1|go|R-1|1||"),)),)))
    action = shown["body"][0]["actions"][0]
    assert (action["type"], action["verb"]) == ("Action.Execute", PRESS)
    assert action["fallback"]["type"] == "Action.Submit"
    assert action["fallback"]["data"] == action["data"] == {"t": "1|go|R-1|1||", "v": PRESS}


def test_what_was_typed_comes_back_by_the_field_s_name_and_an_error_stands_at_its_field() -> None:
    view = r.view(r.risky())
    made = inline(house.approve(view), {"reason": "At least 15 characters."})
    spot = next(n for n, e in enumerate(made["body"]) if e.get("id") == "f.reason")
    assert "At least 15 characters." in json.dumps(made["body"][spot - 2 : spot])
    assert typed({"f.reason": "a real reason", "t": "x", "f.odd": 3}) == {"reason": "a real reason"}
    actions = made["body"][-1]["actions"]
    assert [a.get("verb") for a in actions] == [FILL, BACK, None]
    assert actions[1]["associatedInputs"] == "none"


def test_a_command_stands_as_one_types_it_in_teams_and_other_words_stay_as_they_were() -> None:
    shown = card(
        Message("Say `/release hold R-1 <reason>`", (Text("Fix: `/release go R-1`, or `Approve-Risk: <reason>`."),))
    )
    inlines = shown["body"][0]["inlines"]
    assert [(one["text"], one.get("fontType")) for one in inlines] == [
        ("Fix: ", None),
        ("@T-Minus release go R-1", "Monospace"),
        (", or ", None),
        ("@T-Minus Approve-Risk: <reason>", "Monospace"),
        (".", None),
    ]
    assert shown["fallbackText"] == "Say @T-Minus release hold R-1 <reason>"
    kept = "`rm -rf` of /releases and https://ci.example/release notes"
    assert card(Message("x", (Text(kept),)))["body"][0]["inlines"] == [{"type": "TextRun", "text": kept}]


@given(st.lists(st.text("abcdefgh .-", min_size=1, max_size=70), min_size=1, max_size=12))
def test_a_row_of_buttons_is_never_wider_than_a_phone(labels: list[str]) -> None:
    buttons = tuple(Button(str(n), f"{n}{label}", f"1|x|R-1|{n}||") for n, label in enumerate(labels))
    sets = card(Message("x", (Actions(buttons),)))["body"]
    assert [a["title"] for one in sets for a in one["actions"]] == [b.label.strip() for b in buttons]
    for one in sets:
        wide = sum(len(a["title"]) * limits.LETTER + limits.EDGE for a in one["actions"])
        assert len(one["actions"]) == 1 or wide <= limits.ROW


def test_a_link_leads_to_http_or_it_is_words() -> None:
    good = card(Message("x", (Link("CI run", "https://ci.example/91"),)))["body"][0]["inlines"][0]
    assert good["selectAction"] == {"type": "Action.OpenUrl", "url": "https://ci.example/91"}
    bad = card(Message("x", (Link("CI run", "javascript:alert(1)"),)))["body"][0]["inlines"][0]
    assert bad == {"type": "TextRun", "text": "CI run javascript:alert(1)"}


def test_a_wide_table_is_listed_and_a_file_follows_as_text() -> None:
    wide = card(Message("x", (Table(tuple("abcdef"), (tuple("123456"),)),)))
    assert "a: 1 · b: 2" in json.dumps(wide, ensure_ascii=False)
    parts = list(files(Message("x", attachments=(("plan.md", "y" * 8000),))))
    assert [p.text for p in parts] == ["plan.md 1/3", "plan.md 2/3", "plan.md 3/3"]


@pytest.mark.parametrize("name", ["possible", "unverified", "risky", "hostile"])
def test_the_real_cards_and_the_full_plan_are_valid(name: str) -> None:
    view = r.view(getattr(r, name)())
    for message in (*(render(one, view) for one in ("living", "verdict", "approval")), full_plan(view)):
        assert faults(card(message)) == []


def test_a_document_is_cut_before_a_section_and_follows_whole_in_several_cards() -> None:
    plan = full_plan(r.view(r.risky()))
    names = [b.text for b in plan.blocks if isinstance(b, Heading) and b.level > 1]
    shown = card(plan, cut_code="chat.cut_alone")
    assert faults(shown) == []
    told = list(texts(shown))
    note = next(t for t in told if t.startswith("Left out to fit one card: "))
    left_out = note.removeprefix("Left out to fit one card: ").partition(". The whole is sent")[0].split(", ")
    assert [n for n in names if n in told] == [n for n in names if n not in left_out]
    assert {"NEXT ACTION", "CONFIDENCE"} <= set(told)
    several = [card(part) for part in parts(plan)]
    assert len(several) > 1
    assert [n for one in several for n in names if n in set(texts(one))] == names
    for one in several:
        assert faults(one) == []
        assert not any(t.startswith(("Cut to fit", "Left out")) for t in texts(one))
    assert list(files(plan)) == [], "its files would say the same once more"
    assert [*parts(Message("GO", (Text("x"),)))] == [Message("GO", (Text("x"),))]
