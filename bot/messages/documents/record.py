"""The plan as JSON: every statement with its code, its sentence, its values and where it comes from (P1)."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain.plan import Line, Plan, PlanStep
from bot.messages.telling import line_text
from bot.messages.times import stamp
from bot.plan.statements import open_questions

SCHEMA = 1


def record(plan: Plan) -> dict[str, Any]:
    """The document as plain values, in the order of the plan's sections."""
    back, sure, check, act = plan.rollback, plan.confidence, plan.self_check, plan.next_action
    return {
        "schema": SCHEMA,
        "release": plan.release,
        "plan": {"revision": plan.revision, "hash": plan.hash},
        "verdict": plan.verdict.value,
        "risk": {"score": plan.score.score, "band": plan.score.band.value, "rubric": plan.score.rubric},
        "failed_standards": list(plan.failed_standards),
        "risk_summary": _line(plan.risk_summary),
        "summary": _lines(plan.summary),
        "goal": _line(plan.goal),
        "preconditions": _lines(plan.preconditions),
        "readiness_checklist": [
            {"kind": r.kind.value, "level": r.level.value, "result": r.result.value, **_line(r.line)}
            for r in plan.checklist
        ],
        "risk_assessment": [
            {
                "cause": _line(r.cause),
                "likelihood": r.likelihood,
                "impact": r.impact,
                "mitigation": _line(r.mitigation),
                "owner": r.owner,
            }
            for r in plan.risks
        ],
        "rollout_plan": [_step(s) for s in plan.rollout],
        "verification": _lines(plan.verification),
        "stop_conditions": _lines(plan.stop_conditions),
        "pause": _step(plan.pause),
        "rollback_procedure": {
            "one_line": _line(back.one_line),
            "time_to_restore": _line(back.restore),
            "point_of_no_return": _line(back.no_return) if back.no_return else None,
            "triggers": _lines(back.triggers),
            "steps": [_step(s) for s in back.steps],
            "verification": _lines(back.verification),
            "communication": _lines(back.communication),
        },
        "confidence": {
            "level": sure.level,
            "justification": _line(sure.justification),
            "risks": _lines(sure.risks),
            "uncertainties": _lines(sure.uncertainties),
            "next_check": _line(sure.next_check),
        },
        "lesson_learned": _lines(plan.lessons),
        "self_check": {
            "assumptions": _lines(check.assumptions),
            "open_questions": _lines(open_questions(plan)),
            "questions": [_answer(*row) for row in check.questions],
            "lenses": [_answer(*row) for row in check.lenses],
        },
        "owner_timing_risks": _lines(plan.closing),
        "next_action": {**_line(act.line), "owner": act.owner, "by": stamp(act.by) if act.by else None},
    }


def printed(plan: Plan) -> str:
    """The same as text, with stable order."""
    return json.dumps(record(plan), indent=2, ensure_ascii=False) + "\n"


def _line(line: Line) -> dict[str, Any]:
    origin = {"kind": line.origin.kind.value, "ref": line.origin.ref}
    if line.origin.source:
        origin["source"] = line.origin.source
    if line.origin.at is not None:
        origin["at"] = stamp(line.origin.at)
    return {"code": line.code, "text": line_text(line), "params": dict(line.params), "origin": origin}


def _lines(lines: Iterable[Line]) -> list[Mapping[str, Any]]:
    return [_line(line) for line in lines]


def _step(s: PlanStep) -> Mapping[str, Any]:
    """`executed` is always false: nothing here was run, and the bot runs nothing."""
    command = {"suggested_command": s.command, "executed": False, "tool": s.tool} if s.command is not None else None
    return {
        "number": s.number,
        "action": _line(s.action),
        "rationale": _line(s.rationale),
        "evidence_required": _line(s.evidence),
        "owner": s.owner,
        "minutes": s.minutes,
        "minutes_after_start": s.at,
        "percent": s.percent,
        "command": command,
        "manual": _line(s.manual) if s.manual else None,
        "requires": s.requires,
        "requires_approval": s.approval,
    }


def _answer(code: str, yes: bool, line: Line) -> Mapping[str, Any]:  # noqa: FBT001 - a row of the plan, taken apart
    return {"code": code, "yes": yes, **{k: v for k, v in _line(line).items() if k != "code"}}
