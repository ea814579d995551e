"""Every verb, and where its conversation is. Help, typing and buttons all come from this one table."""

import re
from collections.abc import Iterable, Mapping

from bot.messages import answers
from bot.messages.heard import Heard
from bot.messages.model import Button, Message
from bot.messages.telling import flat
from bot.messages.tokens import BadToken, Token
from bot.messages.words import say
from flows import approve_risk, go_no_go, move, rollback, rollout, status
from flows.amend import amend, owner
from flows.answer import answer
from flows.ask_someone import ask_someone, request_sign_off
from flows.breakglass import breakglass, review
from flows.cancel import cancel
from flows.context import Context, words
from flows.delegate import delegate, end_delegation
from flows.dialog import Flow, ReleaseFlow, Reply, Step
from flows.doctor import doctor
from flows.drill import drill
from flows.evidence import add_evidence, not_applicable
from flows.exception import request_exception
from flows.export import export
from flows.freeze import end_freeze, freeze
from flows.freezes import freezes
from flows.help import help_page, verb_page
from flows.hold import hold
from flows.home import home
from flows.lesson import lesson
from flows.metrics import metrics
from flows.nearest import nearest_names
from flows.on_release import on_release
from flows.ordinary import ORDINARY
from flows.parse_service import find_service
from flows.plan import plan
from flows.replies import with_notes
from flows.subscribe import subscribe, unsubscribe
from flows.verb import Verb
from flows.withdraw import withdraw


def _help(heard: Heard, ctx: Context) -> Step:
    """`help [verb]`; an unknown verb gets the nearest ones."""
    word = (words(heard) or (ctx.token.subject if ctx.token else "")).strip().strip("/").lower()
    if not word:
        return Reply(help_page(VERBS))
    verb = find_verb(word.split()[0])
    return Reply(verb_page(verb)) if verb else Reply(unknown_verb(word.split()[0], "", ctx))


def _on(name: str, flow: ReleaseFlow) -> Flow:
    return on_release(name, flow)


_ORDERS = frozenset({"orders", "services"})
_CATALOGUE = ("services", "catalogue", "catalog")

_ALL = (
    Verb("plan", plan, "planning", ("deploy", "new"), tokens=("plan_service",), of_release=False),
    Verb("answer", _on("answer", answer), "planning", ("reply",)),
    Verb(
        "evidence",
        _on("add_evidence", add_evidence),
        "planning",
        ("add", "proof", "add-evidence"),
        tokens=("add_evidence",),
    ),
    Verb("na", _on("na", not_applicable), "planning", ("n/a", "not-applicable")),
    Verb("ask", _on("ask_someone", ask_someone), "planning", ("ask-someone",), tokens=("ask_someone",)),
    Verb("amend", _on("amend", amend), "planning", ("change", "set", "edit")),
    Verb("owner", _on("owner", owner), "planning", ("assign",)),
    Verb("move", _on("move", move.move), "planning", ("postpone", "reschedule", "delay"), tokens=("postpone",)),
    Verb("cancel", _on("cancel", cancel), "planning", ("abandon",)),
    Verb(
        "sign_off",
        _on("request_sign_off", request_sign_off),
        "decision",
        ("signoff", "request-sign-off", "sign-offs"),
        tokens=("request_sign_off",),
    ),
    Verb("go", _on("go", go_no_go.go), "decision"),
    Verb("no_go", _on("no_go", go_no_go.no_go), "decision", ("nogo",)),
    Verb("approve", _on("approve", approve_risk.approve), "decision", ("approve-risk", "accept")),
    Verb("decline", _on("decline", approve_risk.decline), "decision", ("reject", "refuse")),
    Verb(
        "exception",
        _on("request_exception", request_exception),
        "decision",
        ("except", "request-exception"),
        tokens=("request_exception",),
    ),
    Verb("withdraw", _on("withdraw", withdraw), "decision", ("revoke",)),
    Verb("delegate", delegate, "decision", ("deputise", "substitute"), of_release=False),
    Verb("undelegate", end_delegation, "decision", ("end-delegation",), of_release=False),
    Verb("start", _on("start", rollout.start), "rollout", ("started", "begin")),
    Verb("step", _on("step", rollout.step), "rollout"),
    Verb("health", _on("health", rollout.health), "rollout", tokens=("health_ok", "health_bad")),
    Verb("hold", _on("hold", hold), "rollout", ("pause", "stop", "wait")),
    Verb("resume", _on("resume", move.resume), "rollout", ("unhold", "continue")),
    Verb("rollback", _on("rollback", rollback.rollback), "rollout", ("roll-back", "revert")),
    Verb("rolledback", _on("rolledback", rollback.rolledback), "rollout", ("rolled-back", "rollback-done")),
    Verb("done", _on("done", rollout.done), "rollout", ("finish", "finished", "complete", "close")),
    Verb("lesson", _on("lesson", lesson), "record", ended_too=True),
    Verb(
        "audit",
        _on("audit", status.audit),
        "record",
        ("record", "ledger", "history"),
        needs=frozenset({"ledger"}),
        ended_too=True,
        reads_only=True,
    ),
    Verb(
        "export",
        _on("export", export),
        "record",
        ("evidence-pack",),
        needs=frozenset({"ledger", "announcements"}),
        ended_too=True,
        reads_only=True,
    ),
    Verb(
        "metrics",
        metrics,
        "record",
        ("figures", "stats"),
        needs=frozenset({"releases"}),
        of_release=False,
        reads_only=True,
    ),
    Verb("breakglass", breakglass, "emergency", ("break-glass", "emergency", "hotfix"), of_release=False),
    Verb("review", _on("review", review), "emergency", ("postmortem", "post-mortem"), ended_too=True),
    Verb("freeze", freeze, "calendar", ("blackout",), of_release=False),
    Verb(
        "unfreeze",
        end_freeze,
        "calendar",
        ("end-freeze", "thaw"),
        needs=frozenset({"freezes"}),
        of_release=False,
    ),
    Verb(
        "freezes",
        freezes,
        "calendar",
        ("calendar",),
        needs=frozenset({"freezes"}),
        of_release=False,
        reads_only=True,
    ),
    Verb(
        "status",
        _on("status", status.status),
        "look",
        ("show", "card"),
        tokens=("details",),
        ended_too=True,
        reads_only=True,
    ),
    Verb(
        "list",
        status.list_releases,
        "look",
        ("ls", "releases"),
        needs=frozenset({"views"}),
        of_release=False,
        reads_only=True,
    ),
    Verb(
        "home",
        home,
        "look",
        ("inbox", "todo", "dashboard"),
        needs=frozenset({"views", "freezes", "problems"}),
        of_release=False,
        reads_only=True,
    ),
    Verb("subscribe", subscribe, "look", ("follow", "watch"), needs=_ORDERS, of_release=False),
    Verb("unsubscribe", unsubscribe, "look", ("unfollow", "unwatch"), needs=_ORDERS, of_release=False),
    Verb("full_plan", _on("full_plan", status.full_plan), "look", ("document",), ended_too=True, reads_only=True),
    Verb(
        "arithmetic", _on("arithmetic", status.arithmetic), "look", ("risk", "score"), ended_too=True, reads_only=True
    ),
    Verb(
        "rollcall", _on("rollcall", status.roll_call), "look", ("roll-call", "votes"), ended_too=True, reads_only=True
    ),
    Verb("preview", _on("preview", status.preview), "look", ("timeline",), reads_only=True),
    Verb("service", status.service, "look", _CATALOGUE, needs=_ORDERS, of_release=False, reads_only=True),
    Verb(
        "doctor",
        doctor,
        "look",
        ("checkup", "diagnose"),
        needs=frozenset({"checks"}),
        of_release=False,
        reads_only=True,
    ),
    Verb("drill", drill, "look", ("drills", "rehearse", "tour"), of_release=False, reads_only=True),
    Verb("help", _help, "look", ("?", "usage", "commands", "--help", "-h"), of_release=False, reads_only=True),
)
VERBS: Mapping[str, Verb] = {verb.name: verb for verb in _ALL}
"""By name, in the order of help."""


def names(verbs: Iterable[Verb]) -> Mapping[str, Verb]:
    """Each verb by all its names; ValueError where one name is of two."""
    named: dict[str, Verb] = {}
    for verb in verbs:
        for name in (verb.name, verb.typed, *verb.aliases, *verb.tokens):
            if named.setdefault(name, verb) is not verb:
                msg = f"two verbs are called {name}"
                raise ValueError(msg)
    return named


NAMES: Mapping[str, Verb] = names(_ALL)
"""By every name that people type or buttons carry."""

_LONGEST = 40
"""Characters of a plan that a button shows."""
_MOST_WANTED = ("status", "list")
"""Offered where a word is like no verb: looking changes nothing."""
_WORDS_OF_A_VERB = 2
_MARKS = ".,:;!/"
_POLITE = frozenset({"please", "pls", "now", "bot", "thanks", "kindly"})
_ID = re.compile(r"(?i)(?<!\S)(?:r-?|#)\d{1,9}\b")


def find_verb(word: str) -> Verb | None:
    """The verb of exactly that name, in any case, with - or _."""
    plain = word.strip().lower().strip(":,.!") or word
    return NAMES.get(plain) or NAMES.get(plain.replace("_", "-")) or NAMES.get(plain.replace("-", "_"))


def nearest(word: str) -> tuple[Verb, ...]:
    """The verbs that a mistyped word can mean, own names before other ones, at most three. None of them is ever done by guess."""
    names = nearest_names("-".join(word.strip(_MARKS).split()), NAMES)
    own = [NAMES[n] for n in names if n in {NAMES[n].name, NAMES[n].typed}]
    return tuple(dict.fromkeys(own or [NAMES[n] for n in names]))[:3]


def unknown_verb(word: str, rest: str, ctx: Context) -> Message:
    """No dead end: "Did you mean status?", with buttons that open or look and do nothing else; for a service's name: plan it.

    Of a release that is over it says so, where the verb could be meant for it.
    """
    near = nearest(word)
    planned = _plan_it(word, rest, ctx)
    is_plan = find_service(word, ctx.catalog.services, None).value or not near or near[0].name == "plan"
    shown = near or tuple(VERBS[name] for name in _MOST_WANTED)
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


def mistyped(text: str, ctx: Context) -> Message | None:
    """The same for free words that are nothing but one verb with a slip in it ("statsu", "roll bcak please"); else None."""
    words = [w for w in _ID.sub(" ", text).lower().split() if w.strip(_MARKS) not in _POLITE]
    word = " ".join(w.strip(_MARKS) for w in words)
    if not words or len(words) > _WORDS_OF_A_VERB or "?" in text or word in ORDINARY:
        return None
    exact = find_verb(word.replace(" ", "-"))
    if exact is not None:
        return answers.line("talk.verb_meant", {"verb": exact.typed}, [_open(exact, ctx), _help_button()])
    return unknown_verb(word, "", ctx) if nearest(word) else None


def _help_button() -> Button:
    return Button("help", say("talk.button_help"), Token(verb="help").pack())


def _open(verb: Verb, ctx: Context) -> Button:
    release = ctx.view.release.id if ctx.view and verb.of_release else ""
    token = Token(verb=verb.tokens[-1] if verb.name == "evidence" else verb.name, release=release)
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
