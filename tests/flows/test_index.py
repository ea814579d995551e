"""Every verb is in help, and help lists only what works."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from hypothesis import given
from hypothesis import strategies as st

import flows
from bot.domain.commands import StartPlan
from bot.domain.release import Phase
from bot.messages.tokens import Token, unpack
from bot.messages.words import known, say
from flows.dialog import Done, Reply
from flows.index import NAMES, VERBS
from flows.unknown_verb import mistyped, unknown_verb
from flows.verb import Verb
from flows.verb_names import find_verb, in_two_words, nearest
from tests.flows.given import context, press, release, typed
from tests.flows.steps import reply, written
from tests.world import NOW

BUTTONS = (
    "answer add_evidence ask_someone full_plan arithmetic request_sign_off approve decline go no_go hold resume move cancel "
    "start step health_ok health_bad done rollback rolledback request_exception postpone withdraw status details plan_service"
)


def test_every_verb_that_a_file_declares_is_in_the_table() -> None:
    files = [import_module(f"flows.{found.name}") for found in iter_modules(flows.__path__)]
    declared = {verb.name: file.__name__ for file in files for verb in vars(file).values() if isinstance(verb, Verb)}
    absent = {name: file for name, file in declared.items() if name not in VERBS}
    assert absent == {}, "give each a line in the table of flows/index.py, where help is to list it"


def test_no_conversation_asks_another_one() -> None:
    """Free words may be meant for any of them, so what reads those knows some; the table knows all."""
    sources = {path.stem: path.read_text() for path in Path(flows.__file__).parent.glob("*.py")}
    conversations = {name for name, text in sources.items() if " = Verb(" in text}
    assert len(conversations) > len(VERBS) / 3
    asking = {
        f"{name} imports {other}"
        for name in conversations
        for other in conversations - {name}
        if re.search(rf"from flows(\.| import .*\b){other}\b", sources[name])
    }
    assert not asking, "give what both need a file of its own in flows/, such as flows/record.py"


def test_help_shows_every_verb_with_its_usage() -> None:
    page = written(reply(typed("help")))
    for verb in VERBS.values():
        for code in (f"help.usage.{verb.name}", f"help.about.{verb.name}"):
            assert known(code), f"write the sentence {code} in bot/messages/words/help_pages.py"
        assert f"{verb.typed}" in page
        assert verb.typed in reply(typed(f"help {verb.typed}")).text


def test_every_button_of_every_card_has_its_flow() -> None:
    assert all(name in NAMES for name in BUTTONS.split())


def test_verbs_are_found_in_any_case_and_by_their_other_names() -> None:
    for word, name in (
        ("HOLD", "hold"),
        ("no-go", "no_go"),
        ("nogo", "no_go"),
        ("Full_Plan", "full_plan"),
        ("pause", "hold"),
        ("plan:", "plan"),
        ("no\u2013go", "no_go"),
        ("no\u2011go", "no_go"),
    ):
        verb = find_verb(word, NAMES)
        assert verb is not None
        assert verb.name == name


def test_a_verb_in_two_words_is_one_and_other_words_are_left_alone() -> None:
    assert in_two_words("no", "go R-1 the drill failed", NAMES) == ("no-go", "R-1 the drill failed")
    assert in_two_words("Roll", "back R-1", NAMES) == ("Roll-back", "R-1")
    assert in_two_words("go", "R-1", NAMES) is None
    assert in_two_words("no", "R-1 the drill failed", NAMES) is None
    assert in_two_words("no", "", NAMES) is None


def test_a_typo_offers_the_nearest_verb_and_does_nothing() -> None:
    message = unknown_verb("rollbak", "R-1 now", context(release()), NAMES)
    assert message.text.startswith("Did you mean rollback?")
    assert "rollbak" in message.text
    token = unpack(message.buttons[0].token)
    assert (token.verb, token.release) == ("rollback", "R-1")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("statsu", ["status"]),
        ("aprove", ["approve"]),
        ("exeption", ["exception"]),
        ("dnoe", ["done"]),
        ("lst", ["list"]),
        ("finsh", ["done"]),
        ("roll", ["rollback", "rolledback", "rollcall"]),
        ("roll bcak", ["rollback"]),
        ("can", []),
        ("make", []),
        ("go", []),
        ("x" * 50, []),
    ],
)
def test_slips_of_the_keyboard_are_counted_and_mere_likeness_is_no_verb(word: str, meant: list[str]) -> None:
    assert [v.name for v in nearest(word, NAMES)] == meant


def test_a_word_like_no_verb_gets_what_can_be_looked_at() -> None:
    labels = [b.label for b in unknown_verb("foo", "", context(release()), NAMES).buttons]
    assert labels == ["status R-1", "list", "Show help"]


def test_a_mistyped_verb_after_the_end_says_what_became_of_the_release() -> None:
    over = release(Phase.CLOSED, done_at=NOW)
    message = unknown_verb("dnoe", "", context(over=over), NAMES)
    assert message.text.startswith("Did you mean done?")
    assert "is closed since" in message.text
    assert [unpack(b.token).verb for b in message.buttons] == ["lesson", "status", "full_plan"]
    assert unknown_verb("statsu", "", context(over=over), NAMES).buttons[0].label == "status"


@pytest.mark.parametrize(
    ("text", "verb", "first"),
    [
        ("statsu", "status", "Did you mean status?"),
        ("hlep please!", "help", "Did you mean help?"),
        ("R-1 aprove", "approve", "Did you mean approve?"),
        ("metrics", "metrics", "Did you mean the verb metrics?"),
        ("full pln", "full_plan", "Did you mean full-plan?"),
    ],
)
def test_free_words_that_are_a_verb_with_a_slip_offer_it(text: str, verb: str, first: str) -> None:
    message = mistyped(text, context(release()), NAMES)
    assert message is not None
    assert message.text.startswith(first)
    assert unpack(message.buttons[0].token).verb == verb


@pytest.mark.parametrize("text", ["", "statsu?", "good", "the statsu of it", "lunch", "R-1"])
def test_other_free_words_are_no_verb(text: str) -> None:
    assert mistyped(text, context(release()), NAMES) is None


def test_a_mistyped_plan_is_offered_with_its_words_and_not_with_its_typo() -> None:
    message = unknown_verb("plna", "payments 2.4.1 tomorrow 15:00", context(), NAMES)
    first = message.buttons[0]
    token = unpack(first.token)
    assert (token.verb, token.choice, token.subject) == ("plan_service", "payments", "payments 2.4.1 tomorrow 15:00")
    assert first.label == "Plan payments 2.4.1 tomorrow 15:00"
    assert message.text.startswith("Did you mean plan?")
    started = press(token, who="ana")
    assert isinstance(started, Done)
    assert isinstance(started.command, StartPlan)
    assert (started.command.version, started.command.text) == ("2.4.1", "")


def test_a_mistyped_verb_before_a_service_offers_the_verb_first() -> None:
    message = unknown_verb("lits", "payments", context(), NAMES)
    assert [b.id for b in message.buttons] == ["list", "plan_service:payments", "help"]


def test_a_verb_that_speaks_of_no_release_is_offered_without_one() -> None:
    labels = [b.label for b in unknown_verb("servic", "", context(release()), NAMES).buttons]
    assert labels[0] == "service"


def test_each_verb_page_shows_how_it_looks_and_its_example_works() -> None:
    for verb in VERBS.values():
        page = reply(typed(f"help {verb.typed}"))
        if known(f"help.example.{verb.name}"):
            example = say(f"help.example.{verb.name}")
            assert f"/release {example}" in written(page)
            assert find_verb(example.split(maxsplit=1)[0], NAMES) is verb


def test_an_unknown_service_is_answered_with_entries_to_show_not_to_plan() -> None:
    message = reply(typed("service paymnts"))
    token = unpack(message.buttons[0].token)
    assert (message.buttons[0].label, token.verb, token.choice) == ("Show payments", "service", "payments")
    assert "Service Payments" in reply(press(token)).text


def test_a_service_in_the_place_of_the_verb_offers_to_plan_it() -> None:
    message = unknown_verb("payments", "2.4.1 at 15:00", context(), NAMES)
    token = unpack(message.buttons[0].token)
    assert (token.verb, token.choice) == ("plan_service", "payments")
    assert unpack(unknown_verb("payments", "2.4.1 " + "x" * 400, context(), NAMES).buttons[0].token).subject == ""


def test_help_of_an_unknown_verb_offers_the_nearest_and_of_a_known_one_shows_it() -> None:
    assert "statsu" in reply(typed("help statsu")).text
    assert "living card" in reply(typed("help status")).text
    assert isinstance(press(Token("help")), Reply)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_verb_makes_it_fail(word: str, rest: str) -> None:
    find_verb(word, NAMES)
    assert unknown_verb(word, rest, context(), NAMES).buttons
