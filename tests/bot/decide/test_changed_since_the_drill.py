"""A drill stands for what was written then; a plan that changes names what changed, field by field (G12)."""

from dataclasses import replace
from datetime import timedelta

from bot.decide.result import Decided
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.evidence import Evidence, Kind
from bot.domain.finding import Verdict
from bot.messages.cards.index import render
from bot.messages.view import View
from tests.driver import Driver
from tests.world import HOME, actor, observed


def runbook(d: Driver, edited: str) -> Evidence:
    """The runbook as its repository shows it."""
    return replace(observed(Kind.RUNBOOK, d.now, edited=edited), url="https://git.acme.example/runbooks/payments.md")


def codes(d: Driver) -> set[str]:
    assert d.state.judgement is not None
    return {f.code for f in d.state.judgement.findings}


def test_a_runbook_that_was_changed_after_the_drill_voids_it_and_a_new_drill_lifts_that() -> None:
    d = Driver().ready()
    drill = d.state.latest(Kind.ROLLBACK)
    assert drill is not None
    assert drill.dated is not None
    day = drill.dated.date()
    d.sources(runbook(d, f"{day:%Y-%m-%d}"), purpose="recheck")
    assert "rollback_edited" not in codes(d)
    d.later(minutes=1).sources(runbook(d, f"{day + timedelta(days=1):%Y-%m-%d}"), purpose="recheck")
    assert "rollback_edited" in codes(d)
    assert d.state.judgement is not None
    assert d.state.judgement.verdict is not Verdict.GO
    d.later(minutes=1)
    again = replace(drill, dated=drill.dated + timedelta(days=2), observed_at=d.now)
    d.do(c.AddEvidence(actor("kai"), again))
    assert "rollback_edited" not in codes(d)


def test_a_new_plan_names_the_fields_that_changed_and_the_post_says_them() -> None:
    d = Driver().signed()
    decision = d.do(c.Amend(actor("ana"), "steps", "5, 50, 100"))
    assert isinstance(decision, Decided)
    revised = next(x for x in decision.events if isinstance(x, e.PlanRevised))
    assert revised.changed == ("steps",)
    assert revised.voided
    params = {"voided": ",".join(revised.voided), "revision": "2", "changed": "steps"}
    assert d.state.judgement is not None
    card = render("plan_voided", View(d.state, d.facts, d.state.judgement, d.now, HOME, params=params))
    assert "Changed: rollout steps." in card.text
    limits = replace(d.facts.service, thresholds=()) if d.facts.service else None
    d.facts = replace(d.facts, service=limits)
    d.do(c.Amend(actor("ana"), "rollback_owner", "mia"))
    assert next(x for x in reversed(d.events) if isinstance(x, e.PlanRevised)).changed == (
        "rollback_owner",
        "thresholds",
    )


def test_an_owner_is_of_the_team_of_the_service_and_is_named_by_name() -> None:
    d = Driver().ready()
    for field in ("owner", "rollback_owner"):
        assert d.refused(c.Amend(actor("ana"), field, "sam")) == "owner_not_team"
    decision = d.do(c.Amend(actor("ana"), "owner", "mia"))
    assert isinstance(decision, Decided)
    assert decision.params["value"] == "Mia"
    assert d.state.owner == "mia"
