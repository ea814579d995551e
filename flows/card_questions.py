"""Plain questions that a card answers: "what is still missing?", "who approves?", "why HIGH?". Looking changes nothing."""

import re

_BEGIN = r"(?i)^\W*(?:(?:hey|hi|hello|ok|so|and|please|bot|kai|@?t-minus)[\s,]+)*(?:"
_MISSING = re.compile(
    _BEGIN
    + r"(?:can|could|may)\s+(?:i|we|you)\s+(?:please\s+)?(?:see|have|get|show(?:\s+(?:me|us))?)\s+(?:the\s+|a\s+)?"
    r"(?:status|state|card)"
    r"|(?:show|give)\s+(?:me|us)\s+(?:the\s+)?(?:status|state|card)"
    r"|what(?:'?s|\s+is)\s+(?:going\s+on|happening|up)(?:\s+(?:here|now|with\s+(?:it|this|that)))?"
    r"|what(?:'?s|\s+is)\s+(?:still\s+)?(?:missing|open|left|next|blocking)(?:\s+(?:for|until|before)\s+(?:the\s+)?(?:go|release))?"
    r"|what\s+do\s+(?:you|we)\s+(?:still\s+)?need(?:\s+from\s+(?:me|us))?(?:\s+for\s+(?:the\s+)?go)?"
    r"|how\s+(?:does\s+it|do\s+we)\s+(?:look|stand)|(?:are|is)\s+(?:we|it)\s+(?:ready|go)(?:\s+to\s+go)?\s*(?=\?)"
    r")\W*$"
)
_ROLL_CALL = (
    r"who\s+(?:approves|signs|decides|signed|approved|voted|(?:still\s+)?(?:has|needs|have)\s+to\s+(?:approve|sign|decide))"
    r"(?:\s+(?:off|it|this|that|the\s+release|yet|already|so\s+far)){0,3}"
)
_ARITHMETIC = (
    r"what(?:'?s|\s+is)\s+(?:the|our)\s+(?:risk|score|risk\s+score|band)|how\s+risky\s+is\s+(?:it|this|that)"
    r"|why\s+(?:is\s+(?:it|this|the\s+risk)\s+)?(?:so\s+)?(?:low|medium|high|critical)"
    r"|how\s+(?:is|was)\s+the\s+(?:risk|score)\s+(?:calculated|computed|made)"
)
_PLAN = r"(?:where(?:'?s|\s+is)|show(?:\s+me|\s+us)?|can\s+i\s+see|what(?:'?s|\s+is))\s+the\s+(?:full\s+|whole\s+)?plan"
_FACTS = (
    r"when\s+(?:does|do|is|are|will)\s+(?:it|this|we|the\s+release)\s*(?:start|begin|go(?:\s+(?:out|live))?|happen|planned|due)?"
    r"|what\s+time(?:\s+(?:is\s+it|does\s+it\s+start|do\s+we\s+(?:start|go)))?"
    r"|who(?:'?s|\s+is)\s+(?:the\s+)?(?:rollback\s+)?(?:owner|on[\s-]call|in\s+charge)"
    r"|who\s+(?:owns|leads|runs)\s+(?:it|this|the\s+release)|what\s+version(?:\s+is\s+(?:it|this))?|which\s+version"
)
_ASKED = tuple(
    (verb, re.compile(rf"{_BEGIN}{shape})\W*$"))
    for verb, shape in (("rollcall", _ROLL_CALL), ("arithmetic", _ARITHMETIC), ("full_plan", _PLAN), ("status", _FACTS))
)


def card_asked_for(text: str, *, while_asked: bool) -> str:
    """The verb whose card answers a question, or "". `while_asked`: the bot's own is open, so only what is missing counts."""
    if _MISSING.match(text):
        return "status"
    return "" if while_asked else next((verb for verb, shape in _ASKED if shape.match(text)), "")
