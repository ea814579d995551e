"""What is said again of the same link takes nothing back that it leaves open; another link is another way back (G3, G8)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decide.result import Decided
from bot.domain.commands import AddEvidence, Vote
from bot.domain.evidence import Evidence, Kind, Standing
from tests.driver import Driver
from tests.world import NOW, START, actor, drilled_rollback

P, Q = "https://git.acme.example/runbooks/payments-rollback.md", "https://git.acme.example/runbooks/other.md"
DAY = NOW - timedelta(days=3)


def way(url: str | None = P, *, days: int | None = None, **facts: bool | str) -> Evidence:
    """A word on the way back, as the parser reads it."""
    dated = None if days is None else NOW - timedelta(days=days)
    return Evidence(Kind.ROLLBACK, Standing.ATTESTED, "person", "", NOW, url=url, dated=dated, text="said", facts=facts)


def say(d: Driver, item: Evidence, who: str = "kai") -> str:
    decision = d.do(AddEvidence(actor(who), item))
    assert isinstance(decision, Decided)
    return decision.code


def gaps(d: Driver) -> list[str]:
    judgement = d.state.judgement
    assert judgement is not None
    return [f.code for f in judgement.findings if f.subject == "rollback" and f.open and f.rule in {"G3", "G12", "G19"}]


@pytest.mark.parametrize("again", [way(), way(f"{P}/"), way(None), way(way="redeploy"), way(tested=True)])
def test_a_link_that_is_given_again_without_a_date_keeps_its_drill_and_who_vouches_for_it(again: Evidence) -> None:
    d = Driver().ready()
    revision = d.state.plan_revision
    assert say(d, again, "lena") == "evidence_kept"
    item = d.state.latest(Kind.ROLLBACK)
    assert item is not None
    assert (item.by, item.dated, item.facts["tested"]) == ("ana", drilled_rollback(NOW).dated, True)
    assert (gaps(d), d.state.plan_revision) == ([], revision)


@pytest.mark.parametrize("other", [way(Q), way(way="restore"), way(Q, tested=True)])
def test_another_link_or_way_is_another_way_back_and_its_test_is_asked_for(other: Evidence) -> None:
    d = Driver().signed()
    d.go()
    assert d.phase() == "cleared"
    assert say(d, other) in {"evidence_other", "evidence_added"}
    assert gaps(d)
    assert d.refused(Vote(actor("lena"), "go")) != ""
    say(d, replace(other, dated=DAY, facts={**other.facts, "tested": True}))
    assert not gaps(d)


def test_that_the_test_of_before_counts_no_more_is_said() -> None:
    d = Driver().ready()
    assert say(d, way(Q)) == "evidence_other"


def test_what_was_said_to_be_untested_stays_so_until_somebody_says_otherwise() -> None:
    d = Driver().plan().sources()
    say(d, way(tested=False))
    say(d, way())
    assert gaps(d) == ["rollback_untested"]
    say(d, way(tested=True))
    assert gaps(d) == ["rollback_undated"]
    say(d, way(None, days=3, tested=True))
    assert gaps(d) == []
    assert d.state.latest(Kind.ROLLBACK).url == P  # type: ignore[union-attr]  # it was just given
    say(d, way(tested=False))
    assert gaps(d) == ["rollback_untested"]


def test_a_drill_of_the_catalogue_is_not_made_new_by_giving_its_link_again() -> None:
    d = Driver().plan().sources()
    old = replace(drilled_rollback(NOW), source="catalogue", observed_at=NOW)
    d.release = replace(d.state, evidence=(*d.state.evidence, old))
    say(d, way(P), "ana")
    kept = [e for e in d.state.evidence if e.kind is Kind.ROLLBACK]
    assert [(e.source, e.by, e.dated) for e in kept] == [("catalogue", "kai", old.dated)]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([P, Q, None]),
            st.sampled_from([None, 2, 40]),
            st.sampled_from([{}, {"tested": True}, {"tested": False}, {"way": "restore"}]),
            st.sampled_from(["ana", "kai", "lena"]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_is_said_in_whatever_order_a_tested_way_back_was_tested_by_somebodys_own_words(
    said: list[tuple[str | None, int | None, dict[str, bool | str], str]],
) -> None:
    d = Driver(now=NOW).plan(start_at=START).sources()
    for url, days, facts, who in said:
        say(d, way(url, days=days, **facts), who)
    item = d.state.latest(Kind.ROLLBACK)
    assert item is not None
    if item.dated is not None:
        days = (NOW - item.dated).days
        assert any(days == day and who == item.by for _, day, _, who in said)
        assert any(u is None or u == item.url for u, day, _, who in said if day == days and who == item.by)
    if said[-1][2].get("tested") is False:
        assert item.facts["tested"] is False
