"""The record as an auditor reads it later: who gave what, to which plan, for whom, on which evidence, in which words."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import commands as c
from bot.domain.consent import ConsentKind
from bot.domain.orders import Delegation
from bot.domain.people import Role
from bot.messages import audited
from bot.store.codec import event_body
from tests.bot.decide.test_decision_maker_signs import around, high
from tests.driver import REASON, Driver
from tests.flows.given import NOW, release, typed
from tests.flows.steps import reply
from tests.flows.test_export import ROW
from tests.world import actor

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(
    ["consent", "evidence", "judgement", "tried", "reason", "code", "findings", "score", "text", "x"]
)


def told(d: Driver, kind: str) -> list[str]:
    return [audited.about(event_body(x)) for x in d.events if type(x).__name__ == kind]


def test_a_signature_tells_its_kind_role_plan_and_for_whom_it_was_given() -> None:
    roles: dict[Role, tuple[str, ...]] = {
        Role.SERVICE_OWNER: ("priya",),
        Role.ON_CALL: ("kai",),
        Role.ENGINEERING_LEAD: ("mia",),
    }
    d = high(around(roles))
    d.facts = replace(d.facts, delegations=(Delegation("D-1", "kai", "quinn", d.now + timedelta(hours=9)),))
    d.do(c.Approve(actor("quinn"), REASON, ConsentKind.SIGN_OFF, "on_call"))
    line = told(d, "ConsentGiven")[-1]
    for part in (
        "by: quinn",
        "kind: sign_off",
        "on behalf: kai",
        "role: on_call",
        f"plan hash: {d.state.plan_hash[:12]}",
    ):
        assert part in line
    assert REASON in [audited.reason(event_body(x)) for x in d.events]


def test_a_judgement_tells_verdict_and_the_versions_of_rubric_and_policy_and_what_was_not_clear() -> None:
    d = Driver().cleared()
    line = told(d, "Judged")[-1]
    assert line.startswith("verdict: GO; risk: ")
    assert f"rubric: {d.facts.rubric.version}" in line
    assert f"policy: {d.facts.policy.version}" in line
    assert "warn: " in line
    assert "rollback_attested" in line
    assert "verdict: NO-GO UNTIL VERIFIED" in told(d, "Judged")[0]
    assert any("kind: rollback" in x and "url: https://" in x and "dated: " in x for x in told(d, "EvidenceRecorded"))


def test_the_file_holds_a_long_reason_verbatim_with_account_surface_and_request() -> None:
    why = "the drill was read, " * 60 + "and the limits fit"
    row = replace(ROW, name="ConsentGiven", body={"consent": {"kind": "risk", "subject": "migration", "reason": why}})
    files = dict(reply(typed("audit", release(), ledger=(row,))).attachments)
    head, line = list(csv.reader(io.StringIO(files["R-1-record.csv"])))
    said = dict(zip(head, line, strict=True))
    assert said["Reason"] == why
    assert said["About"] == "kind: risk; subject: migration"
    assert (said["Account (surface)"], said["Request"]) == ("U1 (#payments)", "r1")
    assert said["When (UTC)"].startswith(f"{NOW:%Y-%m-%d}")


@given(st.dictionaries(NAMES, JSON, max_size=6), st.sampled_from(["event", "refused", "receipt"]))
def test_whatever_an_entry_of_another_version_holds_it_is_told(body: dict[str, object], what: str) -> None:
    assert isinstance(audited.about(body), str)
    assert isinstance(audited.reason(body), str)
    assert audited.result(what, body).startswith(what)
