"""G21: what was accepted, and who was against it, stands on every message and in every document; never green."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.evidence import Kind, Standing
from bot.domain.facts import Window
from bot.domain.finding import Level, Result, Verdict
from bot.domain.people import Place, Role
from bot.domain.release import HealthReport, Phase, Release, Step
from bot.messages import answers
from bot.messages.cards.index import CARDS, render
from bot.messages.full_plan import full_plan
from bot.messages.public import public_release
from bot.messages.view import View
from bot.timeline.marks import MARKS
from tests import world
from tests.golden.plain import visible
from tests.golden.releases import GO, GOOD, NOW, STAKEHOLDERS, START, TEAM, consent, release, view

UNTIL = START + timedelta(hours=1)
FREEZE = Window("F-1", "production", NOW, START + timedelta(days=1), "year-end closing", "lena")
FACTS = world.facts(calendar=(FREEZE,))
RISK = consent(ConsentKind.RISK, "restore", "lena", reason="A restore was rehearsed on Tuesday.")
CLOSING = consent(
    ConsentKind.EXCEPTION,
    "freeze",
    "lena",
    covers="F-1",
    owner="kai",
    expires_at=UNTIL,
    justification="The bank asked for this fix.",
)
DISSENT = consent(
    ConsentKind.VOTE, "release", "priya", vote="no-go", reason="Support is thin tonight.", overruled_by="lena"
)
DECLINED = consent(
    ConsentKind.EXCEPTION, "clash", "quinn", state=ConsentState.DECLINED, reason="R-9 is not done yet.", covers="R-9"
)


def _signature(who: str, role: Role) -> Consent:
    return consent(
        ConsentKind.EXCEPTION,
        "test:coverage",
        who,
        role=role,
        owner="kai",
        expires_at=UNTIL,
        justification="Refunds are switched off.",
        details="RefundTest at 79 %",
        link="https://ci.acme.example/7",
        mitigation="Kai watches the refund rate.",
    )


CONSENTS = (
    RISK,
    CLOSING,
    _signature("priya", Role.PRODUCT_OWNER),
    _signature("quinn", Role.QA_LEAD),
    DISSENT,
    DECLINED,
    consent(ConsentKind.QA, "qa", "quinn", role=Role.QA_LEAD),
    *(
        consent(ConsentKind.SIGN_OFF, role.value, who, role=role)
        for who, role in (
            ("kai", Role.ON_CALL),
            ("mia", Role.ENGINEERING_LEAD),
            ("lena", Role.SERVICE_OWNER),
        )
    ),
    GO,
)
SAID = (
    "A restore was rehearsed on Tuesday.",
    "The bank asked for this fix.",
    "Refunds are switched off.",
    "Kai watches the refund rate.",
    "Support is thin tonight.",
    "R-9 is not done yet.",
)
CHECKS = {"coverage": "failed", "tests": "passed", "code_analysis": "passed", "security_scan": "passed"}
EVIDENCE = (
    *(e for e in GOOD if e.kind not in {Kind.CI, Kind.ROLLBACK}),
    world.observed(Kind.CI, NOW - timedelta(minutes=12), Standing.FAILED, **CHECKS),
    replace(
        world.drilled_rollback(NOW - timedelta(minutes=10)), facts={"tested": True, "way": "restore", "minutes": 10}
    ),
)
LIVE = {
    "started_at": START,
    "started_by": "ana",
    "progress": (Step(10, "ana", START), Step(100, "ana", START + timedelta(minutes=9))),
    "health": (HealthReport(True, "", "kai", START + timedelta(minutes=9)),),  # noqa: FBT003 - ok is its first field
}
COURSE: dict[str, tuple[Phase, datetime, dict[str, object]]] = {
    "planned": (Phase.PLANNED, NOW, {}),
    "cleared": (Phase.CLEARED, NOW, {}),
    "held": (Phase.HELD, NOW, {"held_by": "kai", "held_reason": "the alert is flapping"}),
    "live": (Phase.LIVE, START + timedelta(minutes=10), LIVE),
    "rolling back": (
        Phase.ROLLING_BACK,
        START + timedelta(minutes=20),
        {**LIVE, "rollback_at": START, "rollback_by": "kai"},
    ),
    "rolled back": (Phase.ROLLED_BACK, UNTIL, {**LIVE, "rolled_back_at": UNTIL}),
    "closed": (Phase.CLOSED, START + timedelta(minutes=40), {**LIVE, "done_at": START + timedelta(minutes=40)}),
    "closed late": (Phase.CLOSED, UNTIL + timedelta(hours=2), {**LIVE, "done_at": UNTIL + timedelta(hours=2)}),
}
"""The life of the release, and a closing after the exceptions have ended: what was released under them stays amber."""


def _accepted(stage: str) -> Release:
    phase, _, more = COURSE[stage]
    return release(phase=phase, evidence=EVIDENCE, consents=CONSENTS, **more)


def _seen(stage: str, place: Place = TEAM, **params: str) -> View:
    return view(_accepted(stage), facts=FACTS, now=COURSE[stage][1], place=place, params=params)


@pytest.mark.parametrize("stage", sorted(COURSE))
@pytest.mark.parametrize("card", sorted(CARDS))
def test_every_card_says_what_was_accepted_and_who_was_against_it(card: str, stage: str) -> None:
    marks = tuple(MARKS) if card == "mark" else ("T=0",)
    audiences = ((TEAM, "team"), (STAKEHOLDERS, "stakeholders"), (Place("sandbox", "@kai"), "direct"))
    for mark in marks:
        for place, audience in audiences:
            told = visible(
                render(card, _seen(stage, place, mark=mark, audience=audience, person="kai", kind="capacity"))
            )
            assert "AMBER" in told, (card, stage, mark, audience)
            missing = [words for words in SAID if words not in told]
            assert not missing, (card, stage, mark, audience, told)


def test_the_release_is_go_and_nothing_that_was_excepted_or_accepted_is_green() -> None:
    seen = _seen("cleared")
    assert seen.judgement.verdict is Verdict.GO, [
        f for f in seen.judgement.findings if f.open and f.level is Level.MUST
    ]
    amber = {f.code: f.result for f in seen.judgement.findings}
    for code in (
        "ci_check_excepted",
        "freeze_excepted",
        "risk_restore_accepted",
        "no_go_overruled",
        "exception_declined",
    ):
        assert amber[code] is Result.WARN
    ci = [f for f in seen.judgement.findings if f.subject in {"ci", "freeze", "votes"}]
    assert all(f.result is Result.WARN for f in ci)


@pytest.mark.parametrize("stage", sorted(COURSE))
def test_status_and_board_json_say_it_too(stage: str) -> None:
    seen = _seen(stage)
    told = visible(answers.status(seen))
    assert all(words in told for words in SAID)
    public = public_release(seen.release, FACTS, seen.judgement, seen.now)
    kinds = {(c["kind"], c["subject"], c["by"]) for c in public["consents"]}
    assert {
        ("risk", "restore", "lena"),
        ("exception", "freeze", "lena"),
        ("exception", "test:coverage", "quinn"),
    } <= kinds
    assert not [f for f in public["findings"] if f["subject"] in {"ci", "freeze"} and f["result"] == "clear"]


@pytest.mark.parametrize("stage", ["planned", "cleared", "live"])
def test_the_plan_says_it_in_every_format(stage: str) -> None:
    message = full_plan(_seen(stage))
    texts = dict(message.attachments)
    assert {name.rpartition(".")[2] for name in texts} == {"md", "html", "json"}
    for text in (visible(message), *texts.values()):
        for words in (
            "rehearsed on Tuesday",
            "year-end closing",
            "watches the refund rate",
            "thin tonight",
            "not done yet",
        ):
            assert words in text
        assert "accepted in the last 30 days: 0" not in text
        assert "accepted in the last 30 days: 3" in text


def test_the_mark_of_t_30_never_says_complete_and_green_alone() -> None:
    for stage in ("live", "closed", "closed late"):
        seen = replace(_seen(stage, STAKEHOLDERS, mark="T+30", audience="stakeholders"))
        told = visible(render("mark", seen))
        assert "AMBER" in told
        assert "High" not in visible(answers.status(_seen(stage)))


@pytest.mark.parametrize("stage", ["planned", "held", "live"])
@pytest.mark.parametrize("card", sorted(CARDS))
def test_no_card_gives_a_reason_twice(card: str, stage: str) -> None:
    decided = ",".join(f"{c.kind.value}:{c.subject}" for c in CONSENTS)
    for place, audience in ((TEAM, "team"), (STAKEHOLDERS, "stakeholders")):
        told = visible(render(card, _seen(stage, place, mark="T=0", audience=audience, wanted=decided)))
        assert {said: told.count(said) for said in SAID if told.count(said) > 1} == {}


def test_the_roll_call_says_who_signed_who_is_still_to_sign_and_until_when() -> None:
    open_one = replace(CONSENTS[3], state=ConsentState.REQUESTED, by=None, plan_hash=None)
    waiting = replace(_accepted("planned"), consents=(*CONSENTS[:3], open_one, *CONSENTS[4:]))
    told = visible(answers.roll_call(view(waiting, facts=FACTS)))
    rows = {line.partition("|")[0].strip(): line for line in told.splitlines() if "|" in line}
    assert "Priya" in rows["exception for failed check coverage (product owner)"]
    until = f"Holds until {UNTIL:%H:%M} UTC"
    assert "open" in rows["exception for failed check coverage (QA lead)"]
    assert "Quinn" in rows["exception for failed check coverage (QA lead)"]
    assert until in rows["exception for failed check coverage (QA lead)"]
    assert "Lena" in rows["exception for freeze"]
    assert until in rows["exception for freeze"]
    signed = visible(answers.roll_call(_seen("planned")))
    assert "open" not in next(line for line in signed.splitlines() if "(QA lead)" in line)
