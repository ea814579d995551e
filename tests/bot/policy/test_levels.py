"""How much an item matters: by its condition, and at least what the tier of the service asks for (risk.md)."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.evidence import Kind
from bot.domain.facts import Facts, Item
from bot.domain.finding import Level, Verdict
from bot.policy import judge
from bot.policy.levels import levels
from bot.policy.standing import sights
from tests.bot.policy.releases import LATER, attested, having, ready, serviced
from tests.world import NOW, facts

LEVELS = st.sampled_from(list(Level))
CONDITIONS = st.sampled_from(["always", "medium", "data", "flags", "outage", "regulated"])


def tiered(base: Facts, kind: Kind, **tiers: Level) -> Facts:
    """The facts with levels by tier for one item: `t1=Level.MUST`."""
    by_tier = {int(name[1:]): level for name, level in tiers.items()}
    items = tuple(replace(i, tiers=by_tier) if i.kind is kind else i for i in base.policy.items)
    return replace(base, policy=replace(base.policy, items=items))


def test_go_is_refused_until_what_the_tier_asks_for_is_there() -> None:
    strict = tiered(facts(), Kind.GAME_DAY, t1=Level.MUST)
    assert judge(ready(), facts(), LATER).verdict is Verdict.GO
    refused = judge(ready(), strict, LATER)
    assert refused.verdict is Verdict.UNVERIFIED
    assert [f.code for f in refused.findings if f.open and f.level is Level.MUST] == ["game_day_missing"]
    assert judge(ready(), serviced(strict, tier=2), LATER).verdict is Verdict.GO
    assert judge(having(ready(), attested(Kind.GAME_DAY)), strict, LATER).verdict is Verdict.GO


def test_an_item_that_the_policy_does_not_name_is_not_judged() -> None:
    fewer = tuple(i for i in facts().policy.items if i.kind is not Kind.GAME_DAY)
    around = replace(facts(), policy=replace(facts().policy, items=fewer))
    assert not [f for f in judge(ready(), around, LATER).findings if f.subject == Kind.GAME_DAY]
    assert [f.code for f in judge(ready(), facts(), LATER).findings if f.subject == Kind.GAME_DAY] == [
        "game_day_missing"
    ]


@given(level=LEVELS, otherwise=LEVELS, when=CONDITIONS, least=LEVELS, tier=st.integers(1, 3), medium=st.booleans())
def test_a_tier_never_lowers_a_level(
    level: Level, otherwise: Level, when: str, least: Level, tier: int, *, medium: bool
) -> None:
    def of(item: Item) -> Level:
        base = serviced(facts(), tier=tier)
        policy = replace(base.policy, items=(item,))
        around = replace(base, policy=policy)
        return levels(ready(), around, sights(ready(), around, NOW), medium=medium).levels[item.kind]

    plain = Item(Kind.FLAGS, level, when, otherwise)
    assert of(replace(plain, tiers={1: least})).rank == (
        min(of(plain).rank, least.rank) if tier == 1 else of(plain).rank
    )
