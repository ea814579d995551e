"""How far each item is trusted now: one Sight for each kind, out of all that was seen and said about it (G12, G24)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.facts import Facts, Policy
from bot.domain.release import Release
from bot.domain.service import Service
from bot.policy.lately import lately

NEVER_NA = frozenset(
    {
        Kind.ARTIFACT,
        Kind.CHANGE,
        Kind.NOTES,
        Kind.OWNERS,
        Kind.CI,
        Kind.QA,
        Kind.ROLLBACK,
        Kind.ROLLBACK_TARGET,
        Kind.MONITORING,
        Kind.DEPENDENCIES,
        Kind.WINDOW,
        Kind.APPROVALS,
        Kind.STRATEGY,
    }
)
"""Items that nobody can declare away (G2, G3, G4, G10, G13, G14, G20); such a declaration is ignored."""

OF_A_BUILD = frozenset({Kind.ARTIFACT, Kind.CI, Kind.QA})
"""Evidence that speaks of one build: of another commit or digest it is no evidence."""

BY_SOURCE: Mapping[Kind, str] = {Kind.CI: "ci", Kind.ARTIFACT: "scm"}
"""What has to be verified where a source of that role is configured (G24)."""

CARRIED = frozenset({Kind.ROLLBACK, Kind.RUNBOOK, Kind.MONITORING, Kind.ON_CALL, Kind.CAPACITY})
"""What an earlier release of the service established and this one may stand on (G12)."""

GOOD = frozenset({Standing.VERIFIED, Standing.ATTESTED})
STANDING_SOURCE = "catalogue"
_RANKS = {standing: rank for rank, standing in enumerate(Standing)}
CHANGES = ("none", "expand", "locking", "contract", "irreversible")
"""Data changes from harmless to final."""

PAST_RETURN = frozenset({"contract", "irreversible"})
"""Data changes after which the old version cannot run on the data any more (G19)."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is known of one kind. `evidence` is the item that decides, `all` every item that counts as evidence at all.

    `declared`: (person, reason) where it was declared not applicable.
    """

    kind: Kind
    standing: Standing
    evidence: Evidence | None = None
    all: tuple[Evidence, ...] = ()
    declared: tuple[str, str] | None = None

    @property
    def good(self) -> bool:
        """True where it was verified or attested and is not stale."""
        return self.standing in GOOD

    def fact(self, name: str) -> str | int | float | bool | None:
        """A measurement of the evidence that decides, or None."""
        return self.evidence.facts.get(name) if self.evidence else None


Sights = Mapping[Kind, Sight]


@lately
def sights(release: Release, facts: Facts, now: datetime) -> Sights:
    """The sight of every kind. "Not applicable" is a person's declaration (G25), never what evidence says."""
    found: dict[Kind, list[Evidence]] = {}
    for one in _everything(release, facts):
        if (
            one.observed_at <= now
            and one.standing is not Standing.NOT_APPLICABLE
            and not _of_another_build(one, release)
        ):
            found.setdefault(one.kind, []).append(one)
    seen = {kind: _sight(kind, found.get(kind, ()), release, facts.policy, now) for kind in Kind}
    return _one_answer_for_two(seen)


def standing_of(one: Evidence, policy: Policy, now: datetime) -> Standing:
    """Its standing now; where nobody set from when it is stale, the policy's freshness tells (G12)."""
    fresh = policy.freshness.get(one.kind)
    if (
        one.stale_after is None
        and fresh is not None
        and one.standing in GOOD
        and now >= (one.dated or one.observed_at) + fresh
    ):
        return Standing.STALE
    return one.standing_at(now)


def data_change(release: Release, seen: Sights) -> str | None:
    """The worst data change that anybody or any source named; "none" where the migration was declared away; else None."""
    sight = seen[Kind.MIGRATION]
    named = [release.data_change, *(str(e.facts["data_change"]) for e in sight.all if e.facts.get("data_change"))]
    known = [CHANGES.index(n) for n in named if n in CHANGES]
    if known:
        return CHANGES[max(known)]
    return "none" if sight.standing is Standing.NOT_APPLICABLE else None


def committed_change(release: Release, now: datetime) -> str | None:
    """The class that people sign for (G8, G19): the worst that the release or its own evidence names; None where none does."""
    said = (e.facts.get("data_change") for e in release.evidence if e.kind is Kind.MIGRATION and e.observed_at <= now)
    known = [CHANGES.index(str(n)) for n in (release.data_change, *said) if n in CHANGES]
    return CHANGES[max(known)] if known else release.data_change


def way_back(release: Release, facts: Facts, now: datetime) -> tuple[str | None, str | None]:
    """Which way back is meant, and where it is written: of the item that decides, whoever brought it; bad news of it aside.

    (None, None) where nobody gave one. Where it is written alone in a runbook, it is that runbook's link.
    """
    every = [e for e in _everything(release, facts) if e.observed_at <= now and e.standing in GOOD]

    def best(kind: Kind) -> Evidence | None:
        found = [(standing_of(e, facts.policy, now), e) for e in every if e.kind is kind]
        standing = min((s for s, _ in found), key=_RANKS.__getitem__, default=None)
        return max((e for s, e in found if s is standing), key=_age, default=None)

    given = best(Kind.ROLLBACK)
    if given is None:
        return None, None
    way = given.facts.get("way")
    runbook = best(Kind.RUNBOOK) if given.url is None else None
    return str(way) if way is not None else None, runbook.url if runbook is not None else given.url


def flags_used(service: Service | None, seen: Sights) -> bool | None:
    """Whether the change uses feature flags; None where nothing tells."""
    sight = seen[Kind.FLAGS]
    said = [bool(e.facts["flags_used"]) for e in sight.all if "flags_used" in e.facts]
    if said:
        return any(said)
    if sight.good:
        return True
    if sight.standing is Standing.NOT_APPLICABLE:
        return False
    return service.uses_flags if service else None


def needs_risk_consent(release: Release, seen: Sights) -> tuple[str, ...]:
    """The risks that need `Approve-Risk` (G6, G19): a final data change, with the restore that takes it back; else a restore."""
    if data_change(release, seen) in PAST_RETURN:
        return ("migration",)
    return ("restore",) if seen[Kind.ROLLBACK].fact("way") == "restore" else ()


def tested_way_back(sight: Sight, now: datetime) -> bool:
    """G3: said to be tested, with a date that is not in the future; a date alone is no test. Where it is written is not asked."""
    one = sight.evidence
    if one is None or one.dated is None or one.dated > now:
        return False
    return sight.standing in {*GOOD, Standing.STALE} and one.facts.get("tested") is True


def edited_since(runbook: Sight, drill: Evidence) -> bool:
    """G12: a source saw the runbook change after the day of the drill: what was rehearsed is not what is written now."""
    for one in runbook.all:
        edited = str(one.facts.get("edited") or "")
        if one.standing is Standing.VERIFIED and drill.dated is not None and edited > f"{drill.dated:%Y-%m-%d}":
            return True
    return False


def touched(release: Release, sight: Sight, change: str | None) -> bool:
    """True where a rehearsal from before this release says nothing, since the data cannot be taken back (G12, G19)."""
    one = sight.evidence
    if change not in PAST_RETURN or one is None:
        return False
    return one.source == STANDING_SOURCE or one.observed_at < release.created_at


def takes_back(sight: Sight, change: str | None) -> bool:
    """G19: past a contract or irreversible step the old version cannot run on the data: only a restore takes that back."""
    return change not in PAST_RETURN or sight.fact("way") == "restore"


def validated(release: Release, sight: Sight, now: datetime, change: str | None) -> bool:
    """G3, G19: tested on a day, of this change, and by a way that undoes it."""
    return tested_way_back(sight, now) and not touched(release, sight, change) and takes_back(sight, change)


def _everything(release: Release, facts: Facts) -> Iterator[Evidence]:
    """Of the release, then of the catalogue as it is today, then of earlier releases."""
    yield from release.evidence
    own = {(e.kind, e.source, e.dated.date() if e.dated else None) for e in release.evidence}
    for item in facts.service.standing if facts.service else ():
        if (item.kind, STANDING_SOURCE, item.dated) not in own:
            yield Evidence(
                kind=item.kind,
                standing=item.standing,
                source=STANDING_SOURCE,
                by=item.by,
                observed_at=release.created_at,
                url=item.url,
                dated=datetime.combine(item.dated, time(12), tzinfo=UTC),
                text=item.text,
                facts=item.facts,
            )
    yield from (e for e in facts.earlier if e.kind in CARRIED)


def _of_another_build(one: Evidence, release: Release) -> bool:
    known = [k for k in (release.commit, release.digest) if k]
    if one.kind not in OF_A_BUILD or one.subject is None or not known:
        return False
    said = one.subject.casefold()
    if said == (release.version or "").casefold():
        return False
    return not any(_same_build(said, k.casefold()) for k in known)


_SHORT = 6
"""The fewest digits by which a commit is known."""


def _same_build(said: str, known: str) -> bool:
    return (
        said == known
        or (len(said) >= _SHORT and known.startswith(said))
        or (len(known) >= _SHORT and said.startswith(known))
    )


def _sight(kind: Kind, found: Sequence[Evidence], release: Release, policy: Policy, now: datetime) -> Sight:
    """Failed from any source wins; else the best standing, and of equals the newest."""
    declared = release.not_applicable.get(kind.value) if kind not in NEVER_NA else None
    every = tuple(found)
    if not found:
        return Sight(kind, Standing.NOT_APPLICABLE if declared else Standing.MISSING, declared=declared)
    failed = [e for e in found if e.standing is Standing.FAILED]
    if failed:
        return Sight(kind, Standing.FAILED, max(failed, key=_age), every, declared)
    stands = [(standing_of(e, policy, now), e) for e in found]
    standing = min((s for s, _ in stands), key=_RANKS.__getitem__)
    chosen = max((e for s, e in stands if s is standing), key=_age)
    if declared and standing not in GOOD:
        return Sight(kind, Standing.NOT_APPLICABLE, None, every, declared)
    return Sight(kind, standing, chosen, every, declared)


def _age(one: Evidence) -> tuple[datetime, datetime]:
    return (one.observed_at, one.dated or one.observed_at)


def _one_answer_for_two(seen: dict[Kind, Sight]) -> Sights:
    """A rollback procedure behind a link is its runbook too: one answer fills both (Q4)."""
    rollback, runbook = seen[Kind.ROLLBACK], seen[Kind.RUNBOOK]
    if rollback.good and rollback.evidence and rollback.evidence.url and not runbook.good:
        seen[Kind.RUNBOOK] = Sight(Kind.RUNBOOK, rollback.standing, rollback.evidence, runbook.all, runbook.declared)
    return seen
