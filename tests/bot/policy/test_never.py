"""Whatever is known, said and accepted: a GO means that the gates held. By generated cases around a release that is GO."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.consent import Consent, ConsentKind
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.finding import Verdict
from bot.domain.people import Role
from bot.domain.release import Band, Release
from bot.policy import judge
from bot.policy.people import required_sign_offs
from tests.bot.policy.releases import LATER, PEOPLE, consent, ready
from tests.world import NOW, facts

CHECKS = ("tests", "coverage", "code_analysis", "security_scan")
KINDS = (Kind.CI, Kind.ROLLBACK, Kind.ROLLBACK_TARGET, Kind.MONITORING, Kind.DEPENDENCIES, Kind.CHANGE, Kind.ARTIFACT)

found = st.fixed_dictionaries(
    {},
    optional={
        "tested": st.booleans(),
        "installable": st.booleans(),
        "has_data": st.booleans(),
        "firing": st.booleans(),
        "open_incident": st.sampled_from(["", "INC-1"]),
        **{c: st.sampled_from(["passed", "failed", "absent"]) for c in CHECKS},
    },
)
evidence = st.builds(
    lambda kind, standing, by, age, dated, linked, subject, facts_: Evidence(
        kind,
        standing,
        "person" if by != "bot" else f"demo-{kind}",
        by,
        NOW - timedelta(hours=age),
        url="https://x.example" if linked else None,
        subject=subject,
        dated=NOW - timedelta(days=dated) if dated is not None else None,
        facts=facts_,
    ),
    st.sampled_from(KINDS),
    st.sampled_from(list(Standing)),
    st.sampled_from(["bot", *PEOPLE]),
    st.integers(0, 48),
    st.one_of(st.none(), st.integers(-5, 200)),
    st.booleans(),
    st.sampled_from([None, "91fe2c0", "0000000"]),
    found,
)
consents = st.builds(
    lambda kind, by, role, subject, vote: consent(kind, by, subject, role, vote if kind is ConsentKind.VOTE else None),
    st.sampled_from([k for k in ConsentKind if k is not ConsentKind.BREAKGLASS]),
    st.sampled_from(PEOPLE),
    st.sampled_from([None, *Role]),
    st.sampled_from(["rollback", "ci", "migration", "restore", "freeze", "qa", "peer"]),
    st.sampled_from(["go", "no-go"]),
)


@st.composite
def releases(draw: st.DrawFn) -> Release:
    """A good release with anything put into it, left out of it, or declared about it."""
    base = ready()
    gone = draw(st.sets(st.sampled_from(KINDS), max_size=2))
    kept = tuple(e for e in base.evidence if e.kind not in gone)
    declared = {
        k.value: ("kai", "Not needed this time.") for k in draw(st.sets(st.sampled_from(list(Kind)), max_size=4))
    }
    given_: tuple[Consent, ...] = (*base.consents, *draw(st.lists(consents, max_size=6, unique_by=lambda c: c.id)))
    return replace(
        base,
        evidence=(*kept, *draw(st.lists(evidence, max_size=4))),
        not_applicable=declared,
        consents=draw(st.sampled_from([given_, given_[3:]])),
        data_change=draw(st.sampled_from([None, "none", "expand", "contract"])),
    )


@given(releases())
def test_go_means_that_the_gates_held(release: Release) -> None:
    judged = judge(release, facts(), LATER)
    if judged.verdict is not Verdict.GO:
        return
    drills = [
        e for e in release.evidence if e.kind is Kind.ROLLBACK and e.standing in {Standing.VERIFIED, Standing.ATTESTED}
    ]
    assert any(e.dated and e.dated <= LATER and e.facts.get("tested") is True for e in drills)
    runs = [e for e in release.evidence if e.kind is Kind.CI and e.subject in {None, "91fe2c0"}]
    assert any(e.standing is Standing.VERIFIED and all(e.facts.get(c) == "passed" for c in CHECKS) for e in runs)
    assert not any(e.facts.get(c) == "failed" or e.standing is Standing.FAILED for e in runs for c in CHECKS)
    signers = {c.by for c in release.consents if c.kind is ConsentKind.SIGN_OFF}
    assert len(signers - {"ana", "ana-admin", "ben", "release-bot", "visitor"}) >= len(
        required_sign_offs(judged.score.band)
    )
    assert not any(c.vote == "no-go" and c.overruled_by is None for c in release.consents if c.kind is ConsentKind.VOTE)
    if release.data_change == "contract":
        assert any(c.kind is ConsentKind.RISK and c.subject == "migration" for c in release.consents)
        assert judged.score.band.rank >= Band.HIGH.rank


@given(releases())
def test_every_open_finding_says_who_and_how(release: Release) -> None:
    for finding in judge(release, facts(), LATER).findings:
        assert finding.who
        assert finding.how or not finding.open
