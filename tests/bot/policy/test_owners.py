"""Who owns a release and who takes it back: persons of the roster, and there (risk.md)."""

from dataclasses import replace

from bot.domain import commands as c
from bot.domain.consent import ConsentKind
from bot.domain.evidence import Kind
from bot.domain.facts import Facts
from bot.domain.finding import Result
from bot.domain.people import Role, Roster
from bot.domain.release import Phase
from bot.policy.case import supplier
from tests.bot.policy.releases import consent, ready, serviced
from tests.bot.policy.test_gates import found
from tests.driver import REASON, Driver
from tests.world import actor, facts


def test_owners_are_persons_of_the_roster() -> None:
    assert found(replace(ready(), owner="nobody"), "owner_unknown")
    assert found(replace(ready(), rollback_owner="release-bot"), "owner_unknown")
    assert found(replace(ready(), rollback_owner=None), "rollback_owner_missing")
    assert found(ready(), "owners_named")


def renamed(around: Facts, old: str, new: str, *, told: bool) -> Facts:
    """The catalogue calls that person something else; `told`: and says what they were called."""
    people = {who: person for who, person in around.roster.people.items() if who != old}
    person = around.roster.people[old]
    people[new] = replace(person, id=new, email=None, formerly=(old,) if told else ())
    service = around.services["payments"]
    roles = {role: tuple(new if p == old else p for p in who) for role, who in service.roles.items()}
    team = tuple(new if p == old else p for p in service.team)
    entry = replace(service, team=team, roles=roles)
    return replace(around, roster=Roster(people), service=entry, services={**around.services, "payments": entry})


def test_a_requester_under_a_new_name_approves_nothing_and_others_do() -> None:
    d = Driver().ready()
    d.facts = renamed(d.facts, "ana", "ana.smith", told=True)
    named = replace(actor("kai"), person="ana.smith", account="ana.smith")
    assert d.refused(c.Approve(named, REASON)) == "own_release"
    d.do(c.Amend(actor("kai"), "owner", "ana.smith"))
    assert d.refused(c.Vote(named, "go")) == "own_release"
    for who in ("kai", "lena", "mia"):
        d.sign(who, f"{REASON} once more")
    d.go()
    assert d.phase() is Phase.CLEARED


def test_a_requester_whom_nobody_knows_any_more_blocks_until_the_catalogue_says_who_that_is() -> None:
    unknown = renamed(facts(), "ana", "ana.smith", told=False)
    one = found(ready(), "requester_unknown", unknown)
    assert one is not None
    assert (one.rule, one.result, one.open) == ("G7", Result.MISSING, True)
    assert not found(ready(), "requester_unknown", renamed(facts(), "ana", "ana.smith", told=True))
    assert not found(ready(), "requester_unknown")


def test_who_signed_and_got_another_name_fills_no_second_place() -> None:
    roster = renamed(facts(), "kai", "kai.m", told=True).roster
    assert roster.same("kai", "kai.m")
    assert not roster.same("kai", "lena")
    assert not renamed(facts(), "kai", "kai.m", told=False).roster.same("kai", "kai.m")


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
