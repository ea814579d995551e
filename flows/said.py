"""Free words in a thread, a channel or alone: understood where the meaning is sure; else buttons, and nothing is done."""

import re
from dataclasses import dataclass

from bot.messages import answers
from bot.messages.heard import Asked, Said
from flows.answer import answered, choices_of, expectation, expected, read_question
from flows.approve_risk import APPROVE_RISK
from flows.asked_back import about_the_question, asks_back, explained
from flows.card_questions import card_asked_for
from flows.context import Context
from flows.dialog import Reply, Step
from flows.index import NAMES
from flows.offers import (
    ABOUT,
    DELIVERY,
    changed_mind,
    consent_offered,
    evidence_offered,
    late_detail,
    other_release,
    plan_button,
    stop_offered,
)
from flows.parse_claims import Speaker
from flows.parse_links import take_links
from flows.parse_service import find_service
from flows.parse_words import people_in
from flows.readings import Given, Unclear
from flows.skip import not_evidence, off_topic, refuse_skip
from flows.skip_requests import skip_request
from flows.small_talk import pleasantry
from flows.speech.subject import off_subject
from flows.unknown_verb import mistyped
from flows.vague import vague_phrase
from flows.why import why


@dataclass(frozen=True, slots=True)
class Command:
    """Words that are surely a verb: go on as if it had been typed."""

    verb: str
    words: str


_POLITE = (
    r"(?:(?:hey|hi|hello|please|pls|ok|okay|team|bot|@?t-minus|can\s+you|could\s+you|we\s+should|let'?s|now)"
    r"[\s,:!]+){0,4}"
)
_ACTS = {
    "hold": "hold",
    "hold on": "hold",
    "stop": "hold",
    "pause": "hold",
    "hold it": "hold",
    "stop it": "hold",
    "hold the release": "hold",
    **dict.fromkeys(("halt", "stopp", "hold everything", "stop everything"), "hold"),
    "go": "go",
    "no-go": "no_go",
    "no go": "no_go",
    "nogo": "no_go",
    "rollback": "rollback",
    "roll back": "rollback",
    "roll it back": "rollback",
    "roll back now": "rollback",
    "rollback now": "rollback",
    "rolled back": "rolledback",
    "rolledback": "rolledback",
    "rollback complete": "rolledback",
    "rollback done": "rolledback",
    "resume": "resume",
    "start": "start",
    "started": "start",
    "we started": "start",
    "done": "done",
    "all done": "done",
    "status": "status",
    "help": "help",
    "list": "list",
    "home": "home",
    "full plan": "full_plan",
    "arithmetic": "arithmetic",
    "audit": "audit",
    "preview": "preview",
    "roll call": "rollcall",
    "freezes": "freezes",
    "what's the status": "status",
    "whats the status": "status",
    "what is the status": "status",
    "where are we": "status",
    **dict.fromkeys(("cancel", "cancel it", "cancel this", "cancel the release"), "cancel"),
    **dict.fromkeys(("move", "move it", "postpone", "postpone it", "reschedule", "reschedule it", "delay it"), "move"),
}
_LOOKING = frozenset(
    {"status", "help", "list", "home", "full_plan", "arithmetic", "audit", "preview", "rollcall", "freezes"}
)
"""What may be asked with a question mark; "go?" and "rollback?" ask, and do nothing."""

_PROVES = re.compile(r"(?i)https?://|\b(?:tested|drill\w*|rehearsed|none|runbook|redeploy|restore|flag|helm|undo)\b")
"""Before the start "rollback: <link>" tells of the procedure."""

_ACT_NAMES = "|".join(re.escape(a) for a in sorted(_ACTS, key=len, reverse=True))
_ALONE = re.compile(rf"(?i)^\W*{_POLITE}({_ACT_NAMES})(?:\s+(?:please|now|thanks|r-?\d+|#\d+|for\s+r-?\d+))*\W*$")
_ID_ALONE = re.compile(r"(?i)^\W*(?:r-?|#)\d{1,9}\W*$")
_WITH_REASON = re.compile(
    r"(?is)^\W*(hold|halt|stop|no-?\s?go|roll\s?back)(?:\s+(?:please|pls))?\s*(?:[:,–—-]\s*|\s+(?=because\b|since\b|due\s+to\b))(\S.*)$"
)
_NOT_OWN = re.compile(r"(?m)^\s*(?:>|&gt;).*$|```[\s\S]*?(?:```|\Z)")
"""Lines that somebody else wrote, and what was copied out of a log: neither is an order."""

_RESERVED = re.compile(
    r"(?is)^\W*(evidence|na|amend|move|cancel|approve|decline|withdraw|owner|lesson"
    r"|step|health|exception)\s+(r-?\d+|#\d+)\b\s*(.*)$"
)
_EXCEPTION = re.compile(
    rf"(?is)^\W*{_POLITE}(?:(?:can|could|may|shall)\s+(?:i|we)\s+(?:please\s+)?|(?:i|we)(?:'d|\s+would)?\s+(?:(?:want|need|like|have)\s+(?:to\s+)?)?)?"
    r"(?:make|request|open|get|have|ask\s+for|file|apply\s+for)?\s*an?\s+exception"
    r"(?:\s+(?:for|of|from|to|on)\s+(?:(?:the|this|that|our|a)\s+)?"
    r"(?:failed\s+|failing\s+|red\s+|change\s+|december\s+)?(?P<what>[\w-]{2,20})(?:\s+\w+)?)?\W*$"
)
"""A wish that has a form of its own (G5, G11): the form asks for the rest, and nothing is granted by words."""
_OF_THIS = frozenset({"release", "now", "once", "time", "us", "me", "today", "one", "it"})
_PLAN = re.compile(
    rf"(?is)^\W*{_POLITE}(?:i\s+(?:want|need|would\s+like)\s+to\s+|i'?d\s+like\s+to\s+"
    rf"|we\s+(?:want|need)\s+to\s+)?plan\s+(?:the\s+|a\s+)?(?:release\s+of\s+)?(.+)$"
)
_FEW = 5
_DOMAIN = re.compile(
    r"(?i)\b(?:deploy\w*|releas\w+|ship\w*|roll\w*|canary|version|prod(?:uction)?|staging"
    r"|ci|tests?|pipeline|build|migrations?|flags?|monitor\w*|alerts?|dashboard\w*"
    r"|runbook\w*|"
    r"approv\w+|sign\w*|risk\w*|evidence|freeze\w*|incident\w*|go|no-go|hold|start\w*"
    r"|verdict|plan\w*|owner|time|move|status|release|links?|https?)\b"
)


def read_said(said: Said, ctx: Context) -> Command | Step:
    """What the words mean: a verb, an answer, a refusal, or not sure."""
    text = said.text.strip()
    plain = take_links(text).text
    if not text:
        return _nothing_said(ctx)
    if APPROVE_RISK.match(text):
        return Command("approve", text)
    command = _command(text, ctx)
    if command is not None:
        return command
    kind = pleasantry(said, ctx) or why(plain, ctx)
    if kind is not None:
        return kind
    consent = consent_offered(ctx, text, said.actor.person)
    if consent is not None:
        return consent
    skip = skip_request(plain)
    if skip is not None:
        return refuse_skip(skip, ctx.view)
    if off_subject(plain, names=_names(plain, ctx)) and vague_phrase(plain) is None:
        return off_topic(ctx.view, text)
    step = _answer(said, ctx, text)
    return step or _else(ctx, text, plain, ctx.speaker(said))


def sure(text: str, ctx: Context) -> Command | Step | None:
    """What a sentence behind `/release` surely means where its first word is no verb: another verb, or a request to skip."""
    skip = skip_request(take_links(text).text)
    return _command(text.strip(), ctx) or (refuse_skip(skip, ctx.view) if skip else None)


def _names(plain: str, ctx: Context) -> bool:
    """True where a service or a person of the catalogue is named."""
    named = find_service(plain, ctx.catalog.services, None).value or people_in(plain, ctx.catalog.roster)
    return bool(named)


def _command(said: str, ctx: Context) -> Command | None:
    text = _NOT_OWN.sub("", said).strip()
    alone = _ALONE.match(text)
    asks = text.rstrip().endswith("?")
    act = _ACTS[" ".join(alone.group(1).lower().split())] if alone is not None else ""
    if act and (not asks or act in _LOOKING):
        return Command(act, "")
    question = ctx.view.release.open_question if ctx.view else None
    looks = "status" if _ID_ALONE.match(text) else card_asked_for(text, while_asked=question is not None)
    if looks and ctx.view is not None:
        return Command(looks, "")
    reason = _WITH_REASON.match(text)
    about_rollback = question is not None and "rollback" in question.slot
    if reason is not None and ctx.view is not None and not ctx.view.release.started:
        about_rollback = about_rollback or _PROVES.search(reason.group(2)) is not None
    if reason is not None and not asks and not (about_rollback and reason.group(1).lower().startswith("roll")):
        return Command(_ACTS[" ".join(reason.group(1).lower().split())], reason.group(2).strip())
    reserved = _RESERVED.match(text)
    if reserved is not None:
        return Command(reserved.group(1).lower(), reserved.group(3).strip())
    wish = _EXCEPTION.match(text)
    if wish is not None and ctx.view is not None:
        what = wish["what"] or ""
        return Command("exception", "" if what.lower() in _OF_THIS else what)
    plan = _PLAN.match(text)
    if plan is not None and find_service(plan.group(1), ctx.catalog.services, ctx.here).value:
        return Command("plan", plan.group(1))
    return None


def _answer(said: Said, ctx: Context, text: str) -> Step | None:
    """An answer to the open question, where it reads as one; None where it does not."""
    view = ctx.view
    question = view.release.open_question if view else None
    if view is None or question is None:
        return None
    reading = read_question(said, ctx, view, question, text)
    involved = said.actor.person in {view.release.requested_by, view.release.owner}
    if said.thread is None and not involved and not isinstance(reading, Given):
        return None
    if isinstance(reading, Unclear) and involved and about_the_question(text):
        return Reply(explained(view, question, choices_of(view, question), expectation(question)))
    if (
        isinstance(reading, Unclear)
        and said.thread is None
        and not (reading.time or _short(reading, text) or _DOMAIN.search(text))
    ):
        return None
    if isinstance(reading, Unclear):
        other = other_release(ctx, text) or changed_mind(ctx, text)
        if other is not None:
            return other
        if reading.time is None and asks_back(text):
            return Reply(explained(view, question, choices_of(view, question), expectation(question)))
    return answered(said, question, reading, text, view)


def _nothing_said(ctx: Context) -> Step:
    """An empty message: the open question once more, else what can be talked about."""
    question = ctx.view.release.open_question if ctx.view else None
    if ctx.view is not None and question is not None:
        return Reply(expected(ctx.view, question, Unclear("empty")))
    return off_topic(ctx.view)


def _short(reading: Unclear, text: str) -> bool:
    """A few words and no question back: meant as an answer, and not enough of one."""
    return reading.code == "yes" or ("?" not in text and len(text.split()) <= _FEW)


def _else(ctx: Context, text: str, plain: str, who: Speaker) -> Command | Step:
    offered = (
        stop_offered(ctx, text) or late_detail(ctx, text) or changed_mind(ctx, text) or evidence_offered(ctx, text, who)
    )
    if offered is not None:
        return offered
    phrase = vague_phrase(plain)
    if phrase is not None and ctx.view is not None:
        return not_evidence(phrase, ctx.view)
    service = find_service(plain, ctx.catalog.services, None).value
    if service and ABOUT.match(plain) and DELIVERY.search(plain):
        return Command("list", service)
    alone = service and len(plain.split()) == 1 and ctx.view is None
    if service and (DELIVERY.search(plain) or alone):
        return Reply(answers.line("talk.plan_it", {"service": service}, [plan_button(service, text)]))
    slip = mistyped(text, ctx, NAMES)
    if slip is not None:
        return Reply(slip)
    shown = (ctx.view.release,) if ctx.view else ctx.candidates
    return Reply(answers.not_understood(shown))


def as_asked(said: Said | Asked, command: Command) -> Asked:
    """The same words, as if they had been typed as a verb."""
    return Asked(said.actor, said.place, said.receipt, said.at, said.thread, verb=command.verb, words=command.words)
