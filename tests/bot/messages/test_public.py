"""The public JSON of a release and its schema."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from bot.domain.consent import ConsentKind
from bot.domain.emergency import BREAKGLASS_FOR, Emergency, Review
from bot.domain.finding import go_possible
from bot.domain.release import Phase
from bot.messages.public import public_release
from bot.messages.public_schema import printed, schema
from bot.messages.view import View
from bot.ports import Announcement
from tests.bot.messages.any_release import views
from tests.golden import releases as r

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "public-release.schema.json"
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def faults(value: Any, rule: Mapping[str, Any], at: str = "$") -> list[str]:  # noqa: ANN401 - any JSON value
    """Where the value breaks the schema: the keywords that ours uses, after JSON Schema 2020-12."""
    if "anyOf" in rule:
        return [] if any(not faults(value, r, at) for r in rule["anyOf"]) else [f"{at}: fits nothing of anyOf"]
    if "const" in rule and value != rule["const"]:
        return [f"{at}: not {rule['const']!r}"]
    if "enum" in rule and value not in rule["enum"]:
        return [f"{at}: {value!r} is not listed"]
    wrong = "type" in rule and not isinstance(value, _TYPES[rule["type"]])
    if wrong or (rule.get("type") == "integer" and isinstance(value, bool)):
        return [f"{at}: not of type {rule['type']}"]
    found = []
    if isinstance(value, dict):
        members = rule["properties"]
        found += [f"{at}: {name} is missing" for name in rule["required"] if name not in value]
        found += [f"{at}: {name} is not known" for name in value if name not in members]
        found += [f for name in value if name in members for f in faults(value[name], members[name], f"{at}.{name}")]
    if isinstance(value, list):
        found += [f for n, one in enumerate(value) for f in faults(one, rule["items"], f"{at}[{n}]")]
    if isinstance(value, str) and "pattern" in rule and not re.search(rule["pattern"], value):
        found.append(f"{at}: {value!r} does not match")
    if isinstance(value, int) and not rule.get("minimum", value) <= value <= rule.get("maximum", value):
        found.append(f"{at}: {value} is out of range")
    return found


def document(view: View) -> dict[str, Any]:
    post = Announcement(
        "k",
        "T-30",
        "T-30",
        1,
        1,
        "team",
        "sandbox",
        "#payments",
        r.START,
        "sent",
        r.START + timedelta(seconds=1),
        "m17",
    )
    return public_release(view.release, view.facts, view.judgement, view.now, [post], 31, "f00d")


def test_the_document_has_the_members_of_the_specification_in_order() -> None:
    found = document(r.view(r.cleared()))
    assert " ".join(found) == (
        "schema id service version environment phase start_at time_zone owner rollback_owner requested_by strategy "
        "canary_percent artifact authors verdict cleared questions_asked plan schedule_revision risk findings evidence "
        "consents emergency announcements ledger"
    )
    assert found["start_at"] == "2026-11-24T14:00:00Z"
    assert found["canary_percent"] == 10
    assert found["cleared"] is True
    assert found["ledger"] == {"events": 31, "head": "f00d"}
    assert found["announcements"][0]["sent_at"] == "2026-11-24T14:00:01Z"


def test_findings_carry_their_sentence_and_how_they_are_closed() -> None:
    found = document(r.view(r.unverified()))
    gap = next(f for f in found["findings"] if f["subject"] == "rollback")
    assert gap["explanation"].startswith("Rollback: no tested procedure.")
    assert "/release evidence R-142 rollback" in gap["how"]
    assert gap["who"] == "kai"


def test_a_finding_says_that_only_a_consent_is_missing_and_no_longer_once_it_is_given() -> None:
    """G26: what a board needs to tell GO POSSIBLE from NO-GO UNTIL VERIFIED, as the cards do."""
    waits = {f["code"] for f in document(r.view(r.possible()))["findings"] if f["consent"]}
    assert waits == {"sign_off_open"}
    missing = document(r.view(r.unverified()))["findings"]
    assert {
        f["subject"] for f in missing if f["level"] == "MUST" and f["result"] == "missing" and not f["consent"]
    } == {
        "ci",
        "rollback",
    }
    assert not [f for f in document(r.view(r.cleared()))["findings"] if f["consent"]]


def test_a_consent_that_ran_out_is_not_shown_as_valid_though_its_alarm_is_late() -> None:
    late = r.consent(ConsentKind.RISK, "migration", "mia", expires_at=r.NOW - timedelta(seconds=1))
    assert document(r.view(r.release(consents=(late,))))["consents"][0]["state"] == "expired"
    assert document(r.view(r.release(consents=(r.SIGNED,))))["consents"][0]["state"] == "valid"


def test_an_emergency_says_who_declared_it_whether_it_is_in_force_and_what_review_it_owes() -> None:
    assert document(r.view(r.cleared()))["emergency"] is None
    emergency = Emergency("INC-204", "checkout is down", "ana", r.NOW, r.NOW + BREAKGLASS_FOR)
    declared = document(r.view(r.release(emergency=emergency)))["emergency"]
    assert (declared["incident"], declared["declared_by"], declared["in_force"]) == ("INC-204", "ana", False)
    assert declared["review"] == {"state": "none", "due_at": None, "by": None}
    second = r.consent(ConsentKind.BREAKGLASS, "breakglass", "lena")
    over = r.release(emergency=emergency, consents=(second,), started_at=r.NOW, done_at=r.NOW, phase=Phase.CLOSED)
    owed = document(r.view(over))["emergency"]
    assert (owed["in_force"], owed["confirmed_by"], owed["review"]["state"]) == (True, "lena", "owed")
    assert owed["review"]["due_at"] == "2026-11-25T12:00:00Z"
    late = document(r.view(replace(over, review_overdue=True)))["emergency"]
    assert late["review"]["state"] == "overdue"
    written = document(r.view(replace(over, review=Review("a", "b", "c", "kai", r.NOW))))["emergency"]
    assert written["review"] == {"state": "written", "due_at": None, "by": "kai"}


def test_only_a_cleared_phase_is_cleared() -> None:
    assert document(r.view(r.release(phase=Phase.HELD, consents=(r.GO,))))["cleared"] is False


def test_the_reference_holds_the_schema_as_it_is_generated() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        REFERENCE.write_text(printed())
    assert REFERENCE.read_text() == printed()
    assert json.loads(printed()) == schema()


def test_the_schema_refuses_what_it_does_not_know() -> None:
    good = document(r.view(r.cleared()))
    assert faults(good, schema()) == []
    assert faults({**good, "phase": "somewhere"}, schema())
    assert faults({**good, "more": 1}, schema())
    assert faults({k: v for k, v in good.items() if k != "risk"}, schema())
    assert faults({**good, "questions_asked": 4}, schema())


@given(view=views)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_release_fits_the_schema(view: View) -> None:
    found = document(view)
    assert faults(json.loads(json.dumps(found)), schema()) == []
    findings = found["findings"]
    assert all(f["result"] not in {"clear", "warn"} for f in findings if f["consent"])
    in_the_way = [
        f
        for f in findings
        if f["result"] == "blocked" or (f["level"] == "MUST" and f["result"] not in {"clear", "warn"})
    ]
    assert go_possible(view.judgement.findings) == all(f["consent"] and f["result"] != "blocked" for f in in_the_way)


def test_a_sign_off_of_a_delegate_says_whose_it_is() -> None:
    stood_in = replace(r.SIGNED, by="lena", on_behalf="kai")
    found = document(r.view(r.release(consents=(stood_in,))))["consents"][0]
    assert (found["by"], found["on_behalf"]) == ("lena", "kai")
    assert document(r.view(r.release(consents=(r.SIGNED,))))["consents"][0]["on_behalf"] is None
