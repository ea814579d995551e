"""What was told of the very same release, facts and instant is remembered; of any other it is told anew."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.facts import Facts
from bot.domain.release import Release
from bot.policy.lately import lately
from tests.driver import Driver

_READY = Driver().ready()
_RELEASES = (_READY.state, replace(_READY.state, version="9.9.9"), replace(_READY.state, owner="kai"))
_FACTS = (_READY.facts, replace(_READY.facts, service=None))
_TIMES = (_READY.now, _READY.now + timedelta(seconds=1))


def _told(release: Release, facts: Facts, now: datetime) -> tuple[str | None, str, bool, datetime]:
    return release.version, release.owner, facts.service is None, now


@given(st.lists(st.tuples(st.sampled_from(_RELEASES), st.sampled_from(_FACTS), st.sampled_from(_TIMES)), max_size=20))
def test_the_answer_is_that_of_the_very_release_facts_and_instant_in_any_order(
    asked: list[tuple[Release, Facts, datetime]],
) -> None:
    remembered = lately(_told)
    assert [remembered(*one) for one in asked] == [_told(*one) for one in asked]


def test_the_same_objects_are_not_asked_twice_in_a_row_and_others_are() -> None:
    asked: list[datetime] = []
    release, facts, now = _READY.state, _READY.facts, _READY.now

    @lately
    def counted(_: Release, __: Facts, now: datetime) -> int:
        asked.append(now)
        return len(asked)

    same = now + timedelta(0)
    assert [counted(release, facts, now), counted(release, facts, same)] == [1, 1]
    assert counted(replace(release), facts, now) == 2
    assert counted(release, replace(facts), now) == 3
    assert counted(release, facts, now + timedelta(seconds=1)) == 4
    assert counted(release, facts, now) == 5
