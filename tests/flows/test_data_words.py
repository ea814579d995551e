"""What words say of the data, and of a way back that is not there."""

import pytest

from bot.domain.evidence import Kind
from flows.answer_evidence import read_evidence
from flows.claim_words import facts_of
from flows.data_words import class_of, unsure_of_data
from flows.readings import Given, Unclear
from tests.flows.given import ANA

NONE = [
    "no tables were touched",
    "only the texts change, no DB",
    "the schema is unchanged",
    "schema unchanged",
    "migration: none",
    "- migration: none\n- flags: none",
    "data change: no",
    "nothing changes in the database",
    "nobody touched the tables",
    "we did not touch the db",
    "it doesn't need a migration",
    "no need for a migration",
    "the tables weren't changed",
    "a migration is not needed",
    "no db work",
]


@pytest.mark.parametrize("text", NONE)
def test_no_data_change_is_heard_in_any_wording(text: str) -> None:
    assert class_of(text) == "none"
    reading = read_evidence(Kind.MIGRATION, text, ANA)
    assert isinstance(reading, Given)
    assert reading.data_change == "none"


@pytest.mark.parametrize(
    "text",
    [
        "we do not have a migration plan",
        "no tested migration",
        "migration: no dry run",
        "no data loss in the drill",
        "no database backup yet",
        "there was no dry run",
        "no columns dropped",
    ],
)
def test_what_only_sounds_like_it_denies_no_change(text: str) -> None:
    assert class_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "no migration. wait, yes there is one",
        "no db changes\u2026 oh, actually there are two",
        "no migration? yes, one",
    ],
)
def test_a_no_that_is_taken_back_in_the_same_breath_is_asked_about_and_a_no_that_stands_is_taken(text: str) -> None:
    assert class_of(text) is None
    assert read_evidence(Kind.MIGRATION, text, ANA) == Unclear("unsure")
    assert class_of("wait, there is no migration") == "none"
    assert class_of("no migration, yes I checked") == "none"


@pytest.mark.parametrize("around", ["I think {}", "{} I guess", "{}, I believe", "probably {}", "as far as I know {}"])
@pytest.mark.parametrize("text", ["no migration", "no tables were touched", "the schema is unchanged"])
def test_a_guess_decides_nothing_and_a_plain_word_does(text: str, around: str) -> None:
    guess = around.format(text)
    assert class_of(guess) is None
    assert unsure_of_data(guess)
    assert read_evidence(Kind.MIGRATION, guess, ANA) == Unclear("unsure")
    assert class_of(text) == "none"


def test_a_denied_drop_is_none_and_a_drop_is_one() -> None:
    assert class_of("we don't drop columns, we add a nullable column") == "expand"
    assert class_of("we drop the column legacy_token") == "contract"


@pytest.mark.parametrize(
    "text",
    [
        "there is no rollback",
        "we don't have one",
        "there isn't any",
        "rollback: none",
        "it cannot be rolled back",
        "we can only roll forward",
        "we have no rollback plan",
    ],
)
def test_a_way_back_that_is_not_there_is_known_to_be_untested(text: str) -> None:
    reading = read_evidence(Kind.ROLLBACK, text, ANA)
    assert isinstance(reading, Given)
    assert reading.claims[0].facts == {"tested": False}


def test_a_tested_way_back_stays_one_beside_a_part_that_goes_forward() -> None:
    assert facts_of(Kind.ROLLBACK, "rollback tested on 2026-11-03; the schema can only roll forward")["tested"] is True
