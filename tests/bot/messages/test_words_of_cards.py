"""Every code that a card asks for has a sentence, and every sentence of these pages is used."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.messages.words import UnknownCode, answers, cards, documents, items, known, marks, say
from bot.messages.words.sentences import joined

ROOT = Path(__file__).parents[3] / "bot" / "messages"
PAGES = {**cards.SENTENCES, **marks.SENTENCES, **answers.SENTENCES, **documents.SENTENCES, **items.SENTENCES}
_PREFIXES = {code.split(".")[0] for code in PAGES}


def strings() -> Iterator[str]:
    """Every string of the renderers that looks like a code; of an f-string the part before its first value."""
    for path in sorted(ROOT.rglob("*.py")):
        if "words" in path.relative_to(ROOT).parts or path.name == "react.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_every_code_of_a_card_has_a_sentence() -> None:
    codes = {
        s
        for s in strings()
        if s.count(".") == 1 and s.split(".")[0] in _PREFIXES and " " not in s and s[-1] not in "._"
    }
    assert codes
    assert [c for c in sorted(codes) if not known(c)] == []


def test_no_sentence_is_kept_that_nothing_says() -> None:
    said = set(strings())
    prefixes = tuple(s for s in said if s.endswith((".", "_")) and s.split(".")[0] in _PREFIXES and " " not in s)
    unused = [code for code in PAGES if code not in said and not code.startswith(prefixes)]
    assert unused == []


@pytest.mark.parametrize("code", sorted(PAGES))
def test_a_sentence_has_no_filler_and_no_shouting(code: str) -> None:
    sentence = PAGES[code]
    assert "!" not in sentence
    assert not any(word in sentence.lower() for word in ("please", "sorry", "just ", "simply", "oops"))


def test_a_value_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("card.next", {"who": "Kai"})


def test_a_code_without_a_sentence_and_a_sentence_without_its_value_are_errors() -> None:
    with pytest.raises(UnknownCode):
        say("lead.nobody_wrote_this")
    with pytest.raises(KeyError):
        say("lead.missing")
    assert say("lead.missing", {"count": "2"}) == "MUST items open: 2."


def test_a_value_is_plain_text_and_reaches_into_nothing() -> None:
    assert say("lead.missing", {"count": "{count.__class__}"}) == "MUST items open: {count.__class__}."


def test_no_code_stands_on_two_pages() -> None:
    with pytest.raises(ValueError, match=r"two pages: \['lead.closed'\]"):
        joined({"one": {"lead.closed": "Done."}, "other": {"lead.closed": "Over.", "lead.live": "Live."}})
    assert joined({"one": {"a": "A"}, "other": {"b": "B"}}) == {"a": "A", "b": "B"}
