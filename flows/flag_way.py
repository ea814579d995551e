"""A flag as the way back: "flag off, tested on 2026-11-20 <link>" is one; "flags ok" and a flag's default state are none (G3)."""

import re

from bot.domain.evidence import Kind
from flows.claim_words import FLAG_STATE, WAYS, WORDS

_FLAG = r"(?:feature[\s-]?)?(?:flags?|toggles?)"
_SWITCHED = re.compile(
    rf"(?i)\b{_FLAG}\s+off\b|\b{_FLAG}\s+flip\b|\bkill[\s-]?switch\b"
    rf"|\b(?:turn(?:ed|ing|s)?|switch(?:ed|ing|es)?|flip(?:ped|ping|s)?)\s+(?:off\s+)?(?:(?:the|our|this|its?|that)\s+)?(?:[\w.-]+\s+)?{_FLAG}\b"
    rf"|\b(?:disabl(?:e|ed|es|ing)|toggl(?:e|ed|es|ing))\s+(?:(?:the|our|this|that)\s+)?(?:[\w.-]+\s+)?{_FLAG}\b"
    rf"|\b(?:by|via|through|with|using)\s+(?:(?:the|our|a|this)\s+)?{_FLAG}\b"
)
"""The flag is what is done: switched off, flipped, used."""

_FLAGS = dict(WORDS)[Kind.FLAGS]
_OTHERS = (dict(WORDS)[Kind.ROLLBACK], dict(WORDS)[Kind.RUNBOOK], *(words for way, words in WAYS if way != "flag"))
_PROCEDURE = re.compile(r"(?i)\b(?:procedure|process|undo|scripts?|recovery|downgrade)\b")


def switches_off(text: str) -> bool:
    """True where the words make switching a flag off the way back, and say nothing of the flag's own state."""
    return _SWITCHED.search(text) is not None and FLAG_STATE.search(text) is None


def flags_alone(text: str) -> bool:
    """True where the words speak of flags, of no switching off, and of no other way back: what they tell is of the flags."""
    other = any(words.search(text) for words in (*_OTHERS, _PROCEDURE))
    return _FLAGS.search(text) is not None and not other and not switches_off(text)
