"""The reference is complete and is what the code says."""

import re
from pathlib import Path

import pytest

from bot.domain.event import Event
from bot.domain.lifecycle import MOVES
from bot.domain.release import Phase
from bot.messages.words import sentences
from bot.settings import Settings
from docs.generate import NOTE, PAGES, differing
from docs.pages.events import all_events
from flows.index import VERBS


@pytest.fixture
def reference(root: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in (root / "docs" / "reference").glob("*.md")}


def test_every_page_is_what_the_code_says() -> None:
    assert differing() == [], "run: make docs"


def test_every_page_says_that_it_is_generated(reference: dict[str, str]) -> None:
    assert reference.keys() == PAGES.keys()
    assert all(text.startswith(NOTE) for text in reference.values())


def test_every_setting_is_documented(reference: dict[str, str]) -> None:
    variables = [f"T_MINUS_{name.upper()}" for name in Settings.model_fields]
    absent = [one for one in variables if f"| `{one}` |" not in reference["settings.md"]]
    assert not absent, "run: make docs"


def test_every_verb_is_documented(reference: dict[str, str]) -> None:
    page = reference["verbs.md"]
    said = set(re.findall(r"^\| `([\w-]+)", page, re.MULTILINE))
    absent = {verb.typed for verb in VERBS.values()} - said
    assert not absent, "help.usage.<verb> begins with the verb as people type it (bot/messages/words/help_pages.py)"


def test_every_event_is_documented(reference: dict[str, str]) -> None:
    events = {event.__name__ for event in (*all_events(), *Event.__subclasses__())}
    assert events
    absent = sorted(event for event in events if f"| `{event}` |" not in reference["events.md"])
    assert not absent, f"list them in EVENTS of bot/domain/events/__init__.py, then make docs: {absent}"


@pytest.mark.parametrize("prefix", ["finding.", "how.", "refused."])
def test_every_code_is_documented(reference: dict[str, str], prefix: str) -> None:
    codes = [code.removeprefix(prefix) for code in sentences.ALL if code.startswith(prefix)]
    assert codes
    absent = [code for code in codes if f"| `{code}` |" not in reference["findings.md"]]
    assert not absent, "run: make docs"


def test_the_picture_has_every_phase_and_every_move(reference: dict[str, str], root: Path) -> None:
    picture = (root / "docs" / "reference" / "lifecycle.svg").read_text()
    assert all(f">{phase.value.replace('_', ' ')}</text>" in picture for phase in Phase)
    for phase, row in MOVES.items():
        for event, after in row.items():
            assert f'<path id="{phase}-{after}"' in picture
            words = re.search(rf'id="{phase}-{after}-words"[^>]*>([^<]+)<', picture)
            assert words is not None
            assert event.__name__ in words[1].split(", ")
    assert "(lifecycle.svg)" in reference["lifecycle.md"]
