"""The words of claims: which item they speak of, tested or not, the way back."""

import re

from bot.domain.evidence import Kind
from flows.data_words import UNSURE

Facts = dict[str, str | int | float | bool]
Span = tuple[int, int]

CLAUSE = re.compile(r"[;\n]+|,\s+|\.(?=\s|$)|(?<=\s)(?:and|but|plus|also)\s|[!?]+")
NO_FLAGS = re.compile(
    r"(?i)\b(?:no|without(?:\s+any)?|zero)\s+(?:new\s+)?(?:feature[\s-]?)?(?:flags?"
    r"|toggles?)\b|\bflags?\s+(?:are\s+|is\s+)?not\s+used\b|\b(?:does|do)(?:n'?t|\s+not)\s+use\s+"
    r"(?:any\s+)?(?:feature[\s-]?)?flags?\b"
)
WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.NOTES, re.compile(r"(?i)\brelease[\s-]notes?\b|\bchange\s?log\b|\bnotes\b")),
    (Kind.QA, re.compile(r"(?i)\bqa\b|\btest\s+report\b")),
    (
        Kind.MIGRATION,
        re.compile(
            r"(?i)\bmigrations?\b|\bdry[\s-]?run\b|\bschema\s+change\b|\bbackfill\b|\balembic\b"
            r"|\bflyway\b|\bliquibase\b"
        ),
    ),
    (
        Kind.ROLLBACK,
        re.compile(
            r"(?i)\broll(?:ing|ed)?[\s-]?back\b(?!\s+owner)|\bback-?out\b|\bway\s+back\b|\brevert\b"
            r"|\brestore\s+(?:drill|test)\b"
        ),
    ),
    (Kind.CAPACITY, re.compile(r"(?i)\bload[\s-]?tests?(?:ed)?\b|\bcapacity\b|\bstress[\s-]?tests?\b|\bheadroom\b")),
    (
        Kind.MONITORING,
        re.compile(r"(?i)\bdashboards?\b|\bmonitor(?:s|ing)?\b|\balerts?\b|\bgrafana\b|\bdatadog\b|\bslos?\b"),
    ),
    (
        Kind.SECURITY,
        re.compile(r"(?i)\bsecurity(?:\s+(?:review|impact|assessment))?\b|\bpen\s?test\b|\bthreat\s+model\b"),
    ),
    (Kind.FLAGS, re.compile(r"(?i)\b(?:feature[\s-]?)?(?:flags?|toggles?)\b|\bkill[\s-]?switch\b")),
    (Kind.ON_CALL, re.compile(r"(?i)\bon[\s-]?call\b|\bpagerduty\b")),
    (Kind.RUNBOOK, re.compile(r"(?i)\brun\s?books?\b|\bplay\s?books?\b")),
    (Kind.CHANGE, re.compile(r"(?i)\b(?:prs?|mrs?|(?:pull|merge)\s+requests?|change\s+request)\b")),
    (
        Kind.CI,
        re.compile(
            r"(?i)\bci\b|\bpipelines?\b|\bbuilds?\b|\bjenkins\b|\bactions\s+run\b|\bworkflow\s+run\b"
            r"|\btests?\s+(?:run|results?)\b"
        ),
    ),
    (Kind.ARTIFACT, re.compile(r"(?i)\bartifacts?\b|\bimage\b|\bdigest\b")),
    (Kind.GAME_DAY, re.compile(r"(?i)\bgame\s?day\b|\bfailover\s+(?:test|drill|rehearsal)\b|\bchaos\b")),
    (
        Kind.CUSTOMER_NOTICE,
        re.compile(
            r"(?i)\b(?:customer|status[\s-]?page|support)\s+(?:notice|note|told|informed|update"
            r"|post)\b|\bstatus[\s-]?page\b"
        ),
    ),
    (Kind.THIRD_PARTIES, re.compile(r"(?i)\bthird[\s-]part(?:y|ies)\b|\bpartners?\s+(?:told|informed)\b|\bvendors?\b")),
    (Kind.FAILURE_MODES, re.compile(r"(?i)\bfailure\s+modes?\b|\bfmea\b")),
)
TESTED = re.compile(
    r"(?i)\b(?:tested|drilled|drill|rehears(?:ed|al)|exercised|verified|practi[cs]ed"
    r"|tried|validated|dry[\s-]?run|test)\b"
)
UNTESTED = re.compile(
    r"(?i)\buntested\b|\b(?:not|never|isn'?t|wasn'?t|hasn'?t\s+been|haven'?t|has\s+not\s+been"
    r"|no)\s+(?:been\s+)?(?:yet\s+)?(?:\w+\s+)?(?:tested|drilled|rehearsed|tried|dry[\s-]?run"
    r"|exercised|verified)\b|\bno\s+(?:rollback\s+)?(?:test|drill|dry[\s-]?run)\b|\btest"
    r"(?:ed)?\s*[:=]\s*(?:no\b|never\b|not\s+yet\b)"
    r"|\b(?:not|except|without|but\s+not)\s+(?:for\s+)?the\s+(?:roll-?\s?back|way\s+back|restore)\b"
)
NOT_DONE = re.compile(
    r"(?i)(?<!no )(?<!not )(?<!never )(?<!0 )(?<!nothing )(?<!without )"
    r"\b(?:failed|aborted|crashed|timed\s+out|went\s+wrong|broke)\b"
    r"|\bunsuccessful(?:ly)?\b|\b(?:did|does|do)(?:n'?t|\s+not)\s+(?:work|pass|succeed|complete|finish|come\s+back)\b"
    r"|\b(?:was|were|is)(?:n'?t|\s+not)\s+(?:successful|a\s+success|complete|completed|finished)\b|\bwithout\s+success\b"
    r"|\bgave\s+up\b|\bin(?:complete|\s+theory)\b|\bpartial(?:ly)?\b|\bhalf[\s-]?way\b|\bon\s+paper\b|\bby\s+nobody\b|\bred\b"
    r"|\bwith\s+(?:\w+\s+){0,2}(?:errors?|failures?|data\s+loss)\b|\b(?:data\s+(?:was|were|is|got)\s+lost|lost\s+(?:some\s+)?data)\b"
    r"|\b(?:nobody|no\s+one)\s+(?:has\s+)?(?:ever\s+)?(?:tested|tried|drilled|rehearsed)\b"
    r"|\bnever\s+(?:finished|completed|worked|succeeded)\b|\bcould\s?(?:n'?t|\s+not)\s+(?:finish|complete|restore|roll)\b"
)
"""A drill that went wrong is no tested way back."""

PLANNED = re.compile(
    r"(?i)\b(?:planned|scheduled|upcoming|(?:to|will|shall|should|must|needs?\s+to|has\s+to)\s+be"
    r"\s+(?:tested|drilled|rehearsed|tried|exercised|verified)|will\s+(?:test|drill|rehearse)|going\s+to\s+(?:test|drill))\b"
)
"""A drill that is still to come says nothing of a test."""

CALLED_OFF = re.compile(
    r"(?i)\b(?:cancel+ed|skipped|postponed|called\s+off|(?:did|has|have)(?:n'?t|\s+not)\s+(?:happen|taken?\s+place)\w*|never\s+happened"
    r"|(?:to|please|pls|must|should|will)\s+(?:be\s+)?(?:test|drill|rehearse|try)|needs?\s+(?:an?\s+)?(?:test|drill|rehearsal)"
    r"|slides?|slide\s+deck|simulated\s+on\s+paper)\b"
)
"""Nor does one that was called off, or that somebody is asked for."""

WAYS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "restore",
        re.compile(r"(?i)\brestor(?:e|ing)\b|\bfrom\s+(?:a\s+|the\s+)?backup\b|\bpoint[\s-]in[\s-]time\b|\bpitr\b"),
    ),
    (
        "flag",
        re.compile(
            r"(?i)\b(?:flags?|toggle|kill[\s-]?switch)\s*(?:off|flip)?\b|\bswitch(?:ing)?\s+(?:it|the\s+\w+)\s+off\b"
        ),
    ),
    (
        "redeploy",
        re.compile(
            r"(?i)\bre-?deploy\w*\b|\bhelm\s+rollback\b|\brollout\s+undo\b|\bprevious\s+(?:version"
            r"|release|image)\b|\bback\s+to\s+v?\d|\b(?:argo|kubectl)\b.*\b(?:undo|abort|rollback)\b"
            r"|\brevert\b"
        ),
    ),
)
FLAG_STATE = re.compile(
    r"(?i)\bdefaults?\b|\b(?:feature[\s-]?)?(?:flags?|toggles?)\s+(?:is|are|was|were|stays?|remains?|list|ok(?:ay)?|fine|good|clean"
    r"|tested|checked)\b"
)
"""The flag is what is spoken of: its default, how it is, that it works. Then it is no way back."""

NO_WAY_BACK = re.compile(
    r"(?i)\b(?:no|(?:do|does|have|has|is|are)(?:n'?t|\s+not)(?:\s+(?:have|got|there))?\s+(?:an?y?|one))\s*"
    r"(?:tested\s+)?(?:roll-?\s?back|way\s+back|back-?out|undo)(?:\s+(?:plan|procedure|path|option|runbook|steps))?\b"
    r"|\broll-?\s?back\s*[:=]\s*(?:none|no|n/?a)\b"
    r"|\b(?:can\s?not|can'?t|could\s?n'?t|impossible\s+to|not\s+possible\s+to|no\s+way\s+to)\s+(?:be\s+)?"
    r"(?:roll(?:ed)?(?:\s+(?:it|this|that))?\s+back|revert(?:ed)?|undone|undo)\b"
    r"|\b(?:fix|roll)(?:ing)?[\s-]+forward\b(?!\s+(?:only\s+)?(?:if|when|once|after|unless))"
)
"""There is none: said plainly, it is known to be untested."""

GOES_ON = re.compile(
    rf"{TESTED.pattern}|{UNTESTED.pattern[4:]}|{NOT_DONE.pattern[4:]}|\b(?:redeploy\w*|restor(?:e|ing)|helm|undo)\b"
    r"|^\W*(?:it\s+)?(?:takes|took|about|ca\.?|within|~)?\s*\d{1,3}\s*min(?:ute)?s?\W*$"
)
"""What goes on about the item of the clause before it: ", drilled on 12 Nov", ", but it failed", ", 7 minutes"."""

MINUTES = re.compile(
    r"(?i)\b(?:takes?|took|within|in|about|ca\.?|~|under|eta:?|time\s+to\s+restore:?)?\s*"
    r"(?:about\s+|under\s+|~)?(\d{1,3})\s*(?:min(?:ute)?s?|m)\b(?!\s+ago)"
)
BACKUP = re.compile(
    r"(?i)\bback-?up\s+(?:is\s+|was\s+|has\s+been\s+)?(?:taken|done|made|verified|there"
    r"|exists)\b|\bwith\s+(?:a\s+)?(?:fresh\s+)?backup\b|\bback-?up\s*[:=]\s*yes\b"
)
STAGING = re.compile(r"(?i)\b(?:dry[\s-]?r[ua]n|tested|ran|run|rehears\w+|applied|passed)\b")


def facts_of(kind: Kind, text: str) -> Facts:
    """The measurements that words give for an item of that kind."""
    facts: Facts = {}
    if kind is Kind.ROLLBACK:
        tested = _tested(text)
        if tested is not None:
            facts["tested"] = tested
        spoken_of = NO_FLAGS.search(text) or FLAG_STATE.search(text)
        ways = (way for way, pattern in WAYS if pattern.search(text))
        way = next((way for way in ways if way != "flag" or not spoken_of), None)
        if way:
            facts["way"] = way
        minutes = MINUTES.search(text)
        if minutes:
            facts["minutes"] = int(minutes[1])
    elif kind is Kind.MIGRATION:
        if UNTESTED.search(text):
            facts["dry_run"] = False
        elif STAGING.search(text) or TESTED.search(text):
            facts["dry_run"] = True
        if BACKUP.search(text):
            facts["backup"] = True
    return facts


def _tested(text: str) -> bool | None:
    """Whether a way back was tested; None where the words do not say, or speak of a test to come."""
    said = TESTED.search(text) is not None
    if UNTESTED.search(text) or (said and NOT_DONE.search(text)) or (not said and NO_WAY_BACK.search(text)):
        return False
    return True if said and was_done(text) else None


def was_done(text: str) -> bool:
    """False where words speak of a test to come, of one that was called off, or of one that nobody is sure of."""
    return not (PLANNED.search(text) or CALLED_OFF.search(text) or UNSURE.search(text))


def named_kind(clause: str) -> Kind | None:
    """The item that a clause speaks of: the first that it names."""
    hits = [(m.start(), i, kind) for i, (kind, pattern) in enumerate(WORDS) if (m := pattern.search(clause))]
    return min(hits)[2] if hits else None


def names_kind(text: str, kind: Kind) -> bool:
    """True if the words speak of that item."""
    return any(k is kind and pattern.search(text) for k, pattern in WORDS)
