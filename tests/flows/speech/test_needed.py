"""Which words a frame needs: what lacks one is not looked for, and nothing that fits is left out."""

import re

import pytest

from bench.language.__main__ import CORPUS
from bench.language.score import read
from flows import skip_requests, vague
from flows.speech.assurances import ASSURANCES
from flows.speech.claims import CLAIMS
from flows.speech.frames import Frame, Signs, needed
from flows.speech.signs import SIGNS
from flows.speech.skipping import NAMED
from flows.speech.spelling import plain

LEXICON: dict[str, frozenset[str] | None] = {"avoid": frozenset({"skip", "turn"}), "number": None}


@pytest.mark.parametrize(
    ("shape", "needs"),
    [
        ("{avoid} ~3 tests", [{"skip", "turn"}, {"tests"}]),
        ("^ <just | simply>? <ship it | go>", [{"ship", "go"}]),
        ("big bang ~~ <. | ,>", [{"big"}, {"bang"}, {".", ","}]),
        ("{number} <{avoid} | mute>", [{"skip", "turn", "mute"}]),
        ("to <100 | {number}> ~. <\\w+ | now> live", [{"to"}, {"live"}]),
        ("go go", [{"go"}]),
    ],
)
def test_a_shape_needs_a_word_of_each_part_that_may_not_be_left_out(shape: str, needs: list[set[str]]) -> None:
    assert sorted(map(sorted, needed(shape, LEXICON.__getitem__))) == sorted(map(sorted, needs))


def test_no_frame_that_fits_a_phrase_of_the_corpora_is_left_out() -> None:
    frames: list[Frame | Signs] = [f for group in skip_requests._GROUPS for f in group]
    frames += [*CLAIMS, *ASSURANCES, *SIGNS]
    fitting = tried = 0
    for path in sorted(CORPUS.glob("*.yaml")):
        for row in read(path)[::40]:
            words = plain(row.text).words
            present = frozenset(words.split())
            for frame in frames:
                parts = frame.parts if isinstance(frame, Signs) else (frame.pattern,)
                fits = all(part.search(words) for part in parts)
                assert frame.may(present) or not fits, (frame, row.text)
                fitting += fits
                tried += frame.may(present)
    assert 30 < fitting < tried


def test_most_frames_need_not_be_looked_for() -> None:
    present = frozenset(plain("the weather is nice in Berlin today").words.split())
    assert sum(frame.may(present) for frame in NAMED) < len(NAMED) / 10


def test_every_pattern_can_be_made_before_anybody_speaks() -> None:
    made = [*skip_requests.patterns(), *vague.patterns()]
    assert len(made) > 600
    assert all(isinstance(pattern, re.Pattern) for pattern in made)
