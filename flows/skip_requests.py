"""Requests to skip a step (V2): which principle they break, and the fast and safe way instead. Nothing is ever done for them."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SkipRequest:
    """`what`: the end of `talk.skip.<what>` (canary, tests, rollback, …); `phrase` as it was written."""

    what: str
    phrase: str


_SKIP = (
    r"(?:skip(?:ping)?|bypass(?:ing)?|ignore|ignoring|disable|disabling|drop|forget"
    r"(?:\s+about)?|omit|leave\s+out|turn(?:ing)?\s+off|switch(?:ing)?\s+off"
    r"|go(?:ing)?\s+without|without|no\s+need\s+for|no\s+time\s+for|don'?t\s+need|do\s+not\s+need"
    r"|doesn'?t\s+need|can\s+do\s+without"
    r"|don'?t\s+(?:bother|wait)\s+(?:with|for))"
)
_ARTICLE = r"\s+(?:(?:the|a|an|any|all|all\s+the|this|that|our|those|these)\s+)?(?:\w+\s+)?"


def _of(*nouns: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)\b{_SKIP}{_ARTICLE}(?:{'|'.join(nouns)})\b")


_WHAT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("monitoring", _of("monitoring", "alerts?", "alerting", "dashboards?", "metrics")),
    ("rollback", _of(r"rollback(?:\s+\w+)?", r"roll\s*back", "drill", "backups?")),
    ("canary", _of("canary", r"staged\s+rollout", "stages?", "steps?", "ramp")),
    (
        "tests",
        _of("tests?", "testing", "qa", "ci", "pipeline", "checks?", "coverage", r"security\s+scan", "scan", "staging"),
    ),
    (
        "tests",
        re.compile(
            r"(?i)\b(?:the|that|this|these|those)\s+(?:\w+\s+)?tests?\s+(?:is|are)(?:n'?t|\s+not)\s+"
            r"(?:that\s+)?important\b"
        ),
    ),
    (
        "tests",
        re.compile(
            r"(?i)\b(?:the|that|this)\s+(?:\w+\s+)?test\s+(?:is\s+)?(?:just\s+|only\s+)?(?:flaky"
            r"|irrelevant|unimportant)\b"
        ),
    ),
    (
        "approval",
        _of(
            "approvals?",
            r"sign-?offs?",
            r"sign\s+offs?",
            "reviews?",
            "paperwork",
            "process",
            "bureaucracy",
            "questions?",
            "checklist",
        ),
    ),
    ("approval", re.compile(r"(?i)\b(?:just|please|simply)\s+(?:approve|sign)\s+(?:it|this)\s+for\s+me\b")),
    ("notes", _of("docs?", "documentation", r"release\s+notes", "notes", "changelog")),
    (
        "all",
        re.compile(
            r"(?i)\b(?:just|simply|can\s+we\s+just|let'?s\s+just|please\s+just)\s+(?:ship|deploy"
            r"|release|push|merge|send|do|yolo|roll\s+out|go\s+live)\b(?:\s+(?:it|this|that"
            r"|now|already|anyway))*"
            r"|\b(?:ship|deploy|push|release)\s+it\s+(?:now|anyway|already|as\s+is|asap)\b"
            r"|\byolo\b|\bforce\s+(?:it|the\s+(?:deploy|release)|a\s+go|go)\b"
            r"|\b(?:override|overrule)\s+(?:the\s+)?(?:bot|gate|gates|verdict|no-?go)\b|\bno\s+time\s+"
            r"(?:for\s+(?:this|that|it|all\s+this)|to\s+(?:test|wait|check))\b"
            r"|\b(?:the\s+)?(?:ceo|boss|cto|management|customer|client)\s+(?:said|says|wants?"
            r"|needs?)\s+(?:it|this|us)\b[^.!?\n]{0,30}\b(?:now|today|anyway|asap)\b"
        ),
    ),
)


def skip_request(text: str) -> SkipRequest | None:
    """The first request to skip something, or None."""
    for what, pattern in _WHAT:
        found = pattern.search(text[:2000])
        if found is not None:
            return SkipRequest(what, " ".join(found.group(0).split()))
    return None
