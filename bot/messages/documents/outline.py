"""The plan as an outline: sections with the labels and in the order of rules.md; renderers only set it in type."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.evidence import Kind
from bot.domain.finding import Level, Result
from bot.domain.people import Roster
from bot.domain.plan import CheckRow, Line, Origin, OriginKind, Plan, PlanStep
from bot.messages.cards.naming import item, role
from bot.messages.telling import flat, line_text
from bot.messages.times import clock, moment
from bot.messages.words import known, say
from bot.messages.words.item_findings import LABELS
from bot.plan.statements import open_questions, statements


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence; `origin` says where it comes from (P1), "" for the outline's own words; `label` stands in bold before it."""

    text: str
    origin: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `numbered` where the order matters."""

    items: tuple[Statement, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; all rows are as long as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[Statement, ...], ...]


@dataclass(frozen=True, slots=True)
class Command:
    """A SUGGESTED_COMMAND: one line for a person to run, never run by us."""

    text: str
    note: str


Part = Statement | Items | Grid | Command


@dataclass(frozen=True, slots=True)
class Section:
    """One labelled section; `level` 2 is a section of the plan, 3 a part of one."""

    label: str
    parts: tuple[Part, ...]
    level: int = 2


@dataclass(frozen=True, slots=True)
class Context:
    """What the outline needs beside the plan: names, the zone of the service, and what it is called."""

    roster: Roster
    time_zone: str
    title: str


def outline(plan: Plan, about: Context) -> tuple[Section, ...]:
    """All sections in order; the one-line RISK SUMMARY first, the CONFIDENCE tag at the very end."""
    return (
        Section("ASSESSMENT SUMMARY", tuple(_summary(plan, about))),
        Section("GOAL", (_said(about, plan.goal),)),
        Section("PRECONDITIONS", (_items(about, plan.preconditions),)),
        Section(
            "READINESS CHECKLIST",
            (Statement(say("doc.amber")),) if any(r.result is Result.WARN for r in plan.checklist) else (),
        ),
        *_checklist(plan.checklist, about),
        Section("RISK ASSESSMENT", (_risks(plan, about),)),
        Section("ROLLOUT PLAN", ()),
        *(s for step in plan.rollout for s in _step(step, about, "doc.step")),
        Section("VERIFICATION", (_items(about, plan.verification),)),
        Section("STOP CONDITIONS", tuple(_stop(plan, about))),
        *_rollback(plan, about),
        *_confidence(plan, about),
        Section("LESSON LEARNED", (_items(about, plan.lessons),)),
        *_self_check(plan, about),
        Section("OWNER / TIMING / RISKS", (_closing(plan, about),)),
        Section("NEXT ACTION", (_next(plan, about),)),
        Section("CONFIDENCE", (_tag(plan, about),)),
    )


def origin_text(about: Context, origin: Origin) -> str:
    """`evidence: CI result`, `rule: G3`: where a statement comes from."""
    ref = flat(origin.ref, 60)
    if origin.kind is OriginKind.EVIDENCE and origin.ref in set(Kind):
        ref = item(origin.ref)
    elif origin.kind is OriginKind.PERSON:
        ref = _name(about, origin.ref)
    if origin.kind is not OriginKind.EVIDENCE:
        return say(f"origin.{origin.kind.value}", {"ref": ref})
    at = clock(origin.at) if origin.at else say("card.no_date")
    return say("origin.evidence", {"ref": ref, "source": flat(origin.source, 40), "at": at})


def _said(about: Context, line: Line, label: str = "") -> Statement:
    return Statement(line_text(line), origin_text(about, line.origin), label)


def _plain(about: Context, line: Line, label: str = "") -> Statement:
    """A statement of a step: only what does not follow from the rules says where it comes from; the JSON says it of all."""
    return (
        _said(about, line, label) if line.origin.kind is not OriginKind.RULE else Statement(line_text(line), "", label)
    )


def _items(about: Context, lines: Iterable[Line], *, numbered: bool = False) -> Items:
    said = tuple(_said(about, line) for line in lines)
    return Items(said or (Statement(say("doc.none")),), numbered)


def _summary(plan: Plan, about: Context) -> Iterator[Statement]:
    yield _said(about, plan.risk_summary)
    yield from (_said(about, line) for line in plan.summary)
    if plan.failed_standards:
        names = ", ".join(flat(s.replace("_", " "), 40) for s in plan.failed_standards)
        yield Statement(say("doc.failed_standards", {"standards": names}))


def _checklist(rows: tuple[CheckRow, ...], about: Context) -> Iterator[Section]:
    for level in Level:
        found = tuple(r for r in rows if r.level is level)
        said = tuple(Statement(_linked(r), origin_text(about, r.line.origin), label=_row_label(r)) for r in found)
        yield Section(say(f"doc.tier_{level.value.lower()}"), (Items(said or (Statement(say("doc.none")),)),), level=3)


def _linked(row: CheckRow) -> str:
    """The statement without the item, which its label says already, and with the link, so that everybody can open the record."""
    url = row.line.params.get("url")
    text = line_text(row.line).removeprefix(f"{LABELS[row.kind.value]}: ")
    return say("doc.linked", {"text": text, "url": flat(url, 200)}) if url and url not in text else text


def _row_label(row: CheckRow) -> str:
    return f"{item(row.kind.value)}: {say(f'result.{row.result.value}')}"


def _risks(plan: Plan, about: Context) -> Part:
    head = tuple(say(f"doc.risk_{c}") for c in ("cause", "likelihood", "impact", "mitigation", "owner"))
    rows = tuple(
        (
            _said(about, r.cause),
            Statement(r.likelihood),
            Statement(r.impact),
            _said(about, r.mitigation),
            Statement(_name(about, r.owner)),
        )
        for r in plan.risks
    )
    return Grid(head, rows)


def _stop(plan: Plan, about: Context) -> Iterator[Part]:
    """What pauses the rollout, and how it is paused."""
    yield _items(about, plan.stop_conditions)
    yield _said(about, plan.pause.action)
    yield from _doing(plan.pause, about)


def _step(step: PlanStep, about: Context, heading: str) -> Iterator[Section]:
    """A numbered step: action, rationale, evidence required, suggested command, owner, duration, tags."""
    facts = [
        _plain(about, step.rationale, say("doc.rationale")),
        _plain(about, step.evidence, say("doc.evidence")),
        Statement(_name(about, step.owner) if step.owner else say("doc.owner_unknown"), label=say("card.label_owner")),
    ]
    if step.action.origin.kind is not OriginKind.UNKNOWN:
        facts.append(Statement(_duration(step), label=say("doc.duration")))
    if step.requires:
        required = role(step.requires) if known(f"role.{step.requires}") else flat(step.requires, 60)
        facts.append(Statement(required, label=say("doc.requires")))
    if step.approval:
        facts.append(Statement(say("doc.approval"), label=say("card.label_approval_tag")))
    parts = (_plain(about, step.action), Items(tuple(facts)), *_doing(step, about))
    yield Section(say(heading, {"n": str(step.number)}), parts, level=3)


def _doing(step: PlanStep, about: Context) -> Iterator[Part]:
    """The suggested command, or how it is done by hand."""
    if step.command is not None:
        tool = flat(step.tool, 40) or say("doc.any_tool")
        yield Command(flat(step.command, 800), say("doc.command", {"tool": tool}))
    else:
        yield _plain(about, step.manual) if step.manual else Statement(say("doc.manual_plain"))


def _rollback(plan: Plan, about: Context) -> Iterator[Section]:
    back = plan.rollback
    head = [_said(about, back.one_line, say("doc.one_line")), _said(about, back.restore, say("doc.restore"))]
    if back.no_return is not None:
        head.append(_said(about, back.no_return, say("doc.no_return")))
    yield Section("ROLLBACK PROCEDURE", (Items(tuple(head)),))
    yield Section(say("doc.triggers"), (_items(about, back.triggers),), level=3)
    for step in back.steps:
        yield from _step(step, about, "doc.rollback_step")
    yield Section(say("doc.rollback_verification"), (_items(about, back.verification),), level=3)
    yield Section(say("doc.communication"), (_items(about, back.communication),), level=3)


def _confidence(plan: Plan, about: Context) -> Iterator[Section]:
    c = plan.confidence
    head = (Statement(c.level, label=say("doc.level")), _said(about, c.justification, say("doc.justification")))
    yield Section("CONFIDENCE & UNCERTAINTIES", head)
    yield Section(say("doc.top_risks"), (_items(about, c.risks, numbered=True),), level=3)
    yield Section(say("doc.top_uncertainties"), (_items(about, c.uncertainties, numbered=True),), level=3)
    yield Section(say("doc.next_check"), (_said(about, c.next_check, _subject(c.next_check)),), level=3)


def _self_check(plan: Plan, about: Context) -> Iterator[Section]:
    check = plan.self_check
    yield Section("SELF-CHECK", ())
    yield Section(say("doc.sources"), (_sources(plan),), level=3)
    yield Section(say("doc.assumptions"), (_items(about, check.assumptions),), level=3)
    yield Section(say("doc.open_questions"), (_open(plan, about),), level=3)
    yield Section(say("doc.questions"), (_answered(about, check.questions, "question"),), level=3)
    yield Section(say("doc.lenses"), (_answered(about, check.lenses, "lens"),), level=3)


def _open(plan: Plan, about: Context) -> Items:
    """What is not known, but for readiness items and risks: those stand in their own sections, and are only counted here."""
    asked = open_questions(plan)
    rest = tuple(_said(about, x) for x in asked if not x.code.startswith(("unknown.", "risk.")))
    count = len(asked) - len(rest)
    listed = (Statement(say("doc.open_items", {"count": str(count)})),) if count else ()
    return Items((*listed, *rest) or (Statement(say("doc.none")),))


def _sources(plan: Plan) -> Items:
    """How many statements rest on what: facts, assumptions and open questions are kept apart (P1)."""
    found = [line.origin.kind for line in statements(plan)]
    rows = ((kind, found.count(kind)) for kind in OriginKind)
    return Items(tuple(Statement(str(n), label=say(f"doc.from_{kind.value}")) for kind, n in rows))


def _answered(about: Context, rows: Iterable[tuple[str, bool, Line]], kind: str) -> Items:
    said = []
    for code, yes, line in rows:
        named = next((c for c in (code, f"{kind}.{code}") if known(c)), "")
        asked = say(named) if named else flat(code.replace("_", " "), 80)
        label = f"{asked}: {say('doc.yes' if yes else 'doc.no')}"
        said.append(Statement(line_text(line), origin_text(about, line.origin), label=label))
    return Items(tuple(said) or (Statement(say("doc.none")),))


def _next(plan: Plan, about: Context) -> Statement:
    step = plan.next_action
    when = moment(step.by, about.time_zone) if step.by else say("card.at_once")
    what = line_text(step.line)
    values = {"what": what if what.endswith(".") else f"{what}.", "who": _name(about, step.owner), "by": when}
    return Statement(say("doc.next", values), origin_text(about, step.line.origin), _subject(step.line))


def _subject(line: Line) -> str:
    """The item that a remedy closes: its sentence says only how."""
    about = line.params.get("item") if line.code.startswith("how.") else None
    return item(about) if about else ""


def _closing(plan: Plan, about: Context) -> Items:
    """Owner, rollback owner and timing say what they are; the top risks are labelled."""
    lines = [x for x in plan.closing if not x.code.startswith("closing.confidence_")]
    label = say("doc.closing_risk")
    return Items(tuple(_said(about, x, "" if x.code.startswith("closing.") else label) for x in lines))


def _tag(plan: Plan, about: Context) -> Statement:
    """The tag at the very end: the level and why."""
    why = plan.confidence.justification
    return Statement(line_text(why), origin_text(about, why.origin), label=f"CONFIDENCE {plan.confidence.level}")


def _name(about: Context, who: str | None) -> str:
    return flat(about.roster.name(who), 40) if who else say("card.nobody")


def _duration(step: PlanStep) -> str:
    if step.minutes is None:
        return say("doc.duration_unknown")
    if step.minutes == 0:
        return say("doc.minutes_within")
    n = str(step.minutes)
    if step.at is None:
        return say("doc.minutes", {"n": n})
    return say("doc.minutes_at", {"n": n, "at": f"{step.at:+d}" if step.at else "=0"})
