"""What the rules find open is what people are asked for: never a gap that nobody is asked to close (G24-G27)."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given

from bot.domain.consent import ConsentKind
from bot.domain.evidence import Kind
from bot.domain.facts import Facts
from bot.domain.people import Role
from bot.domain.release import Release
from bot.policy import judge
from bot.policy.consents import Wanted, attested_items, wanted
from bot.policy.exceptions import signers
from tests.bot.policy.releases import LATER, attested, bare_of, consent, having, ready, serviced
from tests.bot.policy.test_never import releases
from tests.world import NOW, drilled_rollback, facts, observed


def asked(release: Release, around: Facts | None = None) -> tuple[Wanted, ...]:
    base = around or facts()
    return wanted(replace(release, judgement=judge(release, base, LATER)), base, LATER)


@given(releases())
def test_every_open_consent_is_asked_for(release: Release) -> None:
    judged = judge(release, facts(), LATER)
    names = {w.name for w in wanted(replace(release, judgement=judged), facts(), LATER)}
    signing = any(n.startswith("sign_off:") for n in names)
    for f in judged.findings:
        if not (f.consent and f.open):
            continue
        if f.code == "sign_off_open":
            assert signing
        elif f.code == "qa_missing":
            assert "qa:qa" in names
        elif f.code.startswith("risk_"):
            assert f"risk:{f.code.removeprefix('risk_').removesuffix('_open')}" in names
        else:
            assert f"confirm:{f.subject}" in names or (signing and f.code.endswith("_unconfirmed"))


def test_a_final_data_change_that_only_a_source_names_is_asked_for_too() -> None:
    seen = having(ready(), observed(Kind.MIGRATION, NOW, data_change="contract", dry_run=True))
    risk = next(w for w in asked(seen) if w.kind is ConsentKind.RISK)
    assert (risk.subject, risk.people) == ("migration", ("lena", "mia"))


def test_what_the_requester_attests_after_the_sign_offs_is_asked_for_again() -> None:
    own = having(ready(), drilled_rollback(NOW, by="ana"))
    late = replace(own, consents=tuple(replace(c, at=NOW - timedelta(hours=1)) for c in own.consents))
    assert [w.name for w in asked(late) if w.kind is ConsentKind.CONFIRM] == ["confirm:rollback"]
    assert [w for w in asked(own) if w.kind is ConsentKind.CONFIRM] == []


def test_a_must_that_was_declared_away_is_asked_for_even_beside_a_sign_off() -> None:
    bare = bare_of(facts(), Kind.CAPACITY)
    alone = replace(ready(), not_applicable={"capacity": ("kai", "There is no load to speak of.")}, consents=())
    one = next(w for w in asked(alone, bare) if w.kind is ConsentKind.CONFIRM)
    assert one.subject == "capacity"
    assert not {"kai", "ana", "ben"} & set(one.people)


def test_no_two_places_are_filled_by_one_person() -> None:
    once = replace(ready(), consents=(consent(ConsentKind.SIGN_OFF, "lena", "service_owner", Role.SERVICE_OWNER),))
    risky = replace(once, data_change="contract")
    given_ = having(risky, attested(Kind.MIGRATION, facts={"dry_run": True, "backup": True}))
    assert all("lena" not in w.people for w in asked(given_) if w.kind is ConsentKind.SIGN_OFF)


def test_a_clash_is_excepted_by_the_decision_maker() -> None:
    assert signers(ready(), facts(), "clash") == ("lena", "mia")


def test_a_sign_off_accepts_as_true_only_what_decides_and_counts() -> None:
    mine = attested(Kind.CI, by="ana", source="person")
    drill = drilled_rollback(NOW)
    for runs in ((), (observed(Kind.CI, NOW),)):
        listed = attested_items(having(ready(), mine, drill, *runs), facts(), LATER)
        assert Kind.CI not in {e.kind for e in listed}
        assert drill in listed
    bare = attested(Kind.CAPACITY, url=None, dated=None)
    without_source = serviced(facts(), sources={})
    listed = attested_items(having(ready(), mine, bare), without_source, LATER)
    assert mine in listed
    assert bare not in listed
