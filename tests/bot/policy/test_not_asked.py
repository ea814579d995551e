"""A source that had no turn yet is neither down nor bad: it is said to be not asked yet, and is no GO."""

from dataclasses import replace

from bot.domain.evidence import Standing
from bot.domain.finding import Result, Verdict
from bot.policy import judge
from bot.policy.rules.item import NOT_ASKED
from tests.bot.policy.releases import LATER, having, ready
from tests.world import NOW, drilled_rollback, facts


def test_what_was_not_asked_yet_says_so_and_is_no_go_until_it_is_seen() -> None:
    drill = drilled_rollback(NOW)
    for why, code in ((NOT_ASKED, "rollback_not_asked"), ("timeout", "rollback_unavailable")):
        unseen = replace(drill, standing=Standing.UNAVAILABLE, facts={"unavailable": why})
        judgement = judge(having(ready(), unseen), facts(), LATER)
        assert [f.result for f in judgement.findings if f.code == code] == [Result.UNAVAILABLE]
        assert judgement.verdict is not Verdict.GO
    assert judge(having(ready(), drill), facts(), LATER).verdict is Verdict.GO
