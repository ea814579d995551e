"""Releases of any state that the types allow, hostile text included, for properties that hold for every card."""

from datetime import timedelta

from hypothesis import strategies as st

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.emergency import Emergency, Review
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.people import Place, Role
from bot.domain.release import HealthReport, Phase, Question, Release, Step
from bot.messages.view import View
from bot.policy import judge
from bot.timeline.marks import MARKS
from tests import world
from tests.golden.releases import NOW, STAKEHOLDERS, START, TEAM

HOSTILE = "\n# x <b>&amp;</b> *_`~|[a](javascript:1) <!channel> <@U1> {who} %s \x00\u202e =1+1 " + "long " * 90
text = st.sampled_from(["", "ok", "A reason of some length.", HOSTILE]) | st.text(max_size=60)
who = st.sampled_from(["ana", "kai", "lena", "ben", "nobody-known", "release-bot", HOSTILE[:40]])
moments = st.integers(-180, 180).map(lambda m: NOW + timedelta(minutes=m))
maybe = st.none()

evidence = st.builds(
    Evidence,
    kind=st.sampled_from(Kind),
    standing=st.sampled_from(Standing),
    source=st.sampled_from(["demo-ci", "person", "catalogue"]),
    by=st.just("bot") | who,
    observed_at=moments,
    url=maybe | st.sampled_from(["https://example.test/1", "https://example.test/" + "x" * 300]),
    dated=maybe | moments,
    stale_after=maybe | moments,
    text=text,
    facts=st.dictionaries(
        st.sampled_from(["error_rate", "p95_ms", "minutes", "way", "tested", "firing", "percent", "state", "tests"]),
        st.booleans()
        | st.integers(0, 100)
        | st.floats(0, 9, allow_nan=False)
        | st.sampled_from(["flag", "restore", "failed"]),
        max_size=4,
    ),
)
consents = st.builds(
    Consent,
    id=st.uuids().map(str),
    kind=st.sampled_from(ConsentKind),
    subject=st.sampled_from(["peer", "migration", "freeze", "rollback:restore", "ci", "go"]) | text,
    state=st.sampled_from(ConsentState),
    role=maybe | st.sampled_from(Role),
    by=maybe | who,
    vote=st.sampled_from([None, "go", "no-go"]),
    reason=text,
    at=maybe | moments,
    plan_hash=st.sampled_from([None, "a91c77", "other"]),
    expires_at=maybe | moments,
    owner=maybe | who,
    requested_by=maybe | who,
    overruled_by=maybe | who,
)
questions = st.lists(
    st.builds(
        Question,
        number=st.integers(1, 3),
        slot=st.sampled_from(["version", "ci", "who:ci", "rollback_owner"]),
        code=st.sampled_from(["version", "ci", "who", "of_another_age"]),
        core=st.booleans(),
        because=st.sampled_from(["must_open", "of_another_age"]),
        choices=st.lists(st.sampled_from(["tested", "dont_know", "kai", "add_link", "type_it"]), max_size=4).map(tuple),
        answer=st.sampled_from([None, "given", "dont_know", "vague", "moot", "else"]),
        answered_by=maybe | who,
        text=text,
    ),
    max_size=3,
    unique_by=lambda q: q.number,
).map(tuple)
emergencies = st.builds(Emergency, incident=text, reason=text, by=who, at=moments, expires_at=moments)
reviews = st.builds(Review, happened=text, skipped=text, change=text, by=who, at=moments)
releases = st.builds(
    Release,
    emergency=maybe | emergencies,
    review=maybe | reviews,
    id=st.sampled_from(["R-1", "R-142", "R-999999999"]),
    service=st.sampled_from(["payments", "gone"]),
    environment=st.sampled_from(["production", HOSTILE]),
    version=st.sampled_from([None, "2.4.1", HOSTILE]),
    phase=st.sampled_from(Phase),
    requested_by=who,
    owner=who,
    home=st.just(TEAM),
    created_at=st.just(NOW - timedelta(hours=4)),
    time_zone=st.sampled_from(["Europe/Berlin", "UTC", "Not/AZone"]),
    start_at=maybe | st.just(START) | moments,
    rollback_owner=maybe | who,
    strategy=st.sampled_from([None, "canary", "feature flag", "staged", "rolling", "unheard of"]),
    steps=st.sampled_from([(), (10, 50, 100), (100,)]),
    summary=text,
    authors=st.sampled_from([(), ("ben",)]),
    data_change=st.sampled_from([None, "none", "expand", "contract", "irreversible"]),
    evidence=st.lists(evidence, max_size=6).map(tuple),
    not_applicable=st.just({}) | st.just({"migration": ("ana", HOSTILE)}),
    consents=st.lists(consents, max_size=4).map(tuple),
    questions=questions,
    gathers=st.sampled_from([(), ("R-1:gather:ci:plan:1",)]),
    plan_revision=st.integers(0, 5),
    plan_hash=st.sampled_from(["", "a91c77", "sha256:" + "ab" * 32]),
    held_reason=text,
    held_by=maybe | who,
    held_code=st.sampled_from(["", "by_person", "no_go_at_start"]),
    started_at=maybe | moments,
    started_by=maybe | who,
    started_without_go=st.booleans(),
    progress=st.lists(st.builds(Step, percent=st.integers(0, 100), by=who, at=moments), max_size=2).map(tuple),
    health=st.lists(st.builds(HealthReport, ok=st.booleans(), metric=text, by=who, at=moments), max_size=2).map(tuple),
    done_at=maybe | moments,
    rollback_at=maybe | moments,
    rollback_by=maybe | who,
    rollback_reason=text,
    rolled_back_at=maybe | moments,
    cancel_reason=text,
    cancelled_by=maybe | who,
    outcome_unknown=st.booleans(),
    reminders=st.integers(0, 4),
    lessons=st.lists(text, max_size=2).map(tuple),
    moves=st.lists(text, max_size=2).map(tuple),
)
params = st.fixed_dictionaries(
    {},
    optional={
        "mark": st.sampled_from(list(MARKS)),
        "audience": st.sampled_from(["team", "stakeholders", "direct"]),
        "passed": st.sampled_from(["", "T-30", "T-30,T-5"]),
        "number": st.sampled_from(["1", "3", "x", ""]),
        "revision": st.sampled_from(["0", "3", "9", "x"]),
        "wanted": st.sampled_from(["", "sign_off:peer", "risk:migration,sign_off:on_call"]),
        "kind": st.sampled_from(["rollback", "who:ci", HOSTILE]),
        "person": who,
        "was": st.sampled_from(["GO", "", NOW.isoformat(), HOSTILE]),
        "from": st.sampled_from([NOW.isoformat(), "x"]),
        "until": st.sampled_from([NOW.isoformat(), ""]),
        "late": text,
        "voided": st.sampled_from(["", "c1,c2"]),
        "metric": text,
        "by": who,
        "reason": text,
        "code": st.sampled_from(["approval_approver", "outcome", HOSTILE]),
    },
)


def _view(release: Release, given: dict[str, str], minutes: int, place: Place, known: bool, corrected: bool) -> View:  # noqa: FBT001 - drawn by Hypothesis
    now = NOW + timedelta(minutes=minutes)
    facts = world.facts() if known else world.facts(service=None, services={})
    found = judge(release, facts, now)
    late = max(0, minutes)
    return View(release, facts, found, now, place, given, NOW, late, ("T-30",) if corrected else (), corrected, "f00d")


views = st.builds(
    _view,
    release=releases,
    given=params,
    minutes=st.integers(-60, 200),
    place=st.sampled_from([TEAM, STAKEHOLDERS, Place("sandbox", "@kai")]),
    known=st.booleans(),
    corrected=st.booleans(),
)
