"""Requests to skip a step (V2): which principle they break, and the fast and safe way instead. Nothing is ever done for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from flows.speech.evasions import EVASIONS
from flows.speech.frames import Frame
from flows.speech.guards import stands
from flows.speech.habits import HABITS
from flows.speech.safety import LEXICON, OBJECTS, WHAT, WORDS
from flows.speech.shortcuts import BY_NAME, BY_OBJECT, IN_HURRY
from flows.speech.signs import SIGNS
from flows.speech.skipping import NAMED, OBJECT, RUSH
from flows.speech.spelling import Plain, plain, slips

SUBJECTS = tuple(OBJECTS)
"""What can be asked to be left out: the ends of `talk.skip.<what>`."""

_GROUPS = (NAMED, OBJECT, BY_NAME, BY_OBJECT, EVASIONS, HABITS, RUSH, IN_HURRY)
_SLIPS = slips(WORDS)
_AVOIDS = re.compile(f"(?<= )(?:{LEXICON['avoid']}|{LEXICON['avoiding']})(?= )")
_END = re.compile(r" [.?](?= )")
_SAFETY = re.compile(f"(?<= )({LEXICON['safety']})(?= )")


@dataclass(frozen=True, slots=True)
class SkipRequest:
    """`what`: the end of `talk.skip.<what>` (canary, tests, rollback, …); `phrase` as it was written."""

    what: str
    phrase: str


def skip_request(text: str) -> SkipRequest | None:
    """The first request to skip something, or None. What is named goes before mere hurry."""
    words = plain(text, _SLIPS)
    present = frozenset(words.words.split())
    for group in _GROUPS:
        for frame in group:
            if not frame.may(present):
                continue
            for found in frame.pattern.finditer(words.words):
                what = _about(words, frame, found)
                if what and stands(words, found.start(), found.end(), frame.guards):
                    return SkipRequest(what, words.quote(found.start() + 1, found.end()))
    return _by_signs(words, present)


def patterns() -> Iterator[re.Pattern[str]]:
    """Makes one pattern after the other, a few milliseconds each: beside the start, so that nobody waits for one."""
    yield from (frame.pattern for group in _GROUPS for frame in group)
    yield from (part for sign in SIGNS for part in sign.parts)


def _by_signs(words: Plain, present: frozenset[str]) -> SkipRequest | None:
    """The first request whose words stand in any order, quoted from the first of them to the last."""
    ends = [m.end() for m in _END.finditer(words.words)]
    sentences = list(zip([0, *ends], ends, strict=False))
    for sign in SIGNS:
        if not sign.may(present):
            continue
        for (begin, end), (_, later) in zip_longest(sentences, sentences[1:], fillvalue=(0, 0)):
            stop = max(end, later) if sign.wide else end
            found = [m for part in sign.parts if (m := part.search(words.words, begin, stop + 1))]
            if len(found) < len(sign.parts):
                continue
            first, last = min(m.start() for m in found), max(m.end() for m in found)
            what = sign.what or next((WHAT[m["safety"]] for m in found if m.groupdict().get("safety")), "")
            what = what or next((WHAT[m.group(1)] for m in _SAFETY.finditer(words.words)), "all")
            if all(stands(words, m.start(), m.end(), sign.guards) for m in found):
                return SkipRequest(what, words.quote(first + 1, last))
    return None


def _about(words: Plain, frame: Frame, found: re.Match[str]) -> str:
    """What is to be left out; "it" and "them" stand for the word of safety before them. "": a frame that needs one has none."""
    safety = found.groupdict().get("safety")
    if "unmeasured" in frame.guards and _AVOIDS.search(found.group(0)):
        # "I don't want to skip the tests": unwilling to skip is willing to do.
        return ""
    if frame.what in OBJECTS:
        return frame.what
    if safety is None:
        earlier = [m.group(1) for m in _SAFETY.finditer(words.words, 0, found.start() + 1)]
        if frame.what == "before" and not earlier:
            return ""
        safety = next(iter(earlier[-1:] or [m.group(1) for m in _SAFETY.finditer(words.words)]), "")
    return WHAT.get(safety, "all")
