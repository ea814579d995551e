"""The tour and the drills, by name, in the order in which they are offered. Their words stand in bot/messages/words/drills.py."""

from collections.abc import Mapping

from bot.app.drills.script import (
    GO,
    PLAN,
    READY,
    SIGN,
    START,
    Drill,
    Fill,
    Press,
    Say,
    Source,
    Step,
    asked,
    consented,
    in_phase,
    planned,
)
from bot.domain.evidence import Kind
from bot.domain.release import Phase, Release

_RUNBOOK = "https://scm.demo.example/payments/runbooks/rollback.md"
_WRITTEN_ANEW = "https://scm.demo.example/payments/runbooks/rollback-in-steps.md"
_FIX = "payments answer nothing since the pool of connections is used up"
_READ = "only the pool is enlarged, I read the change myself"
_ALL = 100


def _no_data_change(release: Release) -> bool:
    return release.data_change == "none"


def _excepting(release: Release) -> bool:
    return any(c.subject.startswith("test") for c in release.consents)


def _proved(release: Release) -> bool:
    return any(e.kind is Kind.ROLLBACK and e.by == "kai" for e in release.evidence)


def _full(release: Release) -> bool:
    return bool(release.progress) and release.progress[-1].percent == _ALL


def _over(release: Release) -> bool:
    return release.done_at is not None


def _moved(release: Release) -> bool:
    return release.schedule_revision > 1


def _reviewed(release: Release) -> bool:
    return release.review is not None


_TOUR = (
    Step(-75, (Say("ana", "/release plan payments {version} to production at {start} canary 10% {run}"),), asked),
    Step(-70, (Press("ana", "no_data_change"),), _no_data_change),
    Step(-62, (Say("ana", f"/release answer {{release}} {_RUNBOOK} tested on {{today}}"),), planned),
    Step(
        -53,
        (Press("kai", "sign_off"), Fill("kai", {"reason": "I ran the drill of the way back with Ana today"})),
        consented("kai"),
    ),
    Step(-44, (Press("lena", "go"),), in_phase(Phase.CLEARED)),
    Step(-30),
    Step(-5),
    START,
    Step(15),
    Step(20, (Say("ana", "/release step {release} 100%"),), _full),
    Step(30),
    Step(34, (Say("ana", "/release done {release} run the rollback drill a week ahead"),), _over),
)

_CI = (
    Step(-60, (Source("ci", {"coverage": "failed"}), *PLAN.acts), planned),
    Step(-56, (Say("lena", "/release go {release} the test is not important here"),)),
    Step(
        -50,
        (
            Say("ana", "/release exception {release} test"),
            Fill(
                "ana",
                {
                    "what": "test",
                    "check": "coverage",
                    "details": "coverage of RefundTest fell to 79 %",
                    "test_link": "https://ci.demo.example/payments/91/coverage",
                    "mitigation": "Kai watches the refund rate during the canary",
                    "reason": "the refund path of this release is switched off",
                    "owner": "kai",
                    "expires": "{later}",
                },
            ),
        ),
        _excepting,
    ),
    Step(
        -46,
        (
            Say("priya", "/release approve {release} refunds are switched off, no customer meets it"),
            Say("quinn", "/release approve {release} I read the failed test and the switch myself"),
        ),
        consented("priya", "quinn"),
    ),
    Step(
        -40,
        (
            Say("quinn", "/release approve {release} the other results were read by me this morning"),
            *SIGN.acts,
        ),
        consented("kai"),
    ),
    Step(-35, GO.acts, GO.until),
    Step(-30),
)

_ROLLBACK = (
    Step(-60, PLAN.acts, asked),
    Step(-56, (Press("ana", "not_tested"),), planned),
    Step(-52, (Say("lena", "/release approve {release} I accept that the way back is not tested"),)),
    Step(-44, (Say("kai", f"/release evidence {{release}} rollback {_WRITTEN_ANEW} tested on {{today}}"),), _proved),
    Step(-40, SIGN.acts, SIGN.until),
    Step(-36, GO.acts, GO.until),
)

_CANARY = (
    *READY,
    START,
    Step(6, (Source("prometheus", {"error_rate": 7.5, "p95_ms": 1400}),)),
    Step(15),
    Step(
        16,
        (Say("kai", "/release rollback {release} error rate 7.5 % against a limit of 1 %"),),
        in_phase(Phase.ROLLING_BACK),
    ),
    Step(21, (Source("prometheus"), Say("kai", "/release rolledback {release}")), in_phase(Phase.ROLLED_BACK)),
)

_FLIP = (
    *READY,
    Step(-30),
    Step(-12, (Source("prometheus", {"firing": "payments-errors"}),)),
    Step(-5),
    Step(-3, (Source("prometheus"),)),
    Step(0),
    Step(1, START.acts, START.until),
)

_SILENCE = (PLAN, Step(-30), Step(-5), Step(0, until=in_phase(Phase.HELD)))

_AWAY = (*READY, Step(-30), Step(3, away=10), Step(4, START.acts, START.until))

_MOVED = (
    *READY,
    Step(-30),
    Step(-20, (Say("ana", "/release move {release} {later} the load test needs one hour more"),), _moved),
    Step(30),
    Step(60),
)

_BREAKGLASS = (
    Step(
        -60,
        (
            Source("incidents", {"open_incident": {"id": "INC-301", "severity": "SEV1", "service": "{service}"}}),
            Say("ana", f"/release breakglass {{service}} {{version}} INC-301 {_FIX}"),
        ),
        lambda r: r.emergency is not None,
    ),
    Step(
        -58,
        (
            Say("ana", "/release amend {release} data change none"),
            Say("ana", f"/release approve {{release}} {_READ}"),
        ),
    ),
    Step(-55, (Say("kai", f"/release approve {{release}} {_READ}"),), in_phase(Phase.CLEARED)),
    Step(-52, (Say("ana", "/release start {release}"),), in_phase(Phase.LIVE)),
    Step(-40, (Say("ana", "/release done {release}"),), _over),
    Step(
        -20,
        (
            Say(
                "kai",
                "/release review {release} the pool ran full unnoticed; the sign-offs and QA; an alert at 80 percent",
            ),
        ),
        _reviewed,
    ),
)

DRILLS: Mapping[str, Drill] = {
    drill.name: drill
    for drill in (
        Drill("tour", _TOUR, lead=78, of="payments"),
        Drill("ci", _CI),
        Drill("rollback", _ROLLBACK, drilled=False, stage="undo"),
        Drill("canary", _CANARY, stage="errors"),
        Drill("flip", _FLIP),
        Drill("silence", _SILENCE),
        Drill("away", _AWAY),
        Drill("moved", _MOVED),
        Drill("breakglass", _BREAKGLASS),
    )
}
