"""`evidence R-142 <kind> <link or text>` and `na R-142 <kind> <reason>`: adds an item, or says that it does not apply."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.commands import AddEvidence, DeclareNotApplicable
from bot.domain.evidence import Evidence, Kind
from bot.messages import answers, forms
from bot.messages.cards.naming import item
from bot.messages.heard import Heard
from bot.messages.model import Form
from bot.messages.view import View
from bot.messages.words import say
from flows.answer_evidence import no_or_class
from flows.answer_words import read_proof
from flows.claim_words import facts_of, names_kind
from flows.context import Context, choice_of, filled, pressed, subject_of, value, words
from flows.dialog import Ask, Done, Reply, Step
from flows.kinds import kind_named, kinds_line, leading_kind, leading_kinds
from flows.parse_claims import attested, read_claims
from flows.parse_dates import days_done
from flows.parse_links import MARKED, kind_of, take_links
from flows.readings import Given, Unclear, Vague
from flows.skip import refusal, refuse_skip
from flows.skip_requests import skip_request
from flows.tested_what import tested_else
from flows.vague import vague_phrase
from flows.verb import Group, OnRelease, Verb


def add_evidence(heard: Heard, ctx: Context, view: View) -> Step:
    """The kind is typed first; without one the shape of the link says it. Vague claims are quoted back (Q7).

    A button may carry what was said already: pressing it is saying it for that item.
    """
    if filled(heard):
        return _filled(heard, ctx, view)
    said = choice_of(ctx) if pressed(heard) else ""
    text = f"{subject_of(ctx)} {said}" if said else words(heard)
    if not text:
        return Ask("evidence", form=forms.add_evidence(view, subject_of(ctx)))
    skip = skip_request(take_links(text).text)
    if skip is not None:
        return refuse_skip(skip, view)
    kinds, rest = leading_kinds(text)
    if kinds and not rest.strip():
        return Ask("evidence", form=forms.add_evidence(view, kinds[0].value))
    linked = take_links(rest)
    if not kinds:
        claims = read_claims(linked.text, linked.links, ctx.speaker(heard))
        if claims.evidence:
            first, *more = claims.evidence
            return Done(AddEvidence(heard.actor, first, claims.data_change, more=tuple(more)))
        kind = kind_of(linked.links[0]) if len(linked.links) == 1 else None
        if kind is None:
            return Reply(answers.line("talk.evidence_usage", {"release": view.release.id, "kinds": kinds_line()}))
        kinds = (kind,)
    return _typed(heard, ctx, kinds, rest)


EVIDENCE = Verb(
    "evidence", OnRelease(add_evidence), Group.PLANNING, ("add", "proof", "add-evidence"), button="add_evidence"
)


def not_applicable(heard: Heard, ctx: Context, view: View) -> Step:
    """Kind and reason (G25)."""
    kind, reason = leading_kind(words(heard))
    if kind is None:
        return Reply(answers.line("talk.na_usage", {"release": view.release.id, "kinds": kinds_line()}))
    del ctx
    return Done(DeclareNotApplicable(heard.actor, kind, reason))


NOT_APPLICABLE = Verb("na", OnRelease(not_applicable), Group.PLANNING, ("n/a", "not-applicable"))


def _typed(heard: Heard, ctx: Context, kinds: Sequence[Kind], rest: str) -> Step:
    """Each item that is named first gets the link and the day; what a further link says of another item is kept as well."""
    who = ctx.speaker(heard)
    linked = take_links(rest)
    plain = MARKED.sub(" ", linked.text)
    days = days_done(plain, ctx.now.date())
    day = next((d for d in days if d.day <= ctx.now.date()), None)
    change = no_or_class(plain) if Kind.MIGRATION in kinds else None
    claimed = read_claims(linked.text, linked.links, who)
    url = linked.links[0] if linked.links else None
    for kind in kinds:
        another = "" if names_kind(plain, kind) else tested_else(kind, plain)
        if another:
            return Reply(answers.line("talk.evidence_another", {"subject": another, "item": item(kind.value)}))
    items: list[Evidence] = []
    for kind in kinds:
        known = next((c for c in claimed.evidence if c.kind is kind), None)
        facts = {**facts_of(kind, plain), **(known.facts if known is not None else {})}
        items.append(attested(kind, who, url=url, day=day, text=plain, facts=facts))
    items += [c for c in claimed.evidence if c.kind not in kinds and c.url not in {None, url}]
    first, *more = items
    phrase = vague_phrase(plain) if first.url is None and first.dated is None and not first.facts else None
    return Done(AddEvidence(heard.actor, first, change, vague=phrase or "", more=tuple(more)))


def _filled(heard: Heard, ctx: Context, view: View) -> Step:
    given = {n: value(heard, n) for n in ("kind", "link", "date", "text")}
    kind = kind_named(given["kind"] or subject_of(ctx))
    form = forms.kept(forms.add_evidence(view, subject_of(ctx)), given)
    if kind is None:
        return Reply(form=form, errors={"kind": say("talk.field_choose")})
    skip = skip_request(given["text"])
    if skip is not None:
        return Reply(form=form, errors={"text": refusal(skip)})
    reading = read_proof(kind.value, "add_link", given["link"], given["date"], given["text"], ctx.speaker(heard))
    if isinstance(reading, Unclear) and reading.code == "slot":
        return _plain(heard, ctx, kind, given, form)
    if isinstance(reading, Vague):
        return Done(AddEvidence(heard.actor, attested(kind, ctx.speaker(heard)), vague=reading.phrase), form)
    if not isinstance(reading, Given):
        code = reading.code if isinstance(reading, Unclear) else "proof"
        params = reading.params if isinstance(reading, Unclear) else {}
        return Reply(form=form, errors={"date" if code == "future" else "link": say(f"talk.unclear.{code}", params)})
    return Done(AddEvidence(heard.actor, reading.claims[0], reading.data_change), form)


def _plain(heard: Heard, ctx: Context, kind: Kind, given: dict[str, str], form: Form) -> Step:
    """Kinds that are never asked in planning: the same proof, without a slot."""
    reading = read_proof("runbook", "add_link", given["link"], given["date"], given["text"], ctx.speaker(heard))
    if not isinstance(reading, Given):
        return Reply(form=form, errors={"link": say("talk.unclear.proof")})
    return Done(AddEvidence(heard.actor, _as(reading.claims[0], kind, ctx), None), form)


def _as(item: Evidence, kind: Kind, ctx: Context) -> Evidence:
    fresh = ctx.catalog.policy.freshness.get(kind)
    return replace(item, kind=kind, stale_after=(item.dated or item.observed_at) + fresh if fresh else None)
