"""Of what words tell a test: "the feature was tested yesterday" says nothing of the way back (G3)."""

import re
from collections.abc import Mapping

from bot.domain.evidence import Kind

_NOUNS: Mapping[Kind, re.Pattern[str]] = {
    Kind.ROLLBACK: re.compile(
        r"(?i)(?:roll-?backs?|back-?out|way|back|runbook|playbook|procedure|process|restor(?:e|ation)|undo|revert|recovery"
        r"|drills?|rehearsal|scripts?|steps|plan|path|flags?|toggle|switch|redeploy(?:ment)?|downgrade|off)"
    ),
    Kind.MIGRATION: re.compile(
        r"(?i)(?:migrations?|dry-?run|run|backfill|scripts?|schema|index(?:es)?|columns?|tables?|ddl|sql|changes?|alembic"
        r"|flyway|liquibase|upgrade|data|statements?|copy)"
    ),
}
"""What the test of an item is said of, as people call it."""

_NO_NOUN = re.compile(
    r"(?i)(?:it|th(?:is|at|ese|ose|ey|en)|both|which|what|one|last|was|were|and|also|we|i|ha(?:s|ve)|been|i've|we've|be|\w+ly"
    r"|yes|yep|yeah|ok(?:ay)?|no|staging|prod(?:uction)?|there|here|since|first|again|today|yesterday|\w+day)"
)
_DONE = r"(?:tested|tried(?:\s+out)?|verified|rehearsed|drilled|exercised|validated|dry[\s-]?run|checked)"
_TESTED_WAS = re.compile(
    r"(?i)\b([a-z][\w'-]*)\s+(?:was|were|is|are|got|has\s+been|have\s+been|had\s+been)\s+"
    rf"(?:(?:\w+ly|last|also|just|already|all)\s+)?{_DONE}\b"
)
_TESTED_THE = re.compile(rf"(?i)\b{_DONE}\s+(?:all\s+)?(?:the|our|this|that|a|an)\s+((?:[a-z][\w'-]*\s*){{1,3}})")


def tested_else(asked: Kind, text: str) -> str:
    """What was tested by the words, where that is not the item that was asked about; "" where it is, or is not said."""
    nouns = _NOUNS.get(asked)
    if nouns is None:
        return ""
    for m in _TESTED_WAS.finditer(text):
        if not nouns.fullmatch(m[1]) and not _NO_NOUN.fullmatch(m[1]):
            return m[1]
    for m in _TESTED_THE.finditer(text):
        said = m[1].split()
        if not any(nouns.fullmatch(word) for word in said):
            return said[0]
    return ""
