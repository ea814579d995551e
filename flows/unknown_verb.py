"""What is said to a word that is no verb: the verbs that it could mean, as buttons. None of them is ever done by guess."""

import re
from collections.abc import Mapping

from bot.messages import answers
from bot.messages.model import Button, Message
from bot.messages.telling import flat
from bot.messages.tokens import BadToken, Token
from bot.messages.words import say
from flows.context import Context
from flows.ordinary import ORDINARY
from flows.parse_service import find_service
from flows.replies import with_notes
from flows.verb import Verb
from flows.verb_names import find_verb, nearest

_LONGEST = 40
"""Characters of a plan that a button shows."""
_MOST_WANTED = ("status", "list")
"""Offered where a word is like no verb: looking changes nothing."""
_WORDS_OF_A_VERB = 2
_MARKS = ".,:;!/"
_POLITE = frozenset({"please", "pls", "now", "bot", "thanks", "kindly"})
_ID = re.compile(r"(?i)(?<!\S)(?:r-?|#)\d{1,9}\b")


def unknown_verb(word: str, rest: str, ctx: Context, among: Mapping[str, Verb]) -> Message:
    """No dead end: "Did you mean status?", with buttons that open or look and do nothing else; for a service's name: plan it.

    Of a release that is over it says so, where the verb could be meant for it.
    """
    near = nearest(word, among)
    planned = _plan_it(word, rest, ctx)
    is_plan = find_service(word, ctx.catalog.services, None).value or not near or near[0].name == "plan"
    shown = near or tuple(among[name] for name in _MOST_WANTED)
    others = [_open(verb, ctx) for verb in shown if planned is None or verb.name != "plan"]
    first = [] if planned is None else [planned]
    if not near:
        return answers.line("talk.unknown_verb", {"verb": word}, [*first, *others, _help_button()])
    names = " or ".join(verb.typed for verb in near)
    values = {"verb": word, "names": names}
    if ctx.view is None and ctx.over is not None and near[0].of_release and not near[0].ended_too:
        return with_notes(answers.after_end(ctx.over, ctx.now), (say("talk.unknown_verb_near", values),))
    buttons = [*first, *others] if is_plan else [*others, *first]
    return answers.line("talk.unknown_verb_near", values, [*buttons, _help_button()])


def mistyped(text: str, ctx: Context, among: Mapping[str, Verb]) -> Message | None:
    """The same for free words that are nothing but one verb with a slip in it ("statsu", "roll bcak please"); else None."""
    words = [w for w in _ID.sub(" ", text).lower().split() if w.strip(_MARKS) not in _POLITE]
    word = " ".join(w.strip(_MARKS) for w in words)
    if not words or len(words) > _WORDS_OF_A_VERB or "?" in text or word in ORDINARY:
        return None
    exact = find_verb(word.replace(" ", "-"), among)
    if exact is not None:
        return answers.line("talk.verb_meant", {"verb": exact.typed}, [_open(exact, ctx), _help_button()])
    return unknown_verb(word, "", ctx, among) if nearest(word, among) else None


def _help_button() -> Button:
    return Button("help", say("talk.button_help"), Token(verb="help").pack())


def _open(verb: Verb, ctx: Context) -> Button:
    release = ctx.view.release.id if ctx.view and verb.of_release else ""
    token = Token(verb=verb.pressed, release=release)
    label = say("talk.button_verb", {"verb": verb.typed, "release": release}).strip()
    return Button(verb.name, label, token.pack())


def _plan_it(word: str, rest: str, ctx: Context) -> Button | None:
    """Where the words name a service: plan it with them; a verb that was mistyped is none of the words of a plan."""
    own = find_service(word, ctx.catalog.services, None).value
    words = f"{word} {rest}".strip() if own else rest
    service = find_service(words, ctx.catalog.services, None).value
    if not service:
        return None
    what = service if own else flat(rest, _LONGEST)
    try:
        token = Token(verb="plan_service", choice=service, subject=words).pack()
    except BadToken:
        what, token = service, Token(verb="plan_service", choice=service).pack()
    return Button(f"plan_service:{service}", say("talk.button_plan", {"what": what}), token)
