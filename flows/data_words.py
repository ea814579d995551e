"""What words say of the data: no change, or the class of the change (none, expand, locking, contract, irreversible)."""

import re

Span = tuple[int, int]

NO_DATA = re.compile(
    r"(?i)\b(?:no|without(?:\s+any)?|zero|not\s+any|there\s+(?:is|are)\s+no)\s+(?:data"
    r"(?:base)?|db|schema|sql)?[\s-]*(?:data\s+)?(?:migrations?|(?:data|schema|db|database)\s+changes?"
    r"|changes?\s+(?:to|in)\s+(?:the\s+)?(?:data(?:base)?|db|schema))\b"
    r"|\bno\s+(?:data|schema|db|database|sql)\s+(?:changes?|migrations?)\b|\b(?:does"
    r"|do)(?:n'?t|\s+not)\s+(?:touch|change)\s+(?:the\s+)?(?:data(?:base)?|db|schema)\b"
)
_DATA = r"(?:db|database|databases|schemas?|sql|tables?|columns?|data(?:base)?\s+models?)"
_ANY_DATA = rf"(?:{_DATA}|data)"
_CHANGE = r"(?:migrations?|(?:data|db|schema|database)\s+changes?)"
_TOUCHED = r"(?:touched|changed|altered|affected|migrated|modified|involved)"
_END = (
    r"(?=\s*(?:$|[.,;!?)\n]|(?:for|in|with)\s+(?:this|that|it)\b|here\b|at\s+all\b"
    r"|i\s+(?:think|guess|believe|hope|suppose)\b|afaik\b|and\b|but\b|so\b))"
)
_BE = r"(?:is|are|was|were|stays?|stayed|remains?|remained|has\s+been|have\s+been|gets?|got|being)"
_DENIALS = (
    rf"\b(?:no|not\s+any|without\s+any)\s+(?:new\s+)?{_DATA}\s*(?:{_BE}\s+)?(?:{_TOUCHED}|impact|work|stuff|updates?)?{_END}",
    rf"\b{_DATA}\s*(?:[:=]\s*)?(?:unchanged|untouched)\b",
    rf"\b{_ANY_DATA}\s+{_BE}\s+(?:the\s+same|unchanged|untouched|not\s+(?:been\s+)?{_TOUCHED})\b",
    rf"\b{_ANY_DATA}\s+(?:is|are|was|were|has|have)n'?t\s+(?:been\s+)?{_TOUCHED}\b",
    (
        r"\b(?:nothing|nobody|no\s+one)\s+(?:(?:is|was|has|gets?|being)\s+)?(?:changes?|changed|touched|touches|new)?\s*(?:in|to|on|about)?\s*"
        rf"(?:the\s+|our\s+)?{_DATA}{_END}"
    ),
    (
        r"\b(?:did|does|do|will|has|have|is|are)(?:n'?t|\s+not)\s+"
        r"(?:(?:touch|chang|alter|modif|affect|migrat)(?:e[ds]?|ed|ing|y|ied)?|needs?|requires?|involves?)\s+"
        rf"(?:any\s+|an?\s+|the\s+|our\s+)*(?:{_ANY_DATA}|migrations?)(?:\s+(?:changes?|migrations?))?{_END}"
    ),
    rf"\b{_CHANGE}\s*(?:[:=–—]|->|-(?=\s))\s*(?:none|no|n/?a|nil|nope|not\s+(?:needed|required|applicable))\b{_END}",
    rf"\b{_CHANGE}\s+(?:is\s+|are\s+|was\s+)?(?:not|n'?t)\s+(?:needed|required|necessary|involved|part)\b",
    r"\bno\s+need\s+(?:for\s+(?:an?\s+)?migrations?|to\s+migrate)\b|\bmigration[\s-]free\b",
)
_NO_DATA_SAID = re.compile(f"(?i){'|'.join(_DENIALS)}")
UNSURE = re.compile(
    r"(?i)\b(?:i\s+(?:think|guess|believe|suppose|assume|hope)|i\s+do(?:n'?t|\s+not)\s+think|think\s+so|probably|maybe|perhaps"
    r"|possibly|afaik|as\s+far\s+as\s+i\s+know"
    r"|hopefully|presumably|apparently|reportedly|allegedly|(?:some(?:one|body)|they|people)\s+(?:said|says|told)|not\s+(?:quite\s+)?sure|should\s+(?:be|have)|pretty\s+sure|supposed\s+to)\b|\?"
)
"""Words that a person puts around what they do not know: what decides the way back is not taken from them (Q7)."""

_TAKEN_BACK = re.compile(
    r"(?i)\b(?:wait|actually|scratch\s+that|correction|sorry|oops|oh|hm+)\b[^\n]*?"
    r"\b(?:yes|yeah|yep|there\s+(?:is|are|was|were)|we\s+do|it\s+does|i\s+was\s+wrong)\b(?!\s+(?:no|not|none)\b)"
    r"|\byes\b[^\n.]{0,20}\b(?:there\s+(?:is|are)|one|some)\b"
)
"""Behind a denial: who says no and then yes has not said which."""

CLASSES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("irreversible", re.compile(r"(?i)\birreversible\b|\bno\s+way\s+back\b|\bone[\s-]way\b")),
    (
        "contract",
        re.compile(
            r"(?i)\bdestructive\b|\bcontract(?:ing)?\s+(?:migration|step|phase)\b|\b(?:migration"
            r"|schema)\s*(?::|is|=)?\s*contract\b|\bdrop(?:s|ped|ping)?\s+(?:the\s+|a\s+|an\s+"
            r"|some\s+)?(?:old\s+|unused\s+)?(?:\w+\s+)?(?:columns?|tables?|index(?:es)?)\b"
            r"|\brenam(?:e|es|ing)\s+(?:the\s+|a\s+)?(?:columns?|tables?)\b"
        ),
    ),
    ("locking", re.compile(r"(?i)\block(?:s|ing)\b|\bback-?fill(?:s|ing)?\b")),
    (
        "expand",
        re.compile(
            r"(?i)\badditive\b|\bexpand(?:ing)?\b|\badds?\s+(?:a\s+|an\s+|one\s+|two\s+|some\s+)?"
            r"(?:new\s+)?(?:nullable\s+)?(?:\w+\s+)?(?:columns?|tables?|index(?:es)?)\b|\bbackwards?[\s-]compatible\b"
        ),
    ),
)
_DENIED = re.compile(
    r"(?i)\b(?:no|not|never|without|nothing|(?:do|does|did|wo|is|are|was|were)n'?t)(?:\s+\w+){0,2}\s*$"
)
_SENTENCE = re.compile(r"[;\n.!?]+(?=\s|$)")


def class_of(text: str) -> str | None:
    """The class of the data change that words name: none, expand, locking, contract, irreversible; None: not said."""
    return data_change_of(text)[0]


def data_change_of(text: str) -> tuple[str | None, list[Span]]:
    """The class, and where a data change was denied."""
    denied = [m.span() for m in _said(text) if not _doubted(text, m)]
    named = next((name for name, pattern in CLASSES if _named(name, pattern, text)), None)
    if named is not None:
        return named, []
    return ("none", denied) if denied else (None, [])


def unsure_of_data(text: str) -> bool:
    """True where somebody says that no data changes, and that they do not know, or the contrary in the same breath."""
    said = _said(text)
    return bool(said) and all(_doubted(text, m) for m in said)


def _doubted(text: str, said: re.Match[str]) -> bool:
    return UNSURE.search(_sentence(text, said)) is not None or _TAKEN_BACK.search(text, said.end()) is not None


def _said(text: str) -> list[re.Match[str]]:
    return [m for pattern in (NO_DATA, _NO_DATA_SAID) for m in pattern.finditer(text)]


def _named(name: str, pattern: re.Pattern[str], text: str) -> bool:
    """Named, and not denied: "we drop no column" names no contract step."""
    hits = [m for m in pattern.finditer(text) if not _DENIED.search(text[: m.start()])]
    return bool(hits) and (name != "locking" or _about_data(text))


def _sentence(text: str, found: re.Match[str]) -> str:
    start = max((m.end() for m in _SENTENCE.finditer(text, 0, found.start())), default=0)
    behind = _SENTENCE.search(text, found.end())
    return text[start : behind.end() if behind else len(text)]


def _about_data(text: str) -> bool:
    return re.search(r"(?i)\b(?:migrations?|schema|table|columns?|data|db|backfill)\b", text) is not None
