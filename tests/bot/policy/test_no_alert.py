"""Somebody's word for monitoring does not hide that no alert names the service."""

from bot.domain.evidence import Kind, Standing
from bot.domain.finding import Result, Verdict
from bot.policy import judge
from tests.bot.policy.releases import LATER, attested, having, ready, without
from tests.world import NOW, facts, observed


def test_that_no_alert_names_the_service_is_said_beside_somebodys_word_until_one_does() -> None:
    bare = without(ready(), Kind.MONITORING)
    word = attested(Kind.MONITORING, source="catalogue")
    for alerts, said in ((0, [Result.WARN]), (2, list[Result]())):
        standing = Standing.VERIFIED if alerts else Standing.MISSING
        seen = observed(Kind.MONITORING, NOW, standing, has_data=True, firing=False, alerts=alerts)
        judgement = judge(having(bare, word, seen), facts(), LATER)
        assert [f.result for f in judgement.findings if f.code == "monitoring_no_alert"] == said
        assert judgement.verdict is Verdict.GO
