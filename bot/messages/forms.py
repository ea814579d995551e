"""Every dialog. The form's token names the flow; the field names are those that the flow reads. People's words are kept in it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.consent import ConsentKind
from bot.domain.evidence import Kind
from bot.domain.release import Release
from bot.domain.service import Service
from bot.messages.cards.naming import item, person, start, title
from bot.messages.cards.question import question_line
from bot.messages.cards.state import accepted_as_true, consent_title, missing, missing_should, open_consents
from bot.messages.model import Block, Bullets, Form, FormField, Text
from bot.messages.telling import finding_text, flat
from bot.messages.tokens import Token
from bot.messages.view import View
from bot.messages.words import say
from bot.policy.exceptions import in_the_way

TITLE_LIMIT = 24
"""The shortest limit of our platforms for the title of a dialog."""

_GIVEN = frozenset({ConsentKind.QA, ConsentKind.SIGN_OFF, ConsentKind.CONFIRM})
"""Consents by which something is given or confirmed; the others accept a danger."""

_KINDS = tuple(
    k for k in Kind if k not in {Kind.OWNERS, Kind.APPROVALS, Kind.WINDOW, Kind.HEALTH, Kind.ROLLOUT, Kind.QA}
)


def plan(services: Sequence[Service], values: Mapping[str, str] | None = None) -> Form:
    """`plan` without words: service, version, environment, time (bare: in the service's zone, T5), canary, links, notes."""
    choices = tuple((s.id, flat(s.name, 60)) for s in services)
    fields = (
        FormField("service", say("field.service"), "choice", choices=choices),
        FormField("version", say("field.version")),
        FormField("environment", say("field.environment"), required=False),
        replace(_time("start_at", "UTC", required=False), hint=_zones_hint(services)),
        FormField("canary", say("field.canary"), required=False),
        FormField("text", say("field.links"), "textarea", required=False),
    )
    return kept(_form("plan", fields, Token(verb="plan")), values or {})


def add_evidence(view: View, kind: str = "") -> Form:
    """Any item, the missing ones first; with a link or a date (G24)."""
    first = dict.fromkeys(f.subject for f in (*missing(view), *missing_should(view)))
    ordered = [k for k in first if k in _KINDS] + [k.value for k in _KINDS if k.value not in first]
    choices = tuple((k, item(k)) for k in ordered)
    fields = (
        FormField("kind", say("field.kind"), "choice", choices=choices, value=kind if kind in ordered else ""),
        *_proof(),
    )
    return _form("evidence", fields, _token(view.release, "add_evidence", kind if kind in ordered else ""), view)


def answer(view: View, number: int, choice: str) -> Form:
    """The details of an answer: add_link and tested ask for proof, type_it for the value."""
    token = Token(verb="answer", release=view.release.id, subject=str(number), choice=choice)
    asked = next((q for q in view.release.questions if q.number == number), None)
    slot = asked.slot if asked else ""
    # The form stands before the thread, so it says itself what is asked.
    question = (Text(question_line(asked)),) if asked else ()
    if choice == "type_it":
        zone = view.release.time_zone
        value = _time("text", zone) if slot == "start_at" else FormField("text", say("field.answer"))
        return _form("answer", (value,), token, view, question)
    return _form("answer", _proof(), token, view, question)


def approve(view: View, subject: str = "") -> Form:
    """What is accepted, item by item, and a required reason (G9, G24). `subject`: `<consent kind>:<subject>`."""
    named = [w for w in open_consents(view) if not subject or subject in {w.name, f"{w.kind.value}:"}]
    accepts = tuple(consent_title(w.kind, w.subject) for w in named)
    # Who confirms the tests or signs ends what the finding says of them; only a risk is accepted as it is.
    risks = [w for w in named if w.kind not in _GIVEN]
    why = tuple(
        finding_text(f) for f in view.judgement.findings if f.consent and any(w.subject == f.subject for w in risks)
    )
    intro: list[Block] = []
    if accepts:
        intro.append(Bullets((*accepts, *why), label=say("form.accepts" if risks else "form.gives")))
    attested = accepted_as_true(view)
    if attested:
        intro.append(Bullets(attested, label=say("form.accept_true")))
    return _form("approve", (_reason(),), _token(view.release, "approve", subject), view, tuple(intro))


def decline(view: View, subject: str = "") -> Form:
    """Refuses a risk, a sign-off or an exception, with a reason."""
    return _form("decline", (_reason(),), _token(view.release, "decline", subject), view)


def reason(view: View, verb: str, *, required: bool = True) -> Form:
    """hold, no_go, cancel, rollback, withdraw, go: nothing but a reason. `required` False where it is never refused (G9)."""
    name = "note" if verb == "go" else "reason"
    field = _reason(name, required=required, weighed=verb == "no_go")
    return _form(verb, (field,), _token(view.release, verb), view)


def move(view: View, verb: str = "move") -> Form:
    """A new time and why; also for postpone."""
    now = (Text(start(view), label=say("form.start_now"), at=view.release.start_at),)
    fields = (_time("time", view.release.time_zone), _reason())
    return _form("move", fields, _token(view.release, verb), view, now)


def resume(view: View) -> Form:
    """Goes on; with a new time where the start is over (T4)."""
    at = view.release.start_at
    over = at is not None and at <= view.now and not view.release.started
    return _form(
        "resume", (_time("time", view.release.time_zone, required=over),), _token(view.release, "resume"), view
    )


def exception(view: View, what: str = "") -> Form:
    """G11: what, why, owner, expiry. G5, for a failed test: also which check and test, its link, and the mitigation."""
    choices = (("test", say("item.failed_test")), ("freeze", item("freeze")), ("clash", item("clash")))
    failed = in_the_way(view.release, view.facts, view.now, "test")
    with_test = what == "test" or (not what and bool(failed))
    fields = (
        FormField("what", say("field.what"), "choice", choices=choices, value=what),
        *(_test_fields(failed, required=what == "test") if with_test else ()),
        replace(_reason(), label=say("field.justification")) if what == "test" else _reason(),
        FormField("owner", say("field.owner"), "person", choices=_people(view), value=view.release.owner),
        replace(_time("expires", view.release.time_zone), label=say("field.expires")),
    )
    signing = (Text(say("form.exception_signed")),) if with_test else ()
    return _form("exception", fields, _token(view.release, "request_exception", what), view, signing)


def _test_fields(failed: tuple[str, ...], *, required: bool) -> tuple[FormField, ...]:
    hint = "" if required else say("form.only_for_a_test")
    choices = tuple((check, check.replace("_", " ")) for check in failed)
    first = failed[0] if required and len(failed) == 1 else ""
    return (
        FormField("check", say("field.check"), "choice", choices=choices, required=required, value=first, hint=hint),
        FormField("details", say("field.details"), "textarea", required=required, hint=hint),
        FormField("test_link", say("field.test_link"), required=required, hint=hint),
        FormField("mitigation", say("field.mitigation"), "textarea", required=required, hint=hint),
    )


CLOSING_LINES = ("safe", "worked", "improve", "lesson")
"""The four lines of the closing form, all optional (P7)."""


def done(view: View) -> Form:
    """It is done, with the closing form (P7)."""
    return _form("done", _closing_lines(), _token(view.release, "done"), view)


def lesson(view: View) -> Form:
    """The closing form of a release that has ended (P7)."""
    return _form("lesson", _closing_lines(), _token(view.release, "lesson"), view)


def _closing_lines() -> tuple[FormField, ...]:
    return tuple(FormField(n, say(f"field.{n}"), required=False) for n in CLOSING_LINES)


def health(view: View) -> Form:
    """Which metric is bad, and how bad."""
    field = FormField("metric", say("field.metric"))
    return _form("health", (field,), _token(view.release, "health_bad"), view)


def step(view: View) -> Form:
    """The share that was reached."""
    return _form("step", (FormField("percent", say("field.percent")),), _token(view.release, "step"), view)


def ask_someone(view: View, kind: str = "") -> Form:
    """Whom to ask, and for what (Q6)."""
    open_kinds = tuple(dict.fromkeys(f.subject for f in (*missing(view), *missing_should(view)) if f.subject in _KINDS))
    chosen = kind or (open_kinds[0] if open_kinds else "")
    fields = (
        FormField("kind", say("field.kind"), "choice", choices=tuple((k, item(k)) for k in open_kinds), value=chosen),
        FormField("person", say("field.person"), "person", choices=_people(view)),
    )
    return _form("ask", fields, _token(view.release, "ask_someone", kind), view)


def kept(form: Form, values: Mapping[str, str]) -> Form:
    """The same form with what was typed: nothing is lost when a field is refused."""
    return replace(form, fields=tuple(replace(f, value=values.get(f.name, f.value)) for f in form.fields))


def _form(
    code: str, fields: tuple[FormField, ...], token: Token, view: View | None = None, intro: tuple[Block, ...] = ()
) -> Form:
    about: tuple[Block, ...] = (Text(say("form.for", {"title": title(view.release)})),) if view else ()
    heading = flat(say(f"form.{code}_title"), TITLE_LIMIT)
    return Form(code, heading, fields, token.pack(), submit=say("form.send"), intro=(*about, *intro))


def _token(release: Release, verb: str, subject: str = "") -> Token:
    bound = verb in {"go", "no_go", "approve", "decline"}
    return Token(verb=verb, release=release.id, revision=release.plan_revision if bound else 0, subject=subject[:90])


def _reason(name: str = "reason", *, required: bool = True, weighed: bool = True) -> FormField:
    """`weighed`: G9 holds it to its length; elsewhere it is only kept."""
    hint = say("form.reason_hint" if weighed else "form.reason_kept")
    return FormField(name, say(f"field.{name}"), "textarea", required=required, hint=hint)


def _time(name: str, zone: str, *, required: bool = True) -> FormField:
    label = say("field.start_at" if name in {"start_at", "text"} else "field.time")
    return FormField(name, label, required=required, hint=say("form.time_hint", {"zone": flat(zone, 40)}))


def _zones_hint(services: Sequence[Service]) -> str:
    """Which zone a bare time is in: the one of all services, or that of each."""
    named: dict[str, list[str]] = {}
    for s in services:
        named.setdefault(s.time_zone, []).append(flat(s.name, 40))
    if len(named) == 1:
        return say("form.time_hint", {"zone": flat(next(iter(named)), 40)})
    zones = "; ".join(f"{flat(zone, 40)} ({', '.join(names)})" for zone, names in named.items())
    return say("form.time_hint_zones", {"zones": flat(zones, 400)})


def _proof() -> tuple[FormField, ...]:
    hint = say("form.link_or_date")
    return (
        FormField("link", say("field.link"), required=False, hint=hint),
        FormField("date", say("field.date"), "date", required=False),
        FormField("text", say("field.text"), "textarea", required=False),
    )


def _people(view: View) -> tuple[tuple[str, str], ...]:
    return tuple((p.id, person(view, p.id)) for p in view.facts.roster.people.values() if p.kind == "human")
