"""A test of something else is no test of the item that was asked about (G3)."""

import pytest

from bot.domain.evidence import Kind
from flows.answer_evidence import read_evidence
from flows.readings import Beside, Given, Unclear
from tests.flows.given import ANA, asking, typed
from tests.flows.steps import reply


@pytest.mark.parametrize(
    "text",
    [
        "the feature was tested yesterday",
        "the release was tested in staging on 2026-11-20",
        "search was verified on 2026-11-20",
        "we tested the new checkout on 2026-11-20",
        "the canary has been tried out on 2026-11-20",
        "the backup was fully tested on 2026-11-20",
    ],
)
def test_a_test_of_something_else_is_no_tested_way_back(text: str) -> None:
    read = read_evidence(Kind.ROLLBACK, text, ANA)
    assert isinstance(read, Unclear)
    assert read.code == "another"
    said = reply(typed(f"answer {text}", asking("rollback")))
    assert "test of something else" in said.text
    assert "date of its last test" in said.text


@pytest.mark.parametrize(
    "text",
    [
        "tested yesterday",
        "it was tested in staging yesterday",
        "we tested it on 2026-11-20",
        "the procedure was last tested on 2026-11-20",
        "we rehearsed the undo on 2026-11-20",
        "yes was tested on 2026-11-20",
        "the undo in staging was tested on 2026-11-20",
        "the flag off was tested on 2026-11-20",
        "last drilled 2026-11-20, took 7 min",
        "drilled on 2026-11-20 by Kai, the restore took 12 minutes",
    ],
)
def test_a_test_of_the_way_back_is_still_heard(text: str) -> None:
    read = read_evidence(Kind.ROLLBACK, text, ANA)
    assert isinstance(read, Given)
    assert [(c.kind, c.facts["tested"]) for c in read.claims] == [(Kind.ROLLBACK, True)]


@pytest.mark.parametrize(
    ("asked", "text", "about"),
    [
        (Kind.ROLLBACK, "actually there is a migration, an index, it was tested in staging yesterday", Kind.MIGRATION),
        (Kind.ROLLBACK, "the alert was verified yesterday", Kind.MONITORING),
        (Kind.MIGRATION, "it was drilled, the way back, on 2026-11-20", Kind.ROLLBACK),
        (Kind.MIGRATION, "the rollback is new. It was tested on 2026-11-20", Kind.ROLLBACK),
    ],
)
def test_what_is_said_of_another_item_is_kept_as_that(asked: Kind, text: str, about: Kind) -> None:
    read = read_evidence(asked, text, ANA)
    assert isinstance(read, Beside)
    assert [c.kind for c in read.claims] == [about]
    own = read_evidence(about, text, ANA)
    assert isinstance(own, Given)
