"""Each mistake is named with file, line, field and what was expected; and mending it is enough."""

from collections.abc import Callable
from datetime import datetime

import pytest

from bot.catalog.file import CatalogFile
from bot.catalog.trouble import BadCatalogue
from tests.bot.catalog.conftest import Desk

Now = Callable[[], datetime]

MISTAKES = [
    ("tier: 1", "teir: 1", 'line 8, services.payments.teir: expected no key "teir"; did you mean "tier"?'),
    ("tier: 1", "novelty: rarely", "line 7, services.payments.tier: expected the key"),
    ("tier: 1", "tier: 9", "line 8, services.payments.tier: expected less than or equal to 5, found 9"),
    ("Europe/Berlin", "Europe/Berln", "line 9, services.payments.time_zone: expected an IANA time zone"),
    (
        "team: [ana, kai]",
        "team: [ana, kay]",
        'line 10, services.payments.team.1: expected a person of "people", found "kay"',
    ),
    ("team: [ana, kai]", "team: [ana, robot]", "expected a human being (G18)"),
    ("team: [ana, kai]", "team: ana", "line 10, services.payments.team: expected a list, found 'ana'"),
    ("service_owner: [ana, kai]", "service_ownr: [ana]", "line 11, services.payments.roles.service_ownr"),
    ("service_owner: [ana, kai]", "service_owner: []", "expected at least one service_owner"),
    ('["slack:C1"]', '["#payments"]', "expected a place as platform:name"),
    ('["slack:C1"]', "[]", "line 12, services.payments.channels: expected at least one channel for the team"),
    ("tier: 1", "tier: 1\n    depends_on: [legder]", 'found "legder"; did you mean "ledger"?'),
    ("tier: 1", "tier: 1\n    depends_on: [payments]", "expected another service than itself"),
    ("tier: 1", "tier: 1\n    steps: [50, 10]", "expected steps that rise"),
    ("tier: 1", "tier: 1\n    previous_version: 2.4", "expected text (a number needs quotes), found 2.4"),
    (
        "tier: 1",
        "tier: 1\n    outage_visible: perhaps",
        "services.payments.outage_visible: expected true or false, found 'perhaps'",
    ),
    ("tier: 1", "tier: 1\n    rollback_owner: nobody", "line 9, services.payments.rollback_owner"),
    ("tier: 1", "tier: 1\n    suppliers: {ci: kia}", 'found "kia"; did you mean "kai"?'),
    ("tier: 1", "tier: 1\n    standing: [{kind: runbook, by: kai}]", "expected either dated or dated_days_ago"),
    (
        "tier: 1",
        "tier: 1\n    tier: 2",
        "line 9, services.payments.tier: expected this key once; it stands on line 8 too",
    ),
    (
        '{name: Ana, direct: {slack: "U1"}}',
        "{name: Ana, accounts: {slack: U1}}\n  lea: {name: Lea, accounts: {slack: u1}}",
        'line 4, people.lea.accounts.slack: expected an account of one person (G7), but "u1" is also the account of "ana"',
    ),
    ("schema: 1", "schema: 2", "line 1, schema: expected one of 1, found 2"),
    (
        "tier: 1",
        "tier: 1\n    standing: [{kind: runbook, by: kai, dated: 2026-02-31}]",
        "line 9, services.payments.standing.0.dated: expected a value that exists",
    ),
    (
        "tier: 1",
        "tier: 1\n    history: [{version: '2', result: success, ended_at: 2026-02-01T12:00:00Z, ended_days_ago: 3}]",
        "line 9, services.payments.history.0: expected either ended_at or ended_days_ago",
    ),
    (
        "tier: 1",
        "tier: 1\n    history: [{version: '2', reslt: success, ended_days_ago: 3}]",
        'services.payments.history.0.reslt: expected no key "reslt"; did you mean "result"?',
    ),
    (
        "tier: 1",
        "tier: 1\n    steps: &all [10, *all]",
        "line 9, services.payments.steps.1: expected a value that does not",
    ),
    ("people:", "people: [", "valid YAML"),
    ("Ana", "A\x01na", "valid YAML"),
    ("schema: 1", "- schema", "valid YAML"),
]


@pytest.mark.parametrize(("good_part", "bad_part", "said"), MISTAKES)
def test_a_mistake_is_named_with_its_line_and_mending_it_is_enough(
    desk: Desk, good: str, now: Now, good_part: str, bad_part: str, said: str
) -> None:
    path = desk.write("c.yaml", good.replace(good_part, bad_part, 1))
    with pytest.raises(BadCatalogue) as caught:
        CatalogFile(path, now)
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"{path}, line ")
    desk.write("c.yaml", good)
    assert CatalogFile(path, now)().services


def test_all_mistakes_of_a_file_are_named_at_once(desk: Desk, good: str, now: Now) -> None:
    path = desk.write("c.yaml", good.replace("tier: 1", "tier: one"))
    with pytest.raises(BadCatalogue) as caught:
        CatalogFile(path, now)
    assert [trouble.line for trouble in caught.value.troubles] == [8, 14]


def test_an_empty_file_lacks_everything(desk: Desk, good: str, now: Now) -> None:
    path = desk.write("c.yaml", "")
    with pytest.raises(BadCatalogue, match='expected the key "people"'):
        CatalogFile(path, now)
    desk.write("c.yaml", good)
    assert CatalogFile(path, now)().services


def test_a_file_that_is_not_text_is_refused(desk: Desk, good: str, now: Now) -> None:
    path = desk.write("c.yaml", good)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadCatalogue, match="UTF-8"):
        CatalogFile(path, now)


def test_words_stay_words(desk: Desk, good: str, now: Now) -> None:
    said = good.replace("tier: 1", "tier: 1\n    tool: off\n    name: 14:00\n    data_store: yes", 1)
    service = CatalogFile(desk.write("c.yaml", said), now)().services["payments"]
    assert (service.tool, service.name, service.data_store) == ("off", "14:00", "yes")


def test_what_anchors_share_may_be_overridden_wherever_it_is_used(desk: Desk, good: str, now: Now) -> None:
    shared = good.replace(
        "services:",
        "templates:\n  one: &one {service_owner: [kai], peer: [ana]}\n  two: &two {<<: *one, service_owner: [ana]}\nservices:",
    ).replace("{service_owner: [ana, kai]}", "*two")
    services = CatalogFile(desk.write("c.yaml", shared), now)().services
    assert services["payments"].roles == services["ledger"].roles
    assert {role.value: people for role, people in services["ledger"].roles.items()} == {
        "service_owner": ("ana",),
        "peer": ("ana",),
    }
