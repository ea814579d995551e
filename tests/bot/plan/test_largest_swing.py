"""The question that is asked is worth the most: recomputed here from the score alone (Q4, Q5)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import assume, event, given, settings

from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.facts import Facts
from bot.domain.finding import Finding, Level, Result
from bot.domain.release import Band, Judgement, Release
from bot.plan.gaps import next_question
from bot.plan.questions import SLOTS
from bot.policy import assess, judge
from bot.policy.standing import PAST_RETURN, data_change, sights
from tests.bot.plan.situations import Situation, situations
from tests.world import NOW, facts

WORD: Mapping[Kind, Mapping[str, Any]] = {
    Kind.MIGRATION: {"dry_run": True, "backup": True},
}
"""What the best answer of a person says beside its link and date."""

TOLD_BY_SOURCES = {
    "ci": (Kind.CI, Kind.QA),
    "scm": (Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES, Kind.MIGRATION, Kind.FLAGS),
    "registry": (Kind.ROLLBACK_TARGET,),
}
ASKED_AS = tuple(name for name, slot in SLOTS.items() if slot.kind is not None and name == slot.kind.value)
TUESDAY = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def way_of(release: Release) -> str:
    """G19: what may be final is taken back by a restore only."""
    change = data_change(release, sights(release, facts(), NOW))
    return "restore" if change is None or change in PAST_RETURN else "redeploy"


def word(release: Release, kind: Kind) -> Release:
    """Somebody vouches for it, with link and date."""
    said = Evidence(
        kind,
        Standing.ATTESTED,
        "person",
        release.owner,
        NOW,
        url="https://x.example",
        dated=NOW,
        facts=WORD.get(kind, {}) if kind is not Kind.ROLLBACK else {"tested": True, "way": way_of(release)},
    )
    change = "none" if kind is Kind.MIGRATION and release.data_change is None else release.data_change
    return replace(release, evidence=(*release.evidence, said), data_change=change)


def seen(release: Release, kinds: Iterator[Kind]) -> Release:
    """Sources saw all that, at its best."""
    kept = release
    for kind in kinds:
        good = replace(word(kept, kind).evidence[-1], standing=Standing.VERIFIED, source=f"demo-{kind}", by="bot")
        change = "none" if kind is Kind.MIGRATION and kept.data_change is None else kept.data_change
        kept = replace(kept, evidence=(*(e for e in kept.evidence if e.kind is not kind), good), data_change=change)
    return kept


def worth_asking(release: Release, around: Facts, judged: Judgement, level: Level) -> Mapping[str, int]:
    """By slot: how far its best answer would lower the score. Only what is open, and what a person's answer closes."""
    assert around.service is not None
    by_version = {k for role, kinds in TOLD_BY_SOURCES.items() if role in around.service.sources for k in kinds}
    answers: dict[str, Release] = {}
    if level is Level.MUST:
        if release.version is None:
            answers["version"] = seen(replace(release, version="1"), iter(k for k in Kind if k in by_version))
        if release.start_at is None:
            answers["start_at"] = replace(release, start_at=TUESDAY)
        if release.rollback_owner is None:
            answers["rollback_owner"] = replace(release, rollback_owner="kai")
        if _open(judged, "strategy", level):
            answers["strategy"] = replace(release, strategy="canary", steps=release.steps or (10, 100))
    for slot in (name for name in ASKED_AS if name != "strategy"):
        told = release.version is None and Kind(slot) in by_version
        if _open(judged, slot, level) and not told:
            answers[slot] = word(release, Kind(slot))
    always = {"version", "start_at"}
    helping = {s: a for s, a in answers.items() if s in always or _count(judge(a, around, NOW)) < _count(judged)}
    return {slot: judged.score.score - assess(after, around, NOW).score for slot, after in helping.items()}


def _open(judged: Judgement, subject: str, level: Level) -> bool:
    return any(f.subject == subject and f.open and not f.consent and _level(f) is level for f in judged.findings)


def _level(finding: Finding) -> Level:
    return Level.MUST if finding.result is Result.BLOCKED else finding.level


def _count(judged: Judgement) -> int:
    return sum(f.open and not f.consent and f.level is not Level.OPTIONAL for f in judged.findings)


@settings(max_examples=250, deadline=None)
@given(situations())
def test_no_other_must_has_a_larger_swing_than_the_one_that_is_asked(situation: Situation) -> None:
    release, around = situation
    judged = judge(release, around, NOW)
    asked = next_question(release, around, judged, NOW)
    musts = worth_asking(release, around, judged, Level.MUST)
    if asked is None:
        assert not musts
        return
    event(asked.slot)
    if musts:
        assert asked.slot in musts
        assert musts[asked.slot] == max(musts.values())


@settings(max_examples=100, deadline=None)
@given(situations())
def test_a_should_is_asked_only_where_no_must_is_and_the_band_is_not_low_anyway(situation: Situation) -> None:
    release, around = situation
    judged = judge(release, around, NOW)
    asked = next_question(release, around, judged, NOW)
    assume(asked is not None)
    assert asked is not None
    musts = worth_asking(release, around, judged, Level.MUST)
    shoulds = worth_asking(release, around, judged, Level.SHOULD)
    if asked.slot not in musts and asked.slot in shoulds:
        assert judged.score.band is not Band.LOW
        assert shoulds[asked.slot] > 0
