"""Each gate is carried by its own rule or guard: what the laws refuse goes through as soon as that one alone is taken out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.decide.laws import Laws
from bot.domain import commands as c
from bot.domain.consent import ConsentKind
from bot.domain.emergency import Owed
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.facts import Neighbour, Window
from bot.domain.people import SYSTEM
from bot.domain.release import Phase
from bot.policy import RULES, judge
from tests.bot.decide.taken_out import Attack, stopped_by_it_alone
from tests.driver import REASON, Driver
from tests.world import HOME, NOW, START, actor, drilled_rollback, good_observations, observed

CHECKS = dict.fromkeys(("tests", "coverage", "code_analysis", "security_scan"), "passed")


def cleared(d: Driver) -> bool:
    """Everybody signs, the decision maker gives GO: does it clear?"""
    for who in ("kai", "lena", "mia"):
        d.sign(who, f"{REASON} of {d.now}")
    d.go()
    return d.phase() is Phase.CLEARED


def run(said: Mapping[str, str]) -> Evidence:
    """A pipeline run that shows this."""
    return replace(observed(Kind.CI, NOW), facts=dict(said))


def begun(d: Driver, *found: Evidence, start_at: datetime | None = START, strategy: str | None = None) -> Driver:
    """Planned with a drill that counts; the sources found these (nothing: as on a good day), and questions were answered."""
    d.plan(start_at=start_at, strategy=strategy)
    d.do(c.AddEvidence(actor("kai"), drilled_rollback(NOW)))
    return d.sources(*found).answer_all()


def with_observed(*items: Evidence) -> Attack:
    """All is well but these; the last look of a source counts."""

    def attack(d: Driver) -> bool:
        kinds = {x.kind for x in items}
        good = tuple(x for x in good_observations(NOW) if x.kind not in kinds)
        begun(d, *good, *items)
        return cleared(d)

    return attack


def lacking(*kinds: Kind) -> Attack:
    """All is well, but nothing is known of these: the sources say nothing, and nobody vouches for it."""

    def attack(d: Driver) -> bool:
        service = d.facts.services["payments"]
        standing = tuple(s for s in service.standing if s.kind not in kinds)
        d.facts = replace(d.facts, service=replace(service, standing=standing))
        begun(d, *(x for x in good_observations(NOW) if x.kind not in kinds))
        return cleared(d)

    return attack


def no_version(d: Driver) -> bool:
    d.plan(version=None, claims=(drilled_rollback(NOW),)).sources()
    while d.state.open_question:
        d.answer(how="dont_know")
    return cleared(d)


def no_start(d: Driver) -> bool:
    begun(d, start_at=None)
    return cleared(d)


def untested(d: Driver) -> bool:
    d.plan().sources()
    while d.state.open_question:
        d.answer(how="dont_know")
    return cleared(d)


def stale_run(d: Driver) -> bool:
    begun(d, start_at=START + timedelta(days=2))
    d.later(days=2)
    fresh = (x for x in good_observations(d.now) if x.kind is not Kind.CI)
    d.do(c.RecordObservations(SYSTEM, "none", "demo", tuple(fresh), "recheck"))
    d.sign("quinn")
    return cleared(d)


def unsupported(d: Driver) -> bool:
    said = Evidence(Kind.CAPACITY, Standing.ATTESTED, "person", "kai", NOW)
    service = d.facts.services["payments"]
    standing = tuple(s for s in service.standing if s.kind is not Kind.CAPACITY)
    d.facts = replace(d.facts, service=replace(service, standing=standing))
    begun(d, *good_observations(NOW), said)
    return cleared(d)


def vouched_for(d: Driver) -> bool:
    said = Evidence(Kind.CI, Standing.ATTESTED, "person", "kai", NOW, url="https://x.example", dated=NOW, facts=CHECKS)
    qa = Evidence(Kind.QA, Standing.VERIFIED, "demo", "bot", NOW, url="https://x.example/qa")
    return with_observed(said, qa)(d)


def own_word_of_the_requester(d: Driver) -> bool:
    """Ana vouches for the rollback after everybody has signed; the plan stays the same."""
    d.signed()
    d.later(minutes=1)
    old = d.state.latest(Kind.ROLLBACK)
    assert old is not None
    d.do(c.AddEvidence(actor("ana"), replace(old, by="ana", observed_at=d.now)))
    d.go()
    return d.phase() is Phase.CLEARED


def declared_away(d: Driver) -> bool:
    service = d.facts.services["payments"]
    standing = tuple(s for s in service.standing if s.kind is not Kind.CAPACITY)
    d.facts = replace(d.facts, service=replace(service, standing=standing))
    begun(d)
    d.do(c.DeclareNotApplicable(actor("kai"), Kind.CAPACITY, "there is no load to speak of"))
    for who in ("mia", "lena"):
        d.sign(who, kind=ConsentKind.SIGN_OFF)
    d.go()
    return d.phase() is Phase.CLEARED


def declined(d: Driver) -> bool:
    begun(d)
    d.do(c.Decline(actor("kai"), "the drill was in another region", ConsentKind.SIGN_OFF))
    for who in ("mia", "lena"):
        d.sign(who)
    d.go()
    return d.phase() is Phase.CLEARED


def voted_down(d: Driver) -> bool:
    """A no-go after the GO, and nothing stops the release at T=0."""
    d.cleared()
    d.do(c.Vote(actor("priya"), "no-go", "support is not staffed tonight"))
    d.now = START
    d.do(c.StopWithoutGo(SYSTEM, d.state.schedule_revision))
    return d.phase() is Phase.CLEARED


def unsigned(d: Driver) -> bool:
    begun(d)
    d.go()
    return d.phase() is Phase.CLEARED


def destroys(d: Driver) -> bool:
    """Everything is signed but the risk itself."""
    begun(d)
    d.do(c.AddEvidence(actor("kai"), drilled_rollback(NOW, way="restore")))
    d.do(c.Amend(actor("ana"), "data_change", "contract"))
    d.do(c.RecordObservations(SYSTEM, "g", "demo", (observed(Kind.MIGRATION, NOW, dry_run=True, backup=True),)))
    d.now += timedelta(minutes=1)
    for who in ("lena", "kai", "mia"):
        d.sign(who, kind=ConsentKind.SIGN_OFF)
    d.go()
    return d.phase() is Phase.CLEARED


def frozen(d: Driver) -> bool:
    window = Window("F-1", "payments", NOW, START + timedelta(days=1), "year-end closing", "lena")
    d.facts = replace(d.facts, calendar=(window,))
    return cleared(begun(d))


def clashing(d: Driver) -> bool:
    d.facts = replace(d.facts, neighbours=(_neighbour("payments"),))
    return cleared(begun(d))


def on_a_dependency(d: Driver) -> bool:
    d.facts = replace(d.facts, neighbours=(_neighbour("ledger"),))
    return cleared(begun(d))


def _neighbour(service: str) -> Neighbour:
    return Neighbour("R-0", service, "production", "9.9", Phase.LIVE, NOW, "priya", None, started=True)


def out_of_the_catalogue(d: Driver) -> bool:
    """A service that left the catalogue: other rules hold it too, so the attack is that nobody is told why."""
    begun(d)
    return "service_unknown" not in {
        f.code for f in d.laws.judge(d.state, replace(d.facts, service=None), NOW).findings
    }


def no_alternative(d: Driver) -> bool:
    rubric = replace(d.facts.rubric, bands=(1, 2, 3))
    service = d.facts.services["payments"]
    standing = tuple(s for s in service.standing if s.kind is not Kind.FAILURE_MODES)
    d.facts = replace(d.facts, rubric=rubric, service=replace(service, standing=standing))
    return cleared(begun(d))


def all_at_once(d: Driver) -> bool:
    d.facts = replace(d.facts, rubric=replace(d.facts.rubric, bands=(1, 98, 99)))
    begun(d, strategy="all-at-once")
    return cleared(d)


def no_rollback_owner(d: Driver) -> bool:
    service = replace(d.facts.services["payments"], rollback_owner="release-bot")
    d.facts = replace(d.facts, service=service)
    return cleared(begun(d))


def unreviewed(d: Driver) -> bool:
    begun(d).do(c.DeclareEmergency(actor("ana"), "R-1", "payments", "2.4.1", HOME, "INC-7", REASON))
    d.facts = replace(d.facts, reviews_owed=(Owed("R-0", NOW),))
    d.sign("lena")
    return d.phase() is Phase.CLEARED


OTHER_MONITOR = replace(observed(Kind.MONITORING, NOW - timedelta(hours=1), Standing.FAILED), source="second-monitor")

BY_RULE: Mapping[str, Attack] = {
    "known_service": out_of_the_catalogue,
    "version_named": no_version,
    "artifact": lacking(Kind.ARTIFACT),
    "documented": lacking(Kind.NOTES),
    "owners": no_rollback_owner,
    "pipeline": with_observed(run({**CHECKS, "tests": "failed", "test_report": "https://x.example"})),
    "qa": with_observed(run(CHECKS)),
    "migration": with_observed(observed(Kind.MIGRATION, NOW, data_change="expand", dry_run=False)),
    "destructive": destroys,
    "rollback_validated": untested,
    "rollback_target": with_observed(observed(Kind.ROLLBACK_TARGET, NOW, installable=False)),
    "monitoring": with_observed(OTHER_MONITOR, *(x for x in good_observations(NOW) if x.kind is Kind.MONITORING)),
    "monitoring_live": with_observed(observed(Kind.MONITORING, NOW, has_data=True, firing=True)),
    "dependencies": on_a_dependency,
    "incidents": with_observed(observed(Kind.DEPENDENCIES, NOW, open_incident="INC-7", severity="SEV1", on="payments")),
    "start_known": no_start,
    "freeze": frozen,
    "clash": clashing,
    "staged_rollout": all_at_once,
    "critical_alternative": no_alternative,
    "flags": with_observed(observed(Kind.FLAGS, NOW, flags_used=True)),
    "items": lacking(Kind.CAPACITY),
    "stale": stale_run,
    "supported": unsupported,
    "verified_by_source": vouched_for,
    "confirmed": own_word_of_the_requester,
    "na_agreed": declared_away,
    "declined": declined,
    "votes": voted_down,
    "sign_offs": unsigned,
    "breakglass": unreviewed,
}


@pytest.mark.parametrize("name", [r.__name__ for r in RULES])
def test_each_rule_alone_stops_its_attack(name: str) -> None:
    assert name in BY_RULE, f"give the rule {name} an attack that it alone stops, in BY_RULE of this file"
    rest = tuple(r for r in RULES if r.__name__ != name)
    without = Laws(judge=lambda release, around, now: judge(release, around, now, rules=rest))
    stopped_by_it_alone(f"the rule {name} (bot/policy/rules/)", BY_RULE[name], without)


def test_the_table_has_no_rule_that_is_gone() -> None:
    gone = BY_RULE.keys() - {r.__name__ for r in RULES}
    assert not gone, (
        f"take these out of BY_RULE, or put them back into RULES (bot/policy/rules/__init__.py): {sorted(gone)}"
    )
    assert len({r.__name__ for r in RULES}) == len(RULES), "two rules of RULES have one name"
