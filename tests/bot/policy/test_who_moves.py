"""What blocks on a dependency is closed by a move or an exception: so it is the release's owner who is asked (G10, G27)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.evidence import Kind, Standing
from bot.domain.facts import Facts, Neighbour, Window
from bot.domain.finding import Result
from bot.domain.release import Phase, Release
from bot.policy import judge
from tests.bot.policy.releases import having, ready, serviced, without
from tests.world import NOW, START, facts, observed

FROZEN = Window("F-1", "ledger", NOW, START + timedelta(days=1), "year-end closing", "mia")
OTHER = Neighbour("R-9", "ledger", "production", "1", Phase.PLANNED, START, "ben", "kai")
INCIDENT = observed(Kind.DEPENDENCIES, NOW, Standing.FAILED, open_incident="INC-8", severity="SEV3", on="ledger")
NAMED = serviced(facts(), suppliers={Kind.DEPENDENCIES: "ben"})
FAILED = observed(Kind.DEPENDENCIES, NOW, Standing.FAILED)


@pytest.mark.parametrize(
    ("release", "around", "code"),
    [
        (having(ready(), INCIDENT), NAMED, "dependency_incident"),
        (having(ready(), FAILED), NAMED, "dependencies_failed"),
        (ready(), replace(NAMED, calendar=(FROZEN,)), "dependency_freeze"),
        (ready(), replace(NAMED, neighbours=(OTHER,)), "dependency_release"),
    ],
)
def test_what_blocks_on_a_dependency_asks_the_owner_of_the_release(release: Release, around: Facts, code: str) -> None:
    (found,) = (f for f in judge(release, around, NOW).findings if f.code == code)
    assert (found.result, found.who) == (Result.BLOCKED, release.owner)


def test_who_looks_at_dependencies_is_whom_the_catalogue_names() -> None:
    gone = judge(without(ready(), Kind.DEPENDENCIES), NAMED, NOW).findings
    (found,) = (f for f in gone if f.code == "dependencies_missing")
    assert found.who == "ben"
