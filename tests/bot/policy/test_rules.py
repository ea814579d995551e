"""Each gate is carried by its own rule: with all rules the spoiled release is no GO, without that one it would be."""

from dataclasses import replace

import pytest

from bot.domain.finding import Verdict
from bot.policy import RULES, judge
from tests.bot.policy.releases import LATER, ready
from tests.bot.policy.spoiled import SPOILED
from tests.world import facts

BY_NAME = {rule.__name__: rule for rule in RULES}


def test_a_release_to_which_nothing_is_missing_is_go() -> None:
    judged = judge(ready(), facts(), LATER)
    assert [f.code for f in judged.findings if f.open and f.level == "MUST"] == []
    assert judged.verdict is Verdict.GO


@pytest.mark.parametrize("name", sorted(SPOILED))
def test_each_gate_is_carried_by_its_own_rule(name: str) -> None:
    assert name in BY_NAME, f"take {name} out of SPOILED (tests/bot/policy/spoiled.py), or put it back into RULES"
    release, around = SPOILED[name]()
    judged = judge(release, around, LATER)
    assert judged.verdict is not Verdict.GO, f"the rule {name} finds nothing wrong with its spoiled release any more"
    rest = tuple(rule for rule in RULES if rule is not BY_NAME[name])
    left = judge(release, around, LATER, rest)
    others = [f"{f.code} of {f.rule}" for f in left.findings if f.open and f.level == "MUST"]
    assert left.verdict is Verdict.GO, (
        f"spoil it so that {name} alone holds it back: without it there are still {others}"
    )


def test_every_rule_has_its_spoiled_release() -> None:
    lacking = set(BY_NAME) - set(SPOILED) - {"known_service"}
    assert not lacking, (
        f"give each a release that it alone holds back, in tests/bot/policy/spoiled.py: {sorted(lacking)}"
    )
    assert set(SPOILED) < set(BY_NAME), "tests/bot/policy/spoiled.py names a rule that is not in RULES"
    assert "known_service" not in SPOILED


def test_a_service_outside_the_catalogue_blocks_until_it_is_there() -> None:
    judged = judge(ready(), replace(facts(), service=None), LATER)
    assert judged.verdict is Verdict.NO_GO
    assert judge(ready(), facts(), LATER).verdict is Verdict.GO


def test_same_input_gives_the_same_judgement() -> None:
    assert judge(ready(), facts(), LATER) == judge(ready(), facts(), LATER)
