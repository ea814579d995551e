"""The shipped policy and rubric (risk.md): what holds where no policy file says otherwise. Durations are timedeltas."""

from datetime import timedelta

from bot.domain.evidence import Kind
from bot.domain.facts import Factor, Item, Policy, Rubric
from bot.domain.finding import Level

ITEMS: tuple[Item, ...] = (
    Item(Kind.ARTIFACT, Level.MUST),
    Item(Kind.CHANGE, Level.MUST),
    Item(Kind.NOTES, Level.MUST),
    Item(Kind.OWNERS, Level.MUST),
    Item(Kind.CI, Level.MUST),
    Item(Kind.QA, Level.MUST),
    Item(Kind.MIGRATION, Level.MUST, when="data", na_open=True),
    Item(Kind.ROLLBACK, Level.MUST),
    Item(Kind.ROLLBACK_TARGET, Level.MUST),
    Item(Kind.RUNBOOK, Level.MUST),
    Item(Kind.MONITORING, Level.MUST),
    Item(Kind.ON_CALL, Level.MUST),
    Item(Kind.DEPENDENCIES, Level.MUST),
    Item(Kind.WINDOW, Level.MUST),
    Item(Kind.CAPACITY, Level.MUST),
    Item(Kind.APPROVALS, Level.MUST),
    Item(Kind.STRATEGY, Level.MUST, when="medium"),
    Item(Kind.FLAGS, Level.MUST, when="flags", na_open=True),
    Item(Kind.SECURITY, Level.MUST, when="regulated"),
    Item(Kind.THIRD_PARTIES, Level.SHOULD),
    Item(Kind.FAILURE_MODES, Level.SHOULD),
    Item(Kind.CUSTOMER_NOTICE, Level.MUST, when="outage", na_open=True),
    Item(Kind.COST_DOCS, Level.OPTIONAL),
    Item(Kind.GAME_DAY, Level.OPTIONAL),
    Item(Kind.REVIEW, Level.OPTIONAL),
)

FRESHNESS: dict[Kind, timedelta] = {
    Kind.CI: timedelta(hours=24),
    Kind.CAPACITY: timedelta(days=30),
    Kind.ROLLBACK: timedelta(days=90),
    Kind.RUNBOOK: timedelta(days=180),
    Kind.MONITORING: timedelta(days=90),
    Kind.ON_CALL: timedelta(days=30),
    Kind.DEPENDENCIES: timedelta(hours=24),
    Kind.ROLLBACK_TARGET: timedelta(hours=24),
    Kind.GAME_DAY: timedelta(days=180),
}

POLICY = Policy(
    version="1",
    items=ITEMS,
    freshness=FRESHNESS,
)

RUBRIC = Rubric(
    version="1",
    factors=(
        Factor("novelty", {"regularly": 0, "rarely": 4, "never": 8}),
        Factor("span", {"one": 0, "few": 4, "many": 8}),
        Factor("criticality", {"none": 0, "not_critical": 5, "critical": 10}),
        Factor("data_change", {"none": 0, "additive": 4, "locking": 7, "destructive": 10}),
        Factor("way_back", {"flag": 0, "redeploy": 2, "restore": 6, "none": 10}),
        Factor("exposure", {"limited": 0, "staged": 2, "all": 6}),
        Factor("window", {"core": 0, "off": 2, "eve": 4, "freeze": 6}),
        Factor("track_record", {"good": 0, "mixed": 1, "poor": 2}),
    ),
)
