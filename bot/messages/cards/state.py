"""What a release's state is in one word, what is missing, what was accepted, and what changed last. Read by every card."""

from datetime import datetime

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.emergency import Emergency
from bot.domain.evidence import Evidence
from bot.domain.finding import Finding, Level, Result, Verdict, go_possible
from bot.domain.release import Phase
from bot.messages.cards.exceptions import accepted_exceptions, accepted_line, held, why
from bot.messages.cards.naming import item, people, person, role
from bot.messages.telling import flat
from bot.messages.times import clock
from bot.messages.view import View
from bot.messages.words import known, say
from bot.policy.consents import Wanted, attested_items, wanted
from bot.policy.standing import STANDING_SOURCE

GO_POSSIBLE = "GO POSSIBLE"

_WORDS = {
    Phase.CANCELLED: "CANCELLED",
    Phase.ROLLED_BACK: "ROLLED BACK",
    Phase.ROLLING_BACK: "ROLLBACK",
    Phase.CLOSED: "DONE",
    Phase.HELD: "HELD",
    Phase.LIVE: "LIVE",
}


def word(view: View) -> str:
    """The first word of a card: the verdict before the start, the state after it. Never better than what is known."""
    r, judged = view.release, view.judgement
    if r.phase is Phase.HELD and r.held_code == "no_go_at_start":
        return Verdict.NO_GO.value
    if r.phase is Phase.LIVE and r.outcome_unknown:
        return "OUTCOME UNKNOWN"
    if r.phase is Phase.LIVE and r.started_without_go:
        return "STARTED WITHOUT GO"
    if r.phase in _WORDS:
        return _WORDS[r.phase]
    if r.phase is Phase.CLEARED:
        return judged.verdict.value
    if r.phase is Phase.PLANNED and judged.verdict is not Verdict.NO_GO and go_possible(judged.findings):
        return GO_POSSIBLE
    return judged.verdict.value if judged.verdict is not Verdict.GO else Verdict.UNVERIFIED.value


def missing(view: View) -> tuple[Finding, ...]:
    """What stands in the way besides consents: blocked findings first, then open MUST items, in the order of the policy."""
    found = [f for f in view.judgement.findings if _in_the_way(f) and not f.consent]
    return tuple(sorted(found, key=lambda f: f.result is not Result.BLOCKED))


def open_items(view: View) -> int:
    """How many items those are: one that is open for two reasons is one item, and stands once on the card."""
    return len({f.subject for f in missing(view)})


def missing_should(view: View) -> tuple[Finding, ...]:
    """Open SHOULD items: named in one line, never in the way."""
    return tuple(
        f for f in view.judgement.findings if f.level is Level.SHOULD and f.open and f.result is not Result.BLOCKED
    )


def open_consents(view: View) -> tuple[Wanted, ...]:
    """Consents that are still wanted, the decision maker's go last; none once the rollout began or the release ended."""
    if view.release.phase not in {Phase.PLANNING, Phase.PLANNED, Phase.CLEARED}:
        return ()
    return wanted(view.release, view.facts, view.now)


def consent_name(view: View, one: Wanted) -> str:
    """`on-call engineer sign-off (Kai)`."""
    return say("card.consent_open", {"what": consent_title(one.kind, one.subject), "people": people(view, one.people)})


def consent_title(kind: ConsentKind, subject: str) -> str:
    """`on-call engineer sign-off`, `risk of the data migration`, `QA confirmation`: what is asked, whether it is given or not."""
    if kind is ConsentKind.VOTE and subject == "go":
        return say("consent.go")
    if not known(f"consent.of_{kind.value}"):
        return say(f"consent.{kind.value}")
    what = role(subject) if kind is ConsentKind.SIGN_OFF else item(subject)
    return say(f"consent.of_{kind.value}", {"what": what})


def amber(view: View, said: str = "") -> tuple[str, ...]:
    """Accepted risks and exceptions that hold, and dissent beside them: never green, in every message (G21).

    `said`: what the message says already; a reason that stands there is not told twice.
    """
    lines = [_emergency(view, view.release.emergency, said)] if view.release.emergency else []
    lines += [_accepted(view, c, said) for c in view.release.consents if _is_accepted(c, view)]
    lines += [accepted_line(view, group, said) for group in accepted_exceptions(view)]
    lines += [
        _dissent(view, c, said) for c in view.release.consents if c.kind is ConsentKind.VOTE and _is_no_go(c, view)
    ]
    lines += [_declined(view, c, said) for c in view.release.consents if _is_declined(c, view)]
    return tuple(lines)


def accepted_count(view: View) -> int:
    """How many risks and exceptions were accepted and still hold."""
    return sum(_is_accepted(c, view) for c in view.release.consents) + len(accepted_exceptions(view))


def accepted_as_true(view: View) -> tuple[str, ...]:
    """The attested items that a sign-off takes as true (G24): item, who vouches, its date or link.

    What an earlier release established is shown with the date of then (G12).
    """
    lines = []
    for e in attested_items(view.release, view.facts, view.now):
        carried = e.observed_at if e.observed_at < view.release.created_at else None
        day = e.dated or carried
        proof = day.date().isoformat() if day else flat(e.url or "", 80)
        values = {"item": item(e.kind.value), "who": person(view, e.by), "proof": proof or say("card.no_proof")}
        lines.append(say("card.attested", values))
    return tuple(lines)


def revision_line(view: View) -> str:
    """`rev 7 · 13:32 UTC · last change: tested rollback by Ana · plan #a91c`."""
    at, what = last_change(view)
    values = {"rev": str(view.release.plan_revision), "at": clock(at, view.now), "change": what}
    plan = view.release.plan_hash.removeprefix("sha256:")[:4]
    return say("card.revision" if plan else "card.revision_unhashed", values | {"plan": plan})


def last_change(view: View) -> tuple[datetime, str]:
    """The newest thing that was done to this release; of the same instant the last that a person did."""
    r = view.release
    started = [(r.started_at, r.started_by or "", _change(view, "started", r.started_by))] if r.started_at else []
    changes: list[tuple[datetime, str, str]] = [
        (r.created_at, r.requested_by, _change(view, "planned", r.requested_by)),
        *((e.observed_at, e.by, _change(view, "evidence", e.by, item(e.kind.value))) for e in r.evidence if _new(e)),
        *((c.at, c.by, _change(view, "consent", c.by, _consent(c))) for c in r.consents if c.at and c.by),
        *started,
        *((s.at, s.by, _change(view, "step", s.by, f"{s.percent} %")) for s in r.progress),
        *((h.at, h.by, _change(view, "health", h.by)) for h in r.health),
    ]
    marks = (
        (r.done_at, "done_by" if r.done_by else "done", r.done_by or r.owner),
        (r.rollback_at, "rollback", r.rollback_by),
        (r.rolled_back_at, "rolled_back", r.rollback_owner),
    )
    changes += [(at, by or "", _change(view, code, by)) for at, code, by in marks if at is not None]
    if r.touched is not None and r.touched.at > r.created_at:
        changes.insert(0, (r.touched.at, r.touched.by, _change(view, r.touched.what, r.touched.by)))
    newest = max(at for at, _, _ in changes)
    told = [(by, what) for at, by, what in changes if at == newest]
    by_people = [what for by, what in told if by != "bot"]
    return newest, (by_people or [what for _, what in told])[-1]


def _new(one: Evidence) -> bool:
    """Standing evidence of the catalogue was there before: it is no change."""
    return one.source != STANDING_SOURCE


def _in_the_way(f: Finding) -> bool:
    return f.result is Result.BLOCKED or (f.level is Level.MUST and f.open)


def _is_accepted(c: Consent, view: View) -> bool:
    return c.kind in {ConsentKind.RISK, ConsentKind.BREAKGLASS} and held(c, view)


def _is_declined(c: Consent, view: View) -> bool:
    """Refused for this very plan; what the same person gave after all is no dissent any more."""
    given = ((k.kind, k.subject, k.by) for k in view.release.consents if k.valid_at(view.now))
    of_this_plan = c.state is ConsentState.DECLINED and c.plan_hash == view.release.plan_hash
    return of_this_plan and (c.kind, c.subject, c.by) not in set(given)


def _is_no_go(c: Consent, view: View) -> bool:
    return c.vote == "no-go" and c.valid_at(view.now)


def _accepted(view: View, c: Consent, said: str) -> str:
    kind = say("consent.accepted_risk" if c.kind is ConsentKind.RISK else f"consent.{c.kind.value}")
    values = {"kind": kind, "what": item(c.subject), "who": person(view, c.by)}
    code = "card.accepted" if values["what"] != values["kind"] else "card.accepted_whole"
    return say(code, values | {"why": why(c.reason, said)})


def _emergency(view: View, declared: Emergency, said: str) -> str:
    values = {"incident": flat(declared.incident, 40), "who": person(view, declared.by)}
    return say("card.emergency_line", values | {"why": why(declared.reason, said)})


def _dissent(view: View, c: Consent, said: str) -> str:
    values = {"who": person(view, c.by), "why": why(c.reason, said)}
    if c.overruled_by:
        return say("card.dissent_overruled", values | {"over": person(view, c.overruled_by)})
    return say("card.dissent", values)


def _declined(view: View, c: Consent, said: str) -> str:
    values = {"what": consent_title(c.kind, c.subject), "who": person(view, c.by), "why": why(c.reason, said)}
    return say("card.dissent_declined", values)


def _consent(c: Consent) -> str:
    kind = say(f"consent.{c.kind.value}")
    return f"{kind} {c.vote}" if c.vote else kind


def _change(view: View, code: str, by: str | None, what: str = "") -> str:
    who = say("card.the_bot") if by == "bot" else person(view, by)
    return say(f"card.change_{code}", {"who": who, "what": what})
