"""Forms as modals: within every limit, and what was typed comes back under the field's name."""

from hypothesis import HealthCheck, given, settings

from adapters.slack.modal import Origin, errors, modal, origin, shown, typed
from bot.messages.model import Form, FormField, Message
from tests.adapters.slack_messages import forms, messages
from tests.adapters.slack_oracles import faults_of_view

slow = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
FORM = Form("approve", "Approve", (FormField("reason", "Reason", "textarea"), FormField("when", "When")), "1|x|R-1|1||")


@slow
@given(forms)
def test_any_form_fits_a_modal(form: Form) -> None:
    assert faults_of_view(modal(form, "C1", "1795528800.000100")) == []


@slow
@given(messages)
def test_any_message_fits_a_modal(message: Message) -> None:
    assert faults_of_view(shown(message)) == []


def test_the_place_and_the_token_come_back() -> None:
    view = modal(FORM, "C1", "17.5")
    assert origin(view["private_metadata"]) == Origin("1|x|R-1|1||", "C1", "17.5")
    for foreign in ("", "{}", "[1]", "[1,2,3]", "[" * 5000, "null"):
        assert origin(foreign) is None


def test_an_error_stands_at_its_field_or_at_the_first_one() -> None:
    assert errors(FORM, {"when": "No such time."})["errors"] == {"when": "No such time."}
    assert errors(FORM, {"elsewhere": "a", "reason": "b"})["errors"] == {"reason": "a b"}
    long = errors(FORM, {"when": "🚀" * 400})["errors"]["when"]
    assert len(long.encode("utf-16-le")) // 2 <= 300


def test_what_was_typed_chosen_and_picked_comes_back_by_field() -> None:
    state = {
        "reason": {"typed": {"type": "plain_text_input", "value": "Backup\r\ntaken\u0000"}},
        "kind": {"typed": {"type": "static_select", "selected_option": {"value": "ci"}}},
        "none": {"typed": {"type": "static_select", "selected_option": None}},
        "date": {"typed": {"type": "datepicker", "selected_date": "2026-11-03"}},
        "odd": {"typed": 7},
    }
    assert typed({"state": {"values": state}}) == {
        "reason": "Backup\ntaken",
        "kind": "ci",
        "none": "",
        "date": "2026-11-03",
    }
    wrong: tuple[dict[str, object], ...] = (
        {},
        {"state": None},
        {"state": {"values": []}},
        {"state": {"values": {"a": 1}}},
    )
    assert [typed(view) for view in wrong] == [{}, {}, {}, {}]


def test_what_was_typed_stands_in_the_form_again() -> None:
    fields = (
        FormField("kind", "Kind", "choice", choices=(("ci", "CI"), ("cd", "CD")), value="cd"),
        FormField("date", "Date", "date", value="2026-11-03"),
        FormField("bad", "Date", "date", value="tomorrow"),
        FormField("text", "Text", value="as typed"),
    )
    kind, picked, bad, text = (b["element"] for b in modal(Form("x", "X", fields, "t"))["blocks"])
    assert kind["initial_option"]["value"] == "cd"
    assert picked["initial_date"] == "2026-11-03"
    assert "initial_date" not in bad
    assert text["initial_value"] == "as typed"


def test_more_than_a_hundred_choices_are_grouped() -> None:
    people = tuple((f"p{n}", f"Person {n}") for n in range(230))
    element = modal(Form("x", "X", (FormField("who", "Who", "person", choices=people),), "t"))["blocks"][0]["element"]
    assert [len(group["options"]) for group in element["option_groups"]] == [100, 100, 30]
    assert element["option_groups"][0]["label"]["text"] == "Person 0 … Person 99"
