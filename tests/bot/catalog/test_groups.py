"""Members of a chat group hold a role while they are in it, and as far as the roster knows them."""

from dataclasses import replace

from bot.catalog.groups import GroupMembers, WithGroups
from bot.domain.people import Role
from bot.policy.defaults import POLICY, RUBRIC
from bot.ports import Catalog
from tests.world import roster, service

GROUPS = {Role.QA_LEAD: ("slack:S0QA", "teams:g1"), Role.PEER: ("slack:S0QA",)}
WRITTEN = Catalog(
    {"payments": replace(service(), groups=GROUPS), "ledger": service("ledger")}, roster(), POLICY, RUBRIC
)


def test_a_group_holds_nothing_until_its_platform_tells_and_nothing_of_strangers() -> None:
    groups = GroupMembers(lambda: WRITTEN)
    catalog = WithGroups(lambda: WRITTEN, groups)
    assert groups.named("slack") == ("S0QA",)
    assert groups.named("teams") == ("g1",)
    assert catalog().services["payments"].roles[Role.QA_LEAD] == ("quinn",)
    groups.put("slack", "S0QA", ("ben", "nobody", "quinn", "ben"))
    now = catalog().services["payments"]
    assert now.roles[Role.QA_LEAD] == ("quinn", "ben")
    assert now.roles[Role.PEER] == ("ben", "quinn")
    assert catalog().services["ledger"] is WRITTEN.services["ledger"]


def test_who_leaves_the_group_leaves_the_role_and_nothing_is_read_anew_without_a_change() -> None:
    groups = GroupMembers(lambda: WRITTEN)
    catalog = WithGroups(lambda: WRITTEN, groups)
    groups.put("slack", "S0QA", ("ben",))
    first = catalog()
    groups.put("slack", "S0QA", ("ben",))
    assert catalog() is first
    groups.put("slack", "S0QA", ())
    assert catalog().services["payments"].roles[Role.QA_LEAD] == ("quinn",)
