"""Who owns a release and who takes it back: persons of the roster, and there (risk.md)."""

from dataclasses import replace

from bot.domain.consent import ConsentKind
from bot.domain.evidence import Kind
from bot.domain.finding import Result
from bot.domain.people import Role
from bot.policy.case import supplier
from tests.bot.policy.releases import consent, ready, serviced
from tests.bot.policy.test_gates import found
from tests.world import facts


def test_owners_are_persons_of_the_roster() -> None:
    assert found(replace(ready(), owner="nobody"), "owner_unknown")
    assert found(replace(ready(), rollback_owner="release-bot"), "owner_unknown")
    assert found(replace(ready(), rollback_owner=None), "rollback_owner_missing")
    assert found(ready(), "owners_named")


def test_the_rollback_owner_is_amber_until_they_said_themselves_that_they_are_there() -> None:
    others = tuple(k for k in ready().consents if k.by != "kai")
    silent = found(replace(ready(), consents=others), "owners_presence_open")
    assert silent is not None
    assert (silent.result, silent.who, silent.how) == (Result.WARN, "kai", "be_present")
    for answer, there in (("go", True), ("no-go", False)):
        vote = consent(ConsentKind.VOTE, "kai", "release", vote=answer)
        assert bool(found(replace(ready(), consents=(*others, vote)), "owners_named")) is there
    old = replace(consent(ConsentKind.VOTE, "kai", "release", vote="go"), plan_hash="e" * 64)
    assert found(replace(ready(), consents=(*others, old)), "owners_presence_open")
    assert found(replace(ready(), consents=others, requested_by="kai"), "owners_named")


def test_who_supplies_an_item_is_a_person_whom_the_catalogue_names_else_who_holds_the_role_else_the_owner() -> None:
    def supplies(**named: object) -> str:
        return supplier(ready(), serviced(facts(), **named), Kind.RUNBOOK)

    assert supplies(suppliers={Kind.RUNBOOK: "ben"}) == "ben"
    on_call = {Role.ON_CALL: ("release-bot", "kai")}
    assert supplies(suppliers={Kind.RUNBOOK: "release-bot"}, roles=on_call) == "kai"
    assert supplies(suppliers={}, roles={Role.ON_CALL: ("release-bot",)}, deputies={}) == "ana"
