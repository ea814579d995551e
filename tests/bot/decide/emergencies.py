"""What the tests of break-glass start from."""

from bot.domain import commands as c
from bot.domain.facts import Facts
from bot.domain.finding import Result, Verdict
from tests.driver import Driver
from tests.world import HOME, actor, drilled_rollback, facts

WHY = "customers cannot pay since the certificate ran out"
FINE = "the certificate alone is exchanged, I read the diff"
DECLARE = c.DeclareEmergency(actor("ana"), "R-1", "payments", "2.4.1", HOME, "INC-204", WHY)
REVIEW = c.RecordReview(
    actor("kai"), "the certificate ran out unnoticed", "QA and the sign-offs of two roles", "an alert 30 days before"
)


def declared(known: Facts | None = None) -> Driver:
    """An emergency with all evidence, that nobody confirmed yet."""
    d = Driver(facts=known or facts())
    d.do(DECLARE)
    d.sources()
    d.do(c.AddEvidence(actor("kai"), drilled_rollback(d.now)))
    return d


def confirmed(known: Facts | None = None) -> Driver:
    d = declared(known)
    d.sign("lena", FINE)
    return d


def over(d: Driver) -> Driver:
    d.do(c.Start(actor("ana")))
    d.later(minutes=40)
    d.do(c.Finish(actor("ana")))
    return d


def codes(d: Driver, result: Result) -> set[str]:
    judged = d.state.judgement
    return {f.code for f in judged.findings if f.result is result} if judged else set()


def verdict(d: Driver) -> Verdict:
    return d.laws.judge(d.state, d.facts, d.now).verdict
